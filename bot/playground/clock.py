"""What time it is for the people here: this machine's time, moved as far as whoever plays with it likes."""

import threading
from collections.abc import Callable
from datetime import timedelta

from bot.playground.loopback import Answer, Request, as_json

POLL_SECONDS = 20.0
FARTHEST_SECONDS = int(timedelta(days=3650).total_seconds())


class SharedClock:
    """`real` is this machine's time in seconds since 1970; `now` is what people see."""

    def __init__(self, real: Callable[[], float], poll_seconds: float = POLL_SECONDS) -> None:
        self.real = real
        self.offset_seconds = 0
        self._poll_seconds = poll_seconds
        self._turn = threading.Condition()
        self._stopped = False

    def now(self) -> float:
        return self.real() + self.offset_seconds

    def move(self, seconds: int) -> None:
        """So far from real time, forward or (negative) back; 0 is real time again."""
        if abs(seconds) > FARTHEST_SECONDS:
            raise ValueError("a clock is moved by ten years at most")
        with self._turn:
            self.offset_seconds = seconds
            self._turn.notify_all()

    def stop(self) -> None:
        """Let everybody go who waits for a move."""
        with self._turn:
            self._stopped = True
            self._turn.notify_all()

    def answer(self, request: Request) -> Answer:
        """GET /clock?known=<seconds> -> {"offset_seconds": ...}: at once when it is not `known`, else when it moves."""
        try:
            known = int(request.query["known"]) if "known" in request.query else None
        except ValueError:
            return as_json({"error": "known is in whole seconds"}, 400)
        with self._turn:
            self._turn.wait_for(lambda: self._stopped or self.offset_seconds != known, self._poll_seconds)
            return as_json({"offset_seconds": self.offset_seconds})
