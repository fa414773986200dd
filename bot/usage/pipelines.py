"""What a pipeline posts: a body in, what became of each of its records out."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from bot.ledger.ledger import Ledger
from bot.usage import reading, strict_json
from bot.usage.errors import BadRecord, NoRecord
from bot.usage.reading import Desk
from bot.usage.records import KNOWN_BY_NOW, Correction, Record, Taken, Voided
from bot.usage.rows import Records
from bot.usage.shape import SOURCE, GivenReview, GivenVoid

MOST_RECORDS = 1000


class Fate(NamedTuple):
    """`result` is stored, or duplicate where the very same record was stored before, or replaced.

    `usd` is what it costs as it stands, None where that is `unknown`, which says why.
    """

    source: str
    id: str
    result: str
    usd: Decimal | None
    basis: str
    unknown: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """By hand: a thousand of them are answered at once."""
        return {**self._asdict(), "usd": None if self.usd is None else f"{self.usd:f}"}


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

    def take(self, team_id: str, body: bytes, now: datetime, correction: Correction | None = None) -> list[Fate]:
        """One record or a list, all of it or nothing; with a `correction` in the place of what is there. Raises
        BadRecord, OtherContent or StoreBusy."""
        given = strict_json.read(body)
        if not isinstance(given, list):
            records = [self._desk.record(given, now)]
        elif not 1 <= len(given) <= MOST_RECORDS:
            raise BadRecord("body", f"holds {len(given):,} records; send 1 to {MOST_RECORDS:,} at once")
        else:
            records = [self._desk.record(one, now, index) for index, one in enumerate(given)]
        taken = Records(self._store.engine).take(team_id, records, now, correction)
        return [_fate(taken, place, record) for place, record in enumerate(records)]

    def void(self, team_id: str, record_id: str, body: bytes, correction: Correction) -> Voided:
        """Raises BadRecord, NoRecord or StoreBusy."""
        if not reading.could_be_id(record_id):
            raise NoRecord
        source = reading.checked(GivenVoid, strict_json.read(body)).source if body.strip() else SOURCE
        ended = Records(self._store.engine).void(team_id, source, record_id, correction)
        return Voided(source, record_id, ended.usd)

    def review(self, team_id: str, record_id: str, body: bytes, now: datetime) -> Reviewed:
        """Raises BadRecord, NoRecord or StoreBusy."""
        if not reading.could_be_id(record_id):
            raise NoRecord
        said = reading.checked(GivenReview, strict_json.read(body))
        Records(self._store.engine).review(team_id, said.source, record_id, said.kept, said.rejected, now)
        return Reviewed(said.source, record_id, said.kept, said.rejected)


def _fate(taken: Taken, place: int, record: Record) -> Fate:
    before = taken.stands.get(place)
    if before is not None:
        why = (record.unknown or KNOWN_BY_NOW) if before.amount_nanousd is None else None
        return Fate(record.source, record.id, "duplicate", before.usd, before.basis, why)
    result = "replaced" if place in taken.replaced else "stored"
    return Fate(record.source, record.id, result, record.usd, record.basis, record.unknown)
