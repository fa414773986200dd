"""A database that is missing, damaged, of another version, locked or unsafe is refused with a way to mend it."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, make_url

from bot import store as stores
from bot.errors import StoreBusy, StoreUnusable
from bot.ledger import fact_tables, holds, tables
from bot.ledger.ledger import Ledger, open_ledger
from bot.store import upkeep
from tests.kit import databases
from tests.kit.clock import moment
from tests.kit.forked import SERVER
from tests.kit.wishes import LIMITS, NOW, wish


def run_sql(url: str, statement: str) -> None:
    store = open_ledger(url, 10)
    with store.transaction() as connection:
        connection.execute(sa.text(statement))
    store.close()


# R46: SQLite.


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 4096 * 4096])


def _cut_to_its_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:16])


def _scribble(path: Path) -> None:
    """Over one page that nothing reads at start."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audits'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def _replace_by_text(path: Path) -> None:
    path.write_text("not a database at all, but a letter to somebody\n" * 100)


def _lock_up(path: Path) -> None:
    path.chmod(0o444)


def _version(version: str) -> Callable[[Path], None]:
    return lambda path: run_sql(f"sqlite:///{path}", f"UPDATE alembic_version SET version_num = '{version}'")


def _no_tables(path: Path) -> None:
    run_sql(f"sqlite:///{path}", "DROP TABLE alembic_version")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (_remove, r"is missing\. Restore it, or make a new one, with empty budgets: imagelane release$"),
        (_empty, r"is damaged: it has no SQLite header\. Restore it from a backup\.$"),
        (_replace_by_text, r"is damaged: it has no SQLite header\. Restore it from a backup\.$"),
        (_cut_to_its_header, r"can't be used \(.*\)\. Restore it from a backup\.$"),
        (_truncate, r"Restore it from a backup\.$"),
        (_scribble, r"is damaged \(.*\)\. Restore it from a backup\.$"),
        (_lock_up, r"is read-only\. Make it writable: chmod u\+w "),
        (_version("9999"), r"is of a newer version \(9999\) than this imagelane\. Run the newer imagelane\.$"),
        (_no_tables, r"has no imagelane tables\. Restore it, or: imagelane release$"),
    ],
)
def test_R46_a_harmed_file_is_refused_and_left_as_it_is(
    sqlite_url: str, tmp_path: Path, harm: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "imagelane.db"
    stores.check(sqlite_url)
    harm(path)
    before = path.read_bytes() if path.exists() else None
    for look in (stores.check, lambda url: stores.prepare(url, default=False)):
        with pytest.raises(StoreUnusable, match=sentence):
            look(sqlite_url)
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize("harm", [_empty, _replace_by_text, _truncate, _version("9999")])
@pytest.mark.parametrize("act", [stores.release, lambda url: stores.prepare(url, default=True)])
def test_R46_nothing_is_ever_made_over_a_file_that_is_there(
    sqlite_url: str, tmp_path: Path, harm: Callable[[Path], None], act: Callable[[str], None]
) -> None:
    run_sql(sqlite_url, "INSERT INTO workspaces (team_id, name) VALUES ('T1', 'Sample')")
    harm(tmp_path / "imagelane.db")
    before = (tmp_path / "imagelane.db").read_bytes()
    with pytest.raises(StoreUnusable):
        act(sqlite_url)
    assert (tmp_path / "imagelane.db").read_bytes() == before


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("0002", None),
        ("0001", "The database x is of an older version (0001). Bring it up: imagelane release"),
        ("0003", "The database x is of a newer version (0003) than this imagelane. Run the newer imagelane."),
        (None, "The database x has no imagelane tables. Restore it, or: imagelane release"),
    ],
)
def test_R46_a_version_is_ours_older_or_newer(version: str | None, sentence: str | None) -> None:
    assert upkeep.complaint("x", version, known=("0001", "0002")) == sentence


def test_only_the_default_file_is_made_on_the_way(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'var' / 'imagelane.db'}"
    with pytest.raises(StoreUnusable, match="is missing"):
        stores.prepare(url, default=False)
    assert not (tmp_path / "var").exists()
    stores.prepare(url, default=True)
    stores.prepare(url, default=False)


def test_R47_what_a_killed_release_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "imagelane.db.new").write_bytes(b"half a database")
    url = f"sqlite:///{tmp_path / 'imagelane.db'}"
    stores.release(url)
    stores.check(url)
    assert not (tmp_path / "imagelane.db.new").exists()


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(StoreUnusable, match="must be a file"):
        stores.check("sqlite://")


# R46: PostgreSQL.


def test_R46_a_postgresql_database_that_is_not_there_is_not_made_by_looking(postgres: URL) -> None:
    url = databases.text_of(postgres.set(database="imagelane_absent"))
    with pytest.raises(StoreUnusable, match=r"does not exist\. Restore it, or make it: imagelane release$"):
        stores.prepare(url, default=False)
    with pytest.raises(StoreUnusable, match="does not exist"):
        stores.check(url)


def test_R46_a_server_that_is_away_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match=r"^PostgreSQL can't be used") as caught:
        stores.check(f"postgresql://someone:hunter2@/imagelane?host={tmp_path}")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "ALTER DATABASE {} SET synchronous_commit = off",
            r"synchronous_commit = off: a crash could forget paid calls",
        ),
        ("ALTER DATABASE {} SET default_transaction_read_only = on", r"PostgreSQL is read-only here"),
    ],
)
def test_R46_an_unsafe_postgresql_is_refused(postgres_url: str, statement: str, sentence: str) -> None:
    stores.check(postgres_url)
    run_sql(postgres_url, statement.format(f'"{make_url(postgres_url).database}"'))
    with pytest.raises(StoreUnusable, match=sentence):
        stores.check(postgres_url)


