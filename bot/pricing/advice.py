"""The words behind an estimate: its assumptions, and at most two hints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.money import dollars, plain
from bot.pricing.dated import is_aged, rates_on
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


Row = tuple[Seat, Quote]
Rows = Sequence[Row]


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
    if is_aged(catalog, on):
        lines.append(f"Prices were last checked on {catalog.checked_on}; {on} is later.")
    return tuple(lines)


def hints(rows: Rows, workload: Workload, on: date) -> tuple[str, ...]:
    """The most pressing first; a hint appears only where it changes the total."""
    candidates = [_ends_soon(rows, on), _quality_twin(rows, workload), break_even(rows), _landscape(rows, on)]
    return tuple(hint for hint in candidates if hint is not None)[:MOST_HINTS]


def is_judged_apart(rows: Rows) -> bool:
    """Whether every priced quote has a keep rate, and they are not all one."""
    rates = {quote.keep_rate for _, quote in rows if quote.each_usd is not None}
    return len(rates) > 1 and all(quote.per_accepted_usd for _, quote in rows if quote.each_usd is not None)


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


def break_even(rows: Rows) -> str | None:
    """Premium at c beats budget at b per kept picture only if budget's keep rate is under b/c of premium's."""
    each = {seat.lane: quote.each_usd for seat, quote in rows}
    budget, premium = each.get("budget"), each.get("premium")
    if budget is None or premium is None or budget >= premium or is_judged_apart(rows):
        return None
    return f"Premium pays only if budget keeps under {budget / premium:.0%} as often."


def _landscape(rows: Rows, on: date) -> str | None:
    savings: dict[int, list[str]] = {}
    for family, saving in dict.fromkeys(
        (short(seat.model.family), landscape_saving(seat, quote, on)) for seat, quote in rows
    ):
        if saving > 0:
            savings.setdefault(saving, []).append(family)
    if not savings:
        return None
    by_family = [f"{percent}% cheaper than square on {listed(sorted(names))}" for percent, names in savings.items()]
    return f"Landscape is {listed(by_family)}."


def landscape_saving(seat: Seat, quote: Quote, on: date) -> int:
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
