"""Whose money it is, and of which period, at the edges; and what the audit of the books must see."""

import pytest
import sqlalchemy as sa

from bot.bench import rows_calls, rows_read
from bot.budgets.rows import BudgetRows
from bot.ledger import holds
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE, Scope
from bot.ledger.tables import budget_periods
from tests.budgets.test_store_budgets import NOVEMBER
from tests.kit.benches_made import call, started
from tests.kit.records import put, record
from tests.kit.wishes import CENT, paid


@pytest.mark.parametrize("scope", [WORKSPACE, Scope("project", "kites"), Scope("person", "U1")])
def test_what_is_reported_is_the_team_s_own_from_the_first_instant_of_the_period_to_before_its_end(
    store: Ledger, scope: Scope
) -> None:
    whose = {"project": "kites", "person_id": "U1"}
    put(
        store,
        record(**whose, occurred_at=NOVEMBER.start, amount_nanousd=CENT),
        record(**whose, occurred_at=NOVEMBER.end, amount_nanousd=2 * CENT),
        record(**whose, team_id="T2", amount_nanousd=4 * CENT),
    )
    assert BudgetRows(store.engine).reported("T1", scope, NOVEMBER) == CENT


def test_of_a_channel_pipelines_report_nothing(store: Ledger) -> None:
    put(store, record())
    assert BudgetRows(store.engine).reported("T1", Scope("channel", "C1"), NOVEMBER) is None


def test_what_a_bench_holds_adds_up_also_when_no_call_of_it_is_open(store: Ledger) -> None:
    bench = started(store)
    assert store.read(rows_read.bench, "T1", bench.id).held_nanousd > 0
    assert store.read(holds.differences) == []
    for generation_id in store.read(rows_calls.waiting, "T1", bench.id):
        call(store, generation_id)
    assert store.read(holds.differences) == []


def test_a_month_whose_row_is_lost_is_a_difference_and_a_lost_row_of_a_week_is_none(store: Ledger) -> None:
    paid(store)
    with store.transaction() as connection:
        connection.execute(sa.delete(budget_periods))
    assert store.read(holds.differences) == [
        f"T1 2026-11: spent and reserved are (0, 0), the rows add up to ({2 * CENT}, 0)"
    ]
