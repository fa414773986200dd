"""One cell of somebody's file as JSON would give it: moments, whole numbers, amounts, a name, a path into its JSON."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.usage import strict_json
from bot.usage.errors import BadRecord

MOST_WHOLE = 10_000_000_000
MOST_NAME = 200
SMALL = 2000  # characters of a JSON cell that is remembered
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
WHOLE = re.compile(r"[0-9]{1,11}(?:\.0{1,20})?", re.ASCII)
EPOCH = re.compile(r"([0-9]{9,10})(?:\.([0-9]{1,9}))?", re.ASCII)
BARE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(\.[0-9]{1,9})?)?", re.ASCII)
MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)
FLAGS = {"true": True, "false": False}


@lru_cache(8192)
def moment(text: str, zone: tzinfo | None, month_first: bool = False) -> str:
    """With its zone: seconds since 1970 are UTC, and what has none is of `zone`, the first of two alike in autumn.

    `month_first` reads 11/20/2026. What is no moment, or has no zone where none is said, is handed on, to be refused
    by its field. Raises BadRecord.
    """
    if seconds := EPOCH.fullmatch(text):
        after = timedelta(microseconds=int(f"{seconds[2] or '':0<6.6}"))
        return (datetime.fromtimestamp(int(seconds[1]), UTC) + after).isoformat()
    if month_first and (day := MONTH_FIRST.fullmatch(text)):
        text = f"{day[3]}-{day[1]:0>2}-{day[2]:0>2}"
    bare = BARE.fullmatch(text)
    if bare is None or zone is None:
        return text
    return _in_zone(f"{bare[1]}T{bare[2] or '00:00'}{(bare[3] or '')[:7]}", zone)


def _in_zone(text: str, zone: tzinfo) -> str:
    if str(zone) == "UTC":
        return f"{text}Z"
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError:
        return f"{text}Z"  # no such day: told as every other
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise BadRecord("occurred_at", f"is in the hour that clocks in {zone} left out")
    return local.astimezone(UTC).isoformat()


@lru_cache(8192)
def whole(field: str, text: str) -> int | None:
    """`39.0` and `1,000` too; `null` is None, which is not told. Raises BadRecord."""
    if text.lower() == "null":
        return None
    plain = without_commas(text)
    if not WHOLE.fullmatch(plain) or (number := int(Decimal(plain))) > MOST_WHOLE:
        raise BadRecord(field, "must be a whole number from 0 to 999999")
    return number


def without_commas(text: str) -> str:
    """1,053.60 as 1053.60; a comma that parts no thousands stays, to be refused."""
    return text.replace(",", "") if THOUSANDS.fullmatch(text) else text


def flag(text: str) -> bool | str:
    return FLAGS.get(text.lower(), text)


def json_value(field: str, cell: Any) -> Any:
    """Raises BadRecord. What came of JSON lines is a value already."""
    if not isinstance(cell, str):
        return cell
    try:
        return strict_json.read(cell.encode("utf-8", "surrogatepass"))
    except BadRecord as wrong:
        raise BadRecord(field, wrong.reason) from None


def at_path(column: str, cell: Any, keys: Sequence[str]) -> Any:
    """None where there is no such key. Raises BadRecord where the cell holds no JSON."""
    value = _small_json(column, cell) if isinstance(cell, str) and len(cell) < SMALL else json_value(column, cell)
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


# Several fields come of one cell, and a million rows have few different ones.
_small_json = lru_cache(256)(json_value)


def text_of(value: Any) -> str:
    """A cell of JSON lines, or a value out of JSON, as a CSV would have it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


@lru_cache(1024)
def named(pattern: re.Pattern[str], text: str) -> str:
    """The part of a label that names the model; all of it where none does."""
    part = pattern.search(text.lower())
    return part[0].replace(" ", "-") if part else text
