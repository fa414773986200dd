"""What a record cost, by the dated rows of its day: by its own tokens, as reported, or by the price of one image."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bot.errors import BadSpec, NoLanes, NoPrice, UnknownModel
from bot.lanes.bindings import bindings_on
from bot.money import nanousd
from bot.pricing import Size, Usage, model_named, price, rates_on
from bot.pricing.dated import reseller
from bot.pricing.facts import Catalog, Model
from bot.pricing.metering import rates_words
from bot.pricing.prices import usage_cost
from bot.pricing.usage import PARTIAL_IMAGE_TOKENS

SPECS_REMEMBERED = 8192
STANDARD, BATCH = "standard", "batch"


class BilledCall(NamedTuple):
    """What a price hangs on: the spec, the day, the tier of the catalogue, and what the record says of its cost."""

    model: str
    quality: str | None
    size: Size | None
    images: int | None
    on: date
    tier: str
    usage: Usage | None
    usd: Decimal | None
    partial_images: int | None
    has_svg: bool


class Priced(NamedTuple):
    """`unknown` says why there is no amount."""

    amount_nanousd: int | None
    basis: str
    rates: str | None = None
    unknown: str | None = None

    def times(self, images: int) -> "Priced":
        amount_nanousd = self.amount_nanousd
        return self if amount_nanousd is None else Priced(amount_nanousd * images, self.basis, self.rates)

    def plus(self, other: "Priced") -> "Priced":
        if self.amount_nanousd is None or other.amount_nanousd is None:
            return self if self.amount_nanousd is None else other
        return self._replace(amount_nanousd=self.amount_nanousd + other.amount_nanousd)


def unknown(why: str) -> Priced:
    return Priced(None, "unknown", unknown=why)


class Listed(NamedTuple):
    """What the catalogue says of a spec on a day. `model` is its id, also for a dated snapshot; `each` is one image.

    `tokens` are those of one image, None where no table says. `reseller`: who sold it, where its name says so.
    """

    model: str
    lane: str | None
    each: Priced
    tokens: int | None = None
    reseller: str | None = None


class PriceList:
    """Looks a spec of a day up once, however many records have it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._spec_listed = lru_cache(SPECS_REMEMBERED)(self._list_spec)
        self._metered = lru_cache(SPECS_REMEMBERED)(self._by_usage)

    def listed(self, call: BilledCall) -> Listed:
        return self._spec_listed(call.model, call.quality, call.size, call.on, call.tier)

    def priced(self, call: BilledCall, listed: Listed) -> Priced:
        """By its own token counts, else as reported, else by the day's price of one image; never 0 for want of one.
        `listed`: what the catalogue says of it."""
        if call.usd is not None:
            return Priced(nanousd(call.usd), "reported")
        if call.has_svg:
            return unknown("no price of the model is known that wrote the SVG")
        if call.usage is not None:
            return self._metered(listed.model, call.usage, call.on, call.tier)
        if call.images is None:
            return unknown("neither usage nor usd says what it cost, nor images how many there were")
        if call.images == 0:
            return unknown("neither usage nor usd says what the call cost")
        pictures = listed.each.times(call.images)
        if not call.partial_images:
            return pictures
        partials = Usage(image_out=call.partial_images * PARTIAL_IMAGE_TOKENS)
        return pictures.plus(self._metered(listed.model, partials, call.on, call.tier))

    def _list_spec(self, name: str, quality: str | None, size: Size | None, on: date, tier: str) -> Listed:
        try:
            model = model_named(self._catalog, name)
        except UnknownModel:
            return Listed(name.lower(), None, unknown(f"I know no model called {name}"), reseller=reseller(name))
        each, tokens = unknown(f"its {'quality' if quality is None else 'size'} was not told"), None
        if quality is not None and size is not None:
            each, tokens = _each(model, quality, size, on, tier)
        return Listed(model.id, self._lane(model.id, on), each, tokens, reseller(name))

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


def tier_of(batch: bool, tier: str | None) -> str:
    """By which of the catalogue's tiers it is priced; nobody publishes what other service tiers cost."""
    return BATCH if batch else tier or STANDARD


def _each(model: Model, quality: str, size: Size, on: date, tier: str) -> tuple[Priced, int | None]:
    try:
        quoted = price(model, quality, size, on, tier)
    except BadSpec as wrong:
        return unknown(wrong.sentence.rstrip(".")), None
    if quoted.each is None or quoted.basis is None or quoted.source is None:
        return unknown(quoted.notes[0].rstrip(".")), quoted.tokens
    words = f"{quoted.each} USD an image, {quoted.basis} ({quoted.source.id})"
    return Priced(nanousd(quoted.each), quoted.basis, words), quoted.tokens
