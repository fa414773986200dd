"""What a pipeline posts: a body in, what became of each of its records out."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import BadRecord, NoRecord
from bot.ledger.ledger import Ledger
from bot.usage import reading, strict_json
from bot.usage.reading import Desk
from bot.usage.rows import Records

MOST_RECORDS = 1000


@dataclass(frozen=True)
class Fate:
    """`result` is stored, or duplicate where the very same record was stored before."""

    source: str
    id: str
    result: str


@dataclass(frozen=True)
class Reviewed:
    """How the images of a record are judged by now."""

    source: str
    id: str
    kept: int
    rejected: int


class Pipelines:
    """The usage that pipelines of any workspace report."""

    def __init__(self, store: Ledger, desk: Desk) -> None:
        self._store, self._desk = store, desk

    def take(self, team_id: str, body: bytes, now: datetime) -> list[Fate]:
        """One record or a list, all of it or nothing. Raises BadRecord, OtherContent or StoreBusy."""
        given = strict_json.read(body)
        if not isinstance(given, list):
            records = [self._desk.record(given, now)]
        elif not 1 <= len(given) <= MOST_RECORDS:
            raise BadRecord("body", f"holds {len(given):,} records; send 1 to {MOST_RECORDS:,} at once")
        else:
            records = [self._desk.record(one, now, index) for index, one in enumerate(given)]
        taken = Records(self._store.engine).take(team_id, records, now)
        return [
            Fate(record.source, record.id, "duplicate" if place in taken.duplicates else "stored")
            for place, record in enumerate(records)
        ]

    def review(self, team_id: str, record_id: str, body: bytes, now: datetime) -> Reviewed:
        """Raises BadRecord, NoRecord or StoreBusy."""
        if not reading.could_be_id(record_id):
            raise NoRecord
        said = reading.review(strict_json.read(body))
        Records(self._store.engine).review(team_id, said.source, record_id, said.kept, said.rejected, now)
        return Reviewed(said.source, record_id, said.kept, said.rejected)
