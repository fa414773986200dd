"""Where a picture goes that can't stand in its message: the thread, the person, nowhere yet; once, and never lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import Paused
from bot.ledger import questions, votes, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.playground import faults
from bot.playground.faults import FOREVER, Fault
from bot.playground.people import ANA, BEN, BOT_USER, DM_OF_ANA, STUDIO, TEAM
from tests.kit.at_work import AtWork, at_work, pictured


@pytest.fixture
def work(quick_store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(quick_store, tmp_path) as work:
        yield work


# R22: the file is not ready for a block


def in_the_thread(work: AtWork) -> list[str | None]:
    return [each.thread_ts for each in work.slack.messages(STUDIO) if each.files]


def test_R22_a_file_that_is_not_ready_is_waited_for(work: AtWork) -> None:
    work.slack.desk.refusals = 5
    drawing = work.drawn()
    assert work.slept == [1, 2, 4, 8, 16]
    assert len(pictured(work.message(drawing))) == 1
    assert in_the_thread(work) == []


def test_R22_a_file_that_never_gets_ready_is_shared_in_the_thread_once_and_the_message_says_so(work: AtWork) -> None:
    work.slack.desk.refusals = 1000
    drawing = work.drawn()
    assert work.slept == [1, 2, 4, 8, 16]
    assert in_the_thread(work) == [drawing.message_ts]
    assert pictured(work.message(drawing)) == []
    assert "It is in the thread below." in work.said(drawing)
    row = drawing.generations[0]
    assert (row.state, row.reason) == (PictureState.DELIVERED, "thread")
    work.store.write(votes.vote, TEAM, row.id, BEN, "keep", None, work.now)
    work.publisher.show(TEAM, drawing.id)
    work.draw(row)
    assert len(in_the_thread(work)) == 1
    assert work.slept == [1, 2, 4, 8, 16]
    assert "'Kept by '" in work.said(drawing)
    assert "It is in the thread below." in work.said(drawing)


def test_R22_each_lane_goes_to_the_thread_once_and_those_that_stood_in_the_message_stay(work: AtWork) -> None:
    drawing = work.ask("a red kite", "budget", "premium", "legacy")
    work.jobs.popleft()()
    work.jobs.popleft()()
    work.slack.desk.refusals = 1000
    work.run()
    drawing = work.drawing(drawing)
    assert [one.reason for one in drawing.generations] == [None, "thread", "thread"]
    assert pictured(work.message(drawing)) == [drawing.generations[0].file_id]
    assert in_the_thread(work) == [drawing.message_ts] * 2


def test_R22_a_vote_meanwhile_updates_the_message_without_the_new_picture_and_shares_nothing(work: AtWork) -> None:
    drawing = work.placed("a red kite", "budget", "premium")
    work.jobs.popleft()()
    work.slack.desk.refusals = 1000
    work.slack.fail("chat.update", faults.rate_limited(1), times=5)
    work.run()
    first, second = work.drawing(drawing).generations
    assert (second.state, second.file_id is None) == (PictureState.PAID, False)
    work.store.write(votes.vote, TEAM, first.id, BEN, "keep", None, work.now)
    work.publisher.show(TEAM, drawing.id)
    assert pictured(work.message(drawing)) == [first.file_id]
    assert "'Kept by '" in work.said(drawing)
    assert "Drawn; the picture is on its way here." in work.said(drawing)
    assert in_the_thread(work) == []
    work.draw(second)
    assert in_the_thread(work) == [drawing.message_ts]
    assert work.drawing(drawing).generations[1].state is PictureState.DELIVERED


# R23


def test_R23_a_share_that_shares_nothing_leaves_the_picture_to_be_had_by_direct_message(work: AtWork) -> None:
    work.slack.desk.refusals = 1000
    work.slack.fail("files.completeUploadExternal", faults.unshared(), times=2)
    drawing = work.drawn()
    row = drawing.generations[0]
    assert work.showing() == []
    assert row.state is PictureState.DELIVERED
    work.publisher.hand(TEAM, row.id, BEN)
    (handed,) = work.showing()
    assert work.slack.workspace.channels[handed.channel].members == {BEN, BOT_USER}
    assert work.slack.workspace.files[handed.files[0]].data == work.pictures.read(TEAM, row.id)
    assert len(work.openai.posts) == len(work.charges()) == 1
    assert work.booked() == (row.charged_nanousd, 0)


# R24: the channel or the message is gone


def archived(work: AtWork) -> None:
    work.slack.workspace.change_channel(STUDIO, is_archived=True)


def removed(work: AtWork) -> None:
    members = work.slack.workspace.channels[STUDIO].members - {BOT_USER}
    work.slack.workspace.change_channel(STUDIO, members=members)


def private(work: AtWork) -> None:
    members = work.slack.workspace.channels[STUDIO].members - {BOT_USER}
    work.slack.workspace.change_channel(STUDIO, members=members, kind="private")


def deleted(work: AtWork) -> None:
    (message,) = work.slack.messages(STUDIO)
    work.slack.workspace.delete(message)


GONE = {
    "is_archived": archived,
    "not_in_channel": removed,
    "channel_not_found": private,
    "message_not_found": deleted,
}


@pytest.mark.parametrize("code", GONE)
def test_R24_a_picture_whose_place_is_gone_goes_to_the_person_once_with_the_reason(work: AtWork, code: str) -> None:
    drawing = work.placed()
    GONE[code](work)
    work.run()
    row = work.drawing(drawing).generations[0]
    assert (row.state, row.reason) == (PictureState.DELIVERED, f"moved:{code}")
    assert row.charged_nanousd == work.booked()[0] > 0
    (handed,) = work.showing()
    assert handed.channel == DM_OF_ANA
    assert f"The channel could not take it ({code.replace('_', ' ')}), so here it is." in handed.text
    assert work.slack.workspace.files[handed.files[0]].data == work.pictures.read(TEAM, row.id)
    work.draw(row)
    work.store.write(votes.vote, TEAM, row.id, ANA, "keep", None, work.now)
    work.publisher.show(TEAM, drawing.id)
    assert len(work.showing()) == len(work.openai.posts) == 1


def test_R24_of_three_lanes_each_goes_to_the_person_once_but_for_the_one_that_was_shown(work: AtWork) -> None:
    drawing = work.placed("a red kite", "budget", "premium", "legacy")
    work.jobs.popleft()()
    archived(work)
    work.run()
    drawing = work.drawing(drawing)
    assert [one.reason for one in drawing.generations] == [None, "moved:is_archived", "moved:is_archived"]
    assert len(work.showing(DM_OF_ANA)) == 2


def test_R24_a_vote_on_a_picture_whose_channel_was_archived_later_sends_nothing(work: AtWork) -> None:
    drawing = work.drawn()
    archived(work)
    work.store.write(votes.vote, TEAM, drawing.generations[0].id, ANA, "keep", None, work.now)
    work.publisher.show(TEAM, drawing.id)
    assert work.slack.messages(DM_OF_ANA) == []


def test_R24_a_lost_answer_of_the_direct_message_is_no_second_one(work: AtWork) -> None:
    drawing = work.placed()
    archived(work)
    work.slack.fail("files.completeUploadExternal", Fault(worked=True))
    work.slack.fail("files.completeUploadExternal", faults.lost())
    work.run()
    work.draw(work.drawing(drawing).generations[0])
    assert len(work.showing(DM_OF_ANA)) == 1


def test_R24_where_the_person_cannot_be_written_to_either_the_picture_is_kept_and_not_sent_for_ever(
    work: AtWork,
) -> None:
    drawing = work.placed()
    archived(work)
    work.slack.fail("conversations.open", faults.refused("missing_scope"), times=FOREVER)
    work.run()
    row = work.drawing(drawing).generations[0]
    assert (row.state, row.reason, work.failures) == (PictureState.DELIVERED, "kept:is_archived", [])
    assert work.store.read(questions.stuck, work.now) == ()
    work.slack.heal("conversations.open")
    work.publisher.hand(TEAM, row.id, ANA)
    assert len(work.showing(DM_OF_ANA)) == 1


# R25: our token is taken back


def test_R25_a_token_taken_back_in_the_middle_ends_the_work_without_a_loop_and_loses_nothing(work: AtWork) -> None:
    drawing = work.placed("a red kite", "budget", "premium")
    work.slack.desk.revoked.add(work.slack.bot_token)
    before = len(work.slack.calls_of())
    work.run()
    first, second = work.drawing(drawing).generations
    assert (first.state, second.state, second.reason) == (PictureState.PAID, PictureState.FAILED, "paused")
    assert work.booked() == (first.charged_nanousd, 0)
    assert (len(work.openai.posts), work.failures) == (1, [])
    assert len(work.slack.calls_of()) - before <= 2
    work.pass_time(minutes=5)
    assert work.store.read(questions.stuck, work.now) == ()
    with pytest.raises(Paused):
        work.ask("another")
    work.slack.desk.revoked.clear()
    work.store.write(workspaces.start, TEAM)
    (stuck,) = work.store.read(questions.stuck, work.now)
    work.draw(stuck)
    assert work.showing() == [work.message(drawing)]
    assert len(work.openai.posts) == 1


def test_R25_a_token_taken_back_before_the_placeholder_charges_nothing(work: AtWork) -> None:
    work.slack.desk.revoked.add(work.slack.bot_token)
    drawing = work.drawn(reply_url=work.reply_url())
    assert drawing.generations[0].state is PictureState.FAILED
    assert (work.booked(), work.openai.posts) == ((0, 0), [])
    (told,) = work.slack.ephemerals(ANA)
    assert "Nothing was charged." in told.text
    with pytest.raises(Paused):
        work.ask("another")
