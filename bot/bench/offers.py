"""The next bench worth its money: where the budget lane is kept less often, the same frozen prompts on premium."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.bench.proof import NamedSide, Offer, Proof
from bot.errors import BadSpec
from bot.lanes.bindings import lane_models
from bot.lanes.life import lasts
from bot.ledger.lane_choices import LaneChoice
from bot.money import plain
from bot.pricing import model_named
from bot.pricing.facts import Catalog
from bot.pricing.prices import list_price
from bot.pricing.spec import ImageSpec
from bot.samples.priced_images import LANE, QUALITY


def offer(catalog: Catalog, proof: Proof, on: date, horizon_days: int) -> Offer | None:
    """None where budget was kept as often, where premium was there, and where premium can't draw these."""
    names = lane_models(catalog, on, horizon_days)
    rates = {side.lane: side.kept / side.judged for side in proof.verdict.sides if side.judged}
    budget = next((side for side in proof.sides if side.role == "budget" and side.lane in rates), None)
    best = max(proof.sides, key=lambda side: rates.get(side.lane, 0.0))
    premium = names.get("premium")
    if budget is None or premium is None or rates[budget.lane] >= rates[best.lane]:
        return None
    if premium in [side.model for side in proof.sides]:
        return None
    spec = replace(best.spec, model=premium)
    try:
        each = [_expected(catalog, one, on) for one in (best.spec, spec)]
    except BadSpec:
        return None
    prices = [usd for usd in each if usd is not None]
    return Offer(
        sides=((best.role or best.model, best.quality), ("premium", best.quality)),
        size=best.size,
        model=premium,
        prompts=proof.prompts,
        total_usd=plain(proof.prompts * sum(prices, Decimal(0))) if len(prices) == len(each) else None,
    )


def usable(
    catalog: Catalog, proof: Proof, on: date, horizon_days: int, beside: LaneChoice | None = None
) -> NamedSide | None:
    """The winner or the best bet; None in a demo, where its model ends soon, where its lane has gone on to a model
    nobody judged, and where it is drawn on anyway. `beside` is what its channel chose by now."""
    result = proof.verdict
    lane = result.winner or (result.bet.lane if result.bet else None)
    if lane is None or proof.demo:
        return None
    side = proof.named(lane)
    if beside is None and (side.role, side.quality) == (LANE, QUALITY):
        return None
    if side.role and lane_models(catalog, on, horizon_days).get(side.role) != model_named(catalog, side.model).id:
        return None
    return side if lasts(model_named(catalog, side.model), on, horizon_days) else None


def _expected(catalog: Catalog, spec: ImageSpec, on: date) -> Decimal | None:
    return list_price(model_named(catalog, spec.model), spec, on)
