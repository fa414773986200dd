"""What a team draws: its images of the last four weeks by spec, and what the same images would cost elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.errors import BadSpec
from bot.pricing import Size, price
from bot.pricing.facts import Model

MIX_WEEKS = 4


@dataclass(frozen=True)
class Used:
    """The images of one spec; `size` is None where a pipeline did not say. `unknown` records have no known price.
    `reported` of the images were drawn elsewhere: pipelines reported them, or a file brought them."""

    model: str
    quality: str
    size: Size | None
    images: int
    kept: int
    judged: int
    spent_nanousd: int
    unknown: int
    last_at: datetime
    reported: int = 0


def repriced(mix: Iterable[Used], model: Model, quality: str | None, on: date) -> Decimal | None:
    """The same images on that model, at `quality` or at their own word; None where one of them has no price there."""
    total = Decimal(0)
    for part in mix:
        each = _each(model, quality or part.quality, part.size, on)
        if each is None:
            return None
        total += part.images * each
    return total


def _each(model: Model, quality: str, size: Size | None, on: date) -> Decimal | None:
    if size is None:
        return None
    try:
        return price(model, quality, size, on).each
    except BadSpec:
        return None
