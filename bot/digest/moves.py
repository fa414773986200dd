"""The one move worth recommending: the same images on something the team uses already, cheaper and kept as often.

A kept image costs price / keep rate. The saving is recommended only if it is there even when both keep rates lie at
the worse ends of their ranges, so it is always larger than its own uncertainty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import permutations

from bot.bench.proof import Proof
from bot.errors import BadSpec, UnknownModel
from bot.evidence import wilson
from bot.lanes.bindings import HORIZON_DAYS, has_lanes, lane_models
from bot.lanes.life import lasts
from bot.ledger.mix import MIX_WEEKS, Used, repriced
from bot.money import CENT, rounded
from bot.pricing import ImageSpec, list_price, model_named, plain, resolve_size
from bot.pricing.facts import Catalog, Model

LEAST_JUDGED = 20
TEST_SET = "product-shots"  # prompts a blind test of a move is offered on


@dataclass(frozen=True)
class MoveSide:
    """One model and quality of the last four weeks. `each_usd`: an image of the mix that would move, here. `lane` is
    the one the model fills, None where it fills none."""

    model: str
    quality: str
    images: int
    kept: int
    judged: int
    each_usd: Decimal
    lane: str | None = None

    @property
    def name(self) -> str:
        return f"{self.model} {self.quality}"


@dataclass(frozen=True)
class Move:
    """Savings in US dollars a week, as much work kept as now: likely, and at the two ends of both keep rates.

    `test_usd` is a blind test of the two on the square pictures of TEST_SET, None where one has no published price;
    `tested_on` is when the team's newest one of the two was sealed.
    """

    old: MoveSide
    new: MoveSide
    saving_usd: Decimal
    low_usd: Decimal
    high_usd: Decimal
    test_usd: Decimal | None = None
    tested_on: date | None = None


def with_test(move: Move, catalog: Catalog, prompts: int, proofs: Iterable[Proof], on: date) -> Move:
    """With what a blind test of the two would cost, and when there was one."""
    each = [_square_usd(catalog, side, on) for side in (move.old, move.new)]
    known = [usd for usd in each if usd is not None]
    sides = {(move.old.model, move.old.quality), (move.new.model, move.new.quality)}
    sealed = [proof.sealed_on for proof in proofs if sides <= {(one.model, one.quality) for one in proof.sides}]
    total = plain(prompts * sum(known, Decimal())) if len(known) == len(each) else None
    return replace(move, test_usd=total, tested_on=max(sealed, default=None))


def _square_usd(catalog: Catalog, side: MoveSide, on: date) -> Decimal | None:
    model = model_named(catalog, side.model)
    try:
        return list_price(model, ImageSpec(side.model, side.quality, resolve_size(model, "square")), on)
    except BadSpec:
        return None


def move(catalog: Catalog, used: Sequence[Used], on: date, horizon_days: int = HORIZON_DAYS) -> Move | None:
    """The one that saves most; None when none saves more than it may be wrong by."""
    groups: dict[tuple[str, str], list[Used]] = {}
    for part in used:
        groups.setdefault((part.model, part.quality), []).append(part)
    judged = [parts for parts in groups.values() if sum(part.judged for part in parts) >= LEAST_JUDGED]
    found = (_move(catalog, old, new, on, horizon_days) for old, new in permutations(judged, 2))
    sure = [each for each in found if each is not None and each.low_usd >= CENT]
    return max(sure, key=lambda each: (each.saving_usd, each.old.name, each.new.name), default=None)


def _move(catalog: Catalog, old: Sequence[Used], new: Sequence[Used], on: date, horizon_days: int) -> Move | None:
    here, there = _model(catalog, old[0].model), _model(catalog, new[0].model)
    if here is None or there is None or not lasts(here, on, 0) or not lasts(there, on, horizon_days):
        return None
    images = sum(part.images for part in old)
    costs, would = repriced(old, here, None, on), repriced(old, there, new[0].quality, on)
    if costs is None or would is None or would >= costs:
        return None
    kept, judged = _votes(old)
    kept_there, judged_there = _votes(new)
    if not kept or kept_there * judged < kept * judged_there:  # kept less often than here
        return None
    low, high = wilson(kept, judged)
    low_there, high_there = wilson(kept_there, judged_there)
    rate, rate_there = kept / judged, kept_there / judged_there
    lanes = {model: lane for lane, model in _lane_models(catalog, on, horizon_days).items()}
    return Move(
        old=MoveSide(old[0].model, old[0].quality, images, kept, judged, rounded(costs / images), lanes.get(here.id)),
        new=MoveSide(
            new[0].model,
            new[0].quality,
            sum(p.images for p in new),
            kept_there,
            judged_there,
            rounded(would / images),
            lanes.get(there.id),
        ),
        saving_usd=_a_week(costs, would, rate / rate_there),
        low_usd=_a_week(costs, would, high / low_there),
        high_usd=_a_week(costs, would, low / high_there),
    )


def _lane_models(catalog: Catalog, on: date, horizon_days: int) -> dict[str, str]:
    return lane_models(catalog, on, horizon_days) if has_lanes(catalog, on) else {}


def _a_week(costs: Decimal, would: Decimal, calls: float) -> Decimal:
    """`calls`: how many there for one here, to keep as many."""
    return ((costs - would * Decimal(calls)) / MIX_WEEKS).quantize(CENT)


def _votes(parts: Sequence[Used]) -> tuple[int, int]:
    return sum(part.kept for part in parts), sum(part.judged for part in parts)


def _model(catalog: Catalog, name: str) -> Model | None:
    try:
        return model_named(catalog, name)
    except UnknownModel:
        return None
