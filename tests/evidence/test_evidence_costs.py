"""Cost per accepted image, where two lanes break even, and what a job or a bench will need."""

from decimal import Decimal
from math import ceil, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evidence import (
    break_even_keep_rate,
    break_even_reject_cost,
    calls_for_N_accepted,
    calls_for_N_accepted_uncertain,
    cpa,
    cpa_interval,
    mean_calls_capped,
    p_accept_within,
    price_ratio,
    prompts_needed,
)
from tests.kit import cells

ANY_SPEED = settings(deadline=None)  # the machine may be busy
USD = st.decimals("0.001", "0.5", places=4)
EFFORT = st.decimals("0", "1", places=2)
RATES = st.floats(0.05, 1)
COUNTS = st.integers(1, 60).flatmap(lambda judged: st.tuples(st.integers(0, judged), st.just(judged)))


def test_the_example_of_the_method_is_exact_in_decimals() -> None:
    assert cpa(Decimal("0.011"), 0.55) == Decimal("0.02")
    assert cpa(Decimal("0.034"), 0.85) == Decimal("0.04")


def test_dollars_are_never_floats() -> None:
    with pytest.raises(TypeError):
        cpa(0.011, 0.55)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        price_ratio(0.034, Decimal("0.011"), Decimal("0.25"))  # type: ignore[arg-type]


@ANY_SPEED
@given(USD, EFFORT)
def test_where_nothing_was_kept_no_number_is_told(c: Decimal, h: Decimal) -> None:
    assert not cpa(c, 0, h).is_finite()
    assert not cpa_interval(c, 0, 10, h).high.is_finite()
    assert cpa_interval(c, 0, 10, h).low.is_finite()


@ANY_SPEED
@given(USD, EFFORT, COUNTS)
def test_the_range_holds_the_cost(c: Decimal, h: Decimal, counts: tuple[int, int]) -> None:
    kept, judged = counts
    low, high = cpa_interval(c, kept, judged, h)
    assert c <= low <= cpa(c, kept / judged, h) <= high


@ANY_SPEED
@given(USD, EFFORT, RATES, RATES)
def test_an_image_that_is_kept_more_often_never_costs_more(c: Decimal, h: Decimal, one: float, other: float) -> None:
    assert cpa(c, max(one, other), h) <= cpa(c, min(one, other), h)


@ANY_SPEED
@given(USD, RATES, USD, RATES)
def test_two_lanes_cost_the_same_where_a_reject_costs_the_break_even(
    c_lo: Decimal, p_lo: float, c_hi: Decimal, p_hi: float
) -> None:
    h = break_even_reject_cost(c_lo, p_lo, c_hi, p_hi)
    if h is None:
        assert p_hi <= p_lo
    elif p_hi - p_lo > 0.001:
        assert float(cpa(c_lo, p_lo, h)) == pytest.approx(float(cpa(c_hi, p_hi, h)), rel=1e-9, abs=1e-12)


@ANY_SPEED
@given(USD, USD, RATES, EFFORT)
def test_two_lanes_cost_the_same_at_the_break_even_keep_rate(
    c_new: Decimal, c_old: Decimal, p_old: float, h: Decimal
) -> None:
    p_new = break_even_keep_rate(c_new, c_old, p_old, h)
    assert float(cpa(c_new, p_new, h)) == pytest.approx(float(cpa(c_old, p_old, h)), rel=1e-9)


@pytest.mark.parametrize(("new", "old", "ratio"), [("0", "0", 1.0), ("0.01", "0", inf), ("0", "0.01", 0.0)])
def test_a_free_lane_has_a_price_ratio_too(new: str, old: str, ratio: float) -> None:
    assert price_ratio(Decimal(new), Decimal(old)) == ratio


@ANY_SPEED
@given(st.integers(1, 60), RATES)
def test_more_images_and_more_certainty_take_more_calls(wanted: int, p: float) -> None:
    calls, more = calls_for_N_accepted(wanted, p), calls_for_N_accepted(wanted + 1, p)
    half = calls_for_N_accepted(wanted, p, 0.5)
    assert calls is not None
    assert more is not None
    assert half is not None
    assert wanted <= half <= calls < more


@ANY_SPEED
@given(st.integers(1, 30), COUNTS)
def test_a_guessed_keep_rate_takes_no_fewer_calls_if_one_more_was_rejected(n: int, counts: tuple[int, int]) -> None:
    kept, judged = counts
    calls, more = calls_for_N_accepted_uncertain(n, kept, judged), calls_for_N_accepted_uncertain(n, kept, judged + 1)
    assert calls is not None
    assert more is not None
    assert n <= calls <= more


@pytest.mark.parametrize(("p", "calls"), [(1.0, 20), (0.0, None)])
def test_images_that_are_always_or_never_kept_need_no_luck(p: float, calls: int | None) -> None:
    assert calls_for_N_accepted(20, p) == calls


@pytest.mark.parametrize(("chance", "calls"), [(0.5, 1), (0.75, 2), (0.875, 3), (0.876, 4)])
def test_a_chance_that_is_met_exactly_is_met(chance: float, calls: int) -> None:
    assert calls_for_N_accepted(1, 0.5, chance) == calls


@ANY_SPEED
@given(RATES, st.integers(1, 20))
def test_a_limit_never_makes_more_calls(p: float, tries: int) -> None:
    assert 0 <= p_accept_within(p, tries) <= 1
    assert mean_calls_capped(p, tries) + 1e-12 >= 1
    assert mean_calls_capped(p, tries) <= min(tries, 1 / p) + 1e-9


def test_an_image_that_is_never_kept_takes_every_try() -> None:
    assert mean_calls_capped(0, 5) == 5


def test_a_bench_says_how_many_prompts_it_needs() -> None:
    table = [
        (0.85, 0.55, "0.034", "0.011", "0", 25),
        (0.85, 0.55, "0.034", "0.011", "0.05", 457),
        (0.85, 0.55, "0.034", "0.011", "0.25", 43),
        (0.85, 0.55, "0.034", "0.011", "0.50", 34),
        (0.85, 0.55, "0.133", "0.036", "0", 18),
        (0.85, 0.55, "0.133", "0.036", "0.50", 76),
        (0.85, 0.55, "0.009", "0.005", "0", 321),
        (0.55, 0.65, "0.011", "0.042", "0", 13),
        (0.55, 0.65, "0.011", "0.042", "0.10", 1396),
    ]

    def needed(p_new: float, p_old: float, c_new: str, c_old: str, h: str) -> int:
        return ceil(prompts_needed(p_new, p_old, price_ratio(Decimal(c_new), Decimal(c_old), Decimal(h))))

    cells.agree(table, needed, by=lambda came, said: abs(came - said) <= 1)


def test_no_bench_is_large_enough_where_the_lanes_cost_the_same() -> None:
    assert prompts_needed(0.75, 0.75, 1.0) == inf
