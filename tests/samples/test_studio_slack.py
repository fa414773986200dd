"""A picture's way to its channel when Slack is slow, broken or closed: paid once, shown once, never lost."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from bot.ledger import questions
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, PictureState
from bot.playground import faults
from bot.playground.faults import Fault
from bot.playground.people import ANA, DM_OF_ANA, DM_OF_TWO, STUDIO, UNINVITED
from tests.kit import cells
from tests.kit.at_work import AtWork, at_work
from tests.kit.endings import Ending

INVITE = "Nothing was charged. Invite me with /invite @imagelane, or ask in our direct message."
SPARE = "If this does not change in 10 minutes it was interrupted."


@pytest.fixture
def work(quick_store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(quick_store, tmp_path) as work:
        yield work


# R19 and the first message


def test_where_it_cannot_post_nothing_is_drawn_and_the_person_is_told_how_to_mend_it(work: AtWork) -> None:
    def is_told(channel: str) -> None:
        drawing = work.drawn(channel_id=channel, reply_url=work.slack.desk.new_reply_url("commands", channel, ANA))
        assert (drawing.generations[0].state, drawing.generations[0].reason) == (PictureState.FAILED, "cannot_post")
        assert work.booked() == (0, 0)
        told = work.slack.ephemerals(channel=channel)
        assert [(each.only_for, each.text) for each in told] == [(ANA, INVITE)]
        assert (work.openai.posts, work.slack.messages()) == ([], [])

    cells.hold([UNINVITED, DM_OF_TWO], is_told)
    assert len(work.slack.ephemerals()) == 2


def used_up(work: AtWork, url: str) -> None:
    work.slack.desk.reply_urls[url].uses = 5


def expired(work: AtWork, url: str) -> None:
    work.slack.desk.expire(url)


def test_R19_a_response_url_that_is_gone_falls_back_to_a_whisper_and_then_to_a_direct_message(work: AtWork) -> None:
    def told(channel: str) -> list[str]:
        found = work.slack.ephemerals(ANA, STUDIO) if channel == STUDIO else work.slack.messages(DM_OF_ANA)
        return [each.text for each in found]

    def falls_back(gone: Callable[[AtWork, str], None], channel: str) -> None:
        before = len(told(channel))
        url = work.slack.desk.new_reply_url("commands", channel, ANA)
        gone(work, url)
        if channel == STUDIO:
            work.slack.fail("chat.postMessage", faults.refused("restricted_action"))
        drawing = work.drawn(channel_id=channel, reply_url=url)
        assert told(channel)[before:] == [INVITE]
        assert drawing.generations[0].state is PictureState.FAILED
        assert work.booked() == (0, 0)

    cells.hold(product([used_up, expired], [UNINVITED, STUDIO]), falls_back)


def test_a_mention_in_a_channel_it_may_not_post_to_is_answered_in_a_direct_message(work: AtWork) -> None:
    work.drawn(channel_id=UNINVITED)
    assert [each.text for each in work.slack.messages(DM_OF_ANA)] == [INVITE]


# R20: 429


def test_R20_a_rate_limit_is_waited_out_and_nothing_is_paid_again(work: AtWork) -> None:
    def is_waited_out(asked: int | str | None, slept: float) -> None:
        work.slept.clear()
        ending = Ending(work)
        work.slack.fail("chat.update", faults.rate_limited(asked))
        drawing = work.drawn()
        assert work.slept == [slept]
        shown_once(ending, drawing)

    cells.hold([(1, 1), (30, 30), (None, 1), ("abc", 1), (99999, 60)], is_waited_out)


def shown_once(ending: Ending, drawing: Drawing) -> None:
    """And paid once."""
    state, _, posts, pictured = ending.of(drawing)
    assert (state, posts, pictured) == (PictureState.DELIVERED, 1, True)
    assert ending.charges() == 1
    assert [message.ts for message in ending.shown()] == [drawing.message_ts]


def test_R20_after_five_rate_limits_it_stays_paid_and_is_shown_when_it_is_taken_up_again(work: AtWork) -> None:
    work.slack.fail("chat.update", faults.rate_limited(99999), times=5)
    drawing = work.drawn()
    assert (work.slept, work.failures) == ([60] * 4, ["ratelimited"])
    assert drawing.generations[0].state is PictureState.PAID
    work.pass_time(minutes=2)
    (stuck,) = work.store.read(questions.stuck, work.now)
    work.draw(stuck)
    assert work.drawing(drawing).generations[0].state is PictureState.DELIVERED
    assert len(work.openai.posts) == len(work.charges()) == 1
    assert work.showing() == [work.message(drawing)]


def test_R20_a_placeholder_that_slack_keeps_putting_off_charges_nothing_and_the_person_is_told(work: AtWork) -> None:
    work.slack.fail("chat.postMessage", faults.rate_limited(1), times=5)
    drawing = work.drawn(reply_url=work.reply_url())
    assert (drawing.generations[0].state, work.booked(), work.openai.posts) == (PictureState.FAILED, (0, 0), [])
    (told,) = work.slack.ephemerals(ANA)
    assert told.text.startswith("Slack did not confirm my message, so I drew nothing. Nothing was charged.")


# R21: lost answers


LOST = {
    "accepted, then the connection drops": faults.lost(),
    "dropped before it was done": faults.lost(worked=False),
    "500 although it was done": faults.broken(500, worked=True),
    "500": faults.broken(500),
    "503 although it was done": faults.broken(503, worked=True),
    "503": faults.broken(503),
}


def test_R21_a_placeholder_whose_answer_was_lost_may_be_there_twice_and_the_picture_once(work: AtWork) -> None:
    def may_be_there_twice(_name: str, fault: Fault) -> None:
        ending, before = Ending(work), {message.ts for message in work.slack.messages()}
        work.slack.fail("chat.postMessage", fault)
        drawing = work.drawn()
        shown_once(ending, drawing)
        spare = [each for each in work.slack.messages() if each.ts not in before | {drawing.message_ts}]
        assert len(spare) == int(fault.worked)
        assert all(SPARE in each.text and SPARE in str(each.blocks) for each in spare)

    cells.hold(LOST.items(), may_be_there_twice)


def test_R21_a_read_time_out_is_no_second_picture_either(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path, slack_seconds=1) as work:
        work.slack.fail("chat.postMessage", faults.hangs())
        drawing = work.drawn()
        assert work.showing() == [work.message(drawing)]
        assert len(work.slack.messages()) == 2


def test_R21_a_placeholder_that_is_never_confirmed_charges_nothing_and_the_person_is_told(work: AtWork) -> None:
    work.slack.fail("chat.postMessage", faults.lost(), times=3)
    drawing = work.drawn(reply_url=work.reply_url())
    assert drawing.generations[0].state is PictureState.FAILED
    assert work.booked() == (0, 0)
    assert len(work.slack.messages()) == 3
    assert all(SPARE in each.text for each in work.slack.messages())
    (told,) = work.slack.ephemerals(ANA)
    assert told.text == (
        "Slack did not confirm my message, so I drew nothing. Nothing was charged. Try again in a moment."
    )


UPLOADS = ["files.getUploadURLExternal", "upload", "files.completeUploadExternal", "chat.update"]


def test_R21_a_lost_answer_on_the_way_up_shows_the_picture_once_all_the_same(work: AtWork) -> None:
    def is_shown_once(step: str, name: str) -> None:
        ending = Ending(work)
        work.slack.fail(step, LOST[name])
        shown_once(ending, work.drawn())

    cells.hold(product(UPLOADS, LOST), is_shown_once)


def test_R21_when_slack_stays_broken_it_stays_paid_and_is_shown_once_later(work: AtWork) -> None:
    def is_shown_later(step: str) -> None:
        ending = Ending(work)
        work.slack.fail(step, faults.lost(), times=3)
        drawing = work.drawn()
        assert drawing.generations[0].state is PictureState.PAID
        work.pass_time(minutes=2)
        (stuck,) = work.store.read(questions.stuck, work.now)
        work.draw(stuck)
        shown_once(ending, work.drawing(drawing))

    cells.hold(["files.completeUploadExternal", "chat.update"], is_shown_later)
