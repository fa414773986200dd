"""What pipelines report, as the store offers it: a method is one transaction, save of a long list, and raises StoreBusy
as others do."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine

from bot.ledger import workspaces
from bot.ledger.rows import new_id
from bot.store.again import looked_up, repeated
from bot.store.engine import reading, writing
from bot.usage import rows_buckets, rows_imports, rows_records
from bot.usage.buckets import BucketLine, BucketsTaken
from bot.usage.errors import OtherContent
from bot.usage.records import Correction, Record, Repriced, Taken

T = TypeVar("T")


class Records:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @looked_up
    def take(
        self, team_id: str, records: Sequence[Record], now: datetime, correction: Correction | None = None
    ) -> Taken:
        """All of them or none. Raises OtherContent for the first that says something else than the one of its id,
        unless a `correction` is meant: then it replaces that one."""
        with writing(self._engine) as connection:
            taken = rows_records.take(connection, team_id, records, now, correction=correction)
            if correction is not None:
                for place in sorted(taken.replaced):
                    _audit(connection, team_id, records[place], correction, "usage replaced")
            for place, field in taken.conflicts.items():
                again = place in taken.again
                raise OtherContent(records[place].source, records[place].id, field, place, again=again)
        return taken

    def take_all(
        self,
        team_id: str,
        batches: Iterable[Sequence[Record]],
        now: datetime,
        told: Callable[[Sequence[Record], Taken], None],
        agreed: Callable[[], bool],
        real: Callable[[], datetime],
        rest: Callable[[float], None] = time.sleep,
        correction: Correction | None = None,
    ) -> None:
        """A long list, what is new in it, a batch a transaction. `told` hears of each; unless `agreed` at the end,
        nothing stands. Until then nobody sees any of it.

        What replaces another, where a `correction` is meant, does so at the end, too.

        `real` tells this machine's time. `rest` is done between two batches where others wait for a gap.
        """

        def bring(import_id: str) -> int:
            replaced = 0
            for batch in batches:
                taken = self._brought(team_id, import_id, batch, now, real(), rest, correction)
                replaced += len(taken.replaced)
                told(batch, taken)
            return replaced

        self._whole(team_id, bring, agreed, real, correction)

    def take_buckets(
        self,
        team_id: str,
        days: Iterable[Sequence[BucketLine]],
        price: Callable[[Record], Record],
        correction: Correction,
        told: Callable[[BucketsTaken], None],
        agreed: Callable[[], bool],
        real: Callable[[], datetime],
        rest: Callable[[float], None] = time.sleep,
        beside_drawings: bool = False,
    ) -> None:
        """As `take_all`, of lines of OpenAI's usage exports: each batch holds whole days. What is told again replaces
        what was told before, by `correction`; what overlaps is not stored, and `told` hears of it. With
        `beside_drawings` they are known to be none of ours."""

        def bring(import_id: str) -> int:
            replaced = 0
            for lines in days:
                taken = self._filled(team_id, import_id, lines, price, correction, real(), rest, beside_drawings)
                replaced += len(taken.replaced)
                told(taken)
            return replaced

        self._whole(team_id, bring, agreed, real, correction)

    def _whole(
        self,
        team_id: str,
        bring: Callable[[str], int],
        agreed: Callable[[], bool],
        real: Callable[[], datetime],
        correction: Correction | None,
    ) -> None:
        """`bring` stores under the import it is given, and says how many records it replaced."""
        rows_imports.undo_left_behind(self._engine, real())
        import_id, stands = new_id(16), False
        rows_imports.begin(self._engine, team_id, import_id, real())
        try:
            replaced = bring(import_id)
            if agreed():
                note = f"{replaced} records" if correction and replaced else None
                rows_imports.end(self._engine, team_id, import_id, correction, note)
                stands = True
        finally:
            if not stands:
                rows_imports.undo(self._engine, team_id, import_id)

    @repeated
    def _filled(
        self,
        team_id: str,
        import_id: str,
        lines: Sequence[BucketLine],
        price: Callable[[Record], Record],
        correction: Correction,
        real: datetime,
        rest: Callable[[float], None],
        beside_drawings: bool,
    ) -> BucketsTaken:
        with rows_imports.spaced(self._engine, rest) as connection:
            rows_imports.go_on(connection, team_id, import_id, real)
            return rows_buckets.take(connection, team_id, lines, price, import_id, correction, beside_drawings)

    @repeated
    def _brought(
        self,
        team_id: str,
        import_id: str,
        batch: Sequence[Record],
        now: datetime,
        real: datetime,
        rest: Callable[[float], None],
        correction: Correction | None,
    ) -> Taken:
        with rows_imports.spaced(self._engine, rest) as connection:
            rows_imports.go_on(connection, team_id, import_id, real)
            return rows_records.take_fitting(connection, team_id, batch, now, import_id, correction)

    def undo_left_behind(self, real: datetime) -> int:
        """What killed imports had stored; how many of them."""
        return rows_imports.undo_left_behind(self._engine, real)

    def each(self, team_id: str, into: Callable[[Iterator[Record]], T]) -> T:
        """All records of the team handed to `into`, as they stood at one moment; not all of them in memory."""
        with reading(self._engine) as connection:
            return into(rows_records.each(connection, team_id))

    def bucket_models(self, team_id: str, first: date, last: date) -> set[tuple[date, str]]:
        """Of which OpenAI's usage exports told, on each of these days, both inside."""
        with reading(self._engine) as connection:
            return rows_buckets.models(connection, team_id, first, last)

    @looked_up
    def void(self, team_id: str, source: str, record_id: str, correction: Correction) -> Record:
        """From here on it counts for nothing, and its id may be reported again. Raises NoRecord."""
        with writing(self._engine) as connection:
            record = rows_records.void(connection, team_id, source, record_id, correction)
            _audit(connection, team_id, record, correction, "usage void")
        return record

    def reprice(self, team_id: str, price: Callable[[Record], Record], correction: Correction) -> Repriced:
        """What stands without a price, and `price` now finds one for, gets it: a block a transaction."""
        total, after = Repriced(0, 0), None
        while (block := self._unpriced(team_id, after)) != []:
            last = block[-1]
            after = (last.occurred_at, last.source, last.id)
            count = self._repriced(team_id, block, price, correction)
            total = Repriced(total.looked_at + len(block), total.priced + count)
        return total

    @repeated
    def _unpriced(self, team_id: str, after: tuple[datetime, str, str] | None) -> list[Record]:
        with reading(self._engine) as connection:
            return rows_records.unpriced(connection, team_id, after)

    @looked_up
    def _repriced(
        self, team_id: str, unpriced: Sequence[Record], price: Callable[[Record], Record], correction: Correction
    ) -> int:
        with rows_imports.spaced(self._engine) as connection:
            count = rows_records.reprice(connection, team_id, unpriced, price, correction)
            if count:
                workspaces.audit(
                    connection, team_id, correction.by, "usage repriced", f"{count} records", correction.at
                )
        return count

    @looked_up
    def review(self, team_id: str, source: str, record_id: str, kept: int, rejected: int, now: datetime) -> None:
        """How the images of a record were judged, as it stands now. Raises NoRecord, or BadRecord for too many."""
        with writing(self._engine) as connection:
            rows_records.review(connection, team_id, source, record_id, kept, rejected, now)


def _audit(connection: Connection, team_id: str, record: Record, correction: Correction, what: str) -> None:
    detail = json.dumps({"source": record.source, "id": record.id})
    workspaces.audit(connection, team_id, correction.by, what, detail, correction.at)
