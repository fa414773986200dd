"""Asking for more in Slack: refused, asked, answered by another person, and drawn, or told why not."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot import wiring
from bot.budgets.rows import BudgetRows
from bot.budgets.slack_requests import NOT_YOURS
from bot.ledger import holds, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.playground import faults
from bot.playground.people import ANA, BEN, BOT_USER, CHI, GUEST, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from tests.kit import cells
from tests.kit.asking import CENT, CHANNEL, WORDS, Asking
from tests.kit.slack_door import House, by_kind, house


@pytest.fixture
def asking(either_door: House) -> Asking:
    """On each database in turn: #sample-studio has a cent a week, set by Ben."""
    made = Asking(either_door)
    made.limit(CENT)
    return made


def offers(shown: PostedMessage) -> list[str]:
    return [element["text"]["text"] for _, element in shown.elements("budget.ask")]


def test_a_refusal_is_asked_for_approved_by_another_person_and_drawn_where_it_was_asked(asking: Asking) -> None:
    refused = asking.ask()
    assert offers(refused) == ["Ask for $0.01"]
    assert asking.heard(ANA) == ["Asked sample-ben for $0.01 more. Until 23 Nov, 00:00. No money is held meanwhile."]
    assert asking.drawings() == []
    asking.ask_all()
    (message,) = asking.direct()
    assert message.text.startswith("Sample-ana asks for $0.01 more in #sample-studio this week.")
    assert "It may cost up to $0.014. #sample-studio has $0.01 of $0.01 left this week." in message.text
    assert '"a red kite" budget medium square' in message.text
    asking.answer()
    (drawing,) = asking.drawings()
    assert (drawing.person_id, drawing.channel_id, drawing.prompt) == (ANA, STUDIO, "a red kite")
    assert asking.placed() == 1
    asking.tell_all()
    assert asking.told() == ["Sample-ben approved $0.01 more for sample-ana."]
    assert not asking.direct()[0].elements("budget.approve")
    assert asking.told(ANA) == ["Sample-ben approved $0.01 more: it is drawn in #sample-studio."]
    assert asking.acts() == ["ask", "approve"]


