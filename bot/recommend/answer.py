"""`recommend` and `models`: which lane to take on a day, and what is alive on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.bench import findings
from bot.bench.own import NOTHING_OWN, Own, no_bench
from bot.bench.proof import Proof
from bot.lanes import advice, statuses
from bot.lanes.bindings import HORIZON_DAYS
from bot.lanes.scene import Recommendation, scene
from bot.lanes.statuses import ModelList
from bot.pricing.facts import Catalog
from bot.recommend import lead_models, metered, proven
from bot.recommend.command import Models, Recommend
from bot.recommend.lead import NEW_BUILD, at_a_glance, is_move

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
    leaving = answer.existing if is_move(answer) else None
    proofs = [proof] if proof else [each for each in mine.proofs if each.sealed_on <= on]
    known = replace(
        answer,
        evidence=tuple(findings.finding(catalog, each, on, horizon_days, leaving) for each in proofs),
        defaults=(
            *([] if command.situation else [NEW_BUILD]),
            *no_bench(command.kind, proof),
        ),
    )
    known = metered.by_you(catalog, known, mine.metered, on)
    shown = at_a_glance(known, scene(catalog, on, horizon_days), command.kind, today)
    return replace(shown, blind_test=None) if leaving and _is_chosen(shown, leaving, proofs) else shown


def _is_chosen(answer: Recommendation, leaving: str, proofs: Sequence[Proof]) -> bool:
    """Whether the newest blind test of the model to be left and the one to take chose to move."""
    tests = zip(proofs, answer.evidence, strict=True)
    both = [test for test in tests if findings.is_between(test[0], leaving, answer.model)]
    return any(findings.chose(proof, said, leaving, answer.model) for proof, said in both[:1])


def models(catalog: Catalog, command: Models, today: date, horizon_days: int = HORIZON_DAYS) -> ModelList:
    known = statuses.statuses(catalog, command.on or today, command.model, horizon_days)
    return lead_models.at_a_glance(known, catalog, today)
