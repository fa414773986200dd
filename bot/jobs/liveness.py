"""Who is alive: each process that runs jobs holds a lock on its own name, which its death gives back."""

import fcntl
import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol, TextIO

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from bot.errors import BadSettings

_log = logging.getLogger(__name__)

LOCAL = "local"  # DBOS's executor on SQLite, where one process at a time runs jobs


class Liveness(Protocol):
    def hold(self, owner: str) -> str:
        """Be alive until `free`; the name DBOS books this process's jobs under."""

    def free(self) -> None: ...

    def dead(self, owner: str) -> bool:
        """Asked by many at once, during a take-over too: the answer depends on the owner alone."""

    def when_dead(self, owner: str) -> AbstractContextManager[bool]:
        """True when the owner is dead and its jobs are ours to take: nobody else's until the block ends."""


def liveness(engine: Engine) -> Liveness:
    if engine.dialect.name == "sqlite":
        return _FileLiveness(Path(f"{engine.url.database}.lock"))
    return _PostgresLiveness(engine)


class _FileLiveness:
    """A lock on one file beside the database: its text names the one process that runs jobs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def hold(self, owner: str) -> str:
        file = self._path.open("a+")
        for _ in range(20):  # somebody may just be asking who is alive
            if _flock(file):
                file.truncate(0)
                file.write(owner)
                file.flush()
                self._file = file
                return LOCAL
            threading.Event().wait(0.05)
        file.close()
        raise BadSettings(
            f"Another process runs jobs on {self._path.with_suffix('')}: on SQLite there is one at a time."
            " Stop it, or set DATABASE_URL to a PostgreSQL database."
        )

    def free(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def dead(self, owner: str) -> bool:
        with self.when_dead(owner) as dead:
            return dead

    @contextmanager
    def when_dead(self, owner: str) -> Iterator[bool]:
        if not self._path.exists():
            yield True
            return
        with self._path.open() as file:
            yield _flock(file) or file.read() != owner


def _flock(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _PostgresLiveness:
    """A session advisory lock for each process. Not through pgbouncer in transaction mode."""

    _LOOK_EVERY_SECONDS = 2.0

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._ended = threading.Event()
        self._keeper: threading.Thread | None = None

    def hold(self, owner: str) -> str:
        self._ended.clear()
        self._lock(owner)
        self._keeper = threading.Thread(target=self._keep, args=(owner,), name="liveness", daemon=True)
        self._keeper.start()
        return owner

    def _lock(self, owner: str) -> None:
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            self._connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": _key(owner)})
        except sa.exc.DBAPIError:
            self._drop()
            raise

    def _keep(self, owner: str) -> None:
        """A restart of the server takes the lock away while we live: take it again."""
        while not self._ended.wait(self._LOOK_EVERY_SECONDS):
            try:
                if self._connection is None:
                    self._lock(owner)
                else:
                    self._connection.execute(sa.text("SELECT 1"))
            except sa.exc.SQLAlchemyError:
                _log.warning("lost the lock that says this process is alive; taking it again")
                self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def free(self) -> None:
        self._ended.set()
        if self._keeper is not None:
            self._keeper.join()
        if self._connection is not None:
            with suppress(sa.exc.SQLAlchemyError):  # at once; the server may take a moment to see a closed connection
                self._connection.execute(sa.text("SELECT pg_advisory_unlock_all()"))
        self._drop()

    def dead(self, owner: str) -> bool:
        with self._engine.begin() as connection:
            return _shared(connection, owner)

    @contextmanager
    def when_dead(self, owner: str) -> Iterator[bool]:
        with self._engine.begin() as connection:
            yield _alone(connection, f"take over {owner}") and _shared(connection, owner)


def _alone(connection: Connection, name: str) -> bool:
    return bool(connection.execute(sa.text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _key(name)}).scalar())


def _shared(connection: Connection, name: str) -> bool:
    """Nobody holds it alone. Those who only ask hold it together, so they are not taken for the living owner."""
    answer = connection.execute(sa.text("SELECT pg_try_advisory_xact_lock_shared(:key)"), {"key": _key(name)})
    return bool(answer.scalar())


def _key(owner: str) -> int:
    return int.from_bytes(hashlib.sha256(owner.encode()).digest()[:8], signed=True)
