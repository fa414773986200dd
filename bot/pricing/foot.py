"""The line under an estimate's table: what is priced, and the one caution."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.money import about
from bot.periods import day_words
from bot.pricing.advice import Row, Rows, break_even, landscape_saving, short
from bot.pricing.dated import announced_end, is_aged, is_released, is_shut_down, rates_on
from bot.pricing.facts import Catalog
from bot.pricing.lead import cheapest, fitting, pictures, spent
from bot.pricing.prices import BY_YOU, price
from bot.pricing.quotes import Quote, Workload, is_per_kept
from bot.pricing.sizes import parse_size, resolve_size
from bot.pricing.tokens import twin_quality

FOOT_LETTERS = 90


def foot(rows: Rows, workload: Workload, catalog: Catalog, on: date, asked_on: date) -> str:
    spec = _spec(workload, on, asked_on)
    kept = _kept([quote for _, quote in rows], workload)
    caution, is_urgent = _caution(rows, workload, catalog, on, asked_on)
    whole = f"{spec}{kept}. {caution}".strip()
    shorter = (f"{spec}. {caution}", caution) if is_urgent else (f"{spec}{kept}.", f"{spec}.")
    return fitting(FOOT_LETTERS, whole, *shorter)


def _spec(workload: Workload, on: date, asked_on: date) -> str:
    batch = ", batch" if workload.batch else ""
    day = "" if on == asked_on else f", by the prices of {day_words(on, asked_on)}"
    return f"{pictures(workload.count)}, {workload.quality}, {workload.size}{batch}{day}"


def _kept(quotes: Sequence[Quote], workload: Workload) -> str:
    """`; 70% kept, 2 retries: about 4,865 end up kept`, or by whose votes."""
    retries = workload.retries
    again = "" if retries is None else f"{retries:,} {'retry' if retries == 1 else 'retries'}"
    if not is_per_kept(quotes):
        return f"; {again} at most" if again else ""
    given = [quote.keep_basis == "as given" for quote in quotes if quote.keep_rate is not None]
    if not all(given) or workload.keep is None:
        return f"; by the keep rates of your own{f', {again}' if again else ''}"
    rate = f"; {_percent(workload.keep)} kept"
    if retries is None:
        return rate
    share = 1 - (1 - workload.keep) ** (retries + 1)
    return f"{rate}, {again}: about {workload.count * share:,.0f} end up kept"


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).quantize(Decimal('0.1')).normalize():f}%"


def _caution(rows: Rows, workload: Workload, catalog: Catalog, on: date, asked_on: date) -> tuple[str, bool]:
    """The one that matters most, and whether it goes before how many are kept."""
    unknown = next((row for row in rows if row[1].total_usd is None), None)
    if unknown is not None and not is_shut_down(unknown[0].model, on):
        return why_unknown(unknown, workload, on), True
    own = next((quote for _, quote in rows if quote.basis == BY_YOU), None)
    if own is not None:
        return _by_your_calls(own), True
    if is_aged(catalog, on):
        return f"Prices were last checked on {day_words(catalog.checked_on, asked_on)}.", True
    return _same_word(rows, workload, on) or break_even(rows) or _landscape(rows, on), False


def _by_your_calls(quote: Quote) -> str:
    low, high = (None if usd is None else usd / quote.count for usd in (quote.low_usd, quote.high_usd))
    span = about(low) if low == high else f"{about(low)} to {about(high)}"
    return f"{quote.model} as metered by you: {span} each."


def why_unknown(row: Row, workload: Workload, on: date) -> str:
    """Why it has no price, in a few words."""
    seat, quote = row
    model, name = seat.model, seat.name
    if not is_released(model, on):
        return f"{name} was not out then."
    if workload.quality not in model.qualities:
        return f"{name} has no quality {workload.quality}."
    if not quote.drawable and workload.batch and rates_on(model, on, "batch") is None:
        return f"{name} has no batch price."
    if not quote.drawable and (parse_size(workload.size) or workload.size not in model.shapes):
        return f"{name} can't draw {workload.size}."
    if rates_on(model, on) is None:
        return f"{name} has no known price for that day."
    return f"{name} has no published price per picture."


def _same_word(rows: Rows, workload: Workload, on: date) -> str:
    """A quality word means another effort in another family: what the cheapest draws at it, a dearer one calls less."""
    first = cheapest(rows)
    if first is None or announced_end(first[0].model, on):
        return ""
    for seat, quote in rows:
        word = twin_quality(workload.quality, first[0].model, seat.model)
        if word is None or word == workload.quality or quote.total_usd is None:
            continue
        each = price(seat.model, word, resolve_size(seat.model, workload.size), on, _tier(workload)).each
        if each is not None:
            twin = replace(quote, total_usd=workload.count * each, expected_usd=_again(quote, workload.count * each))
            family = short(first[0].model.family)
            return f"What {family} calls {workload.quality}, {seat.name} calls {word}: {spent(twin)}."
    return ""


def _again(quote: Quote, total_usd: Decimal) -> Decimal | None:
    return (
        None if quote.expected_usd is None or not quote.total_usd else quote.expected_usd / quote.total_usd * total_usd
    )


def _tier(workload: Workload) -> str:
    return "batch" if workload.batch else "standard"


def _landscape(rows: Rows, on: date) -> str:
    first = cheapest(rows)
    saving = 0 if first is None else landscape_saving(*first, on)
    return f"Landscape would cost {saving}% less." if saving > 0 else ""
