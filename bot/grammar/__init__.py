"""Typed words to typed commands: the one grammar behind `/imagelane`, `@imagelane` and the terminal.

It knows no command by name: a table of their rows is handed in, and each row reads its own words. `CommandTable.parse`
reads a text, `parse_words` the words a shell has already split. Both raise only `NotUnderstood` and its kinds.

row, table      a command as one row, and which of them it is
sorting         the words of one command by kind, its options by name
options         options that several commands have
words, quotes, numbers, dates, names, prompts, vocabulary    what can stand in one
hints           what an unknown word was perhaps meant to be
mending         a line that is not read, with all its slips mended
canonical       the words of a command put together again
completions     what can be typed next
"""

from bot.grammar.numbers import count, day, keep_rate, money, retries, whole
from bot.grammar.row import (
    At,
    Audience,
    BookAnswer,
    Command,
    CommandRow,
    CommandUsage,
    FactAnswer,
    Guide,
)
from bot.grammar.table import CommandTable
from bot.grammar.vocabulary import SHAPES, Kind, Vocabulary
from bot.pricing.facts import LANES

__all__ = [
    "LANES",
    "SHAPES",
    "At",
    "Audience",
    "Command",
    "CommandRow",
    "CommandTable",
    "CommandUsage",
    "BookAnswer",
    "FactAnswer",
    "Guide",
    "Kind",
    "Vocabulary",
    "count",
    "day",
    "keep_rate",
    "money",
    "retries",
    "whole",
]
