"""Typed words to typed commands: the one grammar behind `/imagelane`, `@imagelane` and the terminal.

`parse` reads a text, `parse_words` the words a shell has already split, with the commands only a terminal has. Both
raise only `NotUnderstood` and its kinds. What only some doors need is asked of its module: asking, completions,
prompts, and the readers benches, budgets, digests, spends and tries, each loaded for its own command alone.
"""

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
from bot.grammar.numbers import count, day, keep_rate, money, retries, whole
from bot.grammar.parse import parse, parse_words
from bot.grammar.usages import USAGES, CommandUsage, Guide, usage
from bot.grammar.vocabulary import SHAPES, SITUATIONS, Kind, Vocabulary
from bot.pricing.facts import LANES

__all__ = [
    "LANES",
    "SHAPES",
    "SITUATIONS",
    "USAGES",
    "BenchCommand",
    "BudgetCommand",
    "Command",
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
    "count",
    "day",
    "keep_rate",
    "money",
    "parse",
    "parse_words",
    "retries",
    "usage",
    "whole",
]
