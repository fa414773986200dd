"""Sample lines of a provider's bill."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.billing.reconcile import Bucket
from tests.kit.wishes import CENT

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def line(cents: int, day: date = FRIDAY, item: str = "gpt-image-2 image", **changes: Any) -> Bucket:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return replace(Bucket("cost", "", item, start, start + timedelta(days=1), cents * CENT), **changes)


def images(count: int, day: date = FRIDAY) -> Bucket:
    return line(0, day, "gpt-image-2", kind="usage", amount_nanousd=None, quantity=Decimal(count), unit="images")
