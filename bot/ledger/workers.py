"""Processes that draw, and whether each can store it: told by themselves, asked before anything is admitted."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select

from bot.errors import CantStore
from bot.ledger.tables import workers
from bot.store.again import looked_up
from bot.store.engine import back, reading, writing

FRESH = timedelta(minutes=1)
KEPT = timedelta(hours=1)  # a row of the dead: for longer than clocks of machines differ
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
_FRESH = select(workers.c.name, workers.c.unable).where(workers.c.seen_at > bindparam("since")).order_by(workers.c.name)
ROOM = 32 * 1024  # bytes: more than any change of ours needs


@dataclass(frozen=True)
class Worker:
    """`unable`: why it can't store a picture; None: it can."""

    name: str
    unable: str | None


class Workers:
    """One method, one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @looked_up
    def tell(self, owner: str, worker: Worker, real: datetime) -> None:
        """Of itself; who was not seen for an hour goes."""
        with writing(self._engine) as connection:
            connection.execute(delete(workers).where(workers.c.seen_at <= real - KEPT))
            _put(connection, owner, worker, real)

    @looked_up
    def end(self, owner: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(workers).where(workers.c.owner == owner))

    def seen(self, real: datetime) -> tuple[Worker, ...]:
        """Those that told of themselves within the last minute."""
        with reading(self._engine) as connection:
            return _seen(connection, real)

    def prove(self) -> None:
        """A change that needs room, and its undoing, each on the disk for good. Raises StoreAway when it is full."""
        full, own = Worker("x" * ROOM, None), f"room-{uuid.uuid4()}"  # or two processes would put the same row at once
        with writing(self._engine) as connection:
            _put(connection, own, full, LONG_AGO)
        self.end(own)
        back(self._engine)


def refuse_where_none_can_store(connection: Connection, real: datetime) -> None:
    """Raises CantStore when processes draw, and none of them could keep a picture. One can: it is left to that one."""
    awake = _seen(connection, real)
    if awake and all(worker.unable for worker in awake):
        raise CantStore("; ".join(f"{worker.name}: {worker.unable}" for worker in awake))


def _seen(connection: Connection, real: datetime) -> tuple[Worker, ...]:
    return tuple(Worker(*row) for row in connection.execute(_FRESH, {"since": real - FRESH}))


def _put(connection: Connection, owner: str, worker: Worker, real: datetime) -> None:
    connection.execute(delete(workers).where(workers.c.owner == owner))
    row = {"owner": owner, "name": worker.name, "unable": worker.unable, "seen_at": real}
    connection.execute(insert(workers).values(row))
