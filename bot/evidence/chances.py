"""The numerics under the chances: the incomplete beta function, its inverse, and one integral."""

from collections.abc import Callable
from math import cosh, exp, inf, lgamma, log, log1p, pi, sinh, sqrt, tanh

TINY = 1e-300
EPSILON = 1e-15
ENDS = 3.2  # beyond it a tanh-sinh weight is below 1e-15


def log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def beta_below(x: float, a: float, b: float) -> float:
    """The chance that Beta(a, b) lies below `x`: the regularized incomplete beta function.

    The continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, by Lentz's method (as in
    Numerical Recipes 6.4), mirrored to the side where it converges in about sqrt(a + b) steps.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(a * log(x) + b * log1p(-x) - log_beta(a, b))
    if x < (a + 1) / (a + b + 2):
        return front / a * _fraction(x, a, b)
    return 1 - front / b * _fraction(1 - x, b, a)


def beta_quantile(chance: float, a: float, b: float) -> float:
    return bisected(lambda x: beta_below(x, a, b) >= chance, 0.0, 1.0)


def bisected(reached: Callable[[float], bool], low: float, high: float) -> float:
    """Where `reached` turns from no (towards `low`) to yes (towards `high`); `low` may be the larger number."""
    for _ in range(100):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def integral(of: Callable[[float], float], end: float, width: float) -> float:
    """From 0 to `end`, by the tanh-sinh rule (Takahasi and Mori 1974): square-root ends do not hurt it.

    `width` is the narrowest thing `of` has in it, such as the standard deviation of a peak.
    """
    step = min(0.1, width / end)
    count = int(ENDS / step)
    total = 0.0
    for i in range(-count, count + 1):
        at = pi / 2 * sinh(i * step)
        weight = cosh(i * step) / cosh(at) ** 2
        total += weight * of(end / 2 * (1 + tanh(at)))
    return total * step * end * pi / 4


def peak_width(counts: float) -> float:
    """A step small enough for a density of `counts` judgements: a rate's standard deviation is at most this."""
    return 0.5 / sqrt(counts + 1)


def power_log(base: float, exponent: float) -> float:
    """The logarithm of base ** exponent, where 0 ** 0 is 1."""
    if not exponent:
        return 0.0
    return exponent * log(base) if base > 0 else -inf


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            c, d = _away(1 + term / c), 1 / _away(1 + term * d)
            fraction *= c * d
        if abs(c * d - 1) < EPSILON:
            break
    return fraction


def _away(x: float) -> float:
    """Not zero, so that it may divide."""
    return x if abs(x) > TINY else TINY
