"""What a sealed bench proves, with the benches that asked the same before it; and what is said of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.bench import blocks as quoting
from bot.bench import blocks_verdict as view
from bot.bench import verdicts
from bot.bench.plan import BenchCost, Effort, Share
from bot.bench.quote import BenchQuote, prompts_to_settle
from bot.errors import Blind, NotOpen
from bot.evidence import Word
from bot.ledger.ledger import Ledger
from tests.kit.benches_made import COST, alike, better, decided, drawn, plan


def share(total: str, images: int = 20) -> Share:
    usd = Decimal(total)
    return Share("budget", "gpt-image-1-mini", "medium", "1024x1024", images, usd / images, usd)


def quote(*totals: str) -> BenchCost:
    shares = tuple(share(total) for total in totals)
    return BenchCost(20, 20 * len(shares), shares, sum((one.total_usd for one in shares), Decimal()), 4, Decimal(1))


@pytest.mark.parametrize(
    ("totals", "effort", "said"),
    [
        (("0.22", "0.68"), Effort(), 43),  # the article's medium prices: the figure of the method
        (("0.68", "0.22"), Effort(), 43),  # whichever is used today
        (("0.22", "0.68"), Effort(seconds=Decimal(0)), 25),
        (("0.22", "0.22", "0.68"), Effort(), 43),  # of three the pair that is hardest to tell apart
    ],
)
def test_a_quote_says_how_many_prompts_would_settle_it(totals: tuple[str, ...], effort: Effort, said: int) -> None:
    assert prompts_to_settle(quote(*totals), effort) == said


def test_the_quote_says_it_before_anything_is_spent() -> None:
    asked = BenchQuote("b1", "kites", quote("0.22", "0.68"), False, Decimal(1), Decimal(9), Decimal("0.25"), 1, 43)
    said = quoting.quoted(asked).text
    guess = "With these prices and a guess of .55/.85 you need about 43 prompts"
    assert f"{guess}; 20 will settle only differences of about a factor of two." in said
    for prompts, told in ((9, "fewer than 10 give no verdict, and here are 9"), (43, "here are 43")):
        assert told in quoting.quoted(replace(asked, quote=replace(asked.quote, prompts=prompts))).text
    assert "This question was answered once before, of 4 at most." in said
    assert "no number of prompts is enough" in " ".join(quoting.mind(replace(asked, prompts_needed=None)))


def test_a_verdict_is_worked_out_from_the_stored_votes(store: Ledger) -> None:
    bench = decided(store, plan(prompts=10), better)
    found = verdicts.of(store, "T1", bench.id)
    assert (found.verdict.word, found.verdict.look, found.verdict.prompts) == (Word.SWITCH, 1, 10)
    assert found.verdict.winner is not None
    assert found.named(found.verdict.winner).role == "premium"
    old, new = (found.verdict.side(side.lane) for side in found.sides)
    assert (old.kept, old.judged, new.kept, new.judged) == (0, 10, 10, 10)
    assert new.spent_usd == Decimal(10 * COST) / 10**9
    (duel,) = found.verdict.duels
    assert (duel.both, duel.new_only, duel.old_only, duel.neither) == (0, 10, 0, 0)
    assert verdicts.of(store, "T1", bench.id) == found


def test_the_first_lane_named_is_the_one_that_is_held_on_to(store: Ledger) -> None:
    asked = plan(prompts=10)
    turned = replace(asked, entrants=asked.entrants[::-1])
    found = verdicts.of(store, "T1", decided(store, turned, better).id)
    assert (found.verdict.word, found.named(found.verdict.winner or "").role) == (Word.STAY, "premium")


def test_benches_that_ask_the_same_add_up_and_every_answer_is_a_look(store: Ledger) -> None:
    benches = [decided(store, plan(prompts=10), alike, hours=hour) for hour in range(5)]
    found = [verdicts.of(store, "T1", bench.id) for bench in benches]
    assert [one.verdict.prompts for one in found] == [10, 20, 30, 40, 50]
    assert [one.verdict.look for one in found] == [1, 2, 3, 4, 4]
    assert found[2].benches == tuple(bench.id for bench in benches[:3])
    assert found[4].verdict.word is Word.NO_CLEAR_DIFFERENCE


def test_a_prompt_counts_once_however_often_it_is_drawn(store: Ledger) -> None:
    asked = plan(prompts=10)
    decided(store, asked, better)
    again = verdicts.of(store, "T1", decided(store, asked, alike, hours=1).id)
    assert again.verdict.prompts == 10
    assert again.verdict.word is Word.SWITCH


@pytest.mark.parametrize("changes", [{"kind": "logos"}, {"lanes": 3}])
def test_another_question_is_another_verdict(store: Ledger, changes: dict[str, Any]) -> None:
    decided(store, plan(prompts=10), better)
    bench = decided(store, plan(**({"prompts": 10} | changes)), alike, hours=1)
    assert verdicts.of(store, "T1", bench.id).benches == (bench.id,)


def test_demo_votes_say_nothing_about_real_pictures(store: Ledger) -> None:
    decided(store, plan(prompts=10), better, demo=True)
    bench = decided(store, plan(prompts=10), alike, hours=1)
    assert verdicts.of(store, "T1", bench.id).benches == (bench.id,)


def test_before_it_is_sealed_and_for_other_teams_there_is_no_verdict(store: Ledger) -> None:
    bench = drawn(store)
    with pytest.raises(Blind):
        verdicts.of(store, "T1", bench.id)
    with pytest.raises(NotOpen):
        verdicts.of(store, "T2", bench.id)


def test_what_is_said_names_all_that_a_reader_needs(store: Ledger) -> None:
    found = verdicts.of(store, "T1", decided(store, plan(prompts=10), lambda place, _: place < 6).id)
    said = view.verdict(found).text
    for part in (
        "kites: KEEP TESTING.",
        "gpt-image-2.5-flare (budget) kept 6 of 10 (31-83%), $0.0333 each accepted ($0.024-$0.064), ",
        "with your $0.25 a reject, 1.67 calls for each accepted (1.20-3.20). Mean confidence 4.0.",
        "Both 6, only gpt-image-2.5-sunburst 0, only gpt-image-2.5-flare 0, neither 4.",
        "is cheaper with 50% probability: KEEP TESTING (97.5% needed).",
        "What a reject costs does not turn it.",
        "If you must choose today: gpt-image-2.5-flare (50% likely to be the cheaper one).",
        "10 prompts; look 1 of 4 at this question.",
        "Without votes of confidence 1 and 2 the verdict does not change.",
    ):
        assert part in said
    assert len(said) < 3000


def test_a_chance_is_never_said_to_be_certain() -> None:
    assert [view.chance(p) for p in (0.0, 0.004, 0.006, 0.939, 0.994, 0.996, 1.0)] == [
        *("under 1%", "under 1%", "1%", "94%", "99%", "over 99%", "over 99%")
    ]
