"""What can be typed next: for a composer that completes words while somebody writes."""

import re
from dataclasses import dataclass

from bot.grammar.row import CommandUsage
from bot.grammar.table import CommandTable
from bot.grammar.vocabulary import DIMENSIONS, SHAPES, Vocabulary
from bot.pricing.facts import LANES

# `kept:N` and FILE.csv are one token each, and no word that could be offered.
_TOKEN = re.compile(r"--[a-z]+(?:-[a-z]+)*|[A-Za-z]+(?:[.:][A-Za-z]+)?")
_VALUE = re.compile(r"(--[a-z]+(?:-[a-z]+)*) ([A-Z0-9](?:\[[^\]]*\]|[^\[\]])*?)(?= --| \[|\]|$)")
_JOINS = {"or", "and"}
_ASIDE = "in a terminal"
_PERIOD = ("today", "yesterday", "this", "last", "week", "month", "all")


@dataclass(frozen=True)
class Completion:
    """One command, and every word that may follow it."""

    name: str
    usage: str
    sentence: str
    words: tuple[str, ...]


def completions(commands: CommandTable, vocabulary: Vocabulary, values: bool = True) -> tuple[Completion, ...]:
    """Without `values` no word that stands only behind an option."""
    stands = _stands(commands, vocabulary)
    return tuple(Completion(row.name, row.usage, row.sentence, _words(row, stands, values)) for row in commands.usages)


def option_values(commands: CommandTable, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Each option that has a value, with the words that can stand there as far as they are known."""
    stands = _stands(commands, vocabulary)
    values = [(name, _read(value, stands)) for row in commands.usages for name, value in _VALUE.findall(row.usage)]
    return dict(reversed(values))


def _words(row: CommandUsage, stands: dict[str, tuple[str, ...]], values: bool) -> tuple[str, ...]:
    """Read off the usage: its small words and options as they stand, its capitals as what can stand there."""
    text = row.usage.replace(_ASIDE, "")
    words = _read(text if values else _VALUE.sub(r"\1", text), stands)
    return tuple(word for word in words if word != row.name)


def _stands(commands: CommandTable, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    return {
        "QUALITY": vocabulary.qualities,
        "SIZE": SHAPES,
        "LANE": LANES,
        "MODEL": tuple(vocabulary.models),
        "COMMAND": commands.names,
        "DIMENSION": DIMENSIONS,
        "PERIOD": _PERIOD,
    }


def _read(text: str, stands: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    words: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0].isupper():
            words.extend(stands.get(token, ()))
        elif token not in _JOINS and ":" not in token:
            words.append(token)
    return tuple(dict.fromkeys(words))
