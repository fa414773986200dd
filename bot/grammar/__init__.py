"""Typed words to typed commands: the one grammar behind `/imagelane`, `@imagelane` and the terminal.

`parse` reads a text, `parse_words` the words a shell has already split, with the commands only a terminal has. Both
raise only `NotUnderstood` and its kinds.
"""

from bot.grammar.commands import (
    Bench,
    Budget,
    Command,
    Digest,
    Estimate,
    Help,
    Models,
    Recommend,
    Show,
    Spend,
    Try,
    Typed,
)
from bot.grammar.completions import Completion, completions
from bot.grammar.numbers import count, day, keep_rate, money, retries
from bot.grammar.parse import parse, parse_words
from bot.grammar.prompts import MAX_CHARACTERS, checked
from bot.grammar.spends import from_fields as spend_from
from bot.grammar.usages import TERMINAL_USAGES, USAGES, Guide, Usage, usage
from bot.grammar.vocabulary import SHAPES, SITUATIONS, Vocabulary
from bot.pricing.facts import LANES

__all__ = [
    "LANES",
    "MAX_CHARACTERS",
    "SHAPES",
    "SITUATIONS",
    "TERMINAL_USAGES",
    "USAGES",
    "Bench",
    "Budget",
    "Command",
    "Completion",
    "Digest",
    "Estimate",
    "Guide",
    "Help",
    "Models",
    "Recommend",
    "Show",
    "Spend",
    "Try",
    "Typed",
    "Usage",
    "Vocabulary",
    "checked",
    "completions",
    "count",
    "day",
    "keep_rate",
    "money",
    "parse",
    "parse_words",
    "retries",
    "spend_from",
    "usage",
]
