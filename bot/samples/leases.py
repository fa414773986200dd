"""Keeping a lease alive while its work runs, so that slow work is not taken for dead."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.errors import StoreTrouble

log = logging.getLogger(__name__)


@contextmanager
def kept(renew: Callable[[], bool], every_seconds: float) -> Iterator[None]:
    """Call `renew` from a thread until the block ends, or until it says False: the lease is somebody else's by then."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(every_seconds):
            try:
                if not renew():
                    return
            except StoreTrouble:
                log.warning("a lease could not be renewed just now")

    threading.Thread(target=beat, name="lease", daemon=True).start()
    try:
        yield
    finally:
        over.set()
