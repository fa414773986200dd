"""Which revisions a batch of records comes to: what is new, what it ends, and what contradicts what stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.usage.records import Correction, Record, Taken, difference

Key = tuple[str, str]  # source and id


@dataclass(frozen=True)
class Latest:
    """The latest revision of a record; `ended` by whom, where it does not stand. `ours`: it came with this very batch
    or import."""

    revision: int
    record: Record
    ended: Correction | None = None
    ours: bool = False


@dataclass(frozen=True)
class BatchPlan:
    """What a batch comes to: revisions to add, and those that they end."""

    new: list[tuple[Record, int]]
    ends: list[tuple[Record, int]]
    taken: Taken


def plan_batch(batch: Sequence[Record], known: dict[Key, Latest], replacing: bool) -> BatchPlan:
    latest, new, ends = dict(known), list[tuple[Record, int]](), list[tuple[Record, int]]()
    stands, conflicts, replaced, again = dict[int, Record](), dict[int, str](), set[int](), set[int]()
    for place, record in enumerate(batch):
        key = (record.source, record.id)
        before = latest.get(key)
        if before is not None and before.ended is None:
            field = difference(record, before.record, replacing)
            if field is None:
                stands[place] = before.record
                continue
            if before.ours or not replacing:
                conflicts[place] = field
                if before.ours:
                    again.add(place)
                continue
            ends.append((before.record, before.revision))
            replaced.add(place)
            record = _with_review(record, before.record)
        revision = 1 if before is None else before.revision + 1
        new.append((record, revision))
        latest[key] = Latest(revision, record, ours=True)
    return BatchPlan(new, ends, Taken(stands, conflicts, frozenset(replaced), frozenset(again)))


def _with_review(record: Record, before: Record) -> Record:
    """A later review stands unless the new record says itself what was kept, or has fewer pictures than were judged."""
    judged = (before.kept or 0) + (before.rejected or 0)
    if before.reviewed_at is None or (record.kept, record.rejected) != (None, None) or judged > (record.images or 0):
        return record
    return record._replace(kept=before.kept, rejected=before.rejected, reviewed_at=before.reviewed_at)
