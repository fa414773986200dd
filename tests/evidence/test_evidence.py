"""Ranges and chances: what must hold for every count. Their values are held to the reference table beside this."""

from math import comb, inf, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evidence import (
    always_valid_interval,
    changed,
    e_value,
    p_cheaper,
    p_cheaper_unpaired,
    p_higher,
    ratio_interval,
    wilson,
)
from bot.evidence.rates import MANY, Range

ANY_SPEED = settings(deadline=None)  # the machine may be busy
COUNTS = st.integers(0, 60).flatmap(lambda judged: st.tuples(st.integers(0, judged), st.just(judged)))
SOME = st.integers(0, 40)
RATIOS = st.floats(0.1, 10)
CLOSE = 1e-9


def _inside(one: Range, other: Range) -> bool:
    return other.low <= one.low <= one.high <= other.high


@ANY_SPEED
@given(COUNTS)
def test_a_range_holds_the_rate(counts: tuple[int, int]) -> None:
    kept, judged = counts
    for low, high in (wilson(kept, judged), always_valid_interval(kept, judged)):
        assert 0 <= low <= (kept / judged if judged else 0.5) <= high <= 1


@ANY_SPEED
@given(COUNTS)
def test_a_range_of_the_rejected_is_the_mirror_of_that_of_the_kept(counts: tuple[int, int]) -> None:
    kept, judged = counts
    for way in (wilson, always_valid_interval):
        low, high = way(kept, judged)
        assert way(judged - kept, judged) == pytest.approx((1 - high, 1 - low), abs=CLOSE)


@ANY_SPEED
@given(COUNTS)
def test_one_more_kept_image_moves_a_range_up(counts: tuple[int, int]) -> None:
    kept, judged = counts
    for way in (wilson, always_valid_interval):
        low, high = way(kept, judged + 1)
        more_low, more_high = way(kept + 1, judged + 1)
        assert more_low > low
        assert more_high > high


@ANY_SPEED
@given(COUNTS)
def test_more_confidence_and_any_number_of_looks_cost_width(counts: tuple[int, int]) -> None:
    kept, judged = counts
    assert _inside(wilson(kept, judged), wilson(kept, judged, 0.99))
    assert _inside(wilson(kept, judged), always_valid_interval(kept, judged))


@ANY_SPEED
@given(SOME, SOME, SOME, RATIOS)
def test_of_two_lanes_one_is_the_cheaper_one(both: int, new: int, old: int, k: float) -> None:
    chance = p_cheaper(both, new, old, k)
    assert 0 <= chance <= 1
    assert chance + p_cheaper(both, old, new, 1 / k) == pytest.approx(1, abs=CLOSE)


@ANY_SPEED
@given(SOME, SOME, SOME, RATIOS)
def test_a_lane_is_likelier_the_cheaper_one_for_every_keep_of_its_own(both: int, new: int, old: int, k: float) -> None:
    chance = p_cheaper(both, new, old, k)
    assert p_cheaper(both, new + 1, old, k) >= chance - CLOSE
    assert p_cheaper(both, new, old + 1, k) <= chance + CLOSE


@ANY_SPEED
@given(SOME, SOME, SOME, RATIOS, st.floats(1, 3))
def test_a_dearer_lane_is_less_likely_the_cheaper_one(both: int, new: int, old: int, k: float, more: float) -> None:
    assert p_cheaper(both, new, old, k * more) <= p_cheaper(both, new, old, k) + CLOSE


@pytest.mark.parametrize(("k", "chance"), [(0.0, 1.0), (inf, 0.0), (1e-9, 1.0), (1e9, 0.0)])
def test_a_lane_that_is_free_is_the_cheaper_one(k: float, chance: float) -> None:
    assert p_cheaper(5, 3, 1, k) == pytest.approx(chance, abs=1e-3)
    assert p_cheaper_unpaired(8, 9, 6, 9, k) == pytest.approx(chance, abs=1e-3)


