"""Dollar amounts in one canonical form, and as people read them."""

from decimal import Decimal

CENT = Decimal("0.01")
NANO = Decimal("0.000000001")


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
