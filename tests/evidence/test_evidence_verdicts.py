"""The verdict of a sealed bench: its words on both sides of every edge, and what may never change it."""

import json
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import isfinite
from operator import is_
from random import Random
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evidence import Image, ReviewerVote, Word, verdict, verdict_word
from bot.printing.plain_json import as_json
from tests.kit import cells
from tests.kit.benches import PRICES, bench, lanes, voted

ANY_SPEED = settings(max_examples=40, deadline=None)  # the machine may be busy
USUAL = bench(both=9, new_only=8, old_only=2, neither=1)
FEW = st.integers(0, 12)
COUNTS = st.tuples(FEW, FEW, FEW, FEW).filter(lambda counts: sum(counts) > 0)
VOTES = st.lists(
    st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(1, 5)), max_size=3, unique_by=lambda v: v[0]
)
BENCHES = st.lists(st.tuples(VOTES, VOTES, VOTES), min_size=1, max_size=25)
MIRRORED = {Word.SWITCH: Word.STAY, Word.STAY: Word.SWITCH}


def _made(prompts: list[tuple[Any, Any, Any]]) -> list[Image]:
    return [
        voted(Image(f"prompt {number}", lane, PRICES[lane]), *votes)
        for number, each in enumerate(prompts)
        for lane, votes in zip(PRICES, each, strict=True)
    ]


def test_the_example_of_the_method_comes_out_as_printed() -> None:
    found = verdict(USUAL, "mini")
    assert (found.word, found.winner, found.prompts, found.look) == (Word.KEEP_TESTING, None, 20, 1)
    mini, premium = found.side("mini"), found.side("1.5")
    assert (mini.kept, mini.judged, round(mini.low, 2), round(mini.high, 2)) == (11, 20, 0.34, 0.74)
    assert (premium.kept, premium.judged, round(premium.low, 2), round(premium.high, 2)) == (17, 20, 0.64, 0.95)
    assert (mini.accepted_usd, premium.accepted_usd) == (Decimal("0.02"), Decimal("0.04"))
    assert (mini.accepted_low_usd, mini.accepted_high_usd) == (Decimal("0.014828752"), Decimal("0.032155719"))
    assert (mini.effort_usd, premium.effort_usd) == (Decimal("0.224545455"), Decimal("0.084117647"))
    assert (mini.calls_low, mini.calls, mini.calls_high) == pytest.approx(
        (1 / 0.741802, 1 / 0.55, 1 / 0.342085), abs=1e-5
    )
    (duel,) = found.duels
    assert (duel.both, duel.new_only, duel.old_only, duel.neither) == (9, 8, 2, 1)
    assert duel.cheaper == pytest.approx(0.939062, abs=1e-6)
    assert duel.break_even is not None
    assert (duel.break_even.usd, duel.break_even.seconds) == (Decimal("0.031166667"), Decimal("3.7"))
    assert duel.break_even.dearer == "1.5"
    assert (duel.saving_usd, duel.saving_effort_usd) == (Decimal("-20.00"), Decimal("140.427808"))
    assert found.bet is not None
    assert (found.bet.lane, round(found.bet.chance, 2)) == ("1.5", 0.94)


@pytest.mark.parametrize(
    ("reject_usd", "chance"), [("0", 0.004431), ("0.1", 0.850585), ("0.25", 0.939062), ("0.5", 0.958977)]
)
def test_what_a_reject_costs_decides_who_wins(reject_usd: str, chance: float) -> None:
    found = verdict(USUAL, "mini", Decimal(reject_usd))
    assert found.duels[0].cheaper == pytest.approx(chance, abs=1e-6)
    assert found.word is (Word.STAY if chance < 0.025 else Word.KEEP_TESTING)


def test_a_verdict_has_four_words_and_four_looks() -> None:
    table = [
        (0.975, 10, 1, Word.SWITCH),
        (0.9749, 10, 1, Word.KEEP_TESTING),
        (0.975, 9, 1, Word.KEEP_TESTING),
        (0.025, 10, 1, Word.STAY),
        (0.0251, 10, 1, Word.KEEP_TESTING),
        (0.5, 40, 3, Word.KEEP_TESTING),
        (0.5, 40, 4, Word.NO_CLEAR_DIFFERENCE),
        (0.975, 40, 4, Word.SWITCH),
        (0.999, 50, 5, Word.NO_CLEAR_DIFFERENCE),
    ]
    cells.agree(table, verdict_word, by=is_)


def test_the_words_are_those_of_the_method() -> None:
    assert list(Word) == ["SWITCH", "STAY", "KEEP TESTING", "no clear difference"]


@pytest.mark.parametrize(("new_only", "word", "look"), [(9, Word.KEEP_TESTING, 2), (10, Word.SWITCH, 3)])
def test_fewer_than_ten_prompts_are_no_look(new_only: int, word: Word, look: int) -> None:
    found = verdict(bench(0, new_only, 0, 0), "mini", looks_before=2)
    assert (found.word, found.look) == (word, look)


