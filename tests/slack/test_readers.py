"""Do people of another workspace read here? One answer for everything that posts amounts (B1)."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.budgets.alerts import BudgetAlerts
from bot.budgets.rows import BudgetRows
from bot.digest.rows import DigestRows
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.ledger.pictures import PictureState
from bot.ledger.slack_answers import SlackAnswers
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, DM_OF_ANA, DM_OF_TWO, SHARED, STUDIO, TEAM
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from bot.slack.readers import Readers, Readership
from tests.kit import far_openai_trouble as trouble
from tests.kit.at_work import at_work
from tests.kit.digests_made import IN_W47, desk
from tests.kit.slack_bench import SHORT, judge, opened, reviewing
from tests.kit.slack_door import House, house
from tests.kit.wishes import CENT, LIMITS, NOW, paid

OFTEN = ("chat.postMessage", "chat.update")
ASKED = "conversations.info"


def said_in(slack: FarEnd, channel: str) -> str:
    """All that anybody could ever read there."""
    heard = [
        str(call.payload) for call in slack.calls_of() if call.method in OFTEN and call.payload["channel"] == channel
    ]
    return " ".join([*heard, *(f"{each.text} {each.blocks}" for each in slack.messages(channel))])


# Everything that posts amounts, each in the channel it is given; what was said there


def a_picture(store: Ledger, folder: Path, channel: str) -> str:
    with at_work(store, folder) as work:
        work.drawn("a red kite", channel_id=channel)
        return said_in(work.slack, channel)


def a_picture_that_may_be_billed(store: Ledger, folder: Path, channel: str) -> str:
    with at_work(store, folder) as work:
        work.openai.next(trouble.blocked())
        work.drawn("a red kite", channel_id=channel)
        return said_in(work.slack, channel)


def a_budget_near_its_end(store: Ledger, _: Path, channel: str) -> str:
    with FarEnd() as slack:
        posts = Posts(slack.bot_token, slack.base_url)
        readers = Readers(SlackAnswers(store.engine), posts, lambda: NOW)
        BudgetRows(store.engine).change(TEAM, Scope("channel", channel), (4 * CENT, "month"), 0, "U9", NOW, LIMITS)
        paid(store, team_id=TEAM, channel_id=channel)
        BudgetAlerts(
            BudgetRows(store.engine),
            posts,
            readers,
            SlackNames(posts),
            (50,),
            lambda _: LIMITS,
            lambda _: None,
            lambda: NOW,
        ).look(TEAM)
        return said_in(slack, channel)


def a_digest(store: Ledger, _: Path, channel: str) -> str:
    with desk(store) as made:
        made.spent(IN_W47)
        made.schedule(channel)
        made.sweep()
        return said_in(made.slack, channel)


def spend_that_is_shared(store: Ledger, _: Path, channel: str) -> str:
    with house(store) as door:
        door.drawn()
        door.far_end.press(door.far_end.command("spend today", ANA, channel).shown, "answer.share:2")
        door.wait_for_words()
        return said_in(door.far_end, channel)


def a_mention_that_asks_for_spend(store: Ledger, _: Path, channel: str) -> str:
    with house(store) as door:
        door.drawn()
        door.far_end.mention("spend today", channel)
        door.run("answer")
        return said_in(door.far_end, channel)


def a_verdict(store: Ledger, _: Path, channel: str) -> str:
    with house(store) as door:
        sealed(door, channel)
        return said_in(door.far_end, channel)


def how_far_a_bench_is(store: Ledger, _: Path, channel: str) -> str:
    with house(store) as door:
        reviewing(door, channel=channel, **SHORT)
        return said_in(door.far_end, channel)


def sealed(door: House, channel: str) -> None:
    _, message = reviewing(door, channel=channel, **SHORT)
    judge(door, opened(door, message, ANA))
    door.run("verdict")


Place = Callable[[Ledger, Path, str], str]
PLACES: list[Place] = [
    a_picture,
    a_picture_that_may_be_billed,
    a_budget_near_its_end,
    a_digest,
    spend_that_is_shared,
    a_mention_that_asks_for_spend,
    how_far_a_bench_is,
    a_verdict,
]


@pytest.mark.parametrize("place", PLACES)
def test_B1_R116_no_amount_is_posted_where_another_workspace_reads(
    place: Place, quick_store: Ledger, tmp_path: Path
) -> None:
    assert "$" not in place(quick_store, tmp_path, SHARED)


@pytest.mark.parametrize("place", [place for place in PLACES if place is not how_far_a_bench_is])
def test_where_the_workspace_alone_reads_amounts_are_posted(place: Place, quick_store: Ledger, tmp_path: Path) -> None:
    assert "$" in place(quick_store, tmp_path, STUDIO)


def test_B1_R116_what_a_bench_proved_is_shown_there_to_who_asked_alone(either_door: House) -> None:
    slack = either_door.far_end
    slack.mention("recommend", SHARED)
    either_door.run("answer")
    assert len(slack.messages(SHARED)) == 1  # list prices are no amounts
    sealed(either_door, STUDIO)
    with house(either_door.store) as later:  # benches are remembered for a minute
        later.far_end.mention("recommend", SHARED)
        later.run("answer")
        later.far_end.press(later.far_end.command("recommend", ANA, SHARED).shown, "answer.share")
        later.wait_for_words()
        assert later.far_end.messages(SHARED) == []
        assert "Your blind test of" in later.far_end.ephemerals(ANA)[0].text


def test_B1_R116_no_digest_is_set_there(door: House) -> None:
    door.far_end.command("digest on mon 09:00", ANA, SHARED)
    assert DigestRows(door.store.engine).schedules() == ()


def test_B1_R116_the_cost_of_a_picture_stands_behind_more(door: House) -> None:
    generation = door.drawn(channel=SHARED)
    shown = door.shown(generation)
    door.far_end.press(shown, "sample.more", f"details:{generation.id}")
    assert "$0.0132" in str(door.window().payload)


@pytest.mark.parametrize("fault", [faults.lost(), faults.refused("missing_scope"), faults.rate_limited(1)])
def test_B1_R116_where_slack_does_not_say_a_picture_shows_no_amount(
    quick_store: Ledger, tmp_path: Path, fault: faults.Fault
) -> None:
    with at_work(quick_store, tmp_path) as work:
        work.slack.fail(ASKED, fault, times=faults.FOREVER)
        drawing = work.drawn()
        assert drawing.generations[0].state is PictureState.DELIVERED
        assert "$" not in said_in(work.slack, STUDIO)


def test_a_picture_in_the_bot_s_own_conversation_shows_its_cost_without_a_scope_for_it(
    quick_store: Ledger, tmp_path: Path
) -> None:
    with at_work(quick_store, tmp_path) as work:
        work.slack.fail(ASKED, faults.refused("missing_scope"), times=faults.FOREVER)
        work.drawn(channel_id=DM_OF_ANA)
        assert "left this month" in said_in(work.slack, DM_OF_ANA)


# One answer, remembered


@dataclass
class Asked:
    """Two processes that ask, and how often Slack was asked."""

    slack: FarEnd
    store: Ledger
    minutes: float = 0
    processes: list[Readers] = field(default_factory=list)

    def __post_init__(self) -> None:
        posts = Posts(self.slack.bot_token, self.slack.base_url, sleep=lambda _: None)
        one = Readers(SlackAnswers(self.store.engine), posts, lambda: NOW + timedelta(minutes=self.minutes))
        self.processes = [one, Readers(SlackAnswers(self.store.engine), posts, one.real)]

    def of(self, channel: str = STUDIO, process: int = 0) -> Readership:
        return self.processes[process].of(TEAM, channel)

    @property
    def calls(self) -> int:
        return len(self.slack.calls_of(ASKED))


@contextmanager
def asked(store: Ledger) -> Iterator[Asked]:
    with FarEnd() as slack:
        yield Asked(slack, store)


def test_B1_R116_an_answer_is_remembered_ten_minutes_by_all_processes(store: Ledger) -> None:
    with asked(store) as made:
        assert (made.of(STUDIO), made.of(SHARED)) == (Readership.OURS, Readership.OTHERS)
        made.slack.workspace.change_channel(STUDIO, is_ext_shared=True)
        made.minutes = 9.99
        assert (made.of(STUDIO, process=1), made.calls) == (Readership.OURS, 2)
        made.minutes = 10
        assert (made.of(STUDIO, process=1), made.calls) == (Readership.OTHERS, 3)


def test_B1_R116_it_is_forgotten_when_a_channel_is_shared_or_no_more(either_door: House) -> None:
    slack, readers = either_door.far_end, either_door.house().readers
    for kind, shared in (("channel_shared", True), ("channel_unshared", False)):
        assert readers.others(TEAM, STUDIO) is not shared
        slack.workspace.change_channel(STUDIO, is_ext_shared=shared)
        assert readers.others(TEAM, STUDIO) is not shared
        assert slack.event({"type": kind, "channel": STUDIO}).status == 200
        assert readers.others(TEAM, STUDIO) is shared


def test_B1_R116_an_answer_that_came_while_it_was_being_shared_is_not_kept(store: Ledger) -> None:
    with asked(store) as made:
        made.slack.fail(ASKED, faults.late(0.5))
        late = threading.Thread(target=made.of)
        late.start()
        made.slack.wait(lambda: made.calls == 1)
        made.slack.workspace.change_channel(STUDIO, is_ext_shared=True)
        made.processes[1].forget(TEAM, STUDIO)
        late.join()
        assert made.of(STUDIO) is Readership.OTHERS


def test_B1_R116_a_refusal_counts_as_others_and_silence_as_away_and_neither_is_remembered(store: Ledger) -> None:
    with asked(store) as made:
        assert made.of(DM_OF_TWO) is Readership.OTHERS
        for fault, readership in (
            (faults.refused("channel_not_found"), Readership.OTHERS),
            (faults.lost(), Readership.AWAY),
            (faults.refused("internal_error"), Readership.AWAY),
        ):
            made.slack.fail(ASKED, fault)
            assert made.of(STUDIO) is readership
        assert made.processes[0].others(TEAM, None)
        assert made.of(STUDIO) is Readership.OURS


def test_B1_R116_a_digest_waits_while_slack_is_away_and_is_refused_by_nobody(quick_store: Ledger) -> None:
    with desk(quick_store) as made:
        made.spent(IN_W47)
        made.schedule(STUDIO)
        made.slack.fail(ASKED, faults.refused("internal_error"))
        made.sweep()
        assert made.slack.messages() == []
        made.now += timedelta(minutes=10)
        made.sweep()
        assert "$" in said_in(made.slack, STUDIO)


def test_B1_R116_nothing_but_readers_asks_slack_who_reads() -> None:
    asking = [path.as_posix() for path in Path("bot").rglob("*.py") if ".shared_outside(" in path.read_text()]
    assert asking == ["bot/slack/readers.py"]
