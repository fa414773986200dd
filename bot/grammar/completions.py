"""What can be typed next: for a composer that completes words while somebody writes."""

import re
from dataclasses import dataclass

from bot.grammar.commands import DIMENSIONS
from bot.grammar.usages import USAGES, CommandUsage
from bot.grammar.vocabulary import SHAPES, Vocabulary
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


def completions(vocabulary: Vocabulary, values: bool = True) -> tuple[Completion, ...]:
    """Without `values` no word that stands only behind an option."""
    return tuple(Completion(row.name, row.usage, row.sentence, _words(row, vocabulary, values)) for row in USAGES)


def option_values(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Each option that has a value, with the words that can stand there as far as they are known."""
    stands = _stands(vocabulary)
    found = [(name, _read(value, stands)) for row in USAGES for name, value in _VALUE.findall(row.usage)]
    return dict(reversed(found))


def _words(row: CommandUsage, vocabulary: Vocabulary, values: bool) -> tuple[str, ...]:
    """Read off the usage: its small words and options as they stand, its capitals as what can stand there."""
    text = row.usage.replace(_ASIDE, "")
    words = _read(text if values else _VALUE.sub(r"\1", text), _stands(vocabulary))
    return tuple(word for word in words if word != row.name)


def _stands(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    return {
        "QUALITY": vocabulary.qualities,
        "SIZE": SHAPES,
        "LANE": LANES,
        "MODEL": vocabulary.models,
        "COMMAND": tuple(each.name for each in USAGES),
        "DIMENSION": DIMENSIONS,
        "PERIOD": _PERIOD,
    }


def _read(text: str, stands: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0].isupper():
            found.extend(stands.get(token, ()))
        elif token not in _JOINS and ":" not in token:
            found.append(token)
    return tuple(dict.fromkeys(found))
