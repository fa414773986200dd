"""More prompts for one question: only what nobody judged for it yet, its price, and a button that is never cut."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot import catalog
from bot.bench import more as labels
from bot.bench.more import MorePrompts, use_label
from bot.bench.plan import Plan
from bot.bench.unused import more, unused_prompts
from bot.ledger.ledger import Ledger
from bot.slack.frame import LABEL_LETTERS
from tests.kit.benches_made import better, decided, plan, planned, sealed

TODAY = date(2026, 11, 22)
SETS = {"shots": tuple(f"shot {n}" for n in range(20))}


def of_shots(first: int, last: int) -> Plan:
    return replace(plan(), prompts=SETS["shots"][first:last], kind="shots")


def test_more_prompts_are_those_of_its_set_that_nobody_judged_for_it(store: Ledger) -> None:
    sealed(store, of_shots(0, 6))
    bench = planned(store, of_shots(6, 12))
    assert unused_prompts(store, SETS, bench) == SETS["shots"][12:]
    demo = planned(store, of_shots(6, 12), demo=True)
    assert unused_prompts(store, SETS, demo) == SETS["shots"][:6] + SETS["shots"][12:]


def test_prompts_of_other_work_are_none_of_it(store: Ledger) -> None:
    assert unused_prompts(store, SETS, planned(store)) == ()


def test_its_price_is_that_of_a_prompt_and_its_look_follows_those_that_were_taken(store: Ledger) -> None:
    facts = catalog.load()
    bench = decided(store, of_shots(0, 10), better)
    eight = more(store, facts, SETS, bench, 8, TODAY)
    assert eight is not None
    assert (eight.look, eight.enough, len(eight.unused), eight.total_usd) == (2, True, 8, Decimal("0.210720"))
    twenty = more(store, facts, SETS, bench, 20, TODAY)
    assert twenty is not None
    assert (twenty.enough, len(twenty.unused)) == (False, 10)
    decided(store, of_shots(0, 10), better, hours=1)  # the same once more is no look
    for hours, first in enumerate((10, 13, 15), 2):
        eight = more(store, facts, SETS, bench, 8, TODAY)
        assert eight is not None
        assert eight.look == hours
        decided(store, of_shots(first, first + 5), better, hours=hours)
    assert more(store, facts, SETS, bench, 8, TODAY) is None
    assert more(store, facts, SETS, bench, 8, date(2031, 1, 1)) is None


LABELS = [
    (1, "0.45", "Test 17 more: $0.45", "Use 17: $0.45"),
    (2, "0.45", "17 more, look 2/4: $0.45", "Use 17, look 2/4: $0.45"),
    (3, "12.45", "17 more (3/4): $12.45", "Use 17, look 3/4: $12.45"),
    (4, "112.45", "17 more (4/4): $112.45", "17, look 4/4: $112.45"),
]


@pytest.mark.parametrize(("look", "usd", "test", "use"), LABELS)
def test_the_button_says_which_look_it_is_in_the_longest_words_slack_shows(
    look: int, usd: str, test: str, use: str
) -> None:
    unused = tuple(map(str, range(17)))
    one = MorePrompts("b1", 17, unused, Decimal(usd), look, demo=False)
    assert (labels.test_label(one), use_label(one, 17, one.total_usd)) == (test, use)
    few = replace(one, unused=())
    assert labels.test_label(few).endswith("…")
    for each in (one, few, replace(one, demo=True)):
        assert len(labels.test_label(each)) <= LABEL_LETTERS
        assert len(use_label(each, 17, each.total_usd)) <= LABEL_LETTERS
