"""A picture's way from the wish to its verdict, and what may come between: pauses, a full disk, votes that overtake."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot import money
from bot.ledger import pauses, questions, settlement
from bot.ledger import votes as ledger_votes
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, PictureState
from bot.playground.people import ANA, BEN, STUDIO, TEAM
from bot.providers.demo import MARK, DemoProvider
from bot.samples import priced_images
from bot.samples.blocks import Beside
from bot.samples.jobs import draw_and_deliver
from tests.kit import cells
from tests.kit.at_work import AtWork, at_work, nano, pictured
from tests.kit.clock import moment
from tests.kit.far_openai import Post
from tests.kit.wishes import IMAGE, NOW, PAID, at_once

ROUNDS = pytest.mark.parametrize("rounds", [20, pytest.param(200, marks=pytest.mark.soak)])


@pytest.fixture
def work(quick_store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(quick_store, tmp_path) as work:
        yield work


@pytest.fixture
def either_work(store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    """On each database in turn: one story of a picture, and what races for a row."""
    with at_work(store, tmp_path) as work:
        yield work


def test_two_lanes_are_drawn_into_one_message_each_with_its_price_and_what_is_left(either_work: AtWork) -> None:
    work = either_work
    drawing = work.drawn("a red kite", "budget", "premium")
    assert [one.state for one in drawing.generations] == [PictureState.DELIVERED] * 2
    assert pictured(work.message(drawing)) == [one.file_id for one in drawing.generations]
    billed = nano(str(work.openai.billed_usd()))
    assert work.booked() == (billed, 0)
    left = money.short_usd(work.left(TEAM).left_nanousd, "ROUND_FLOOR")
    assert f"{left} left this month." in work.said(drawing)
    assert len(work.slack.messages()) == 1
    assert (work.told, work.failures) == ([], [])


def test_a_job_that_runs_again_at_the_end_changes_nothing_that_can_be_seen(work: AtWork) -> None:
    drawing = work.drawn()
    before = work.message(drawing).text, pictured(work.message(drawing))
    work.publisher.place(TEAM, drawing.id)
    work.draw(drawing.generations[0])
    assert (work.message(drawing).text, pictured(work.message(drawing))) == before
    assert len(work.openai.posts) == len(work.charges()) == len(work.slack.messages()) == 1


# R15


def shown_for_votes(work: AtWork) -> Drawing:
    """A picture in its message, without the paid call."""
    drawing = work.placed(f"kite {work.count}")
    row = drawing.generations[0]
    work.jobs.clear()
    work.store.write(settlement.claim, TEAM, row.id, "worker-1", NOW, NOW)
    work.store.settle(TEAM, row.id, PAID, moment(NOW))
    work.store.write(settlement.delivered, TEAM, row.id, None, None, NOW)
    return drawing


def press(work: AtWork, drawing: Drawing, person: str, verdict: str) -> None:
    """The vote, and then the job it enqueued."""
    work.store.write(ledger_votes.vote, TEAM, drawing.generations[0].id, person, verdict, None, work.now)
    work.publisher.show(TEAM, drawing.id)


@ROUNDS
def test_R15_keep_and_reject_at_the_same_instant_both_stand_and_the_message_ends_with_both(
    either_work: AtWork, rounds: int
) -> None:
    work = either_work
    drawing = shown_for_votes(work)
    for each in range(1, rounds + 1):
        pair = [(f"U{each}A", "keep"), (f"U{each}B", "reject")]
        assert at_once([partial(press, work, drawing, *one) for one in pair]) == [None, None]
        votes = work.store.read(ledger_votes.standing, TEAM, drawing.generations[0].id)
        assert {(vote.person_id, vote.verdict) for vote in votes} >= set(pair)
        assert ": a tie, so not kept." in work.said(drawing)


def test_R15_an_update_that_was_overtaken_is_made_again(either_work: AtWork) -> None:
    work = either_work
    drawing = shown_for_votes(work)
    looked, overtaken = threading.Event(), threading.Event()

    def slow_gathering(drawing: Drawing, with_budget: bool) -> Beside:
        """Done after the row was read and before the message is written."""
        gathered = work.delivery.beside(drawing, with_budget)
        looked.set()
        assert overtaken.wait(10)
        return gathered

    slow = replace(work.publisher, delivery=replace(work.delivery, beside=slow_gathering))

    def second() -> None:
        assert looked.wait(10)
        press(work, drawing, BEN, "reject")
        overtaken.set()

    work.store.write(ledger_votes.vote, TEAM, drawing.generations[0].id, ANA, "keep", None, work.now)
    assert at_once([lambda: slow.show(TEAM, drawing.id), second]) == [None, None]
    assert ": a tie, so not kept." in work.said(drawing)


# Between the wish and the call


def test_a_pause_between_wish_and_call_ends_it_for_nothing_and_the_message_says_so(work: AtWork) -> None:
    def ends_for_nothing(scope: str) -> None:
        drawing = work.placed()
        work.store.write(pauses.pause, scope, work.now.replace(hour=23), "Sample reason.", work.now)
        work.run()
        work.store.write(pauses.unpause, scope)
        row = work.drawing(drawing).generations[0]
        assert (row.state, row.reason, row.charged_nanousd) == (PictureState.FAILED, "paused", 0)
        assert work.booked() == (0, 0)
        assert work.openai.posts == []
        assert "Paid pictures are paused just now. Nothing was charged." in work.said(drawing)

    cells.hold(["*", "gpt-image-2.5-flare"], ends_for_nothing)


def test_a_wish_is_never_drawn_by_the_other_painter(work: AtWork) -> None:
    def is_not_drawn(demo: bool) -> None:
        drawing = work.placed(demo=demo)
        other = work.studio.provider if demo else DemoProvider()
        draw_and_deliver(replace(work.studio, provider=other), work.publisher, TEAM, drawing.generations[0].id)
        work.jobs.clear()
        row = work.drawing(drawing).generations[0]
        assert (row.state, work.openai.posts, work.booked()) == (PictureState.FAILED, [], (0, 0))
        assert "switched on or off meanwhile. Nothing was charged." in work.said(drawing)

    cells.hold([True, False], is_not_drawn)


# The disk


def test_R45_a_picture_that_cannot_be_written_is_booked_by_its_usage_and_admins_hear_of_it_once(work: AtWork) -> None:
    work.studio = replace(work.studio, sleep=work.slept.append)
    away = work.pictures.folder.with_name("away")

    def break_in_the_call(_: Post) -> None:
        work.pictures.folder.rename(away)
        work.pictures.folder.write_bytes(b"a file where the folder should be")

    work.openai.rule = break_in_the_call
    drawing = work.drawn()
    row = drawing.generations[0]
    billed = nano(str(work.openai.billed_usd()))
    assert (row.state, row.reason, row.charged_nanousd) == (PictureState.UNUSABLE, "not_written", billed)
    assert work.booked() == (billed, 0)
    assert (f"The picture was drawn, but I could not store it. Billed: {money.booked(billed)}.") in work.said(drawing)
    assert sum(work.slept) >= 3600
    held, lost = (told for told, _ in work.told)
    assert held.startswith("A paid picture can't be written: ")
    assert lost.startswith("A paid picture could not be written: ")
    work.draw(row)
    assert len(work.openai.posts) == 1
    work.openai.rule = None
    work.pictures.folder.unlink()
    away.rename(work.pictures.folder)
    assert work.drawn("one more").generations[0].state is PictureState.DELIVERED


# Demo


def test_a_demo_picture_is_marked_costs_nothing_and_counts_nowhere(work: AtWork) -> None:
    drawing = work.ask(images=(IMAGE,), demo=True)
    work.store.write(pauses.pause, "*", work.now.replace(hour=23), "Sample reason.", work.now)
    work.studio = replace(work.studio, provider=DemoProvider())
    work.run()
    drawing = work.drawing(drawing)
    row = drawing.generations[0]
    assert (row.state, row.demo, row.charged_nanousd) == (PictureState.DELIVERED, True, 0)
    assert (work.charges(), work.booked(), work.openai.posts) == ([], (0, 0), [])
    assert "a demo, $0.00" in work.said(drawing)
    assert "in no keep rate or total" in work.said(drawing)
    assert MARK.encode() in (work.pictures.read(TEAM, row.id) or b"")
    work.store.write(ledger_votes.vote, TEAM, row.id, BEN, "keep", None, work.now)
    assert work.store.read(questions.keep_counts, TEAM, drawing.created_at) == ()
    assert work.store.read(questions.person_spend, TEAM, ANA, drawing.created_at) == 0
    assert len(work.showing(STUDIO)) == 1


def test_a_demo_that_fails_or_is_lost_books_nothing_either(work: AtWork) -> None:
    drawing = work.placed(images=priced_images.free((IMAGE,)), demo=True)
    row = drawing.generations[0]
    work.store.write(settlement.claim, TEAM, row.id, "gone", work.now, work.now)
    work.sweep()
    assert work.drawing(drawing).generations[0].state is PictureState.UNCERTAIN
    assert (work.charges(), work.booked()) == ([], (0, 0))
    assert "Nothing was charged." in work.said(drawing)
