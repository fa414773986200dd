"""Budgets as pure thinking: when people are told, where a month will end, what a refusal says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.budgets.forecast import forecast
from bot.budgets.lines import changed
from bot.budgets.news import BACK, OVER, News, news
from bot.ledger.limits import WORKSPACE, Budget, BudgetStanding, Scope, refused
from bot.ledger.pictures import Left
from tests.kit import cells

DOLLAR = 1_000_000_000
USUAL = (50, 80, 95)


def left(spent: int, limit: int = 100) -> Left:
    return Left("2026-11", spent, 0, limit)


def test_a_threshold_is_told_when_it_is_reached_and_taken_back_when_it_is_not() -> None:
    table = [
        (49, {}, News()),
        (50, {}, News(over=(50,))),
        (96, {}, News(over=(50, 80, 95))),
        (96, {50: OVER, 80: OVER, 95: OVER}, News()),
        (79, {50: OVER, 80: OVER}, News(back=(80,))),
        (80, {50: OVER, 80: OVER}, News()),
        (79, {50: OVER, 80: BACK}, News()),
        (80, {50: OVER, 80: BACK}, News()),  # once a period
        (0, {50: OVER, 80: OVER}, News(back=(50, 80))),
        (0, {40: OVER}, News()),  # no longer in the settings
    ]
    cells.agree(table, lambda spent, told: news(left(spent), USUAL, told))


@pytest.mark.parametrize("told", [{}, {50: OVER}])
def test_a_limit_of_nothing_crosses_no_threshold(told: dict[int, str]) -> None:
    assert news(left(10, limit=0), USUAL, told) == News()


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 200)), max_size=20))
def test_whatever_is_spent_and_however_limits_change_each_threshold_is_told_once_and_taken_back_once(
    steps: list[tuple[int, int]],
) -> None:
    told: dict[int, str] = {}
    said: list[tuple[int, str]] = []
    for spent, limit in steps:
        found = news(left(spent, limit), USUAL, told)
        fresh = [(each, OVER) for each in found.over] + [(each, BACK) for each in found.back]
        assert all(state == OVER or told[each] == OVER for each, state in fresh)
        told |= dict(fresh)
        said += fresh
        assert news(left(spent, limit), USUAL, told) == News()
    assert len(said) == len(set(said))


@pytest.mark.parametrize(("days", "told"), [(6, False), (7, True)])
def test_a_forecast_needs_a_week_of_whole_days(days: int, told: bool) -> None:
    assert (forecast([DOLLAR] * days, days * DOLLAR, 10) is not None) is told


def test_even_days_are_foretold_by_ratio_without_a_range() -> None:
    found = forecast([2 * DOLLAR] * 10, 20 * DOLLAR, 20)
    assert found is not None
    assert (found.days, found.usd, found.low_usd, found.high_usd) == (10, Decimal(60), Decimal(60), Decimal(60))


def test_the_range_of_uneven_days_is_that_of_the_formula() -> None:
    # mean 2, s = sqrt(8 * 1 / 7), and 1.2816 * s * sqrt(8 * (1 + 8 / 8)) = 5.4804...
    found = forecast([DOLLAR, 3 * DOLLAR] * 4, 16 * DOLLAR, 8)
    assert found is not None
    assert found.usd == 32
    assert abs(found.high_usd - Decimal("37.4804")) < Decimal("0.001")
    assert abs(found.low_usd - Decimal("26.5196")) < Decimal("0.001")


def test_no_forecast_ends_below_what_is_spent_already() -> None:
    found = forecast([0] * 6 + [DOLLAR], 30 * DOLLAR, 2)
    assert found is not None
    assert found.low_usd == found.usd == found.high_usd == 30


def test_the_refusal_names_the_budget_that_is_too_small_and_who_can_raise_it() -> None:
    week = Left("2026-W47", 4 * DOLLAR, DOLLAR // 2, 5 * DOLLAR)
    standing = BudgetStanding(Budget(Scope("project", "kites"), "week", 5 * DOLLAR, 1), week)
    assert refused(DOLLAR, standing, "The budget owners").sentence == (
        "Not drawn: it needs $1.00 and project kites has $0.50 left this week. Nothing was charged. "
        "The budget owners can raise it."
    )


def test_R58_the_second_of_two_hears_who_was_faster() -> None:
    stands = Budget(WORKSPACE, "month", 50 * DOLLAR, 2, "U2")
    assert str(changed("U2", stands)) == "@U2 set it to $50.00 per month a moment ago; nothing was changed."
    assert str(changed("U2", None)) == "@U2 took it away a moment ago; nothing was changed."
