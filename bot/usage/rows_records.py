"""Usage records: taken in once each, all of a batch or none, and reviewed later."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row, func, select, update

from bot.errors import BadRecord, NoRecord, StoreBusy
from bot.ledger.rows import usage_json
from bot.ledger.usage_tables import counted, usage_records
from bot.pricing.usage import Usage
from bot.usage.records import Record, Taken, difference

ATTEMPTS = 5
BLOCK = 2000  # rows held at once
COPIED_FROM = 100  # records: fewer are inserted one by one, which needs no table beside
COLUMNS = ("team_id", "received_at", *Record._fields)

_STORED = (*COLUMNS, "import_id")
_NAMES = ", ".join(_STORED)
_INSERT = f"INSERT INTO usage_records ({_NAMES}) VALUES ({{}}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of ours
_FROM_STAGED = f"INSERT INTO usage_records ({_NAMES}) SELECT {_NAMES} FROM staged ON CONFLICT DO NOTHING"  # noqa: S608


def take(
    connection: Connection, team_id: str, batch: Sequence[Record], now: datetime, import_id: str | None = None
) -> Taken:
    """Insert what is new. Nothing was inserted if a record says something else than the one of its id (`conflicts`).

    `import_id`: the open import they come with. Raises StoreBusy for a record that another one is bringing in.
    """
    known: dict[tuple[str, str], tuple[Record, bool]] = {}
    for _ in range(ATTEMPTS):
        new, taken = _sorted(batch, known)
        if taken.conflicts or _inserted(connection, team_id, new, now, import_id):
            return taken
        # Some are here already, or another process was faster: look, and sort anew.
        known = _standing(connection, team_id, batch, import_id)
    raise StoreBusy


def take_fitting(connection: Connection, team_id: str, batch: Sequence[Record], now: datetime, import_id: str) -> Taken:
    """As `take`, but what is new is stored also beside conflicts."""
    taken = take(connection, team_id, batch, now, import_id)
    if not taken.conflicts:
        return taken
    fitting = [place for place in range(len(batch)) if place not in taken.conflicts]
    rest = take_fitting(connection, team_id, [batch[place] for place in fitting], now, import_id)
    later = {fitting[place]: field for place, field in rest.conflicts.items()}
    return Taken(frozenset(fitting[place] for place in rest.duplicates), {**taken.conflicts, **later})


def review(
    connection: Connection, team_id: str, source: str, record_id: str, kept: int, rejected: int, now: datetime
) -> None:
    """Raises NoRecord, or BadRecord for more than it has images."""
    c = usage_records.c
    this = sa.and_(c.team_id == team_id, c.source == source, c.id == record_id, counted())
    change = update(usage_records).where(this, c.images >= kept + rejected)
    if connection.execute(change.values(kept=kept, rejected=rejected, reviewed_at=now)).rowcount:
        return
    if connection.execute(select(func.count()).where(this)).scalar():
        raise BadRecord("kept", "and rejected are more than its images")
    raise NoRecord


def each(connection: Connection, team_id: str) -> Iterator[Record]:
    """In the order of their moments, a block at a time."""
    c = usage_records.c
    query = select(usage_records).where(c.team_id == team_id, counted()).order_by(c.occurred_at, c.source, c.id)
    yield from map(record_of, connection.execution_options(yield_per=BLOCK).execute(query))


def _sorted(batch: Sequence[Record], known: dict[tuple[str, str], tuple[Record, bool]]) -> tuple[list[Record], Taken]:
    by_key, new = dict(known), []
    duplicates, conflicts = set(), {}
    for place, record in enumerate(batch):
        key = (record.source, record.id)
        before = by_key.get(key)
        if before is None:
            by_key[key] = record, False
            new.append(record)
        elif (field := difference(record, *before)) is None:
            duplicates.add(place)
        else:
            conflicts[place] = field
    return new, Taken(frozenset(duplicates), conflicts)


def _standing(
    connection: Connection, team_id: str, batch: Sequence[Record], import_id: str | None
) -> dict[tuple[str, str], tuple[Record, bool]]:
    """Those of the batch's keys that are stored, and whether they were reviewed. What another open import brings may
    go again, so nobody can tell yet: raises StoreBusy."""
    ids: dict[str, list[str]] = {}
    for record in batch:
        ids.setdefault(record.source, []).append(record.id)
    c = usage_records.c
    standing = {}
    for source, listed in ids.items():
        # In one statement, so that nobody's import ends or goes between two.
        here = select(usage_records, counted().label("counted"))
        for row in connection.execute(here.where(c.team_id == team_id, c.source == source, c.id.in_(listed))):
            if not row.counted and row.import_id != import_id:
                raise StoreBusy
            standing[row.source, row.id] = record_of(row), row.reviewed_at is not None
    return standing


def record_of(row: Row[Any]) -> Record:
    values = {name: getattr(row, name) for name in Record._fields}
    usage = None if row.usage is None else Usage(**json.loads(row.usage))
    return Record(**{**values, "usage": usage})


def _inserted(
    connection: Connection, team_id: str, new: Sequence[Record], now: datetime, import_id: str | None
) -> bool:
    """All of them, or none: False when a key was taken."""
    if not new:
        return True
    with connection.begin_nested() as point:
        count = _insert(connection, team_id, new, now, import_id)
        if count != len(new):
            point.rollback()
        return count == len(new)


def _insert(connection: Connection, team_id: str, new: Sequence[Record], now: datetime, import_id: str | None) -> int:
    """The rows go to the driver directly: SQLAlchemy's way round each value takes longer than the insert."""
    if connection.dialect.name == "sqlite":
        rows = [(team_id, _text(now), r.source, r.id, _text(r.occurred_at), *_plain(r)[3:], import_id) for r in new]
        return connection.exec_driver_sql(_INSERT.format(", ".join("?" * len(_STORED))), rows).rowcount
    made = [(team_id, now, *_plain(record), import_id) for record in new]
    if len(new) >= COPIED_FROM:
        return _copied(connection, made)
    return connection.exec_driver_sql(_INSERT.format(", ".join(["%s"] * len(_STORED))), made).rowcount


def _plain(record: Record) -> tuple[Any, ...]:
    return record if record.usage is None else tuple(record._replace(usage=usage_json(record.usage)))  # type: ignore[arg-type]


@lru_cache(4096)
def _text(moment: datetime) -> str:
    """A moment as SQLAlchemy keeps it in SQLite."""
    return moment.replace(tzinfo=None).isoformat(" ", "microseconds")


def _copied(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> int:
    """COPY can't skip what is there, so it fills a table beside; how many of it were new."""
    connection.exec_driver_sql("CREATE TEMPORARY TABLE IF NOT EXISTS staged (LIKE usage_records) ON COMMIT DROP")
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f"COPY staged ({_NAMES}) FROM STDIN") as into:
            for row in rows:
                into.write_row(row)
        cursor.execute(_FROM_STAGED)
        count: int = cursor.rowcount
        cursor.execute("TRUNCATE staged")
    finally:
        cursor.close()
    return count
