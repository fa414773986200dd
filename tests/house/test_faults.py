"""The table of docs/faults.md and the names of the tests agree, both ways."""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
MATRIX = TESTS.parent / "docs/faults.md"
FIRST = [f"R{number:02}" for number in range(1, 85)]
UNSHOWN, LONGER = "not shown yet", "longer in `make soak`"


@dataclass(frozen=True)
class Showing:
    """That a test shows a fault. `short`: in `make test`; `long`: with cases for `make soak` alone."""

    fault: str
    file: str
    short: bool
    long: bool


def faults_of(name: str) -> list[str]:
    spans = re.findall(r"_R(\d+)(?:_to_R(\d+))?(?![^_])", name)
    return [f"R{number:02}" for first, last in spans for number in range(int(first), int(last or first) + 1)]


def is_long(marks: Any) -> bool:
    return any(mark.name == "soak" for mark in marks)


def lengths(test: Any) -> tuple[bool, bool]:
    """Whether it has cases in `make test`, and whether it has some for `make soak` alone."""
    marks = getattr(test, "pytestmark", [])
    tables = [mark.args[1] for mark in marks if mark.name == "parametrize"]
    cases = [[is_long(getattr(case, "marks", ())) for case in table] for table in tables]
    whole = is_long(marks) or any(table and all(table) for table in cases)
    return not whole, whole or any(map(any, cases))


@cache
def showings() -> list[Showing]:
    return [
        showing
        for path in sorted(TESTS.rglob("test_*.py"), key=lambda path: path.name)
        for showing in showings_of(path)
    ]


def showings_of(path: Path) -> Iterator[Showing]:
    """Imports a file only where its names have ids: in a run of all tests that is done already."""
    names = re.findall(r"^ *(?:async )?def (test_\w+)", path.read_text(), re.MULTILINE)
    for name in names:
        for fault in faults_of(name):
            module = importlib.import_module(".".join(path.relative_to(TESTS.parent).with_suffix("").parts))
            yield Showing(fault, path.name, *lengths(getattr(module, name)))


def rows() -> list[tuple[str, str]]:
    """The id and the last cell of each row."""
    return re.findall(r"^\| (R\d+) \|.*\| ([^|]*) \|$", MATRIX.read_text(), re.MULTILINE)


def cell(fault: str) -> str:
    """Where a fault is shown, as its row must say it; what else there is to say may follow after a semicolon."""
    shown = [showing for showing in showings() if showing.fault == fault]
    files = ", ".join(dict.fromkeys(f"`{showing.file}`" for showing in shown))
    return "; ".join([files or UNSHOWN] + [LONGER] * any(showing.long for showing in shown))


def claims(words: str) -> tuple[list[str], bool, bool]:
    return re.findall(r"`([\w/]*test_\w+\.py)`", words), LONGER in words, UNSHOWN in words


@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("test_R57_of_fifty_at_once", ["R57"]),
        ("test_R13_R14_a_vote", ["R13", "R14"]),
        ("test_K2_R101_a_folder", ["R101"]),
        ("test_R27_to_R29_and_R81_a_failure", ["R27", "R28", "R29", "R81"]),
        ("test_a_week_to_REMEMBER_R2D2", []),
    ],
)
def test_a_test_bears_the_faults_of_its_name(name: str, faults: list[str]) -> None:
    assert faults_of(name) == faults


def test_each_fault_has_one_row_and_rows_are_in_order() -> None:
    ids = [fault for fault, _ in rows()]
    assert ids[: len(FIRST)] == FIRST
    assert ids == sorted(set(ids), key=lambda fault: int(fault[1:]))


def test_every_fault_that_a_test_names_has_a_row() -> None:
    known = dict(rows())
    lost = {f"{showing.fault} of {showing.file}" for showing in showings() if showing.fault not in known}
    assert not lost, "no row in docs/faults.md: " + ", ".join(sorted(lost))


def test_every_row_says_in_which_files_it_is_shown() -> None:
    wrong = [f"{fault}: {cell(fault)}" for fault, written in rows() if claims(written) != claims(cell(fault))]
    assert not wrong, "docs/faults.md must say\n" + "\n".join(wrong)


def test_what_is_shown_is_shown_in_make_test() -> None:
    shown = {showing.fault for showing in showings()}
    assert shown - {showing.fault for showing in showings() if showing.short} == set()
