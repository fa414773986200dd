"""One workspace's folder that can't be written to is told and lifted like the whole one; so is a start that failed."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot import catalog, wiring
from bot.entrypoints.cli import proofs
from bot.entrypoints.cli.checks import Visit, pictures_check
from bot.entrypoints.cli.terminal import left_off
from bot.errors import BadSettings, CantStore
from bot.image_files import ImageFiles
from bot.jobs.enqueuer import Enqueuer
from bot.jobs.runner import Runner
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.ledger.workers import Workers
from bot.playground.people import TEAM
from bot.samples import jobs as samples_jobs
from bot.samples.folder import Folder
from bot.settings import Settings
from tests.entrypoints.test_metrics import scrape
from tests.kit.at_work import AtWork
from tests.kit.books import installed
from tests.kit.waiting import until
from tests.kit.wishes import NOW

pytestmark = pytest.mark.waits


def a_file(place: Path) -> None:
    place.write_bytes(b"a file where a workspace's folder should be")


def a_link(place: Path) -> None:
    place.symlink_to(place.parent.parent)


Breaks = Callable[[Path], None]
either_break = pytest.mark.parametrize("breaks", [a_file, a_link])


def broken_team(folder: Path, breaks: Breaks = a_file, team: str = TEAM) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    breaks(folder / team)
    return folder / team


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def folder(store: Ledger, work: AtWork, told: list[str]) -> Folder:
    return Folder(work.pictures, Workers(store.engine), "imagelane-1", "here:1", told.append, lambda: NOW)


@either_break
def test_K2_R101_a_process_tells_that_one_workspace_has_no_folder_and_when_it_has(
    work: AtWork, folder: Folder, told: list[str], breaks: Breaks
) -> None:
    place = broken_team(work.pictures.folder, breaks)
    assert not folder.can_write()
    assert not folder.can_write()
    (worker,) = Workers(work.store.engine).seen(NOW)
    assert worker.unable is not None
    assert TEAM in worker.unable
    place.unlink()
    assert folder.can_write()
    cannot, can = told
    assert cannot.startswith(f"here:1 can't store pictures in {work.pictures.folder}: its folder {TEAM}: ")
    assert can == "here:1 can store pictures again, and draws."


def test_K2_R101_what_is_no_workspace_stops_nobody(work: AtWork, folder: Folder) -> None:
    broken_team(work.pictures.folder, team="README")
    assert folder.can_write()


def test_K2_R101_a_folder_that_failed_here_counts_whatever_its_name(work: AtWork, folder: Folder) -> None:
    place = broken_team(work.pictures.folder, team="another")
    with pytest.raises(OSError):
        work.pictures.prove("another")
    assert not folder.can_write()
    place.unlink()
    assert folder.can_write()


def test_K2_R101_a_drawing_job_of_a_workspace_without_a_folder_waits_and_is_not_tried_again_and_again(
    work: AtWork, folder: Folder
) -> None:
    place = broken_team(work.pictures.folder)
    drawing = work.placed()
    tries: list[str] = []

    def draw(team_id: str, generation_id: str) -> None:
        tries.append(generation_id)
        work.draw_now(team_id, generation_id)

    with closing(Enqueuer(work.store.engine, work.store.transaction)) as enqueuer:
        runner = Runner(work.store.engine, enqueuer, [samples_jobs.draw.done_by(draw)], None, folder.can_write)
        runner.start()
        try:
            enqueuer.enqueue_now(samples_jobs.drawn(drawing.generations[0]))
            until(lambda: runner.running > 0)
            time.sleep(3)
            assert (len(tries), work.openai.posts, enqueuer.backlog()) == (0, [], {"draw": 1})
            place.unlink()
            until(lambda: work.drawing(drawing).generations[0].state is PictureState.DELIVERED, seconds=30)
            assert len(tries) == 1
        finally:
            runner.stop()


@contextmanager
def built(url: str, settings: Settings) -> Iterator[wiring.House]:
    house = wiring.build(settings, url)
    yield house
    house.enqueuer.close()
    house.quick.close()
    house.store.close()


@either_break
def test_K2_R101_what_draws_does_not_start_where_one_workspace_has_no_folder(
    sqlite_url: str, tmp_path: Path, breaks: Breaks
) -> None:
    broken_team(tmp_path / "pictures", breaks)
    settings = Settings(imagelane_pictures=tmp_path / "pictures")
    with built(sqlite_url, settings) as house:
        with pytest.raises(BadSettings, match=f"no picture can be stored in .*{TEAM}"):
            proofs.prove_worker(house)
        proofs.prove_folder(house, "local")  # a terminal stores in its own
    (check,) = pictures_check(Visit(settings, lambda: NOW, catalog.load(), "", 1))
    assert check.status == "fail"


def test_K2_R101_one_workspace_is_remembered_as_proven_for_some_seconds_too(tmp_path: Path) -> None:
    now = [0.0]
    pictures = ImageFiles(tmp_path / "pictures", lambda: now[0])
    pictures.prove(TEAM)
    assert pictures.unable() is None
    pictures.folder.joinpath(TEAM).rmdir()
    broken_team(pictures.folder)
    assert pictures.unable() is None
    now[0] = 5.0
    assert pictures.unable() is not None


# What did not start


def test_K1_R100_web_says_degraded_and_refuses_when_the_worker_did_not_start(database_url: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_text("no folder")
    with installed(database_url, tmp_path) as house:
        house.start("web")
        assert house.bot.run("worker", IMAGELANE_PICTURES=str(bad)).returncode == 2
        with urllib.request.urlopen(f"{house.bot.url}/readyz", timeout=10) as answer:
            assert json.loads(answer.read()) == {
                "status": "degraded",
                "problems": ["a process can't store pictures"],
            }
        assert scrape(house.bot.url)["imagelane_degraded"] == 1
        refused = "Pictures can't be stored just now: nothing was run or charged. Try again later."
        assert house.ask("a red kite").text == refused
        assert house.lines() == []


def test_K1_R100_what_a_start_told_is_taken_back_by_the_next_that_works(database_url: str, tmp_path: Path) -> None:
    with built(database_url, Settings(imagelane_pictures=tmp_path / "pictures")) as house:
        house.pictures.folder.write_bytes(b"a file where the folder should be")
        for _ in range(2):
            with pytest.raises(BadSettings):
                proofs.prove_worker(house)
        assert [worker.unable for worker in Workers(house.store.engine).seen(house.clock.real())] == ["File exists"]
        house.pictures.folder.unlink()
        proofs.prove_worker(house)
        assert Workers(house.store.engine).seen(house.clock.real()) == ()


# A terminal in the middle of its pictures


def test_K2_R101_a_terminal_that_has_paid_does_not_say_that_nothing_was_charged() -> None:
    with pytest.raises(CantStore) as raised, left_off("what was drawn is shown by `imagelane show ID`"):
        raise CantStore("No space left on device")
    assert raised.value.sentence == (
        "Pictures can't be stored any more: No space left on device. What was paid for before is booked, and nothing "
        "else is run or charged; what was drawn is shown by `imagelane show ID`."
    )
