"""What counts of kept and rejected images can prove: ranges and chances, by closed forms.

Wilson's range is for one look, as at a week that is over; where votes are watched as they come in it is too narrow.
Keep rates here are floats: they are chances, never money.
"""

from math import exp, lgamma, log, sqrt
from statistics import NormalDist

Z95 = 1.959963984540054  # the normal quantile at 97.5%
REAL = 0.975
MANY = 20_000  # judged, in all: the exact sum has a term for each kept one


def wilson(kept: int, judged: int) -> tuple[float, float]:
    """The 95% range of a keep rate; everything is possible where nothing was judged."""
    if not judged:
        return 0.0, 1.0
    rate, spread = kept / judged, Z95**2 / judged
    middle = (rate + spread / 2) / (1 + spread)
    half = Z95 * sqrt(rate * (1 - rate) / judged + spread / judged / 4) / (1 + spread)
    return (max(0.0, middle - half) if kept else 0.0), (min(1.0, middle + half) if kept < judged else 1.0)


def p_higher(kept_new: int, judged_new: int, kept_old: int, judged_old: int) -> float:
    """The chance that the new keep rate is truly the higher one, for different prompts and a flat start.

    Each rate is Beta(kept + 1, rejected + 1); the sum is exact for whole counts, and of very many they are normal.
    """
    a, b = kept_new + 1, judged_new - kept_new + 1
    c, d = kept_old + 1, judged_old - kept_old + 1
    if judged_new + judged_old > MANY:
        apart = a / (a + b) - c / (c + d)
        return NormalDist().cdf(apart / sqrt(_variance(a, b) + _variance(c, d)))
    start = _log_beta(c, d)
    return min(1.0, sum(exp(_log_beta(c + i, b + d) - log(b + i) - _log_beta(1 + i, b) - start) for i in range(a)))


def changed(kept_new: int, judged_new: int, kept_old: int, judged_old: int) -> str | None:
    """`up` or `down` where it is real; None where there is no clear change, or nothing to compare with."""
    if not judged_new or not judged_old:
        return None
    chance = p_higher(kept_new, judged_new, kept_old, judged_old)
    if chance >= REAL:
        return "up"
    return "down" if chance <= 1 - REAL else None


def _log_beta(a: int, b: int) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _variance(a: int, b: int) -> float:
    return a * b / ((a + b) ** 2 * (a + b + 1))