def test_a_third_lane_with_few_prompts_does_not_hide_a_look() -> None:
    few = bench(2, 1, 1, 0, new="gpt-image-1", old="1.5")
    found = verdict([*USUAL, *(image for image in few if image.lane == "gpt-image-1")], "mini")
    assert ([duel.prompts for duel in found.duels], found.prompts, found.look) == ([20, 4], 4, 1)


@pytest.mark.parametrize(("before", "look"), [(0, 1), (3, 4), (4, 4), (9, 4)])
def test_looks_are_counted_to_four(before: int, look: int) -> None:
    assert verdict(USUAL, "mini", looks_before=before).look == look


def test_a_proven_lane_is_named_whoever_asks() -> None:
    better = bench(both=8, new_only=12, old_only=0, neither=0)
    assert (verdict(better, "mini").word, verdict(better, "mini").winner) == (Word.SWITCH, "1.5")
    assert (verdict(better, "1.5").word, verdict(better, "1.5").winner) == (Word.STAY, "1.5")


def test_of_three_lanes_each_is_held_against_the_current_one() -> None:
    kept = {"mini": [False] * 14 + [True] * 6, "1.5": [True] * 20, "gpt-image-1": [True] * 19 + [False]}
    found = verdict(lanes(kept), "mini")
    assert [(duel.challenger, duel.word) for duel in found.duels] == [("1.5", "SWITCH"), ("gpt-image-1", "SWITCH")]
    assert found.winner == "1.5"
    assert found.bet is not None
    assert (found.bet.lane, found.bet.rival) == ("1.5", "gpt-image-1")
    staying = verdict(lanes(kept), "gpt-image-1")
    assert [(duel.challenger, duel.word) for duel in staying.duels] == [("1.5", "KEEP TESTING"), ("mini", "STAY")]
    assert (staying.word, staying.winner) == (Word.KEEP_TESTING, None)
    assert staying.bet == found.bet


def test_lanes_that_are_the_same_are_a_bet_on_the_current_one() -> None:
    same = [replace(image, usd=Decimal("0.02")) for image in bench(8, 3, 3, 6)]
    for current in ("mini", "1.5"):
        bet = verdict(same, current).bet
        assert bet is not None
        assert bet.lane == current
        assert bet.chance == pytest.approx(0.5)


def test_where_nothing_was_accepted_no_cost_is_told() -> None:
    found = verdict(bench(0, 12, 0, 0), "mini")
    mini = found.side("mini")
    assert (mini.kept, mini.judged, mini.rate, mini.spent_usd) == (0, 12, 0, Decimal("0.132"))
    assert {mini.accepted_usd, mini.accepted_high_usd, mini.effort_usd, mini.effort_high_usd, mini.calls} == {None}
    assert (found.duels[0].saving_usd, found.duels[0].break_even) == (None, None)
    assert found.word is Word.SWITCH


def test_an_image_nobody_judged_costs_money_and_is_neither_kept_nor_rejected() -> None:
    refused = Image("prompt 99", "mini", Decimal("0.011"))
    found, usual = verdict([*USUAL, refused], "mini"), verdict(USUAL, "mini")
    assert (found.side("mini").judged, found.side("mini").unjudged) == (20, 1)
    assert found.side("mini").spent_usd == usual.side("mini").spent_usd + Decimal("0.011")
    assert (found.side("mini").call_usd, found.side("mini").accepted_usd) == (Decimal("0.01155"), Decimal("0.021"))
    assert (found.prompts, found.duels[0].both) == (20, 9)


def test_a_lane_whose_images_all_failed_is_no_bargain() -> None:
    failed = [Image(image.prompt, "gpt-image-1", Decimal(0)) for image in USUAL if image.lane == "mini"]
    found, usual = verdict([*USUAL, *failed], "mini"), verdict(USUAL, "mini")
    assert (found.bet, found.duels[0], found.word) == (usual.bet, usual.duels[0], usual.word)
    assert found.duels[1].cheaper == pytest.approx(0.5)
    assert verdict([*failed, *(image for image in USUAL if image.lane == "mini")], "mini").bet is None


def test_a_free_lane_has_a_verdict_too() -> None:
    free = [replace(image, usd=Decimal(0)) for image in bench(5, 5, 5, 5)]
    assert verdict(free, "mini", Decimal(0)).duels[0].cheaper == pytest.approx(0.5)
    half = [replace(image, usd=Decimal(0)) if image.lane == "mini" else image for image in USUAL]
    found = verdict(half, "mini", Decimal(0))
    assert (found.word, found.duels[0].price_ratio, found.duels[0].cheaper) == (Word.STAY, None, 0)


@pytest.mark.parametrize(("yes", "kept"), [(2, True), (1, False)])
def test_an_image_is_kept_by_a_majority(yes: int, kept: bool) -> None:
    votes = [(name, number < yes, 3) for number, name in enumerate("abc")]
    assert voted(USUAL[0], *votes).kept is kept
    assert voted(USUAL[0], ("a", True, 3), ("b", False, 3)).kept is False


