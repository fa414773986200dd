"""A store that is read and not written: however often a job is repeated meanwhile, Slack sees each thing once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.bench import rows_calls, rows_composites, rows_read
from bot.bench.plan import Bench
from bot.errors import StoreTrouble
from bot.ledger import settlement, workspaces
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, PictureState
from bot.playground import faults
from bot.playground.people import ANA, GUEST, STUDIO, TEAM, UNINVITED
from tests.bench.test_bench_telling import comparisons
from tests.kit.at_work import AtWork, at_work
from tests.kit.benches_made import grid, plan, planned
from tests.kit.clock import moment
from tests.kit.outages import Unwritable, at
from tests.kit.walks import ENDLESS, walked

REPEATS = 5


@pytest.fixture
def work(store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(store, tmp_path, seconds=60.0, slack_seconds=60) as work:
        work.studio = replace(work.studio, alive=lambda owner: owner == work.studio.owner)
        store.write(workspaces.remember, TEAM, "Kites", None)
        yield work


def repeated(job: Callable[[], object], unwritable: Unwritable) -> None:
    """As a job is while the store takes no change, and once more when it does."""
    for _ in range(REPEATS):
        with pytest.raises(StoreTrouble):
            job()
    unwritable.back()
    job()


def posts(work: AtWork) -> int:
    return len(work.slack.calls_of("chat.postMessage"))


def uploads(work: AtWork) -> int:
    return len(work.slack.calls_of("files.completeUploadExternal"))


# A picture's way


def drawn_through(work: AtWork, drawing: Drawing) -> None:
    work.publisher.place(TEAM, drawing.id)
    work.draw_now(TEAM, drawing.generations[0].id)


def stays(_: AtWork) -> None:
    """The picture goes into its message."""


def never_ready(work: AtWork) -> None:
    """Into the thread."""
    work.slack.desk.refusals = 1_000_000


def message_gone(work: AtWork) -> None:
    """To the person."""
    work.slack.fail("chat.update", faults.refused("message_not_found"), faults.FOREVER)


@walked(7)
@pytest.mark.parametrize(
    ("way", "seen"), [(stays, (1, 1)), (never_ready, (1, 2)), (message_gone, (1, 2))], ids=["here", "thread", "person"]
)
def test_K3_R102_K9_R108_wherever_the_store_stops_taking_changes_a_picture_is_placed_and_shown_once(
    work: AtWork, unwritable: Unwritable, way: Callable[[AtWork], None], seen: tuple[int, int], places: range
) -> None:
    """`seen`: posts and uploads; a picture that goes elsewhere is uploaded once more, as the file that is shared."""
    way(work)
    for place in places:
        drawing, before = work.ask(f"kite {place}"), (posts(work), uploads(work))
        with at(work.store.engine, "begin", place, unwritable.away):
            for _ in range(REPEATS):
                try:
                    drawn_through(work, drawing)
                except StoreTrouble:
                    assert unwritable.gone
        finished = not unwritable.gone
        unwritable.back()
        drawn_through(work, drawing)
        assert work.drawing(drawing).generations[0].state is PictureState.DELIVERED
        assert (posts(work) - before[0], uploads(work) - before[1]) == seen
        assert len(work.openai.calls_for(drawing.prompt)) == 1
        if finished:
            return
    raise AssertionError(ENDLESS)


@pytest.mark.parametrize(
    "asked",
    [{"channel_id": UNINVITED}, {"person_id": GUEST}],
    ids=["not a member", "not allowed"],
)
def test_K9_R108_that_nothing_is_drawn_is_told_once(
    work: AtWork, unwritable: Unwritable, asked: dict[str, Any]
) -> None:
    drawing = work.ask(**asked, reply_url=work.reply_url())
    unwritable.away()
    repeated(partial(work.publisher.place, TEAM, drawing.id), unwritable)
    assert len(work.slack.calls_of("response_url")) == 1
    assert work.drawing(drawing).generations[0].state is PictureState.FAILED
    assert work.booked() == (0, 0)


def test_K9_R108_a_token_taken_back_is_told_once_and_ends_the_work_when_that_can_be_written(
    work: AtWork, unwritable: Unwritable
) -> None:
    work.slack.fail("chat.postMessage", faults.refused("token_revoked"), faults.FOREVER)
    drawing = work.ask(reply_url=work.reply_url())
    unwritable.away()
    repeated(partial(work.publisher.place, TEAM, drawing.id), unwritable)
    assert len(work.slack.calls_of("response_url")) == 1
    assert work.drawing(drawing).generations[0].state is PictureState.FAILED
    assert work.store.read(workspaces.known) == []


# A bench


def started(work: AtWork, channel: str = STUDIO) -> Bench:
    bench = planned(work.store, plan(), team_id=TEAM, person_id=ANA, channel_id=channel)
    reply = work.reply_url()
    return work.store.write(
        rows_calls.start, TEAM, bench.id, grid(bench.plan), work.limits, moment(work.now), reply_url=reply
    )[0]


def test_K9_R108_a_bench_has_one_message(work: AtWork, unwritable: Unwritable) -> None:
    bench, before = started(work), posts(work)
    unwritable.away()
    repeated(partial(comparisons(work).begin, TEAM, bench.id), unwritable)
    assert posts(work) - before == 1
    assert work.store.read(rows_read.bench, TEAM, bench.id).message_ts is not None


@pytest.mark.parametrize("revoked", [False, True])
def test_K9_R108_that_a_bench_could_not_begin_is_told_once(work: AtWork, unwritable: Unwritable, revoked: bool) -> None:
    if revoked:
        work.slack.fail("chat.postMessage", faults.refused("token_revoked"), faults.FOREVER)
    bench = started(work, STUDIO if revoked else UNINVITED)
    unwritable.away()
    repeated(partial(comparisons(work).begin, TEAM, bench.id), unwritable)
    assert len(work.slack.calls_of("response_url")) == 1
    assert work.store.read(rows_read.bench, TEAM, bench.id).state is BenchState.CANCELLED
    assert (work.store.read(workspaces.known) == []) is revoked


def test_K9_R108_pictures_of_a_bench_are_brought_once(work: AtWork, unwritable: Unwritable) -> None:
    bench, compared = started(work), comparisons(work)
    compared.begin(TEAM, bench.id)
    first, second, *_ = work.store.read(rows_calls.waiting, TEAM, bench.id)
    for generation_id in (first, second):
        work.studio.call(TEAM, generation_id)
        work.store.write(settlement.delivered, TEAM, generation_id, None, None, work.now)
    unwritable.away()
    repeated(partial(compared.teller.bring, TEAM, bench.id, 0), unwritable)
    assert uploads(work) == 4  # each alone, and both orders
    assert work.store.read(rows_composites.unbrought, TEAM, bench.id, 0) == ()
