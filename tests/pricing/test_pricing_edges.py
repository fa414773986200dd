"""Words and figures at the edges of an estimate."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot import catalog
from bot.errors import BadNumber
from bot.money import about
from bot.pricing import Workload, compare

FACTS, TODAY = catalog.load(), date(2026, 11, 22)
LANES = {"budget": "gpt-image-2.5-flare", "legacy": "gpt-image-2"}
HIGH = Workload(5000, "high", "square")


@pytest.mark.parametrize(
    ("usd", "words"),
    [
        ("0", "$0.00"),
        ("0.013249", "$0.0132"),
        ("0.99949", "$0.999"),
        ("1", "$1.00"),
        ("-3.104", "-$3.10"),
        ("1234.567", "$1,234.57"),
    ],
)
def test_about_is_to_the_cent_from_a_dollar_up_and_else_to_three_figures(usd: str, words: str) -> None:
    assert about(Decimal(usd)) == words


def test_a_lane_that_cannot_draw_it_is_still_called_by_its_lane() -> None:
    quotes = compare(FACTS, LANES, replace(HIGH, quality="max"), TODAY).quotes
    assert [(quote.lane, quote.total_usd is None) for quote in quotes] == [("budget", False), ("legacy", True)]


@pytest.mark.parametrize("keep", [Decimal(0), Decimal("-0.5"), Decimal("1.0001")])
def test_a_keep_rate_that_can_not_be_is_refused_in_words_that_say_what_can(keep: Decimal) -> None:
    words = r"^A keep rate lies over 0 and up to 1: 0\.6 means 6 of 10 pictures are kept\.$"
    with pytest.raises(BadNumber, match=words):
        compare(FACTS, LANES, replace(HIGH, keep=keep), TODAY)
    assert compare(FACTS, LANES, replace(HIGH, keep=Decimal(1)), TODAY).quotes[0].keep_rate == 1


def test_a_quote_without_a_keep_rate_has_nobody_it_rests_on() -> None:
    assert [quote.keep_basis for quote in compare(FACTS, LANES, HIGH, TODAY).quotes] == [None, None]
