"""One paid call and everything the image service can answer: what is booked, what is said, what is never sent again."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import money
from bot.errors import Paused
from bot.ledger import pauses
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.slack.alerts import PAUSED
from tests.kit import cells
from tests.kit import far_openai_trouble as trouble
from tests.kit.at_work import KEY, AtWork, at_work, counted
from tests.kit.endings import Ending
from tests.kit.far_openai_trouble import Trouble
from tests.kit.processes import free_port
from tests.kit.wishes import at_once

FLARE = "gpt-image-2.5-flare"
NOBODY_KNOWS = "A message of the service with sk-canary-0123456789 in it"


@pytest.fixture
def work(quick_store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(quick_store, tmp_path) as work:
        yield work


# R27: the safety system


def test_R27_a_blocked_prompt_is_said_so_and_counted_unless_it_was_stopped_at_the_door(work: AtWork) -> None:
    sentence = "The image service's safety rules refused this prompt."

    def is_said(stage: str) -> None:
        ending = Ending(work)
        work.openai.next(trouble.blocked(stage))
        drawing = work.drawn()
        amount = 0 if stage == "input" else counted(drawing)
        assert ending.of(drawing) == (PictureState.BLOCKED, amount, 1, False)
        perhaps = f"Perhaps billed: {money.booked(amount)}."
        assert f"{sentence} {perhaps if amount else 'Nothing was charged.'}" in work.said(drawing)
        assert work.uploads() == []
        assert work.store.read(pauses.in_force, work.now) == ()

    cells.hold(["input", "output", "unknown"], is_said)


# R28: key or model refused

REFUSALS = {
    "401": trouble.key_rejected(KEY[:13]),
    "403": trouble.forbidden(),
    "404": trouble.model_not_found(FLARE),
    "400 gone": trouble.does_not_exist(FLARE),
}


def test_R28_a_refused_key_or_model_pauses_the_model_for_all_and_costs_nothing(work: AtWork) -> None:
    def pauses_the_model(_name: str, refusal: Trouble) -> None:
        work.pass_time(hours=1)  # admins are told once an hour
        work.told.clear()
        ending = Ending(work)
        work.openai.next(refusal)
        drawing = work.drawn()
        assert ending.of(drawing) == (PictureState.FAILED, 0, 1, False)
        assert "The image service rejected our key or this model. Nothing was charged." in work.said(drawing)
        assert work.told == [(PAUSED["rejected"].format(model=FLARE), FLARE)]
        for minutes in (0, 9.99):
            work.now = drawing.created_at
            work.pass_time(minutes=minutes)
            with pytest.raises(Paused, match="Nothing was charged"):
                work.ask("another", person_id="U2")
        assert work.drawn("a kite", "premium").generations[0].state is PictureState.DELIVERED

    cells.hold(REFUSALS.items(), pauses_the_model)


def test_R28_after_ten_minutes_one_call_tries_and_the_others_wait_for_its_answer(store: Ledger, tmp_path: Path) -> None:
    with at_work(store, tmp_path) as work:
        waiting = [work.placed(f"kite {number}") for number in range(5)]
        draws, work.jobs = list(work.jobs), type(work.jobs)()
        work.openai.next(trouble.key_rejected(KEY[:13]))
        draws[0]()
        work.pass_time(minutes=10)
        work.openai.next(trouble.key_rejected(KEY[:13]))
        assert at_once(draws[1:]) == [None] * 4
        assert len(work.openai.posts) == 2
        assert [work.drawing(drawing).generations[0].state for drawing in waiting] == [PictureState.FAILED] * 5
        assert work.booked() == (0, 0)


def test_R28_the_one_call_that_goes_through_ends_the_pause_for_all(work: AtWork) -> None:
    work.openai.next(trouble.forbidden())
    work.drawn()
    work.pass_time(minutes=10)
    probe = work.placed("the probe")
    with pytest.raises(Paused):
        work.ask("not yet")
    work.run()
    assert work.drawing(probe).generations[0].state is PictureState.DELIVERED
    assert work.drawn("now").generations[0].state is PictureState.DELIVERED


def test_R28_admins_are_told_once_an_hour_however_often_it_is_refused(work: AtWork) -> None:
    for minutes, told in ((0, 1), (10, 1), (49.9, 1), (10.1, 2), (59.9, 2), (60, 3)):
        work.pass_time(minutes=minutes)
        work.openai.next(trouble.forbidden())
        work.drawn()
        assert len(work.told) == told
    assert len(work.openai.posts) == 6


def test_R28_the_text_of_the_service_is_shown_and_logged_nowhere(
    work: AtWork, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    caplog.set_level(logging.INFO)
    work.openai.next(trouble.error(401, "invalid_api_key", NOBODY_KNOWS))
    drawing = work.drawn("a canary in the prompt")
    assert work.ended(drawing)[0] is PictureState.FAILED
    for text in (caplog.text, work.slack_heard(), str(work.told), str(work.store.read(pauses.in_force, work.now))):
        assert "canary-" not in text
        assert "A message of the service" not in text
    assert "canary" not in caplog.text


# R29 to R31: busy, out of money, broken


def test_R29_a_rate_limit_is_waited_out(work: AtWork) -> None:
    work.openai.next(*[trouble.rate_limited(7)] * 3)
    drawing = work.drawn()
    assert work.waited == [7, 7, 7]
    assert work.ended(drawing) == (PictureState.DELIVERED, drawing.generations[0].charged_nanousd, 4, True)
    assert len(work.openai.billed_calls()) == 1


LASTING = [
    (trouble.rate_limited(7), [7, 7, 7]),
    (trouble.slow_down(25), [25, 25]),
    (trouble.rate_limited(61), []),
    (trouble.rate_limited(1, "other_limit"), []),
]


def test_R29_a_rate_limit_that_lasts_ends_as_busy_for_nothing(work: AtWork) -> None:
    def ends_as_busy(refusal: Trouble, waited: list[float]) -> None:
        work.waited.clear()
        ending = Ending(work)
        work.openai.rule = lambda _: refusal
        drawing = work.drawn()
        assert work.waited == waited
        assert ending.of(drawing) == (PictureState.FAILED, 0, len(waited) + 1, False)
        assert "The image service stayed busy" in work.said(drawing)
        assert "Nothing was charged." in work.said(drawing)

    cells.hold(LASTING, ends_as_busy)


MONEY = [
    "insufficient_quota",
    "credit_balance_exhausted",
    "project_spend_limit_exceeded",
    "organization_spend_limit_exceeded",
]


def test_R30_without_money_there_is_one_post_and_everything_is_paused_until_it_is_lifted(work: AtWork) -> None:
    def pauses_everything(code: str) -> None:
        work.pass_time(hours=1)  # admins are told once an hour
        work.told.clear()
        ending, posts = Ending(work), len(work.openai.posts)
        work.openai.next(trouble.out_of_money(code))
        drawing = work.drawn()
        assert ending.of(drawing) == (PictureState.FAILED, 0, 1, False)
        assert "Our image account has no money left or is at its limit. Nothing was charged." in work.said(drawing)
        assert work.told == [(PAUSED["no_money"], "*")]
        for lane in ("budget", "premium", "legacy"):
            with pytest.raises(Paused, match="no money left"):
                work.ask("another", lane)
        work.store.write(pauses.unpause, "*")
        work.openai.next(trouble.out_of_money(code))
        work.drawn("another", "premium")
        assert (len(work.openai.posts) - posts, len(work.told), work.waited) == (2, 1, [])
        work.store.write(pauses.unpause, "*")

    cells.hold(MONEY, pauses_everything)


def test_R30_after_ten_minutes_a_wish_for_two_lanes_is_let_in_and_one_of_them_tries(work: AtWork) -> None:
    work.openai.next(trouble.out_of_money())
    work.drawn()
    work.pass_time(minutes=10)
    work.openai.next(trouble.out_of_money())
    drawing = work.drawn("a red kite", "budget", "premium")
    assert [one.reason for one in drawing.generations] == ["no_money", "paused"]
    assert len(work.openai.posts) == 2
    assert work.booked() == (0, 0)
    work.pass_time(minutes=10)
    drawing = work.drawn("a red kite", "budget", "premium")
    assert [one.state for one in drawing.generations] == [PictureState.DELIVERED] * 2


def test_R31_a_broken_service_is_perhaps_billed_and_may_be_tried_again_by_a_button(work: AtWork) -> None:
    def is_perhaps_billed(status: int) -> None:
        ending = Ending(work)
        work.openai.next(trouble.broken(status))
        drawing = work.drawn()
        assert ending.of(drawing) == (PictureState.UNCERTAIN, counted(drawing), 1, False)
        ((_, button),) = work.message(drawing).elements("sample.retry")
        assert (button["text"]["text"], button["value"]) == ("Try again", drawing.generations[0].id)
        work.draw(drawing.generations[0])
        assert ending.of(drawing) == (PictureState.UNCERTAIN, counted(drawing), 1, False)

    cells.hold([500, 502, 503], is_perhaps_billed)


# R32, R33: no answer, no connection


def test_R32_without_a_whole_answer_it_is_counted_and_not_tried_again(work: AtWork) -> None:
    def is_counted(_name: str, fault: Trouble) -> None:
        ending = Ending(work)
        work.openai.next(fault)
        drawing = work.drawn()
        assert ending.of(drawing) == (PictureState.UNCERTAIN, counted(drawing), 1, False)
        assert f"No answer in time. Perhaps billed: {money.booked(counted(drawing))}." in work.said(drawing)
        assert money.booked(counted(drawing)).startswith("$0.013")
        work.draw(drawing.generations[0])
        assert (ending.of(drawing)[2], work.waited) == (1, [])
        assert work.uploads() == []

    cells.hold([("connection cut", trouble.lost()), ("body cut", trouble.half_body())], is_counted)


def test_R32_a_time_out_is_counted_and_not_tried_again(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path, seconds=0.3) as work:
        work.openai.next(trouble.hangs())
        drawing = work.drawn()
        assert work.ended(drawing) == (PictureState.UNCERTAIN, counted(drawing), 1, False)
        assert "No answer in time. Perhaps billed: $0.013" in work.said(drawing)


def test_R33_without_a_connection_it_is_asked_three_times_and_costs_nothing(
    quick_store: Ledger, tmp_path: Path
) -> None:
    with at_work(quick_store, tmp_path, base_url=f"http://127.0.0.1:{free_port()}/v1") as work:
        drawing = work.drawn()
        assert work.waited == [1, 2]
        assert work.ended(drawing) == (PictureState.FAILED, 0, 0, False)
        assert "could not be reached. Nothing was charged." in work.said(drawing)
