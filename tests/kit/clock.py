"""A clock that stands where a test puts it."""

from collections.abc import Callable
from datetime import datetime

from bot.clock import Clock, Moment


class SetClock(Clock):
    """`now` and `real` are asked each time; without `real` both are one."""

    def __init__(self, now: Callable[[], datetime], real: Callable[[], datetime] | None = None) -> None:
        super().__init__()
        self._now, self._real = now, real or now

    def now(self) -> datetime:
        return self._now()

    def real(self) -> datetime:
        return self._real()

    def moment(self) -> Moment:
        return Moment(self._now(), self._real())


def moment(now: datetime, real: datetime | None = None) -> Moment:
    return Moment(now, real or now)


def standing(at: datetime, real: datetime | None = None) -> Clock:
    return SetClock(lambda: at, lambda: real or at)
