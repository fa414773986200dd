"""Typed words to typed commands: the one grammar behind `/imagelane`, `@imagelane` and the terminal.

`parse` reads a text, `parse_words` the words a shell has already split, with the commands only a terminal has. Both
raise only `NotUnderstood` and its kinds.
"""

from bot.grammar.asking import only_asks
from bot.grammar.benches import sides
from bot.grammar.commands import (
    BenchCommand,
    BudgetCommand,
    Command,
    Digest,
    Estimate,
    Help,
    Models,
    Recommend,
    Show,
    Spend,
    Try,
)
from bot.grammar.completions import Completion, completions, option_values
from bot.grammar.numbers import count, day, keep_rate, money, retries, whole
from bot.grammar.parse import parse, parse_words
from bot.grammar.prompts import MAX_CHARACTERS, checked
from bot.grammar.spends import from_fields as spend_from
from bot.grammar.usages import USAGES, CommandUsage, Guide, usage
from bot.grammar.vocabulary import SHAPES, SITUATIONS, Kind, Vocabulary
from bot.pricing.facts import LANES

__all__ = [
    "LANES",
    "MAX_CHARACTERS",
    "SHAPES",
    "SITUATIONS",
    "USAGES",
    "BenchCommand",
    "BudgetCommand",
    "Command",
    "Completion",
    "Digest",
    "Estimate",
    "Guide",
    "Help",
    "Kind",
    "Models",
    "Recommend",
    "Show",
    "Spend",
    "Try",
    "CommandUsage",
    "Vocabulary",
    "checked",
    "completions",
    "count",
    "day",
    "keep_rate",
    "money",
    "only_asks",
    "option_values",
    "parse",
    "parse_words",
    "retries",
    "sides",
    "spend_from",
    "usage",
    "whole",
]
