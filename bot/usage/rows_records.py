"""Usage records: taken in once each, all of a batch or none, reviewed later, and corrected by revisions."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row, func, select, update

from bot.errors import StoreBusy
from bot.ledger.usage_tables import TOKEN_KINDS, counted, opened_by, usage_records
from bot.pricing.usage import Usage
from bot.usage.errors import BadRecord, ImportUnderWay, NoRecord
from bot.usage.records import Correction, Record, Taken
from bot.usage.revisions import BatchPlan, Key, Latest, plan_batch

ATTEMPTS = 5
BLOCK = 2000  # rows held at once
COPIED_FROM = 100  # records: fewer are inserted one by one, which needs no table beside

_USAGE = Record._fields.index("usage")
_AFTER = slice(_USAGE + 1, Record._fields.index("name"))
COLUMNS = (
    *("team_id", "received_at", "import_id", "revision"),
    *Record._fields[:_USAGE],
    *(f"{kind}_tokens" for kind in TOKEN_KINDS),
    *Record._fields[_AFTER],
)
_counts: Callable[[Usage], tuple[Any, ...]] = attrgetter(*TOKEN_KINDS)


def take(
    connection: Connection,
    team_id: str,
    batch: Sequence[Record],
    now: datetime,
    import_id: str | None = None,
    correction: Correction | None = None,
) -> Taken:
    """Insert what is new. Nothing was inserted if a record says something else than the one of its id (`conflicts`),
    unless a `correction` is meant: then it replaces that one.

    `import_id`: the open import they come with. Raises StoreBusy for a record that another one is bringing in.
    """
    known: dict[Key, Latest] = {}
    for _ in range(ATTEMPTS):
        plan = plan_batch(batch, known, correction is not None)
        if plan.taken.conflicts or applied(connection, team_id, plan, now, import_id, correction):
            return plan.taken
        # Some are here already, or another process was faster: look, and sort anew.
        known = _known(connection, team_id, batch, import_id)
    raise StoreBusy


def take_fitting(
    connection: Connection,
    team_id: str,
    batch: Sequence[Record],
    now: datetime,
    import_id: str,
    correction: Correction | None = None,
) -> Taken:
    """As `take`, but what is new is stored also beside conflicts."""
    taken = take(connection, team_id, batch, now, import_id, correction)
    if not taken.conflicts:
        return taken
    fitting = [place for place in range(len(batch)) if place not in taken.conflicts]
    rest = take_fitting(connection, team_id, [batch[place] for place in fitting], now, import_id, correction)
    return Taken(
        {fitting[place]: record for place, record in rest.stands.items()},
        taken.conflicts | {fitting[place]: field for place, field in rest.conflicts.items()},
        frozenset(fitting[place] for place in rest.replaced),
        taken.again | {fitting[place] for place in rest.again},
    )


def review(
    connection: Connection, team_id: str, source: str, record_id: str, kept: int, rejected: int, now: datetime
) -> None:
    """Raises NoRecord, BadRecord for more than it has images, and StoreBusy while an import is replacing it."""
    c = usage_records.c
    this = sa.and_(c.team_id == team_id, c.source == source, c.id == record_id, counted())
    change = update(usage_records).where(this, c.ended_at.is_(None), func.coalesce(c.images, 0) >= kept + rejected)
    if connection.execute(change.values(kept=kept, rejected=rejected, reviewed_at=now)).rowcount:
        return
    row = connection.execute(select(c.ended_at).where(this)).first()
    if row is None:
        raise NoRecord
    if row.ended_at is not None:
        raise StoreBusy
    raise BadRecord("kept", "and rejected are more than its images")


def void(connection: Connection, team_id: str, source: str, record_id: str, correction: Correction) -> Record:
    """Ends the revision that stands, and says what it was. Raises NoRecord, and StoreBusy while an import is at it."""
    last = _of(connection, team_id, source, (record_id,), None).get((source, record_id))
    if last is None or last.ended not in (None, correction):  # this very one: its commit was not answered
        raise NoRecord
    if last.ended is None and not end(connection, team_id, [(last.record, last.revision)], correction, "void"):
        raise StoreBusy
    return last.record


def reprice(
    connection: Connection,
    team_id: str,
    unpriced: Sequence[Record],
    price: Callable[[Record], Record],
    correction: Correction,
) -> int:
    """What still stands without a price gets the one that `price` finds, if it does; how many did. Whoever corrected
    such a record meanwhile is heard: priced is what stands now."""
    known, count = _known(connection, team_id, unpriced, None), 0
    for last in known.values():
        if last.ended is not None or last.record.amount_nanousd is not None:
            continue
        priced = price(last.record)
        if priced.amount_nanousd is not None and end(
            connection, team_id, [(last.record, last.revision)], correction, "repriced"
        ):
            _insert(connection, team_id, [(priced, last.revision + 1)], correction.at, None)
            count += 1
    return count


def each(connection: Connection, team_id: str) -> Iterator[Record]:
    """In the order of their moments, a block at a time."""
    c = usage_records.c
    query = select(usage_records).where(c.team_id == team_id, counted()).order_by(c.occurred_at, c.source, c.id)
    yield from map(record_of, connection.execution_options(yield_per=BLOCK).execute(query))


def unpriced(connection: Connection, team_id: str, after: tuple[datetime, str, str] | None) -> list[Record]:
    """A block of the records that stand without a price, in the order of their moments."""
    c = usage_records.c
    order = (c.occurred_at, c.source, c.id)
    here = select(usage_records).where(c.team_id == team_id, c.amount_nanousd.is_(None), counted())
    if after is not None:
        here = here.where(sa.tuple_(*order) > after)
    return [record_of(row) for row in connection.execute(here.order_by(*order).limit(BLOCK))]


def _known(connection: Connection, team_id: str, batch: Sequence[Record], import_id: str | None) -> dict[Key, Latest]:
    """The latest revision of each of the batch's keys. What another open import brings or ends may go again, so nobody
    can tell yet: raises StoreBusy."""
    ids: dict[str, list[str]] = {}
    for record in batch:
        ids.setdefault(record.source, []).append(record.id)
    known: dict[Key, Latest] = {}
    for source, of_source in ids.items():
        known |= _of(connection, team_id, source, of_source, import_id)
    return known


def _of(
    connection: Connection, team_id: str, source: str, ids: Sequence[str], import_id: str | None
) -> dict[Key, Latest]:
    c = usage_records.c
    return latest(connection, import_id, c.team_id == team_id, c.source == source, c.id.in_(ids))


def latest(connection: Connection, import_id: str | None, *which: sa.ColumnElement[bool]) -> dict[Key, Latest]:
    """The latest revision of each record. Raises ImportUnderWay where another open import brings or ends one."""
    # In one statement, so that nobody's import ends or goes between two.
    c = usage_records.c
    here = select(
        usage_records, opened_by(c.import_id).label("coming"), opened_by(c.ended_import_id).label("going")
    ).where(*which)
    known = {}
    for row in connection.execute(here.order_by(c.revision)):
        if (row.coming and row.import_id != import_id) or (row.going and row.ended_import_id != import_id):
            raise ImportUnderWay
        ended = None if row.ended_at is None else Correction(row.ended_by, row.ended_at)
        ours = import_id is not None and row.import_id == import_id
        known[row.source, row.id] = Latest(row.revision, record_of(row), ended, ours)
    return known


def record_of(row: Row[Any]) -> Record:
    values = {name: getattr(row, name, None) for name in Record._fields}
    counts = [getattr(row, f"{kind}_tokens") for kind in TOKEN_KINDS]
    usage = None if counts[0] is None else Usage(**dict(zip(TOKEN_KINDS, counts, strict=True)))
    return Record(**{**values, "usage": usage, "name": row.model})


def applied(
    connection: Connection,
    team_id: str,
    plan: BatchPlan,
    now: datetime,
    import_id: str | None,
    correction: Correction | None,
) -> bool:
    """All of it, or nothing: False when a key was taken, or what was to be replaced no longer stands."""
    if not plan.new:
        return True
    with connection.begin_nested() as point:
        ended = correction is None or end(connection, team_id, plan.ends, correction, "replaced", import_id)
        done = ended and _insert(connection, team_id, plan.new, now, import_id) == len(plan.new)
        if not done:
            point.rollback()
        return done


def end(
    connection: Connection,
    team_id: str,
    revisions: Sequence[tuple[Record, int]],
    correction: Correction,
    reason: str,
    import_id: str | None = None,
) -> bool:
    """False when one of them was ended by somebody else."""
    if not revisions:
        return True
    c = usage_records.c
    this = (c.source == sa.bindparam("its_source"), c.id == sa.bindparam("its_id"))
    change = update(usage_records).where(
        c.team_id == team_id, *this, c.revision == sa.bindparam("its_revision"), c.ended_at.is_(None)
    )
    change = change.values(ended_at=correction.at, ended_by=correction.by, reason=reason, ended_import_id=import_id)
    keys = [{"its_source": r.source, "its_id": r.id, "its_revision": revision} for r, revision in revisions]
    return sum(connection.execute(change, key).rowcount for key in keys) == len(keys)


def _insert(
    connection: Connection, team_id: str, new: Sequence[tuple[Record, int]], now: datetime, import_id: str | None
) -> int:
    """The rows go to the driver directly: SQLAlchemy's way round each value takes longer than the insert."""
    sqlite = connection.dialect.name == "sqlite"
    at = _text if sqlite else _itself
    values = [
        (team_id, at(now), import_id, n, r.source, r.id, at(r.occurred_at), at(r.reviewed_at), *_plain(r)[4:])
        for r, n in new
    ]
    names, rows = _filled(values)
    if not sqlite and len(new) >= COPIED_FROM:
        return _copied(connection, names, rows)
    insert = f"INSERT INTO usage_records ({', '.join(names)}) VALUES ({{}}) ON CONFLICT DO NOTHING"  # noqa: S608 - ours
    return connection.exec_driver_sql(insert.format(", ".join(("?" if sqlite else "%s",) * len(names))), rows).rowcount


