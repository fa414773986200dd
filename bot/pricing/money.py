"""Dollar amounts in one canonical form, and as people read them."""

from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")
NANO = Decimal("0.000000001")
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


def about(usd: Decimal) -> str:
    """To the cent from a dollar up, else to three figures ($0.0132): for a bill in nano-dollars or a quotient."""
    whole = not usd or abs(usd) >= 1
    return dollars(usd.quantize(CENT if whole else Decimal(1).scaleb(usd.adjusted() - FIGURES + 1), ROUND_HALF_EVEN))
