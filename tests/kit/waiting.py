"""Waiting for something to come true without sleeping a fixed time."""

import threading
import time
from collections.abc import Callable


def until(true: Callable[[], object], seconds: float = 10.0, every: float = 0.02) -> None:
    """Return as soon as `true()` is; fail with its name when it is still not after `seconds`."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not true():
        assert time.monotonic() < deadline, f"still not so after {seconds} s: {getattr(true, '__name__', true)}"
        pause.wait(every)
