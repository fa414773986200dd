"""Second opinions: textbook methods to hold ours against. Nothing is decided by them."""

from math import comb

from bot.evidence.chances import beta_quantile
from bot.evidence.rates import Range


def jeffreys(k: int, n: int, conf: float = 0.95) -> Range:
    """The range of a keep rate from Beta(k + 1/2, n - k + 1/2), ends as Brown, Cai and DasGupta 2001 set them."""
    tail = (1 - conf) / 2
    low = beta_quantile(tail, k + 0.5, n - k + 0.5) if k else 0.0
    return Range(low, beta_quantile(1 - tail, k + 0.5, n - k + 0.5) if k < n else 1.0)


def clopper_pearson(k: int, n: int, conf: float = 0.95) -> Range:
    """The range of a keep rate that holds it 95 times in 100 at least (Clopper and Pearson 1934); rather wide."""
    tail = (1 - conf) / 2
    low = beta_quantile(tail, k, n - k + 1) if k else 0.0
    return Range(low, beta_quantile(1 - tail, k + 1, n - k) if k < n else 1.0)


def mcnemar_exact(new_only: int, old_only: int) -> float:
    """How surprising the split of one-lane keeps is if both lanes keep alike, two-sided (McNemar 1947, binomial)."""
    n, fewer = new_only + old_only, min(new_only, old_only)
    return min(1.0, 2 * sum(comb(n, i) for i in range(fewer + 1)) / (1 << n))
