"""Requests for more in the store: of many answers at once one stands, and what was granted is granted once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from bot.budgets import requests, rows_requests
from bot.budgets.requests import AskedPerson, BudgetRequest
from bot.errors import NotOpen, OverBudget
from bot.ledger import holds
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE, Scope
from bot.ledger.pictures import Limits, Wish
from bot.ledger.rows import new_id
from bot.ledger.tables import audits, drawings
from bot.store.engine import reading
from tests.budgets.test_store_budgets import CHANNEL, DOLLAR, PERSON, left, set_to
from tests.kit.clock import moment
from tests.kit.slack_door import UTC_ZONE
from tests.kit.wishes import CENT, IMAGE, LIMITS, NEEDED, NOW, at_once, wish

UNTIL = NOW + timedelta(hours=24)


def quiet(_connection: Any, _about: Any) -> None:
    """No job is wanted."""


def refusal(store: Ledger, wanted: Wish, limits: Limits = LIMITS) -> OverBudget:
    with pytest.raises(OverBudget) as caught:
        store.admit(wanted, limits, moment(NOW))
    return caught.value


def asked(store: Ledger, wanted: Wish, limits: Limits = LIMITS, until: datetime = UNTIL) -> BudgetRequest:
    error = refusal(store, wanted, limits)
    new = BudgetRequest(
        team_id=wanted.team_id,
        id=new_id(),
        request_key=wanted.request_key,
        person_id=wanted.person_id,
        channel_id=wanted.channel_id or "",
        thread_ts=None,
        words=f'try "{wanted.prompt}"',
        hold_nanousd=error.needed_nanousd,
        shortfalls=error.shortfalls,
        asked_at=NOW,
        until=until,
        people=(AskedPerson("U8"), AskedPerson("U9")),
    )
    return store.write(rows_requests.ask, new, quiet)


def approving(store: Ledger, request: BudgetRequest, wanted: Wish, by: str = "U9", limits: Limits = LIMITS) -> Any:
    answered = (request.team_id, request.id, by)
    return partial(store.write, rows_requests.approve, answered, wanted, limits, moment(NOW), quiet, quiet)


def declining(store: Ledger, request: BudgetRequest, by: str) -> Callable[[], BudgetRequest]:
    return partial(store.write, rows_requests.decline, (request.team_id, request.id, by), NOW, quiet)


def drawn(store: Ledger) -> int:
    with reading(store.engine) as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(drawings)).scalar_one()


def acts(store: Ledger) -> int:
    with reading(store.engine) as connection:
        return connection.execute(
            sa.select(sa.func.count()).select_from(audits).where(audits.c.what == "budget request")
        ).scalar_one()


def test_every_budget_that_is_short_is_named_with_what_it_lacks_and_who_set_it(store: Ledger) -> None:
    set_to(store, CHANNEL, 2 * CENT, "week", "U7")
    set_to(store, PERSON, 0, "month", "U8")
    set_to(store, WORKSPACE, DOLLAR, "month", "U9")
    error = refusal(store, wish())
    named = {(one.scope, one.per, one.period, one.short_nanousd, one.set_by) for one in error.shortfalls}
    assert named == {
        ("channel", "week", "2026-W47", NEEDED - 2 * CENT, "U7"),
        ("person", "month", "2026-11", NEEDED, "U8"),
    }
    assert error.needed_nanousd == NEEDED


def test_R134_R135_of_many_answers_at_once_one_stands(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT)
    for turn in range(4):
        wanted = wish(prompt=f"kite {turn}")
        request = asked(store, wanted)
        before = drawn(store)
        answers = [approving(store, request, wanted, f"U{by}") for by in (6, 7)]
        answers += [declining(store, request, f"U{by}") for by in (8, 9)]
        said = at_once(answers if turn % 2 else answers[::-1])
        (outcome,) = {(one.state, one.answered_by, one.drawing_id) for one in said}
        assert (outcome[0] == "approved") == (drawn(store) == before + 1)
        assert acts(store) == 2 * (turn + 1)
    assert store.read(holds.differences) == []


def test_R134_approved_twice_is_drawn_once(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT)
    wanted = wish()
    approve = approving(store, asked(store, wanted), wanted)
    first, second = approve(), approve()
    assert first.drawing_id == second.drawing_id is not None
    assert drawn(store) == 1
    assert left(store, CHANNEL).reserved_nanousd == NEEDED


def test_R136_at_its_last_moment_it_is_over(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT)
    wanted = wish()
    request = asked(store, wanted)
    late = (request.team_id, request.id, "U9"), wanted, LIMITS, moment(UNTIL), quiet, quiet
    assert store.write(rows_requests.approve, *late).state == "expired"
    assert (drawn(store), store.read(rows_requests.request, "T1", request.id).words) == (0, None)


def test_R137_only_the_budgets_that_refused_are_passed(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT)
    wanted = wish()
    request = asked(store, wanted)
    set_to(store, PERSON, NEEDED - 1)
    with pytest.raises(OverBudget) as caught:
        approving(store, request, wanted)()
    assert [(one.scope, one.short_nanousd) for one in caught.value.shortfalls] == [("person", 1)]
    assert store.read(rows_requests.request, "T1", request.id).state == "waiting"
    assert (drawn(store), left(store, CHANNEL).reserved_nanousd) == (0, 0)
    set_to(store, PERSON, NEEDED)
    assert approving(store, request, wanted)().state == "approved"


def test_R137_no_more_than_was_asked_for_is_granted(store: Ledger) -> None:
    """Prices rose meanwhile: what is needed now is more than what somebody allowed."""
    set_to(store, CHANNEL, CENT)
    wanted = wish()
    request = asked(store, wanted)
    dearer = replace(wanted, images=(replace(IMAGE, reserved_nanousd=NEEDED + CENT + 1),))
    with pytest.raises(OverBudget):
        approving(store, request, dearer)()
    within = replace(wanted, images=(replace(IMAGE, reserved_nanousd=NEEDED + CENT),))
    assert approving(store, request, within)().state == "approved"


def test_R137_what_was_granted_in_one_month_passes_nothing_in_the_next(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT, "month")
    wanted = wish()
    request = asked(store, wanted)
    with pytest.raises(OverBudget):
        approving(store, request, wanted, limits=replace(LIMITS, period="2026-12"))()
    assert (drawn(store), store.read(holds.differences)) == (0, [])


def test_R136_the_sweep_ends_none_before_its_time(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT)
    late = asked(store, wish())
    early = asked(store, wish(person_id="U2"), until=UNTIL - timedelta(hours=1))
    store.write(rows_requests.expire, "T1", UNTIL - timedelta(hours=1), quiet)
    states = [store.read(rows_requests.request, "T1", one.id).state for one in (early, late)]
    assert states == ["expired", "waiting"]


def test_R138_many_who_ask_at_once_are_one_request(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT)
    error = refusal(store, wish())

    def ask(number: int) -> BudgetRequest:
        new = BudgetRequest(
            "T1", new_id(), f"click {number}", "U1", "C1", None, "try kite", NEEDED, error.shortfalls, NOW, UNTIL,
            (AskedPerson("U9"),),
        )  # fmt: skip
        return store.write(rows_requests.ask, new, quiet)

    assert len({one.id for one in at_once([partial(ask, number) for number in range(6)])}) == 1
    assert len(store.read(rows_requests.waiting, "T1")) == 1


class Killed(Exception):
    """Stands for the end of a process in the middle of a transaction."""


def test_R139_what_is_killed_in_an_approval_leaves_it_waiting(store: Ledger) -> None:
    def killed(*_: Any) -> None:
        raise Killed

    set_to(store, CHANNEL, CENT)
    wanted = wish()
    request = asked(store, wanted)
    answered = (request.team_id, request.id, "U9"), wanted, LIMITS, moment(NOW)
    for place, tell in ((killed, quiet), (quiet, killed)):
        with pytest.raises(Killed):
            store.write(rows_requests.approve, *answered, place, tell)
        stands = store.read(rows_requests.request, "T1", request.id)
        assert (stands.state, stands.words, acts(store)) == ("waiting", request.words, 1)
        assert (drawn(store), left(store, CHANNEL).reserved_nanousd) == (0, 0)
    assert store.write(rows_requests.approve, *answered, quiet, quiet).state == "approved"


def test_a_request_of_another_team_is_as_unknown_as_one_that_never_was(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT)
    request = asked(store, wish())
    for team_id, request_id in (("T2", request.id), ("T1", "zzzzzzzz")):
        with pytest.raises(NotOpen):
            store.read(rows_requests.request, team_id, request_id)


def test_a_grant_is_remembered_for_its_budget_and_period_alone(store: Ledger) -> None:
    set_to(store, CHANNEL, CENT, "week")
    wanted = wish()
    approving(store, asked(store, wanted), wanted, "U9")()
    for scope, period, by in (
        (CHANNEL, "2026-W47", "U9"),
        (CHANNEL, "2026-W48", None),
        (CHANNEL, "2026-11", None),
        (WORKSPACE, "2026-W47", None),
        (Scope("channel", "C2"), "2026-W47", None),
    ):
        assert store.read(rows_requests.granted_by, "T1", scope, period) == by


def test_until_is_a_day_or_the_end_of_the_earliest_period(store: Ledger) -> None:
    set_to(store, CHANNEL, 0, "month")
    monthly = refusal(store, wish()).shortfalls
    set_to(store, PERSON, 0, "week")
    both = refusal(store, wish()).shortfalls
    assert requests.until(monthly, NOW, UTC_ZONE) == UNTIL
    assert requests.until(both, NOW, UTC_ZONE) == NOW.replace(hour=0) + timedelta(days=1)
    assert requests.until(both, NOW + timedelta(days=1), UTC_ZONE) == NOW + timedelta(days=2)
