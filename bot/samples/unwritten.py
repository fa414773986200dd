"""What was done outside while the store took no change: a job that is repeated goes on from there.

A full disk or a server that only follows another can be read, so a repeated job gets as far as Slack every time.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Key = tuple[str, str]  # the team, and what it was done for

T = TypeVar("T")
R = TypeVar("R")


class Unwritten(Generic[T]):
    """Remembered by this process alone: after its end a thing may be done once more."""

    def __init__(self) -> None:
        self._done: dict[Key, T] = {}

    def once(self, key: Key, act: Callable[[], T], write: Callable[[T], R]) -> R:
        """`act` is not done again before `write` took what it came to; what came to None is."""
        outcome = self._done.get(key)
        if outcome is None:
            outcome = self._done[key] = act()
        answer = write(outcome)
        self._done.pop(key, None)
        return answer
