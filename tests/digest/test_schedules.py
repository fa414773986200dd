"""When a digest is due: the same minute on people's clocks every week, whatever the clocks do."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digest.schedule import Due, Schedule, due, next_slot, slot, week_named
from bot.periods import Days, iso_week, week_of
from tests.kit import cells

ZONES = (
    *("Pacific/Honolulu", "America/Los_Angeles", "America/New_York", "America/St_Johns", "America/Sao_Paulo"),
    *("America/Santiago", "America/Havana", "Atlantic/Azores", "Europe/London", "Europe/Dublin", "Europe/Berlin"),
    *("Europe/Athens", "Europe/Chisinau", "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Asia/Beirut"),
    *("Asia/Jerusalem", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Adelaide", "Australia/Lord_Howe"),
    *("Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati"),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def schedule(day: int = 0, time: str = "09:00", zone: str = "UTC", since: str = "2026-01-01T00:00") -> Schedule:
    hour, minute = map(int, time.split(":"))
    return Schedule("T1", "C1", day, hour, minute, zone, "U1", utc(since))


def test_R51_a_skipped_or_repeated_hour_has_one_moment() -> None:
    table = [
        ("America/New_York", "2026-10-26 09:00", "2026-10-26T13:00"),
        ("America/New_York", "2026-11-02 09:00", "2026-11-02T14:00"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30"),
        ("America/New_York", "2027-03-14 02:30", "2027-03-14T07:30"),
        ("Europe/Berlin", "2027-03-28 02:30", "2027-03-28T01:30"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30"),
        ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03T14:45"),
        ("Africa/Cairo", "2027-04-30 00:30", "2027-04-29T22:30"),
        ("Asia/Kolkata", "2026-11-23 09:00", "2026-11-23T03:30"),
        ("Asia/Kathmandu", "2026-11-23 09:00", "2026-11-23T03:15"),
    ]

    def check(zone: str, local: str, moment: str) -> None:
        day, time = local.split()
        on = datetime.fromisoformat(day).date()
        chosen = schedule(on.weekday(), time, zone)
        week = week_of(on - timedelta(days=7))
        assert slot(chosen, week) == utc(moment)
        assert due(chosen, utc(moment) - timedelta(minutes=1), week_of(week.first - timedelta(days=7)).words()) is None
        found = due(chosen, utc(moment), week_of(week.first - timedelta(days=7)).words())
        assert found == Due(week)
        again = utc(moment) + timedelta(hours=1)
        assert due(chosen, again, week.words()) is None

    cells.hold(table, check)


@pytest.mark.parametrize(("now", "week"), [("2026-11-23T08:59", "2026-W46"), ("2026-11-23T09:00", "2026-W47")])
def test_a_week_is_due_from_its_minute_on(now: str, week: str) -> None:
    found = due(schedule(), utc(now), "2026-W45")
    assert found is not None
    assert found.week == week_named(week)


@pytest.mark.parametrize(("since", "is_due"), [("2026-11-23T09:00", False), ("2026-11-23T08:59", True)])
def test_a_schedule_begins_with_the_first_time_after_it_was_set(since: str, is_due: bool) -> None:
    found = due(schedule(since=since), utc("2026-11-23T10:00"), None)
    assert (found is not None) is is_due
    assert found is None or found.missed == ()


def test_R53_after_three_weeks_away_only_the_last_week_is_due_and_the_others_are_named() -> None:
    found = due(schedule(), utc("2026-11-24T12:00"), "2026-W44")
    assert found == Due(week_named("2026-W47"), (week_named("2026-W45"), week_named("2026-W46")))


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=21), timedelta(days=365)])
def test_R52_a_clock_that_was_set_back_brings_no_second_digest(back: timedelta) -> None:
    now = utc("2026-11-23T09:00")
    chosen = schedule(since="2024-01-01T00:00")
    assert due(chosen, now - back, "2026-W47") is None
    assert due(chosen, now, "2026-W47") is None
    assert due(chosen, utc("2026-11-30T09:00"), "2026-W47") == Due(week_named("2026-W48"))


def test_R55_the_53rd_week_of_a_year_has_its_digest() -> None:
    found = due(schedule(), utc("2027-01-04T09:00"), "2026-W52")
    assert found == Due(iso_week(2026, 53))
    assert due(schedule(), utc("2027-01-11T09:00"), "2026-W53") == Due(iso_week(2027, 1))


def test_the_next_time_is_after_now() -> None:
    assert next_slot(schedule(2, "10:30"), utc("2026-11-25T10:29")) == utc("2026-11-25T10:30")
    assert next_slot(schedule(2, "10:30"), utc("2026-11-25T10:30")) == utc("2026-12-02T10:30")


@pytest.mark.parametrize("years", [pytest.param(1), pytest.param(10, marks=pytest.mark.soak)])
def test_R51_with_five_schedulers_in_26_zones_every_week_comes_exactly_once(years: int) -> None:
    """Each looks at moments of its own, minutes to a day apart; the claim is the set they share."""
    assert len(set(ZONES)) == 26
    chance, weeks, total = random.Random(51), 52 * years, 0
    for number, zone in enumerate(ZONES):
        chosen = schedule(number % 7, f"{number * 11 % 24:02}:{number * 7 % 60:02}", zone, "2026-01-05T00:00")
        first = slot(chosen, week_of(datetime(2026, 1, 12, tzinfo=ZoneInfo(zone)).date()))
        end = first + timedelta(weeks=weeks) - timedelta(hours=2)
        came: list[Days] = []
        looks = sorted(first + (end - first) * chance.random() for _ in range(5 * 12 * weeks))
        for now in [first - timedelta(minutes=1), first, *looks, end]:
            found = due(chosen, now, came[-1].words() if came else None)
            if found is not None:
                assert slot(chosen, found.week) <= now
                came += [*found.missed, found.week] if came else [found.week]
        assert len(came) == len(set(came))
        total += len([week for week in came if slot(chosen, week) >= first])
    assert total == 26 * weeks
