"""Is this database ours, whole, and of this version? And making it so: `imagelane release`.

A configured database that is missing or damaged is never replaced by a fresh one: that would forget every budget.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import URL, Connection

from bot.errors import BadSettings, StoreUnusable
from bot.store.engine import file_of, is_sqlite, normal_url, open_engine, open_looking
from bot.store.troubles import interrupted, locked

# The migrations, oldest first; a test holds the list against the folder. Alembic itself is only loaded to migrate.
REVISIONS = tuple(f"{number:04}" for number in range(1, 24))
LOCK_KEY = 0x696D616765  # "image": the advisory lock of whoever migrates
SMALLEST_ROOM_BYTES = 64 * 1024
STEPS_BETWEEN_LOOKS = 1000  # of SQLite's virtual machine, between two looks at the time
PATIENCE = 30.0  # seconds to wait for another process that migrates
_HARMED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def check(url: str, patience: float = PATIENCE) -> None:
    """Raises StoreUnusable unless the database is there, whole, writable, safe and of this version.

    BadSettings where the address is none of a database. `patience`: seconds to wait for a lock.
    """
    address = normal_url(url)
    if is_sqlite(address):
        check_file(path_of(address))
    engine = open_engine(address, patience)
    try:
        with explained(address), engine.connect() as connection:
            if is_sqlite(address):
                _check_whole(connection, path_of(address))
            else:
                check_safe(connection)
            _check_version(connection, name_of(address))
    finally:
        engine.dispose()


def glance(url: str, seconds: float) -> bool:
    """`check` in about that time, with nothing changed; False when there was no time to read the file to its end."""
    address = normal_url(url)
    if is_sqlite(address):
        check_file(path_of(address))
    engine = open_looking(address, seconds)
    try:
        with explained(address), engine.connect() as connection:
            _check_version(connection, name_of(address))
            if is_sqlite(address):
                return _whole_in_time(connection, path_of(address), seconds)
            check_safe(connection)
            return True
    finally:
        engine.dispose()


# SQLite


def path_of(address: URL) -> Path:
    if not address.database or address.database == ":memory:":
        raise StoreUnusable("The database must be a file: DATABASE_URL=sqlite:///var/imagelane.db")
    return file_of(address)


def check_file(path: Path) -> None:
    with reached(path):
        if not path.exists():
            raise StoreUnusable(
                f"The database {path} is missing. Restore it, or make a new one, with empty budgets: imagelane release"
            )
        if path.is_dir():
            raise BadSettings(f"DATABASE_URL names the folder {path}: it must name a file, such as one in that folder.")
        if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
            raise StoreUnusable(f"The database {path} is read-only. Make it writable: chmod u+w {path}")
        with path.open("rb") as file:
            head = file.read(16)
    if head != b"SQLite format 3\x00":
        raise StoreUnusable(f"The database {path} is damaged: it has no SQLite header. Restore it from a backup.")


@contextmanager
def reached(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        why = failure.strerror or type(failure).__name__
        raise StoreUnusable(f"The database {path} can't be reached: {why}. DATABASE_URL names it.") from failure


def _check_whole(connection: Connection, path: Path) -> None:
    verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if verdict != "ok":
        what = str(verdict).splitlines()[-1]
        raise StoreUnusable(f"The database {path} is damaged ({what}). Restore it from a backup.")


def _whole_in_time(connection: Connection, path: Path, seconds: float) -> bool:
    """Only this takes longer the larger the file is; of what tables there are, SQLite reads as much in no time."""
    until = time.monotonic() + seconds
    _driven(connection).set_progress_handler(lambda: time.monotonic() > until, STEPS_BETWEEN_LOOKS)
    try:
        _check_whole(connection, path)
    except sa.exc.DBAPIError as error:
        if interrupted(error):
            return False
        raise
    return True


def _driven(connection: Connection) -> sqlite3.Connection:
    driven = connection.connection.driver_connection
    assert isinstance(driven, sqlite3.Connection)
    return driven


# PostgreSQL


def try_connect(address: URL) -> None:
    engine = open_engine(address, PATIENCE)
    try:
        engine.connect().close()
    finally:
        engine.dispose()


def check_safe(connection: Connection) -> None:
    """A commit that may be lost in a crash must not stand behind a paid call."""
    for setting in ("fsync", "synchronous_commit"):
        if connection.exec_driver_sql(f"SHOW {setting}").scalar() == "off":
            raise StoreUnusable(
                f"PostgreSQL runs with {setting} = off: a crash could forget paid calls. Set {setting} = on."
            )
    if connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on":
        raise StoreUnusable("PostgreSQL is read-only here. Point DATABASE_URL at the primary server.")


# Both


def name_of(address: URL) -> str:
    return address.database or "" if is_sqlite(address) else f"{address.database} on {address.host or 'this machine'}"


def version_of(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return version


def _check_version(connection: Connection, name: str) -> None:
    wrong = complaint(name, version_of(connection))
    if wrong is not None:
        raise StoreUnusable(wrong)


def complaint(name: str, version: str | None, known: tuple[str, ...] = REVISIONS) -> str | None:
    """What is wrong with a database of this version, and how to mend it; None: nothing."""
    if version is None:
        return f"The database {name} has no imagelane tables. Restore it, or: imagelane release"
    if version not in known:
        return f"The database {name} is of a newer version ({version}) than this imagelane. Run the newer imagelane."
    if version != known[-1]:
        return f"The database {name} is of an older version ({version}). Bring it up: imagelane release"
    return None


@contextmanager
def explained(address: URL) -> Iterator[None]:
    """Database errors as sentences; the address is shown without its password."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if locked(error):
            raise StoreUnusable(f"The database {name_of(address)} is in use by another process. Try again.") from error
        if not is_sqlite(address):
            raise unreachable(address, error) from error
        if isinstance(error.orig, sqlite3.OperationalError) and "readonly" in str(error.orig):
            raise StoreUnusable(f"The database {address.database} is read-only. Make it writable.") from error
        if _full(error, file_of(address)):
            raise StoreUnusable(
                f"The disk of the database {address.database} is full. Make room on it, then try again."
            ) from error
        mend = "Restore it from a backup." if _harmed(error) else "Look at its disk and folder, then try again."
        raise StoreUnusable(f"The database {address.database} can't be used ({error.orig}). {mend}") from error


def _harmed(error: sa.exc.DBAPIError) -> bool:
    """The file itself is no database any more: nothing else calls for a backup."""
    return isinstance(error.orig, sqlite3.Error) and (error.orig.sqlite_errorcode & 0xFF) in _HARMED


def _full(error: sa.exc.DBAPIError, path: Path) -> bool:
    """SQLite names a full disk only where it writes the database; for its other files that is an I/O error."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    no_room = shutil.disk_usage(path.parent).free < SMALLEST_ROOM_BYTES
    return code == sqlite3.SQLITE_FULL or (code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and no_room)


def unreachable(address: URL, error: sa.exc.DBAPIError) -> StoreUnusable:
    if "does not exist" in str(error.orig) and "database" in str(error.orig):
        return StoreUnusable(
            f"The database {name_of(address)} does not exist. Restore it, or make it: imagelane release"
        )
    first_line = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    return StoreUnusable(f"PostgreSQL can't be used ({name_of(address)}): {first_line}")
