"""Requests for more that are answered in Slack: by two at once, too late, past another budget; told in any case."""

from datetime import UTC, datetime, timedelta

from bot.ledger import holds
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.playground import faults
from bot.playground.people import ANA, BEN, CHI, TEAM
from tests.kit.asking import CENT, Asking, installed
from tests.kit.slack_door import house

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
    waits = "Sample-ben is asked already: no answer yet. Asked in #sample-studio, waits until 23 Nov, 00:00 UTC."
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
