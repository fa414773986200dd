"""A long import in short transactions: its rows are nobody's until the last of them stands, and then all are at once.

Each of its transactions notes that it goes on. One that has said nothing for a while was killed: what it left behind is
taken away by whoever comes next, or by the clock, and from then on it can't go on.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, Engine, and_, delete, insert, or_, select, tuple_, update
from sqlalchemy.sql.elements import ColumnElement

from bot.errors import StoreBusy
from bot.ledger import workspaces
from bot.ledger.usage_tables import open_imports, usage_records
from bot.store.again import repeated
from bot.store.engine import writing
from bot.usage.records import Correction

LEFT_BEHIND = timedelta(minutes=10)
BLOCK = 1000  # rows taken away in one transaction
SHORTEST_REST, LONGEST_REST = 0.02, 0.5  # seconds

_ALIVE = open_imports.c.touched_at.is_not(None)


@contextmanager
def spaced(engine: Engine, rest: Callable[[float], None] = time.sleep) -> Iterator[Connection]:
    """One transaction of many. On SQLite nobody can queue for a lock: who waits finds a gap as long as it took."""
    began = time.monotonic()
    with writing(engine) as connection:
        yield connection
    if engine.dialect.name == "sqlite":
        rest(min(max(time.monotonic() - began, SHORTEST_REST), LONGEST_REST))


@repeated
def begin(engine: Engine, team_id: str, import_id: str, now: datetime) -> None:
    with writing(engine) as connection:
        connection.execute(insert(open_imports).values(team_id=team_id, id=import_id, touched_at=now))


def go_on(connection: Connection, team_id: str, import_id: str, now: datetime) -> None:
    """Raises StoreBusy where somebody took it for left behind."""
    alive = and_(_this(team_id, import_id), _ALIVE)
    if connection.execute(update(open_imports).where(alive).values(touched_at=now)).rowcount != 1:
        raise StoreBusy


@repeated
def end(
    engine: Engine, team_id: str, import_id: str, correction: Correction | None = None, replaced: str | None = None
) -> None:
    """From here on all its rows count, and what they replaced does not. Raises StoreBusy as `go_on` does."""
    with writing(engine) as connection:
        if correction and replaced:
            workspaces.audit(connection, team_id, correction.by, "usage replaced", replaced, correction.at)
        if connection.execute(delete(open_imports).where(_this(team_id, import_id), _ALIVE)).rowcount != 1:
            raise StoreBusy


def undo(engine: Engine, team_id: str, import_id: str) -> None:
    """Takes all of it away; nothing of one that has ended."""
    _undo(engine, _this(team_id, import_id))


def undo_left_behind(engine: Engine, now: datetime) -> int:
    """How many there were."""
    c = open_imports.c
    return _undo(engine, or_(c.touched_at.is_(None), c.touched_at < now - LEFT_BEHIND))


def _this(team_id: str, import_id: str) -> ColumnElement[bool]:
    return and_(open_imports.c.team_id == team_id, open_imports.c.id == import_id)


def _undo(engine: Engine, which: ColumnElement[bool]) -> int:
    """First of all they can't go on; the note of each goes last, so that whoever is killed here is followed."""
    condemned = _condemned(engine, which)
    for team_id, import_id in condemned:
        after = ("", "")
        while (last := _block_taken_away(engine, team_id, import_id, after)) is not None:
            after = last
        _forget(engine, team_id, import_id)
    return len(condemned)


@repeated
def _condemned(engine: Engine, which: ColumnElement[bool]) -> list[tuple[str, str]]:
    c = open_imports.c
    with writing(engine) as connection:
        condemned = update(open_imports).where(which).values(touched_at=None).returning(c.team_id, c.id)
        return [(row.team_id, row.id) for row in connection.execute(condemned)]


@repeated
def _block_taken_away(engine: Engine, team_id: str, import_id: str, after: tuple[str, str]) -> tuple[str, str] | None:
    """The last key of it; None where there was none. What it replaced stands again."""
    c = usage_records.c
    theirs = (c.team_id == team_id, c.import_id == import_id)
    key = tuple_(c.source, c.id)
    with spaced(engine) as connection:
        query = select(c.source, c.id).where(*theirs, key > after).order_by(c.source, c.id).limit(BLOCK)
        keys = [(row.source, row.id) for row in connection.execute(query)]
        for source, of_source in groupby(keys, itemgetter(0)):
            ids = [record_id for _, record_id in of_source]
            here = (c.team_id == team_id, c.source == source, c.id.in_(ids))
            connection.execute(delete(usage_records).where(*here, c.import_id == import_id))
            stands = {"ended_at": None, "ended_by": None, "ended_import_id": None, "reason": None}
            connection.execute(update(usage_records).where(*here, c.ended_import_id == import_id).values(stands))
    return keys[-1] if keys else None


@repeated
def _forget(engine: Engine, team_id: str, import_id: str) -> None:
    with writing(engine) as connection:
        connection.execute(delete(open_imports).where(_this(team_id, import_id)))
