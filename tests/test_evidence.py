"""Ranges and chances, against reference values made with mpmath and checked against scipy and statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import MANY, changed, p_higher, wilson

COUNTS = st.integers(0, 60).flatmap(lambda judged: st.tuples(st.integers(0, judged), st.just(judged)))


@pytest.mark.parametrize(
    ("kept", "judged", "low", "high"),
    [
        (1, 1, 0.206549314377, 1.0),
        (2, 5, 0.117620774233, 0.769275718724),
        (1, 10, 0.0178762130951, 0.404150026795),
        (8, 10, 0.490162471537, 0.943317848546),
        (0, 20, 0.0, 0.161125158053),
        (11, 20, 0.34208534245, 0.741802141744),
        (14, 20, 0.481027181646, 0.854522755132),
        (17, 20, 0.639581, 0.947631),
        (40, 40, 0.912378398803, 1.0),
        (110, 200, 0.480756151385, 0.617359315978),
        (199, 200, 0.972226295602, 0.999116831284),
    ],
)
def test_wilson_is_as_the_reference_says(kept: int, judged: int, low: float, high: float) -> None:
    assert wilson(kept, judged) == pytest.approx((low, high), abs=1e-6)


@given(COUNTS)
def test_the_range_holds_the_rate(counts: tuple[int, int]) -> None:
    kept, judged = counts
    low, high = wilson(kept, judged)
    assert 0 <= low <= (kept / judged if judged else 0.5) <= high <= 1


@pytest.mark.parametrize(
    ("new", "old", "chance"),
    [((17, 20), (11, 20), 0.978464), ((0, 0), (0, 0), 0.5), ((12, 30), (45, 80), 0.0663906734888)],
)
def test_the_chance_of_a_higher_rate_is_as_the_reference_says(
    new: tuple[int, int], old: tuple[int, int], chance: float
) -> None:
    assert p_higher(*new, *old) == pytest.approx(chance, abs=1e-6)


@given(COUNTS, COUNTS)
def test_one_of_two_is_the_higher_one(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert p_higher(*one, *other) + p_higher(*other, *one) == pytest.approx(1)


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
