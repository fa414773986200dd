"""What a call really cost: answers without a picture, bills that differ from the table, answers that come late."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import money
from bot.errors import StoreBusy
from bot.ledger import questions, settlement
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.playground import faults
from bot.playground.people import STUDIO, TEAM
from bot.samples import leases
from bot.samples.studio import LEASE
from tests.kit import cells
from tests.kit import far_openai_trouble as trouble
from tests.kit.at_work import AtWork, at_work, counted, nano
from tests.kit.endings import Ending
from tests.kit.far_openai_trouble import Trouble
from tests.kit.waiting import until
from tests.kit.wishes import at_once

FLARE = "gpt-image-2.5-flare"


@pytest.fixture
def work(quick_store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(quick_store, tmp_path) as work:
        yield work


# R34: a 200 that is no picture

NO_PICTURES = {
    "no data": trouble.no_data(),
    "null": trouble.null_data(),
    "bad base64": trouble.bad_base64(),
    "html page": trouble.page(),
    "nothing at all": trouble.page(b""),
    "0 bytes": trouble.holds(b""),
    "svg": trouble.holds(trouble.SVG),
    "html in its place": trouble.holds(trouble.HTML),
    "60000x60000": trouble.holds(trouble.png_saying(60_000, 60_000)),
}
WITHOUT_USAGE = ("html page", "nothing at all")


def test_R34_an_answer_without_a_picture_is_paid_and_nothing_is_uploaded(work: AtWork) -> None:
    def is_paid(kind: str, answer: Trouble) -> None:
        ending = Ending(work)
        work.openai.next(answer)
        drawing = work.drawn()
        billed = counted(drawing) if kind in WITHOUT_USAGE else nano(str(work.openai.billed_calls()[-1].usd))
        assert ending.of(drawing) == (PictureState.UNUSABLE, billed, 1, False)
        assert (f"The image service sent no usable picture. Billed: {money.booked(billed)}.") in work.said(drawing)
        assert work.uploads() == []
        assert work.pictures.read(TEAM, drawing.generations[0].id) is None

    cells.hold(NO_PICTURES.items(), is_paid)


# R35: the bill differs from the table


def test_R35_a_picture_that_costs_what_the_table_says_surprises_nobody_however_long_its_prompt(work: AtWork) -> None:
    drawing = work.drawn("a red kite over the sea " * 400)
    assert work.told == []
    assert work.ended(drawing)[1] == nano(str(work.openai.billed_usd()))
    ((kind, _, rates),) = work.charges()
    assert kind == "metered"
    assert rates is not None
    assert rates.startswith("standard since 2026-09-08: text in 5.00, image in ")


def test_R35_a_higher_usage_is_booked_as_it_is_and_admins_are_warned_once_an_hour(work: AtWork) -> None:
    work.openai.next(*[trouble.more_usage(2)] * 3)
    drawing = work.drawn()
    billed = nano(str(work.openai.billed_usd()))
    assert billed > drawing.generations[0].reserved_nanousd
    assert work.ended(drawing) == (PictureState.DELIVERED, billed, 1, True)
    ((warning, paused),) = work.told
    assert warning == (
        f"{FLARE} medium 1024x1024 was billed $0.02634 by its own usage, not the $0.01317 expected: "
        "the price table may be out of date."
    )
    assert paused is None
    work.pass_time(minutes=59)
    work.drawn("another")
    assert len(work.told) == 1
    work.pass_time(minutes=1)
    work.drawn("one more")
    assert len(work.told) == 2


def test_R35_the_edge_is_five_per_cent_either_way(work: AtWork) -> None:
    def is_warned_of(image_tokens: int, warned: int) -> None:
        work.pass_time(hours=1)  # a warning comes once an hour
        told = len(work.told)
        usage = {"input_tokens": 3, "output_tokens": image_tokens, "total_tokens": image_tokens + 3}
        work.openai.next(Trouble(True, bend=lambda body: {**body, "usage": usage}))
        drawing = work.drawn()
        assert len(work.told) - told == warned
        assert drawing.generations[0].charged_nanousd == image_tokens * 30_000 + 3 * 5_000

    cells.hold([(439, 0), (460, 0), (461, 1), (418, 0), (417, 1)], is_warned_of)


def test_R35_without_usage_all_that_was_reserved_is_booked(work: AtWork) -> None:
    work.openai.next(trouble.no_usage())
    drawing = work.drawn()
    assert work.ended(drawing) == (PictureState.DELIVERED, counted(drawing), 1, True)
    assert work.told == []


def test_R35_a_model_without_a_published_price_surprises_nobody(work: AtWork) -> None:
    drawing = work.drawn("a red kite", "gpt-image-2.6-flare")
    assert work.ended(drawing) == (PictureState.DELIVERED, nano(str(work.openai.billed_usd())), 1, True)
    assert work.told == []


# R36: late


def test_R36_the_lease_is_renewed_as_long_as_the_call_runs(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path, heartbeat_seconds=0.02) as work:
        drawing = work.placed()
        work.openai.hold()
        (draw,) = work.jobs

        def later() -> None:
            work.openai.wait(lambda: work.openai.in_flight == 1)
            work.pass_time(minutes=9)
            until(lambda: work.lease(drawing) == work.now + LEASE)
            work.pass_time(minutes=9)
            until(lambda: work.lease(drawing) == work.now + LEASE)
            assert work.store.read(questions.lapsed, work.now) == ()
            work.openai.release()

        assert at_once([draw, later]) == [None, None]
        assert work.drawing(drawing).generations[0].state is PictureState.DELIVERED


def test_R36_a_busy_store_does_not_end_the_renewing_and_a_lost_lease_does() -> None:
    answers = iter([True, StoreBusy(), False, True])
    given = []

    def renew() -> bool:
        given.append(next(answers))
        if isinstance(given[-1], StoreBusy):
            raise given[-1]
        return bool(given[-1])

    with leases.kept(renew, every_seconds=0.01):
        until(lambda: len(given) == 3)
        until(lambda: "lease" not in [thread.name for thread in threading.enumerate()])
    assert given[0] is True
    assert given[2] is False


def test_R36_an_answer_after_the_lease_turns_uncertain_into_paid_with_one_correction(
    store: Ledger, tmp_path: Path
) -> None:
    with at_work(store, tmp_path) as work:
        drawing = work.placed()
        work.openai.hold()
        (draw,) = work.jobs

        def later() -> None:
            work.openai.wait(lambda: work.openai.in_flight == 1)
            work.pass_time(minutes=10)
            work.sweep()
            assert work.drawing(drawing).generations[0].state is PictureState.UNCERTAIN
            assert "Perhaps billed: " in work.said(drawing)
            assert work.booked() == (counted(drawing), 0)
            work.openai.release()

        assert at_once([draw, later]) == [None, None]
        drawing = work.drawing(drawing)
        billed = nano(str(work.openai.billed_usd()))
        assert work.ended(drawing) == (PictureState.DELIVERED, billed, 1, True)
        assert [(kind, amount) for kind, amount, _ in work.charges()] == [
            ("assumed", counted(drawing)),
            ("correction", billed - counted(drawing)),
        ]
        assert work.slack.messages(STUDIO) == work.showing() == [work.message(drawing)]


def test_R36_a_message_that_cannot_be_updated_does_not_hold_up_those_of_others(work: AtWork) -> None:
    first = work.placed("one")
    work.pass_time(seconds=1)
    second = work.placed("two")
    for drawing in (first, second):
        work.store.write(settlement.claim, TEAM, drawing.generations[0].id, "gone", work.now, work.now)
    work.slack.fail("chat.update", faults.rate_limited(1), times=5)
    work.sweep()
    assert [work.drawing(one).generations[0].state for one in (first, second)] == [PictureState.UNCERTAIN] * 2
    assert "Perhaps billed: " in work.said(second)
