"""Days, weeks and months: as people write them, and as moments where clocks change."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.periods import (
    DAY,
    AnyPeriod,
    Days,
    LastDays,
    NamedPeriod,
    Period,
    before,
    days,
    each_day,
    iso_week,
    midnight,
    month,
    month_of,
    span,
    until,
    week_of,
)
from tests.kit import cells

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


# As people write them


SUNDAY = date(2026, 11, 22)


def days_of(first: str, last: str) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last))


def test_a_period_is_days_both_ends_inside() -> None:
    table = [
        (NamedPeriod.TODAY, "2026-11-22", "2026-11-22"),
        (NamedPeriod.YESTERDAY, "2026-11-21", "2026-11-21"),
        (NamedPeriod.THIS_WEEK, "2026-11-16", "2026-11-22"),
        (NamedPeriod.LAST_WEEK, "2026-11-09", "2026-11-15"),
        (NamedPeriod.THIS_MONTH, "2026-11-01", "2026-11-30"),
        (NamedPeriod.LAST_MONTH, "2026-10-01", "2026-10-31"),
        (NamedPeriod.ALL, "2026-03-27", "2026-11-22"),
        (LastDays(1), "2026-11-22", "2026-11-22"),
        (LastDays(30), "2026-10-24", "2026-11-22"),
        (days_of("2026-10-05", "2026-10-06"), "2026-10-05", "2026-10-06"),
    ]
    wanted = [(period, days_of(first, last)) for period, first, last in table]
    cells.agree(wanted, lambda period: days(period, SUNDAY, since=date(2026, 3, 27)))


def test_all_is_one_day_where_there_is_nothing_yet_or_only_later() -> None:
    assert days(NamedPeriod.ALL, SUNDAY) == days(NamedPeriod.ALL, SUNDAY, date(2026, 12, 1)) == Days(SUNDAY, SUNDAY)


@pytest.mark.parametrize(("on", "first"), [(date(2026, 11, 22), 16), (date(2026, 11, 23), 23)])
def test_a_week_begins_on_monday(on: date, first: int) -> None:
    assert days(NamedPeriod.THIS_WEEK, on).first == date(2026, 11, first)


@pytest.mark.parametrize(
    ("whole", "written"),
    [
        (days_of("2026-11-22", "2026-11-22"), "2026-11-22"),
        (days_of("2026-11-16", "2026-11-22"), "2026-W47"),
        (days_of("2026-02-01", "2026-02-28"), "2026-02"),
        (days_of("2026-11-17", "2026-11-23"), "2026-11-17..2026-11-23"),
        (days_of("2026-12-28", "2027-01-03"), "2026-W53"),
    ],
)
def test_days_are_written_the_shortest_way(whole: Days, written: str) -> None:
    assert whole.words() == written


def test_R55_the_last_day_of_2026_lies_in_its_week_53() -> None:
    assert week_of(date(2026, 12, 31)) == iso_week(2026, 53) == days_of("2026-12-28", "2027-01-03")


def test_R55_a_year_of_52_weeks_has_no_week_53() -> None:
    with pytest.raises(ValueError, match="week"):
        iso_week(2025, 53)


@pytest.mark.parametrize(
    ("whole", "part", "earlier"),
    [
        (month_of(SUNDAY), month_of(SUNDAY), days_of("2026-10-01", "2026-10-31")),
        (month_of(SUNDAY), days_of("2026-11-01", "2026-11-22"), days_of("2026-10-01", "2026-10-22")),
        (month_of(date(2026, 3, 1)), days_of("2026-03-01", "2026-03-30"), days_of("2026-02-01", "2026-02-28")),
        (month_of(date(2027, 1, 1)), month_of(date(2027, 1, 1)), days_of("2026-12-01", "2026-12-31")),
        (week_of(SUNDAY), week_of(SUNDAY), days_of("2026-11-09", "2026-11-15")),
        (week_of(SUNDAY), days_of("2026-11-16", "2026-11-18"), days_of("2026-11-09", "2026-11-11")),
        (days_of("2026-11-20", "2026-11-22"), days_of("2026-11-20", "2026-11-22"), days_of("2026-11-17", "2026-11-19")),
    ],
)
def test_a_period_is_compared_with_as_much_of_the_one_before(whole: Days, part: Days, earlier: Days) -> None:
    assert before(whole, part) == earlier


@pytest.mark.parametrize(("on", "last"), [("2026-11-22", "2026-11-22"), ("2026-11-30", "2026-11-30")])
def test_of_a_period_under_way_only_what_has_come_counts(on: str, last: str) -> None:
    assert until(month_of(SUNDAY), date.fromisoformat(on)) == days_of("2026-11-01", last)


def test_nothing_has_come_of_a_period_that_begins_tomorrow() -> None:
    assert until(month_of(date(2026, 12, 1)), date(2026, 11, 30)) is None


# In a zone (the reference moments of fault matrix section 6)


def test_R55_a_week_has_the_hours_its_clocks_show() -> None:
    table = [
        ("America/New_York", "2026-10-26", 169),
        ("America/New_York", "2027-03-08", 167),
        ("America/New_York", "2026-11-02", 168),
        ("Europe/Berlin", "2026-10-19", 169),
        ("Europe/Berlin", "2027-03-22", 167),
        ("Australia/Lord_Howe", "2027-03-29", 168.5),
        ("Africa/Cairo", "2027-04-26", 167),
        ("Asia/Kathmandu", "2026-11-23", 168),
    ]

    def length(zone: str, monday: str) -> timedelta:
        week = span(week_of(date.fromisoformat(monday)), ZoneInfo(zone))
        return week.end - week.start

    cells.agree([(zone, monday, timedelta(hours=hours)) for zone, monday, hours in table], length)


def test_R55_a_day_begins_with_its_first_moment() -> None:
    table = [
        ("Africa/Cairo", "2027-04-30", "2027-04-29T22:00"),  # 00:00 does not exist there: 01:00 is its first moment
        ("America/Havana", "2026-11-01", "2026-11-01T04:00"),  # 00:00 comes twice: the first
        ("Asia/Kolkata", "2026-11-23", "2026-11-22T18:30"),
        ("Asia/Kathmandu", "2026-11-23", "2026-11-22T18:15"),
        ("Australia/Lord_Howe", "2027-04-04", "2027-04-03T13:00"),
        ("Australia/Lord_Howe", "2027-04-05", "2027-04-04T13:30"),
        ("America/New_York", "2026-11-01", "2026-11-01T04:00"),
        ("America/New_York", "2026-11-02", "2026-11-02T05:00"),
    ]
    wanted = [(zone, day, utc(moment)) for zone, day, moment in table]
    cells.agree(wanted, lambda zone, day: midnight(date.fromisoformat(day), ZoneInfo(zone)))


def test_R55_a_moment_of_a_changing_clock_lies_in_one_day() -> None:
    table = [
        ("America/New_York", "2026-11-01T05:30", "2026-11-01"),
        ("America/New_York", "2026-11-01T06:30", "2026-11-01"),
        ("America/New_York", "2027-03-14T07:30", "2027-03-14"),
        ("Europe/Berlin", "2027-03-28T01:30", "2027-03-28"),
        ("Europe/Berlin", "2026-10-25T00:30", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T01:30", "2026-10-25"),
        ("Australia/Lord_Howe", "2027-04-03T14:45", "2027-04-04"),
        ("Australia/Lord_Howe", "2027-04-03T15:15", "2027-04-04"),
        ("Africa/Cairo", "2027-04-29T22:30", "2027-04-30"),
        ("Asia/Kolkata", "2026-11-23T03:30", "2026-11-23"),
        ("Asia/Kathmandu", "2026-11-23T03:15", "2026-11-23"),
    ]

    def check(zone: str, moment: str, local: str) -> None:
        around = [date.fromisoformat(local) + n * DAY for n in (-1, 0, 1)]
        holding = [day for day in around if inside(utc(moment), span(Days(day, day), ZoneInfo(zone)))]
        assert holding == [date.fromisoformat(local)]

    cells.hold(table, check)


def inside(at: datetime, period: Period) -> bool:
    return period.start <= at < period.end


ZONES = [
    ZoneInfo("UTC"),
    ZoneInfo("Africa/Cairo"),
    ZoneInfo("Africa/Casablanca"),
    ZoneInfo("America/Asuncion"),
    ZoneInfo("America/Caracas"),
    ZoneInfo("America/Havana"),
    ZoneInfo("America/Los_Angeles"),
    ZoneInfo("America/New_York"),
    ZoneInfo("America/Nuuk"),
    ZoneInfo("America/Santiago"),
    ZoneInfo("America/Sao_Paulo"),
    ZoneInfo("America/St_Johns"),
    ZoneInfo("Asia/Amman"),
    ZoneInfo("Asia/Beirut"),
    ZoneInfo("Asia/Gaza"),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("Asia/Tehran"),
    ZoneInfo("Asia/Tokyo"),
    ZoneInfo("Atlantic/Azores"),
    ZoneInfo("Australia/Adelaide"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("Europe/London"),
    ZoneInfo("Pacific/Apia"),
    ZoneInfo("Pacific/Chatham"),
]
DATES = st.dates(date(2020, 1, 1), date(2036, 12, 31))


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), day=DATES)
def test_R55_the_days_of_a_week_and_of_a_month_add_up_to_it(zone: ZoneInfo, day: date) -> None:
    for whole in (week_of(day), month_of(day)):
        parts = [span(one, zone) for one in each_day(whole)]
        together = span(whole, zone)
        assert (parts[0].start, parts[-1].end) == (together.start, together.end)
        assert all(left.end == right.start for left, right in pairwise(parts))
        assert all(part.start < part.end for part in parts)
        assert sum((part.end - part.start for part in parts), timedelta()) == together.end - together.start


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    days=DATES,
    moments=st.lists(st.floats(0, 62, allow_nan=False), max_size=30),
)
def test_R55_sums_of_days_are_those_of_weeks_and_months(zone: ZoneInfo, days: date, moments: list[float]) -> None:
    """Every moment of two months is counted once, whichever way they are cut."""
    first, second = month_of(days), month_of(month_of(days).last + DAY)
    start, end = span(first, zone).start, span(second, zone).end
    at = [start + timedelta(days=moment) for moment in moments if start + timedelta(days=moment) < end]

    def counted(parts: Iterable[Days]) -> int:
        spans = [span(part, zone) for part in parts]
        return sum(inside(moment, each) for each in spans for moment in at)

    weeks = [week_of(first.first + n * DAY) for n in range(0, 70, 7)]
    assert counted((first, second)) == len(at)
    assert counted((*each_day(first), *each_day(second))) == len(at)
    assert counted(weeks) == counted(day for week in weeks for day in each_day(week)) == len(at)


@settings(deadline=None)
@given(period=st.sampled_from(NamedPeriod) | st.integers(1, 366).map(LastDays), on=DATES)
def test_the_period_before_ends_where_the_period_begins_or_has_as_many_days(period: AnyPeriod, on: date) -> None:
    whole = days(period, on)
    part = until(whole, on)
    assert part is not None
    earlier = before(whole, part)
    assert earlier.last < part.first
    assert earlier.count == part.count or (whole.is_month and earlier.count <= 31)
