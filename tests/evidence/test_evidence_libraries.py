"""The closed forms against the libraries that have them too, over more than the reference table can hold.

They are needed here only, and loaded when a test asks for them: nothing of the product imports them.
"""

from math import asin, pi, sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evidence import (
    calls_for_N_accepted,
    calls_for_N_accepted_uncertain,
    clopper_pearson,
    jeffreys,
    krippendorff_alpha,
    mcnemar_exact,
    p_cheaper,
    p_cheaper_unpaired,
    wilson,
)
from bot.evidence.chances import beta_below
from tests.kit import cells

ANY_SPEED = settings(deadline=None)  # the machine may be busy
COUNTS = st.integers(1, 400).flatmap(lambda judged: st.tuples(st.integers(0, judged), st.just(judged)))
SHAPES = st.one_of(st.floats(0.5, 30), st.floats(30, 20_000))
VOTE = st.sampled_from([1, 0, None])


@pytest.fixture(scope="module")
def numpy() -> Any:
    return pytest.importorskip("numpy")


@pytest.fixture(scope="module")
def special() -> Any:
    return pytest.importorskip("scipy.special")


@pytest.fixture(scope="module")
def stats() -> Any:
    return pytest.importorskip("scipy.stats")


@pytest.fixture(scope="module")
def krippendorff() -> Any:
    return pytest.importorskip("krippendorff")


@ANY_SPEED
@given(st.floats(0, 1).filter(lambda x: x == 1 or x < 1 - 1e-12), SHAPES, SHAPES)  # scipy rounds the last steps
def test_the_incomplete_beta_function_is_scipys(special: Any, x: float, a: float, b: float) -> None:
    assert beta_below(x, a, b) == pytest.approx(special.betainc(a, b, x), abs=1e-9)


@pytest.mark.parametrize("short", [2**-53, 2**-52, 2**-40])
def test_next_to_one_the_incomplete_beta_function_is_the_law_of_the_arcsine(short: float) -> None:
    """There scipy is up to 2.8e-9 off: of one less 2 ** -53 it gives what one less 2 ** -52 has."""
    assert 1 - beta_below(1 - short, 0.5, 0.5) == pytest.approx(2 / pi * asin(sqrt(short)), abs=1e-15, rel=0)


@ANY_SPEED
@given(COUNTS, st.sampled_from([0.8, 0.95, 0.99]))
def test_ranges_are_scipys(stats: Any, counts: tuple[int, int], conf: float) -> None:
    kept, judged = counts
    tested = stats.binomtest(kept, judged)
    for way, name in ((wilson, "wilson"), (clopper_pearson, "exact")):
        theirs = tested.proportion_ci(conf, method=name)
        assert way(kept, judged, conf) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    ends = stats.beta.ppf([(1 - conf) / 2, (1 + conf) / 2], kept + 0.5, judged - kept + 0.5)
    ours = jeffreys(kept, judged, conf)
    assert ours.low == pytest.approx(ends[0] if kept else 0, abs=1e-9)
    assert ours.high == pytest.approx(ends[1] if kept < judged else 1, abs=1e-9)


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (9, 8, 2, 1), (3, 0, 4, 3), (30, 6, 1, 3)])
def test_chances_are_those_of_two_hundred_thousand_draws(numpy: Any, counts: tuple[int, int, int, int]) -> None:
    random, draws = numpy.random.default_rng(5), 200_000
    shares = random.dirichlet([count + 0.5 for count in counts], draws)
    (a, b, c, d), n = counts, sum(counts)
    new, old = random.beta(a + b + 1, c + d + 1, draws), random.beta(a + c + 1, b + d + 1, draws)

    def check(k: float) -> None:
        paired = (shares[:, 0] + shares[:, 1] > k * (shares[:, 0] + shares[:, 2])).mean()
        assert p_cheaper(a, b, c, k) == pytest.approx(paired, abs=0.005)
        assert p_cheaper_unpaired(a + b, n, a + c, n, k) == pytest.approx((new > k * old).mean(), abs=0.005)

    cells.hold([0.3, 0.95, 1.0, 1.05, 2.5], check)


@ANY_SPEED
@given(st.integers(1, 60), st.floats(0.02, 0.99), st.sampled_from([0.5, 0.8, 0.95]))
def test_calls_for_a_known_rate_are_scipys(stats: Any, wanted: int, p: float, quantile: float) -> None:
    calls, theirs = calls_for_N_accepted(wanted, p, quantile), stats.nbinom(wanted, p)
    assert calls is not None
    assert theirs.cdf(calls - wanted) >= quantile - 1e-9  # a chance of exactly the quantile is rounded by both
    assert calls == wanted or theirs.cdf(calls - wanted - 1) < quantile + 1e-9


@ANY_SPEED
@given(st.integers(1, 30), st.integers(0, 30), st.integers(0, 30), st.sampled_from([0.5, 0.8, 0.95]))
def test_calls_for_a_guessed_rate_are_scipys(
    stats: Any, wanted: int, kept: int, rejected: int, quantile: float
) -> None:
    calls = calls_for_N_accepted_uncertain(wanted, kept, kept + rejected, quantile)
    assert calls is not None
    theirs = stats.betanbinom(wanted, kept + 1, rejected + 1)
    assert theirs.cdf(calls - wanted) >= quantile - 1e-9
    assert calls == wanted or theirs.cdf(calls - wanted - 1) < quantile + 1e-9


@ANY_SPEED
@given(st.integers(0, 60), st.integers(0, 60))
def test_the_split_of_one_lane_keeps_is_tested_as_scipy_does(stats: Any, new_only: int, old_only: int) -> None:
    n = new_only + old_only
    assert mcnemar_exact(new_only, old_only) == pytest.approx(stats.binomtest(new_only, n).pvalue if n else 1)


@ANY_SPEED
@given(
    st.integers(2, 25).flatmap(
        lambda items: st.lists(st.lists(VOTE, min_size=items, max_size=items), min_size=2, max_size=5)
    )
)
def test_alpha_is_that_of_the_krippendorff_package(
    numpy: Any, krippendorff: Any, units: list[list[int | None]]
) -> None:
    ours = krippendorff_alpha(units)
    if ours is not None:  # it raises where there is nothing to tell
        theirs = krippendorff.alpha(
            [[numpy.nan if v is None else v for v in row] for row in units], level_of_measurement="nominal"
        )
        assert ours == pytest.approx(theirs)
