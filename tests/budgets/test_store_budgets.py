"""Several budgets over one wish: all reserved or none, changed by people, said once."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from bot.budgets.news import News
from bot.budgets.rows import BudgetRows
from bot.errors import BudgetChanged, OverBudget
from bot.ledger import holds, settlement
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.limits import WORKSPACE, Budget, Scope
from bot.ledger.pictures import Failed, Left, Paid, Uncertain, Wish
from bot.ledger.tables import audits
from bot.periods import Period
from bot.spend.measures import Only
from bot.spend.rows import SpendRows
from tests.kit.clock import moment
from tests.kit.races import RUN, race
from tests.kit.records import put, record
from tests.kit.wishes import CENT, IMAGE, LIMITS, NEEDED, NOW, PAID, at_once, called, paid, wish

DOLLAR = 100 * CENT
CHANNEL, PERSON, PROJECT = Scope("channel", "C1"), Scope("person", "U1"), Scope("project", "kites")
ROOMY = replace(LIMITS, limit_nanousd=1000 * DOLLAR)
NOVEMBER = Period("2026-11", datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def set_to(store: Ledger, scope: Scope, nanousd: int, per: str = "month", person: str = "U9", team: str = "T1") -> None:
    BudgetRows(store.engine).change(
        team, scope, (nanousd, per), BudgetRows(store.engine).version(team, scope), person, NOW, LIMITS
    )


def left(store: Ledger, scope: Scope, limits: Any = LIMITS) -> Left:
    found = {standing.budget.scope: standing.left for standing in BudgetRows(store.engine).standings("T1", limits)}
    return found[scope]


def test_R58_every_budget_that_applies_is_reserved_settled_and_released(store: Ledger) -> None:
    BudgetRows(store.engine).tie("T1", "C1", "kites", "U9", NOW)
    for scope, per in ((CHANNEL, "week"), (PERSON, "month"), (PROJECT, "week")):
        set_to(store, scope, DOLLAR, per)
    row = called(store)
    for scope in (WORKSPACE, CHANNEL, PERSON, PROJECT):
        assert left(store, scope).reserved_nanousd == NEEDED
    store.settle("T1", row.id, Uncertain("x"), moment(NOW))
    store.settle("T1", row.id, PAID, moment(NOW))  # a correction
    waiting, _ = store.admit(wish(), LIMITS, moment(NOW))
    store.write(settlement.release, "T1", waiting.id, "x", NOW)
    for scope in (WORKSPACE, CHANNEL, PERSON, PROJECT):
        assert (left(store, scope).spent_nanousd, left(store, scope).reserved_nanousd) == (2 * CENT, 0)
    assert store.read(holds.differences) == []


@pytest.mark.parametrize("tight", [WORKSPACE, CHANNEL, PERSON, PROJECT])
def test_R58_one_budget_too_small_refuses_and_nothing_is_reserved_on_any(store: Ledger, tight: Scope) -> None:
    BudgetRows(store.engine).tie("T1", "C1", "kites", "U9", NOW)
    for scope in (CHANNEL, PERSON, PROJECT, tight):
        set_to(store, scope, NEEDED - 1 if scope == tight else DOLLAR, "week")
    with pytest.raises(OverBudget, match=r"it needs \$0\.034 and .* \$0\.033 left this week"):
        store.admit(wish(), LIMITS, moment(NOW))
    for scope in (WORKSPACE, CHANNEL, PERSON, PROJECT):
        assert left(store, scope).reserved_nanousd == 0
    set_to(store, tight, NEEDED, "week")
    store.admit(wish(), LIMITS, moment(NOW))
    with pytest.raises(OverBudget):
        store.admit(wish(), LIMITS, moment(NOW))


def test_other_people_s_and_channels_budgets_do_not_count(store: Ledger) -> None:
    for scope in (Scope("channel", "C2"), Scope("person", "U2"), PROJECT):
        set_to(store, scope, 0)
    store.admit(wish(), LIMITS, moment(NOW))
    store.admit(wish(channel_id=None), LIMITS, moment(NOW))


@pytest.mark.parametrize("per", ["week", "month"])
def test_a_budget_made_in_the_middle_of_a_period_starts_from_what_was_spent_and_reserved(
    store: Ledger, per: str
) -> None:
    paid(store)
    called(store)
    paid(store, person_id="U2")
    set_to(store, PERSON, NEEDED + 2 * CENT, per)
    assert left(store, PERSON) == Left("2026-W47" if per == "week" else "2026-11", 2 * CENT, NEEDED, NEEDED + 2 * CENT)
    with pytest.raises(OverBudget):
        store.admit(wish(), LIMITS, moment(NOW))
    assert store.read(holds.differences) == []


def test_a_new_week_begins_with_its_whole_limit_and_old_work_is_booked_in_its_own(store: Ledger) -> None:
    set_to(store, CHANNEL, NEEDED, "week")
    row = called(store)
    later = replace(LIMITS, period="2026-12", week="2026-W49")
    assert left(store, CHANNEL, later).left_nanousd == NEEDED
    store.admit(wish(), later, moment(NOW + timedelta(days=14)))
    store.settle("T1", row.id, PAID, moment(NOW + timedelta(days=14)))
    assert left(store, CHANNEL).spent_nanousd == 2 * CENT
    assert left(store, CHANNEL, later) == Left("2026-W49", 0, NEEDED, NEEDED)
    assert store.read(holds.differences) == []


def test_R58_lowered_below_what_is_spent_the_running_finish_and_new_ones_are_refused(store: Ledger) -> None:
    set_to(store, CHANNEL, DOLLAR)
    paid(store)
    row = called(store)
    set_to(store, CHANNEL, CENT)
    assert store.settle("T1", row.id, PAID, moment(NOW)).charged_nanousd == 2 * CENT
    assert left(store, CHANNEL).left_nanousd == -3 * CENT
    with pytest.raises(OverBudget, match="this channel has nothing left this month"):
        store.admit(wish(), LIMITS, moment(NOW))


def test_until_somebody_sets_one_the_workspace_has_the_settings_limit_and_after_it_is_taken_away_again(
    store: Ledger,
) -> None:
    assert left(store, WORKSPACE).limit_nanousd == LIMITS.limit_nanousd
    set_to(store, WORKSPACE, 5 * DOLLAR, "week")
    assert store.read(holds.left, "T1", LIMITS) == Left("2026-W47", 0, 0, 5 * DOLLAR)
    BudgetRows(store.engine).change("T1", WORKSPACE, None, 1, "U9", NOW, LIMITS)
    assert store.read(holds.left, "T1", LIMITS) == Left("2026-11", 0, 0, LIMITS.limit_nanousd)


def test_a_budget_taken_away_limits_nothing_and_its_row_goes_on_adding_up(store: Ledger) -> None:
    set_to(store, CHANNEL, 0)
    BudgetRows(store.engine).change("T1", CHANNEL, None, 1, "U9", NOW, LIMITS)
    paid(store)
    assert store.read(holds.differences) == []
    set_to(store, CHANNEL, DOLLAR)
    assert left(store, CHANNEL).spent_nanousd == 2 * CENT


def test_R58_of_two_who_change_it_at_once_the_second_hears_of_the_first(store: Ledger) -> None:
    works = [
        partial(
            BudgetRows(store.engine).change, "T1", CHANNEL, (dollars * DOLLAR, "month"), 0, f"U{dollars}", NOW, LIMITS
        )
        for dollars in (50, 60)
    ]
    answers = at_once(works)
    (refusal,) = [answer for answer in answers if isinstance(answer, Exception)]
    (first,) = [answer for answer in answers if not isinstance(answer, Exception)]
    assert isinstance(refusal, BudgetChanged)
    dollars = left(store, CHANNEL).limit_nanousd // DOLLAR
    assert (refusal.person_id, first.new.limit_nanousd) == (f"U{dollars}", dollars * DOLLAR)


def test_R75_every_change_is_a_row_in_the_audit_and_a_repeat_is_no_change(store: Ledger) -> None:
    set_to(store, CHANNEL, 50 * DOLLAR)
    set_to(store, CHANNEL, 50 * DOLLAR)
    set_to(store, CHANNEL, 5 * DOLLAR, "week", "U8")
    BudgetRows(store.engine).tie("T1", "C1", "kites", "U9", NOW)
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(audits.c.person_id, audits.c.what, audits.c.detail)).all()
    assert sorted(map(tuple, rows)) == [
        ("U8", "budget", '{"scope": "channel", "id": "C1", "old": "$50.00 per month", "new": "$5.00 per week"}'),
        ("U9", "budget", '{"scope": "channel", "id": "C1", "old": null, "new": "$50.00 per month"}'),
        ("U9", "channel project", '{"channel": "C1", "old": null, "new": "kites"}'),
    ]


def test_a_picture_is_for_the_project_its_channel_had_when_it_was_asked_for(store: Ledger) -> None:
    row = called(store)
    BudgetRows(store.engine).tie("T1", "C1", "kites", "U9", NOW)
    called(store)
    BudgetRows(store.engine).tie("T1", "C1", None, "U9", NOW)
    store.settle("T1", row.id, PAID, moment(NOW))
    called(store)
    (kites,) = SpendRows(store.engine).sums("T1", [NOVEMBER], None, Only(project="kites"))
    assert kites.records == 1
    assert {part.name: part.records for part in SpendRows(store.engine).sums("T1", [NOVEMBER], "project")} == {
        None: 2,
        "kites": 1,
    }


def test_what_pipelines_report_stands_beside_a_budget_and_not_in_it(store: Ledger) -> None:
    put(store, record(project="kites", occurred_at=NOW, amount_nanousd=5 * DOLLAR))
    set_to(store, PROJECT, DOLLAR)
    assert left(store, PROJECT).spent_nanousd == 0
    assert BudgetRows(store.engine).reported("T1", PROJECT, NOVEMBER) == 5 * DOLLAR
    assert BudgetRows(store.engine).reported("T1", WORKSPACE, NOVEMBER) == 5 * DOLLAR
    assert BudgetRows(store.engine).reported("T1", Scope("project", "boats"), NOVEMBER) is None


def test_a_threshold_is_handed_out_once_to_whoever_asks_and_taken_back_once(store: Ledger) -> None:
    paid(store)
    set_to(store, CHANNEL, 2 * CENT)
    ask = partial(BudgetRows(store.engine).tell, "T1", ROOMY, (50, 80, 95), NOW)
    told = [news for found in at_once([ask] * 8) for _, news in found]
    assert told == [News(over=(50, 80, 95))]
    set_to(store, CHANNEL, DOLLAR)
    ((standing, news),) = ask()
    assert (standing.budget.scope, news) == (CHANNEL, News(back=(50, 80, 95)))
    set_to(store, CHANNEL, 2 * CENT)
    assert ask() == ()
    december = replace(ROOMY, period="2026-12", week="2026-W49")
    assert BudgetRows(store.engine).tell("T1", december, (50,), NOW) == ()


def test_bookings_are_those_of_the_scope_and_period(store: Ledger) -> None:
    paid(store)
    paid(store, person_id="U2")
    assert BudgetRows(store.engine).bookings("T1", PERSON, NOVEMBER) == ((NOW, 2 * CENT),)
    assert len(BudgetRows(store.engine).bookings("T1", WORKSPACE, NOVEMBER)) == 2


def test_the_books_of_one_team_are_nobody_else_s(store: Ledger) -> None:
    set_to(store, CHANNEL, 0, team="T2")
    store.admit(wish(), LIMITS, moment(NOW))
    assert [one.budget.scope for one in BudgetRows(store.engine).standings("T1", LIMITS)] == [WORKSPACE]


# R57 with all four kinds of budgets: fifty at once, in two channels, by two people; the tightest decides for each.


def _asked(number: int, turn: int) -> Wish:
    channel_id, person_id = f"C{number % 2 + 1}", f"U{number % 2}"
    return wish(team_id=f"T{turn}", person_id=person_id, channel_id=channel_id, request_key=f"p{number}")


def _assert_exact(url: str, rounds: int) -> None:
    store = open_ledger(url, busy_seconds=30)
    for turn in range(rounds):
        team = f"T{turn}"
        BudgetRows(store.engine).tie(team, "C1", "kites", "U9", NOW)
        set_to(store, Scope("channel", "C1"), 20 * NEEDED, "week", team=team)
        set_to(store, Scope("project", "kites"), 7 * NEEDED + 1, "month", team=team)
        set_to(store, Scope("person", "U1"), 11 * NEEDED, "week", team=team)
    answers = race(url, [[_asked(number, turn) for turn in range(rounds)] for number in range(50)])
    for turn in range(rounds):
        run = Counter(number % 2 + 1 for number, each in enumerate(answers) if each[turn] == RUN)
        assert run == {1: 7, 2: 11}  # of the 25 in each channel
    assert store.read(holds.differences) == []
    store.close()


def test_R57_of_fifty_at_once_under_four_budgets_exactly_those_with_money_run(database_url: str) -> None:
    _assert_exact(database_url, rounds=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_R57_of_fifty_at_once_under_four_budgets_two_hundred_times(database_url: str) -> None:
    _assert_exact(database_url, rounds=200)


def test_R59_a_week_across_two_months_adds_up(store: Ledger) -> None:
    """The last of November and the first of December lie in one week."""
    set_to(store, CHANNEL, 3 * NEEDED, "week")
    edges = [replace(LIMITS, period=period, week="2026-W49") for period in ("2026-11", "2026-12")]
    for limits in (*edges, edges[0]):
        store.admit(wish(images=(IMAGE,)), limits, moment(NOW))
    with pytest.raises(OverBudget):
        store.admit(wish(), edges[1], moment(NOW))
    assert left(store, CHANNEL, edges[1]).reserved_nanousd == 3 * NEEDED
    assert store.read(holds.differences) == []


@pytest.mark.parametrize("outcome", [Failed("x"), Paid(3 * CENT, None, None, None, None)])
def test_a_demo_counts_under_no_budget(store: Ledger, outcome: Failed | Paid) -> None:
    set_to(store, CHANNEL, 0)
    row = called(store, demo=True)
    store.settle("T1", row.id, outcome, moment(NOW))
    assert left(store, CHANNEL) == Left("2026-11", 0, 0, 0)
    assert store.read(holds.differences) == []


def test_a_budget_is_known_by_who_set_it_and_when(store: Ledger) -> None:
    set_to(store, CHANNEL, DOLLAR, "week")
    found = BudgetRows(store.engine).standings("T1", LIMITS, [CHANNEL])
    assert found[1].budget == Budget(CHANNEL, "week", DOLLAR, 1, "U9", NOW)
