"""What pipelines report, as the store offers it: every method is one transaction, and raises StoreBusy as others do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine

from bot.errors import OtherContent
from bot.records import Record, Taken
from bot.store import intake
from bot.store.again import looked_up
from bot.store.engine import reading, writing

T = TypeVar("T")


class _Undone(Exception):
    """No error: how a transaction is asked to leave nothing."""


class Records:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @looked_up
    def take(self, team_id: str, records: Sequence[Record], now: datetime) -> Taken:
        """All of them or none. Raises OtherContent for the first that says something else than the one of its id."""
        with writing(self._engine) as connection:
            taken = intake.take(connection, team_id, records, now)
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
    ) -> None:
        """A long list, what is new in it. `told` hears of each batch; unless `agreed` at the end, nothing stands."""
        with suppress(_Undone), writing(self._engine) as connection:
            for batch in batches:
                told(batch, intake.take_fitting(connection, team_id, batch, now))
            if not agreed():
                raise _Undone

    def each(self, team_id: str, into: Callable[[Iterator[Record]], T]) -> T:
        """All records of the team handed to `into`, as they stood at one moment; not all of them in memory."""
        with reading(self._engine) as connection:
            return into(intake.each(connection, team_id))

    @looked_up
    def review(self, team_id: str, source: str, record_id: str, kept: int, rejected: int, now: datetime) -> None:
        """How the images of a record were judged, as it stands now. Raises NoRecord, or BadRecord for too many."""
        with writing(self._engine) as connection:
            intake.review(connection, team_id, source, record_id, kept, rejected, now)
