"""What can be typed next: for a composer that completes words while somebody writes."""

import re
from dataclasses import dataclass

from bot.grammar.usages import USAGES, CommandUsage
from bot.grammar.vocabulary import SHAPES, Vocabulary
from bot.pricing.facts import LANES

_TOKEN = re.compile(r"--[a-z]+|[A-Za-z]+")
_JOINS = {"or"}


@dataclass(frozen=True)
class Completion:
    """One command, and every word that may follow it."""

    name: str
    usage: str
    sentence: str
    words: tuple[str, ...]


def completions(vocabulary: Vocabulary) -> tuple[Completion, ...]:
    return tuple(Completion(row.name, row.usage, row.sentence, _words(row, vocabulary)) for row in USAGES)


def _words(row: CommandUsage, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Read off the usage: its small words and options as they stand, its capitals as what can stand there."""
    stands = {
        "QUALITY": vocabulary.qualities,
        "SIZE": SHAPES,
        "LANE": LANES,
        "MODEL": vocabulary.models,
        "COMMAND": tuple(each.name for each in USAGES),
    }
    found: list[str] = []
    for token in _TOKEN.findall(row.usage.removeprefix(row.name)):
        if token.isupper():
            found.extend(stands.get(token, ()))
        elif token not in _JOINS and token != row.name:
            found.append(token)
    return tuple(dict.fromkeys(found))
