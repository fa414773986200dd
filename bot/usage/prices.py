"""What a record cost, by the dated rows of its day: by its own tokens, as reported, or by the price of one image."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.errors import BadSpec, NoLanes, NoPrice, UnknownModel
from bot.lanes.bindings import bindings_on
from bot.money import nanousd
from bot.pricing import Size, Usage, model_named, price, rates_on
from bot.pricing.facts import Catalog, Model
from bot.pricing.metering import rates_words
from bot.pricing.prices import usage_cost
from bot.pricing.usage import PARTIAL_IMAGE_TOKENS
from bot.usage.shape import GivenRecord

SPECS_REMEMBERED = 8192
STANDARD, BATCH = "standard", "batch"
A_THIRD = 3


@dataclass(frozen=True)
class Priced:
    """`unknown` says why there is no amount."""

    amount_nanousd: int | None
    basis: str
    rates: str | None = None
    unknown: str | None = None


def unknown(why: str) -> Priced:
    return Priced(None, "unknown", unknown=why)


@dataclass(frozen=True)
class Listed:
    """What the catalogue says of a spec on a day. `model` is its id, also for a dated snapshot; `each` is one image.

    `tokens` are those of one image, None where no table says.
    """

    model: str
    lane: str | None
    each: Priced
    tokens: int | None = None


class PriceList:
    """Looks a spec of a day up once, however many records have it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._spec_listed = lru_cache(SPECS_REMEMBERED)(self._list_spec)
        self._metered = lru_cache(SPECS_REMEMBERED)(self._by_usage)

    def listed(self, record: GivenRecord) -> Listed:
        quality, size, on = record.quality, record.size, record.occurred_at.date()
        return self._spec_listed(record.model, quality, size, on, tier_of(record))

    def priced(self, listed: Listed, record: GivenRecord) -> Priced:
        """By its own token counts, else as reported, else by the day's price of one image; never 0 for want of one."""
        on, tier = record.occurred_at.date(), tier_of(record)
        if record.usd is not None:
            return Priced(nanousd(record.usd), "reported")
        if record.svg_usage is not None:
            return unknown(f"no price of {record.svg_usage.model} is known, which wrote the SVG")
        if record.usage is not None:
            return self._metered(listed.model, record.usage.counts(), on, tier)
        if record.images is None:
            return unknown("neither usage nor usd says what it cost, nor images how many there were")
        if record.images == 0:
            return unknown("neither usage nor usd says what the call cost")
        return self._by_image(listed, record.images, record.partial_images or 0, on, tier)

    def _by_image(self, listed: Listed, images: int, partial_images: int, on: date, tier: str) -> Priced:
        each = listed.each
        if each.amount_nanousd is None:
            return each
        partials = Priced(0, "")
        if partial_images:
            partials = self._metered(listed.model, Usage(image_out=partial_images * PARTIAL_IMAGE_TOKENS), on, tier)
        if partials.amount_nanousd is None:
            return partials
        return Priced(each.amount_nanousd * images + partials.amount_nanousd, each.basis, each.rates)

    def _list_spec(self, name: str, quality: str | None, size: Size | None, on: date, tier: str) -> Listed:
        try:
            model = model_named(self._catalog, name)
        except UnknownModel:
            return Listed(name.lower(), None, unknown(f"I know no model called {name}"))
        each, tokens = unknown(f"its {'quality' if quality is None else 'size'} was not told"), None
        if quality is not None and size is not None:
            each, tokens = _each(model, quality, size, on, tier)
        return Listed(model.id, self._lane(model.id, on), each, tokens)

    def _lane(self, model_id: str, on: date) -> str | None:
        try:
            return next((lane for lane, row in bindings_on(self._catalog, on).items() if row.model == model_id), None)
        except NoLanes:
            return None

    def _by_usage(self, model_id: str, usage: Usage, on: date, tier: str) -> Priced:
        model = self._catalog.models.get(model_id)
        if model is None:
            return unknown(f"I know no model called {model_id}")
        rates = rates_on(model, on, tier)
        if rates is None:
            return unknown(f"no {tier} rates of {model.id} are known for {on}")
        try:
            return Priced(nanousd(usage_cost(usage, rates)), "usage", rates_words(rates))
        except NoPrice as missing:
            return unknown(f"{model.id}: {missing.sentence[0].lower()}{missing.sentence[1:].rstrip('.')}")


def tier_of(record: GivenRecord) -> str:
    """By which of the catalogue's tiers it is priced; nobody publishes what other service tiers cost."""
    return BATCH if record.batched else record.tier or STANDARD


def too_little(listed: Listed, record: GivenRecord) -> bool:
    """Whether the output tokens of a bare usage can't be of its pictures: what a text model used is far less."""
    usage = record.usage
    if usage is None or usage.tells_kinds or not record.images or listed.tokens is None:
        return False
    return usage.output_tokens * A_THIRD < listed.tokens * record.images


def _each(model: Model, quality: str, size: Size, on: date, tier: str) -> tuple[Priced, int | None]:
    try:
        quoted = price(model, quality, size, on, tier)
    except BadSpec as wrong:
        return unknown(wrong.sentence.rstrip(".")), None
    if quoted.each is None or quoted.basis is None or quoted.source is None:
        return unknown(quoted.notes[0].rstrip(".")), quoted.tokens
    words = f"{quoted.each} USD an image, {quoted.basis} ({quoted.source.id})"
    return Priced(nanousd(quoted.each), quoted.basis, words), quoted.tokens
