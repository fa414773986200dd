"""One part of a month's work on another model: by its tokens or by its quality and size, and what has no twin there.

A part with tokens: its image output in pictures of its own model's token table, times the price of one there, and its
other tokens at the rates there. A part without: its pictures times that price. Where something is not known, the least
and the most it can be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from bot.errors import BadSpec, NoPrice
from bot.ledger.mix_parts import MixPart
from bot.pricing import ImageSpec, Size, check_size, price, rates_on, tokens_per_image
from bot.pricing.facts import Model, Rates
from bot.pricing.prices import OwnTokens, metered_price, most_each, of_spec, usage_cost
from bot.pricing.sizes import nearest
from bot.pricing.usage import PARTIAL_IMAGE_TOKENS

STANDARD, BATCH = "standard", "batch"


@dataclass(frozen=True)
class Bounds:
    """US dollars, exact: the least and the most it can be, the same where it is known. None: nothing bounds it.
    `median`: what the team's own calls say it is, where nobody published that."""

    low: Fraction | None
    high: Fraction | None
    median: Fraction | None = None

    @property
    def known(self) -> Fraction | None:
        return self.low if self.low == self.high else None

    @property
    def likely(self) -> Fraction | None:
        return self.median if self.known is None else self.known

    def plus(self, other: "Bounds") -> "Bounds":
        return Bounds(_sum(self.low, other.low), _sum(self.high, other.high), _sum(self.likely, other.likely))

    def times(self, count: Fraction, beside: Fraction) -> "Bounds":
        low, high, median = (
            None if usd is None else count * usd + beside for usd in (self.low, self.high, self.median)
        )
        return Bounds(low, high, median)


