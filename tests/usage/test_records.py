"""What a record costs: by its usage, as reported, as published on its day, by tokens, or unknown; and its lane."""

from typing import Any

import pytest

from bot.usage.records import difference
from tests.kit import cells
from tests.kit.usage_made import NOW, USAGE, record


def test_a_record_is_priced_by_the_best_that_is_known() -> None:
    table = [
        # 1,756 tokens out at $30 and 50 text tokens in at $5 a million
        ({"usage": USAGE}, 52_930_000, "usage"),
        ({"usd": "0.21"}, 210_000_000, "reported"),
        ({"usd": "0"}, 0, "reported"),
        ({}, 4 * 52_680_000, "tokens"),
        ({"model": "gpt-image-2"}, 4 * 211_000_000, "published"),
        ({"model": "gpt-image-1-mini", "occurred_at": "2026-03-27T10:00:00Z"}, 4 * 36_000_000, "published"),
        ({"model": "gpt-image-2.6-sunburst"}, None, "unknown"),
        ({"model": "gpt-image-2.6-sunburst", "usd": "0.3"}, 300_000_000, "reported"),
        ({"model": "sample-painter-9"}, None, "unknown"),
        ({"model": "sample-painter-9", "usage": USAGE}, None, "unknown"),
        ({"model": "sample-painter-9", "usd": "1"}, 10**9, "reported"),
        ({"quality": "splendid"}, None, "unknown"),
        ({"size": "17x17"}, None, "unknown"),
        ({"size": "auto"}, None, "unknown"),
        ({"size": None}, None, "unknown"),
        ({"size": "auto", "usage": USAGE}, 52_930_000, "usage"),
        ({"occurred_at": "2022-01-01T10:00:00Z"}, None, "unknown"),
    ]

    def check(changes: dict[str, Any], amount_nanousd: int | None, basis: str) -> None:
        read = record(**changes)
        assert (read.amount_nanousd, read.basis) == (amount_nanousd, basis)
        assert (read.rates is None) == (basis in ("unknown", "reported"))

    cells.hold(table, check)


@pytest.mark.parametrize(
    ("model", "day", "lane"),
    [
        ("gpt-image-2.5-flare", "2026-11-20", "budget"),
        ("gpt-image-2", "2026-11-20", "legacy"),
        ("gpt-image-2", "2026-05-01", "premium"),
        ("gpt-image-1", "2026-11-20", None),
        ("sample-painter-9", "2026-11-20", None),
        ("gpt-image-1", "2025-12-01", None),
    ],
)
def test_the_lane_is_the_one_the_model_filled_on_the_day_it_drew(model: str, day: str, lane: str | None) -> None:
    assert record(model=model, occurred_at=f"{day}T10:00:00Z").lane == lane


def test_a_dated_snapshot_counts_as_its_model() -> None:
    read = record(model="gpt-image-2.5-sunburst-2026-09-08")
    assert (read.model, read.lane, read.basis) == ("gpt-image-2.5-sunburst", "premium", "tokens")


def test_what_differs_between_two_records_is_named() -> None:
    table = [
        ({}, None),
        ({"occurred_at": "2026-11-20T11:00:00+01:00"}, None),
        ({"occurred_at": "2026-11-20T10:00:01Z"}, "occurred_at"),
        ({"model": "gpt-image-2"}, "model"),
        ({"size": "1024x1536"}, "size"),
        ({"images": 5}, "images"),
        ({"usd": "0.1"}, "usd"),
        ({"usage": USAGE}, "usage"),
        ({"kept": 1}, "kept"),
        ({"project": "Sample"}, "project"),
        ({"person": "U1"}, "person"),
    ]
    cells.agree(table, lambda changes: difference(record(**changes), record()))


def test_a_price_worked_out_anew_is_no_difference() -> None:
    assert difference(record(), record()._replace(amount_nanousd=1, rates="older")) is None


def test_a_review_stands_over_what_the_record_said_when_it_was_new() -> None:
    assert difference(record(kept=1), record(kept=4)._replace(reviewed_at=NOW)) is None
    assert difference(record(kept=1), record(kept=4)) == "kept"
