"""The words of an estimate: the sentence that decides, the assumptions, and at most two hints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.money import dollars, plain
from bot.pricing.dated import rates_on
from bot.pricing.facts import Catalog, Formula, Model
from bot.pricing.prices import price
from bot.pricing.quotes import Quote, Workload
from bot.pricing.sizes import listed
from bot.pricing.spec import Size
from bot.pricing.tokens import tokens_per_image, twin_quality

SOON_DAYS = 30
MOST_HINTS = 2


@dataclass(frozen=True)
class Seat:
    """A lane and who sits in it; `name` is the model's id or one of its snapshots."""

    lane: str | None
    name: str
    model: Model


Rows = Sequence[tuple[Seat, Quote]]


def deciding(rows: Rows, workload: Workload) -> str:
    """One sentence: what to take by price alone, or by cost per accepted image where the keep rates differ."""
    if workload.choice is not None:
        return _one(rows[0][1])
    by_accepted = _judged_apart(rows)
    cost = _per_accepted if by_accepted else _each
    priced = sorted((row for row in rows if cost(row[1]) is not None), key=lambda row: cost(row[1]) or 0)
    if not priced:
        return f"No lane has a price for this: {rows[0][1].notes[0]}"
    least = cost(priced[0][1]) or Decimal(1)
    cheapest = [row for row in priced if cost(row[1]) == least]
    clauses = [_cheapest(cheapest, len(rows), least if by_accepted else None)]
    clauses += _dearer([(row, (cost(row[1]) or least) / least) for row in priced[len(cheapest) :]])
    others = [seat.name for seat, quote in rows if cost(quote) is None]
    clauses += [f"{listed(others)} can't be priced"] if others else []
    return "; ".join(clauses) + "."


def assumptions(rows: Rows, catalog: Catalog, workload: Workload, on: date) -> tuple[str, ...]:
    tier = "batch" if workload.batch else "standard"
    rates = [rates_on(seat.model, on, tier) for seat, quote in rows if quote.total_usd is not None]
    per_hundred = sorted({plain(row.text_in / 10_000) for row in rates if row is not None})
    lines = ["Output only."]
    if per_hundred:
        span = " to ".join(dollars(usd) for usd in dict.fromkeys((per_hundred[0], per_hundred[-1])))
        lines = [f"Output only; prompt text adds about {span} per 100 tokens."]
    if workload.batch:
        lines.append("Batch prices: answers come within 24 hours.")
    if on > catalog.checked_on:
        lines.append(f"Prices were last checked on {catalog.checked_on}; {on} is later.")
    return tuple(lines)


def hints(rows: Rows, workload: Workload, on: date) -> tuple[str, ...]:
    """The most pressing first; a hint appears only where it changes the total."""
    candidates = [_ends_soon(rows, on), _quality_twin(rows, workload), _break_even(rows), _landscape(rows, on)]
    return tuple(hint for hint in candidates if hint is not None)[:MOST_HINTS]


def _one(quote: Quote) -> str:
    if quote.total_usd is None or quote.each_usd is None:
        return quote.notes[0]
    images = f"{quote.count:,} images" if quote.count > 1 else "1 image"
    each = f", {dollars(quote.each_usd)} each" if quote.count > 1 else ""
    return f"{images} on {quote.model} at {quote.quality} {quote.size}: {dollars(quote.total_usd)}{each}."


def _each(quote: Quote) -> Decimal | None:
    return quote.each_usd


def _per_accepted(quote: Quote) -> Decimal | None:
    return quote.per_accepted_usd


def _judged_apart(rows: Rows) -> bool:
    """Whether every priced quote has a keep rate, and they are not all one."""
    rates = {quote.keep_rate for _, quote in rows if quote.each_usd is not None}
    return len(rates) > 1 and all(quote.per_accepted_usd for _, quote in rows if quote.each_usd is not None)


def _cheapest(rows: Rows, lanes: int, per_accepted: Decimal | None) -> str:
    seats = [seat for seat, _ in rows]
    if len(rows) == lanes > 1:
        return "All lanes cost the same" + (" per accepted image" if per_accepted else "")
    if len(rows) > 1:
        families = {seat.model.family for seat in seats}
        who = (
            f"Both {short(families.pop())} lanes" if len(rows) == 2 and len(families) == 1 else listed(map(_who, seats))
        )
        return f"{who} cost the same" + (f", {_about(per_accepted)} per accepted image" if per_accepted else "")
    is_cheapest = f"is cheapest at {_about(per_accepted)} per accepted image" if per_accepted else "is cheapest"
    return f"{_who(seats[0])} {is_cheapest}"


