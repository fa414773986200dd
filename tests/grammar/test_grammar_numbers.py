"""The strict numbers, on both sides of every edge, and against a reading written without any pattern."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.entrypoints.commands import COMMANDS
from bot.errors import BadNumber, NotUnderstood
from bot.grammar import count, day, keep_rate, money, retries
from tests.grammar.test_grammar import VOCABULARY
from tests.kit import cells

R69 = [
    "-1",
    "1e309",
    "NaN",
    "sNaN",
    "Infinity",
    "-inf",
    "5_000",
    "5k",
    "5,000",
    "+5",
    "٥٠٠٠",
    "５０００",
    "²",
    "1.00005",
    "5\u200b",
    "\ufeff5",
    "5\x00",
    "5\n",
    "5,000" * 9,
    "9" * 5000,
    "0x10",
    "1/2",
    ".5",
    "5.",
    "1000000",
]
COUNT_PLACES = ("estimate {}", "estimate high {} square", "estimate --batch {}")


def _refused(texts: Sequence[str], read: Callable[[str], object], sentence: str) -> None:
    """Each with a sentence that begins like that."""
    table = [(text, sentence) for text in texts]
    cells.agree(table, lambda text: cells.refusal(BadNumber, read, text), by=lambda came, start: re.match(start, came))


def test_R69_money_refuses_what_could_be_misread() -> None:
    table = [*R69, "", " 5", "$", "$$5", "5$", "-$5", "€5", "$-1"]
    _refused(table, money, r"^I read amounts like 25 or 12\.50; I could not read '")


def test_R69_a_count_refuses_what_could_be_misread() -> None:
    table = [*R69, "0", "000000", "12.50", "$5", "1e3"]
    _refused(table, count, r"^I read counts (like 5000|from 1 to 999999); I could not read '")


def test_R69_an_estimate_refuses_them_as_its_count_in_any_place() -> None:
    table = [*R69, "0", "12.50", "$5", "1e3", "five"]
    # white space around a typed word parts words and is no part of one
    typed = [text for text in table if text == text.strip()]
    places = [place.format(text) for text in typed for place in COUNT_PLACES]
    _refused(places, lambda words: COMMANDS.parse(words, VOCABULARY), "^I read (counts|sizes) ")


def test_R69_the_sentence_names_what_was_read_clipped_to_thirty_characters() -> None:
    with pytest.raises(BadNumber) as caught:
        money("5k")
    assert str(caught.value) == "I read amounts like 25 or 12.50; I could not read '5k'."
    with pytest.raises(BadNumber) as caught:
        count("5k")
    assert str(caught.value) == "I read counts like 5000; I could not read '5k'."
    with pytest.raises(BadNumber) as caught:
        count("5,000" * 9)
    assert str(caught.value) == f"I read counts like 5000; I could not read '{('5,000' * 9)[:29]}…'."


def test_R69_a_hidden_character_is_named_as_the_reason() -> None:
    with pytest.raises(BadNumber, match="could not read '5' \\(it holds a character that cannot be seen\\)"):
        COMMANDS.parse("estimate 5\u200b", VOCABULARY)


@pytest.mark.parametrize(
    ("text", "usd"),
    [
        ("0", "0"),
        ("$0", "0"),
        ("25", "25"),
        ("$12.50", "12.50"),
        ("0.0001", "0.0001"),
        ("999999.9999", "999999.9999"),
        ("007", "7"),
    ],
)
def test_R69_money_reads_plain_amounts_and_nothing_is_allowed(text: str, usd: str) -> None:
    assert money(text) == Decimal(usd)


@pytest.mark.parametrize(("text", "images"), [("1", 1), ("5000", 5000), ("999999", 999_999), ("0010", 10)])
def test_R69_counts_go_from_one_to_six_digits(text: str, images: int) -> None:
    assert count(text) == images


@pytest.mark.parametrize(
    ("text", "rate"),
    [("0.55", "0.55"), ("55%", "0.55"), ("1", "1"), ("100%", "1"), ("0.0001", "0.0001"), ("0.0001%", "0.000001")],
)
def test_a_keep_rate_is_a_share_or_per_cent(text: str, rate: str) -> None:
    assert keep_rate(text) == Decimal(rate)


def test_R69_a_keep_rate_is_above_nothing_and_at_most_all() -> None:
    table = ["0", "0%", "0.0000", "1.0001", "101%", "55", "%", "55%%", "-0.5", "NaN", "0,55", "$1"]
    _refused(table, keep_rate, "^I read keep rates")


@pytest.mark.parametrize("text", ["100", "-1", "1.5", "٥", "", "five"])
def test_R69_retries_are_whole_and_below_a_hundred(text: str) -> None:
    assert (retries("0"), retries("99")) == (0, 99)
    with pytest.raises(BadNumber, match=r"^I read retries from 0 to 99"):
        retries(text)


@pytest.mark.parametrize("text", ["2020-01-01", "2099-12-31", "2028-02-29"])
def test_a_day_is_a_calendar_day_of_these_decades(text: str) -> None:
    assert day(text) == date.fromisoformat(text)


def test_another_way_of_writing_a_day_is_refused() -> None:
    table = [
        "2019-12-31",
        "2100-01-01",
        "2027-02-29",
        "2026-13-01",
        "20261122",
        "2026-W46-1",
        "22.11.2026",
        "today",
        "٢٠٢٦-11-22",
    ]
    wanted = [(text, "written like 2026-11-22") for text in table]
    cells.agree(wanted, lambda text: cells.refusal(NotUnderstood, day, text), by=cells.within)


NEAR_NUMBERS = st.text(alphabet="0123456789.,$%+-_ekxNa٥５²\u200b\n ", max_size=14) | st.text(max_size=14)
FIGURES = st.from_regex(r"\$?[0-9]{0,7}(\.[0-9]{0,5})?", fullmatch=True)


def plain_amount(text: str) -> bool:
    """The rule of R69 told letter by letter."""
    digits = text[1:] if text[:1] == "$" else text
    whole, point, part = digits.partition(".")
    ascii_digits = all(letter in "0123456789" for letter in whole + part)
    return ascii_digits and 1 <= len(whole) <= 6 and (1 <= len(part) <= 4 if point else True)


def check_a_number(text: str) -> None:
    try:
        assert money(text) == Decimal(text.removeprefix("$"))
        assert plain_amount(text)
    except BadNumber:
        assert not plain_amount(text)
    whole = text.isascii() and text.isdigit() and len(text) <= 6
    try:
        assert count(text) == int(text) > 0
        assert whole
    except BadNumber:
        assert not whole or int(text) == 0


@settings(max_examples=100, deadline=None)
@given(NEAR_NUMBERS | FIGURES)
def test_R69_only_plain_ascii_numbers_are_read(text: str) -> None:
    check_a_number(text)


@pytest.mark.soak
@pytest.mark.timeout(900)
@settings(max_examples=20_000, deadline=None)
@given(NEAR_NUMBERS | FIGURES)
def test_R69_only_plain_ascii_numbers_are_read_20_000_times(text: str) -> None:
    check_a_number(text)
