"""What an accepted image costs, in US dollars, with and without the effort that rejects cost.

`c` is what one call costs, `h` what one rejected image costs in people's time; both are Decimal. `p` is a keep rate.
A figure without an end is Decimal("Infinity"), to be shown as NONE_ACCEPTED, never as a number.
"""

from decimal import Decimal
from math import inf
from typing import NamedTuple

from bot.evidence.rates import wilson

NONE_ACCEPTED = "none accepted yet"
ENDLESS = Decimal("Infinity")
NOTHING = Decimal(0)


class CostRange(NamedTuple):
    low: Decimal
    high: Decimal


def cpa(c: Decimal, p: float, h: Decimal = NOTHING) -> Decimal:
    """Cost per accepted image, (c + h) / p - h: each needs 1/p calls, of which (1 - p)/p are rejected."""
    return (c + h) / _decimal(p) - h if p else ENDLESS


def cpa_interval(c: Decimal, k: int, n: int, h: Decimal = NOTHING) -> CostRange:
    """The two ends of Wilson's 95% range, `k` kept of `n` judged, through the same formula."""
    low, high = wilson(k, n)
    return CostRange(cpa(c, high, h), cpa(c, low, h))


def price_ratio(c_new: Decimal, c_old: Decimal, h: Decimal = NOTHING) -> float:
    """How much dearer a call on the new lane is, its reject included; two lanes that are free cost the same."""
    new, old = c_new + h, c_old + h
    if new == old:
        return 1.0
    return float(new / old) if old else inf


def break_even_keep_rate(c_new: Decimal, c_old: Decimal, p_old: float, h: Decimal = NOTHING) -> float:
    """The keep rate from which the new lane is cheaper for each accepted image; above 1 means never."""
    return p_old * price_ratio(c_new, c_old, h) if p_old else 0.0


def break_even_reject_cost(c_lo: Decimal, p_lo: float, c_hi: Decimal, p_hi: float) -> Decimal | None:
    """The cost of a reject above which the dearer lane (c_hi, p_hi) is the cheaper one for each accepted image.

    None where it never is, since it is not kept more often; negative where it is at any cost of a reject.
    """
    if p_hi <= p_lo:
        return None
    low, high = _decimal(p_lo), _decimal(p_hi)
    return (low * c_hi - high * c_lo) / (high - low)


def _decimal(p: float) -> Decimal:
    """The number people wrote: 0.55 is 0.55 here, not the binary fraction next to it."""
    return Decimal(repr(p))
