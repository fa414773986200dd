"""How often the verdict's rule is right, counted over every outcome: figures of the method, to their last digit.

Two lanes whose keep rates and prices are the article's, correlated 0.2 within a prompt; h is what one reject costs.
"""

import pytest

from bot.evidence import Word
from tests.kit import cells
from tests.kit.outcomes import enumerated, looks

MEDIUM, LOW, HIGH = (0.034, 0.011), (0.009, 0.005), (0.133, 0.036)  # dollars a call: gpt-image-1.5, gpt-image-1-mini
BETTER, SAME, OLDER = (0.85, 0.55), (0.70, 0.70), (0.55, 0.65)
TRUTHS = {  # keep rates, prices, h, then SWITCH and STAY at one look at 10, at one look at 20, at looks 10-20-30-40
    "medium, h=0": (BETTER, MEDIUM, 0.00, (0.000, 0.585), (0.000, 0.792), (0.000, 0.977)),
    "medium, h=.10": (BETTER, MEDIUM, 0.10, (0.074, 0.005), (0.217, 0.001), (0.499, 0.006)),
    "medium, h=.25": (BETTER, MEDIUM, 0.25, (0.179, 0.000), (0.463, 0.000), (0.807, 0.001)),
    "medium, h=.50": (BETTER, MEDIUM, 0.50, (0.328, 0.000), (0.584, 0.000), (0.891, 0.000)),
    "low, h=0": (BETTER, LOW, 0.00, (0.002, 0.105), (0.002, 0.124), (0.004, 0.297)),
    "high, h=0": (BETTER, HIGH, 0.00, (0.000, 0.701), (0.000, 0.909), (0.000, 0.996)),
    "gpt-image-1 to mini, h=0": (OLDER, (0.011, 0.042), 0.00, (0.838, 0.000), (0.975, 0.000), (1.000, 0.000)),
    "equal lanes": (SAME, (0.011, 0.011), 0.00, (0.020, 0.020), (0.023, 0.023), (0.062, 0.062)),
}


@pytest.mark.parametrize(
    ("at", "column"),
    [
        pytest.param([10], 0, id="10"),
        pytest.param([20], 1, id="20", marks=pytest.mark.soak),
        pytest.param([10, 20, 30, 40], 2, id="10-20-30-40", marks=pytest.mark.soak),
    ],
)
def test_a_verdict_is_as_often_right_as_the_method_says(at: list[int], column: int) -> None:
    def check(truth: str) -> None:
        (p_new, p_old), (c_new, c_old), h, *said = TRUTHS[truth]
        k = (c_new + h) / (c_old + h)
        found = enumerated(p_new, p_old, 0.2, at, looks(k, at))
        assert (found.p_switch, found.p_stay) == pytest.approx(said[column], abs=0.0006)
        assert sum(found[:3]) == pytest.approx(1)

    cells.hold(TRUTHS, check)


def test_every_outcome_is_counted_once() -> None:
    silent = enumerated(0.85, 0.55, 0.2, [12], lambda counts, prompts: Word.KEEP_TESTING)
    assert silent == pytest.approx((0, 0, 1, 12))
    hasty = enumerated(0.85, 0.55, 0.2, range(1, 30), lambda counts, prompts: Word.SWITCH)
    assert hasty == pytest.approx((1, 0, 0, 1))
