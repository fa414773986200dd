"""What time it is: real, or real plus the offset a playground on this machine tells."""

import http.client
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from pydantic import BaseModel, Field

from bot.errors import BadSettings

ANSWER_SECONDS = 5
PATIENCE_SECONDS = 60  # for an answer that waits for a move: the far end keeps it for some 20
FARTHEST_SECONDS = 10 * 366 * 86_400  # beyond it a moment would no longer fit into a date
MOST_BYTES = 1_000
NO_ANSWER = (OSError, http.client.HTTPException, ValueError)  # a ValueError: words that are none of a clock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Moment:
    """One instant, aware UTC. `now` is what people take for now, and a playground may move it; `real` is this
    machine's time, which everything that waits or expires goes by: signatures, leases, pauses, how long a row has
    been in its state, finished jobs."""

    now: datetime
    real: datetime


class Clock:
    """Without a `url` real time, and nothing to set or follow. The settings let only addresses of this machine in."""

    def __init__(self, url: str | None = None) -> None:
        self.url = url
        self._offset_seconds = 0

    def now(self) -> datetime:
        return self.real() + timedelta(seconds=self._offset_seconds)

    def real(self) -> datetime:
        return datetime.now(UTC)

    def moment(self) -> Moment:
        real = self.real()
        return Moment(real + timedelta(seconds=self._offset_seconds), real)

    def set(self) -> None:
        """Read the offset once. Raises BadSettings when nothing there tells it."""
        if self.url is None:
            return
        try:
            self._offset_seconds = _offset(self.url, "", ANSWER_SECONDS)
        except NO_ANSWER:
            raise BadSettings(f"IMAGELANE_CLOCK_URL: nothing at {self.url} tells the time.") from None

    def follow(self, moved: Callable[[], None], gone: Callable[[], None]) -> None:
        """Until the clock can't be reached any more: then `gone`, once. `moved` after each move; neither may block."""
        while self.url is not None:
            offset_seconds = self._next(self.url)
            if offset_seconds is None:
                log.warning("the clock at %s is gone, so this process ends", self.url)
                gone()
                return
            if offset_seconds != self._offset_seconds:
                self._offset_seconds = offset_seconds
                log.info("the clock was moved to %s", self.now().isoformat(timespec="seconds"))
                moved()

    def _next(self, url: str) -> int | None:
        """What it says once that is news, or after a while; a dropped connection is tried once more."""
        for _ in range(2):
            try:
                return _offset(url, f"?known={self._offset_seconds}", PATIENCE_SECONDS)
            except NO_ANSWER as error:
                log.info("the clock gave no answer: %s", type(error).__name__)
        return None


class _Answer(BaseModel):
    offset_seconds: int = Field(strict=True, ge=-FARTHEST_SECONDS, le=FARTHEST_SECONDS)


def _offset(url: str, query: str, seconds: float) -> int:
    """By the standard library's plain client: it follows no redirect and knows no proxy."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    try:
        connection.request("GET", parts.path + query)
        answer = connection.getresponse()
        if answer.status != 200:
            raise http.client.HTTPException(f"status {answer.status}")
        return _Answer.model_validate_json(answer.read(MOST_BYTES)).offset_seconds
    finally:
        connection.close()
