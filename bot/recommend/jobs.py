"""What is done unasked: changes of lanes are announced to programs, and OpenAI's own list of models is read."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from bot.jobs import Duties, EnqueueJob, Job, kind
from bot.recommend.programs import LaneDesk
from bot.recommend.reader import ModelListReader

log = logging.getLogger(__name__)


@kind("models.read")
def read(on: str) -> None:
    """The list as it is on that UTC day."""


def duties(desk: LaneDesk, reader: ModelListReader | None, enqueue: EnqueueJob, now: Callable[[], datetime]) -> Duties:
    """No reader without a key, or beside another image service: what was queued before is for nothing then."""
    announce = partial(_announce, desk, now)
    if reader is None:
        return Duties(handlers=(read.done_by(_unread),), sweep=(announce,))
    return Duties(handlers=(read.done_by(reader.read),), sweep=(announce, partial(_begin, reader, enqueue)))


def _announce(desk: LaneDesk, now: Callable[[], datetime]) -> None:
    desk.announce(now().date())


def _begin(reader: ModelListReader, enqueue: EnqueueJob) -> None:
    reader.begin(lambda day: lambda connection: enqueue(connection, _read_on(reader, day)))


def _read_on(reader: ModelListReader, day: date) -> Job:
    """Another try is another job."""
    return read(f"{day}:{int(reader.real().timestamp())}", str(day))


def _unread(on: str) -> None:
    log.warning("OpenAI's list of models is not read on %s: there is no key for it", on)
