"""Buckets of OpenAI's usage exports among the usage records: merged with what stands, refused where they overlap."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, and_, func, or_, select

from bot.errors import StoreBusy
from bot.ledger.tables import charges, generations
from bot.ledger.usage_tables import BUCKET_PREFIX, BUCKET_SOURCE, counted, usage_records
from bot.usage.buckets import (
    OTHERS_BILLS,
    BucketGroup,
    BucketLine,
    BucketParts,
    BucketsTaken,
    Overlap,
    gathered,
    parts_of,
    records_of,
)
from bot.usage.records import Correction, Record, difference
from bot.usage.revisions import BatchPlan, Key, Latest, plan_batch
from bot.usage.rows_records import ATTEMPTS, applied, end, latest

LOCKS = 0x62636B74  # "bckt": the advisory locks of teams whose buckets are filled

_LOCK = sa.text("SELECT pg_advisory_xact_lock(:locks, hashtext(:team))")

Price = Callable[[Record], Record]


@dataclass(frozen=True)
class FilledGroup:
    """A group as it should stand, and the buckets of it that stand by now."""

    wanted: list[Record]
    before: list[Latest]

    @property
    def stands(self) -> bool:
        before = {one.record.id: one.record for one in self.before}
        return before.keys() == {record.id for record in self.wanted} and all(
            difference(record, before[record.id], True) is None for record in self.wanted
        )

    @property
    def emptied(self) -> list[tuple[Record, int]]:
        """What held pictures until their tokens were told, of another tier."""
        ids = {record.id for record in self.wanted}
        return [(one.record, one.revision) for one in self.before if one.record.id not in ids]


def take(
    connection: Connection,
    team_id: str,
    lines: Sequence[BucketLine],
    price: Price,
    import_id: str,
    correction: Correction,
    beside_drawings: bool = False,
) -> BucketsTaken:
    """Books whole days. A group that overlaps is left out; one that stands already as it is told never does, and with
    `beside_drawings` none does with what we drew.

    Raises StoreBusy for a day of which another open import is bringing buckets.
    """
    if connection.dialect.name == "postgresql":  # two files of a day share no key where their tiers differ
        connection.execute(_LOCK, {"locks": LOCKS, "team": team_id})
    told = gathered(lines)
    days = sorted({group.day for group in told})
    for _ in range(ATTEMPTS):
        known = _known(connection, team_id, days, import_id)
        standing = _standing(known)
        groups = {group: _filled(group, parts, standing, price) for group, parts in told.items()}
        here = {day: _here(connection, team_id, day, beside_drawings) for day in days}
        overlaps = dict(_overlaps(here, told, groups, standing))
        booked = [filled for group, filled in groups.items() if group not in overlaps]
        plan = plan_batch([record for filled in booked for record in filled.wanted], known, replacing=True)
        emptied = [revision for filled in booked for revision in filled.emptied]
        if _applied(connection, team_id, plan, emptied, import_id, correction):
            return _taken(plan, overlaps)
    raise StoreBusy


def _known(connection: Connection, team_id: str, days: Sequence[date], import_id: str) -> dict[Key, Latest]:
    c = usage_records.c
    starts = [_start(day) for day in days]
    known = latest(connection, import_id, c.team_id == team_id, c.occurred_at.in_(starts), _bucket())
    return {key: replace(one, ours=False) for key, one in known.items()}


def _standing(known: Mapping[Key, Latest]) -> dict[BucketGroup, list[Latest]]:
    standing: dict[BucketGroup, list[Latest]] = {}
    for (_, record_id), one in known.items():
        with suppress(ValueError):  # a pipeline chose an id that begins like ours
            group = BucketGroup.of_id(record_id)
            if one.ended is None:
                standing.setdefault(group, []).append(one)
    return standing


def _filled(
    group: BucketGroup, parts: BucketParts, standing: Mapping[BucketGroup, list[Latest]], price: Price
) -> FilledGroup:
    before = standing.get(group, [])
    whole = parts.over(parts_of(one.record for one in before))
    return FilledGroup([price(record) for record in records_of(group, whole)], before)


def _applied(
    connection: Connection,
    team_id: str,
    plan: BatchPlan,
    emptied: list[tuple[Record, int]],
    import_id: str,
    correction: Correction,
) -> bool:
    """What is emptied gets a last revision that never stands: by it the undoing of an import finds what it ended."""
    last = [(record, revision + 1) for record, revision in emptied]
    whole = BatchPlan([*plan.new, *last], [*plan.ends, *emptied], plan.taken)
    if not applied(connection, team_id, whole, correction.at, import_id, correction):
        return False
    return end(connection, team_id, last, correction, "replaced")


def _taken(plan: BatchPlan, overlaps: Mapping[BucketGroup, Overlap]) -> BucketsTaken:
    replaced = {(record.source, record.id) for record, _ in plan.ends}
    return BucketsTaken(
        new=tuple(record for record, _ in plan.new if (record.source, record.id) not in replaced),
        replaced=tuple(record for record, _ in plan.new if (record.source, record.id) in replaced),
        same=tuple(plan.taken.stands.values()),
        overlaps=overlaps,
    )


def _overlaps(
    here: Mapping[date, Mapping[str, tuple[int, int]]],
    told: Mapping[BucketGroup, BucketParts],
    groups: Mapping[BucketGroup, FilledGroup],
    standing: Mapping[BucketGroup, list[Latest]],
) -> Iterator[tuple[BucketGroup, Overlap]]:
    """With pipelines' records and our drawings of that day and model, and with buckets that tell the same by more ids
    or by fewer, unless this file tells those as well."""
    others = {group: [one.record for one in buckets] for group, buckets in standing.items() if group not in told}
    finer = dict[BucketGroup, set[BucketGroup]]()
    for other in others:
        for coarse in other.coarser:
            finer.setdefault(coarse, set()).add(other)
    for group, filled in groups.items():
        if filled.stands:
            continue
        model = filled.wanted[0].model
        images, records = here[group.day].get(model, (0, 0))
        parts, near = told[group], finer.get(group, set()) | group.coarser & others.keys()
        beside = [one for other in near if parts.shares(parts_of(others[other])) for one in others[other]]
        images, records = images + sum(one.images or 0 for one in beside), records + len(beside)
        if records:
            yield group, Overlap(group.day, model, images, records)


def _here(connection: Connection, team_id: str, day: date, beside_drawings: bool) -> dict[str, tuple[int, int]]:
    """By model: pictures, and records or paid calls of ours, that came on that UTC day by any other way."""
    here: dict[str, tuple[int, int]] = {}
    for query in (_reported(team_id, day), *(() if beside_drawings else (_drawn(team_id, day),))):
        for row in connection.execute(query):
            images, records = here.get(row.model, (0, 0))
            here[row.model] = (images + row.images, records + row.records)
    return here


def _reported(team_id: str, day: date) -> sa.Select[Any]:
    c = usage_records.c
    images = func.coalesce(func.sum(c.images), 0).label("images")
    of_day = and_(c.occurred_at >= _start(day), c.occurred_at < _start(day + timedelta(days=1)))
    query = select(c.model, images, func.count().label("records"))
    theirs = and_(~_bucket(), c.source.not_in(OTHERS_BILLS))
    return query.where(c.team_id == team_id, of_day, counted(), theirs).group_by(c.model)


def _drawn(team_id: str, day: date) -> sa.Select[Any]:
    """Also what was billed and brought no picture; a call that cost nothing covers nothing."""
    c = generations.c
    start, end = _start(day), _start(day + timedelta(days=1))
    without_picture = and_(c.drawn_at.is_(None), c.created_at >= start, c.created_at < end)
    of_day = or_(and_(c.drawn_at >= start, c.drawn_at < end), without_picture)
    booked = sa.exists().where(charges.c.team_id == c.team_id, charges.c.generation_id == c.id)
    query = select(c.model, func.count(c.drawn_at).label("images"), func.count().label("records"))
    return query.where(c.team_id == team_id, of_day, ~c.demo, booked).group_by(c.model)


def models(connection: Connection, team_id: str, first: date, last: date) -> set[tuple[date, str]]:
    """Of which there are buckets, on each of these days, both inside."""
    c = usage_records.c
    days = c.occurred_at.between(_start(first), _start(last))
    rows = connection.execute(
        select(c.occurred_at, c.model).distinct().where(c.team_id == team_id, days, counted(), _bucket())
    )
    return {(row.occurred_at.date(), row.model) for row in rows}


def _bucket() -> sa.ColumnElement[bool]:
    c = usage_records.c
    return and_(c.source == BUCKET_SOURCE, c.id.startswith(BUCKET_PREFIX))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
