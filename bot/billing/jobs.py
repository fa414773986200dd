"""The provider's bill, read once a day by a job."""

import logging
from functools import partial

from bot.billing.reader import BillReader
from bot.errors import NotUnderstood
from bot.jobs import Duties, EnqueueJob, Job, kind

WHOSE_BILL = (
    "The provider's bill is not read by itself while several workspaces are installed: the organization has one bill. "
    "Say whose it is: imagelane bills sync --workspace ID"
)

log = logging.getLogger(__name__)


@kind("bill.read", was="bill")
def read(team_id: str, on: str) -> None:
    """The last days of it, on that UTC day."""


def duties(reader: BillReader | None, enqueue: EnqueueJob) -> Duties:
    """None without an admin key: then nobody ever asks for a bill, and what was queued before is for nothing."""
    if reader is None:
        return Duties(handlers=(read.done_by(_unread),))
    return Duties(
        handlers=(read.done_by(reader.read),),
        sweep=(partial(_begin, reader, enqueue),),
        tidy=(partial(_ask_whose, reader),),
    )


def _unread(team_id: str, on: str) -> None:
    log.warning("the bill of %s is not read on %s: OPENAI_ADMIN_KEY is not set", team_id, on)


def _begin(reader: BillReader, enqueue: EnqueueJob) -> None:
    """The organization has one bill, so it is read for the one workspace there is; with several somebody must say
    whose it is (the daily tidy tells the admins so)."""
    try:
        team_id = reader.store.only_workspace()
    except NotUnderstood:
        return
    reader.begin(team_id, lambda connection, day: enqueue(connection, _read_on(reader, team_id, day)))


def _read_on(reader: BillReader, team_id: str, day: str) -> Job:
    """Another try is another job."""
    return read(f"{team_id}:{day}:{int(reader.real().timestamp())}", team_id, day)


def _ask_whose(reader: BillReader) -> None:
    if len(reader.store.workspaces()) > 1:
        reader.tell_admins(WHOSE_BILL)
