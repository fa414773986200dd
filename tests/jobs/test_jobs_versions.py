"""Jobs through an upgrade: two versions side by side, what the older one left, and what a process does not know."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.entrypoints.cli import processes
from bot.jobs.enqueuer import Enqueuer
from bot.jobs.runner import Runner
from bot.ledger.ledger import Ledger, open_ledger
from bot.settings import Settings
from tests.kit import forked, job_kinds, older_runner, runner_process
from tests.kit.forked import Running
from tests.kit.job_kinds import draw, drawing, show
from tests.kit.waiting import until

pytestmark = pytest.mark.waits


@pytest.fixture
def enqueuer(store: Ledger) -> Iterator[Enqueuer]:
    with closing(Enqueuer(store.engine, store.transaction)) as made:
        yield made


@contextmanager
def process(live: object, url: str, folder: Path, *more: object) -> Iterator[Running]:
    folder.mkdir()
    begun = forked.begin(live, url, folder, *more)  # type: ignore[arg-type]
    try:
        until(lambda: (folder / "owner").exists() or begun.poll() is not None, seconds=30)
        assert begun.poll() is None, (folder / "said").read_text()
        yield begun
    finally:
        begun.kill()
        begun.wait()


@contextmanager
def running(store: Ledger, enqueuer: Enqueuer, done: list[str]) -> Iterator[None]:
    handlers = (draw.done_by(done.append), show.done_by(lambda *args: done.append(args[0])))
    runner = Runner(store.engine, enqueuer, handlers)
    runner.start()
    try:
        yield
    finally:
        runner.stop()


def lines(folder: Path, name: str) -> list[str]:
    file = folder / name
    return file.read_text().splitlines() if file.exists() else []


def test_what_an_older_version_queued_runs_under_this_one_and_is_the_same_job(
    store: Ledger, enqueuer: Enqueuer, database_url: str
) -> None:
    older_runner.enqueue(database_url, "draw", "T1:g1", ("g1",))
    older_runner.enqueue(database_url, "show", "T1:d1", ("d1",))
    enqueuer.enqueue_now(drawing("g1"))  # as the sweep does, or a request that Slack repeats
    enqueuer.enqueue_now(show("T1:d1", "d1"))
    done: list[str] = []
    with running(store, enqueuer, done):
        until(lambda: enqueuer.backlog() == {})
    assert sorted(done) == ["d1", "g1"]


def test_what_an_older_version_was_at_work_on_when_it_died_goes_on_under_this_one(
    store: Ledger, enqueuer: Enqueuer, database_url: str, tmp_path: Path
) -> None:
    older_runner.enqueue(database_url, "draw", "T1:long", ("long",))
    with process(older_runner.live, database_url, tmp_path / "older"):
        until(lambda: lines(tmp_path / "older", "older"))
    done: list[str] = []
    with running(store, enqueuer, done):
        until(lambda: enqueuer.take_over() + enqueuer.adopt() >= 0 and done == ["long"])


def test_two_versions_side_by_side_fail_no_job_and_run_none_twice(postgres_url: str, tmp_path: Path) -> None:
    """The older one would fail a job of a new name: it never gets one."""
    older, newer = tmp_path / "older", tmp_path / "newer"
    with (
        closing(open_ledger(postgres_url, busy_seconds=10)) as store,
        closing(Enqueuer(store.engine, store.transaction)) as enqueuer,
        process(older_runner.live, postgres_url, older),
        process(runner_process.live_and_work, postgres_url, newer),
    ):
        for number in range(10):
            older_runner.enqueue(postgres_url, "show", f"T1:o{number}", (f"o{number}",))
            enqueuer.enqueue_now(show(f"T1:n{number}", f"n{number}"))
            enqueuer.enqueue_now(drawing(f"g{number}"))
        until(lambda: enqueuer.backlog() == {}, seconds=30)
    by_older, by_newer = lines(older, "older"), lines(newer, "done")
    assert lines(older, "failed") == []
    assert {line.split()[1] for line in by_older} <= {f"o{number}" for number in range(10)}
    done = [line.split()[-1] for line in (*by_older, *by_newer)]
    assert Counter(done) == Counter(f"{kind}{number}" for kind in "ong" for number in range(10))


def test_a_release_alone_takes_no_job_from_the_workers_that_run(
    store: Ledger, enqueuer: Enqueuer, database_url: str, tmp_path: Path
) -> None:
    older_runner.enqueue(database_url, "show", "T1:d1", ("d1",))
    processes.make_store(Settings(database_url=SecretStr(database_url)))
    with process(older_runner.live, database_url, tmp_path / "older"):
        until(lambda: lines(tmp_path / "older", "older") == ["show d1"], seconds=30)


def test_what_older_processes_hand_in_after_their_worker_ended_is_run_too(
    store: Ledger, enqueuer: Enqueuer, database_url: str
) -> None:
    done: list[str] = []
    with running(store, enqueuer, done):
        older_runner.enqueue(database_url, "show", "T1:d1", ("d1",))
        until(lambda: done == ["d1"], seconds=30)


@pytest.mark.parametrize("before", ["", "sooner"], ids=["by its name", "with so many arguments"])
def test_a_job_a_process_does_not_know_is_put_back_and_done_by_one_that_does(
    store: Ledger, enqueuer: Enqueuer, database_url: str, tmp_path: Path, before: str
) -> None:
    unknown = job_kinds.later("T1:d1", "d1", "more")
    with process(runner_process.live_and_work, database_url, tmp_path / "before", before):
        enqueuer.enqueue_now(unknown)
        until(lambda: "is unknown" in (tmp_path / "before/said").read_text())
        time.sleep(4)  # it gets it again, after 1 s and 2 s
        until(lambda: enqueuer.backlog() == {"quick": 1})  # for a moment it is there twice, while it is put back
        enqueuer.enqueue_now(unknown)  # the same job still
        until(lambda: enqueuer.backlog() == {"quick": 1})
    with process(runner_process.live_and_work, database_url, tmp_path / "after", "later"):
        until(lambda: enqueuer.take_over() >= 0 and enqueuer.backlog() == {}, seconds=30)
    said = (tmp_path / "before/said").read_text()
    assert (said.count("is unknown"), said.count("failed")) == (1, 0)
    assert lines(tmp_path / "before", "done") == []
    assert lines(tmp_path / "after", "done") == ["d1"]


def test_beside_one_that_knows_it_an_unknown_job_is_done_once(postgres_url: str, tmp_path: Path) -> None:
    with (
        closing(open_ledger(postgres_url, busy_seconds=10)) as store,
        closing(Enqueuer(store.engine, store.transaction)) as enqueuer,
        process(runner_process.live_and_work, postgres_url, tmp_path / "before"),
        process(runner_process.live_and_work, postgres_url, tmp_path / "after", "later"),
    ):
        for number in range(10):
            enqueuer.enqueue_now(job_kinds.later(f"T1:d{number}", f"d{number}"))
        until(lambda: enqueuer.backlog() == {}, seconds=60)
    assert "failed" not in (tmp_path / "before/said").read_text()
    assert sorted(lines(tmp_path / "after", "done")) == [f"d{number}" for number in range(10)]
