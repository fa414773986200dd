"""Jobs: in the row's own transaction, once for each id, through kills, and taken over from the dead."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import Connection

from bot import store as stores
from bot.errors import BadSettings, StoreBusy, StoreUnusable
from bot.jobs import Handler
from bot.jobs.enqueuer import Enqueuer
from bot.jobs.runner import Pace, Runner
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Drawing
from tests.kit import forked, runner_process
from tests.kit.clock import moment
from tests.kit.forked import Running
from tests.kit.job_kinds import draw, drawing, show
from tests.kit.waiting import until
from tests.kit.wishes import LIMITS, NOW, at_once, wish

pytestmark = pytest.mark.waits


@pytest.fixture
def enqueuer(store: Ledger) -> Iterator[Enqueuer]:
    made = Enqueuer(store.engine, store.transaction)
    yield made
    made.close()


@contextmanager
def running(
    store: Ledger, enqueuer: Enqueuer, handlers: Iterable[Handler], pace: Pace | None = None
) -> Iterator[Runner]:
    runner = Runner(store.engine, enqueuer, handlers, pace)
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


@contextmanager
def other_process(url: str, folder: Path) -> Iterator[Running]:
    """A runner in a process of its own, to be killed."""
    process = forked.begin(runner_process.live, url, folder)
    try:
        until(lambda: (folder / "owner").exists() or process.poll() is not None, seconds=30)
        yield process
    finally:
        process.kill()
        process.wait()


def test_R04_a_job_runs_once_for_its_id_whoever_enqueues_it(store: Ledger, enqueuer: Enqueuer) -> None:
    done: list[str] = []
    same = show("T1:d1", "d1", "é <&>")
    at_once([lambda: enqueuer.enqueue_now(same)] * 10)
    handlers = [show.done_by(lambda *args: done.append("|".join(args))), draw.done_by(done.append)]
    with running(store, enqueuer, handlers):
        until(lambda: done)
        enqueuer.enqueue_now(same)
        enqueuer.enqueue_now(drawing("flare"))
        until(lambda: len(done) == 2)
        until(lambda: enqueuer.backlog() == {})
    assert done == ["d1|é <&>", "flare"]


def test_R37_a_job_stands_or_falls_with_its_row(store: Ledger, enqueuer: Enqueuer) -> None:
    def enqueue(connection: Connection, admitted: Drawing) -> None:
        enqueuer.enqueue(connection, show(admitted.id, admitted.id))

    def enqueue_and_fail(connection: Connection, admitted: Drawing) -> None:
        enqueue(connection, admitted)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.admit(wish(), LIMITS, moment(NOW), enqueue_and_fail)
    assert enqueuer.backlog() == {}
    store.admit(wish(), LIMITS, moment(NOW), enqueue)
    assert enqueuer.backlog() == {"quick": 1}


def test_a_handler_that_raises_is_logged_and_not_run_again(
    store: Ledger, enqueuer: Enqueuer, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[int] = []

    def fail(*_: str) -> None:
        tries.append(1)
        raise RuntimeError("broken")

    with running(store, enqueuer, [show.done_by(fail)]):
        enqueuer.enqueue_now(show("T1:d1", "d1"))
        until(lambda: tries)
        until(lambda: enqueuer.backlog() == {})
    assert tries == [1]
    assert "job show:T1:d1 failed" in caplog.text


def test_R43_a_job_that_finds_the_store_busy_goes_on_later(store: Ledger, enqueuer: Enqueuer) -> None:
    tries: list[str] = []

    def fails_first(name: str, _: str = "") -> None:
        tries.append(name)
        if len(tries) == 1:
            raise StoreBusy

    with running(store, enqueuer, [show.done_by(fails_first)]):
        enqueuer.enqueue_now(show("T1:d1", "d1"))
        until(lambda: tries == ["d1", "d1"])


def test_draws_of_one_model_wait_for_each_other_and_not_for_another_model(store: Ledger, enqueuer: Enqueuer) -> None:
    both = Barrier(2)  # passed only when two run at the same time
    begun: list[str] = []
    ended: list[str] = []

    def side_by_side(name: str) -> None:
        begun.append(name)
        if name in ("flare 1", "sunburst 1"):
            both.wait(10)
            assert "flare 2" not in begun
        ended.append(name)

    for name in ("flare 1", "flare 2", "sunburst 1"):
        enqueuer.enqueue_now(drawing(name, name.split()[0]))
    with running(store, enqueuer, [draw.done_by(side_by_side)], Pace(draws_of_a_model=1)):
        until(lambda: len(ended) == 3)


def test_drain_waits_for_what_is_at_work_and_takes_nothing_new(store: Ledger, enqueuer: Enqueuer) -> None:
    begun, end, ended = Event(), Event(), Event()

    def waits(_: str) -> None:
        begun.set()
        end.wait(20)
        ended.set()

    runner = Runner(store.engine, enqueuer, [draw.done_by(waits)])
    runner.start()
    enqueuer.enqueue_now(drawing("g1"))
    assert begun.wait(10)
    assert runner.running == 1
    end.set()
    assert runner.drain(seconds=10)
    assert ended.is_set()
    enqueuer.enqueue_now(drawing("g2"))
    assert enqueuer.backlog() == {"draw": 1}


def test_R41_drain_leaves_behind_what_does_not_end_and_the_next_runner_takes_it_up(
    store: Ledger, enqueuer: Enqueuer
) -> None:
    begun, end = Event(), Event()

    def hang(_: str) -> None:
        begun.set()
        end.wait(30)

    runner = Runner(store.engine, enqueuer, [draw.done_by(hang)])
    runner.start()
    enqueuer.enqueue_now(drawing("g1"))
    assert begun.wait(10)
    assert not runner.drain(seconds=1)
    again = Event()
    with running(store, enqueuer, [draw.done_by(lambda _: again.set())]):
        assert again.wait(10)
    end.set()
    until(lambda: runner.running == 0)


def test_R38_a_killed_processs_job_is_run_again_by_the_next(
    store: Ledger, enqueuer: Enqueuer, database_url: str, tmp_path: Path
) -> None:
    with other_process(database_url, tmp_path):
        enqueuer.enqueue_now(drawing("g1"))
        until((tmp_path / "begun").exists)
    done: list[str] = []
    with running(store, enqueuer, [draw.done_by(done.append)]):
        until(lambda: done == ["g1"])


def test_who_is_alive_is_known_and_who_was_killed_is_not(enqueuer: Enqueuer, database_url: str, tmp_path: Path) -> None:
    assert not enqueuer.alive("nobody")
    with other_process(database_url, tmp_path):
        owner = (tmp_path / "owner").read_text()
        assert enqueuer.alive(owner)
        assert not enqueuer.alive("nobody")
    until(lambda: not enqueuer.alive(owner))  # a server may take a moment to see that the connection is gone


def test_a_runner_is_alive_until_it_stops(store: Ledger, enqueuer: Enqueuer) -> None:
    with running(store, enqueuer, []) as runner:
        assert enqueuer.alive(runner.owner)
    assert not enqueuer.alive(runner.owner)


def test_on_postgresql_the_jobs_of_the_dead_are_taken_over_and_those_of_the_living_are_not(
    postgres_url: str, tmp_path: Path
) -> None:
    store = open_ledger(postgres_url, busy_seconds=10)
    enqueuer = Enqueuer(store.engine, store.transaction)
    done: list[str] = []
    with other_process(postgres_url, tmp_path) as victim:
        enqueuer.enqueue_now(drawing("g1"))
        until((tmp_path / "begun").exists)
        with running(store, enqueuer, [draw.done_by(done.append)]):
            assert enqueuer.take_over() == 0
            assert done == []
            victim.kill()
            victim.wait()
            until(lambda: sum(at_once([enqueuer.take_over] * 4)) == 1)
            until(lambda: done == ["g1"])
            until(lambda: enqueuer.backlog() == {})
            assert enqueuer.take_over() == 0
    enqueuer.close()
    store.close()


def test_on_postgresql_a_lock_lost_with_its_connection_is_taken_again(postgres_url: str) -> None:
    store = open_ledger(postgres_url, busy_seconds=10)
    enqueuer = Enqueuer(store.engine, store.transaction)
    with running(store, enqueuer, []) as runner, store.transaction() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        until(lambda: not enqueuer.alive(runner.owner))
        until(lambda: enqueuer.alive(runner.owner), seconds=20)
    enqueuer.close()
    store.close()


def test_on_sqlite_a_second_process_may_not_run_jobs(sqlite_url: str, tmp_path: Path) -> None:
    store = open_ledger(sqlite_url, busy_seconds=10)
    enqueuer = Enqueuer(store.engine, store.transaction)
    with running(store, enqueuer, []):
        with other_process(sqlite_url, tmp_path) as second:
            assert second.wait(10) == 2
        with pytest.raises(BadSettings, match="one at a time"):
            Runner(store.engine, enqueuer, []).start()
    assert (
        (tmp_path / "said")
        .read_text()
        .startswith(f"Another process runs jobs on {tmp_path / 'imagelane.db'}: on SQLite there is one at a time.")
    )
    with running(store, enqueuer, []):
        pass
    enqueuer.close()
    store.close()


def test_finished_jobs_are_forgotten_and_others_are_not(store: Ledger, enqueuer: Enqueuer) -> None:
    done: list[str] = []
    with running(store, enqueuer, [draw.done_by(done.append)]):
        enqueuer.enqueue_now(drawing("g1"))
        until(lambda: done)
        until(lambda: enqueuer.backlog() == {})
    enqueuer.enqueue_now(show("T1:d2", "d2"))
    now = datetime.now(UTC)
    assert enqueuer.prune(now - timedelta(hours=1)) == 0
    assert enqueuer.prune(now + timedelta(hours=1)) == 1
    assert enqueuer.prune(now + timedelta(hours=1)) == 0
    assert enqueuer.backlog() == {"quick": 1}


def test_without_its_tables_the_runner_says_how_to_make_them(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bare.db'}"
    stores.release(url)
    store = open_ledger(url, busy_seconds=10)
    enqueuer = Enqueuer(store.engine, store.transaction)
    with pytest.raises(StoreUnusable, match="imagelane release"):
        Runner(store.engine, enqueuer, []).start()
    enqueuer.close()
    store.close()
