"""Whether this process can store pictures: proven by a write, told to others by a row, lifted when a write works."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import StoreTrouble
from bot.image_files import ImageFiles
from bot.ledger.workers import Worker, Workers

LOOK_EVERY_SECONDS = 5.0
TELL_EVERY = timedelta(seconds=20)  # a row that was not seen for a minute counts for nothing

log = logging.getLogger(__name__)


@dataclass
class Folder:
    """`owner` names this process to others, `name` to people."""

    pictures: ImageFiles
    workers: Workers
    owner: str
    name: str
    tell_admins: Callable[[str], None]
    real: Callable[[], datetime]
    unable: str | None = None
    _told_at: datetime | None = None
    _one: threading.Lock = field(default_factory=threading.Lock)

    def can_write(self) -> bool:
        """Looks, and tells what is new. Cheap: what worked some seconds ago is not tried again."""
        unable = self.pictures.unable()
        with self._one:
            new = unable != self.unable
            self.unable = unable
            self._tell_others(new)
        if new:
            self.tell_admins(self._sentence())
        return unable is None

    def keep(self, ended: threading.Event) -> None:
        """Until then."""
        while not ended.wait(LOOK_EVERY_SECONDS):
            self.can_write()
        try:
            self.workers.end(self.owner)
        except StoreTrouble as trouble:
            log.info("the row of this process stays for a minute: %s", trouble.code)

    def _tell_others(self, new: bool) -> None:
        real = self.real()
        if not new and self._told_at is not None and real - self._told_at < TELL_EVERY:
            return
        try:
            self.workers.tell(self.owner, Worker(self.name, self.unable), real)
            self._told_at = real
        except StoreTrouble as trouble:
            log.warning("whether this process can store pictures could not be told: %s", trouble.code)
            self._told_at = None

    def _sentence(self) -> str:
        if self.unable is None:
            return f"{self.name} can store pictures again, and draws."
        where = self.pictures.folder
        return f"{self.name} can't store pictures in {where}: {self.unable}. It draws nothing until it can."
