"""Days, weeks and months by their numbers."""

import re
from datetime import date

from bot.errors import NotUnderstood
from bot.grammar import numbers
from bot.grammar.words import echo
from bot.periods import Days, iso_week, month_of

_WEEK = re.compile(r"([0-9]{4})-w([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


def is_day(word: str) -> bool:
    return _DAY.fullmatch(word) is not None


def read_days(word: str) -> Days | None:
    """In small letters. Raises NotUnderstood for one there never was."""
    first, dots, last = word.partition("..")
    if dots:
        return between(first, last)
    if is_day(word):
        return between(word, word)
    match = _WEEK.fullmatch(word) or _MONTH.fullmatch(word)
    if match is None:
        return None
    year, number = int(match[1]), int(match[2])
    try:
        whole = iso_week(year, number) if "w" in word else month_of(date(year, number, 1))
    except ValueError:
        what = "week" if "w" in word else "month"
        raise NotUnderstood(f"There is no {what} `{echo(word.upper())}`.") from None
    numbers.day(str(whole.first))
    return whole


def between(first: str, last: str) -> Days:
    days = Days(numbers.day(first), numbers.day(last))
    if days.count < 1:
        raise NotUnderstood(f"I read days from {days.first} to {days.last}: that ends before it begins.")
    return days
