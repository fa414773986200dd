"""What one image costs on a day: as published, by its tokens, or as metered from a response."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from bot.errors import NoPrice
from bot.money import dollars, plain, rounded
from bot.pricing.dated import ladder_on, rates_on
from bot.pricing.facts import Catalog, Formula, Model, Rates, Reading, Source, TokenTable
from bot.pricing.sizes import check_quality, check_size
from bot.pricing.spec import ImageSpec, Size
from bot.pricing.tokens import by_formula, tokens_per_image
from bot.pricing.usage import Usage

MILLION = Decimal(1_000_000)
BY_YOU = "metered by you"
LEAST_CALLS, MEMORY_DAYS = 3, 90  # of a team, before its own calls say what a picture takes
OVERHEAD_TEXT_TOKENS = 100  # in a hold: the service counts some of its own beside the prompt's, six for a prompt of "a"


@dataclass(frozen=True)
class Price:
    """US dollars for one image, output only.

    `each` is None where nobody published it. `low` and `high` are the least and most the bases say; `basis` names the
    one quoted, `source` where it was read, `token_source` where the token count was.
    """

    each: Decimal | None
    low: Decimal | None
    high: Decimal | None
    basis: str | None  # "published" or "tokens"
    tokens: int | None
    source: Source | None
    checked_on: date | None
    notes: tuple[str, ...] = ()
    token_source: Source | None = None


def price(model: Model, quality: str, size: Size, on: date, tier: str = "standard") -> Price:
    """One image of that model; the ladder where there is one, else tokens at the day's rate. Raises BadSpec."""
    check_quality(model, quality)
    check_size(model, size)
    tokens = tokens_per_image(model, quality, size)
    rates = rates_on(model, on, tier)
    by_ladder = _listed_usd(model, quality, size, on, tier)
    by_tokens = plain(tokens * rates.image_out / MILLION) if tokens is not None and rates is not None else None
    each = by_ladder if by_ladder is not None else by_tokens
    if each is None:
        return Price(None, None, None, None, tokens, None, None, _unknown(model, quality, on, tier))
    both = [usd for usd in (by_ladder, by_tokens) if usd is not None]
    source = _source(model, on, rates, published=by_ladder is not None)
    return Price(
        each=each,
        low=min(both),
        high=max(both),
        basis="published" if by_ladder is not None else "tokens",
        tokens=tokens,
        source=source,
        checked_on=source.checked_on,
        notes=_notes(model, size, tier, by_ladder, by_tokens),
        token_source=model.tokens.source if isinstance(model.tokens, TokenTable | Formula) and by_tokens else None,
    )


def list_price(model: Model, spec: ImageSpec, on: date) -> Decimal | None:
    """One image as quoted, before any prompt text; None where no price is published."""
    return price(model, spec.quality, spec.size, on).each


def upper_bound(model: Model, spec: ImageSpec, prompt: str, on: date) -> Decimal:
    """The most one call can cost: the dearer basis, one text token for each UTF-8 byte of the prompt, and what the
    service adds to it of its own.

    Raises NoPrice where no rates are published, or neither a price nor a ceiling.
    """
    rates = rates_on(model, on)
    if rates is None:
        raise NoPrice(f"No token rates of {model.id} are known for {on}, so no safe limit can be reserved.")
    dearest = price(model, spec.quality, spec.size, on).high
    if dearest is None:
        dearest = _ceiling(model, spec) * rates.image_out / MILLION
    return plain(dearest + (len(prompt.encode()) + OVERHEAD_TEXT_TOKENS) * rates.text_in / MILLION)


def most_each(model: Model, spec: ImageSpec, on: date) -> Decimal | None:
    """The most one image can cost, output only: its price by the dearer basis, else the ceiling; None without either.
    Raises BadSpec."""
    quoted, rates = price(model, spec.quality, spec.size, on), rates_on(model, on)
    if quoted.high is not None or rates is None:
        return quoted.high
    try:
        return plain(_ceiling(model, spec) * rates.image_out / MILLION)
    except NoPrice:
        return None


class TokenMeter(NamedTuple):
    """Tokens of one kind in a call, and their rate."""

    name: str
    tokens: int
    usd_per_mtok: Decimal


def token_meters(usage: Usage, rates: Rates) -> tuple[TokenMeter, ...]:
    """A response's token counts by what they are billed at, those there are.

    Cached tokens are part of `text_in` and `image_in`, as the API reports them. Text output without a published rate
    is charged as image output, which is an upper bound. Raises NoPrice for cached tokens without a rate, and for
    counts that can't be.
    """
    text_in, image_in = usage.text_in - usage.text_in_cached, usage.image_in - usage.image_in_cached
    meters = (
        ("image output", usage.image_out, rates.image_out),
        ("text input", text_in, rates.text_in),
        ("image input", image_in, rates.image_in),
        ("cached text input", usage.text_in_cached, rates.text_in_cached),
        ("cached image input", usage.image_in_cached, rates.image_in_cached),
        ("text output", usage.text_out, rates.image_out if rates.text_out is None else rates.text_out),
    )
    if any(tokens < 0 for _, tokens, _ in meters):
        raise NoPrice(f"These token counts contradict each other: {usage}.")
    return tuple(TokenMeter(name, tokens, _published(rate)) for name, tokens, rate in meters if tokens)