def _dearer(rest: Sequence[tuple[tuple[Seat, Quote], Decimal]]) -> list[str]:
    return [listed(f"{seat.name} is {_times(ratio)}" for (seat, _), ratio in rest)] if rest else []


def _who(seat: Seat) -> str:
    return f"{(seat.lane or '').capitalize()} ({seat.name})" if seat.lane else seat.name


def _times(ratio: Decimal) -> str:
    return f"{ratio:.2f}x" if ratio < Decimal("1.1") else f"{ratio:.1f}x"


def _about(usd: Decimal) -> str:
    """A quotient to four figures: it is only about right."""
    return dollars(usd.quantize(Decimal(1).scaleb(usd.adjusted() - 3))) if usd < 1 else f"${usd:,.2f}"


def _ends_soon(rows: Rows, on: date) -> str | None:
    ends = {quote.ends_on for _, quote in rows if quote.ends_on and quote.total_usd is not None}
    soon = sorted(end for end in ends if 0 < (end - on).days <= SOON_DAYS)
    if not soon:
        return None
    names = [seat.name for seat, quote in rows if quote.ends_on == soon[0]]
    days = (soon[0] - on).days
    verb, span = "shuts" if len(names) == 1 else "shut", "1 day" if days == 1 else f"{days} days"
    return f"{listed(names)} {verb} down on {soon[0]}, in {span}: a longer job can't end there."


def _quality_twin(rows: Rows, workload: Workload) -> str | None:
    """A quality word means another effort in another family: `high` on 2 takes as many tokens as `max` on 2.5."""
    dearest_first = sorted(rows, key=lambda row: row[1].each_usd or 0, reverse=True)
    for of, quote in dearest_first:
        for other, _ in reversed(dearest_first):
            twin = twin_quality(workload.quality, of.model, other.model)
            if quote.total_usd is not None and twin is not None and twin != workload.quality:
                here, there = short(of.model.family), short(other.model.family)
                return f'"{workload.quality}" on {here} is "{twin}" on {there}: they take the same tokens.'
    return None


def _break_even(rows: Rows) -> str | None:
    """Premium at c beats budget at b per accepted image only if budget's keep rate is under b/c of premium's."""
    each = {seat.lane: quote.each_usd for seat, quote in rows}
    budget, premium = each.get("budget"), each.get("premium")
    if budget is None or premium is None or budget >= premium or _judged_apart(rows):
        return None
    return f"Premium pays only if budget keeps under {budget / premium:.0%} as often."


def _landscape(rows: Rows, on: date) -> str | None:
    savings: dict[int, list[str]] = {}
    for family, saving in dict.fromkeys((short(seat.model.family), _saving(seat, quote, on)) for seat, quote in rows):
        if saving > 0:
            savings.setdefault(saving, []).append(family)
    if not savings:
        return None
    by_family = [f"{percent}% cheaper than square on {listed(sorted(names))}" for percent, names in savings.items()]
    return f"Landscape is {listed(by_family)}."


def _saving(seat: Seat, quote: Quote, on: date) -> int:
    """Whole percent; by tokens where a formula gives them, since a ladder of 0.006 and 0.005 is too coarse to tell."""
    square, wide = seat.model.shapes["square"], seat.model.shapes.get("landscape")
    if quote.total_usd is None or wide is None or quote.size != str(square):
        return 0
    here, there = _effort(seat.model, quote.quality, square, on), _effort(seat.model, quote.quality, wide, on)
    return round(100 * (1 - there / here)) if here and there else 0


def _effort(model: Model, quality: str, size: Size, on: date) -> Decimal:
    """What one image takes, in tokens or dollars, for comparing sizes of one model; 0 where unknown."""
    if isinstance(model.tokens, Formula):
        return Decimal(tokens_per_image(model, quality, size) or 0)
    return price(model, quality, size, on).each or Decimal(0)


def short(family: str) -> str:
    return family.removeprefix("gpt-image-")
