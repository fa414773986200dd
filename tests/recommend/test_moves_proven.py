"""What a team's own blind test of a model that ends says to a plan, to the post about it and to a recommendation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bench.own import Own
from bot.bench.proof import Proof, prove
from bot.digest import blocks_watch
from bot.digest.notice import EndingModel, EndNotice
from bot.pricing.spec import ImageSpec
from bot.recommend import answer_migration, blocks_migration
from bot.recommend.plans import MovePlan, Work
from bot.samples.priced_images import Entrant
from bot.slack.message import Message
from tests.kit import looks
from tests.kit.benches_made import Keeps, alike, better, judged
from tests.kit.benches_made import plan as bench_plan
from tests.kit.lanes_made import FACTS
from tests.recommend.test_migration_looks import FLARE, MINI, MONTH, SQUARE, SUNBURST, behind, message, typed
from tests.recommend.test_recommend_looks import grey, labels
from tests.recommend.test_recommend_looks import shown as recommended


def newer(_place: int, model: str) -> bool:
    return model != MINI


def older(_place: int, model: str) -> bool:
    return model == MINI


def a_proof_of(other: str, keeps: Keeps) -> Proof:
    """A sealed blind test of the model that ends and that one."""
    sides = (("other", MINI), ("premium", other))
    entrants = tuple(Entrant(lane, ImageSpec(model, "medium", SQUARE)) for lane, model in sides)
    return prove([judged(bench_plan(prompts=10, entrants=entrants), keeps)])


@pytest.mark.parametrize(
    ("other", "keeps", "first"),
    [(FLARE, newer, "Try it…"), (FLARE, alike, "Blind test: $0.24"), (SUNBURST, newer, "Blind test: $0.24")],
)
def test_what_a_blind_test_of_ones_own_chose_is_not_tested_again(other: str, keeps: Keeps, first: str) -> None:
    answer = planned(a_proof_of(other, keeps))
    shown = message(answer)
    looks.holds(shown)
    assert str(shown.blocks[-1]["elements"][0]["text"]["text"]) == first
    assert ("What would prove it" in behind(blocks_migration.details(answer))) == first.startswith("Blind")


@pytest.mark.parametrize(("keeps", "said_of_it"), [(better, f"says {SUNBURST}."), (alike, "names no winner.")])
def test_a_blind_test_of_both_models_is_told_with_its_day_and_not_of_others(keeps: Keeps, said_of_it: str) -> None:
    proof = a_proof_of(SUNBURST, keeps)
    work = Work(MONTH, proofs=(proof, prove([judged(bench_plan(prompts=10), keeps)])))
    answer = answer_migration.migrate(FACTS, work, typed(f"migrate {MINI}"), proof.sealed_on)
    assert isinstance(answer, MovePlan)
    assert [found.bench for found in answer.tested] == [proof.bench]
    assert said_of_it in answer.foot
    assert answer.tested[0].sentence in behind(blocks_migration.details(answer))
    earlier = replace(typed(f"migrate {MINI}"), on=proof.sealed_on - timedelta(days=1))
    before = answer_migration.migrate(FACTS, work, earlier, proof.sealed_on)
    assert isinstance(before, MovePlan)
    assert before.tested == ()


def planned(proof: Proof) -> MovePlan:
    asked = replace(typed(f"migrate {MINI}"), on=proof.sealed_on)
    answer = answer_migration.migrate(FACTS, Work(MONTH, proofs=(proof,)), asked, proof.sealed_on)
    assert isinstance(answer, MovePlan)
    return answer


def posted(plan: MovePlan) -> Message:
    ending = EndingModel(MINI, 2, 0, 1000, plan.now.cost, plan.day, (), plan)
    assert plan.ends_on is not None
    return blocks_watch.notice(EndNotice(plan.day, plan.ends_on, 7, (ending,)))


def test_the_post_says_what_a_blind_test_chose_and_offers_it_no_more() -> None:
    chosen, open_one = (posted(planned(a_proof_of(FLARE, keeps))) for keeps in (newer, alike))
    looks.holds(chosen)
    assert (grey(chosen), labels(chosen)) == (f"Your blind test of 22 Nov says {FLARE}.", ["Plan the move", "Details"])
    assert grey(open_one) == "Quality words do not carry over: choose again by look."
    assert labels(open_one) == ["Plan the move", "Test it blind: $0.24", "Details"]


@pytest.mark.parametrize("kind", ["", " --for kites"])
@pytest.mark.parametrize(
    ("keeps", "said", "steps"),
    [
        (newer, f"Your blind test of kites chose {FLARE}.", ["Try it…", "Share", "Details"]),
        (alike, "Your blind test of kites has not decided.", ["Blind test: $0.24", "Try it…", "Share", "Details"]),
        (older, "Your blind test of kites is out of date.", ["Blind test: $0.24", "Try it…", "Share", "Details"]),
    ],
)
def test_a_recommendation_stands_by_the_test_that_chose_to_move(
    kind: str, keeps: Keeps, said: str, steps: list[str]
) -> None:
    shown = recommended(f"recommend existing {MINI}{kind}", Own(proofs=(a_proof_of(FLARE, keeps),)))
    looks.holds(shown)
    assert looks.lead_of(shown) == f"Move to {FLARE} by 30 Nov: {MINI} shuts down in 3 days."
    assert grey(shown).endswith(said)
    assert labels(shown) == steps
