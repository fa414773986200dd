"""What N images cost: on one model, or on every lane side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.errors import BadSpec, NoBatch, NoPrice, UnknownModel
from bot.money import CENT, plain
from bot.pricing.accepted import check_asked, judged, keep_for
from bot.pricing.advice import Seat, assumptions, deciding, hints
from bot.pricing.dated import announced_end, is_released, is_shut_down, model_named, rates_on, successors_on
from bot.pricing.facts import Catalog, Model
from bot.pricing.prices import Price, expected, price
from bot.pricing.quotes import Asked, KeepCount, Quote, Quotes
from bot.pricing.sizes import check_quality, resolve_size
from bot.pricing.spec import ImageSpec


def compare(
    catalog: Catalog,
    filled: Mapping[str, str],
    asked: Asked,
    on: date,
    keeps: Sequence[KeepCount] = (),
    today: ImageSpec | None = None,
) -> Quotes:
    """The quotes for every lane of `filled` (lane to model id), or for the one lane or model `asked.choice` names.

    With several, one that can't be drawn or priced is told in its notes. With one named, raises UnknownModel, BadSpec
    or NoBatch; a model that was shut down by that day is a quote without a total either way.
    """
    check_asked(asked)
    seats = _seats(catalog, filled, asked.choice)
    if asked.choice is not None:
        quotes = [estimate(seat.name, seat.model, asked, on, seat.lane, keeps) for seat in seats]
    else:
        quotes = [_estimate_or_note(seat, asked, on, keeps) for seat in seats]
    quotes = [replace(quote, ratio=_ratio(quote, quotes)) for quote in quotes]
    quotes = _beside_today(catalog, quotes, asked, on, today)
    rows = list(zip(seats, quotes, strict=True))
    return Quotes(
        on, asked, tuple(quotes), deciding(rows, asked), assumptions(rows, catalog, asked, on), hints(rows, asked, on)
    )


def estimate(
    name: str, model: Model, asked: Asked, on: date, lane: str | None = None, keeps: Sequence[KeepCount] = ()
) -> Quote:
    """One quote; `name` is the model's id or one of its snapshots. Raises UnknownModel, BadSpec or NoBatch."""
    if not is_released(model, on):
        raise UnknownModel(f"{name} was not out on {on}: it was released on {model.released}.")
    check_quality(model, asked.quality)
    size = resolve_size(model, asked.size)
    spec = ImageSpec(model.id, asked.quality, size)
    if is_shut_down(model, on):
        return _unpriced(name, model, asked, on, lane, str(size), *_gone(model, on))
    tier = "batch" if asked.batch else "standard"
    if asked.batch and rates_on(model, on, tier) is None:
        raise NoBatch(
            f"No batch rates of {model.id} were published by {on}; without --batch it has its standard price."
        )
    found = price(model, asked.quality, size, on, tier)
    quote = Quote(
        lane=lane,
        model=name,
        quality=asked.quality,
        size=str(size),
        count=asked.count,
        each_usd=found.each,
        total_usd=_times(asked.count, found.each),
        low_usd=_times(asked.count, found.low),
        high_usd=_times(asked.count, found.high),
        basis=found.basis,
        tokens=found.tokens,
        ends_on=announced_end(model, on),
        source=_read_at(found),
        checked_on=found.checked_on,
        notes=found.notes,
    )
    return judged(quote, asked, keep_for(spec, keeps, asked.keep))


def _seats(catalog: Catalog, filled: Mapping[str, str], choice: str | None) -> list[Seat]:
    if choice is None:
        return [Seat(lane, name, model_named(catalog, name)) for lane, name in filled.items()]
    if choice in filled:
        return [Seat(choice, filled[choice], model_named(catalog, filled[choice]))]
    model = model_named(catalog, choice)
    lane = next((lane for lane, name in filled.items() if model_named(catalog, name) is model), None)
    return [Seat(lane, choice.lower(), model)]


def _estimate_or_note(seat: Seat, asked: Asked, on: date, keeps: Sequence[KeepCount]) -> Quote:
    try:
        return estimate(seat.name, seat.model, asked, on, seat.lane, keeps)
    except (BadSpec, NoPrice, UnknownModel) as why:
        return _unpriced(seat.name, seat.model, asked, on, seat.lane, asked.size, why.sentence)


def _unpriced(name: str, model: Model, asked: Asked, on: date, lane: str | None, size: str, *notes: str) -> Quote:
    return Quote(lane, name, asked.quality, size, asked.count, ends_on=announced_end(model, on), notes=notes)


def _gone(model: Model, on: date) -> tuple[str, ...]:
    gone, named = f"{model.id} was shut down on {model.shutdown}.", successors_on(model, on)
    return (gone, f"OpenAI names {' or '.join(named.models)} in its place.") if named else (gone,)


def _times(count: int, each: Decimal | None) -> Decimal | None:
    return None if each is None else plain(count * each)


def _read_at(found: Price) -> str | None:
    if found.source is None:
        return None
    by = found.token_source
    return found.source.ref if found.basis == "published" or by is None else f"{found.source.ref}; tokens: {by.ref}"


def _ratio(quote: Quote, quotes: Sequence[Quote]) -> Decimal | None:
    prices = [other.each_usd for other in quotes if other.each_usd is not None]
    return (quote.each_usd / min(prices)).quantize(CENT) if quote.each_usd is not None and len(prices) > 1 else None


def _beside_today(
    catalog: Catalog, quotes: Sequence[Quote], asked: Asked, on: date, today: ImageSpec | None
) -> list[Quote]:
    """Each quote with its difference to the same count on what the team runs today, at the standard price."""
    now = None if today is None else expected(model_named(catalog, today.model), today, on)
    if now is None:
        return list(quotes)
    running = asked.count * now
    return [
        quote if quote.total_usd is None else replace(quote, today_difference_usd=plain(quote.total_usd - running))
        for quote in quotes
    ]
