"""By when the request at hand is to be answered: set where it arrives, kept wherever it waits for its turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic

_BY: ContextVar[float] = ContextVar("by", default=inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Threads that are handed this context know of it too."""
    before = _BY.set(monotonic() + seconds)
    try:
        yield
    finally:
        _BY.reset(before)


def seconds_left() -> float:
    """Infinite where nobody waits for an answer; 0 when it is too late."""
    return max(0.0, _BY.get() - monotonic())
