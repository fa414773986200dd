"""When a week's digest is due: a chosen weekday and time in a time zone, for the week that closed before it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.periods import DAY, WEEK, WEEKDAYS, Days, iso_week, week_of

MOST_MISSED = 52


@dataclass(frozen=True)
class Schedule:
    """`weekday` 0 is Monday, `zone` an IANA name; `set_by` said so at `set_at` (aware UTC), and has it posted since."""

    team_id: str
    channel_id: str
    weekday: int
    hour: int
    minute: int
    zone: str
    set_by: str
    set_at: datetime

    @property
    def words(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.hour:02}:{self.minute:02} ({self.zone})"


@dataclass(frozen=True)
class Due:
    """The last week that closed, and the ones before it whose time passed while nobody was there; oldest first."""

    week: Days
    missed: tuple[Days, ...] = ()


def slot(schedule: Schedule, week: Days) -> datetime:
    """The moment, in UTC, at which that week's digest is due: the first of two such times, and where clocks skip it the
    same time by the offset before (02:30 becomes 03:30)."""
    day = week.last + DAY + schedule.weekday * DAY
    zone = ZoneInfo(schedule.zone)
    return datetime(day.year, day.month, day.day, schedule.hour, schedule.minute, tzinfo=zone).astimezone(UTC)


def due(schedule: Schedule, now: datetime, newest: str | None) -> Due | None:
    """`newest` is the latest week that had its digest. A clock that was set back brings none a second time."""
    week = week_of(now.astimezone(ZoneInfo(schedule.zone)).date() - WEEK)
    if slot(schedule, week) > now:
        week = _earlier(week)
    return Due(week, missed(schedule, week, newest)) if _wanted(schedule, week, newest) else None


def missed(schedule: Schedule, week: Days, newest: str | None) -> tuple[Days, ...]:
    """The weeks between the newest and this one; none from before the schedule was set."""
    found = [_earlier(week)]
    while len(found) <= MOST_MISSED and _wanted(schedule, found[-1], newest):
        found.append(_earlier(found[-1]))
    return tuple(reversed(found[:-1]))


def next_slot(schedule: Schedule, now: datetime) -> datetime:
    """The first time after `now`."""
    week = week_of(now.astimezone(ZoneInfo(schedule.zone)).date() - WEEK)
    first, second = slot(schedule, week), slot(schedule, Days(week.first + WEEK, week.last + WEEK))
    return first if first > now else second


def next_day(schedule: Schedule, now: datetime) -> date:
    """The same, as a day there."""
    return next_slot(schedule, now).astimezone(ZoneInfo(schedule.zone)).date()


def closed_week(now: datetime, zone: ZoneInfo) -> Days:
    return week_of(now.astimezone(zone).date() - WEEK)


def week_named(key: str) -> Days:
    """From a key such as 2026-W46."""
    return iso_week(int(key[:4]), int(key[6:]))


def _wanted(schedule: Schedule, week: Days, newest: str | None) -> bool:
    return slot(schedule, week) > schedule.set_at and (newest is None or week.words() > newest)


def _earlier(week: Days) -> Days:
    return Days(week.first - WEEK, week.last - WEEK)
