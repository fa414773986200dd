"""Checked lines into the store, each kind by its own way: records, OpenAI's buckets and its bill; and their tally."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.usage.buckets import BucketsTaken, in_days
from bot.usage.checking import BATCH, Batch
from bot.usage.records import KNOWN_BY_NOW, BilledFile, BillLine, Correction, Record, ShownLine, Taken
from bot.usage.rows import Records

MOST_FIRST = 5  # lines that a dry run shows

# Whole days of a bill as of a moment, taken or, for a dry run, only looked at.
TakeBill = Callable[[Iterable[Sequence[BillLine]], datetime, bool], BilledFile]


@dataclass
class ImportTally:
    """Counts of what became of lines. `images` and `nanousd`, as far as known, and `first` are of what is stored."""

    stored: int = 0
    duplicates: int = 0
    replaced: int = 0
    conflicts: int = 0
    images: int = 0
    nanousd: int = 0
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: list[ShownLine] = field(default_factory=list)
    overlaps: list[str] = field(default_factory=list)
    bill: BilledFile | None = None

    def add(self, records: Sequence[Record]) -> None:
        self.stored += len(records)
        self.images += sum([record.images or 0 for record in records])
        self.nanousd += sum([record.amount_nanousd or 0 for record in records])
        self.first += map(ShownLine.of, records[: MOST_FIRST - len(self.first)])

    def add_unpriced(self, records: Iterable[Record]) -> None:
        self.unknown.update((record.name, record.unknown) for record in records if record.unknown)


@dataclass(frozen=True)
class Storing:
    """`refuse` is told what is not taken: the number of its line, None where it is of several, and the reason. `final`
    says at the end whether what was stored may stand."""

    records: Records
    team_id: str
    correction: Correction
    refuse: Callable[[int | None, str], None]
    final: Callable[[], bool]
    tally: ImportTally = field(default_factory=ImportTally)

    def store_records(self, batches: Iterable[Batch], replace: bool) -> None:
        numbers: list[int] = []

        def read_back() -> Iterator[Sequence[Record]]:
            for batch in batches:
                numbers[:] = [number for number, _ in batch]
                records: list[Record] = [record for _, record in batch]
                self.tally.add_unpriced(records)
                yield records

        def note(batch: Sequence[Record], taken: Taken) -> None:
            self._note_records(batch, taken, numbers)

        correction = self.correction if replace else None
        self.records.take_all(
            self.team_id, read_back(), self.correction.at, note, self.final, _real, correction=correction
        )

    def _note_records(self, batch: Sequence[Record], taken: Taken, numbers: Sequence[int]) -> None:
        tally = self.tally
        tally.duplicates += len(taken.duplicates)
        tally.replaced += len(taken.replaced)
        tally.conflicts += len(taken.conflicts)
        left = taken.stands.keys() | taken.conflicts.keys()
        tally.add([record for place, record in enumerate(batch) if place not in left] if left else batch)
        known_by_now = [place for place, stored in taken.stands.items() if stored.amount_nanousd is None]
        tally.unknown.update((batch[p].name, KNOWN_BY_NOW) for p in known_by_now if not batch[p].unknown)
        for place, name in sorted(taken.conflicts.items()):
            where = "stands in this file already" if place in taken.again else "is stored already"
            reason = f"{batch[place].id!r} from {batch[place].source!r} {where} with another {name}"
            self.refuse(numbers[place], reason)

    def store_buckets(self, batches: Iterable[Batch], price: Callable[[Record], Record], beside_drawings: bool) -> None:
        """`price` is the desk's `reprice`. Raises DayAgain."""
        lines = (line for batch in batches for _, line in batch)
        self.records.take_buckets(
            self.team_id,
            in_days(lines, BATCH),
            price,
            self.correction,
            self._note_buckets,
            self.final,
            _real,
            beside_drawings=beside_drawings,
        )

    def _note_buckets(self, taken: BucketsTaken) -> None:
        tally, stored = self.tally, (*taken.new, *taken.replaced)
        tally.duplicates += len(taken.same)
        tally.replaced += len(taken.replaced)
        tally.add(stored)
        tally.add_unpriced((*stored, *taken.same))
        tally.overlaps += taken.refusals
        for sentence in taken.refusals:
            self.refuse(None, sentence)

    def store_bill(self, batches: Iterable[Batch], take: TakeBill, read_at: datetime, dry_run: bool) -> None:
        """A day that had not begun by `read_at` was not told, whatever the file says of it."""
        lines = (line for batch in batches for _, line in batch if line.day <= read_at.date())
        self.tally.bill = take(in_days(self._each_shown(lines), BATCH), read_at, dry_run)
        self.tally.stored = self.tally.bill.days

    def _each_shown(self, lines: Iterable[BillLine]) -> Iterator[BillLine]:
        for line in lines:
            if line.item and len(self.tally.first) < MOST_FIRST:
                self.tally.first.append(ShownLine.of_bill(line))
            yield line


def _real() -> datetime:
    return datetime.now(UTC)
