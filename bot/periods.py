"""Months in a time zone, as half-open spans of UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Period:
    """`start` belongs to it, `end` is the first moment after it; both aware UTC."""

    key: str
    start: datetime
    end: datetime


def month(at: datetime, zone: ZoneInfo) -> Period:
    """The calendar month `at` (aware) lies in for somebody in that zone; key such as 2026-11."""
    local = at.astimezone(zone)
    first = datetime(local.year, local.month, 1, tzinfo=zone)
    following = datetime(local.year + local.month // 12, local.month % 12 + 1, 1, tzinfo=zone)
    return Period(f"{local:%Y-%m}", first.astimezone(UTC), following.astimezone(UTC))
