"""Dollars as people read them. A price nobody published is the word unknown, never $0."""

from decimal import ROUND_HALF_EVEN, Decimal

from bot.ledger.pictures import usd
from bot.pricing import money as pricing
from bot.pricing.money import CENT, NANO, dollars

UNKNOWN = "unknown"


def each(amount_usd: Decimal | None) -> str:
    """A price of one: every digit it has down to a nano-dollar, at least two after the point ($0.05268, $0.20)."""
    return UNKNOWN if amount_usd is None else _dollars(amount_usd, NANO)


def total(amount_usd: Decimal | None) -> str:
    """A sum: to the cent from a dollar up ($1,055.00), every digit below ($0.05268)."""
    if amount_usd is None:
        return UNKNOWN
    return _dollars(amount_usd, CENT if abs(amount_usd) >= 1 else NANO)


def about(amount_usd: Decimal | None) -> str:
    """To the cent from a dollar up, else to three figures ($0.0132)."""
    return UNKNOWN if amount_usd is None else pricing.about(amount_usd)


def booked(amount_nanousd: int) -> str:
    """An amount of the books, in nano-dollars."""
    return about(usd(amount_nanousd))


def change(amount_usd: Decimal) -> str:
    """A difference, always with its sign: +$52.00, -$0.04, $0.00."""
    return f"+{about(amount_usd)}" if amount_usd > 0 else about(amount_usd)


def _dollars(amount_usd: Decimal, step: Decimal) -> str:
    return dollars(amount_usd.quantize(step, ROUND_HALF_EVEN))
