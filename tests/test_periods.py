from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.periods import Period, month

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_month_runs_from_midnight_to_midnight_where_the_person_is() -> None:
    november = Period("2026-11", utc("2026-10-31T23:00"), utc("2026-11-30T23:00"))
    assert month(utc("2026-11-22T12:00"), BERLIN) == november


@pytest.mark.parametrize(
    ("at", "key"),
    [("2026-11-30T22:59:59.999999", "2026-11"), ("2026-11-30T23:00", "2026-12"), ("2026-10-31T22:59:59", "2026-10")],
)
def test_its_last_moment_is_inside_and_its_end_is_not(at: str, key: str) -> None:
    assert month(utc(at), BERLIN).key == key


def test_a_month_with_a_clock_change_is_an_hour_longer() -> None:
    october = month(utc("2026-10-10T00:00"), BERLIN)
    assert october.end - october.start == timedelta(days=31, hours=1)


def test_december_ends_in_the_next_year() -> None:
    assert month(utc("2027-01-01T04:59"), NEW_YORK) == Period(
        "2026-12", utc("2026-12-01T05:00"), utc("2027-01-01T05:00")
    )


def test_months_follow_each_other_without_a_gap() -> None:
    at = utc("2026-01-15T00:00")
    for _ in range(24):
        this = month(at, NEW_YORK)
        following = month(this.end, NEW_YORK)
        assert following.start == this.end
        assert following.key > this.key
        at = this.end
