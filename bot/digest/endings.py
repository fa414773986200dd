"""Models in use that end soon: when, what runs on them, what OpenAI names instead and what that costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.errors import UnknownModel
from bot.lanes.bindings import HORIZON_DAYS, fillings, has_lanes
from bot.lanes.life import usable
from bot.ledger.mix import MIX_WEEKS, Used, repriced
from bot.money import usd
from bot.pricing import model_named, plain, successors_on
from bot.pricing.dated import announced_end
from bot.pricing.facts import Catalog, Model

AHEAD_DAYS = 90


@dataclass(frozen=True)
class Ending:
    """`images` and `spent_usd` of four weeks. `successor` is the one OpenAI names.

    `more_usd` a week is what the same images cost more on `priced_on`, at the same quality words (negative: less): the
    successor, or today's budget lane where nobody published a price of it. Both None where neither has one.
    """

    model: str
    ends_on: date
    days_left: int
    images: int
    spent_usd: Decimal
    last_used: date
    successor: str | None
    priced_on: str | None
    more_usd: Decimal | None


def endings(catalog: Catalog, used: Sequence[Used], on: date) -> tuple[Ending, ...]:
    """Soonest first; those within 90 days."""
    parts: dict[str, list[Used]] = {}
    for part in used:
        parts.setdefault(_id(catalog, part.model), []).append(part)
    found = (_ending(catalog, name, mine, on) for name, mine in parts.items())
    return tuple(sorted(filter(None, found), key=lambda ending: (ending.ends_on, ending.model)))


def _id(catalog: Catalog, name: str) -> str:
    """Also of what was drawn on a dated snapshot."""
    try:
        return model_named(catalog, name).id
    except UnknownModel:
        return name


def _ending(catalog: Catalog, name: str, used: Sequence[Used], on: date) -> Ending | None:
    try:
        model = model_named(catalog, name)
    except UnknownModel:
        return None
    end = announced_end(model, on)
    if end is None or not 0 < (end - on).days <= AHEAD_DAYS:
        return None
    named = successors_on(model, on)
    alive = [other for other in (named.models if named else ()) if usable(catalog, other, on)]
    priced_on, more_usd = _more(catalog, used, model, [*alive, *_budget(catalog, on)], on)
    return Ending(
        model=name,
        ends_on=end,
        days_left=(end - on).days,
        images=sum(part.images for part in used),
        spent_usd=plain(usd(sum(part.spent_nanousd for part in used))),
        last_used=max(part.last_at for part in used).date(),
        successor=alive[0] if alive else None,
        priced_on=priced_on,
        more_usd=more_usd,
    )


def _more(
    catalog: Catalog, used: Sequence[Used], model: Model, others: Sequence[str], on: date
) -> tuple[str | None, Decimal | None]:
    """The first of the others that has a price for every image, and what they cost more there a week."""
    here = repriced(used, model, None, on)
    for other in others if here is not None else ():
        there = repriced(used, model_named(catalog, other), None, on)
        if here is not None and there is not None:
            return other, plain((there - here) / MIX_WEEKS)
    return None, None


def _budget(catalog: Catalog, on: date) -> tuple[str, ...]:
    filling = fillings(catalog, on, HORIZON_DAYS).get("budget") if has_lanes(catalog, on) else None
    return () if filling is None else (filling.model.id,)
