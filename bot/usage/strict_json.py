"""JSON as a stranger sends it: what json.loads would let through is marked, so that its field can be named."""

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.usage.errors import BadRecord

MOST_DIGITS = 40


@dataclass(frozen=True)
class RefusedJson:
    """Stands in the place of a value that can't be taken."""

    reason: str


def read(body: bytes) -> Any:
    """The value: amounts as Decimal, and Refused in place of NaN, Infinity, endless numbers and repeated names.

    Raises BadRecord for what is no JSON at all.
    """
    try:
        return json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=lambda name: RefusedJson(f"is {name}, which is no number"),
        )
    except RecursionError:
        raise BadRecord("body", "is nested too deeply") from None
    except ValueError:  # not UTF-8, not JSON
        raise BadRecord("body", "is not JSON in UTF-8") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        times = Counter(name for name, _ in pairs)
        values |= {name: RefusedJson("is given twice") for name in values if times[name] > 1}
    return values


def _decimal(text: str) -> Decimal | RefusedJson:
    if len(text) > MOST_DIGITS:
        return RefusedJson("has too many digits")
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return RefusedJson("is a number that nothing costs or counts")


def _whole(text: str) -> int | RefusedJson:
    return int(text) if len(text) <= MOST_DIGITS else RefusedJson("has too many digits")
