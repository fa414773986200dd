"""A table of cells as one test: it goes through all of them and fails with every one that differs."""

from collections.abc import Callable, Iterable
from functools import partial
from operator import eq
from typing import Any

import pytest

Differs = str | None


def agree(table: Iterable[tuple[Any, ...]], function: Callable[..., object], by: Callable[..., object] = eq) -> None:
    """Each row is what is given and, last, what is expected of `function`; `by` of what came and that says whether."""
    __tracebackhide__ = True
    _list((given, partial(_against, expected, function, given, by)) for *given, expected in table)


def hold(table: Iterable[object], check: Callable[..., None]) -> None:
    """Each row, or the values of a row that is a tuple, is given to `check`, which asserts."""
    __tracebackhide__ = True
    _list((row, partial(check, *row) if isinstance(row, tuple) else partial(check, row)) for row in table)


def refusal(kind: type[Exception], function: Callable[..., object], *given: object) -> str:
    """The sentence of the error that must come; another error goes on as it is."""
    try:
        came = function(*given)
    except kind as error:
        return str(error)
    raise AssertionError(f"not refused, came {came!r}")


def within(came: str, part: str) -> bool:
    return part in came


def _against(expected: object, function: Callable[..., object], given: list[object], by: Callable[..., object]) -> None:
    came = function(*given)
    if not by(came, expected):
        raise AssertionError(f"expected {_short(expected)}, came {_short(came)}")


def _list(cells: Iterable[tuple[object, Callable[[], None]]]) -> None:
    __tracebackhide__ = True
    told = [(cell, _differs(check)) for cell, check in cells]
    differing = [f"{_short(cell)}: {differs}" for cell, differs in told if differs is not None]
    if differing or not told:  # a table that came empty from its file shows nothing
        raise AssertionError("\n".join([f"{len(differing)} of {len(told)} cells differ", *differing]))


def _differs(check: Callable[[], None]) -> Differs:
    try:
        check()
    except (AssertionError, pytest.fail.Exception) as failure:  # the latter is `pytest.raises` without an error
        return str(failure)
    except Exception as error:  # noqa: BLE001 - a cell that raises is listed, and the others are asked too
        return f"raised {type(error).__name__}: {error}"
    return None


def _short(value: object) -> str:
    """Some cells hold a megabyte."""
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}… ({len(text):,} characters)"
