"""What a terminal is answered, as a value, on a day of the test's own."""

from datetime import date
from typing import Any

from bot.entrypoints.commands import COMMANDS
from bot.grammar import FactAnswer
from bot.grammar.vocabulary import vocabulary
from bot.pricing.facts import Catalog


def answer(facts: Catalog, words: str, today: date) -> Any:
    command = COMMANDS.parse(words, vocabulary(facts))
    answered = COMMANDS.of(command).answered
    if isinstance(answered, FactAnswer):
        return answered.answer(facts, command, today)
    assert answered.terminal is not None
    return answered.terminal(command, None)
