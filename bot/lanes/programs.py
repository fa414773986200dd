"""Lanes for programs: what each means on a day, and how a change of one is announced before it takes effect.

A person reads the new advice at once; a pipeline that asks for a lane is never switched overnight. So a change has a
row that says from when it counts, and until that day programs get what they had.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile

from bot.lanes.bindings import Filling, fillings, has_lanes
from bot.pricing.dated import announced_end, is_alive
from bot.pricing.facts import LANES, Binding, Catalog, Model
from bot.pricing.prices import price

NOTICE_DAYS = 14  # two weekly digests, so that at least one tells of it before the day
AHEAD_DAYS = 90
DAY = timedelta(days=1)


@dataclass(frozen=True)
class LaneChange:
    """From `from_on` on the lane means `model` to programs (None: nothing any more), as announced on `announced_on` by
    a catalogue that was checked on `checked_on`. A lane begins with one that was announced on its own day."""

    lane: str
    from_on: date
    model: str | None
    announced_on: date
    checked_on: date


@dataclass(frozen=True)
class LanePrice:
    """One picture in US dollars, output only. `usd` and `batch_usd` are None where nobody published one; `basis` is
    published or tokens."""

    quality: str
    shape: str
    size: str
    usd: Decimal | None
    batch_usd: Decimal | None
    basis: str | None
    source: str | None
    checked_on: date | None


@dataclass(frozen=True)
class NextModel:
    """What takes its place, from that day on; `model` None: nothing."""

    model: str | None
    snapshot: str | None
    from_on: date
    announced_on: date
    why: str


@dataclass(frozen=True)
class ProgramLane:
    """`snapshot` is its newest dated id, None without one. `since` is when the lane came to mean it for programs,
    `ends` the day OpenAI shuts it down, as announced."""

    lane: str
    model: str
    snapshot: str | None
    since: date
    ends: date | None
    next: NextModel | None
    prices: tuple[LanePrice, ...]


@dataclass(frozen=True)
class ProgramLanes:
    """By lane; one that nothing fills is left out. `accepts_next`: announced changes are taken before their day."""

    day: date
    accepts_next: bool
    lanes: Mapping[str, ProgramLane]
    notice_days: int
    checked_on: date


def for_programs(
    catalog: Catalog, changes: Sequence[LaneChange], on: date, horizon_days: int, accepts_next: bool = False
) -> ProgramLanes:
    """By the changes that were announced, and what is to be announced on that day. Raises NoLanes."""
    standing = announced(catalog, changes, on, horizon_days)
    lanes = {
        lane: answer
        for lane in LANES
        if (answer := _lane(catalog, [row for row in standing if row.lane == lane], on, horizon_days, accepts_next))
    }
    return ProgramLanes(on, accepts_next, lanes, NOTICE_DAYS, catalog.checked_on)


def coming(changes: Sequence[LaneChange], on: date) -> tuple[LaneChange, ...]:
    """What was announced by that day and does not count yet, soonest first."""
    ahead = [row for row in changes if row.announced_on <= on < row.from_on]
    return tuple(sorted(ahead, key=lambda row: (row.from_on, LANES.index(row.lane))))


def announced(
    catalog: Catalog, changes: Sequence[LaneChange], today: date, horizon_days: int
) -> tuple[LaneChange, ...]:
    """The rows as they stand from today on: what no longer comes is gone, what is new to come has its day.

    A process with an older catalogue than the rows were made by leaves them alone: two versions may run at once.
    """
    if not has_lanes(catalog, today) or any(row.checked_on > catalog.checked_on for row in changes):
        return tuple(changes)
    later = _Later(catalog, today, horizon_days)
    return tuple(row for lane in LANES for row in later.rows(lane, [row for row in changes if row.lane == lane]))


class _Later:
    """What the catalogue of today says of each day to come."""

    def __init__(self, catalog: Catalog, today: date, horizon_days: int) -> None:
        self._catalog, self._today, self._horizon_days = catalog, today, horizon_days
        self._days: dict[date, dict[str, Filling]] = {}

    def rows(self, lane: str, changes: Sequence[LaneChange]) -> Iterator[LaneChange]:
        past = sorted((row for row in changes if row.from_on <= self._today), key=lambda row: row.from_on)
        yield from past
        if not past:
            yield from self._first(lane)
            return
        current, ahead = past[-1], [row for row in changes if row.from_on > self._today]
        change = next((row for row in ahead if self._holds(row, current)), None) or self._change(current)
        if change is not None:
            yield change

    def _first(self, lane: str) -> Iterator[LaneChange]:
        """Nobody was on another one: it counts at once."""
        filling = self._on(self._today).get(lane)
        if filling is not None:
            since = self._today if filling.note else self._bound_since(lane)
            yield LaneChange(lane, since, filling.model.id, since, self._catalog.checked_on)

    def _bound_since(self, lane: str) -> date:
        """The first of the last rows in force that name one model."""
        rows = sorted((b for b in self._catalog.bindings if b.lane == lane and b.since <= self._today), key=_since)
        return [row.since for row in takewhile(lambda row: row.model == rows[-1].model, reversed(rows))][-1]

    def _holds(self, row: LaneChange, current: LaneChange) -> bool:
        end = self._end(current)
        return self._model(row.lane, row.from_on) == row.model and (end is None or row.from_on <= end)

    def _change(self, current: LaneChange) -> LaneChange | None:
        """The first day from which another one fills the lane: with notice, unless the model ends before."""
        lane, end = current.lane, self._end(current)
        notice = 0 if current.model is None else NOTICE_DAYS
        days = [self._today + ahead * DAY for ahead in range(notice, AHEAD_DAYS + 1)]
        from_on = next((day for day in days if self._model(lane, day) != current.model), None)
        if from_on is not None and self._model(lane, from_on) is None:
            from_on = end  # continuity lasts as long as its model does
        if end is not None and end <= self._today + NOTICE_DAYS * DAY:
            from_on = max(end, self._today)
        if from_on is None or from_on > days[-1]:
            return None
        return LaneChange(lane, from_on, self._model(lane, from_on), self._today, self._catalog.checked_on)

    def _end(self, current: LaneChange) -> date | None:
        model = self._catalog.models.get(current.model or "")
        return None if model is None else announced_end(model, self._today)

    def _model(self, lane: str, day: date) -> str | None:
        filling = self._on(day).get(lane)
        return None if filling is None else filling.model.id

    def _on(self, day: date) -> dict[str, Filling]:
        if day not in self._days:
            self._days[day] = fillings(self._catalog, day, self._horizon_days)
        return self._days[day]


def _since(row: Binding) -> date:
    return row.since


def _lane(
    catalog: Catalog, changes: Sequence[LaneChange], on: date, horizon_days: int, accepts_next: bool
) -> ProgramLane | None:
    current = max((row for row in changes if row.from_on <= on), key=lambda row: row.from_on, default=None)
    change = next(iter(coming(changes, on)), None)
    if accepts_next and change is not None and _is_there(catalog, change, on):
        return _answer(catalog, change, on, change.announced_on, None)
    following = _next(catalog, change, horizon_days) if change else None
    return _answer(catalog, current, on, current.from_on, following) if current else None


def _answer(
    catalog: Catalog, row: LaneChange, on: date, since: date, following: NextModel | None
) -> ProgramLane | None:
    if row.model is None:
        return None
    model = catalog.models.get(row.model)  # None: announced by a newer catalogue than this process has
    return ProgramLane(
        lane=row.lane,
        model=row.model,
        snapshot=_snapshot(model),
        since=since,
        ends=announced_end(model, on) if model else None,
        next=following,
        prices=tuple(_prices(model, on)) if model else (),
    )


def _is_there(catalog: Catalog, change: LaneChange, on: date) -> bool:
    model = catalog.models.get(change.model or "")
    return model is not None and is_alive(model, on)


def _next(catalog: Catalog, change: LaneChange, horizon_days: int) -> NextModel:
    model = catalog.models.get(change.model or "")
    filling = fillings(catalog, change.from_on, horizon_days).get(change.lane)
    why = (filling.note or filling.binding.reason) if filling and filling.model == model else ""
    return NextModel(change.model, _snapshot(model), change.from_on, change.announced_on, why)


def _snapshot(model: Model | None) -> str | None:
    return max(model.snapshots, default=None) if model else None


def _prices(model: Model, on: date) -> Iterator[LanePrice]:
    for quality in model.qualities:
        for shape, size in model.shapes.items():
            one, batch = (price(model, quality, size, on, tier) for tier in ("standard", "batch"))
            source = one.source.ref if one.source else None
            usd = (one.each, batch.each)
            yield LanePrice(quality, shape, str(size), *usd, one.basis, source, one.checked_on)
