"""Dollars: whole nano-dollars in the books, Decimal outside them, in one canonical form and as people read them.

A price nobody published is the word unknown, never $0.
"""

from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")
NANO = Decimal("0.000000001")
UNKNOWN = "unknown"
FIGURES = 3  # significant figures of an amount under a dollar that is only about right


def plain(usd: Decimal) -> Decimal:
    """The same amount, cents always there and no further trailing zeros: 263.40000 is 263.40, 0.0526800 is 0.05268."""
    cents = usd.quantize(CENT)
    return cents if cents == usd else usd.normalize()


def rounded(usd: Decimal) -> Decimal:
    """A quotient, kept to the nano-dollar (half to even)."""
    return plain(usd.quantize(NANO))


def dollars(usd: Decimal) -> str:
    """`$1,055.00`, `$0.05268`, `-$3.10`: every digit that is there, never an exponent."""
    sign = "-" if usd < 0 else ""
    return f"{sign}${plain(abs(usd)):,f}"


def about(usd: Decimal | None) -> str:
    """To the cent from a dollar up, else to three figures ($0.0132): for a bill in nano-dollars or a quotient."""
    if usd is None:
        return UNKNOWN
    whole = not usd or abs(usd) >= 1
    return dollars(usd.quantize(CENT if whole else Decimal(1).scaleb(usd.adjusted() - FIGURES + 1), ROUND_HALF_EVEN))


def cents(usd: Decimal | None) -> str:
    """A sum as people read it: to the cent, and to three figures where that would hide it ($0.00588)."""
    if usd is None or 0 < abs(usd) < CENT:
        return about(usd)
    return dollars(usd.quantize(CENT, ROUND_HALF_EVEN))


def usd(nanousd: int) -> Decimal:
    return Decimal(nanousd) / 1_000_000_000


def nanousd(amount: Decimal) -> int:
    """Whole nano-dollars, rounded up: a reservation must never be a hair too small."""
    return int((amount * 1_000_000_000).to_integral_value(rounding="ROUND_CEILING"))


def short_usd(nanousd: int, rounding: str) -> str:
    """Dollars to the cent; under a dollar to a tenth of a cent where there is one ($0.034)."""
    step = Decimal("0.001") if abs(nanousd) < 1_000_000_000 else Decimal("0.01")
    cents = usd(nanousd).quantize(step, rounding=rounding)
    return f"${cents:.2f}" if cents == cents.quantize(Decimal("0.01")) else f"${cents}"


def each(amount_usd: Decimal | None) -> str:
    """A price of one: every digit it has down to a nano-dollar, at least two after the point ($0.05268, $0.20)."""
    return UNKNOWN if amount_usd is None else _dollars(amount_usd, NANO)


def total(amount_usd: Decimal | None) -> str:
    """A sum: to the cent from a dollar up ($1,055.00), every digit below ($0.05268)."""
    if amount_usd is None:
        return UNKNOWN
    return _dollars(amount_usd, CENT if abs(amount_usd) >= 1 else NANO)


def booked(amount_nanousd: int) -> str:
    """An amount of the books, in nano-dollars."""
    return about(usd(amount_nanousd))


def change(amount_usd: Decimal) -> str:
    """A difference, always with its sign: +$52.00, -$0.04, $0.00."""
    return f"+{about(amount_usd)}" if amount_usd > 0 else about(amount_usd)


def as_much(ratio: Decimal) -> str:
    """How a dearer one compares, as people say it: 33% more, twice as much, 3.7 times as much."""
    if ratio < Decimal("1.95"):
        percent = round((ratio - 1) * 100)
        return f"{percent}% more" if percent else "nearly the same"
    times = ratio.quantize(Decimal("0.1") if ratio < 10 else Decimal(1)).normalize()
    return "twice as much" if times == 2 else f"{times:,f} times as much"


def _dollars(amount_usd: Decimal, step: Decimal) -> str:
    return dollars(amount_usd.quantize(step, ROUND_HALF_EVEN))
