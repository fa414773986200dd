"""A file into the store: read and checked to its end first, then stored bit by bit, whole or not at all."""

import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import IO

from bot.errors import BadFile
from bot.ledger.ledger import Ledger
from bot.usage import exports, files
from bot.usage.errors import BadRecord
from bot.usage.files import FileLine, RowFile
from bot.usage.mapping import Skipped
from bot.usage.reading import Desk
from bot.usage.records import KNOWN_BY_NOW, Correction, Imported, Record, Taken, Unpriced
from bot.usage.rows import Records

BATCH = 2000  # rows stored in one transaction: whoever draws beside it waits no longer than for one

Batch = list[tuple[int, Record]]  # with the number of its line


@dataclass(frozen=True)
class WantedImport:
    """`mapping`: our column -> theirs. `source` stands where the file names none, in place of the tool's. `tool` is
    whose export it is, guessed where it is None; `zone` that of moments without one; `map_name` that of a mapping
    that was saved.

    `weeks_later` is for sample data: each record as if it had happened so much later, at the price of its own day.
    """

    mapping: Mapping[str, str]
    source: str | None = None
    dry_run: bool = False
    skip_bad: bool = False
    replace: bool = False
    weeks_later: int = 0
    tool: str | None = None
    zone: tzinfo | None = None
    map_name: str | None = None


class Import:
    """One file for one team. `refuse` is told every line that is not taken, with its number and the reason."""

    def __init__(
        self,
        store: Ledger,
        desk: Desk,
        team_id: str,
        wanted: WantedImport,
        now: datetime,
        refuse: Callable[[int, str], None],
        moved: Callable[[float], None] = lambda _share: None,
        by: str = "terminal",
    ) -> None:
        """`moved` hears how much is done, from 0 to 1; `by` is who replaces what is there, where that is wanted."""
        self._store, self._desk, self._team_id, self._wanted, self._now = store, desk, team_id, wanted, now
        self._tell, self._done, self._by = refuse, moved, by
        self._rows = self._refused = self._duplicates = self._replaced = 0
        self._unknown: Counter[tuple[str, str]] = Counter()
        self._skipped: Counter[str] = Counter()

    def run(self, path: Path) -> Imported:
        """Raises BadFile, then nothing was stored."""
        with files.opened(path) as file, tempfile.TemporaryFile() as spool:
            wanted = self._wanted
            self._export = exports.understood(
                file, wanted.tool, wanted.mapping, wanted.source, wanted.zone, wanted.map_name
            )
            if self._export.rows.tool.goes_to != "records":
                raise BadFile(f"{file.name} is {self._export.title}, which is read but can't be stored yet.")
            checked = self._spooled(file, spool)
            if self._agreed() or self._wanted.dry_run:
                spool.seek(0)
                batches = self._read_back(spool, checked)
                correction = Correction(self._by, self._now) if self._wanted.replace else None
                Records(self._store.engine).take_all(
                    self._team_id,
                    batches,
                    self._now,
                    self._told,
                    self._final,
                    lambda: datetime.now(UTC),
                    correction=correction,
                )
            left_out = self._rows - checked - self._skipped.total()
            stored = checked - self._duplicates - (self._refused - left_out)
            return Imported(
                file=file.name,
                rows=self._rows,
                stored=stored if self._agreed() else 0,
                duplicates=self._duplicates,
                refused=self._refused,
                dry_run=self._wanted.dry_run,
                weeks_later=self._wanted.weeks_later,
                ignored=self._export.ignored,
                replaced=self._replaced if self._agreed() else 0,
                unknown=tuple(Unpriced(*of, count) for of, count in self._unknown.most_common()),
                tool=self._export.title,
                note=self._export.note,
                skipped=dict(self._skipped),
            )

    def _agreed(self) -> bool:
        return self._wanted.skip_bad or not self._refused

    def _final(self) -> bool:
        """Whether what was stored may stand."""
        return self._agreed() and not self._wanted.dry_run

    def _spooled(self, file: RowFile, spool: IO[bytes]) -> int:
        """Checked records, a batch a pickle, in a file of our own: while a slow file is read, nobody waits for us."""
        batch, checked = Batch(), 0
        for line in file.lines():
            self._rows += 1
            record = self._record(line)
            if record is None:
                continue
            batch.append((line.number, record))
            if len(batch) == BATCH:
                checked += _put(batch, spool)
                self._done(0.7 * file.read_bytes / max(file.size, 1))
        return checked + _put(batch, spool)

    def _read_back(self, spool: IO[bytes], checked: int) -> Iterator[Sequence[Record]]:
        count = 0
        while count < checked:
            batch = pickle.load(spool)  # noqa: S301 - written by us a moment ago, to a file without a name
            self._numbers = [number for number, _ in batch]
            records = [Record._make(values) for _, values in batch]
            self._unknown.update((record.name, record.unknown) for record in records if record.unknown)
            yield records
            count += len(batch)
            self._done(0.7 + 0.3 * count / checked)

    def _told(self, batch: Sequence[Record], taken: Taken) -> None:
        self._duplicates += len(taken.duplicates)
        self._replaced += len(taken.replaced)
        known_by_now = [place for place, stored in taken.stands.items() if stored.amount_nanousd is None]
        self._unknown.update((batch[p].name, KNOWN_BY_NOW) for p in known_by_now if not batch[p].unknown)
        for place, field in sorted(taken.conflicts.items()):
            where = "stands in this file already" if place in taken.again else "is stored already"
            reason = f"{batch[place].id!r} from {batch[place].source!r} {where} with another {field}"
            self._refuse(self._numbers[place], reason)

    def _record(self, line: FileLine) -> Record | None:
        if line.wrong is not None:
            self._refuse(line.number, line.wrong)
            return None
        try:
            given = self._export.rows.given(line.cells)
            if isinstance(given, Skipped):
                self._skipped[given.why] += 1
                return None
            return self._moved(self._desk.record(given, self._now))
        except BadRecord as wrong:
            self._refuse(line.number, f"{wrong.field} {wrong.reason}")
            return None

    def _moved(self, record: Record) -> Record:
        """An id of its own for each number of weeks, so that the sample can be taken again some weeks on."""
        weeks = self._wanted.weeks_later
        if not weeks:
            return record
        later = record.occurred_at + timedelta(weeks=weeks)
        return record._replace(id=f"{record.id}+{weeks}w", occurred_at=later)

    def _refuse(self, number: int, reason: str) -> None:
        self._refused += 1
        self._tell(number, reason)


def _put(batch: Batch, spool: IO[bytes]) -> int:
    count = len(batch)
    if batch:
        # As plain tuples: a class of our own would be looked up for every row.
        pickle.dump([(number, tuple(record)) for number, record in batch], spool, pickle.HIGHEST_PROTOCOL)
        batch.clear()
    return count