def _filled(rows: Sequence[tuple[Any, ...]]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Without the columns that no row fills: half of them, and each takes a driver as long as a value."""
    places = [place for place, column in enumerate(zip(*rows, strict=True)) if column.count(None) < len(rows)]
    return [COLUMNS[place] for place in places], list(map(itemgetter(*places), rows))


def _plain(record: Record) -> tuple[Any, ...]:
    values: tuple[Any, ...] = tuple(record)
    counts = (None,) * len(TOKEN_KINDS) if record.usage is None else _counts(record.usage)
    return *values[:_USAGE], *counts, *values[_AFTER]


@lru_cache(4096)
def _text(moment: datetime | None) -> str | None:
    """A moment as SQLAlchemy keeps it in SQLite."""
    return None if moment is None else moment.replace(tzinfo=None).isoformat(" ", "microseconds")


def _itself(moment: datetime | None) -> datetime | None:
    return moment


def _copied(connection: Connection, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> int:
    """COPY can't skip what is there, so it fills a table beside; how many of it were new."""
    connection.exec_driver_sql("CREATE TEMPORARY TABLE IF NOT EXISTS staged (LIKE usage_records) ON COMMIT DROP")
    cursor, columns = connection.connection.cursor(), ", ".join(names)
    try:
        with cursor.copy(f"COPY staged ({columns}) FROM STDIN") as into:
            for row in rows:
                into.write_row(row)
        cursor.execute(
            f"INSERT INTO usage_records ({columns}) SELECT {columns} FROM staged ON CONFLICT DO NOTHING"  # noqa: S608
        )
        count: int = cursor.rowcount
        cursor.execute("TRUNCATE staged")
    finally:
        cursor.close()
    return count
