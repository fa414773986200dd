"""A cost export into the provider's column of the books: usage reads its lines, billing keeps the days."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from bot.billing.reconcile import COST, BillRead, Bucket
from bot.billing.rows import BillBooks
from bot.ledger.ledger import Ledger
from bot.usage.records import BilledFile, BillLine
from bot.usage.storing import TakeBill

DAY = timedelta(days=1)


def column(store: Ledger, team_id: str) -> TakeBill:
    return partial(_take, BillBooks(store.engine), team_id)


def _take(
    books: BillBooks, team_id: str, days: Iterable[Sequence[BillLine]], read_at: datetime, dry_run: bool
) -> BilledFile:
    """Some whole days a transaction: each of them is right by itself, and what the provider counted on it stays."""
    taken = BilledFile()
    for lines in days:
        told, buckets = sorted({line.day for line in lines}), _buckets(lines)
        later = books.read_later(team_id, told, read_at)
        if not dry_run:
            later = len(told) - books.replace(team_id, told, buckets, read_at, (COST,))
        taken = taken.plus(_read(told, later, buckets))
    return taken


def _buckets(lines: Sequence[BillLine]) -> list[Bucket]:
    buckets: dict[tuple[str, str, str, datetime], Bucket] = {}
    for line in lines:
        if line.item or line.usd:
            bucket = Bucket(COST, line.project, line.item, line.start, line.start + DAY, int(line.usd * 10**9))
            before = buckets.get(bucket.key)
            buckets[bucket.key] = bucket if before is None else before.plus(bucket)
    return list(buckets.values())


def _read(days: Sequence[date], later: int, buckets: Sequence[Bucket]) -> BilledFile:
    read = BillRead.of(days[0], days[-1], buckets)
    return BilledFile(read.first, read.last, len(days) - later, later, read.lines, read.images_usd, read.others)
