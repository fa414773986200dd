"""Dollars as people read them."""

from decimal import Decimal

import pytest

from bot import money
from tests.kit import cells


def test_a_price_keeps_its_digits_a_sum_is_to_the_cent_and_a_bill_to_three_figures() -> None:
    table = [
        ("0.05268", "$0.05268", "$0.05268", "$0.0527"),
        ("0.211", "$0.211", "$0.211", "$0.211"),
        ("0.2", "$0.20", "$0.20", "$0.20"),
        ("1055", "$1,055.00", "$1,055.00", "$1,055.00"),
        ("52.73268", "$52.73268", "$52.73", "$52.73"),
        ("1.005", "$1.005", "$1.00", "$1.00"),
        ("1.015", "$1.015", "$1.02", "$1.02"),
        ("0.99999", "$0.99999", "$0.99999", "$1.00"),
        ("0.013170123", "$0.013170123", "$0.013170123", "$0.0132"),
        ("0", "$0.00", "$0.00", "$0.00"),
        ("-52", "-$52.00", "-$52.00", "-$52.00"),
        ("1E+3", "$1,000.00", "$1,000.00", "$1,000.00"),
    ]

    def three(amount: str) -> tuple[str, str, str]:
        usd = Decimal(amount)
        return money.each(usd), money.total(usd), money.about(usd)

    cells.agree([(amount, tuple(told)) for amount, *told in table], three)


def test_an_unknown_price_is_never_a_figure() -> None:
    assert {money.each(None), money.total(None), money.about(None)} == {"unknown"}


@pytest.mark.parametrize(
    ("nanousd", "told"),
    [(34_000_000, "$0.034"), (13_170_123, "$0.0132"), (1, "$0.000000001"), (0, "$0.00"), (10**18, "$1,000,000,000.00")],
)
def test_the_books_are_read_from_nano_dollars(nanousd: int, told: str) -> None:
    assert money.booked(nanousd) == told


@pytest.mark.parametrize(("amount", "told"), [("52", "+$52.00"), ("-0.04", "-$0.04"), ("0", "$0.00")])
def test_a_change_has_its_sign(amount: str, told: str) -> None:
    assert money.change(Decimal(amount)) == told