@pytest.mark.parametrize(
    ("version", "sentence"), [("9999", "is of a newer version"), (None, "has no imagelane tables")]
)
def test_R46_the_version_counts_on_postgresql_too(postgres_url: str, version: str | None, sentence: str) -> None:
    run_sql(
        postgres_url,
        "DROP TABLE alembic_version" if version is None else f"UPDATE alembic_version SET version_num = '{version}'",
    )
    with pytest.raises(StoreUnusable, match=sentence):
        stores.check(postgres_url)


# release.


@pytest.fixture(params=["sqlite", "postgresql"])
def unmade_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that does not exist."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server: URL = request.getfixturevalue("postgres")
    name = f"imagelane_unmade_{os.getpid()}"
    yield databases.text_of(server.set(database=name))
    databases.drop_database(server, name)


def test_R47_four_releases_at_once_make_one_database(unmade_url: str) -> None:
    with ProcessPoolExecutor(4, SERVER) as processes:
        for work in [processes.submit(stores.release, unmade_url) for _ in range(4)]:
            work.result()
    stores.check(unmade_url)


def test_the_migrations_make_exactly_the_tables(unmade_url: str) -> None:
    stores.release(unmade_url)
    store = open_ledger(unmade_url, busy_seconds=10)
    with store.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        for table in tables.metadata.sorted_tables:  # what Alembic does not compare
            made = {check["name"] for check in sa.inspect(connection).get_check_constraints(table.name)}
            assert made == {check.name for check in table.constraints if isinstance(check, sa.CheckConstraint)}
    store.close()


def test_the_list_of_versions_is_the_folder_of_migrations() -> None:
    folder = ScriptDirectory(str(Path(upkeep.__file__).parent / "migrations"))
    revisions = [script.revision for script in folder.walk_revisions()]
    assert tuple(reversed(revisions)) == upkeep.REVISIONS


def test_every_table_but_those_of_the_whole_installation_begins_its_key_with_the_team() -> None:
    whole = (tables.pauses, tables.workers, fact_tables.lane_changes, fact_tables.model_lists)
    for table in tables.metadata.sorted_tables:
        if table not in whole:
            assert next(iter(table.primary_key)).name == "team_id"


# R43: locked by somebody else.

_HOLD = {
    "sqlite": """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
""",
    "postgresql": """
import psycopg, sys
connection = psycopg.connect(sys.argv[1])
connection.execute("LOCK TABLE budget_periods IN ACCESS EXCLUSIVE MODE")
print("held", flush=True)
sys.stdin.read()
""",
}


@contextmanager
def held(url: str) -> Iterator["subprocess.Popen[str]"]:
    """Another process holds the database until its standard input is closed."""
    address = make_url(url)
    kind = address.get_backend_name()
    target = str(address.database) if kind == "sqlite" else databases.text_of(address.set(drivername="postgresql"))
    command = [sys.executable, "-c", _HOLD[kind], target]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_R43_a_command_is_answered_after_a_second_when_the_store_is_held(database_url: str) -> None:
    store = open_ledger(database_url, busy_seconds=1)
    same = wish()
    with held(database_url):
        began = time.monotonic()
        with pytest.raises(StoreBusy, match=r"^Storage is busy: nothing was run or charged\."):
            store.admit(same, LIMITS, moment(NOW))
        assert 0.9 < time.monotonic() - began < 2.9
    assert store.admit(same, LIMITS, moment(NOW))[1]
    store.close()


def test_R43_a_job_waits_until_the_store_is_free(database_url: str) -> None:
    store = open_ledger(database_url, busy_seconds=30)
    with held(database_url) as process:
        assert process.stdin is not None
        freed = threading.Timer(1.5, process.stdin.close)
        freed.start()
        assert store.admit(wish(), LIMITS, moment(NOW))[1]
        freed.join()
    store.close()


def test_R43_a_store_without_a_free_connection_is_busy(database_url: str) -> None:
    store = open_ledger(database_url, busy_seconds=0.2)
    with ExitStack() as taken:
        for _ in range(20 if store.engine.dialect.name == "postgresql" else 40):
            taken.enter_context(store.engine.connect())
        with pytest.raises(StoreBusy):
            store.read(holds.differences)
    store.close()


def _cut(store: Ledger, other: Ledger) -> None:
    with store.transaction() as connection:
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with other.transaction() as killer:
            killer.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
        connection.exec_driver_sql("SELECT 1")


def test_a_connection_cut_by_the_server_is_busy_and_the_next_one_works(postgres_url: str) -> None:
    store, other = open_ledger(postgres_url, 5), open_ledger(postgres_url, 5)
    with pytest.raises(StoreBusy):
        _cut(store, other)
    assert store.admit(wish(), LIMITS, moment(NOW))[1]
    store.close()
    other.close()


def test_a_store_is_one_of_the_two_databases(store: Ledger, database_url: str) -> None:
    assert re.match(r"sqlite|postgresql", database_url)
    if store.engine.dialect.name == "sqlite":
        with store.transaction() as connection:
            pragmas = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
