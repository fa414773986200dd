"""The order of a paid answer: whatever fails, and wherever, its picture is on the disk or it was never paid for."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.errors import CantStore, StoreTrouble
from bot.ledger import holds, settlement, workspaces
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Drawing, Generation, PictureState
from bot.playground import faults
from bot.playground.people import TEAM
from bot.slack.failures import PostFailed
from tests.kit import far_openai_trouble as trouble
from tests.kit.at_work import AtWork, at_work
from tests.kit.outages import MOMENTS, Moment, Outage, at
from tests.kit.walks import ENDLESS, MOST_PLACES, walked


@pytest.fixture
def away_store(outage: Outage) -> Iterator[Ledger]:
    with closing(open_ledger(outage.url, busy_seconds=1)) as store:
        yield store


def row(work: AtWork, drawing: Drawing) -> Generation:
    return work.drawing(drawing).generations[0]


def paid_and_kept(work: AtWork, drawing: Drawing) -> bool:
    """False: never paid for. A call that was paid and whose picture is not there fails the test."""
    calls = work.openai.billed_for(drawing.prompt)
    kept = work.pictures.read(TEAM, drawing.generations[0].id) is not None
    assert len(calls) == kept
    return kept


def whole(work: AtWork, drawing: Drawing) -> None:
    """Shown, called once, charged once, as billed."""
    ended = row(work, drawing)
    assert ended.state is PictureState.DELIVERED
    assert len(work.openai.calls_for(drawing.prompt)) == 1
    (billed,) = work.openai.billed_for(drawing.prompt)
    assert ended.charged_nanousd == int(billed.usd * 1_000_000_000)
    assert work.store.read(holds.differences) == []


def drawn_again(work: AtWork, drawing: Drawing, times: int = 3) -> None:
    """As the job is repeated while the process lives."""
    for _ in range(times):
        try:
            return work.draw_now(TEAM, drawing.generations[0].id)
        except (StoreTrouble, CantStore, PostFailed):
            continue
    raise AssertionError("the job never came to its end")


# The store


@walked(3)
@pytest.mark.parametrize("moment", MOMENTS)
def test_R44_wherever_the_database_goes_away_a_paid_picture_is_on_the_disk_and_shown_once_it_is_back(
    away_store: Ledger, outage: Outage, tmp_path: Path, moment: Moment, places: range
) -> None:
    with at_work(away_store, tmp_path, seconds=60.0, slack_seconds=60) as work:
        work.studio = replace(work.studio, alive=lambda owner: owner == work.studio.owner)
        for place in places:
            drawing = work.placed(f"kite {place}")
            with at(away_store.engine, moment, place, outage.away):
                try:
                    work.draw_now(TEAM, drawing.generations[0].id)
                except StoreTrouble:
                    assert outage.gone
                finished = not outage.gone
                paid_and_kept(work, drawing)
                outage.back()
            drawn_again(work, drawing)
            whole(work, drawing)
            if finished:
                return
    raise AssertionError(ENDLESS)


def test_K3_R102_a_repeated_job_goes_on_at_once_with_the_picture_of_its_living_owner(
    away_store: Ledger, outage: Outage, tmp_path: Path
) -> None:
    with at_work(away_store, tmp_path, seconds=60.0, slack_seconds=60) as work:
        work.studio = replace(work.studio, alive=lambda _: True)
        drawing = work.placed()
        work.openai.rule = lambda _: outage.away()
        with pytest.raises(StoreTrouble):
            work.draw_now(TEAM, drawing.generations[0].id)
        assert work.pictures.read(TEAM, drawing.generations[0].id) is not None
        outage.back()
        assert row(work, drawing).state is PictureState.CALLING
        work.draw(drawing.generations[0])
        whole(work, drawing)


def test_K3_R102_what_a_call_without_a_picture_came_to_is_booked_when_the_store_is_back(
    away_store: Ledger, outage: Outage, tmp_path: Path
) -> None:
    """Surely not billed: it must not become perhaps billed because the store was away."""
    with at_work(away_store, tmp_path, seconds=60.0, slack_seconds=60) as work:
        work.studio = replace(work.studio, alive=lambda _: True)
        drawing = work.placed()

        def refuse(_: object) -> trouble.Trouble:
            outage.away()
            return trouble.blocked("input")

        work.openai.rule = refuse
        with pytest.raises(StoreTrouble):
            work.draw_now(TEAM, drawing.generations[0].id)
        outage.back()
        work.draw(drawing.generations[0])
        assert (row(work, drawing).state, work.booked()) == (PictureState.BLOCKED, (0, 0))


def test_K3_R102_a_call_of_a_living_owner_without_a_picture_is_left_to_it(work: AtWork) -> None:
    work.studio = replace(work.studio, alive=lambda _: True)
    drawing = work.placed()
    work.store.write(settlement.claim, TEAM, drawing.generations[0].id, "worker-2", work.now, work.now)
    work.draw(drawing.generations[0])
    assert (row(work, drawing).state, work.openai.posts) == (PictureState.CALLING, [])


# The disk


@dataclass
class Disk:
    """Every opening, renaming, making and removing below a folder is counted; the one of that number fails."""

    folder: str = "\0"
    fails: int = 0
    done: int = 0

    def look(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in ("open", "os.rename", "os.mkdir", "os.remove") or not str(arguments[0]).startswith(self.folder):
            return
        self.done += 1
        if self.done == self.fails:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


DISK = Disk()
sys.addaudithook(DISK.look)  # for good: it can't be taken out again


@contextmanager
def failing(folder: Path, number: int) -> Iterator[None]:
    DISK.folder, DISK.fails, DISK.done = str(folder), number, 0
    try:
        yield
    finally:
        DISK.folder = "\0"


def test_R45_whichever_step_on_the_disk_fails_the_picture_is_kept_or_was_never_paid_for(work: AtWork) -> None:
    for step in range(1, MOST_PLACES):
        drawing = work.placed(f"kite {step}")
        with failing(work.pictures.folder, step):
            try:
                work.draw_now(TEAM, drawing.generations[0].id)
            except CantStore:
                assert work.openai.calls_for(drawing.prompt) == []
            came_to = DISK.done
        paid_and_kept(work, drawing)
        drawn_again(work, drawing)
        whole(work, drawing)
        if came_to < step:
            return
    raise AssertionError(ENDLESS)


def test_K2_R101_a_picture_that_comes_while_the_folder_is_gone_is_held_and_written_when_it_is_back(
    work: AtWork,
) -> None:
    away, folder = work.pictures.folder.with_name("away"), work.pictures.folder

    def lose(_: object) -> None:
        folder.rename(away)
        folder.write_bytes(b"a file where the folder should be")

    def mend(seconds: float) -> None:
        work.slept.append(seconds)
        if len(work.slept) == 3:
            folder.unlink()
            away.rename(folder)

    work.openai.rule = lose
    work.studio = replace(work.studio, sleep=mend)
    drawing = work.drawn()
    whole(work, drawing)
    assert paid_and_kept(work, drawing)
    ((told, _),) = work.told
    assert told.startswith("A paid picture can't be written: ")


# Slack


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal", "chat.update"]
)
@pytest.mark.parametrize(
    "fault",
    [faults.broken(500), faults.lost(), faults.refused("channel_not_found"), faults.refused("token_revoked")],
    ids=["broken", "lost", "channel_not_found", "token_revoked"],
)
def test_whatever_slack_answers_a_paid_picture_is_on_the_disk_and_booked(
    work: AtWork, method: str, fault: faults.Fault
) -> None:
    drawing = work.placed()
    work.slack.fail(method, fault, times=faults.FOREVER)
    work.run()
    assert paid_and_kept(work, drawing)
    assert row(work, drawing).state in (PictureState.PAID, PictureState.DELIVERED)
    (billed,) = work.openai.billed_for(drawing.prompt)
    assert work.booked() == (int(billed.usd * 1_000_000_000), 0)
    work.slack.heal()
    work.store.write(workspaces.start, TEAM)
    drawn_again(work, drawing)
    whole(work, drawing)


# The claim


def test_a_call_is_never_made_by_two_jobs_of_one_claim(work: AtWork) -> None:
    """The key of a claim that was not answered is taken out before it is used."""
    drawing = work.placed()
    one = drawing.generations[0]
    work.studio.claims[(TEAM, one.id)] = "key"
    work.store.write(settlement.claim, TEAM, one.id, work.studio.owner, work.now, work.now, "key")
    work.studio = replace(work.studio, alive=lambda _: True)
    work.draw(one)
    work.draw(one)
    assert len(work.openai.posts) == 1
