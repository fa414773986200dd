"""Typed answers as JSON for programs."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.errors import ImagelaneError, NotUnderstood


def text(answer: Any) -> str:
    """As a terminal prints it."""
    return json.dumps(as_json(answer), indent=2)


def as_json(answer: Any) -> dict[str, Any]:
    """The typed answer itself: money and ratios as decimal strings, days as YYYY-MM-DD, unknown as null."""
    if isinstance(answer, ImagelaneError):
        mended = {"mended": answer.mended} if isinstance(answer, NotUnderstood) and answer.mended else {}
        return {"error": {"code": answer.code, "message": answer.sentence, **mended}}
    values: dict[str, Any] = _plain(answer)
    return values


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():  # a datetime too
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _ if hasattr(value, "in_json"):
            return value.in_json()
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
