"""Two lanes on the same prompts: how likely the new one is cheaper for each accepted image.

`both`, `new_only`, `old_only` count the prompts whose image was kept on both lanes, only on the new, only on the old.
`k` is the price ratio (c_new + h) / (c_old + h), a plain number: the new lane is cheaper for each accepted image
exactly when its keep rate is above k times the old one's. 0 is a new lane that is free, infinity an old one.
"""

from math import asin, cos, exp, inf, log, log1p, pi, sin, sqrt
from typing import NamedTuple

from bot.evidence.chances import beta_below, bisected, integral, log_beta, peak_width, power_log
from bot.evidence.rates import Range, p_higher

STAKES = tuple(i / 20 for i in range(1, 20))
LARGEST_LOG = 700.0
NOTHING = 1e-18  # a density that adds nothing to an integral


class EValues(NamedTuple):
    """Evidence for either lane as odds: 20 means that chance alone would show it once in 20 times at most."""

    e_new: float
    e_old: float


def p_cheaper(both: int, new_only: int, old_only: int, k: float) -> float:
    """The chance that the new lane is cheaper, paired, for a flat start: Dirichlet(1/2, 1/2, 1/2, 1/2).

    Neither-kept drops out. Of the share kept on the new lane, sin² θ is kept on both; given it, the new lane is
    cheaper exactly when the share of only-old is below `most`, itself Beta(old_only + 1/2, both + new_only + 1).
    """
    if k <= 0 or k == inf:
        return 1.0 if k <= 0 else 0.0
    start = log(2) - log_beta(both + 0.5, new_only + 0.5)

    def at(theta: float) -> float:
        both_share = sin(theta) ** 2
        most = max(0.0, (1 - k * both_share) / (1 + k - k * both_share))
        density = exp(start + power_log(sin(theta), 2 * both) + power_log(cos(theta), 2 * new_only))
        return density * beta_below(most, old_only + 0.5, both + new_only + 1) if density > NOTHING else 0.0

    end = pi / 2 if k <= 1 else asin(1 / sqrt(k))
    return min(1.0, integral(at, end, peak_width(both + new_only + old_only)))


def ratio_interval(both: int, new_only: int, old_only: int, k: float, conf: float = 0.95) -> Range:
    """The credible range of what an accepted image costs on the new lane, over what it costs on the old one.

    Costs include one reject's effort, (c + h) / p, so the new lane is cheaper below 1. Slow: about 40 integrals each.
    """

    def end(chance: float) -> float:
        return exp(bisected(lambda ratio: p_cheaper(both, new_only, old_only, k / exp(ratio)) >= chance, -30.0, 30.0))

    return Range(end((1 - conf) / 2), end((1 + conf) / 2))


def p_cheaper_unpaired(k_new: int, n_new: int, k_old: int, n_old: int, k: float = 1.0) -> float:
    """The chance that the new lane is cheaper where the prompts differ: `k_new` kept of `n_new` judged, and so on.

    Each keep rate is Beta(kept + 1, rejected + 1). With k = 1 it is the chance of the higher keep rate.
    """
    if k == 1:
        return p_higher(k_new, n_new, k_old, n_old)
    if k <= 0 or k == inf:
        return 1.0 if k <= 0 else 0.0
    start = log_beta(k_old + 1, n_old - k_old + 1)

    def at(rate: float) -> float:
        density = exp(power_log(rate, k_old) + power_log(1 - rate, n_old - k_old) - start)
        return density * beta_below(1 - k * rate, n_new - k_new + 1, k_new + 1) if density > NOTHING else 0.0

    return min(1.0, integral(at, min(1.0, 1 / k), peak_width(n_new + n_old) / max(1.0, k)))


def e_value(both: int, new_only: int, old_only: int, k: float) -> EValues:
    """What may be shown at every click: a bettor's gain against "the lanes cost the same", mean over 19 stakes.

    At break-even its expectation is 1 at most after every prompt, so it reaches 20 in one of 20 benches at most,
    however often one looks (Ville's inequality; Waudby-Smith and Ramdas 2020).
    """
    return EValues(_gain(both, new_only, old_only, k), _gain(both, old_only, new_only, 1 / k if k else inf))


def _gain(both: int, won: int, lost: int, k: float) -> float:
    """Mean of (1 + f (1 - k) / k)^both (1 + f / k)^won (1 - f)^lost, in logarithms so that no count is too large."""
    if k <= 0:
        return inf if both or won else sum((1 - f) ** lost for f in STAKES) / len(STAKES)
    logs = [both * log1p(f * (1 / k - 1)) + won * log1p(f / k) + lost * log1p(-f) for f in STAKES]
    most = max(logs)
    return exp(most) * sum(exp(each - most) for each in logs) / len(STAKES) if most < LARGEST_LOG else inf
