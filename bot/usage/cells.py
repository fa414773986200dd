"""One cell of somebody's file as JSON would give it: moments, whole numbers, amounts, a name, a path into its JSON."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.usage import strict_json
from bot.usage.errors import BadRecord
from bot.usage.strict_json import RefusedJson

MOST_WHOLE = 10_000_000_000
MOST_NAME = 200
MOST_ECHOED = 40  # letters of a cell that is refused
SMALL = 2000  # characters of a JSON cell that is remembered
AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}", re.ASCII)
DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+", re.ASCII)
POINT_AND_ZEROS = re.compile(r"[1-9][0-9]{0,2}\.000", re.ASCII)
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
WHOLE = re.compile(r"[0-9]{1,11}(?:\.0{1,20})?", re.ASCII)
EPOCH = re.compile(r"([0-9]{9,10})(?:\.([0-9]{1,9}))?", re.ASCII)
MILLISECONDS = re.compile(r"([0-9]{10})([0-9]{3})", re.ASCII)
NO_EPOCH = re.compile(r"[0-9]{11,}(?:\.[0-9]+)?", re.ASCII)
BARE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(\.[0-9]{1,9})?)?", re.ASCII)
MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)
FLAGS = {"true": True, "false": False}


@lru_cache(8192)
def moment(text: str, zone: tzinfo | None, month_first: bool = False) -> str:
    """With its zone: seconds or milliseconds since 1970 are UTC, and what has none is of `zone`, the first of two alike
    in autumn.

    `month_first` reads 11/20/2026. What is no moment, or has no zone where none is said, is handed on, to be refused
    by its field. Raises BadRecord.
    """
    if seconds := EPOCH.fullmatch(text) or MILLISECONDS.fullmatch(text):
        after = timedelta(microseconds=int(f"{seconds[2] or '':0<6.6}"))
        return (datetime.fromtimestamp(int(seconds[1]), UTC) + after).isoformat()
    if NO_EPOCH.fullmatch(text):
        raise BadRecord("occurred_at", "is out of range: seconds since 1970 have 10 digits, and milliseconds 13")
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
def whole(field: str, text: str, written: bool = True) -> int | None:
    """`39.0` and `1,000` too; `null` is None, which is not told. Raises BadRecord, also for the 1.000 that somebody may
    have `written` for a thousand; as a number of JSON it is 1."""
    if text.lower() == "null":
        return None
    if written and POINT_AND_ZEROS.fullmatch(text.strip()):
        raise BadRecord(field, f"is {text.strip()}, which may be thousands: write it without the point")
    plain = without_commas(text)
    if not WHOLE.fullmatch(plain) or (number := int(Decimal(plain))) > MOST_WHOLE:
        raise BadRecord(field, "must be a whole number from 0 to 999999")
    return number


def amount(field: str, text: str) -> str:
    """1,053.60 as 1053.60. Raises BadRecord for a decimal comma, and for what may be one: 1,234 would be a thousand
    times as much."""
    plain = text.strip()
    if "," not in plain:
        return plain
    if AMBIGUOUS.fullmatch(plain):
        raise BadRecord(
            field,
            f"is {plain}, whose comma may part decimals or thousands: write it with a point or none",
        )
    if DECIMAL_COMMA.fullmatch(plain):
        raise BadRecord(field, f"is {plain[:MOST_ECHOED]}, with a decimal comma: write it with a point, like 0.052")
    return without_commas(plain)


def without_commas(text: str) -> str:
    """1,053.60 as 1053.60; a comma that parts no thousands stays, to be refused."""
    plain = text.strip()
    return plain.replace(",", "") if THOUSANDS.fullmatch(plain) else plain


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
    """A cell of JSON lines or Parquet, or a value out of JSON, as a CSV would have it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def one_value(field: str, value: Any) -> str:
    """`text_of` what one field takes. Raises BadRecord for a list or an object, and for a number that is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, RefusedJson):
        raise BadRecord(field, value.reason)
    if isinstance(value, Mapping | list):
        raise BadRecord(field, f"is {'an object' if isinstance(value, Mapping) else 'a list'} and no value")
    return text_of(value)


def small_letters(field: str, value: Any) -> str:
    """Raises BadRecord."""
    return one_value(field, value).lower()


@lru_cache(1024)
def named(pattern: re.Pattern[str], text: str) -> str:
    """The part of a label that names the model; all of it where none does."""
    part = pattern.search(text.lower())
    return part[0].replace(" ", "-") if part else text
