"""A blind test as values: plans, letters, quotes, what happens next, and what votes come to."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench import prompt_sets
from bot.bench.letters import order
from bot.bench.outcome import Judged, Pairs, pairs
from bot.bench.plan import Effort, Plan, checked, prompts_in, question, reserved, spare
from bot.bench.plan import quote as bench_quote
from bot.bench.steps import Cell, Steps, pictures, steps
from bot.errors import BadPlan
from bot.ledger.pictures import PictureState, Vote, Wished
from bot.money import nanousd
from bot.pricing.spec import ImageSpec, Size
from bot.samples.command import checked as checked_prompt
from bot.samples.priced_images import Entrant
from tests.kit import cells
from tests.kit.wishes import NOW

FLARE, SUNBURST, TWO = (
    Entrant(lane, ImageSpec(model, "medium", Size(1024, 1024)))
    for lane, model in (
        ("budget", "gpt-image-2.5-flare"),
        ("premium", "gpt-image-2.5-sunburst"),
        ("legacy", "gpt-image-2"),
    )
)
PLAN = Plan(tuple(f"kite {n}" for n in range(6)), (FLARE, SUNBURST), "kites")


def test_there_are_three_sets_of_forty_prompts_each_usable_and_none_twice() -> None:
    sets = prompt_sets.prompt_sets()
    assert sorted(sets) == ["editorial-scenes", "product-shots", "social-posts"]
    prompts = [prompt for named in sets.values() for prompt in named]
    assert [len(named) for named in sets.values()] == [40, 40, 40]
    assert len({*prompts}) == 120
    assert [checked_prompt(prompt) for prompt in prompts] == prompts


def test_prompts_are_read_one_a_line_without_remarks() -> None:
    assert prompts_in("\ufeff# ours\n\n a red kite \r\n  # no\nboats # two\n") == ("a red kite", "boats # two")


def test_a_plan_is_refused_with_what_is_wrong() -> None:
    table = [
        ({"prompts": PLAN.prompts[:4]}, "takes 5 to 40 prompts; here are 4"),
        ({"prompts": tuple(map(str, range(41)))}, "here are 41"),
        ({"prompts": (*PLAN.prompts, "kite 0")}, "'kite 0' stands there twice"),
        ({"entrants": (FLARE,)}, "compares 2 or 3 lanes or models; here are 1"),
        ({"entrants": (FLARE, SUNBURST, TWO, FLARE)}, "here are 4"),
        ({"entrants": (FLARE, replace(FLARE, lane=None))}, "nothing to compare"),
        ({"reviewers": 2}, "1, 3 or 5"),
        ({"reviewers": 7}, "1, 3 or 5"),
        ({"kind": ""}, "1 to 40 characters"),
        ({"kind": "a\nb"}, "1 to 40 characters"),
        ({"effort": Effort(Decimal(-1))}, "no less than nothing"),
    ]

    def answer(changes: Any) -> str:
        return cells.refusal(BadPlan, checked, replace(PLAN, **changes))

    cells.agree(table, answer, by=cells.within)


@pytest.mark.parametrize(
    "changes",
    [
        {"prompts": PLAN.prompts[:5]},
        {"prompts": tuple(map(str, range(40)))},
        {"entrants": (FLARE, SUNBURST, TWO)},
        {"reviewers": 5},
        {"kind": "k" * 40},
    ],
)
def test_a_plan_at_the_edge_is_taken(changes: Any) -> None:
    plan = replace(PLAN, **changes)
    assert checked(plan) is plan


def test_a_reject_costs_thirty_seconds_at_thirty_dollars_an_hour() -> None:
    assert Effort().usd == Decimal("0.25")
    assert Effort(Decimal(4), Decimal(30)).usd == Decimal("0.033333333")


def test_the_same_question_has_one_name_whatever_the_order_and_the_prompts() -> None:
    other = replace(PLAN, entrants=(replace(SUNBURST, lane=None), FLARE), prompts=tuple(map(str, range(9))))
    assert question(other) == question(PLAN)
    assert question(replace(PLAN, kind="boats")) != question(PLAN)


# letters


@given(st.text(), st.text(), st.integers(2, 3), st.integers(0, 5))
def test_every_block_of_prompts_shows_every_order_once(seed: str, reviewer: str, entrants: int, block: int) -> None:
    orders = {2: 2, 3: 6}[entrants]
    seen = [order(seed, reviewer, block * orders + n, entrants) for n in range(orders)]
    assert len({*seen}) == orders
    assert all(sorted(one) == list(range(entrants)) for one in seen)


@given(st.text(min_size=1), st.sampled_from([(2, 20), (2, 40), (3, 12), (3, 18)]))
def test_each_entrant_stands_first_equally_often(seed: str, of: tuple[int, int]) -> None:
    entrants, prompts = of
    first = Counter(order(seed, "U1", place, entrants)[0] for place in range(prompts))
    assert {*first.values()} == {prompts // entrants}


def test_the_order_comes_from_the_stored_seed_alone_and_differs_by_reviewer() -> None:
    def orders(seed: str, reviewer: str) -> list[tuple[int, ...]]:
        return [order(seed, reviewer, place, 3) for place in range(12)]

    assert orders("s", "U1") == orders("s", "U1")
    assert len({tuple(orders(seed, person)) for seed in ("s", "t") for person in ("U1", "U2")}) == 4
    # As stored benches were shown: never to change.
    assert orders("s", "U1")[:3] == [(0, 1, 2), (1, 0, 2), (0, 2, 1)]


# money


def image(entrant: Entrant, expected: int, most: int) -> Wished:
    return Wished(entrant.lane, entrant.spec, expected, most)


def test_a_quote_is_prompts_times_lanes_and_reserves_a_tenth_of_the_calls_more() -> None:
    grid = [(image(FLARE, 10, 12), image(SUNBURST, 30, 40))] * 6
    quote = bench_quote(PLAN, grid)
    assert [(share.images, nanousd(share.total_usd)) for share in quote.shares] == [(6, 60), (6, 180)]
    assert (quote.images, nanousd(quote.total_usd), quote.spare) == (12, 240, 2)
    assert spare(grid) == 2 * 40
    assert nanousd(quote.most_usd) == reserved(grid) == 6 * 52 + 80


def test_a_price_that_hangs_on_the_prompt_has_no_price_of_one() -> None:
    grid = [(image(FLARE, 10 + n, 12), image(SUNBURST, 30, 40)) for n in range(6)]
    assert [share.each_usd is None for share in bench_quote(PLAN, grid).shares] == [True, False]


# what happens next


def cell(place: int, entrant: int, state: PictureState, attempt: int = 1, reason: str | None = None) -> Cell:
    return Cell(place, entrant, attempt, f"g{place}{entrant}{attempt}", f"d{place}{attempt}", state, reason, 10)


DONE = [cell(0, 0, PictureState.DELIVERED), cell(0, 1, PictureState.PAID)]


@pytest.mark.parametrize(
    ("state", "reason"),
    [(PictureState.UNCERTAIN, "no_answer"), (PictureState.FAILED, "busy"), (PictureState.FAILED, "unreachable")],
)
def test_R31_a_lost_call_is_made_once_more_while_there_is_spare_and_then_its_prompt_is_dropped(
    state: PictureState, reason: str
) -> None:
    lost = [cell(1, 0, state, reason=reason), cell(1, 1, PictureState.PAID)]
    assert steps(DONE + lost, [0, 1], 10) == Steps((lost[0],))
    assert steps(DONE + lost, [0, 1], 9) == Steps(drop=((1, "no_spare"),), over=True)
    twice = [*lost, cell(1, 0, state, 2, reason)]
    assert steps(DONE + twice, [0, 1], 100) == Steps(drop=((1, reason),), over=True)
    again = [*lost, cell(1, 0, PictureState.PAID, 2)]
    assert steps(DONE + again, [0, 1], 0) == Steps(over=True)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (PictureState.BLOCKED, "moderation"),
        (PictureState.UNUSABLE, "no_picture"),
        (PictureState.FAILED, "paused"),
        (PictureState.FAILED, "x"),
    ],
)
def test_what_would_end_the_same_way_again_drops_its_prompt_at_once(state: PictureState, reason: str) -> None:
    lost = [cell(1, 0, PictureState.PLACED), cell(1, 1, state, reason=reason)]
    assert steps(DONE + lost, [0, 1], 100) == Steps(drop=((1, reason),), over=True)


@pytest.mark.parametrize("state", [PictureState.PLACED, PictureState.CALLING])
def test_it_is_not_over_while_a_call_of_a_remaining_prompt_is_under_way(state: PictureState) -> None:
    under_way = [cell(1, 0, state), cell(1, 1, PictureState.PAID)]
    assert steps(DONE + under_way, [0, 1], 100) == Steps()
    assert steps(DONE + under_way, [0], 100) == Steps(over=True)


def test_R61_stopped_it_drops_whole_prompts_and_waits_only_for_calls_that_cannot_be_taken_back() -> None:
    half = [
        cell(1, 0, PictureState.PAID),
        cell(1, 1, PictureState.PLACED),
        cell(2, 0, PictureState.PAID),
        cell(2, 1, PictureState.CALLING),
    ]
    lost = [cell(3, 0, PictureState.UNCERTAIN, reason="no_answer"), cell(3, 1, PictureState.PAID)]
    found = steps(DONE + half + lost, [0, 1, 2, 3], 100, stopped=True)
    assert found == Steps(drop=((1, "stopped"), (3, "no_answer")))


def test_an_image_that_came_late_after_all_does_not_displace_the_one_drawn_again() -> None:
    both = [cell(0, 0, PictureState.PAID), cell(0, 0, PictureState.DELIVERED, 2)]
    assert pictures(both) == {(0, 0): both[1]}
    open_ = [cell(0, 0, PictureState.PAID), cell(0, 0, PictureState.CALLING, 2)]
    assert pictures(open_) == {(0, 0): None}
    failed = [cell(0, 0, PictureState.PAID), cell(0, 0, PictureState.FAILED, 2)]
    assert pictures(failed) == {(0, 0): failed[0]}


# votes


def judged(place: int, entrant: int, *verdicts: str, **changes: Any) -> Judged:
    votes = tuple(Vote(f"U{n}", verdict, None, NOW, 3) for n, verdict in enumerate(verdicts))
    plain = Judged(place, entrant, 1, f"g{place}{entrant}", PictureState.DELIVERED, 10, votes, None, True)
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("verdicts", "kept"),
    [
        (["keep"], True),
        (["reject"], False),
        (["keep", "reject", "keep"], True),
        (["keep", "reject", "reject"], False),
        (["keep", "reject"], False),
        ([], False),
    ],
)
def test_an_image_is_kept_by_the_majority_and_a_tie_is_not_kept(verdicts: list[str], kept: bool) -> None:
    assert judged(0, 0, *verdicts).kept is kept


def test_pairs_count_the_prompts_judged_on_both_and_leave_out_the_dropped() -> None:
    ballots = [("keep", "keep"), ("reject", "keep"), ("reject", "keep"), ("keep", "reject"), ("reject", "reject")]
    images = [judged(place, n, verdict) for place, row in enumerate(ballots) for n, verdict in enumerate(row)]
    images += [judged(9, n, "keep", dropped="stopped") for n in (0, 1)]
    assert pairs(images, old=0, new=1) == Pairs(both=1, only_new=2, only_old=1, neither=1)
    assert pairs(images, old=1, new=0) == Pairs(both=1, only_new=1, only_old=2, neither=1)
