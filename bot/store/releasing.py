"""`imagelane release`: makes or migrates a database; safe to run twice at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import URL, Connection

from bot.errors import StoreUnusable
from bot.store.engine import is_sqlite, normal_url, open_engine
from bot.store.upkeep import (
    LOCK_KEY,
    PATIENCE,
    REVISIONS,
    check,
    check_file,
    check_safe,
    complaint,
    explained,
    name_of,
    path_of,
    reached,
    try_connect,
    unreachable,
    version_of,
)


def release(url: str, patience: float = PATIENCE) -> None:
    """Make the configured database if it does not exist, and bring it to this version. Safe to run twice at once.

    Raises StoreUnusable or BadSettings, as `check` does.
    """
    address = normal_url(url)
    if is_sqlite(address):
        _release_file(address, patience)
    else:
        _release_postgres(address)


def _release_file(address: URL, patience: float) -> None:
    path = path_of(address)
    if path.is_dir():
        check_file(path)  # says so, before anything is made beside it
    with reached(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _file_lock(path.with_name(path.name + ".release")):
            if path.exists():
                check_file(path)
                _migrate_in_place(address, patience)
            else:
                _make_file(address, path)


def _make_file(address: URL, path: Path) -> None:
    """Made beside its place and moved there whole, so that nobody ever meets half a database."""
    young = path.with_name(path.name + ".new")
    for left_over in (young, young.with_name(young.name + "-wal"), young.with_name(young.name + "-shm")):
        left_over.unlink(missing_ok=True)
    _migrate_in_place(address.set(database=str(young)), PATIENCE)
    young.rename(path)


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _release_postgres(address: URL) -> None:
    _create_database(address)
    engine = open_engine(address, PATIENCE)
    try:
        with explained(address), engine.connect() as connection:
            connection.execute(sa.text("SELECT set_config('lock_timeout', '0', false)"))
            connection.execute(sa.text("SELECT set_config('statement_timeout', '0', false)"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
            check_safe(connection)
            _migrate(connection, name_of(address))
            connection.commit()
    finally:
        engine.dispose()


def _create_database(address: URL) -> None:
    try:
        try_connect(address)
    except sa.exc.DBAPIError as error:
        if "does not exist" not in str(error.orig):
            raise unreachable(address, error) from error
    else:
        return
    engine = open_engine(address.set(database="postgres"), PATIENCE)
    try:
        with explained(address), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            name = connection.dialect.identifier_preparer.quote_identifier(address.database or "")
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    except StoreUnusable as error:
        # Another release may have been faster.
        if not isinstance(error.__cause__, sa.exc.DBAPIError) or not _exists(error.__cause__):
            raise
    finally:
        engine.dispose()


def _exists(error: sa.exc.DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in ("42P04", "23505")


def _migrate_in_place(address: URL, patience: float) -> None:
    engine = open_engine(address, patience, make=True)
    try:
        with explained(address), engine.begin() as connection:
            _migrate(connection, name_of(address))
    finally:
        engine.dispose()


def _migrate(connection: Connection, name: str) -> None:
    version = version_of(connection)
    if version == REVISIONS[-1]:
        return
    wrong = complaint(name, version)
    if wrong is not None and version is not None and version not in REVISIONS:
        raise StoreUnusable(wrong)
    from alembic import command  # slow to load, and only needed here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def prepare(url: str, default: bool) -> None:
    """Before anything else of a process. Only the default local file is made or migrated on the way.

    Raises StoreUnusable with a sentence that says how to mend it.
    """
    if default:
        release(url)
    check(url)
