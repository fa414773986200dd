"""Days, weeks and months as people write them, and as half-open spans of UTC in a time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # zones are handed in; loading them takes as long as all the rest of here
    from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """`start` belongs to it, `end` is the first moment after it; both aware UTC."""

    key: str
    start: datetime
    end: datetime


class NamedPeriod(StrEnum):
    """A period that moves with the day it is asked on; the value is how people write it."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this week"
    LAST_WEEK = "last week"
    THIS_MONTH = "this month"
    LAST_MONTH = "last month"
    ALL = "all"


@dataclass(frozen=True)
class LastDays:
    """So many days, of which the one it is asked on is the last."""

    count: int

    def words(self) -> str:
        return f"last {self.count} days"


@dataclass(frozen=True)
class Days:
    """Calendar days from `first` to `last`, both of them inside, as people mean it."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_week(self) -> bool:
        """Monday to Sunday, as ISO counts its weeks."""
        return self.count == 7 and self.first.isoweekday() == 1

    @property
    def is_month(self) -> bool:
        return self == month_of(self.first)

    def words(self) -> str:
        """The shortest way to write it: 2026-11-22, 2026-W47, 2026-11, or 2026-11-20..2026-11-22."""
        if self.count == 1:
            return str(self.first)
        if self.is_week:
            year, week, _ = self.first.isocalendar()
            return f"{year}-W{week:02}"
        return f"{self.first:%Y-%m}" if self.is_month else f"{self.first}..{self.last}"


AnyPeriod = NamedPeriod | LastDays | Days


def words(period: AnyPeriod) -> str:
    return period.value if isinstance(period, NamedPeriod) else period.words()


def days(period: AnyPeriod, on: date, since: date | None = None) -> Days:
    """The days meant by somebody who asks on that day. `since` is the first day there is anything of."""
    match period:
        case NamedPeriod.TODAY:
            return Days(on, on)
        case NamedPeriod.YESTERDAY:
            return Days(on - DAY, on - DAY)
        case NamedPeriod.THIS_WEEK:
            return week_of(on)
        case NamedPeriod.LAST_WEEK:
            return week_of(on - WEEK)
        case NamedPeriod.THIS_MONTH:
            return month_of(on)
        case NamedPeriod.LAST_MONTH:
            return month_of(on.replace(day=1) - DAY)
        case NamedPeriod.ALL:
            return Days(min(since or on, on), on)
        case LastDays(count=count):
            return Days(on - (count - 1) * DAY, on)
        case Days():
            return period


def week_of(day: date) -> Days:
    monday = day - (day.isoweekday() - 1) * DAY
    return Days(monday, monday + 6 * DAY)


def iso_week(year: int, week: int) -> Days:
    """Raises ValueError where that year has no such week: most have 52."""
    return week_of(date.fromisocalendar(year, week, 1))


def month_of(day: date) -> Days:
    first = day.replace(day=1)
    return Days(first, (first + 31 * DAY).replace(day=1) - DAY)


def until(whole: Days, on: date) -> Days | None:
    """The part that has come by the end of that day; None when none of it has."""
    return Days(whole.first, min(whole.last, on)) if whole.first <= on else None


def before(whole: Days, part: Days) -> Days:
    """What a period is compared with: the one before it; of one still under way, as many days of the one before."""
    if whole.is_month:
        earlier = month_of(whole.first - DAY)
    else:
        earlier = Days(whole.first - whole.count * DAY, whole.first - DAY)
    if part == whole:
        return earlier
    return Days(earlier.first, min(earlier.last, earlier.first + (part.count - 1) * DAY))


def each_day(whole: Days) -> Iterator[Days]:
    for number in range(whole.count):
        day = whole.first + number * DAY
        yield Days(day, day)


def span(whole: Days, zone: "ZoneInfo") -> Period:
    """Its moments for somebody in that zone. A week has 168 hours, or 167, or 169."""
    return Period(whole.words(), midnight(whole.first, zone), midnight(whole.last + DAY, zone))


def midnight(day: date, zone: "ZoneInfo") -> datetime:
    """The first moment of a day, in UTC: the first of two midnights, and the jump itself where clocks skip it."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def month(at: datetime, zone: "ZoneInfo") -> Period:
    """The calendar month `at` (aware) lies in for somebody in that zone; key such as 2026-11."""
    return span(month_of(at.astimezone(zone).date()), zone)


def week(at: datetime, zone: "ZoneInfo") -> Period:
    """The same of its week, from Monday; key such as 2026-W47."""
    return span(week_of(at.astimezone(zone).date()), zone)


def day_words(day: date, today: date) -> str:
    """`30 Nov`, with the year only where it is another one."""
    return f"{day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def span_words(days: Days, today: date) -> str:
    """`16-22 Nov`, `28 Nov to 4 Dec`, `22 Nov`."""
    first, last = days.first, days.last
    if first == last:
        return day_words(first, today)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{day_words(last, today)}"
    return f"{day_words(first, today if first.year == last.year else last)} to {day_words(last, today)}"


def ahead_words(days: int) -> str:
    """`today`, `tomorrow`, `in 3 days`."""
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")
