"""A file into the store: read and checked to its end first, then stored bit by bit, whole or not at all."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from bot.errors import BadFile
from bot.grammar.words import echo
from bot.ledger.ledger import Ledger
from bot.money import plain, usd
from bot.usage import exports, files
from bot.usage.checking import DAY, Batch, RowCheck, Spool
from bot.usage.exports import Export
from bot.usage.files import RowFile
from bot.usage.reading import Desk
from bot.usage.records import Correction, Imported, Record, Unpriced
from bot.usage.rows import Records
from bot.usage.storing import Storing, TakeBill

LEFT_OUT = "left out, since a line of the same day and model is wrong"

# What goes with one kind of file only: the option, and what such a file brings.
_GOES_WITH = {
    "skip_bad": ("--skip-bad", ("records", "buckets"), "a day of a bill is taken whole"),
    "replace": ("--replace", ("records",), "a day that is told again replaces itself"),
    "source": ("--source", ("records",), "what OpenAI tells is from openai"),
    "chosen": ("--project-id and --api-key-id", ("buckets",), "they choose among the lines of OpenAI's usage exports"),
    "skip_overlap": ("--skip-overlap", ("buckets",), "it goes with OpenAI's usage exports"),
}


@dataclass(frozen=True)
class WantedImport:
    """`mapping`: our column -> theirs. `source` stands where the file names none, in place of the tool's. `tool` is
    whose export it is, guessed where it is None; `zone` that of moments without one; `map_name` that of a mapping
    that was saved.

    `weeks_later` is for sample data: each record as if it had happened so much later, at the price of its own day.
    `chosen` has the ids of `project` and `key` to take of OpenAI's usage exports, where not all are: who chooses says
    that none of that is what the bot drew. `skip_overlap` leaves out what is here already by another way.
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
    chosen: Mapping[str, Set[str]] = field(default_factory=dict)
    skip_overlap: bool = False

    def check(self, file: str, export: Export) -> None:
        """Raises BadFile for an option that does not go with such a file."""
        for name, (option, kinds, why) in _GOES_WITH.items():
            if getattr(self, name) and export.goes_to not in kinds:
                what = export.title or "a file of records"
                raise BadFile(f"{file} is {what}: leave out {option}, since {why}. Nothing was stored.")


