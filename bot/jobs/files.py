"""The job engine's own connections to a SQLite file, made by the same rules as the store's."""

import sqlite3
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import URL, Engine

_PATIENCE_SECONDS = 30.0
_CONNECTIONS = 10


def engine_for_jobs(url: URL) -> Engine | None:
    """Never a new file where one is missing, and a full disk is waited out as a lock is. None: DBOS makes its own.

    DBOS does again what failed with "database is locked", and forgets the end of a job that failed with anything else:
    that job would count as at work until the next start.
    """
    if url.get_backend_name() != "sqlite":
        return None
    engine = sa.create_engine(
        url,
        creator=partial(_connect, url),
        hide_parameters=True,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_PATIENCE_SECONDS,
    )

    @sa.event.listens_for(engine, "handle_error")
    def wait(context: sa.engine.ExceptionContext) -> None:
        error = context.original_exception
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise sa.exc.OperationalError(
                context.statement, None, sqlite3.OperationalError("database is locked: the disk is full")
            ) from error

    return engine


def _connect(url: URL) -> sqlite3.Connection:
    path = Path(str(url.database).removeprefix("file:")).absolute()
    where = f"{path.as_uri()}?mode=rw"
    connection = sqlite3.connect(where, uri=True, timeout=_PATIENCE_SECONDS, check_same_thread=False)
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA foreign_keys=ON")
    return connection
