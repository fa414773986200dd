"""What N pictures cost: on one model, or on several lanes or models side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.errors import BadSpec, NoBatch, NoPrice, UnknownModel
from bot.money import CENT, plain
from bot.pricing.accepted import check_workload, keep_for, with_keep_rate
from bot.pricing.advice import Row, Rows, Seat, assumptions, hints
from bot.pricing.dated import announced_end, is_released, is_shut_down, model_named, rates_on, successors_on
from bot.pricing.facts import Catalog, Model
from bot.pricing.foot import foot
from bot.pricing.lead import cheapest, deciding, ending
from bot.pricing.prices import OwnTokens, Price, list_price, metered_price, of_spec, price
from bot.pricing.quotes import KeepCount, Quote, Quotes, Workload
from bot.pricing.sizes import check_quality, resolve_size
from bot.pricing.spec import ImageSpec, Size


def compare(
    catalog: Catalog,
    lane_models: Mapping[str, str],
    workload: Workload,
    on: date,
    keeps: Sequence[KeepCount] = (),
    today: ImageSpec | None = None,
    asked_on: date | None = None,
    heir: Callable[[Model], str | None] | None = None,
    metered: Sequence[OwnTokens] = (),
) -> Quotes:
    """The quotes for every lane of `lane_models` (lane to model id), or for the lanes and models that are named.

    With several, one that can't be drawn or priced is told in its notes. With one named, raises UnknownModel, BadSpec
    or NoBatch; a model that was shut down by that day is a quote without a total either way. `heir` names who takes
    the place of a model that is gone or going. `metered` prices what nobody published, for the team whose calls those
    are.
    """
    check_workload(workload)
    seats, asked_on = _seats(catalog, lane_models, workload.named), asked_on or on
    if len(workload.named) == 1:
        quotes = [estimate(seat.name, seat.model, workload, on, seat.lane, keeps, metered) for seat in seats]
    else:
        quotes = [_estimate_or_note(seat, workload, on, keeps, metered) for seat in seats]
    quotes = [replace(quote, ratio=_ratio(quote, quotes)) for quote in quotes]
    quotes = _beside_today(catalog, quotes, workload, on, today)
    rows = list(zip(seats, quotes, strict=True))
    instead = _instead(catalog, lane_models, rows, workload, on, keeps, heir)
    first = cheapest(rows) if instead is None else instead
    return Quotes(
        on,
        workload,
        tuple(quotes),
        deciding(rows, workload, on, asked_on, None if instead is None else instead[1]),
        assumptions(rows, catalog, workload, on),
        hints(rows, workload, on),
        foot=foot(rows, workload, catalog, on, asked_on),
        instead=None if instead is None else instead[1],
        batch_usd=None if first is None or workload.batch else _batch_usd(first[0], workload, on, keeps),
        asked_on=asked_on,
    )


def estimate(
    name: str,
    model: Model,
    workload: Workload,
    on: date,
    lane: str | None = None,
    keeps: Sequence[KeepCount] = (),
    metered: Sequence[OwnTokens] = (),
) -> Quote:
    """One quote; `name` is the model's id or one of its snapshots. Raises UnknownModel, BadSpec or NoBatch."""
    if not is_released(model, on):
        raise UnknownModel(f"{name} was not out on {on}: it was released on {model.released}.")
    check_quality(model, workload.quality)
    size = resolve_size(model, workload.size)
    spec = ImageSpec(model.id, workload.quality, size)
    if is_shut_down(model, on):
        return _without_price(name, model, workload, on, lane, str(size), *_shutdown_notes(model, on))
    tier = "batch" if workload.batch else "standard"
    if workload.batch and rates_on(model, on, tier) is None:
        raise NoBatch(
            f"No batch rates of {model.id} were published by {on}; without --batch it has its standard price."
        )
    image = _priced(model, workload.quality, size, on, tier, metered)
    quote = Quote(
        lane=lane,
        model=name,
        quality=workload.quality,
        size=str(size),
        count=workload.count,
        each_usd=image.each,
        total_usd=_times(workload.count, image.each),
        low_usd=_times(workload.count, image.low),
        high_usd=_times(workload.count, image.high),
        basis=image.basis,
        tokens=image.tokens,
        ends_on=announced_end(model, on),
        source=_read_at(image),
        checked_on=image.checked_on,
        notes=image.notes,
        drawable=True,
    )
    return with_keep_rate(quote, workload, keep_for(spec, keeps, workload.keep))


