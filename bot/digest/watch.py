"""When a channel is told that a model its team uses ends: so many days ahead, and the day after if it is still called.

Each mark is of a model and its day of shutdown: a day that moves begins anew. Days are those of the workspace's zone.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.periods import midnight
from bot.pricing.dated import announced_end
from bot.pricing.facts import Catalog, Model

MARKS = (90, 30, 7, 1)  # days ahead
AFTER, TAKEN_BACK = -1, 0  # the day after; that an end which was told is none any more, or another day
MORNING = time(9)
AFTERWARDS = timedelta(days=7)  # so long calls that come in late are still told
REMEMBERED = timedelta(days=30)  # so long an end that was told and taken back is worth a word


@dataclass(frozen=True)
class ModelMark:
    model: str
    ends_on: date
    mark: int


@dataclass(frozen=True)
class DueMark:
    """What is to be told now in one post: the `models` that end on that day and were not told of at this mark."""

    ends_on: date
    mark: int
    models: tuple[str, ...]


@dataclass(frozen=True)
class TakenBack:
    """An end that was told and is not announced any more: `ends_on` is the day that is now, None: none."""

    model: str
    told_on: date
    ends_on: date | None


def mark_on(ends_on: date, day: date) -> int | None:
    """The nearest mark whose day has come; None before the first, on the day it ends, and a week after it."""
    left = ends_on - day
    if -AFTERWARDS <= left < timedelta():
        return AFTER
    return min((mark for mark in MARKS if timedelta() < left <= timedelta(days=mark)), default=None)


def due(
    catalog: Catalog, last_used: Mapping[str, datetime], settled: Collection[ModelMark], now: datetime, zone: ZoneInfo
) -> tuple[DueMark, ...]:
    """The soonest end first. `last_used` of models by id; `settled`: every mark that somebody took to post."""
    models: dict[tuple[date, int], list[str]] = {}
    for model, end, mark in _open(catalog, settled, now, zone):
        if model.id in last_used and (mark != AFTER or last_used[model.id] >= midnight(end, zone)):
            models.setdefault((end, mark), []).append(model.id)
    return tuple(DueMark(end, mark, tuple(sorted(names))) for (end, mark), names in sorted(models.items()))


def may_be_due(catalog: Catalog, settled: Collection[ModelMark], now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is worth asking what is in use."""
    return any(True for _ in _open(catalog, settled, now, zone))


def _open(
    catalog: Catalog, settled: Collection[ModelMark], now: datetime, zone: ZoneInfo
) -> Iterator[tuple[Model, date, int]]:
    today = now.astimezone(zone)
    for model in catalog.models.values():
        end = announced_end(model, today.date())
        mark = None if end is None else mark_on(end, today.date())
        if end is None or mark is None or is_settled(ModelMark(model.id, end, mark), settled):
            continue
        if today.date() > end - timedelta(days=mark) or today.time() >= MORNING:  # what is late is told at once
            yield model, end, mark


def is_settled(mark: ModelMark, settled: Collection[ModelMark]) -> bool:
    """By itself or by one that is nearer to the end: what is told late settles the earlier ones."""
    return any(
        one.model == mark.model and one.ends_on == mark.ends_on and one.mark <= mark.mark and one.mark != TAKEN_BACK
        for one in settled
    )


def taken_back(catalog: Catalog, told: Collection[ModelMark], on: date) -> tuple[TakenBack, ...]:
    """Each is to be said once, with the next post: `told` holds a mark of its own for it then."""
    ends = {(one.model, one.ends_on) for one in told if one.ends_on >= on - REMEMBERED}
    said = {(one.model, one.ends_on) for one in told if one.mark == TAKEN_BACK}
    changed = (as_of(catalog, ModelMark(model, end, TAKEN_BACK), on) for model, end in sorted(ends - said))
    return tuple(one for one in changed if one.ends_on != one.told_on)


def as_of(catalog: Catalog, mark: ModelMark, on: date) -> TakenBack:
    return TakenBack(mark.model, mark.ends_on, _end(catalog, mark.model, on))


def is_over(catalog: Catalog, mark: ModelMark, settled: Collection[ModelMark], on: date) -> bool:
    """Of a mark that was taken and not posted: whether a nearer one stands or has come, or the end is another."""
    if _end(catalog, mark.model, on) != mark.ends_on or mark_on(mark.ends_on, on) != mark.mark:
        return True
    return is_settled(mark, [one for one in settled if one.mark < mark.mark])


def _end(catalog: Catalog, name: str, on: date) -> date | None:
    model = catalog.models.get(name)
    return None if model is None else announced_end(model, on)
