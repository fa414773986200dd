"""Usage records: what pipelines report, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bot.money import plain, usd
from bot.pricing import Usage
from bot.usage.maps import MapSaving


class Record(NamedTuple):
    """One revision of a usage record; a tuple, since a million of them go through an import.

    `occurred_at` is aware UTC, `amount_nanousd` what all its images cost (None: nobody published it), `rates` by what.
    `images` is None where their count was not told, and 0 for a call that was billed and brought none. `svg_usage` is
    JSON. Not stored: `name`, the model as it was reported, in small letters, and `unknown`, why there is no amount.
    """

    source: str
    id: str
    occurred_at: datetime
    reviewed_at: datetime | None
    lane: str | None
    model: str
    kind: str
    quality: str | None
    width: int | None
    height: int | None
    images: int | None
    kept: int | None
    rejected: int | None
    project: str | None
    person_id: str | None
    batch: bool
    tier: str | None
    usage: Usage | None
    amount_nanousd: int | None
    basis: str
    rates: str | None
    svg_usage: str | None = None
    partial_images: int | None = None
    reseller: str | None = None
    name: str = ""
    unknown: str | None = None

    @property
    def usd(self) -> Decimal | None:
        return None if self.amount_nanousd is None else _dollars(self.amount_nanousd)

    def plus(self, part: "Record") -> "Record":
        """With what another row of the same thing cost; unknown where that of one of them is."""
        ours, more = self.amount_nanousd, part.amount_nanousd
        if ours is None or more is None:
            return self if ours is None else part
        return self._replace(amount_nanousd=ours + more)


@lru_cache(8192)  # a batch is of few prices
def _dollars(nanousd: int) -> Decimal:
    return plain(usd(nanousd))


KNOWN_BY_NOW = "its price was not known when it came, and is by now: `imagelane usage reprice`"


@dataclass(frozen=True)
class Taken:
    """What became of a batch, by place in it: the rest is new and stored.

    `stands`: what a duplicate found; `conflicts`: the first field that differs; `again` those of them whose other one
    came with the same batch or import.
    """

    stands: dict[int, Record] = field(default_factory=dict)
    conflicts: dict[int, str] = field(default_factory=dict)
    replaced: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset()

    @property
    def duplicates(self) -> frozenset[int]:
        return frozenset(self.stands)


@dataclass(frozen=True)
class Correction:
    """Who ends a revision, a token or whoever sits at a terminal, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class BillLine:
    """What a provider billed for one item from `start` on, a UTC day; `project` and `item` are "" where none is named.

    `usd` is to the nano-dollar. Of a day for which nothing was billed there is one of $0 without an item.
    """

    start: datetime
    project: str
    item: str
    usd: Decimal

    @property
    def day(self) -> date:
        return self.start.date()


@dataclass(frozen=True)
class Voided:
    """It counts for nothing any more; `usd` is what it cost, None where that was unknown."""

    source: str
    id: str
    usd: Decimal | None


@dataclass(frozen=True)
class Repriced:
    """`looked_at` records stood without a price; `priced` of them have one now."""

    looked_at: int
    priced: int


@dataclass(frozen=True)
class Unpriced:
    """`records` of this model whose price is unknown, and why."""

    model: str
    why: str
    records: int


@dataclass(frozen=True)
class ShownLine:
    """A line as it is stored, for people to look at: a record, or a line of a bill with its item as `model`. `size` as
    WIDTHxHEIGHT; None where a thing was not told."""

    occurred_at: datetime
    model: str
    quality: str | None
    size: str | None
    images: int | None
    usd: Decimal | None
    basis: str
    project: str | None

    @staticmethod
    def of(record: Record) -> "ShownLine":
        size = None if record.width is None else f"{record.width}x{record.height}"
        spec = (record.occurred_at, record.model, record.quality, size, record.images)
        return ShownLine(*spec, record.usd, record.basis, record.project)

    @staticmethod
    def of_bill(line: BillLine) -> "ShownLine":
        return ShownLine(line.start, line.item, None, None, None, line.usd, "billed", line.project or None)


@dataclass(frozen=True)
class BilledFile:
    """What a cost export told of UTC days from `first` to `last`, both inside, None where of none. `days` of them were
    taken, `later` ones stay as they were read later. Of its `lines`, `others` are about no image model; `images_usd` is
    of all that are."""

    first: date | None = None
    last: date | None = None
    days: int = 0
    later: int = 0
    lines: int = 0
    images_usd: Decimal = Decimal()
    others: int = 0

    def plus(self, other: "BilledFile") -> "BilledFile":
        days = [day for one in (self, other) for day in (one.first, one.last) if day is not None]
        return BilledFile(
            min(days, default=None),
            max(days, default=None),
            self.days + other.days,
            self.later + other.later,
            self.lines + other.lines,
            plain(self.images_usd + other.images_usd),
            self.others + other.others,
        )


@dataclass(frozen=True)
class Imported:
    """A file and what became of its rows. `ignored` are its columns that were not read.

    `weeks_later`: so much later than the file says, which is for sample data. `unknown`: what has no known price.
    `tool`: whose export it was, None for columns of our own; `note`: what is to be known of such a file. `skipped`:
    rows that are not taken, by why; `added`: rows that are parts of others. `goes_to`: what its rows become, so what
    `stored` counts: records, buckets of a day, or days of a bill. `overlaps`: what is here already by another way,
    refused unless `skip_overlap`; `beside`: days and models that OpenAI's usage exports told of, too. `images` and
    `usd`, as far as known, are of what is stored, and `first` is how that begins. `map_saving`: where its mapping was
    to be kept.
    """

    file: str
    rows: int
    stored: int
    duplicates: int
    refused: int
    dry_run: bool
    ignored: tuple[str, ...] = ()
    weeks_later: int = 0
    replaced: int = 0
    unknown: tuple[Unpriced, ...] = ()
    tool: str | None = None
    note: str = ""
    skipped: Mapping[str, int] = field(default_factory=dict)
    added: int = 0
    goes_to: str = "records"
    overlaps: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    skip_overlap: bool = False
    images: int = 0
    usd: Decimal = Decimal()
    first: tuple[ShownLine, ...] = ()
    bill: BilledFile | None = None
    map_saving: MapSaving | None = None


def difference(record: Record, stored: Record, correcting: bool = False) -> str | None:
    """The first reported field that differs, None when both say the same.

    What we worked out ourselves is not compared: prices and lanes of the catalogue may have moved in between. A review
    stands over what the record said of its images when it was new, save where that is a correction. A model that was
    unknown then stands under the name it was reported by.
    """
    for name, ours, theirs in zip(_REPORTED, _reported(record), _reported(stored), strict=True):
        reviewed = stored.reviewed_at is not None and not (correcting and ours is not None)
        if ours != theirs and not (reviewed and name in ("kept", "rejected")):
            return name
    return None if stored.model in (record.model, record.name) or stored.model.lower() == record.name else "model"


_REPORTED = (
    *("occurred_at", "kind", "quality", "size", "size", "images"),
    *("usage", "usd", "kept", "rejected", "project", "person", "batch", "service_tier", "svg_usage", "partial_images"),
)


def _reported(record: Record) -> tuple[object, ...]:
    reported_nanousd = record.amount_nanousd if record.basis == "reported" else None
    quality = record.quality.lower() if record.quality else None  # older versions kept its capitals
    return (
        *(record.occurred_at, record.kind, quality, record.width, record.height, record.images, record.usage),
        *(reported_nanousd, record.kept, record.rejected, record.project, record.person_id),
        *(record.batch, record.tier, record.svg_usage, record.partial_images),
    )
