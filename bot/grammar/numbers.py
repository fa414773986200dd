"""The strict numbers: ASCII digits, a point, nothing else. What could mean two amounts is refused, not guessed."""

import re
from datetime import date
from decimal import Decimal

from bot.errors import BadNumber, NotUnderstood, Slip
from bot.grammar.words import echo, hidden

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)

_WHOLE = re.compile(r"[0-9]{1,6}")
_THOUSANDS = re.compile(r"([0-9]{1,3})(?:[kK]|\.([0-9])[kK])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:_[0-9]{3})+")
_DECIMAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?")
_EXACT = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,9})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def money(text: str) -> Decimal:
    """USD from 0 to 999999.9999, with or without a $ before it. Raises BadNumber."""
    figure = text.removeprefix("$")
    if not _DECIMAL.fullmatch(figure):
        raise _unread("amounts like 25 or 12.50", text)
    return Decimal(figure)


def exact_usd(text: str) -> Decimal:
    """USD as machines report it: from 0 to 999999.999999999, whole nano-dollars. Raises BadNumber."""
    if not _EXACT.fullmatch(text):
        raise _unread("amounts like 12.50 or 0.04173", text)
    return Decimal(text)


def count(text: str) -> int:
    """From 1 to 999999. Raises BadNumber."""
    if not is_count(text) or not int(text):
        raise no_count(text)
    return int(text)


def no_count(text: str) -> BadNumber:
    """What to say to a word that stands where a count should."""
    digits = text.isascii() and text.isdigit()
    return _unread("counts from 1 to 999999" if digits else "counts like 5000", text, count_meant(text))


def count_meant(text: str) -> str | None:
    """`5000` of `5k`, `5,000` and `5_000`, which can mean no other count; None of all else."""
    thousands = _THOUSANDS.fullmatch(text)
    if thousands:
        figure = str(int(thousands[1]) * 1000 + int(thousands[2] or 0) * 100)
    elif _GROUPED.fullmatch(text):
        figure = text.replace(",", "").replace("_", "")
    else:
        return None
    return figure if is_count(figure) and int(figure) else None


def is_count(text: str) -> bool:
    return _WHOLE.fullmatch(text) is not None


def whole(text: str) -> int:
    """From 0 to 999999. Raises BadNumber."""
    if not is_count(text):
        raise _unread("whole numbers from 0 to 999999", text)
    return int(text)


def retries(text: str) -> int:
    """From 0 to 99. Raises BadNumber."""
    if not is_count(text) or int(text) > 99:
        raise _unread("retries from 0 to 99", text)
    return int(text)


def keep_rate(text: str) -> Decimal:
    """Above 0, at most 1: `0.55` and `55%` are the same. Raises BadNumber."""
    figure = text.removesuffix("%")
    if not _DECIMAL.fullmatch(figure):
        raise _unread("keep rates like 0.55 or 55%", text)
    rate = Decimal(figure) / 100 if text.endswith("%") else Decimal(figure)
    if not 0 < rate <= 1:
        raise _unread("keep rates above 0 and up to 1, like 0.55 or 55%", text)
    return rate


def rate_words(rate: Decimal) -> str:
    """The shortest text `keep_rate` reads as this rate: one of more than four decimals goes as per cent."""
    short = format(rate.normalize(), "f")
    if _DECIMAL.fullmatch(short):
        return short
    return format((rate * 100).normalize(), "f") + "%"


def day(text: str) -> date:
    """A calendar day written YYYY-MM-DD, 2020 to 2099. Raises NotUnderstood."""
    try:
        value = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        value = None
    if value is None or not FIRST_DAY <= value <= LAST_DAY:
        raise NotUnderstood(
            f"I read days from {FIRST_DAY} to {LAST_DAY}, written like 2026-11-22; "
            f"I could not read '{echo(text)}'{hidden(text)}."
        )
    return value


def _unread(examples: str, text: str, meant: str | None = None) -> BadNumber:
    sentence = f"I read {examples}; I could not read '{echo(text)}'{hidden(text)}."
    return BadNumber(sentence, Slip(text, (meant,) if meant else ()))
