"""The lane that the team's own sealed bench decides on, where one was judged for that kind of work."""

from dataclasses import replace
from datetime import date

from bot.bench.findings import finding
from bot.bench.proof import DECISIONS, Proof
from bot.lanes.effect import ladder
from bot.lanes.scene import Recommendation, scene, warnings
from bot.money import about, dollars
from bot.pricing import model_named
from bot.pricing.facts import Catalog


def by_evidence(catalog: Catalog, rule: Recommendation, proof: Proof, on: date, horizon_days: int) -> Recommendation:
    """The same question answered by what was proven, where that decides: it outranks the general rule."""
    evidence = finding(catalog, proof, on, horizon_days, rule.existing if rule.existing != rule.model else None)
    if not evidence.decides:
        return rule
    at, winner = scene(catalog, on, horizon_days), proof.named(proof.verdict.winner or "")
    model = model_named(catalog, winner.model)
    effects = tuple(effect for effect in rule.price_effect if effect.instead == model.id)
    agrees = rule.model == model.id
    return replace(
        rule,
        lane=at.lane_of(model),
        model=winner.model,
        reasons=(
            f"Your own evidence for {proof.kind} decides: {DECISIONS[evidence.word].lower()} {evidence.winner}.",
            f"The general rule names {'it, too' if agrees else f'{rule.lane}, {rule.model}'}.",
        ),
        tradeoff=_rests_on(proof),
        next_step=f"Draw at {winner.quality} {winner.size}, as it was judged; test it again when something changes.",
        warnings=warnings(at, model),
        alternatives=tuple(other for other in rule.alternatives if other.model != model.id),
        price_effect=effects,
        retest=rule.retest if effects else (),
        ladder=ladder(model, on),
    )


def _rests_on(proof: Proof) -> str:
    pairs = [duel for duel in proof.verdict.duels if proof.verdict.winner in (duel.challenger, duel.current)]
    duel = min(pairs, key=lambda pair: abs(pair.cheaper - 0.5))  # the nearest to going the other way
    h = dollars(proof.verdict.reject_usd)
    if duel.break_even is None:
        return f"It counts {h} for a rejected picture, and no other cost of one would turn it."
    dearer = proof.named(duel.break_even.dearer).name
    return f"It counts {h} for a rejected picture; {dearer} pays from {about(duel.break_even.usd)} upwards."
