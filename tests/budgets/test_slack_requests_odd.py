"""Requests for more where something went wrong on the way: Slack in part, rights that ended, presses in a hurry."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot import wiring
from bot.budgets import rows_requests
from bot.budgets.rights import NOT_ASKED, NOT_YOURS_TO_ANSWER
from bot.ledger import holds
from bot.ledger.limits import Scope
from bot.playground import faults
from bot.playground.faults import Fault
from bot.playground.people import ANA, BEN, CHI, GENERAL, GUEST, OUTSIDER, STUDIO, TEAM
from tests.kit.asking import CENT, Asking, installed
from tests.kit.slack_door import by_kind
from tests.kit.waiting import until
from tests.kit.wishes import at_once


@pytest.fixture
def drawing(asking: Asking) -> Asking:
    """With the jobs of drawing, too."""
    whole = asking.door.house()
    duties = wiring.duties(whole, wiring.studio(whole, "test"))
    asking.door.handlers |= by_kind(tuple(each for part in duties for each in part.handlers))
    return asking


def becomes(asking: Asking, person: str, other: str) -> None:
    """From now on Slack says of them what it says of the other."""
    slack = asking.door.far_end.workspace
    slack.put(replace(slack.people[other], id=person, name=slack.people[person].name))


def asked(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()


# R134: in a hurry


def test_R134_of_presses_in_a_hurry_one_draws(asking: Asking) -> None:
    asked(asking)
    (message,) = asking.direct()
    at_once([partial(asking.answer, "budget.approve", BEN, message) for _ in range(6)])
    assert (len(asking.drawings()), asking.placed()) == (1, 1)
    assert asking.door.store.read(holds.differences) == []
    assert asking.acts() == ["ask", "approve"]


def test_R138_asked_in_a_hurry_it_is_one_request(asking: Asking) -> None:
    refused = asking.refused()
    at_once([partial(asking.door.far_end.press, refused, "budget.ask") for _ in range(6)])
    asking.door.wait_for_words()
    asking.ask_all()
    assert (len(asking.requests()), len(asking.direct())) == (1, 1)


def test_R138_pressed_anew_after_a_word_was_lost_it_is_still_that_one(asking: Asking) -> None:
    """What waits keeps its key: pressed under two refusals, with room by then, it is drawn once."""
    first = asking.ask()
    second = asking.ask()
    asking.limit(100 * CENT)
    for refused in (first, second, second):
        asking.door.far_end.press(refused, "budget.ask")
    asking.door.wait_for_words()
    assert len({each.request_key for each in asking.drawings()}) == len(asking.drawings())
    assert asking.requests()[0].state == "expired"


def test_R138_asked_from_another_channel_it_says_where_it_waits(asking: Asking) -> None:
    asking.ask()
    asking.limit(CENT, Scope("channel", GENERAL), person=CHI)
    asking.ask(channel=GENERAL)
    assert asking.heard(ANA)[-1] == (
        "Sample-ben is asked already: no answer yet. Asked in #sample-studio, waits until 23 Nov, 00:00 UTC."
    )


# R136: the period


def test_R136_after_the_month_turned_it_is_asked_for_anew(asking: Asking) -> None:
    asking.door.now = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    asking.limit(CENT, per="month")
    asked(asking)
    asking.door.now += timedelta(minutes=31)
    asking.answer()
    assert (asking.request().state, asking.drawings()) == ("expired", [])
    asked(asking)
    asking.answer("budget.approve", BEN, asking.direct()[-1])
    assert asking.placed() == 1


# R137: rights


@pytest.mark.parametrize("other", [GUEST, OUTSIDER])
def test_R137_whoever_is_no_member_any_more_answers_nothing(asking: Asking, other: str) -> None:
    asked(asking)
    becomes(asking, BEN, other)
    for action in ("budget.approve", "budget.decline"):
        asking.answer(action)
    assert asking.request().state == "waiting"
    assert asking.drawings() == []
    if other == GUEST:
        assert asking.heard(BEN) == [NOT_YOURS_TO_ANSWER] * 2


def test_R137_while_slack_says_nothing_of_who_answers_it_waits(asking: Asking) -> None:
    asked(asking)
    (message,) = asking.direct()
    asking.door.far_end.fail("users.info", faults.broken(), times=9)
    for person in (BEN, ANA):
        asking.answer(person=person, about=message)
        assert asking.heard(person)[-1] == NOT_ASKED
    assert asking.request().state == "waiting"
    asking.door.far_end.heal()
    asking.answer()
    assert asking.placed() == 1


def test_R137_an_asker_who_may_draw_no_more_is_told_and_nothing_stays_held(drawing: Asking) -> None:
    asked(drawing)
    becomes(drawing, ANA, GUEST)
    drawing.answer()
    drawing.door.run("place")
    assert "ask one of its members" in drawing.heard(ANA)[-1]
    assert "draw" not in [job.kind for job in drawing.door.jobs]
    assert drawing.door.left(TEAM).reserved_nanousd == 0
    assert drawing.door.store.read(holds.differences) == []


@pytest.mark.parametrize("nanousd", [None, 0])
def test_R137_a_budget_taken_away_or_stopped_meanwhile_is_said_as_it_stands(
    asking: Asking, nanousd: int | None
) -> None:
    asking.ask()
    asking.limit(nanousd)
    asking.ask_all()
    assert ("has nothing of $0.00 left" in asking.told()[0]) == (nanousd == 0)
    asking.answer()
    assert asking.placed() == 1


# R139: Slack in part


def test_R139_who_asked_hears_it_once_though_the_other_s_message_is_updated_later(asking: Asking) -> None:
    installed(asking)
    asked(asking)
    asking.answer()
    asking.door.far_end.fail("chat.update", faults.rate_limited(), times=20)
    for _ in range(3):
        asking.tell_all()
        asking.door.now += timedelta(minutes=11)
        asking.sweep()
    asking.door.far_end.heal()
    asking.tell_all()
    assert asking.told(ANA) == ["Sample-ben approved $0.01 more: it is drawn in #sample-studio."]
    assert asking.told() == ["Sample-ben approved $0.01 more for sample-ana."]
    asking.door.now += timedelta(minutes=11)
    asking.sweep()
    assert "budget.answered" not in [job.kind for job in asking.door.jobs]


def test_R139_who_asked_is_told_later_where_slack_would_not_take_it(asking: Asking) -> None:
    installed(asking)
    asked(asking)
    asking.answer("budget.decline")
    asking.door.far_end.fail("chat.postMessage", faults.rate_limited(), times=5)
    asking.tell_all()
    assert asking.told(ANA) == []
    asking.door.far_end.heal()
    asking.door.now += timedelta(minutes=3)
    asking.sweep()
    asking.tell_all()
    asking.said.tell(TEAM, asking.request().id)
    assert len(asking.told(ANA)) == 1


def test_R139_nobody_is_told_of_what_ended_more_than_a_day_ago(asking: Asking) -> None:
    installed(asking)
    asked(asking)
    asking.answer("budget.decline")
    asking.door.jobs.clear()
    asking.door.now += timedelta(days=1, minutes=1)
    asking.sweep()
    assert asking.door.jobs == []


def test_R139_answered_while_its_message_was_on_the_way_that_says_so(asking: Asking) -> None:
    """Chi answers from the list of what waits, before Ben's message stands."""
    slack = asking.door.far_end
    asking.ask()
    slack.fail("chat.postMessage", faults.late(1.0), times=1)
    asks = threading.Thread(target=asking.ask_all)
    asks.start()
    until(lambda: slack.calls_of("conversations.open"))
    answered = (TEAM, asking.request().id, CHI)
    asking.door.store.write(rows_requests.decline, answered, asking.door.now, lambda *_: None)
    asks.join(10)
    assert asking.told() == ["Sample-chi declined $0.01 more for sample-ana."]
    assert not asking.direct()[0].elements("budget.approve")


@pytest.mark.parametrize(
    ("fault", "stays"),
    [(faults.rate_limited(), True), (faults.broken(), True), (faults.refused("not_in_channel"), False)],
)
def test_R139_slack_s_fault_between_approval_and_drawing_is_that_of_any_drawing(
    drawing: Asking, fault: Fault, stays: bool
) -> None:
    asked(drawing)
    drawing.answer()
    drawing.door.far_end.fail("chat.postMessage", fault, times=1)
    drawing.door.run("place")
    assert len(drawing.door.far_end.messages(STUDIO)) == stays
    assert (drawing.door.left(TEAM).reserved_nanousd > 0) == stays
    assert ("Nothing was charged." in drawing.heard(ANA)[-1]) == (not stays)
    assert drawing.door.store.read(holds.differences) == []
