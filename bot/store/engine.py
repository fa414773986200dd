"""Connections and transactions: how SQLite and PostgreSQL are opened, and when they count as busy, away or unsure."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import BadSettings, StoreAway, StoreBusy
from bot.store.deadline import seconds_left
from bot.store.troubles import CONTENDED, trouble_of

DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
NO_ADDRESS = (
    "DATABASE_URL: it must be an address such as sqlite:////srv/imagelane/imagelane.db "
    "or postgresql://user:password@host/imagelane."
)


def normal_url(url: str) -> URL:
    """The address with the driver we use: `postgres://` and `postgresql://` both mean psycopg 3.

    Raises BadSettings for anything else, without its words: a password may be among them.
    """
    try:
        parsed = make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise BadSettings(NO_ADDRESS) from None
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in DRIVERS:
        raise BadSettings(NO_ADDRESS)
    return parsed


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def file_of(url: URL) -> Path:
    return Path((url.database or "").removeprefix("file:"))


def open_engine(url: URL, busy_seconds: float, *, make: bool = False) -> Engine:
    """Statements wait at most `busy_seconds` for a lock. Opens no connection yet. `make`: a missing file is made."""
    return _sqlite(url, busy_seconds, make) if is_sqlite(url) else _postgres(url, busy_seconds)


def close_engine(engine: Engine) -> None:
    """Connections that are still in use end with that use: given back to a closed pool, they would stay open."""

    @sa.event.listens_for(engine.pool, "checkin")
    def end(_connection: object, record: ConnectionPoolEntry) -> None:
        record.invalidate()

    engine.dispose()


def open_looking(url: URL, seconds: float) -> Engine:
    """To read and change nothing, not even beside the file: `open_engine` would switch it to WAL.

    Where nobody has a SQLite file open, SQLite would still make files beside it, unless told that it can't change.
    `seconds`: to wait for a lock, and for a server.
    """
    if not is_sqlite(url):
        return open_engine(url, seconds)
    path = file_of(url).absolute()
    fixed = "" if path.with_name(f"{path.name}-shm").exists() else "&immutable=1"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"{path.as_uri()}?mode=ro{fixed}", uri=True, timeout=seconds)

    return sa.create_engine(url, creator=connect, poolclass=sa.NullPool, hide_parameters=True)


def connect_file(path: Path, busy_seconds: float, *, make: bool = False) -> sqlite3.Connection:
    """Unless told to, never a new file: it would be one without a single budget."""
    where = f"{path.absolute().as_uri()}?mode={'rwc' if make else 'rw'}"
    return sqlite3.connect(where, uri=True, timeout=busy_seconds, check_same_thread=False)


class _File:
    """The file as it was first met. What is written to one that was deleted or replaced since, nobody would find."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first = self._met()

    def check(self) -> None:
        now = self._met()
        self._first = self._first or now
        if now is None or now != self._first:
            raise StoreAway("is gone")

    def _met(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _sqlite(url: URL, busy_seconds: float, make: bool) -> Engine:
    file = _File(file_of(url))

    def connect() -> sqlite3.Connection:
        if not make:
            file.check()
        return connect_file(file_of(url), busy_seconds, make=make)

    engine = sa.create_engine(
        url,
        hide_parameters=True,  # an error would quote them, and a prompt is among them
        creator=connect,
        pool_size=20,
        max_overflow=20,
        pool_timeout=max(busy_seconds, 1),
        execution_options={"busy_seconds": busy_seconds},
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours to send, see below
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # what a paid call rests on survives a power cut
        connection.execute("PRAGMA foreign_keys=ON")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        file.check()
        # A deferred BEGIN that turns into a write can't wait for its lock in WAL: it fails at once.
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))

    return engine


def _postgres(url: URL, busy_seconds: float) -> Engine:
    busy_ms = int(busy_seconds * 1000)
    options = (
        f"-c lock_timeout={busy_ms} -c statement_timeout={2 * busy_ms + 1000}"
        " -c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
    )
    arguments: dict[str, Any] = {"options": options, "connect_timeout": max(2, int(busy_seconds))}
    arguments["application_name"] = "imagelane"
    return sa.create_engine(
        url,
        hide_parameters=True,
        execution_options={"busy_seconds": busy_seconds},
        connect_args=arguments,
        pool_pre_ping=True,
        pool_size=15,  # what is over it is closed after each use, and opening one anew costs 10 ms of an ack
        max_overflow=5,
        pool_timeout=max(busy_seconds, 1),
    )


def on_error(engine: Engine, failed: Callable[[], None]) -> None:
    """Connecting counts; a row that was there already, or a lock that somebody holds on PostgreSQL, does not."""

    @sa.event.listens_for(engine, "handle_error")
    def heard(context: sa.engine.ExceptionContext) -> None:
        state = getattr(context.original_exception, "sqlstate", None)
        if state not in CONTENDED and not isinstance(context.sqlalchemy_exception, sa.exc.IntegrityError):
            failed()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write; on SQLite it holds the write lock from its first statement."""
    with _turn(engine), _transaction(engine, writes=True) as connection:
        yield connection


def looking_only(engine: Engine) -> Engine:
    """The same connections, for transactions that only read."""
    return engine.execution_options(begin="BEGIN")


def reading(engine: Engine) -> AbstractContextManager[Connection]:
    """One transaction that only reads; on SQLite it takes no lock."""
    return _transaction(looking_only(engine), writes=False)


# SQLite lets waiting writers poll, in no order: of 60 threads at once, 27 found no gap within a second. So the threads
# of one process queue up here, and only processes poll. On PostgreSQL a few at a time are faster than a crowd that
# waits for one budget row; those who wait long (jobs) have turns of their own there, or they would hold up every ack.
_AT_A_TIME = {"sqlite": 1, "postgresql": 4}
_turns: dict[tuple[str, float], threading.Semaphore] = {}


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    database, patience = engine.dialect.name, engine.get_execution_options()["busy_seconds"]
    queue = (_key(engine), 0.0 if database == "sqlite" else patience)
    turn = _turns.setdefault(queue, threading.Semaphore(_AT_A_TIME[database]))
    if not turn.acquire(timeout=min(patience, seconds_left())):
        raise StoreBusy
    try:
        yield
    finally:
        turn.release()


@contextmanager
def _transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    committing = False
    try:
        with engine.begin() as connection:
            yield connection
            committing = writes
    except sa.exc.TimeoutError as error:  # no connection became free
        raise StoreBusy from error
    except StoreAway:
        _noted_away.add(_key(engine))
        raise
    except sa.exc.DBAPIError as error:
        trouble = trouble_of(error, committing)
        if trouble is None:
            raise
        if isinstance(trouble, StoreAway):
            _noted_away.add(_key(engine))
        raise trouble from error


# Databases that could not take a change. Reading one that is full works, so it is no proof that this is over.
_noted_away: set[str] = set()


def noted_away(engine: Engine) -> bool:
    """A change failed since `back` was last told, in this process, for want of more than patience."""
    return _key(engine) in _noted_away


def back(engine: Engine) -> None:
    _noted_away.discard(_key(engine))


def _key(engine: Engine) -> str:
    return str(engine.url)
