"""The first message of a bench: before it stands nothing is spent, and where it can't stand its starter is told."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import wiring
from bot.bench import rows_calls, rows_read
from bot.bench.drawing import Comparisons
from bot.entrypoints.cli.processes import sweep
from bot.ledger import rows
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing
from bot.playground import faults
from bot.playground.people import ANA, ARCHIVED, PRIVATE, STUDIO, TEAM, UNINVITED
from bot.samples.blocks import INTERRUPTED
from bot.settings import Settings
from tests.bench.test_bench_telling import comparisons, telling
from tests.kit.at_work import AtWork, at_work
from tests.kit.benches_made import grid, plan, planned, started
from tests.kit.clock import moment
from tests.kit.slack_bench import telling as told_at
from tests.kit.slack_bench import told
from tests.kit.slack_door import House

PROMPTS, IMAGES = 6, 12
INVITE = (
    "The blind test of {} was ended: I can't post in its channel. Nothing was charged. "
    "Invite me there with /invite @imagelane, then plan it again."
)
UNSURE = "The blind test of {} was ended: Slack did not confirm my message. Nothing was charged. Plan it again."
ARCHIVED_WORDS = (
    "The blind test of {} was ended: its channel is archived. Nothing was charged. Plan it again in another channel."
)
REVOKED = "The blind test of {} was ended: imagelane was removed from this workspace. Nothing was charged."
PASSING = {
    "503": faults.broken(503),
    "dropped": faults.lost(worked=False),
    "429": faults.rate_limited(1),
}


@pytest.fixture
def work(quick_store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(quick_store, tmp_path) as work:
        yield work


class Begun:
    """A bench that was started, and its job; `again` is the job once more, as the sweep hands it in."""

    def __init__(self, work: AtWork, channel_id: str = STUDIO, reply_url: str | None = None) -> None:
        bench = planned(work.store, plan(), team_id=TEAM, person_id=ANA, channel_id=channel_id)
        work.store.write(
            rows_calls.start, TEAM, bench.id, grid(bench.plan), work.limits, moment(work.now), reply_url=reply_url
        )
        self.work, self.id = work, bench.id
        self.handed_in: list[Drawing] = []
        self.compared: Comparisons = replace(comparisons(work), enqueue=lambda _, one: self.handed_in.append(one))
        self.again()

    def again(self) -> None:
        self.compared.begin(TEAM, self.id)

    @property
    def state(self) -> BenchState:
        return self.work.store.read(rows_read.bench, TEAM, self.id).state

    @property
    def is_waited_for(self) -> bool:
        return (TEAM, self.id) in self.work.store.read(rows_read.unplaced, self.work.now)

    def is_ended_unspent(self) -> bool:
        drawn = self.compared.draw_here(TEAM, self.id, at_once=2)
        assert (self.work.openai.posts, self.work.booked()) == ([], (0, 0))
        return drawn.state is BenchState.CANCELLED and not self.is_waited_for

    def is_drawn(self) -> bool:
        drawn = self.compared.draw_here(TEAM, self.id, at_once=2)
        return drawn.state is BenchState.REVIEWING and len(self.work.openai.posts) == IMAGES

    def messages(self) -> list[str]:
        return [one.text for one in self.work.slack.messages(STUDIO)]


def words_to(work: AtWork) -> list[str]:
    """What Ana alone was told: seen by her alone, or in person."""
    said = [one.text for one in work.slack.ephemerals(ANA)]
    direct = {channel.id for channel in work.slack.workspace.channels.values() if channel.kind == "dm"}
    return said + [one.text for one in work.slack.messages() if one.channel in direct]


@pytest.mark.parametrize(
    ("channel", "words"),
    [(UNINVITED, INVITE), (PRIVATE, INVITE), (ARCHIVED, ARCHIVED_WORDS), ("C0NOWHERE", INVITE)],
    ids=["not a member", "private", "archived", "gone"],
)
def test_K4_R103_where_it_may_never_post_nothing_is_spent_and_who_started_it_is_told(
    work: AtWork, channel: str, words: str
) -> None:
    bench = Begun(work, channel)
    assert bench.is_ended_unspent()
    assert words_to(work) == [words.format("kites")]


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_K4_R103_what_slack_does_not_take_now_is_tried_again_and_drawn_then(work: AtWork, fault: faults.Fault) -> None:
    work.slack.fail("chat.postMessage", fault, faults.FOREVER)
    bench = Begun(work)
    assert (bench.messages(), work.openai.posts, bench.state) == ([], [], BenchState.DRAWING)
    assert bench.handed_in == []
    assert not bench.is_waited_for  # its own job may still be at work
    work.pass_time(minutes=1)
    assert bench.is_waited_for
    work.slack.heal()
    bench.again()
    assert len(bench.handed_in) == PROMPTS
    assert bench.is_drawn()
    assert not bench.is_waited_for
    assert len(bench.messages()) == 1


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_K4_R103_after_ten_minutes_it_is_given_up_and_given_back_once_somebody_heard(
    work: AtWork, fault: faults.Fault
) -> None:
    work.slack.fail("*", fault, faults.FOREVER)
    bench = Begun(work)
    work.pass_time(minutes=10)
    bench.again()
    assert bench.is_waited_for  # nobody could be told
    work.slack.heal()
    work.slack.fail("chat.postMessage", fault, faults.FOREVER)
    bench.again()
    assert bench.is_ended_unspent()
    assert words_to(work) == [UNSURE.format("kites")]


def test_K4_R103_a_lost_answer_leaves_a_message_that_says_it_is_stale(work: AtWork) -> None:
    work.slack.fail("chat.postMessage", faults.lost(worked=True))
    bench = Begun(work)
    assert bench.is_drawn()
    stale, followed = bench.messages()
    assert INTERRUPTED in stale
    assert "Drawn 12 of 12." in followed
    assert INTERRUPTED not in followed


def test_K4_R103_a_message_that_came_second_says_so(work: AtWork) -> None:
    bench = planned(work.store, plan(), team_id=TEAM, person_id=ANA, channel_id=STUDIO)
    bench, _ = work.store.write(rows_calls.start, TEAM, bench.id, grid(bench.plan), work.limits, moment(work.now))
    for _ in range(2):  # two jobs that both saw none
        assert telling(work).begin(bench)
    first, second = [one.text for one in work.slack.messages(STUDIO)]
    assert "Drawn 0 of 12." in first
    assert second == "Another message here follows this blind test; this one does not change any more."


def test_K4_R103_a_token_taken_back_ends_it_and_the_work_of_its_workspace(work: AtWork) -> None:
    work.slack.fail("chat.postMessage", faults.refused("token_revoked"), faults.FOREVER)
    bench = Begun(work, reply_url=work.reply_url())
    assert bench.is_ended_unspent()
    assert words_to(work) == [REVOKED.format("kites")]


def test_K4_R103_it_is_told_in_the_answer_of_the_start_button(work: AtWork) -> None:
    bench = Begun(work, UNINVITED, reply_url=work.reply_url())
    assert bench.is_ended_unspent()
    (said,) = work.slack.ephemerals(ANA)
    assert (said.by, said.text) == ("response_url", INVITE.format("kites"))


def test_K4_R103_that_answer_is_forgotten_once_the_message_stands(work: AtWork) -> None:
    bench = Begun(work, reply_url=work.reply_url())
    (first, *_) = work.store.read(rows_calls.waiting, TEAM, bench.id)
    assert (
        work.store.read(rows.drawing, TEAM, work.store.read(rows.generation, TEAM, first).drawing_id).reply_url is None
    )


def test_K4_R103_clicks_in_a_channel_without_the_bot_spend_nothing(door: House) -> None:
    slack = door.far_end
    door.far_end.command("bench", ANA, UNINVITED)
    door.far_end.submit(door.window(ANA), {"set": "own", "prompts": "\n".join(f"kite {n}" for n in range(5))})
    door.wait_for_words()
    (bench,) = door.store.read(rows_read.listed, TEAM, 2)
    (direct,) = slack.messages()
    assert direct.text.startswith("I can't post in the channel where you planned that blind test.")
    slack.command(f"bench show {bench.id}", ANA, UNINVITED)
    slack.press(slack.ephemerals(ANA)[-1], "bench.start", user=ANA)
    door.wait_for_words()
    (first, *_) = door.store.read(rows_calls.waiting, TEAM, bench.id)
    drawing = door.store.read(rows.drawing, TEAM, door.store.read(rows.generation, TEAM, first).drawing_id)
    assert not told_at(door).begin(door.store.read(rows_read.bench, TEAM, bench.id), drawing.reply_url)
    assert told(door, ANA) == INVITE.format("own prompts")


def test_K4_R103_the_sweep_hands_in_the_message_and_no_call(database_url: str, tmp_path: Path) -> None:
    settings = Settings(imagelane_pictures=tmp_path / "pictures")
    house = wiring.build(settings, database_url)
    with closing(house.enqueuer), closing(house.store), closing(house.quick):
        started(house.store)  # long ago, so that its calls are looked after, too
        sweep(wiring.duties(house, wiring.studio(house, "clock")))
        assert house.enqueuer.backlog() == {"quick": 1}
