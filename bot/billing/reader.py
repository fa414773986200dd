"""The provider's bill, taken in once a day: the last days are read again, since costs come late and are restated."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.billing.provider import MOST_DAYS, Bills
from bot.billing.reconcile import BillRead
from bot.billing.rows import BillBooks, EnqueueBill
from bot.errors import BillUnread
from bot.ledger.ledger import Ledger
from bot.settings import Settings

DAY = timedelta(days=1)
LATE_DAYS = 3  # read again every time
LEASE = timedelta(hours=1)  # how long one reader is waited for, and the least between two tries

log = logging.getLogger(__name__)


def of(
    settings: Settings, store: Ledger, tell_admins: Callable[[str], None], real: Callable[[], datetime]
) -> "BillReader | None":
    """None without an admin key."""
    if settings.openai_admin_key is None:
        return None
    bills = Bills(settings.openai_admin_key.get_secret_value(), settings.openai_base_url)
    return BillReader(bills, store, tell_admins, real)


@dataclass(frozen=True)
class BillReader:
    """`real` is this machine's time: the provider's days pass by it, whatever a playground's people take for now."""

    bills: Bills
    store: Ledger
    tell_admins: Callable[[str], None]
    real: Callable[[], datetime]

    def begin(self, team_id: str, enqueue: EnqueueBill) -> bool:
        """Once a UTC day, however many processes ask, and again after a failure."""
        real = self.real()
        return BillBooks(self.store.engine).begin(team_id, real.astimezone(UTC).date(), real, LEASE, enqueue)

    def read(self, team_id: str, on: str) -> None:
        """The job that `begin` enqueued. A repeat reads the same days again, and so changes nothing."""
        day = date.fromisoformat(on)
        try:
            self.sync(team_id)
        except BillUnread as failed:
            again_at = self.real() + max(LEASE, timedelta(seconds=failed.wait_seconds))
            if BillBooks(self.store.engine).failed(team_id, day, again_at, failed.sentence):
                self.tell_admins(failed.sentence)
            else:
                log.warning("%s", failed.sentence)
        else:
            BillBooks(self.store.engine).done(team_id, day, self.real())

    def sync(self, team_id: str) -> BillRead:
        """Every closed UTC day that may still change, 31 at most. Raises BillUnread, and then nothing was changed."""
        real = self.real()
        last = real.astimezone(UTC).date() - DAY
        earliest = last - (MOST_DAYS - 1) * DAY
        late = last - (LATE_DAYS - 1) * DAY
        first = max(earliest, min(late, BillBooks(self.store.engine).unfinished(team_id) or earliest))
        buckets = self.bills.read(first, last)
        days = [first + number * DAY for number in range((last - first).days + 1)]
        BillBooks(self.store.engine).replace(team_id, days, buckets, real)
        return BillRead.of(first, last, buckets)
