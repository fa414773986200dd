"""Before the money is spent: how many prompts a bench needs, and how many calls a job."""

from collections.abc import Callable
from math import exp, inf, lgamma, sqrt
from statistics import NormalDist

from bot.evidence.chances import beta_below, log_beta
from bot.evidence.rates import REAL

ROUNDING = 1e-12  # a quantile that is met exactly counts as met
NEVER = 10**9


def prompts_needed(
    p_new: float, p_old: float, k: float, phi: float = 0.2, threshold: float = REAL, power: float = 0.8
) -> float:
    """Prompts until a verdict is as likely as `power`, before rounding up; infinite where the lanes cost the same.

    (z_threshold + z_power)² Var(D) / E(D)² of D = kept_new - k kept_old, a normal approximation: some 10-20% off for
    small numbers. `phi` is the correlation of the two lanes within a prompt.
    """
    apart = p_new - k * p_old
    new, old = p_new * (1 - p_new), p_old * (1 - p_old)
    spread = new + k**2 * old - 2 * k * phi * sqrt(new * old)
    z = NormalDist().inv_cdf(threshold) + NormalDist().inv_cdf(power)
    return z**2 * spread / apart**2 if apart else inf


def p_accept_within(p: float, tries: int) -> float:
    """The chance that one of `tries` calls is kept, where every call is as likely as the first."""
    return 1 - (1 - p) ** tries


def mean_calls_capped(p: float, tries: int) -> float:
    """Calls a prompt where nobody tries more than `tries` times."""
    return p_accept_within(p, tries) / p if p else float(tries)


def calls_for_N_accepted(N: int, p: float, quantile: float = 0.95) -> int | None:  # noqa: N802, N803
    """Calls that give `N` kept images with chance `quantile`, for a known keep rate (negative binomial).

    None where a billion calls would not be enough.
    """
    return _fewest(N, lambda calls: beta_below(p, N, calls - N + 1) >= quantile - ROUNDING)


def calls_for_N_accepted_uncertain(N: int, k: int, n: int, quantile: float = 0.95) -> int | None:  # noqa: N802, N803
    """The same where the keep rate is known from `k` kept of `n` judged only: Beta(k + 1, n - k + 1)."""
    a, b = k + 1, n - k + 1

    def fewer(calls: int) -> float:
        chosen = lgamma(calls + 1) - log_beta(a, b)
        return sum(
            exp(chosen - lgamma(j + 1) - lgamma(calls - j + 1) + log_beta(j + a, calls - j + b)) for j in range(N)
        )

    return _fewest(N, lambda calls: 1 - fewer(calls) >= quantile - ROUNDING)


def _fewest(least: int, enough: Callable[[int], bool]) -> int | None:
    """The smallest number from `least` that is enough, where every larger one is too."""
    most = max(1, least)
    while not enough(most):
        if most > NEVER:
            return None
        least, most = most + 1, most * 2
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if enough(middle) else (middle + 1, most)
    return most
