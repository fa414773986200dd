"""Sample usage records, as pipelines send them and as they are stored."""

from datetime import UTC, datetime
from typing import Any

from bot import catalog
from bot.intake import Desk
from bot.records import Record

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
USAGE = {
    "input_tokens": 50,
    "output_tokens": 1756,
    "total_tokens": 1806,
    "input_tokens_details": {"text_tokens": 50, "image_tokens": 0},
}


def given(**changes: Any) -> dict[str, Any]:
    """A record as JSON would give it; None takes a field out."""
    plain = {
        "id": "sample-1",
        "occurred_at": "2026-11-20T10:00:00Z",
        "model": "gpt-image-2.5-flare",
        "quality": "high",
        "size": "1024x1024",
        "images": 4,
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def record(**changes: Any) -> Record:
    return Desk(catalog.load()).record(given(**changes), NOW)