class Import:
    """One file for one team. `refuse` is told what is not taken: the number of its line, None where it is of several,
    and the reason."""

    def __init__(
        self,
        store: Ledger,
        desk: Desk,
        team_id: str,
        wanted: WantedImport,
        now: datetime,
        refuse: Callable[[int | None, str], None],
        moved: Callable[[float], None] = lambda _share: None,
        by: str = "terminal",
        take_bill: TakeBill | None = None,
    ) -> None:
        """`moved` hears how much is done, from 0 to 1; `by` is who replaces what is there. `take_bill` is where a cost
        export goes; without it, such a file is refused."""
        self._desk, self._wanted, self._now, self._tell, self._done = desk, wanted, now, refuse, moved
        self._take_bill = take_bill
        self._storing = Storing(Records(store.engine), team_id, Correction(by, now), refuse, self._final)

    def run(self, path: Path) -> Imported:
        """Raises BadFile and DayAgain, then nothing was stored."""
        wanted = self._wanted
        with files.opened(path) as file, tempfile.TemporaryFile() as spooled:
            export = exports.understood(file, wanted.tool, wanted.mapping, wanted.source, wanted.zone, wanted.map_name)
            wanted.check(file.name, export)
            self._check = RowCheck(export, self._desk, self._now, self._tell, wanted.chosen)
            spool = Spool(spooled)
            for number, line in self._check.lines(file):
                if spool.put(number, self._later(line) if isinstance(line, Record) else line):
                    self._done(0.7 * file.read_bytes / max(file.size, 1))
            self._beside = self._told_by_openai()
            if self._agreed() or wanted.dry_run:
                self._store(file, export, self._told_batches(spool))
            return self._imported(file.name, export)

    def _store(self, file: RowFile, export: Export, batches: Iterator[Batch]) -> None:
        wanted, storing = self._wanted, self._storing
        if export.goes_to == "records":
            storing.store_records(batches, wanted.replace)
        elif export.goes_to == "buckets":
            storing.store_buckets(self._whole(batches), self._desk.reprice, bool(wanted.chosen))
        elif self._take_bill is None:
            raise BadFile(f"{file.name} is {export.title}, and no bill is kept here. Nothing was stored.")
        else:
            storing.store_bill(batches, self._take_bill, self._read_at(file), wanted.dry_run)

    def _told_by_openai(self) -> tuple[str, ...]:
        """Each day and model that buckets tell of, too."""
        models = self._check.models
        if not models:
            return ()
        records, team_id = self._storing.records, self._storing.team_id
        both = models & records.bucket_models(team_id, min(models)[0], max(models)[0])
        return tuple(f"{day} {model}" for day, model in sorted(both))

    def _read_at(self, file: RowFile) -> datetime:
        """As of when it was written: of a day that had not settled by then, more may come. What bills a later day was
        given another time since, by a copy or an archive."""
        written_at, end = file.changed_at, self._check.last_billed
        if end is not None and written_at < end - DAY:
            written_at = end
        return min(written_at, self._now)

    def _told_batches(self, spool: Spool) -> Iterator[Batch]:
        count = 0
        for batch in spool.batches():
            yield batch
            count += len(batch)
            self._done(0.7 + 0.3 * count / spool.count)

    def _whole(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Without days and models of which a line was refused: the others would take the place of the whole."""
        check = self._check
        for day, model in sorted(check.wrong):
            self._tell(None, f"{day} {echo(model)}: {LEFT_OUT}")
        for batch in batches:
            whole = [(number, line) for number, line in batch if (line.day, line.group.model) not in check.wrong]
            if len(whole) < len(batch):
                check.skipped[LEFT_OUT] += len(batch) - len(whole)
            yield whole

    def _later(self, record: Record) -> Record:
        """An id of its own for each number of weeks, so that the sample can be taken again some weeks on."""
        weeks = self._wanted.weeks_later
        if not weeks:
            return record
        later = record.occurred_at + timedelta(weeks=weeks)
        return record._replace(id=f"{record.id}+{weeks}w", occurred_at=later)

    def _wrong(self) -> int:
        return self._check.refused + self._storing.tally.conflicts

    def _overlapping(self) -> int:
        return 0 if self._wanted.skip_overlap else len(self._storing.tally.overlaps)

    def _agreed(self) -> bool:
        return not self._overlapping() and (self._wanted.skip_bad or not self._wrong())

    def _final(self) -> bool:
        return self._agreed() and not self._wanted.dry_run

    def _imported(self, name: str, export: Export) -> Imported:
        tally, check, agreed = self._storing.tally, self._check, self._agreed()
        return Imported(
            file=name,
            rows=check.rows,
            stored=tally.stored if agreed else 0,
            duplicates=tally.duplicates,
            refused=self._wrong() + self._overlapping(),
            dry_run=self._wanted.dry_run,
            weeks_later=self._wanted.weeks_later,
            ignored=export.ignored,
            replaced=tally.replaced if agreed else 0,
            unknown=tuple(Unpriced(*of, count) for of, count in tally.unknown.most_common()),
            tool=export.title,
            note=export.note,
            skipped=dict(check.skipped),
            added=check.added,
            goes_to=export.goes_to,
            overlaps=tuple(tally.overlaps),
            beside=self._beside,
            skip_overlap=self._wanted.skip_overlap,
            images=tally.images,
            usd=plain(usd(tally.nanousd)),
            first=tuple(tally.first) if self._wanted.dry_run else (),
            bill=tally.bill,
        )