def usage_cost(usage: Usage, rates: Rates) -> Decimal:
    """What a response's token counts cost. Raises NoPrice as `token_meters` does."""
    return plain(sum((one.tokens * one.usd_per_mtok for one in token_meters(usage, rates)), Decimal(0)) / MILLION)


def _published(rate: Decimal | None) -> Decimal:
    if rate is None:
        raise NoPrice("No rate for cached input tokens is published for this model.")
    return rate


def _listed_usd(model: Model, quality: str, size: Size, on: date, tier: str) -> Decimal | None:
    """The ladder's figure. Ladders are printed for standard calls: batch takes the discount its token rate has."""
    ladder = ladder_on(model, on)
    cell = ladder.cells.get((quality, size)) if ladder is not None else None
    if cell is None or tier == "standard":
        return cell if cell is None else plain(cell)
    standard, discounted = rates_on(model, on), rates_on(model, on, tier)
    if standard is None or discounted is None:
        return None
    return plain(cell * discounted.image_out / standard.image_out)


def _ceiling(model: Model, spec: ImageSpec) -> int:
    ceiling = model.ceiling
    if ceiling is None or spec.quality not in ceiling.formula.base:
        raise NoPrice(f"No price and no ceiling is known for {spec}, so no safe limit can be reserved.")
    return ceiling.times * by_formula(ceiling.formula.base[spec.quality], spec.size)


def _source(model: Model, on: date, rates: Rates | None, published: bool) -> Source:
    row = ladder_on(model, on) if published else rates
    assert row is not None  # a price was found in it
    return row.source


def _notes(
    model: Model, size: Size, tier: str, by_ladder: Decimal | None, by_tokens: Decimal | None
) -> tuple[str, ...]:
    notes = []
    if by_ladder is not None and by_tokens is not None and by_ladder != by_tokens:
        notes.append(f"{dollars(by_ladder)} listed, {dollars(by_tokens)} by tokens.")
    if by_ladder is not None and tier != "standard":
        notes.append(f"The list is of standard prices; the {tier} discount of its token rate is taken off.")
    limit = model.size_rules.experimental_above_pixels if model.size_rules else None
    if limit is not None and size.width * size.height > limit:
        notes.append(f"OpenAI calls sizes above {limit:,} pixels experimental.")
    return tuple(notes)


def _unknown(model: Model, quality: str, on: date, tier: str) -> tuple[str, ...]:
    rates = rates_on(model, on, tier)
    if rates is None:
        kind = "price" if tier == "standard" else f"{tier} price"
        return (f"No {kind} of {model.id} is known for {on}.",)
    note = f"OpenAI publishes token rates for {model.id} but no figure per picture: its price is unknown."
    reading = next((row for row in model.readings if row.quality == quality and row.source.as_of <= on), None)
    return (note,) if reading is None else (note, _as_read(reading, model, rates))


def _as_read(reading: Reading, model: Model, rates: Rates) -> str:
    usd = dollars(reading.tokens * rates.image_out / MILLION)
    return (
        f"On {reading.source.as_of} a reseller metered {reading.tokens:,} tokens, {usd}, for one {reading.quality} "
        f"{reading.size} picture of the {model.family.removeprefix('gpt-image-')} family: a reading, not a price."
    )


# What a team's own calls say of a picture whose price nobody published: for that team only, and never for a hold


@dataclass(frozen=True)
class OwnTokens:
    """Image output tokens of one picture, by so many `calls` of a team: the median, the least and the most, exact."""

    spec: ImageSpec
    calls: int
    median: Fraction
    least: Fraction
    most: Fraction


def unpublished(catalog: Catalog) -> tuple[str, ...]:
    """Models without a ladder or a count of tokens: what a picture of theirs costs nobody said."""
    return tuple(model.id for model in catalog.models.values() if model.tokens is None and not model.ladders)


def of_spec(metered: Iterable[OwnTokens], model: Model, quality: str, size: Size) -> OwnTokens | None:
    spec = ImageSpec(model.id, quality, size)
    return next((one for one in metered if one.spec == spec and one.calls >= LEAST_CALLS), None)


def metered_price(model: Model, own: OwnTokens, on: date, tier: str) -> Price | None:
    """One image at the rates of that day and tier; None where there are none."""
    rates = rates_on(model, on, tier)
    if rates is None:
        return None
    median, low, high = (_usd(tokens, rates.image_out) for tokens in (own.median, own.least, own.most))
    tokens = _between(own)
    return Price(
        each=median,
        low=low,
        high=high,
        basis=BY_YOU,
        tokens=round(own.median),
        source=rates.source,
        checked_on=rates.source.checked_on,
        notes=(f"The median of {own.calls:,} calls of yours in {MEMORY_DAYS} days, {tokens} tokens a picture.",),
    )


def _between(own: OwnTokens) -> str:
    low, high = round(own.least), round(own.most)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _usd(tokens: Fraction, usd_per_mtok: Decimal) -> Decimal:
    return rounded(Decimal(tokens.numerator) * usd_per_mtok / MILLION / Decimal(tokens.denominator))
