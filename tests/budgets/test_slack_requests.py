"""Asking for more in Slack: refused, asked, answered by another person, and drawn, or told why not."""

from decimal import Decimal

import pytest

from bot import wiring
from bot.budgets.rights import NOT_YOURS_TO_ANSWER
from bot.budgets.rows import BudgetRows
from bot.ledger import holds
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.playground import faults
from bot.playground.people import ANA, BEN, BOT_USER, CHI, GONE, GUEST, OUTSIDER, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from tests.kit import cells
from tests.kit.asking import CENT, CHANNEL, WORDS, Asking
from tests.kit.slack_door import House, by_kind, house


def offers(shown: PostedMessage) -> list[str]:
    return [element["text"]["text"] for _, element in shown.elements("budget.ask")]


def test_a_refusal_is_asked_for_approved_by_another_person_and_drawn_where_it_was_asked(asking: Asking) -> None:
    refused = asking.ask()
    assert offers(refused) == ["Ask for $0.01"]
    assert asking.heard(ANA) == [
        "Asked sample-ben for $0.01 more. Until 23 Nov, 00:00 UTC. No money is held meanwhile."
    ]
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
    assert shown.text.startswith("Nothing of $0.01 is left this week, over by $0.00372 in #sample-studio.")
    assert "What is over was granted by sample-ben." in shown.text


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


@pytest.mark.parametrize("person", [GUEST, OUTSIDER, GONE, BOT_USER])
def test_who_set_it_and_may_decide_no_more_is_not_asked(door: House, person: str) -> None:
    asking = Asking(door, others=(CHI,))
    asking.limit(CENT, person=person)
    asking.ask()
    asking.ask_all()
    assert asking.direct(person) == []
    assert len(asking.direct(CHI)) == 1


# Who may answer


def test_only_those_asked_and_those_who_may_change_budgets_answer(asking: Asking) -> None:
    asking.ask()
    asking.ask_all()
    (message,) = asking.direct()
    for action in ("budget.approve", "budget.decline"):
        asking.answer(action, CHI, message)
    assert asking.heard(CHI) == [NOT_YOURS_TO_ANSWER] * 2
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


def test_what_waits_is_listed_to_those_who_may_change_budgets(asking: Asking) -> None:
    assert "Only admins of this workspace" in asking.refused("budget requests", BEN).text
    assert asking.refused("budget requests", ANA).text == "Nobody waits for more."
    asking.ask(user=CHI)
    shown = asking.refused("budget requests", ANA)
    assert (
        shown.text == "Sample-chi waits for $0.01 more. sample-chi: $0.01, in #sample-studio, until 23 Nov, 00:00 UTC."
    )
    asking.answer("budget.approve", ANA, shown)
    assert asking.placed() == 1
    assert asking.request().answered_by == ANA
