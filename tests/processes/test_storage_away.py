"""Storage that is away, full or gone: said in the ack, waited for by jobs, told once, and nothing bought is lost."""

import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot import wiring
from bot.entrypoints.cli import proofs
from bot.entrypoints.cli.processes import StoreWatch
from bot.errors import StoreAway, StoreBusy, StoreTrouble, StoreUnsure, StoreUnusable
from bot.jobs.enqueuer import Enqueuer
from bot.jobs.files import engine_for_jobs
from bot.jobs.runner import Runner
from bot.ledger import holds, workspaces
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import PictureState
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, TEAM
from bot.settings import Settings
from tests.kit import job_kinds
from tests.kit.at_work import at_work
from tests.kit.books import House, installed
from tests.kit.clock import moment
from tests.kit.outages import MovedFile, Outage, Wire, wired
from tests.kit.slack_door import House as Door
from tests.kit.slack_door import house as at_door
from tests.kit.standing import StandingFarEnd
from tests.kit.waiting import until
from tests.kit.wishes import LIMITS, NOW, wish

pytestmark = pytest.mark.waits
FULL = "Storage is full: nothing was run or charged. It works again as soon as that is mended."
GONE = "Storage is gone: nothing was run or charged. It works again as soon as that is mended."
LONG = "kite " * 2000  # more than there is room for in pages that are begun


def path_of(url: str) -> Path:
    return Path(sa.make_url(url).database or "")


# K3: away in the middle of a call


