"""What pipelines report, as the store offers it: a method is one transaction, save of a long list, and raises StoreBusy
as others do."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine

from bot.errors import OtherContent
from bot.ledger.rows import new_id
from bot.store.again import looked_up, repeated
from bot.store.engine import reading, writing
from bot.usage import rows_imports, rows_records
from bot.usage.records import Record, Taken

T = TypeVar("T")


class Records:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @looked_up
    def take(self, team_id: str, records: Sequence[Record], now: datetime) -> Taken:
        """All of them or none. Raises OtherContent for the first that says something else than the one of its id."""
        with writing(self._engine) as connection:
            taken = rows_records.take(connection, team_id, records, now)
            for place, field in taken.conflicts.items():
                raise OtherContent(records[place].source, records[place].id, field, place)
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
    ) -> None:
        """A long list, what is new in it, a batch a transaction. `told` hears of each; unless `agreed` at the end,
        nothing stands. Until then nobody sees any of it.

        `real` tells this machine's time. `rest` is done between two batches where others wait for a gap.
        """
        rows_imports.undo_left_behind(self._engine, real())
        import_id, stands = new_id(16), False
        rows_imports.begin(self._engine, team_id, import_id, real())
        try:
            for batch in batches:
                told(batch, self._brought(team_id, import_id, batch, now, real(), rest))
            if agreed():
                rows_imports.end(self._engine, team_id, import_id)
                stands = True
        finally:
            if not stands:
                rows_imports.undo(self._engine, team_id, import_id)

    @repeated
    def _brought(
        self,
        team_id: str,
        import_id: str,
        batch: Sequence[Record],
        now: datetime,
        real: datetime,
        rest: Callable[[float], None],
    ) -> Taken:
        with rows_imports.spaced(self._engine, rest) as connection:
            rows_imports.go_on(connection, team_id, import_id, real)
            return rows_records.take_fitting(connection, team_id, batch, now, import_id)

    def undo_left_behind(self, real: datetime) -> int:
        """What killed imports had stored; how many of them."""
        return rows_imports.undo_left_behind(self._engine, real)

    def each(self, team_id: str, into: Callable[[Iterator[Record]], T]) -> T:
        """All records of the team handed to `into`, as they stood at one moment; not all of them in memory."""
        with reading(self._engine) as connection:
            return into(rows_records.each(connection, team_id))

    @looked_up
    def review(self, team_id: str, source: str, record_id: str, kept: int, rejected: int, now: datetime) -> None:
        """How the images of a record were judged, as it stands now. Raises NoRecord, or BadRecord for too many."""
        with writing(self._engine) as connection:
            rows_records.review(connection, team_id, source, record_id, kept, rejected, now)