@ANY_SPEED
@given(COUNTS, COUNTS, RATIOS)
def test_lanes_on_different_prompts_add_up_too(one: tuple[int, int], other: tuple[int, int], k: float) -> None:
    chance = p_cheaper_unpaired(*one, *other, k)
    assert 0 <= chance <= 1
    assert chance + p_cheaper_unpaired(*other, *one, 1 / k) == pytest.approx(1, abs=CLOSE)


@ANY_SPEED
@given(COUNTS, COUNTS)
def test_equal_prices_leave_the_chance_of_the_higher_rate(one: tuple[int, int], other: tuple[int, int]) -> None:
    by_sum, by_integral = p_higher(*one, *other), p_cheaper_unpaired(*one, *other, 1 + 1e-13)
    assert by_sum == pytest.approx(by_integral, abs=CLOSE)
    assert by_sum + p_higher(*other, *one) == pytest.approx(1)


def test_the_range_of_the_ratio_is_below_one_exactly_when_switching_is_proven() -> None:
    for new in range(5, 12):
        assert (ratio_interval(8, new, 1, 1.05).high < 1) is (p_cheaper(8, new, 1, 1.05) >= 0.975)


@ANY_SPEED
@given(RATIOS)
def test_evidence_starts_at_one(k: float) -> None:
    assert e_value(0, 0, 0, k) == pytest.approx((1, 1))


@ANY_SPEED
@given(SOME, SOME, SOME, RATIOS)
def test_evidence_for_one_lane_is_the_other_ones_seen_from_there(both: int, new: int, old: int, k: float) -> None:
    assert e_value(both, new, old, k) == pytest.approx(tuple(reversed(e_value(both, old, new, 1 / k))))


@pytest.mark.parametrize(
    ("k", "p_old", "together"), [(1.0, 0.7, 0.5), (1.2, 0.55, 0.4), (0.4, 0.9, 0.33), (2.5, 0.3, 0.25)]
)
def test_evidence_is_worth_one_at_most_where_the_lanes_cost_the_same(k: float, p_old: float, together: float) -> None:
    """The guarantee itself, over every outcome of eight prompts: no bettor gains against lanes that break even."""
    n, p_new = 8, k * p_old
    shares = together, p_new - together, p_old - together, 1 - p_new - p_old + together
    expected = [0.0, 0.0]
    for both in range(n + 1):
        for new in range(n + 1 - both):
            for old in range(n + 1 - both - new):
                counts = both, new, old, n - both - new - old
                ways = comb(n, both) * comb(n - both, new) * comb(n - both - new, old)
                chance = ways * prod(share**count for share, count in zip(shares, counts, strict=True))
                for side, odds in enumerate(e_value(both, new, old, k)):
                    expected[side] += chance * odds
    assert max(expected) <= 1 + CLOSE


def test_no_count_is_too_large() -> None:
    assert e_value(50_000, 20_000, 10, 0.3).e_new == inf
    assert e_value(0, 1, 0, 0.0).e_new == e_value(0, 0, 1, inf).e_old == inf
    assert e_value(0, 0, 5, 0.0).e_new < 1
    assert p_cheaper(50_000, 21_000, 20_000, 1.0) == pytest.approx(1, abs=1e-5)
    assert always_valid_interval(70_000, 100_000) == pytest.approx((0.7, 0.7), abs=0.01)


@pytest.mark.parametrize("kept", [7_930, 8_000, 8_090])
def test_of_very_many_the_chance_is_the_same_and_comes_at_once(kept: int) -> None:
    half = MANY // 2
    exact, quick = p_higher(kept, half, 8_000, half), p_higher(kept, half, 8_001, half + 1)
    assert quick == pytest.approx(exact, abs=0.002)
    assert p_higher(9 * 10**8, 10**9, 8 * 10**8, 10**9) == pytest.approx(1)


@pytest.mark.parametrize(
    ("new", "old", "change"),
    [
        ((17, 20), (11, 20), "up"),
        ((16, 20), (11, 20), None),
        ((11, 20), (17, 20), "down"),
        ((7, 12), (41, 60), None),
        ((5, 5), (0, 0), None),
    ],
)
def test_an_arrow_is_only_for_a_change_that_is_real(
    new: tuple[int, int], old: tuple[int, int], change: str | None
) -> None:
    assert changed(*new, *old) == change
