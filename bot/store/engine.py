"""Connections and transactions: how SQLite and PostgreSQL are opened, and when they count as busy."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine, make_url

from bot.errors import BadSettings, StoreBusy

# PostgreSQL: lock timeout, statement timeout, serialization failure, deadlock. All were rolled back.
_LOCKED = {"55P03", "57014", "40001", "40P01"}
_CONTENDED = _LOCKED - {"57014"}
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
NO_ADDRESS = (
    "DATABASE_URL: it must be an address such as sqlite:////srv/imagelane/imagelane.db "
    "or postgresql://user:password@host/imagelane."
)
STEPS_BETWEEN_LOOKS = 1000  # of SQLite's virtual machine, between two looks at the time


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


def open_engine(url: URL, busy_seconds: float) -> Engine:
    """Statements wait at most `busy_seconds` for a lock. Opens no connection yet."""
    return _sqlite(url, busy_seconds) if is_sqlite(url) else _postgres(url, busy_seconds)


def open_looking(url: URL, seconds: float) -> Engine:
    """To read and change nothing, not even beside the file: `open_engine` would switch it to WAL.

    Where nobody has a SQLite file open, SQLite would still make files beside it, unless told that it can't change.
    A statement is given up after `seconds`.
    """
    if not is_sqlite(url):
        return open_engine(url, seconds)
    path = Path((url.database or "").removeprefix("file:")).absolute()
    fixed = "" if path.with_name(f"{path.name}-shm").exists() else "&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro{fixed}", uri=True, timeout=seconds)
        until = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > until, STEPS_BETWEEN_LOOKS)
        return connection

    return sa.create_engine(url, creator=connect, poolclass=sa.NullPool, hide_parameters=True)


def interrupted(error: sa.exc.DBAPIError) -> bool:
    """SQLite gave up for lack of time."""
    return isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT


def _sqlite(url: URL, busy_seconds: float) -> Engine:
    engine = sa.create_engine(
        url,
        hide_parameters=True,  # an error would quote them, and a prompt is among them
        connect_args={"timeout": busy_seconds},
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
        if state not in _CONTENDED and not isinstance(context.sqlalchemy_exception, sa.exc.IntegrityError):
            failed()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write; on SQLite it holds the write lock from its first statement."""
    with _turn(engine), _transaction(engine) as connection:
        yield connection


def looking_only(engine: Engine) -> Engine:
    """The same connections, for transactions that only read."""
    return engine.execution_options(begin="BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads; on SQLite it takes no lock."""
    with _transaction(looking_only(engine)) as connection:
        yield connection


# SQLite lets waiting writers poll, in no order: of 60 threads at once, 27 found no gap within a second. So the threads
# of one process queue up here, and only processes poll. On PostgreSQL a few at a time are faster than a crowd that
# waits for one budget row; those who wait long (jobs) have turns of their own there, or they would hold up every ack.
_AT_A_TIME = {"sqlite": 1, "postgresql": 4}
_turns: dict[tuple[str, float], threading.Semaphore] = {}


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    database, patience = engine.dialect.name, engine.get_execution_options()["busy_seconds"]
    queue = (str(engine.url), 0.0 if database == "sqlite" else patience)
    turn = _turns.setdefault(queue, threading.Semaphore(_AT_A_TIME[database]))
    if not turn.acquire(timeout=patience):
        raise StoreBusy
    try:
        yield
    finally:
        turn.release()


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    committing = False
    try:
        with engine.begin() as connection:
            yield connection
            committing = True
    except sa.exc.TimeoutError as error:  # no connection became free
        raise StoreBusy from error
    except sa.exc.DBAPIError as error:
        # A connection lost during COMMIT may have committed: that must not be called "nothing was run".
        if locked(error) or (_lost(error) and not committing):
            raise StoreBusy from error
        raise


def locked(error: sa.exc.DBAPIError) -> bool:
    """Somebody else was at it for longer than was waited."""
    if isinstance(error.orig, sqlite3.OperationalError):
        return (error.orig.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(error.orig, "sqlstate", None) in _LOCKED


def _lost(error: sa.exc.DBAPIError) -> bool:
    """The server refused or cut the connection: nothing of this transaction stands."""
    if isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    cut = state is None or state[:2] in ("08", "53") or state in ("57P01", "57P02", "57P03")
    return isinstance(error, sa.exc.OperationalError) and cut
