"""Usage records: what pipelines report, priced once when it comes in. Values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bot.errors import BadSpec, NoLanes, UnknownModel
from bot.lanes.bindings import bindings_on
from bot.money import nanousd
from bot.pricing import Size, Usage, model_named, price
from bot.pricing.facts import Catalog, Model
from bot.pricing.metering import call_cost

SPECS_REMEMBERED = 8192


class Record(NamedTuple):
    """One row of usage_records; a tuple, since a million of them go through an import.

    `occurred_at` is aware UTC, `amount_nanousd` what all its images cost (None: nobody published it), `rates` by what.
    """

    source: str
    id: str
    occurred_at: datetime
    lane: str | None
    model: str
    quality: str
    width: int | None
    height: int | None
    images: int
    kept: int | None
    rejected: int | None
    project: str | None
    person_id: str | None
    usage: Usage | None
    amount_nanousd: int | None
    basis: str
    rates: str | None


@dataclass(frozen=True)
class Taken:
    """What became of a batch, by place in it: the rest is new and stored. `conflicts`: the first field that differs."""

    duplicates: frozenset[int] = frozenset()
    conflicts: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Imported:
    """A file and what became of its rows. `ignored` are its columns that were not read.

    `weeks_later`: so much later than the file says, which is for sample data.
    """

    file: str
    rows: int
    stored: int
    duplicates: int
    refused: int
    dry_run: bool
    ignored: tuple[str, ...] = ()
    weeks_later: int = 0


def difference(record: Record, stored: Record, reviewed: bool) -> str | None:
    """The first reported field that differs, None when both say the same.

    What we worked out ourselves is not compared: prices and lanes of the catalogue may have moved in between. A review
    stands over what the record said of its images when it was new.
    """
    for name, ours, theirs in zip(_REPORTED, _said(record), _said(stored), strict=True):
        if ours != theirs and not (reviewed and name in ("kept", "rejected")):
            return name
    return None


_REPORTED = (
    *("occurred_at", "model", "quality", "size", "size", "images"),
    *("usage", "usd", "kept", "rejected", "project", "person"),
)


def _said(record: Record) -> tuple[object, ...]:
    reported_nanousd = record.amount_nanousd if record.basis == "reported" else None
    return (
        *(record.occurred_at, record.model, record.quality, record.width, record.height, record.images),
        *(record.usage, reported_nanousd, record.kept, record.rejected, record.project, record.person_id),
    )


@dataclass(frozen=True)
class Priced:
    amount_nanousd: int | None
    basis: str
    rates: str | None


UNKNOWN = Priced(None, "unknown", None)


@dataclass(frozen=True)
class Listed:
    """What the catalogue says of a spec on a day. `model` is its id, also for a dated snapshot; `each` is one image."""

    model: str
    lane: str | None
    each: Priced


class PriceList:
    """Looks a spec of a day up once, however many records have it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.listed = lru_cache(SPECS_REMEMBERED)(self._listed)
        self._metered = lru_cache(SPECS_REMEMBERED)(self._by_usage)

    def priced(
        self, listed: Listed, images: int, on: date, usage: Usage | None = None, reported: Decimal | None = None
    ) -> Priced:
        """By its own token counts, else as reported, else by the day's price of one image; never 0 for want of one."""
        if usage is not None and (by_usage := self._metered(listed.model, usage, on)) is not None:
            return by_usage
        if reported is not None:
            return Priced(nanousd(reported), "reported", None)
        if listed.each.amount_nanousd is None:
            return UNKNOWN
        return Priced(listed.each.amount_nanousd * images, listed.each.basis, listed.each.rates)

    def _listed(self, name: str, quality: str, size: Size | None, on: date) -> Listed:
        try:
            model = model_named(self._catalog, name)
        except UnknownModel:
            return Listed(name, None, UNKNOWN)
        each = UNKNOWN if size is None else _each(model, quality, size, on)
        return Listed(model.id, self._lane(model.id, on), each)

    def _lane(self, model_id: str, on: date) -> str | None:
        try:
            return next((lane for lane, row in bindings_on(self._catalog, on).items() if row.model == model_id), None)
        except NoLanes:
            return None

    def _by_usage(self, model_id: str, usage: Usage, on: date) -> Priced | None:
        model = self._catalog.models.get(model_id)
        cost = None if model is None else call_cost(model, None, usage, on)
        return None if cost is None else Priced(nanousd(cost.usd), "usage", cost.rates)


def _each(model: Model, quality: str, size: Size, on: date) -> Priced:
    try:
        quote = price(model, quality, size, on)
    except BadSpec:
        return UNKNOWN
    if quote.each is None or quote.basis is None or quote.source is None:
        return UNKNOWN
    return Priced(nanousd(quote.each), quote.basis, f"{quote.each} USD an image, {quote.basis} ({quote.source.id})")
