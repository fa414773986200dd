"""Doing a transaction again: when it was rolled back for others, and when nobody knows whether it stands."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec, TypeVar

from bot.errors import StoreBusy, StoreUnsure
from bot.store.troubles import Tangled

_MOST_REPEATS = 5

P = ParamSpec("P")
T = TypeVar("T")


def repeated(method: Callable[P, T]) -> Callable[P, T]:
    """At most five times more when the database rolled it back because it was in the way of others."""

    @wraps(method)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(_MOST_REPEATS):
            with suppress(Tangled):
                return method(*args, **kwargs)
        return method(*args, **kwargs)

    return done


def looked_up(method: Callable[P, T]) -> Callable[P, T]:
    """`repeated`, and once more when its commit was not answered: only for what finds its own work by its key.

    Raises StoreUnsure where that can't be learnt either.
    """
    once = repeated(method)

    @wraps(method)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        with suppress(StoreUnsure):
            return once(*args, **kwargs)
        try:
            return once(*args, **kwargs)
        except StoreBusy as busy:
            raise StoreUnsure from busy

    return done
