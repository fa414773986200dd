"""Keep rates: the range they may lie in, at one look and at any look, and whether one changed.

Keep rates are floats: they are chances, never money.
"""

from math import exp, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

from bot.evidence.chances import bisected, log_beta, power_log

REAL = 0.975
MANY = 20_000  # judged, in all: the exact sum has a term for each kept one


class Range(NamedTuple):
    low: float
    high: float


def wilson(k: int, n: int, conf: float = 0.95) -> Range:
    """The range of a keep rate, `k` kept of `n` judged, for one look (Wilson 1927).

    Everything is possible where nothing was judged. Brown, Cai and DasGupta 2001 recommend it for small counts;
    watched while votes come in it is too narrow.
    """
    if not n:
        return Range(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + conf) / 2)
    rate, spread = k / n, z**2 / n
    middle = (rate + spread / 2) / (1 + spread)
    half = z * sqrt(rate * (1 - rate) / n + spread / n / 4) / (1 + spread)
    return Range(max(0.0, middle - half) if k else 0.0, min(1.0, middle + half) if k < n else 1.0)


def always_valid_interval(k: int, n: int, alpha: float = 0.05) -> Range:
    """The range of a keep rate that stays right however often one looks: for whatever is shown while votes come in.

    All rates at which the density of Beta(k + 1, n - k + 1) is above `alpha`: the prior-posterior-ratio confidence
    sequence of Waudby-Smith and Ramdas (2020) for a flat start.
    """
    if not n:
        return Range(0.0, 1.0)
    least = log(alpha) + log_beta(k + 1, n - k + 1)

    def inside(rate: float) -> bool:
        return power_log(rate, k) + power_log(1 - rate, n - k) > least

    low = bisected(inside, 0.0, k / n) if k else 0.0
    high = bisected(inside, 1.0, k / n) if k < n else 1.0
    return Range(low, high)


def p_higher(kept_new: int, judged_new: int, kept_old: int, judged_old: int) -> float:
    """The chance that the new keep rate is truly the higher one, for different prompts and a flat start.

    Each rate is Beta(kept + 1, rejected + 1); the sum is exact for whole counts, and of very many they are normal.
    """
    a, b = kept_new + 1, judged_new - kept_new + 1
    c, d = kept_old + 1, judged_old - kept_old + 1
    if judged_new + judged_old > MANY:
        apart = a / (a + b) - c / (c + d)
        return NormalDist().cdf(apart / sqrt(_variance(a, b) + _variance(c, d)))
    start = log_beta(c, d)
    return min(1.0, sum(exp(log_beta(c + i, b + d) - log(b + i) - log_beta(1 + i, b) - start) for i in range(a)))


def changed(kept_new: int, judged_new: int, kept_old: int, judged_old: int) -> str | None:
    """`up` or `down` where it is real; None where there is no clear change, or nothing to compare with."""
    if not judged_new or not judged_old:
        return None
    chance = p_higher(kept_new, judged_new, kept_old, judged_old)
    if chance >= REAL:
        return "up"
    return "down" if chance <= 1 - REAL else None


def _variance(a: int, b: int) -> float:
    return a * b / ((a + b) ** 2 * (a + b + 1))
