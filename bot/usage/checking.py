"""A file read and checked to its end before anything is stored: what each row is, what is skipped, what is refused."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import IO, Any

from bot.errors import BadFile
from bot.usage.buckets import BucketLine, elsewhere
from bot.usage.errors import BadRecord, DayAgain
from bot.usage.exports import Export
from bot.usage.files import FileLine, RowFile
from bot.usage.mapping import MOMENTS, Skipped
from bot.usage.reading import Desk, bill_line, bucket_line
from bot.usage.records import BillLine, Record

BATCH = 2000  # lines held at once, and stored in one transaction: who draws beside it waits no longer than for one
DAY = timedelta(days=1)
MOST_SUMS = 200_000  # records held at once while rows of one id are added up
NOT_CHOSEN = "of another project or key"

ImportLine = Record | BucketLine | BillLine
Batch = list[tuple[int, Any]]  # lines, all of one kind, each with its number in the file


class RowCheck:
    """Counts what becomes of the rows of one export. `refuse` is told every wrong one, its number and the reason."""

    def __init__(
        self,
        export: Export,
        desk: Desk,
        now: datetime,
        refuse: Callable[[int | None, str], None],
        chosen: Mapping[str, Set[str]],
    ) -> None:
        """`chosen`: `project` and `key` of the buckets to take, where not all are wanted."""
        self.rows = 0
        self.refused = 0
        self.added = 0
        self.skipped: Counter[str] = Counter()
        self._mapping, self._desk, self._now, self._refuse, self._chosen = export.rows, desk, now, refuse, chosen
        ways: dict[str, Callable[[Mapping[str, Any]], ImportLine | Skipped]] = {
            "records": self._record,
            "buckets": self._bucket,
            "bill": self._bill,
        }
        self._line = ways[export.goes_to]
        self.last_billed: datetime | None = None  # the end of the last day that something was billed for
        self.wrong: set[tuple[date, str]] = set()  # days and models that a refused line is of
        self.models: set[tuple[date, str]] = set()  # that OpenAI may have drawn on these UTC days
        self._days: dict[date, None] = {}

    def lines(self, file: RowFile) -> Iterator[tuple[int, ImportLine]]:
        """Raises BadFile; DayAgain where a day goes on after another began."""
        lines = self._lines(file)
        return self._sums(file.name, lines) if self._mapping.tool.add_up else lines

    def _sums(self, file: str, lines: Iterator[tuple[int, ImportLine]]) -> Iterator[tuple[int, ImportLine]]:
        """Each record whole, under the number of its first row: rows of one id and project are parts of it."""
        sums: dict[tuple[str, str | None], tuple[int, Record]] = {}
        for number, record in lines:
            assert isinstance(record, Record)
            of = record.id, record.project
            first, before = sums.get(of, (number, None))
            sums[of] = first, record if before is None else before.plus(record)
            self.added += before is not None
            if len(sums) > MOST_SUMS:
                raise BadFile(
                    f"{file} has more than {MOST_SUMS:,} rows to add others to: export fewer days. Nothing was stored."
                )
        yield from sums.values()

    def _lines(self, file: RowFile) -> Iterator[tuple[int, ImportLine]]:
        for row in file.lines():
            self.rows += 1
            try:
                line = self._read(row)
            except BadRecord as wrong:
                self.refused += 1
                self._refuse(row.number, f"{wrong.field} {wrong.reason}".strip())
                continue
            if isinstance(line, Skipped):
                self.skipped[line.why] += 1
            else:
                yield row.number, line

    def _read(self, row: FileLine) -> ImportLine | Skipped:
        if row.wrong is not None:
            raise BadRecord("", row.wrong)
        return self._line(row.cells)

    def _record(self, cells: Mapping[str, Any]) -> Record | Skipped:
        given = self._mapping.given(cells)
        if isinstance(given, Skipped):
            return given
        record = self._desk.record(given, self._now)
        if not elsewhere(record):
            self.models.add((record.occurred_at.date(), record.model))
        return record

    def _bucket(self, cells: Mapping[str, Any]) -> BucketLine | Skipped:
        try:
            return self._bucket_line(cells)
        except BadRecord:
            self._note_wrong(cells)
            raise

    def _note_wrong(self, cells: Mapping[str, Any]) -> None:
        """What the rest of its day and model comes to is not the whole, where it can be read whose it is."""
        with suppress(BadRecord):
            line = bill_line({**self._mapping.some(cells, MOMENTS), "usd": "0"}, self._now)
            model = self._mapping.some(cells, ("model",)).get("model", "")
            self.wrong.add((line.day, model.lower()))

    def _bucket_line(self, cells: Mapping[str, Any]) -> BucketLine | Skipped:
        given = self._mapping.given(cells)
        if isinstance(given, Skipped):
            self._empty_day(cells)
            return given
        line = bucket_line(given, self._now)
        self._check_order(line.day)
        if any(given.get(name) not in ids for name, ids in self._chosen.items()):
            return Skipped(NOT_CHOSEN)
        return line

    def _bill(self, cells: Mapping[str, Any]) -> BillLine | Skipped:
        """An empty bucket tells that nothing was billed for its day."""
        given = self._mapping.given(cells)
        if isinstance(given, Skipped):
            empty = self._empty_day(cells)
            if empty is not None:
                self.skipped[given.why] += 1
            return empty or given
        line = bill_line(given, self._now)
        self._check_order(line.day)
        self.last_billed = max(self.last_billed or line.start, line.start + DAY)
        return line

    def _empty_day(self, cells: Mapping[str, Any]) -> BillLine | None:
        """None for a day to come, or what is no day: a row without anything refuses no file."""
        try:
            line = bill_line({**self._mapping.some(cells, MOMENTS), "usd": "0"}, self._now)
        except BadRecord:
            return None
        self._check_order(line.day)
        return line

    def _check_order(self, day: date) -> None:
        if day in self._days and day != next(reversed(self._days)):
            raise DayAgain(day)
        self._days[day] = None


class Spool:
    """Checked lines in a file of our own, a batch a pickle: while a slow file is read, nobody waits for us."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._batch = file, Batch()
        self.count = 0

    def put(self, number: int, line: ImportLine) -> bool:
        """True where a batch was full."""
        # A record as a plain tuple: a class of our own would be looked up for every row.
        self._batch.append((number, tuple(line) if isinstance(line, Record) else line))
        self.count += 1
        full = len(self._batch) == BATCH
        if full:
            self._write()
        return full

    def batches(self) -> Iterator[Batch]:
        """From its beginning, as often as it is asked for."""
        self._write()
        self._file.seek(0)
        count = 0
        while count < self.count:
            batch: Batch = pickle.load(self._file)  # noqa: S301 - written by us a moment ago, to a file without a name
            count += len(batch)
            yield [(number, Record._make(line) if type(line) is tuple else line) for number, line in batch]

    def _write(self) -> None:
        if self._batch:
            pickle.dump(self._batch, self._file, pickle.HIGHEST_PROTOCOL)
            self._batch = Batch()