def _priced(model: Model, quality: str, size: Size, on: date, tier: str, metered: Sequence[OwnTokens]) -> Price:
    """As published, else by the team's own calls."""
    image, own = price(model, quality, size, on, tier), of_spec(metered, model, quality, size)
    return (None if image.each is not None or own is None else metered_price(model, own, on, tier)) or image


def _seats(catalog: Catalog, lane_models: Mapping[str, str], named: Sequence[str]) -> list[Seat]:
    return [_seat(catalog, lane_models, name) for name in named or lane_models]


def _seat(catalog: Catalog, lane_models: Mapping[str, str], name: str) -> Seat:
    if name in lane_models:
        return Seat(name, lane_models[name], model_named(catalog, lane_models[name]))
    model = model_named(catalog, name)
    lane = next((lane for lane, one in lane_models.items() if model_named(catalog, one) is model), None)
    return Seat(lane, name.lower(), model)


def _instead(
    catalog: Catalog,
    lane_models: Mapping[str, str],
    rows: Rows,
    workload: Workload,
    on: date,
    keeps: Sequence[KeepCount],
    heir: Callable[[Model], str | None] | None,
) -> Row | None:
    """The same work on what takes the place of a model that is gone or going, where none of the others could."""
    gone = ending(rows, on)
    if gone is None or heir is None or any(quote.total_usd is not None and not quote.ends_on for _, quote in rows):
        return None
    name = heir(gone[0].model)
    if name is None or any(seat.name == name for seat, _ in rows):
        return None
    seat = _seat(catalog, lane_models, name)
    quote = _estimate_or_note(seat, workload, on, keeps)
    return None if quote.total_usd is None else (seat, quote)


def _batch_usd(seat: Seat, workload: Workload, on: date, keeps: Sequence[KeepCount]) -> Decimal | None:
    return _estimate_or_note(seat, replace(workload, batch=True), on, keeps).spent_usd


def _estimate_or_note(
    seat: Seat, workload: Workload, on: date, keeps: Sequence[KeepCount], metered: Sequence[OwnTokens] = ()
) -> Quote:
    try:
        return estimate(seat.name, seat.model, workload, on, seat.lane, keeps, metered)
    except (BadSpec, NoPrice, UnknownModel) as why:
        return _without_price(seat.name, seat.model, workload, on, seat.lane, workload.size, why.sentence)


def _without_price(
    name: str, model: Model, workload: Workload, on: date, lane: str | None, size: str, *notes: str
) -> Quote:
    return Quote(lane, name, workload.quality, size, workload.count, ends_on=announced_end(model, on), notes=notes)


def _shutdown_notes(model: Model, on: date) -> tuple[str, ...]:
    end, replacement = f"{model.id} was shut down on {model.shutdown}.", successors_on(model, on)
    return (end, f"OpenAI names {' or '.join(replacement.models)} in its place.") if replacement else (end,)


def _times(count: int, each: Decimal | None) -> Decimal | None:
    return None if each is None else plain(count * each)


def _read_at(image: Price) -> str | None:
    if image.source is None:
        return None
    by = image.token_source
    return image.source.ref if image.basis == "published" or by is None else f"{image.source.ref}; tokens: {by.ref}"


def _ratio(quote: Quote, quotes: Sequence[Quote]) -> Decimal | None:
    prices = [other.each_usd for other in quotes if other.each_usd is not None]
    return (quote.each_usd / min(prices)).quantize(CENT) if quote.each_usd is not None and len(prices) > 1 else None


def _beside_today(
    catalog: Catalog, quotes: Sequence[Quote], workload: Workload, on: date, today: ImageSpec | None
) -> list[Quote]:
    """Each quote with its difference to the same count on what the team runs today, at the standard price."""
    each = None if today is None else list_price(model_named(catalog, today.model), today, on)
    if each is None:
        return list(quotes)
    today_usd = workload.count * each
    return [
        quote if quote.total_usd is None else replace(quote, today_difference_usd=plain(quote.total_usd - today_usd))
        for quote in quotes
    ]
