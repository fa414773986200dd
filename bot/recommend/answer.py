"""`recommend` and `models`: which lane to take on a day, and what is alive on it."""

from dataclasses import replace
from datetime import date

from bot.bench import findings
from bot.bench.own import NOTHING_OWN, Own, no_bench
from bot.lanes import advice, statuses
from bot.lanes.bindings import HORIZON_DAYS
from bot.lanes.scene import Recommendation, scene
from bot.lanes.statuses import ModelList
from bot.pricing.facts import Catalog
from bot.recommend import lead_models, metered, proven
from bot.recommend.command import Models, Recommend
from bot.recommend.lead import NEW_BUILD, at_a_glance

SITUATION = "new"


def recommend(
    catalog: Catalog,
    command: Recommend,
    today: date,
    mine: Own = NOTHING_OWN,
    horizon_days: int = HORIZON_DAYS,
) -> Recommendation:
    """By what was proven for the kind of work that is named, else by the general rule; all that was proven beside."""
    on = command.on or today
    answer = advice.recommend(catalog, command.situation or SITUATION, command.model, on, horizon_days)
    proof = mine.of(command.kind, on)
    if proof is not None:
        answer = proven.by_evidence(catalog, answer, proof, on, horizon_days)
    proofs = [proof] if proof else [each for each in mine.proofs if each.sealed_on <= on]
    known = replace(
        answer,
        evidence=tuple(findings.finding(catalog, each, on, horizon_days) for each in proofs),
        defaults=(
            *([] if command.situation else [NEW_BUILD]),
            *no_bench(command.kind, proof),
        ),
    )
    known = metered.by_you(catalog, known, mine.metered, on)
    return at_a_glance(known, scene(catalog, on, horizon_days), command.kind, today)


def models(catalog: Catalog, command: Models, today: date, horizon_days: int = HORIZON_DAYS) -> ModelList:
    known = statuses.statuses(catalog, command.on or today, command.model, horizon_days)
    return lead_models.at_a_glance(known, catalog, today)
