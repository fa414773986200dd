"""The retirement watch, posted: each mark once, whoever rings and whatever breaks, and no amounts where others read."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digest.rows_watch import WatchPlace
from bot.digest.sentences import AGAIN, coming
from bot.digest.watch import AFTER, TAKEN_BACK, DueMark, ModelMark, TakenBack
from bot.ledger import workspaces
from bot.ledger.ledger import Ledger
from bot.playground.faults import Fault
from bot.playground.people import ANA, ARCHIVED, BEN, SHARED, STUDIO, TEAM, UNINVITED
from bot.slack.message import Message
from tests.kit import looks
from tests.kit.digests_made import desk
from tests.kit.watches_made import END, MINI, Watch, days_before

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def work(store: Ledger) -> Iterator[Watch]:
    """On each database in turn."""
    with desk(store) as made:
        yield Watch(made)


@pytest.fixture
def light(quick_store: Ledger) -> Iterator[Watch]:
    """On SQLite alone."""
    with desk(quick_store) as made:
        yield Watch(made)


class Killed(BaseException):
    """Ends a job as SIGKILL would: nothing after it runs."""


def dies_at(point: str) -> Callable[[str], None]:
    def reached(name: str) -> None:
        if name == point:
            raise Killed

    return reached


def buttons(watch: Watch, channel: str = STUDIO) -> dict[str, str]:
    """Label and words of what the last post runs."""
    last = watch.posted(channel)[-1]
    return {str(one["text"]["text"]): str(one["value"]) for _, one in last.elements("command.run")}


# What it says


def test_what_runs_on_a_model_that_ends_is_told_with_what_moving_costs_and_the_test_of_it(work: Watch) -> None:
    work.desk.schedule()
    work.desk.now = days_before(7)
    work.used(at=days_before(12), project="kites")
    work.used(at=days_before(20), images=0, amount_nanousd=0, project="shop")
    work.ring()
    (message,) = work.posted()
    looks.holds(Message(message.text, list(message.blocks)))
    assert message.text.startswith(
        f"{MINI} stops in 7 days, on 1 Dec. It drew 40 pictures for $1.12 in 30 days, last on 19 Nov, for kites and "
        "shop. OpenAI names gpt-image-2.6-sunburst and gpt-image-2.6-flare in its place. On gpt-image-2.5-flare such "
        "a month costs about $0.59 less. "
    )
    assert buttons(work) == {
        "Plan the move": f"migrate {MINI}",
        "Test it blind: $0.24": f"bench plan --prompts product-shots --lanes {MINI},gpt-image-2.5-flare",
    }


def test_all_that_end_the_same_day_stand_in_one_post(work: Watch) -> None:
    work.desk.schedule()
    work.desk.now = days_before(1)
    work.used()
    work.used("gpt-image-1.5", project="a <!channel> & more")
    work.used("gpt-image-2")
    work.ring()
    (message,) = work.posted()
    looks.holds(Message(message.text, list(message.blocks)))
    assert message.text.startswith("2 models you use stop tomorrow, on 1 Dec. gpt-image-1-mini drew 40 pictures for")
    assert "for a &lt;!channel&gt; &amp; more" in message.text
    assert "gpt-image-2 drew" not in message.text
    assert buttons(work) == {"Plan the move": "migrate"}
    ((_, tests),) = message.elements("command.pick")
    assert [one["text"]["text"] for one in tests["options"]] == [f"{MINI}: $0.24", "gpt-image-1.5: $0.47"]


def test_more_models_than_slack_lists_stand_in_one_post(light: Watch) -> None:
    old = light.facts.models[MINI]
    names = [f"{MINI}-sample-{number}" for number in range(120)]
    more = {name: replace(old, id=name, snapshots=()) for name in names}
    light.facts = replace(light.facts, models={**light.facts.models, **more})
    light.desk.schedule()
    light.desk.now = days_before(7)
    for name in names:
        light.used(name)
    light.ring()
    assert light.leads() == ["120 models you use stop in 7 days, on 1 Dec"]


def test_the_digests_coming_line_says_the_same(work: Watch) -> None:
    work.desk.schedule()
    work.desk.now = days_before(7)
    work.used("gpt-image-1-mini-2025-10-06", images=15)
    work.used(images=25)
    work.ring()
    work.desk.now += timedelta(days=6)
    work.ring()
    (ending,) = work.desk.weeks().week(TEAM, None, work.desk.now, STUDIO).endings
    assert coming((ending,)) == f"{MINI} stops tomorrow; it drew 40 pictures in four weeks."
    assert work.posted()[-1].text.startswith(f"{MINI} stops tomorrow, on 1 Dec. It drew 40 pictures for")


def test_a_dated_snapshot_is_its_model(work: Watch) -> None:
    work.desk.schedule()
    work.desk.now = days_before(7)
    work.used("gpt-image-1-mini-2025-10-06")
    work.used()
    work.ring()
    (message,) = work.posted()
    assert message.text.startswith(f"{MINI} stops in 7 days, on 1 Dec. It drew 80 pictures for $2.24 in 30 days")


def test_no_amount_stands_where_people_of_another_workspace_read(light: Watch) -> None:
    light.rows().set(TEAM, SHARED, ANA, days_before(30))
    light.desk.now = days_before(7)
    light.used(project="shop")
    light.ring()
    (message,) = light.posted(SHARED)
    looks.holds(Message(message.text, list(message.blocks)))
    assert "drew 40 pictures in 30 days, last on 23 Nov, for shop." in message.text
    assert "$" not in message.text
    assert "$" not in str(message.blocks)
    assert "Test it blind…" in buttons(light, SHARED)


def test_the_day_after_calls_that_still_went_there_are_told_with_what_they_cost_or_that_they_failed(
    work: Watch,
) -> None:
    work.desk.schedule()
    work.used(at=days_before(1, 8))
    work.at(1)
    work.used(at=days_before(0, 8), images=0, amount_nanousd=0, project="shop")
    work.used(at=days_before(0, 9), images=1, amount_nanousd=2 * 10**7, project="shop")
    work.at(0)
    work.at(-1)
    work.at(-2)
    _, after = work.posted()
    looks.holds(Message(after.text, list(after.blocks)))
    assert after.text.startswith(
        f"{MINI} stopped on 1 Dec; 2 calls still went to it. It was called 2 times since then: 1 of them brought no "
        "picture and they cost $0.02, last on 1 Dec, for shop."
    )


# Once, in order, late


def test_R85_each_mark_is_posted_once_in_a_quarter_of_a_year(work: Watch) -> None:
    work.desk.schedule()
    for days in range(100, 0, -10):
        work.used(at=days_before(days))
    for days in (91, 90, 30, 8, 7, 2, 1, 0, -1, -2):
        for hour in (8, 9, 10, 23):
            work.at(days, hour)
    assert work.leads() == [
        f"{MINI} stops in 90 days, on 1 Dec",
        f"{MINI} stops in 30 days, on 1 Dec",
        f"{MINI} stops in 7 days, on 1 Dec",
        f"{MINI} stops tomorrow, on 1 Dec",
    ]


def test_R86_the_marks_come_in_their_order_and_a_clock_set_back_repeats_none(light: Watch) -> None:
    light.desk.schedule()
    light.used(at=days_before(20))
    light.each_hour(8, 6)
    light.each_hour(9, 0)
    light.each_hour(9, 0)
    assert light.leads() == [
        f"{MINI} stops in 8 days, on 1 Dec",
        f"{MINI} stops in 7 days, on 1 Dec",
        f"{MINI} stops tomorrow, on 1 Dec",
    ]


def test_R87_learnt_late_it_is_told_at_once_with_the_true_days_and_once(work: Watch) -> None:
    work.desk.schedule()
    work.at(6)
    work.used(at=days_before(5, 2))
    work.at(5, 3)
    work.at(5, 9)
    work.at(3)
    assert work.leads() == [f"{MINI} stops in 5 days, on 1 Dec"]
    assert [mark.mark for mark in work.marks()] == [7]
    work.used("gpt-image-1.5", at=days_before(3, 10))
    work.at(3, 11)
    assert work.leads()[1:] == ["gpt-image-1"]  # 5 stops in 3 days: one post more, about that one alone
    assert "gpt-image-1.5 stops in 3 days" in work.posted()[1].text


# Any number of clocks, and kills


def test_R88_five_clocks_that_ring_at_once_post_one(work: Watch) -> None:
    work.desk.schedule()
    work.desk.now = days_before(7)
    work.used()
    work.used("gpt-image-1.5")
    posters = [work.poster(f"worker-{number}", alive=lambda _: True) for number in range(5)]
    with ThreadPoolExecutor(5) as five:
        list(five.map(lambda poster: poster.post(TEAM), posters))  # as if no job's id were unique
    assert [text.split(",")[0] for text in work.leads()] == ["2 models you use stop in 7 days"]
    for poster in posters:
        poster.post(TEAM)
    assert len(work.posted()) == 1


def test_R88_a_mark_is_taken_by_one_claim_and_what_is_left_of_a_post_by_the_next(work: Watch) -> None:
    rows, place = work.rows(), WatchPlace(STUDIO, ANA, chosen=True)

    def claimed(key: str, *models: str) -> tuple[str, ...] | None:
        post = rows.claim(TEAM, key, place, DueMark(END, 7, models), (), "worker-1", days_before(7))
        return None if post is None else post.models

    assert claimed("one", MINI) == (MINI,)
    assert claimed("one", MINI) == (MINI,)  # its commit was not answered
    assert claimed("two", MINI) is None
    assert claimed("three", MINI, "gpt-image-1.5") == ("gpt-image-1.5",)
    assert sorted(post.id for post in rows.unposted()) == ["one", "three"]


def test_R90_that_an_end_was_taken_back_is_taken_by_one_claim_and_no_model_of_the_post(work: Watch) -> None:
    rows, place, back = work.rows(), WatchPlace(STUDIO, ANA, chosen=True), TakenBack("gpt-image-1.5", END, None)
    first, second = (
        rows.claim(TEAM, key, place, DueMark(END, mark, (MINI,)), [back], key, days_before(7))
        for key, mark in (("one", 7), ("two", 1))
    )
    assert first is not None
    assert second is not None
    said = (ModelMark("gpt-image-1.5", END, TAKEN_BACK),)
    assert [(post.models, post.taken_back) for post in (first, second)] == [((MINI,), said), ((MINI,), ())]


@pytest.mark.parametrize(("point", "before"), [("watch claimed", 0), ("watch posted", 1)])
def test_R89_killed_on_its_way_it_is_posted_once_more_and_says_so(work: Watch, point: str, before: int) -> None:
    work.desk.schedule()
    work.desk.now = days_before(7)
    work.used()
    with pytest.raises(Killed):
        work.poster("dead", reached=dies_at(point)).post(TEAM)
    work.ring(work.poster(alive=lambda owner: owner == "dead"))
    assert len(work.posted()) == before
    for _ in range(3):
        work.desk.now += TEN_MINUTES
        work.ring()
    assert [AGAIN in message.text for message in work.posted()] == [False] * before + [True]


def test_R89_of_two_that_follow_the_dead_one_posts(work: Watch) -> None:
    work.desk.schedule()
    work.desk.now = days_before(7)
    work.used()
    with pytest.raises(Killed):
        work.poster("dead", reached=dies_at("watch claimed")).post(TEAM)
    (left,) = work.rows().unposted()
    assert work.rows().claim_again(left, "second", days_before(7)) is True
    assert work.rows().claim_again(left, "third", days_before(7)) is False
    (again,) = work.rows().unposted()
    assert (again.owner, again.repeats, again.models) == ("second", 1, (MINI,))
    assert work.rows().claim_again(again, "third", days_before(7)) is False


def test_R89_what_slack_surely_did_not_take_is_tried_again_with_the_days_that_are_left_then(light: Watch) -> None:
    light.desk.schedule()
    light.used(at=days_before(8))
    light.desk.slack.fail("chat.postMessage", Fault(status=429, headers={"Retry-After": "1"}), times=20)
    light.at(7)
    assert light.posted() == []
    light.desk.slack.heal()
    light.at(5)
    light.at(4)
    assert light.leads() == [f"{MINI} stops in 5 days, on 1 Dec"]


def test_R89_what_slack_did_not_take_is_taken_up_by_one(work: Watch) -> None:
    rows, place = work.rows(), WatchPlace(STUDIO, ANA, chosen=True)
    post = rows.claim(TEAM, "one", place, DueMark(END, 7, (MINI,)), (), "worker", days_before(7))
    assert post is not None
    rows.failed(post)
    (failed,) = rows.unposted()
    assert [rows.claim_again(failed, "worker", days_before(7)) for _ in range(2)] == [True, False]


def test_R89_what_waited_until_the_next_mark_is_told_with_it_alone(light: Watch) -> None:
    light.desk.schedule()
    light.used(at=days_before(8))
    light.desk.slack.fail("chat.postMessage", Fault(status=429, headers={"Retry-After": "1"}), times=20)
    light.at(7)
    light.desk.slack.heal()
    light.at(1)
    light.at(1, 12)
    assert light.leads() == [f"{MINI} stops tomorrow, on 1 Dec"]


# Ends that change


def test_R90_an_end_that_was_withdrawn_is_told_no_more_and_the_next_post_says_so(work: Watch) -> None:
    work.desk.schedule()
    work.used(at=days_before(8))
    work.at(7)
    work.moved(None)
    work.at(1)
    work.at(-1)
    assert len(work.posted()) == 1
    work.moved(END + timedelta(days=5), "gpt-image-1.5")
    work.used("gpt-image-1.5", at=days_before(-1, 8))
    work.at(-1, 10)
    work.at(-4)
    first, second, third = [message.text for message in work.posted()]
    assert "stops in 7 days" in first
    assert f"{MINI} does not stop on 1 Dec: OpenAI took that back." in second
    assert "took that back" not in third
    assert [mark.mark for mark in work.marks()] == [TAKEN_BACK, 7]


def test_R91_an_end_that_moved_is_told_anew_and_says_which_day_it_was(work: Watch) -> None:
    work.desk.schedule()
    work.used(at=days_before(8))
    work.at(7)
    work.moved(END + timedelta(days=62))
    work.at(6)
    work.at(2)
    work.at(0)
    first, second = [message.text for message in work.posted()]
    assert "stops in 7 days" in first
    assert second.startswith(f"{MINI} stops in 68 days, on 1 Feb 2027.")
    assert f"{MINI} stops on 1 Feb 2027, not on 1 Dec." in second
    assert {(mark.ends_on, mark.mark) for mark in work.marks()} == {
        (END, 7),
        (END, TAKEN_BACK),
        (END + timedelta(days=62), 90),
    }


def test_R90_what_one_post_could_not_say_the_next_one_says_and_no_other(work: Watch) -> None:
    """The post that was to say it came too late and was dropped."""
    work.desk.schedule()
    work.used(at=days_before(8))
    work.at(7)
    work.moved(None)
    later, other = END + timedelta(days=5), "gpt-image-1.5"
    work.moved(later, other)
    work.used(other, at=days_before(4))
    work.desk.slack.fail("chat.postMessage", Fault(status=429, headers={"Retry-After": "1"}), times=20)
    work.at(2)
    work.desk.slack.heal()
    work.at(-4)
    for days in (7, 9):
        work.moved(later + timedelta(days=days), other)
        work.at(2 - days, 10)
    assert ["took that back" in message.text for message in work.posted()] == [False, True, False, False]


def test_R90_what_was_claimed_before_the_end_was_withdrawn_is_dropped(light: Watch) -> None:
    light.desk.schedule()
    light.desk.now = days_before(7)
    light.used()
    with pytest.raises(Killed):
        light.poster("dead", reached=dies_at("watch claimed")).post(TEAM)
    light.moved(None)
    light.at(6)
    assert light.posted() == []
    assert light.rows().unposted() == ()


# Where


@pytest.mark.parametrize("channel", [UNINVITED, ARCHIVED])
def test_R92_a_channel_that_is_gone_is_told_once_to_who_wanted_it(work: Watch, channel: str) -> None:
    work.rows().set(TEAM, channel, BEN, days_before(30))
    work.used(at=days_before(8))
    for hour in (9, 10, 12):
        work.at(7, hour)
    told = [one.text for one in work.desk.slack.messages() if one.channel.startswith("D")]
    (only,) = told
    assert only.startswith("That a model ends could not be told in ")
    assert f"{MINI} stops in 7 days, on 1 Dec." in only
    work.rows().set(TEAM, STUDIO, BEN, days_before(6))
    work.at(6)
    assert work.posted() == []  # that mark is settled
    work.at(1)
    assert work.leads() == [f"{MINI} stops tomorrow, on 1 Dec"]


def test_R92_what_waits_for_slack_goes_where_the_watch_is_by_then(work: Watch) -> None:
    work.rows().set(TEAM, STUDIO, BEN, days_before(30))
    work.used(at=days_before(8))
    work.desk.slack.fail("chat.postMessage", Fault(status=429, headers={"Retry-After": "1"}), times=20)
    work.at(7)
    work.desk.slack.heal()
    work.rows().set(TEAM, None, BEN, days_before(6))
    work.at(6)
    work.rows().set(TEAM, SHARED, BEN, days_before(6))
    work.at(6, 12)
    assert (work.leads(STUDIO), len(work.leads(SHARED))) == ([], 1)
    assert "$" not in work.posted(SHARED)[0].text  # people of another workspace read there


def test_a_workspace_that_took_imagelane_off_is_told_nothing_until_it_is_back(work: Watch) -> None:
    work.rows().set(TEAM, STUDIO, BEN, days_before(30))
    work.used(at=days_before(8))
    work.desk.store.write(workspaces.stop, TEAM, days_before(8))
    work.at(7)
    assert (work.posted(), work.marks()) == ([], [])
    work.desk.store.write(workspaces.start, TEAM)
    work.at(6)
    assert work.leads() == [f"{MINI} stops in 6 days, on 1 Dec"]


def test_without_a_choice_it_goes_where_the_digest_goes_and_without_one_nowhere(work: Watch) -> None:
    work.used(at=days_before(8))
    work.at(7)
    assert work.marks() == []
    work.desk.schedule()
    work.rows().set(TEAM, None, ANA, days_before(7))
    work.at(7, 10)
    assert work.marks() == []
    work.rows().set(TEAM, STUDIO, ANA, days_before(7))
    work.at(7, 11)
    assert work.leads() == [f"{MINI} stops in 7 days, on 1 Dec"]
    assert AFTER not in [mark.mark for mark in work.marks()]