@contextmanager
def locked(url: str) -> Iterator[None]:
    """As by a process that is frozen in the middle of a change."""
    with closing(sqlite3.connect(path_of(url), isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def test_R44_a_picture_that_comes_while_sqlite_is_locked_is_on_the_disk_at_once_and_shown_when_it_is_free(
    sqlite_url: str, tmp_path: Path
) -> None:
    lock = locked(sqlite_url)
    with (
        closing(open_ledger(sqlite_url, busy_seconds=0.2)) as store,
        at_work(store, tmp_path, seconds=60.0, slack_seconds=60) as work,
    ):
        work.studio = replace(work.studio, alive=lambda _: True)
        drawing = work.placed()
        (one,) = drawing.generations
        work.openai.rule = lambda _: lock.__enter__()
        with pytest.raises(StoreTrouble):
            work.draw_now(TEAM, one.id)
        assert work.pictures.read(TEAM, one.id) is not None
        lock.__exit__(None, None, None)
        work.draw(one)
        assert work.ended(drawing)[0] is PictureState.DELIVERED


def test_R44_a_command_while_the_database_is_away_reads_a_sentence_and_changes_nothing(outage: Outage) -> None:
    with closing(open_ledger(outage.url, busy_seconds=1)) as store, at_door(store) as door:
        outage.away()
        refused = door.far_end.command('try "a red kite"')
        assert refused.in_time
        assert "nothing was run or charged" in refused.text
        outage.back()
        assert door.jobs == []
        assert store.read(holds.left, TEAM, LIMITS).reserved_nanousd == 0
        door.far_end.command('try "a red kite"')
        assert [job.kind for job in door.jobs] == ["place"]


@pytest.fixture
def behind(postgres_url: str, tmp_path: Path) -> Iterator[tuple[House, Wire]]:
    """The bot reaches its database by a wire that can be cut; the test looks at the database itself."""
    with wired(postgres_url) as wire, installed(postgres_url, tmp_path) as house:
        house.bot.environment["DATABASE_URL"] = wire.url
        yield house, wire


@pytest.mark.parametrize("seconds", [0, *(pytest.param(long, marks=pytest.mark.soak) for long in (6, 75))])
def test_K3_R102_an_answer_that_comes_while_postgresql_is_away_is_on_the_disk_and_shown_when_it_is_back(
    behind: tuple[House, Wire], seconds: int
) -> None:
    """Within a minute of it, not after the ten of a lease."""
    house, wire = behind
    house.openai.hold()
    house.start()
    house.ask("a red kite")
    house.openai.wait(lambda: house.openai.in_flight == 1, seconds=60)
    wire.away()
    house.openai.release()
    folder = Path(house.bot.environment["IMAGELANE_PICTURES"])
    until(lambda: list(folder.rglob("*.png")), seconds=30)
    time.sleep(seconds)
    assert house.line().row.state is PictureState.CALLING
    wire.back()
    house.come_to_rest(60)
    line = house.line()
    assert (line.row.state, line.kinds) == (PictureState.DELIVERED, ("metered",))
    assert "No answer in time." not in house.message(line)
    house.check()


@pytest.mark.parametrize("trouble", [StoreBusy(), StoreAway("is full"), StoreUnsure()], ids=lambda one: one.code)
def test_K9_R108_a_job_waits_for_any_trouble_of_the_store(store: Ledger, trouble: StoreTrouble) -> None:
    tries: list[str] = []

    def show(name: str, _: str = "") -> None:
        tries.append(name)
        if len(tries) == 1:
            raise trouble

    with closing(Enqueuer(store.engine, store.transaction)) as enqueuer:
        runner = Runner(store.engine, enqueuer, [job_kinds.show.done_by(show)])
        runner.start()
        enqueuer.enqueue_now(job_kinds.show("T1:d1", "d1"))
        until(lambda: tries == ["d1", "d1"], seconds=30)
        runner.stop()


# K9: full


@dataclass
class Disk:
    """The disk under a store: `fill` and `clear` it."""

    fill: Callable[[], None]
    clear: Callable[[], None]


def disk_of(store: Ledger) -> Disk:
    return _sqlite_disk(store) if store.engine.dialect.name == "sqlite" else _postgres_disk(store)


def _sqlite_disk(store: Ledger) -> Disk:
    """SQLite's own limit: it says the same as a full disk."""
    room = [True]

    def fill() -> None:
        with closing(sqlite3.connect(path_of(str(store.engine.url)))) as other:
            other.execute("VACUUM")  # or there would be room in pages that nobody uses
        room[0] = False

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={2**30 if room[0] else pages}")

    sa.event.listen(store.engine, "checkout", limit)
    return Disk(fill, lambda: room.__setitem__(0, True))


def _postgres_disk(store: Ledger) -> Disk:
    """A trigger that says what the server says of a full disk."""
    full = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
    raised = "BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END"

    def run(*statements: str) -> None:
        with store.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    tables = ("drawings", "charges", "workers")
    triggers = [f"CREATE TRIGGER full_disk BEFORE INSERT ON {name} EXECUTE FUNCTION full_disk()" for name in tables]
    return Disk(
        lambda: run(f"{full} $$ {raised} $$", *triggers),
        lambda: run("DROP FUNCTION full_disk() CASCADE"),
    )


def test_K9_R108_a_command_on_a_full_disk_reads_a_sentence_about_storage_and_works_when_there_is_room(
    either_door: Door,
) -> None:
    store, disk = either_door.store, disk_of(either_door.store)
    disk.fill()
    assert FULL in either_door.far_end.command(f'try "{LONG}"').text
    assert store.trouble() == "is full"  # though it can be read
    assert not store.reachable()
    disk.clear()
    assert store.trouble() is None
    assert "Drawing for you: budget" in either_door.far_end.command(f'try "{LONG}"').text
    assert len(either_door.jobs) == 1


@contextmanager
def admins(slack: FarEnd, url: str, folder: Path) -> Iterator[wiring.House]:
    settings = Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_api_url=slack.base_url,
        imagelane_pictures=folder / "pictures",
        imagelane_admins=(ANA,),
    )
    house = wiring.build(settings, url)
    yield house
    house.enqueuer.close()
    house.quick.close()
    house.store.close()


def told(slack: FarEnd) -> list[str]:
    return [str(call.payload["text"]) for call in slack.calls_of("chat.postMessage")]


def test_K9_R108_admins_hear_once_that_it_is_full_and_once_that_there_is_room(
    database_url: str, tmp_path: Path
) -> None:
    with StandingFarEnd() as slack, admins(slack, database_url, tmp_path) as house:
        watch, disk = StoreWatch(house), disk_of(house.store)
        watch.look()
        assert told(slack) == []
        disk.fill()
        watch.look()
        watch.look()
        (full,) = told(slack)
        assert full.startswith("Storage is full: nothing new is run or charged until that is mended.")
        disk.clear()
        watch.look()
        watch.look()
        assert told(slack)[1:] == ["Storage works again."]


def test_K9_R108_a_process_does_not_start_on_a_full_disk(database_url: str, tmp_path: Path) -> None:
    with StandingFarEnd() as slack, admins(slack, database_url, tmp_path) as house:
        disk = disk_of(house.store)
        disk.fill()
        with pytest.raises(StoreUnusable, match=r" is full\. Make room for it, then start again\.$"):
            proofs.prove_store(house)
        disk.clear()
        proofs.prove_store(house)


def test_K9_R108_the_job_engine_waits_out_a_full_disk_as_it_does_a_lock(sqlite_url: str) -> None:
    """What it does again is told by these words; what it does not would count as at work until the next start."""
    engine = engine_for_jobs(sa.make_url(sqlite_url))
    assert engine is not None
    with engine.connect() as connection:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(sa.exc.OperationalError) as raised:
            connection.exec_driver_sql("CREATE TABLE more AS SELECT zeroblob(100000) AS room")
    engine.dispose()
    assert "database is locked" in str(raised.value.orig)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Eight megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def filled(disk: Path) -> Path:
    """To the last byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return filler


def readyz(url: str) -> int:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_K9_R108_sqlite_on_a_disk_that_fills_up_and_has_room_again(small_disk: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{small_disk / 'imagelane.db'}"
    with installed(url, tmp_path) as house:
        assert house.bot.run("release").returncode == 0
        process = house.start()
        house.openai.hold()
        house.ask("a red kite")
        house.openai.wait(lambda: house.openai.in_flight == 1, seconds=60)
        filler = filled(small_disk)
        assert house.ask(LONG).text == FULL
        assert readyz(house.bot.url) == 503
        assert "Traceback" not in house.bot.log.read_text()
        house.openai.release()
        folder = Path(house.bot.environment["IMAGELANE_PICTURES"])
        until(lambda: list(folder.rglob("*.png")), seconds=30)
        filler.unlink()
        house.come_to_rest(60)
        assert readyz(house.bot.url) == 200
        assert house.ask(LONG).in_time
        house.come_to_rest(60)
        house.check()
        house.kill(process)
        filled(small_disk)
        ended = house.bot.run("serve")
        assert (ended.returncode, len(ended.stderr.splitlines())) == (3, 1), ended.stderr
        assert "is full" in ended.stderr
        (small_disk / "filler").unlink()


# K11: gone


def test_K11_R110_a_file_that_is_deleted_or_replaced_under_a_store_is_never_made_anew(
    sqlite_url: str, tmp_path: Path
) -> None:
    with closing(open_ledger(sqlite_url, busy_seconds=1)) as store:
        store.admit(wish(), LIMITS, moment(NOW))
        file = MovedFile(sqlite_url)
        file.away()
        with pytest.raises(StoreAway, match=r"^Storage is gone: "):
            store.admit(wish(), LIMITS, moment(NOW))
        with pytest.raises(StoreAway):
            store.read(workspaces.known)
        assert store.trouble() == "is gone"
        path = path_of(sqlite_url)
        assert not path.exists()
        path.write_bytes((tmp_path / "elsewhere.db").read_bytes())  # another file in its place is none of ours
        assert store.trouble() == "is gone"
        file.back()
        store.admit(wish(), LIMITS, moment(NOW))


def test_K11_R110_nothing_is_made_where_a_database_was_to_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "imagelane.db"
    with closing(open_ledger(f"sqlite:///{path}", busy_seconds=1)) as store:
        with pytest.raises(StoreAway):
            store.read(workspaces.known)
        assert not path.exists()
    engine = engine_for_jobs(sa.make_url(f"sqlite:///{path}"))
    assert engine is not None
    with pytest.raises(sa.exc.OperationalError):
        engine.connect()
    assert not path.exists()


def test_K11_R110_admins_hear_once_that_the_file_is_gone(sqlite_url: str, tmp_path: Path) -> None:
    with StandingFarEnd() as slack, admins(slack, sqlite_url, tmp_path) as house:
        watch, file = StoreWatch(house), MovedFile(sqlite_url)
        file.away()
        watch.look()
        watch.look()
        (gone,) = told(slack)
        assert gone.startswith("Storage is gone: ")
        assert "needs a restart" in gone


def test_K11_R110_a_running_bot_whose_file_is_deleted_says_so_and_makes_no_new_one(
    sqlite_url: str, tmp_path: Path
) -> None:
    with installed(sqlite_url, tmp_path) as house:
        house.start()
        path = path_of(sqlite_url)
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            name.unlink(missing_ok=True)
        assert house.ask("a red kite").text == GONE
        assert readyz(house.bot.url) == 503
        assert house.ask("another").text == GONE
        assert not path.exists()
        assert house.openai.posts == []
