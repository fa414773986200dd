"""What the processes refuse to start on: exit 2 for settings, 3 for the database, one line that says how to mend it."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import store as stores
from bot.playground.far_end import FarEnd
from tests.kit import databases
from tests.kit.books import installed
from tests.kit.processes import Bot, end

pytestmark = pytest.mark.waits

PROCESSES = ("serve", "web", "worker", "clock")


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd() as far:
        yield far


def refused(bot: Bot, process: str, status: int, **settings: str) -> str:
    """The one line it said; nothing was made, nothing changed."""
    before = held(bot.folder)
    ended = bot.run(process, **settings)
    assert ended.returncode == status, ended.stderr
    assert ended.stdout == ""
    assert held(bot.folder) == before
    (line,) = ended.stderr.splitlines()
    return line


def held(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def database_of(bot: Bot) -> Path:
    return Path(sa.make_url(bot.database_url).database or "")


def missing(path: Path) -> None:
    path.unlink()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all " * 500)


def read_only(path: Path) -> None:
    path.chmod(0o444)  # refused by its mode, so for root too


def newer(path: Path) -> None:
    changed(path, "UPDATE alembic_version SET version_num = '9999'")


def unmigrated(path: Path) -> None:
    path.unlink()
    changed(path, "PRAGMA journal_mode=WAL")  # or our opening it would turn it on
    changed(path, "CREATE TABLE notes (words TEXT)")


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (missing, "is missing. Restore it, or make a new one, with empty budgets: imagelane release"),
        (truncated, "Restore it from a backup."),
        (empty, "is damaged: it has no SQLite header. Restore it from a backup."),
        (garbage, "is damaged: it has no SQLite header. Restore it from a backup."),
        (read_only, "is read-only. Make it writable: chmod u+w"),
        (newer, "is of a newer version (9999) than this imagelane. Run the newer imagelane."),
        (unmigrated, "has no imagelane tables. Restore it, or: imagelane release"),
    ],
)
def test_R46_a_harmed_file_is_refused_with_exit_3_and_a_way_to_mend_it(
    slack: FarEnd, sqlite_url: str, tmp_path: Path, harm: Callable[[Path], None], said: str
) -> None:
    bot = Bot(slack, None, sqlite_url, tmp_path)
    harm(database_of(bot))
    assert said in refused(bot, "serve", 3)


@pytest.mark.parametrize("process", PROCESSES[1:])
def test_R46_no_process_makes_a_database_over_a_configured_path(slack: FarEnd, tmp_path: Path, process: str) -> None:
    bot = Bot(slack, None, f"sqlite:///{tmp_path}/budgets.db", tmp_path)
    assert "is missing" in refused(bot, process, 3)


def test_R46_a_postgresql_database_that_is_not_there_or_not_migrated_is_refused_and_release_makes_it(
    slack: FarEnd, postgres: sa.URL, tmp_path: Path
) -> None:
    name = f"imagelane_not_there_{os.getpid()}"
    url = databases.text_of(postgres.set(database=name))
    bot = Bot(slack, None, url, tmp_path)
    try:
        assert "does not exist. Restore it, or make it: imagelane release" in refused(bot, "serve", 3)
        databases.create_database(postgres, name)
        assert "has no imagelane tables" in refused(bot, "serve", 3)
        assert bot.run("release").returncode == 0
        with bot.running("serve"):
            pass
    finally:
        databases.drop_database(postgres, name)


def test_R46_the_configured_file_is_made_by_release_alone(slack: FarEnd, tmp_path: Path) -> None:
    bot = Bot(slack, None, f"sqlite:///{tmp_path}/var/budgets.db", tmp_path)
    assert bot.run("release").returncode == 0
    with bot.running("serve"):
        pass
    assert bot.run("release").returncode == 0


def test_R46_the_default_local_file_is_made_by_itself(slack: FarEnd, tmp_path: Path) -> None:
    bot = Bot(slack, None, "", tmp_path)
    with bot.running("serve"):
        pass
    assert (tmp_path / "var" / "imagelane.db").exists()


def test_a_database_without_tables_for_jobs_is_refused_with_exit_3(slack: FarEnd, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/imagelane.db"
    stores.release(url)
    ended = Bot(slack, None, url, tmp_path).run("worker")
    assert ended.returncode == 3
    assert ended.stderr.splitlines()[-1] == "The database has no tables for jobs: imagelane release"
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize(
    ("name", "empty"), [("SLACK_SIGNING_SECRET", ""), ("SLACK_SIGNING_SECRET", " , "), ("SLACK_BOT_TOKEN", "")]
)
def test_R08_a_secret_that_is_empty_or_unset_is_refused_with_exit_2(
    slack: FarEnd, sqlite_url: str, tmp_path: Path, process: str, name: str, empty: str
) -> None:
    bot = Bot(slack, None, sqlite_url, tmp_path)
    said = refused(bot, process, 2, **{name: empty})
    assert said.startswith(f"{name} is not set: ")
    bot.environment.pop(name)
    assert refused(bot, process, 2) == said


@pytest.mark.parametrize("second", ["worker", "serve"])
def test_a_second_process_that_runs_jobs_on_one_sqlite_file_is_refused_with_exit_2(
    sqlite_url: str, tmp_path: Path, second: str
) -> None:
    with installed(sqlite_url, tmp_path) as house:
        house.start("worker")
        ended = house.bot.run(second)
        assert ended.returncode == 2
        assert "Another process runs jobs on" in ended.stderr
        assert "on SQLite there is one at a time. Stop it, or set DATABASE_URL" in ended.stderr


def test_a_killed_worker_on_sqlite_leaves_its_place_to_the_next(sqlite_url: str, tmp_path: Path) -> None:
    with installed(sqlite_url, tmp_path) as house:
        house.kill(house.start("worker"))
        assert end(house.start("worker")) == 0


@pytest.mark.parametrize("process", ["serve", "clock"])
def test_a_stop_that_the_system_gave_to_another_thread_is_heard_all_the_same(
    slack: FarEnd, sqlite_url: str, tmp_path: Path, process: str
) -> None:
    """It wakes the main thread then no more than one that comes just as that begins to wait."""
    bot = Bot(slack, None, sqlite_url, tmp_path, IMAGELANE_DRAIN_SECONDS="0")
    with bot.running(process) as (started,):
        others = {int(task.name) for task in Path(f"/proc/{started.pid}/task").iterdir()} - {started.pid}
        os.kill(min(others), signal.SIGTERM)
        assert started.wait(30) == 0