@pytest.mark.parametrize(("confidence", "holds"), [(2, False), (3, True)])
def test_a_verdict_that_rests_on_unsure_votes_says_so(confidence: int, holds: bool) -> None:
    sure = bench(both=8, new_only=12, old_only=0, neither=0)
    shaky = [
        voted(image, ("ann", image.kept is True, confidence)) if n >= 16 else image for n, image in enumerate(sure)
    ]
    found = verdict(shaky, "mini")
    assert (found.word, found.holds_if_sure) == (Word.SWITCH, holds)
    assert found.side("1.5").confidence == pytest.approx((8 * 4 + 12 * confidence) / 20)


def test_reviewers_who_disagree_are_reported_and_change_nothing() -> None:
    better = bench(both=8, new_only=12, old_only=0, neither=0)
    torn = [voted(i, ("a", i.kept is True, 4), ("b", i.kept is True, 4), ("c", not i.kept, 4)) for i in better]
    found = verdict(torn, "mini")
    assert (found.word, found.agreement.low, found.agreement.shared) == (Word.SWITCH, True, 40)
    assert found.agreement.raw == pytest.approx(1 / 3)


@pytest.mark.parametrize("images", [[], USUAL[1::2], USUAL[::2], [*USUAL, USUAL[0]]])
def test_a_prompt_counts_once_and_one_lane_proves_nothing(images: list[Image]) -> None:
    with pytest.raises(ValueError, match="two lanes or more"):
        verdict(images, "mini")


@ANY_SPEED
@given(BENCHES, st.randoms(use_true_random=False), st.sampled_from(sorted(PRICES)))
def test_the_order_of_prompts_lanes_and_votes_changes_nothing(
    prompts: list[tuple[Any, Any, Any]], random: Random, current: str
) -> None:
    images = _made(prompts)
    shuffled = [
        replace(i, votes=tuple(random.sample(i.votes, len(i.votes)))) for i in random.sample(images, len(images))
    ]
    assert verdict(shuffled, current) == verdict(images, current)


@ANY_SPEED
@given(COUNTS, st.integers(0, 4), st.sampled_from(["0", "0.05", "0.25", "0.5"]))
def test_swapping_the_lanes_mirrors_the_words_and_keeps_the_winner(
    counts: tuple[int, int, int, int], before: int, reject_usd: str
) -> None:
    images = bench(*counts)
    one, other = (verdict(images, current, Decimal(reject_usd), before) for current in ("mini", "1.5"))
    assert one.duels[0].cheaper + other.duels[0].cheaper == pytest.approx(1)
    assert other.word is MIRRORED.get(one.word, one.word)
    assert other.winner == one.winner
    assert other.sides == one.sides
    assert other.duels[0].break_even == one.duels[0].break_even
    assert one.bet is not None
    if one.bet.chance > 0.5 + 1e-6:
        assert other.bet == one.bet


@ANY_SPEED
@given(COUNTS)
def test_what_lanes_are_called_changes_nothing(counts: tuple[int, int, int, int]) -> None:
    images = bench(*counts)
    names = {"mini": "zebra", "1.5": "aardvark"} if counts[0] % 2 else {"mini": "a", "1.5": "z"}
    found, renamed = verdict(images, "mini"), verdict([replace(i, lane=names[i.lane]) for i in images], names["mini"])
    assert renamed.word is found.word
    assert renamed.duels[0].cheaper == pytest.approx(found.duels[0].cheaper, abs=1e-9)
    assert renamed.winner == (names[found.winner] if found.winner else None)


@ANY_SPEED
@given(BENCHES, st.sampled_from(sorted(PRICES)), st.sampled_from(["0", "0.25"]))
def test_a_verdict_is_numbers_that_every_door_can_tell(
    prompts: list[tuple[Any, Any, Any]], current: str, reject_usd: str
) -> None:
    found = verdict(_made(prompts), current, Decimal(reject_usd))
    json.dumps(as_json(found), allow_nan=False)
    assert all(0 <= side.low <= side.high <= 1 for side in found.sides)
    assert (found.bet is None) is (sum(side.judged > 0 for side in found.sides) < 2)
    assert found.bet is None or 0 <= found.bet.chance <= 1
    for part in (*found.sides, *found.duels):
        for name, value in vars(part).items():
            assert not name.endswith("usd") or value is None or (isinstance(value, Decimal) and value.is_finite())
            assert not isinstance(value, float) or isfinite(value)


def test_forty_prompts_on_three_lanes_take_less_than_a_tenth_of_a_second() -> None:
    random = Random(7)
    rates = {"mini": 0.55, "1.5": 0.85, "gpt-image-1": 0.65}
    images = [
        Image(
            f"prompt {n}",
            lane,
            PRICES[lane],
            tuple(ReviewerVote(who, random.random() < rates[lane], 4) for who in "abc"),
        )
        for n, lane in product(range(40), rates)
    ]
    seconds = []
    for _ in range(3):
        started = process_time()
        verdict(images, "mini")
        seconds.append(process_time() - started)
    assert min(seconds) < 0.1
