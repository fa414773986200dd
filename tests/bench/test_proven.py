"""What was proven blind decides for its kind of work, until something it rests on has changed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.bench import verdicts
from bot.bench.findings import finding
from bot.bench.own import Own
from bot.bench.proof import Proof, prove
from bot.digest import sentences as digest_words
from bot.digest.answer import DigestWeeks
from bot.entrypoints.commands import COMMANDS
from bot.estimate import answer as estimate_answer
from bot.estimate.command import Estimate
from bot.grammar import vocabulary as grammar_vocabulary
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Left
from bot.pricing.facts import Catalog
from bot.pricing.quotes import KeepCount
from bot.recommend import answer as recommend_answer
from bot.recommend import blocks as view
from bot.recommend.command import Recommend
from tests.kit.benches_made import Keeps, alike, better, decided, drawn, judged, plan
from tests.kit.lanes_made import FACTS, ended
from tests.kit.views_made import said
from tests.kit.wishes import NOW

DAY = NOW.date()
LATER, SOON = DAY + timedelta(days=1), DAY + timedelta(days=20)


def proved(keeps: Keeps = better) -> Proof:
    return prove([judged(plan(prompts=10), keeps)])


def repriced(facts: Catalog, model_id: str, since: date) -> Catalog:
    """Tokens of the model cost twice as much from that day on, and no price of an image is published."""
    model = facts.models[model_id]
    newest = max((row for row in model.rates if row.tier == "standard"), key=lambda row: row.since)
    dearer = replace(newest, image_out=newest.image_out * 2, since=since)
    rates = (dearer, *(replace(row, until=since) if row is newest else row for row in model.rates))
    return replace(facts, models={**facts.models, model_id: replace(model, ladders=(), rates=rates)})


def released(facts: Catalog, on: date) -> Catalog:
    model = replace(facts.models["gpt-image-2.5-flare"], id="gpt-image-9", released=on)
    return replace(facts, models={**facts.models, model.id: model})


def test_a_sealed_bench_decides_what_is_recommended_for_its_kind_of_work() -> None:
    mine = Own(proofs=(proved(),))
    general = recommend_answer.recommend(FACTS, Recommend("new"), LATER, mine)
    assert (general.lane, general.model) == ("budget", "gpt-image-2.5-flare")
    assert [found.kind for found in general.evidence] == ["kites"]
    found = recommend_answer.recommend(FACTS, Recommend("new", kind="Kites"), LATER, mine)
    assert (found.lane, found.model) == ("premium", "gpt-image-2.5-sunburst")
    assert "Your own evidence for kites decides: switch to gpt-image-2.5-sunburst." in found.reasons[0]
    assert "budget, gpt-image-2.5-flare" in found.reasons[1]
    lead = "Take premium for kites: your blind test of 10 prompts on 22 Nov decided it."
    assert view.recommendation(found, "recommend").text.startswith(lead)
    text = said(view.details(found)["blocks"])
    assert "Switch to gpt-image-2.5-sunburst; each kept picture" in text
    assert f"10 prompts, bench {mine.proofs[0].bench}, sealed {DAY}" in text


def test_what_is_not_proven_decides_nothing_and_says_the_best_bet() -> None:
    undecided = proved(alike)
    found = recommend_answer.recommend(FACTS, Recommend("new", kind="kites"), LATER, Own(proofs=(undecided,)))
    assert found.model == "gpt-image-2.5-flare"
    assert (found.evidence[0].winner, found.evidence[0].decides) == (None, False)
    assert "Not decided yet, best bet" in found.evidence[0].sentence
    assert found.foot.endswith("Your blind test of kites has not decided.")


def test_no_bench_of_that_kind_is_said_and_the_general_rule_stands() -> None:
    found = recommend_answer.recommend(FACTS, Recommend("quality", kind="logos"), LATER, Own(proofs=(proved(),)))
    assert found.model == "gpt-image-2.5-sunburst"
    assert "No bench of logos is sealed by that day" in found.defaults[0]
    assert found.foot.endswith("There is no blind test of logos yet.")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (ended("gpt-image-2.5-flare", SOON, DAY, ("gpt-image-2.6-flare",)), "gpt-image-2.5-flare ends on"),
        (repriced(FACTS, "gpt-image-2.5-sunburst", LATER), "gpt-image-2.5-sunburst cost $0."),
        (released(FACTS, LATER), f"gpt-image-9 came out on {LATER}"),
    ],
)
def test_an_end_a_price_or_a_newer_model_makes_it_stale(facts: Catalog, why: str) -> None:
    proof = proved()
    assert finding(FACTS, proof, LATER, 30).decides
    assert not any(why in stale for stale in finding(facts, proof, DAY - timedelta(days=1), 30).stale)
    told = finding(facts, proof, LATER, 30)
    assert not told.decides
    assert why in told.sentence
    assert "Stale: " in told.sentence
    found = recommend_answer.recommend(facts, Recommend("new", kind="kites"), LATER, Own(proofs=(proof,)))
    assert not found.reasons[0].startswith("Your own evidence")
    assert found.evidence == (told,)


def test_an_estimate_counts_with_what_a_bench_kept_and_never_mixes_it_with_other_votes() -> None:
    proof = proved()
    flare = proof.sides[0].spec
    mine = Own((KeepCount(flare, 1, 1),), None, (proof,))
    quotes = estimate_answer.estimate(FACTS, Estimate(100, kind="kites"), LATER, mine)
    rates = {quote.model: (quote.keep_rate, quote.keep_basis) for quote in quotes.quotes}
    basis = f"your bench {proof.bench}, sealed {DAY}:"
    assert rates["gpt-image-2.5-flare"] == (Decimal(0), f"{basis} 0 of 10")
    assert rates["gpt-image-2.5-sunburst"] == (Decimal(1), f"{basis} 10 of 10")
    assert any(line.startswith("kites: Switch to gpt-image-2.5-sunburst") for line in quotes.defaults)
    without = estimate_answer.estimate(FACTS, Estimate(100), LATER, mine)
    assert without.quotes[0].keep_basis == "your own 1 of 1"


def test_a_day_before_it_was_sealed_knows_nothing_of_it() -> None:
    mine = Own(proofs=(proved(),))
    before = DAY - timedelta(days=1)
    assert recommend_answer.recommend(FACTS, Recommend(on=before), LATER, mine).evidence == ()
    assert mine.of("kites", DAY) == mine.proofs[0]
    assert mine.of("kites", before) is None


def test_the_newest_bench_of_each_kind_is_asked_and_demos_prove_nothing(store: Ledger) -> None:
    first = decided(store, plan(prompts=10), better)
    second = decided(store, plan(prompts=10), alike, hours=2)
    logos = decided(store, plan(prompts=10, kind="logos"), better, hours=1)
    decided(store, plan(prompts=10, kind="demo work"), better, hours=3, demo=True)
    drawn(store, plan(prompts=10, kind="open"))
    found = verdicts.newest(store, "T1")
    assert [each.bench for each in found] == [second.id, logos.id]
    assert found[0].benches == (first.id, second.id)
    assert verdicts.newest(store, "T2") == ()


def test_the_digest_tells_what_is_proven_with_its_date_and_size(store: Ledger) -> None:
    proof = verdicts.of(store, "T1", decided(store, plan(prompts=10), better).id)
    facts = ended("gpt-image-2.5-flare", SOON, DAY)
    left = Left("2026-11", 0, 0, 0)
    for catalog, stale in ((FACTS, False), (facts, True)):
        weeks = DigestWeeks(store, catalog, lambda _team: left, ZoneInfo("UTC"), 30)
        week = weeks.week("T1", None, NOW + timedelta(days=1))
        (told,) = dict(digest_words.details(week))["Proven by your blind tests"]
        assert told.startswith("kites: ")
        assert f"(10 prompts, bench {proof.bench}, sealed {DAY})" in told
        assert ("Stale: gpt-image-2.5-flare ends on" in told) is stale


def test_a_kind_is_read_back_from_its_canonical_words() -> None:
    vocabulary = grammar_vocabulary.vocabulary(FACTS)
    for kind in ("product-shots", "own prompts", 'a "b" c', "x--on 2026"):
        asked = Recommend("new", kind=kind)
        assert COMMANDS.parse(asked.words(), vocabulary) == asked
