"""What a terminal is answered, as a value, on a day of the test's own."""

from datetime import date
from typing import Any

from bot.entrypoints.commands import COMMANDS
from bot.grammar import FactAnswer
from bot.grammar.vocabulary import vocabulary
from bot.pricing.facts import Catalog


def answer(facts: Catalog, words: str, today: date) -> Any:
    command = COMMANDS.parse(words, vocabulary(facts, today))
    found = COMMANDS.of(command).answer
    if isinstance(found, FactAnswer):
        return found.value(facts, command, today)
    assert found.terminal is not None
    return found.terminal(command, None)