NOTHING = Bounds(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Target:
    """Where the work would go. `quality`: all of it at that word; None: each part at its own. `batch`: all of it that
    way; None: as it was drawn. `metered`: what the team's own calls took, which prices what nobody published."""

    model: Model
    quality: str | None = None
    batch: bool | None = None
    metered: tuple[OwnTokens, ...] = ()


@dataclass(frozen=True)
class Elsewhere:
    """One part there. `qualities` are the words it may be drawn at, one where that is known. `by_tokens`: its own
    tokens were scaled. `lacks` says what has no twin, a noun each."""

    part: MixPart
    usd: Bounds
    qualities: tuple[str, ...]
    by_tokens: bool
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Cell:
    """What a part may have been, and what it would be there. `old_quality` None: nobody knows."""

    old_quality: str | None
    old_size: Size
    quality: str
    size: Size


def elsewhere(part: MixPart, old: Model | None, target: Target, on: date, *, by_cost: bool = False) -> Elsewhere:
    """At the same quality word, or `by_cost` at the one whose price is nearest to what it cost. `old` is None for a
    model we know nothing of."""
    cells = tuple(_cells(part, old, target, on, by_cost=by_cost))
    tier, no_batch = _tier(part, target, on)
    usds = [_cell_usd(part, old, target, cell, on, tier) for cell in cells]
    lows, highs = [usd.low for usd in usds], [usd.high for usd in usds]
    return Elsewhere(
        part=part,
        usd=usds[0] if len(usds) == 1 else Bounds(_least(lows), _most(highs)),
        qualities=tuple(dict.fromkeys(cell.quality for cell in cells)),
        by_tokens=all(_scale(part, old, cell) is not None for cell in cells),
        lacks=tuple(_lacks(part, target, cells, no_batch=no_batch)),
    )


def as_drawn(part: MixPart, old: Model, on: date) -> Bounds:
    """What it costs where it was drawn; of a model that is gone, by the prices of its last day."""
    return elsewhere(part, old, Target(old), last_priced(old, on)).usd


def last_priced(model: Model, on: date) -> date:
    return on if model.shutdown is None else min(on, model.shutdown - timedelta(days=1))


def _cells(part: MixPart, old: Model | None, target: Target, on: date, *, by_cost: bool) -> Iterator[_Cell]:
    """All that a part may have been: one, or the words and shapes there are where it was not told."""
    new = target.model
    words: Sequence[str | None] = (part.quality,) if part.quality else _shared(old, new)
    shapes = dict.fromkeys((old or new).shapes.values()) if part.size is None else (part.size,)
    for word in words:
        for size in shapes:
            quality = target.quality or (None if by_cost or word not in new.qualities else word)
            there = _drawn(new, size)
            yield _Cell(word, size, quality or _nearest_word(part, old, new, word, size, on), there)


def _shared(old: Model | None, new: Model) -> Sequence[str | None]:
    """The words an untold quality may have been."""
    words = tuple(word for word in (old or new).qualities if word in new.qualities)
    return words or new.qualities


def _drawn(model: Model, size: Size) -> Size:
    """That size, or the nearest one it draws."""
    try:
        check_size(model, size)
    except BadSpec:
        return nearest(model, size)
    return size


def _nearest_word(part: MixPart, old: Model | None, new: Model, word: str | None, size: Size, on: date) -> str:
    """The word there whose picture costs most nearly the same; of two as near the cheaper one."""
    costs = _each_usd(old, word, size, on) or _paid_each(part)
    there = _drawn(new, size)
    priced = [(usd, one) for one in new.qualities if (usd := price(new, one, there, on).each) is not None]
    if not priced or not costs:
        return word if word in new.qualities and word else _middle(new)
    return min(priced, key=lambda each: (max(each[0], costs) / min(each[0], costs), each[0]))[1]


def _each_usd(model: Model | None, word: str | None, size: Size, on: date) -> Decimal | None:
    if model is None or word is None:
        return None
    try:
        return price(model, word, size, last_priced(model, on)).each
    except BadSpec:
        return None


def _paid_each(part: MixPart) -> Decimal | None:
    return Decimal(part.spent_nanousd) / part.images / 10**9 if part.images and not part.unknown else None


def _middle(model: Model) -> str:
    return "medium" if "medium" in model.qualities else model.qualities[0]


def _tier(part: MixPart, target: Target, on: date) -> tuple[str, bool]:
    """Batch where it is to be and there is a price of it; and whether that is missing."""
    wanted = part.batch if target.batch is None else target.batch
    if not wanted:
        return STANDARD, False
    has = rates_on(target.model, on, BATCH) is not None
    return (BATCH if has else STANDARD), not has


def _scale(part: MixPart, old: Model | None, cell: _Cell) -> Fraction | None:
    """Its image output in pictures of its own model; None where no table counts one."""
    if not part.is_metered or old is None or cell.old_quality is None:
        return None
    tokens = tokens_per_image(old, cell.old_quality, cell.old_size)
    return None if not tokens else Fraction(_output(part), tokens)


def _output(part: MixPart) -> int:
    """Tokens of its pictures alone: those of partial images cost the same wherever they are drawn."""
    return max(0, part.usage.image_out - PARTIAL_IMAGE_TOKENS * part.partial_images)


def _cell_usd(part: MixPart, old: Model | None, target: Target, cell: _Cell, on: date, tier: str) -> Bounds:
    scale, rates = _scale(part, old, cell), rates_on(target.model, on, tier)
    each = _each(target, cell, on, tier)
    if rates is None:  # nobody knows what its other tokens cost there
        return replace(each.times(Fraction(part.images), Fraction(0)), high=None)
    return each.times(Fraction(part.images) if scale is None else scale, _beside(part, rates))


def _each(target: Target, cell: _Cell, on: date, tier: str) -> Bounds:
    """One picture there: as published, else between the team's own calls, else at most its ceiling."""
    model, own = target.model, of_spec(target.metered, target.model, cell.quality, cell.size)
    each = price(model, cell.quality, cell.size, on, tier).each
    if each is not None:
        return Bounds(Fraction(each), Fraction(each))
    mine = None if own is None else metered_price(model, own, on, tier)
    if mine is not None and mine.low is not None and mine.high is not None and mine.each is not None:
        return Bounds(Fraction(mine.low), Fraction(mine.high), Fraction(mine.each))
    most = most_each(model, ImageSpec(model.id, cell.quality, cell.size), on)
    return Bounds(None, None if most is None else Fraction(most))


def _beside(part: MixPart, rates: Rates) -> Fraction:
    """Prompts, reference pictures and partial images at those rates; cached ones at the full rate where none is
    published."""
    partials = PARTIAL_IMAGE_TOKENS * part.partial_images
    usage = replace(part.usage, image_out=partials)
    try:
        return Fraction(usage_cost(usage, rates))
    except NoPrice:
        return Fraction(usage_cost(replace(usage, text_in_cached=0, image_in_cached=0), rates))


def _lacks(part: MixPart, target: Target, cells: Sequence[_Cell], *, no_batch: bool) -> Iterator[str]:
    new = target.model
    if part.quality and target.quality is None and part.quality not in new.qualities:
        yield f"quality {part.quality}"
    if part.size is not None and any(cell.size != part.size for cell in cells):
        yield f"size {part.size}"
    if no_batch:
        yield "batch"


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _least(usds: Sequence[Fraction | None]) -> Fraction | None:
    return None if None in usds else min(usd for usd in usds if usd is not None)


def _most(usds: Sequence[Fraction | None]) -> Fraction | None:
    return None if None in usds else max(usd for usd in usds if usd is not None)
