"""A UTC day of OpenAI's usage exports as buckets: one file tells the pictures, another their tokens and the money."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import groupby, product
from operator import attrgetter
from typing import TypeVar
from urllib.parse import quote, unquote

from bot.ledger.usage_tables import BUCKET_PREFIX, BUCKET_SOURCE
from bot.pricing import Size, Usage
from bot.usage.errors import DayAgain
from bot.usage.records import BillLine, Record

AZURE = "azure/"  # before a model's name: whose it is
OTHERS_BILLS = ("azure",)  # sources of what another provider billed: none of it is of OpenAI's days

Tier = tuple[bool, str | None]  # whether it is of a batch, and its service tier where that is not the default


@dataclass(frozen=True, order=True)
class BucketGroup:
    """What both exports tell of a line. `model` as it was told, in small letters; an id that was not told is empty."""

    day: date
    model: str
    project: str = ""
    user: str = ""
    key: str = ""

    def id_of(self, tier: Tier) -> str:
        parts = (self.project, self.user, self.key, "batch" if tier[0] else "", tier[1] or "")
        words = (self.day.isoformat(), *(quote(part, safe="") for part in (self.model, *parts)))
        return BUCKET_PREFIX + "/".join(words)

    @staticmethod
    def of_id(record_id: str) -> "BucketGroup":
        """Raises ValueError for the id of anything else."""
        day, *parts = record_id.removeprefix(BUCKET_PREFIX).split("/")
        model, project, user, key = map(unquote, parts[:4])
        return BucketGroup(date.fromisoformat(day), model, project, user, key)

    @property
    def coarser(self) -> set["BucketGroup"]:
        """What it is part of in an export by fewer ids."""
        ids = product({self.project, ""}, {self.user, ""}, {self.key, ""})
        return {BucketGroup(self.day, self.model, *some) for some in ids} - {self}


@dataclass(frozen=True)
class CountedPictures:
    """A line of `images_usage`. `kind`: draw or edit."""

    group: BucketGroup
    images: int
    size: Size | None
    kind: str

    @property
    def day(self) -> date:
        return self.group.day


@dataclass(frozen=True)
class MeteredTokens:
    """A line of `completions_usage`."""

    group: BucketGroup
    tier: Tier
    usage: Usage

    @property
    def day(self) -> date:
        return self.group.day


BucketLine = CountedPictures | MeteredTokens
DayLine = TypeVar("DayLine", CountedPictures | MeteredTokens, BillLine)


@dataclass
class BucketParts:
    """All that is told of a group. `counted`: None where no line tells how many; `sizes` and `kinds` are of those."""

    counted: int | None = None
    sizes: set[Size | None] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    metered: dict[Tier, Usage] = field(default_factory=dict)

    def add(self, line: BucketLine) -> None:
        if isinstance(line, MeteredTokens):
            before = self.metered.get(line.tier)
            self.metered[line.tier] = line.usage if before is None else before.plus(line.usage)
            return
        self.counted = (self.counted or 0) + line.images
        self.sizes.add(line.size)
        self.kinds.add(line.kind)

    def over(self, before: "BucketParts") -> "BucketParts":
        """What is told anew replaces what was told before, each bucket of tokens by itself."""
        pictures = before if self.counted is None else self
        return BucketParts(pictures.counted, pictures.sizes, pictures.kinds, before.metered | self.metered)

    def shares(self, other: "BucketParts") -> bool:
        """Whether both tell pictures, or both tokens."""
        counted = self.counted is not None and other.counted is not None
        return counted or bool(self.metered and other.metered)


def elsewhere(record: Record) -> bool:
    """Whether it is a bucket itself, or of another provider."""
    bucket = record.source == BUCKET_SOURCE and record.id.startswith(BUCKET_PREFIX)
    return bucket or record.source in OTHERS_BILLS or record.name.startswith(AZURE)


def gathered(lines: Iterable[BucketLine]) -> dict[BucketGroup, BucketParts]:
    groups: dict[BucketGroup, BucketParts] = {}
    for line in lines:
        groups.setdefault(line.group, BucketParts()).add(line)
    return groups


def in_days(lines: Iterable[DayLine], at_least: int) -> Iterator[list[DayLine]]:
    """Batches of whole days, in the order they come; one holds no more than it must to have `at_least` lines.

    Raises DayAgain where a day goes on after another began: two exports in one file would be added up.
    """
    batch, days = list[DayLine](), set[date]()
    for day, of_day in groupby(lines, attrgetter("day")):
        if day in days:
            raise DayAgain(day)
        days.add(day)
        batch.extend(of_day)
        if len(batch) >= at_least:
            yield batch
            batch = []
    if batch:
        yield batch


def parts_of(records: Iterable[Record]) -> BucketParts:
    """What was told of a group, by the buckets of it that stand."""
    parts = BucketParts()
    for record in records:
        if record.usage is not None:
            parts.metered[record.batch, record.tier] = record.usage
        if record.images is not None:
            parts.counted = record.images
            whole = record.width is not None and record.height is not None
            parts.sizes = {Size(record.width, record.height) if whole else None}  # type: ignore[arg-type]
            parts.kinds = {record.kind}
    return parts


def records_of(group: BucketGroup, parts: BucketParts) -> list[Record]:
    """The buckets of a group, without their price. `images_usage` knows no batch and no tier, so the pictures are the
    plainest bucket's; where there is none yet, they are one of their own."""
    tiers = sorted(parts.metered or [(False, None)], key=lambda tier: (tier[0], tier[1] or ""))
    return [_record(group, tier, parts, counted=place == 0) for place, tier in enumerate(tiers)]


def _record(group: BucketGroup, tier: Tier, parts: BucketParts, counted: bool) -> Record:
    pictures = parts if counted else BucketParts()
    (size,) = pictures.sizes if len(pictures.sizes) == 1 else (None,)
    return Record(
        source=BUCKET_SOURCE,
        id=group.id_of(tier),
        occurred_at=datetime.combine(group.day, time(), UTC),
        reviewed_at=None,
        lane=None,
        model=group.model,
        kind="edit" if pictures.kinds == {"edit"} else "draw",
        quality=None,
        width=size.width if size else None,
        height=size.height if size else None,
        images=pictures.counted,
        kept=None,
        rejected=None,
        project=group.project or None,
        person_id=group.user or None,
        batch=tier[0],
        tier=tier[1],
        usage=parts.metered.get(tier),
        amount_nanousd=None,
        basis="unknown",
        rates=None,
        name=group.model,
    )


@dataclass(frozen=True)
class Overlap:
    """A group that is not booked, since pictures of its day and model are here already by another way. `images`: 0
    where nobody told how many; then `records` says of how many records."""

    day: date
    model: str
    images: int
    records: int

    @property
    def sentence(self) -> str:
        here = (self.images, "picture") if self.images else (self.records, "record")
        return f"{self.day} {self.model}: {here[0]} {here[1]}{' is' if here[0] == 1 else 's are'} here already"


@dataclass(frozen=True)
class BucketsTaken:
    """What became of some days: buckets that are `new`, those that were `replaced` by what is told now or were here as
    they are (`same`), those `unpriced` among the stored ones, and what was not stored."""

    new: tuple[Record, ...] = ()
    replaced: tuple[Record, ...] = ()
    same: tuple[Record, ...] = ()
    overlaps: Mapping[BucketGroup, Overlap] = field(default_factory=dict)

    @property
    def refusals(self) -> Sequence[str]:
        """One sentence a day and model."""
        return tuple(dict.fromkeys(self.overlaps[group].sentence for group in sorted(self.overlaps)))
