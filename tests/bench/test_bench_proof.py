"""What a sealed bench proves, with the benches that asked the same before it; and what is said of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.bench import blocks_quote as quoting
from bot.bench import blocks_verdict as view
from bot.bench import verdict_details, verdicts
from bot.bench import verdict_words as say
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
    costs = Decimal(1), Decimal(9), Decimal("0.25")
    asked = BenchQuote("b1", "kites", ("mini", "1.5"), quote("0.22", "0.68"), False, *costs, 1, 43)

    def advice(**changes: Any) -> str:
        return quoting.quoted(replace(asked, **changes), str).text

    assert "20 prompts show only big differences; 43 would be safer." in advice()
    for prompts, told in (
        (9, "9 prompts give no verdict; 43"),
        (43, "43 prompts are enough to show a difference that"),
    ):
        assert told in advice(quote=replace(asked.quote, prompts=prompts))
    assert "At these prices no number of prompts would tell these lanes apart." in advice(prompts_needed=None)
    assert "This was answered 4 times, the most there are: another test decides nothing." in advice(looks=4)
    assert "It needs up to $1 and $0.5 is left." not in advice()
    assert "is left." in advice(left_usd=Decimal(0))
    said = " ".join(quoting.mind(asked))
    assert "If one lane is kept 55% of the time and the other 85%, 43 prompts are enough to prove it." in said
    assert "A question may be answered 4 times; this would be number 2." in said


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
    said = view.verdict(found[4]).text
    assert "and ask for 97.5%. Four tests are the most: with each more, luck decides more often." in said
    assert "If you must choose: " in said


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
    assert said.startswith("Not decided yet: 6 of 10 pictures kept on budget, premium 6 of 10.")
    assert "So far they are about even: we are 50% sure that budget costs less, and ask for 97.5%." in said
    assert "If you must choose today: budget." in said
    budget, _, duel, test = (sentences for _, sentences in verdict_details.chapters(found))
    for part in (
        "Kept 6 of 10; by luck the true rate may be 31% to 83%.",
        "$0.0333 for each kept picture ($0.024 to $0.064).",
        "$0.20 with $0.25 of time for each reject.",
        "1.67 pictures drawn for each kept one (1.20 to 3.20).",
        "To keep 100, draw 289: that is enough in 95 of 100 cases.",
        "Reviewers were 4.0 of 5 sure.",
    ):
        assert part in budget
    for part in (
        "Both kept 6, only premium 0, only budget 0, neither 4.",
        "premium costs less with 50%; 97.5% either way is called decided.",
        "What a reject costs does not turn the answer.",
        "Break-even: premium costs less as soon as more than 60% of its pictures are kept.",
    ):
        assert part in duel
    for part in (
        "10 prompts; this is look 1 of 4 at this question.",
        "Best bet: budget costs less than premium with 50%.",
        "Without the votes that were not sure the answer does not change.",
        "A reject counts as $0.25 of people's time: 30 seconds at $30.00 an hour.",
    ):
        assert part in test


def test_a_chance_is_never_said_to_be_certain() -> None:
    assert [say.chance(p) for p in (0.0, 0.004, 0.006, 0.939, 0.994, 0.996, 1.0)] == [
        *("under 1%", "under 1%", "1%", "94%", "99%", "over 99%", "over 99%")
    ]
