"""Options that several commands have, and what is said to a word too many."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.errors import NotUnderstood
from bot.grammar import numbers
from bot.grammar.sorting import only
from bot.grammar.words import echo, hidden

DATED = {"on": "a day, like 2026-11-22,"}
FOR_KIND = {"for": "a kind of work, like product-shots,", **DATED}


def day(values: Mapping[str, list[str]]) -> date | None:
    on = only(values, "on")
    return None if on is None else numbers.day(on)


def kind(values: Mapping[str, list[str]]) -> str | None:
    """A kind of work a bench was about."""
    name = only(values, "for")
    if name is not None and not (name[0].isalnum() and name.isprintable()):
        raise NotUnderstood(f"I could not read `{echo(name)}` as a kind of work{hidden(name)}.")
    return name


def refuse_more_than_one(command: str, words: Sequence[str]) -> None:
    if len(words) > 1:
        raise NotUnderstood(f"I read `{echo(words[0])}` and `{echo(words[1])}`: `{command}` takes one word only.")