def test_what_was_granted_counts_like_any_other_and_is_said_where_the_budget_is_over(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()
    asking.answer()
    assert holding(asking) == (13_720_000, CENT)
    assert asking.door.store.read(holds.differences) == []
    shown = asking.refused("budget", BEN)
    assert f"Over by $0.00372, granted by @{BEN}." in shown.text


def holding(asking: Asking) -> tuple[int, int]:
    """Reserved and limit of the channel's budget."""
    rows = BudgetRows(asking.door.store.engine)
    (one,) = rows.standings(TEAM, asking.door.limits(asking.door.now), [CHANNEL])[1:]
    return one.left.reserved_nanousd, one.left.limit_nanousd


def test_the_worker_does_what_the_door_enqueues_and_posts_where_it_was_asked(asking: Asking) -> None:
    whole = asking.door.house()
    asking.door.handlers = by_kind(
        tuple(each for part in wiring.duties(whole, wiring.studio(whole, "test")) for each in part.handlers)
    )
    asking.ask()
    asking.ask_all()
    asking.answer()
    assert asking.door.run("place") == 1
    asking.tell_all()
    (placeholder,) = asking.door.far_end.messages(STUDIO)
    assert "a red kite" in str(placeholder.blocks)
    assert [job.kind for job in asking.door.jobs] == ["draw"]
    assert len(asking.direct(ANA)) == 1


def test_a_mention_s_refusal_is_asked_for_and_drawn_in_its_thread(asking: Asking) -> None:
    slack = asking.door.far_end
    said = slack.say("look at this", STUDIO, ANA)
    slack.mention(WORDS, STUDIO, thread_ts=said.ts)
    asking.door.run("answer")
    (refused,) = slack.ephemerals(ANA)
    slack.press(refused, "budget.ask")
    asking.door.wait_for_words()
    asking.ask_all()
    asking.answer()
    assert [drawing.thread_ts for drawing in asking.drawings()] == [said.ts]


def test_a_declined_one_is_told_to_who_asked_and_nothing_is_held(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()
    asking.answer("budget.decline")
    asking.tell_all()
    assert asking.drawings() == []
    assert asking.told(ANA) == ["Sample-ben declined $0.01 more. Nothing was drawn or charged."]
    assert asking.told() == ["Sample-ben declined $0.01 more for sample-ana."]
    assert asking.request().words is None
    assert asking.acts() == ["ask", "decline"]


# Who is asked


def test_who_set_the_budget_is_asked_else_its_owners_else_the_admins(quick_store: Ledger) -> None:
    with house(quick_store, owners=(CHI, GUEST)) as door:
        asking = Asking(door)
        asking.limit(CENT, person=BEN)
        asking.ask()
        asking.limit(CENT + 1, person="terminal")
        asking.ask('try "a blue kite"')
        door.owners = ()
        asked = [[one.person_id for one in request.people] for request in asking.requests()]
        assert asked == [[BEN], sorted([CHI, GUEST])]


def test_admins_are_asked_where_nobody_set_it_and_there_are_no_owners(door: House) -> None:
    door.limit_nanousd = CENT
    asking = Asking(door)
    asking.ask(user=BEN)
    assert [one.person_id for one in asking.request().people] == [ANA]


def test_every_budget_that_is_short_has_its_own_who_is_asked(door: House) -> None:
    asking = Asking(door)
    asking.limit(CENT)
    asking.limit(0, Scope("person", ANA), "month", CHI)
    asking.ask()
    assert [one.person_id for one in asking.request().people] == sorted([BEN, CHI])
    assert asking.request().usd == Decimal("0.02")
    asking.ask_all()
    assert "asks for $0.02 more on their own budget this month." in asking.direct(CHI)[0].text


def test_there_is_no_button_where_nobody_can_be_asked(door: House) -> None:
    asking = Asking(door)
    asking.limit(CENT)
    long = " ".join(["kite"] * 399) + " kit"
    assert len(f'try "{long}"') > 2000
    assert offers(asking.refused(f'try "{long}"')) == []
    assert offers(asking.refused(WORDS, BEN)) == []  # who set it asks nobody
    asking.limit(None)
    door.limit_nanousd = CENT
    assert offers(asking.refused(WORDS, ANA)) == []  # the only admin
    assert offers(asking.refused(WORDS, BEN)) == ["Ask for $0.01"]


def test_a_demo_is_never_refused_for_money(quick_store: Ledger) -> None:
    with house(quick_store, demo=True) as door:
        asking = Asking(door)
        asking.limit(0)
        assert offers(asking.refused()) == []
        assert len(asking.drawings()) == 1


def test_others_are_asked_where_slack_delivers_to_nobody_who_was(door: House) -> None:
    asking = Asking(door, others=(CHI,))
    asking.limit(CENT)
    asking.ask()
    door.far_end.fail("conversations.open", faults.refused("user_disabled"), times=1)
    asking.ask_all()
    assert asking.direct(BEN) == []
    (message,) = asking.direct(CHI)
    asking.answer("budget.approve", CHI, message)
    assert asking.placed() == 1


# Who may answer


def test_only_those_asked_and_those_who_may_change_budgets_answer(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()
    (message,) = asking.direct()
    for action in ("budget.approve", "budget.decline"):
        asking.answer(action, CHI, message)
    assert asking.heard(CHI) == [NOT_YOURS] * 2
    assert asking.request().state == "waiting"
    asking.answer("budget.decline", ANA, message)  # an admin
    assert asking.request().answered_by == ANA


def test_a_value_that_is_no_request_of_this_team_is_not_open(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()
    (message,) = asking.direct()

    def is_refused(value: str) -> None:
        asking.door.far_end.press(message, "budget.approve", value, user=BEN)
        asking.door.wait_for_words()
        assert "no longer open" in asking.heard(BEN)[-1]
        assert asking.request().state == "waiting"

    cells.hold(["", "zzzz", "x" * 400, "1; DROP TABLE", "é" * 8, "\0abcd"], is_refused)


def test_words_that_are_no_try_are_not_asked_for(asking: Asking) -> None:
    refused = asking.refused()

    def is_refused(words: str) -> None:
        asking.door.far_end.press(refused, "budget.ask", words)
        asking.door.wait_for_words()
        assert asking.requests() == []

    cells.hold(["budget set 900 per month", "estimate 5", "", "try"], is_refused)


# R134, R135: several answers


def test_R134_of_two_who_are_asked_the_second_reads_who_answered(quick_store: Ledger) -> None:
    with house(quick_store, owners=(BEN, CHI)) as door:
        asking = Asking(door)
        asking.limit(CENT, person="terminal")
        asking.ask()
        asking.ask_all()
        asking.answer()
        asking.answer(person=CHI)
        asking.answer("budget.decline", CHI)
        asking.answer()  # once more: it is the same answer
        assert asking.heard(CHI) == ["Sample-ben has answered already."] * 2
        assert asking.heard(BEN) == []
        assert asking.placed() == 1
        asking.tell_all()
        for person in (BEN, CHI):
            assert asking.told(person) == ["Sample-ben approved $0.01 more for sample-ana."]


# R136: too late


def test_R136_after_its_time_nothing_is_drawn_and_the_prompt_is_gone(asking: Asking) -> None:
    asking.limit(CENT, per="month")
    asking.ask()
    asking.ask_all()
    asking.door.now += timedelta(hours=24)
    asking.answer()
    asking.tell_all()
    assert asking.heard(BEN) == ["Its time is over: nothing was drawn."]
    assert (asking.request().state, asking.request().words, asking.drawings()) == ("expired", None, [])
    assert asking.told(ANA) == ["Nobody answered in time. Nothing was drawn or charged."]
    assert asking.told() == ["Nobody answered sample-ana in time."]
    assert asking.acts() == ["ask", "expire"]


def test_R136_a_moment_before_its_time_it_is_drawn(asking: Asking) -> None:
    asking.limit(CENT, per="month")
    asking.ask()
    asking.ask_all()
    asking.door.now += timedelta(hours=24) - timedelta(seconds=1)
    asking.answer()
    assert asking.placed() == 1


def test_R136_a_period_s_end_ends_it_and_the_sweep_says_so(asking: Asking) -> None:
    asking.ask()
    assert asking.request().until == datetime(2026, 11, 23, tzinfo=UTC)
    asking.ask_all()
    asking.door.now = datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)
    asking.sweep()
    assert asking.request().state == "waiting"
    asking.door.now += timedelta(seconds=1)
    asking.sweep()
    assert (asking.request().state, asking.request().words) == ("expired", None)
    asking.tell_all()
    assert len(asking.direct(ANA)) == 1


def installed(asking: Asking) -> None:
    """As a bot that runs notes it: sweeps go through the teams that have it."""
    asking.door.store.write(workspaces.remember, TEAM, "Sample", BOT_USER, "sample")


# R137: another budget


def test_R137_another_budget_that_refuses_by_then_refuses_and_both_are_told(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()
    asking.limit(0, Scope("person", ANA), "month", CHI)
    asking.answer()
    asking.tell_all()
    assert (asking.request().state, asking.request().answered_by) == ("refused", BEN)
    assert asking.drawings() == []
    why = "The person's budget is $0.02 short this month. Nothing was charged."
    assert asking.told() == [f"Sample-ben approved it for sample-ana; it can't be drawn. {why}"]
    assert asking.told(ANA) == [f"Sample-ben approved $0.01 more, but it can't be drawn. {why}"]
    assert asking.acts() == ["ask", "refuse"]
    assert asking.door.store.read(holds.differences) == []


def test_R137_what_passes_leaves_it_waiting(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()
    asking.door.per_minute = 1
    asking.door.drawn(ANA, channel="C0SAMPLEGEN")
    asking.answer()
    assert "Slow down" in asking.heard(BEN)[0]
    assert asking.heard(BEN)[0].endswith("It still waits for an answer: try again later.")
    assert asking.request().state == "waiting"
    asking.door.now += timedelta(minutes=2)
    asking.answer()
    assert asking.placed() == 1


def test_R137_a_model_that_ended_by_then_refuses(asking: Asking) -> None:
    asking.door.now = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    asking.limit(CENT // 10)
    asking.ask('try "a red kite" gpt-image-1-mini low')
    asking.ask_all()
    asking.door.now += timedelta(hours=2)
    asking.answer()
    assert asking.request().state == "refused"
    assert "gpt-image-1-mini" in (asking.request().reason or "")
    assert asking.drawings() == []


# R138: raised meanwhile, asked again


def test_R138_pressed_again_where_there_is_room_by_now_it_is_drawn_once(asking: Asking) -> None:
    refused = asking.ask()
    asking.ask_all()
    asking.limit(100 * CENT)
    for _ in range(2):
        asking.door.far_end.press(refused, "budget.ask")
    asking.door.wait_for_words()
    asking.answer()
    assert len(asking.drawings()) == 1
    assert asking.request().state == "expired"
    assert asking.heard(BEN) == ["It no longer waits. There was room again, so it was drawn without an answer."]
    asking.tell_all()
    assert asking.direct(ANA) == []
    assert asking.direct()[0].text.startswith("Sample-ana needs no answer any more.")


def test_R138_one_request_waits_for_a_person_s_command_however_often_it_is_asked(asking: Asking) -> None:
    refused = asking.ask()
    asking.door.far_end.press(refused, "budget.ask")
    asking.ask()  # typed once more
    asking.door.wait_for_words()
    assert len(asking.requests()) == 1
    waits = "Sample-ben is asked already: no answer yet. Until 23 Nov, 00:00. No money is held meanwhile."
    assert asking.heard(ANA) == [waits, waits]
    asking.ask('try "a blue kite"')
    assert len(asking.requests()) == 2


def test_R138_approved_after_it_was_raised_it_is_drawn_within_the_budget(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()
    asking.limit(100 * CENT)
    asking.answer()
    assert asking.placed() == 1
    assert "granted by" not in asking.refused("budget", BEN).text


def test_R138_two_approved_requests_are_both_drawn(asking: Asking) -> None:
    asking.ask()
    asking.ask('try "a blue kite"')
    asking.ask_all()
    for message in asking.direct():
        asking.answer("budget.approve", BEN, message)
    assert len(asking.drawings()) == 2
    assert asking.door.store.read(holds.differences) == []


# R139: told, whatever is killed


def test_R139_a_job_that_was_lost_is_done_again_by_the_sweep(asking: Asking) -> None:
    installed(asking)
    asking.ask()
    asking.door.jobs.clear()
    asking.sweep()
    assert asking.door.jobs == []  # its own job may be on its way
    asking.door.now += timedelta(minutes=3)
    asking.sweep()
    asking.ask_all()
    assert len(asking.direct()) == 1
    asking.answer("budget.decline")
    asking.door.jobs.clear()
    asking.door.now += timedelta(minutes=3)
    asking.sweep()
    asking.tell_all()
    assert len(asking.direct(ANA)) == 1
    asking.door.now += timedelta(minutes=30)
    asking.sweep()
    assert asking.door.jobs == []


def test_R139_slack_away_is_told_later_and_nobody_is_asked_twice(asking: Asking) -> None:
    installed(asking)
    asking.ask()
    asking.door.far_end.fail("chat.postMessage", faults.rate_limited(), times=5)
    asking.ask_all()
    assert asking.direct() == []
    asking.door.far_end.heal()
    asking.door.now += timedelta(minutes=3)
    asking.sweep()
    asking.ask_all()
    asking.said.ask(TEAM, asking.request().id)
    assert len(asking.direct()) == 1


def test_what_waits_is_listed_to_those_who_may_change_budgets(asking: Asking) -> None:
    assert "Only admins of this workspace" in asking.refused("budget requests", BEN).text
    assert asking.refused("budget requests", ANA).text == "Nobody waits for more."
    asking.ask(user=CHI)
    shown = asking.refused("budget requests", ANA)
    assert shown.text == "Sample-chi waits for $0.01 more. sample-chi: $0.01, in #sample-studio, until 23 Nov, 00:00."
    asking.answer("budget.approve", ANA, shown)
    assert asking.placed() == 1
    assert asking.request().answered_by == ANA
