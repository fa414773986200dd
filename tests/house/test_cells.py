"""A table of cells fails with each cell that differs, and never passes for want of cells."""

import pytest

from tests.kit import cells


def test_every_cell_that_differs_is_listed_and_no_other() -> None:
    with pytest.raises(AssertionError) as failure:
        cells.agree([("1", 1), ("2", 3), ("x", 4), ("5", 6)], int)
    first, *listed = str(failure.value).splitlines()
    assert first == "3 of 4 cells differ"
    assert listed == [
        "['2']: expected 3, came 2",
        "['x']: raised ValueError: invalid literal for int() with base 10: 'x'",
        "['5']: expected 6, came 5",
    ]


def test_a_check_is_asked_of_every_row() -> None:
    asked = []

    def odd(number: int, word: str) -> None:
        asked.append(number)
        assert number % 2, word

    with pytest.raises(AssertionError, match=r"2 of 3 cells differ\n\(2, 'two'\): two\n.*\n\(4, 'four'\): four"):
        cells.hold([(2, "two"), (3, "three"), (4, "four")], odd)
    assert asked == [2, 3, 4]


def test_an_empty_table_shows_nothing() -> None:
    with pytest.raises(AssertionError, match="0 of 0 cells"):
        cells.agree([], int)
    with pytest.raises(AssertionError, match="0 of 0 cells"):
        cells.hold([], print)


def test_a_cell_that_was_not_refused_differs() -> None:
    with pytest.raises(AssertionError, match="not refused, came 5"):
        cells.refusal(ValueError, int, "5")
    with pytest.raises(ZeroDivisionError):
        cells.refusal(ValueError, lambda: 1 // 0)
