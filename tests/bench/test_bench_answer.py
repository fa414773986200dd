"""One way to plan a bench for every door: from typed wishes to the planned bench and its quote."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot import catalog
from bot.bench import rows_read
from bot.bench.answer import BenchPlanner, BenchWishes, plan_of
from bot.bench.plan import Effort, Plan
from bot.errors import BadPlan, NotOpen, OverBudget
from bot.ledger.ledger import Ledger
from tests.kit import cells
from tests.kit.benches_made import ROOMY, plan
from tests.kit.wishes import CENT, NOW

EARLIER = plan(reviewers=3, effort=Effort(Decimal(10), Decimal(60)), cap_nanousd=CENT)
SETS = {"kites": tuple(f"kite {number}" for number in range(5))}


def wishes(**changes: Any) -> BenchWishes:
    plain = BenchWishes("T1", "click", "U1", "C1", "slack", (("budget", None), ("premium", "high")), None)
    return replace(plain, **changes)


def planner(store: Ledger, *, demo: bool = False) -> BenchPlanner:
    return BenchPlanner(store, catalog.load(), SETS, 30, demo, lambda _: ROOMY, lambda: NOW)


def test_what_is_said_goes_before_what_it_is_based_on_save_the_cap() -> None:
    kept = replace(EARLIER, cap_nanousd=None)
    table: list[tuple[dict[str, Any], Plan]] = [
        ({}, kept),
        ({"tag": ""}, kept),
        ({"tag": "boats"}, replace(kept, kind="boats")),
        ({"reviewers": 1}, replace(kept, reviewers=1)),
        ({"reject_seconds": Decimal(0)}, replace(kept, effort=Effort(Decimal(0), Decimal(60)))),
        ({"reject_usd_per_hour": Decimal(0)}, replace(kept, effort=Effort(Decimal(10), Decimal(0)))),
        ({"cap_usd": Decimal("0.02")}, replace(kept, cap_nanousd=2 * CENT)),
    ]
    cells.agree(table, lambda said: plan_of(wishes(**said), EARLIER))
    with pytest.raises(BadPlan, match="1, 3 or 5"):
        plan_of(wishes(reviewers=2), EARLIER)


def test_both_doors_plan_the_same_bench_at_the_same_price(store: Ledger) -> None:
    window = planner(store).plan(wishes(named="kites", kept_by="U1"))
    terminal = planner(store).plan(
        wishes(prompts=SETS["kites"], kind="kites", request_key="terminal", channel_id=None, source="terminal")
    )
    assert window.more is not None
    more = replace(window.more, bench_id=terminal.id)
    assert terminal == replace(window, id=terminal.id, more=more)
    one, other = (store.read(rows_read.bench, "T1", quote.id) for quote in (window, terminal))
    assert (one.plan, one.question) == (other.plan, other.question)
    assert [str(side.spec.quality) for side in one.plan.entrants] == ["medium", "high"]


def test_a_click_plans_once_and_its_quote_is_that_of_the_bench(store: Ledger) -> None:
    first = planner(store).plan(wishes(named="kites"))
    assert planner(store).plan(wishes(named="kites")) == first
    assert planner(store).quote(store.read(rows_read.bench, "T1", first.id)) == first


def test_the_prompts_of_an_earlier_bench_are_taken_with_what_was_said_of_it(store: Ledger) -> None:
    first = planner(store).plan(wishes(named="kites", reviewers=3, cap_usd=Decimal(9)))
    second = planner(store).plan(
        wishes(again=first.id, request_key="again", sides=(("premium", None), ("legacy", None)))
    )
    found = store.read(rows_read.bench, "T1", second.id)
    assert (found.parent_id, found.plan.prompts, found.plan.reviewers) == (first.id, SETS["kites"], 3)
    assert found.plan.cap_nanousd != 9 * 100 * CENT
    with pytest.raises(NotOpen):
        planner(store).plan(wishes(again=first.id, team_id="T2"))


def test_what_names_no_set_is_not_open_and_a_cap_under_the_quote_is_refused(store: Ledger) -> None:
    with pytest.raises(NotOpen):
        planner(store).plan(wishes(named="boats"))
    with pytest.raises(BadPlan, match="here are 0"):
        planner(store).plan(wishes(named="kept:20"))
    with pytest.raises(OverBudget, match="its cap"):
        planner(store).plan(wishes(named="kites", cap_usd=Decimal("0.01")))
    assert store.read(rows_read.listed, "T1", 9) == ()


def test_demo_pictures_cost_nothing_and_the_prompts_needed_are_those_of_real_prices(store: Ledger) -> None:
    real, demo = (
        planner(store, demo=free).plan(wishes(named="kites", request_key=str(free))) for free in (False, True)
    )
    assert (demo.demo, demo.quote.most_usd, demo.cap_usd) == (True, Decimal(0), Decimal(0))
    assert demo.prompts_needed == real.prompts_needed
