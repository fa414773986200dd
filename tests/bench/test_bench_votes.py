"""Votes of a blind test: by the seats of a prompt, all kept, opened when the last one is in."""

from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bench import rows_calls, rows_ends, rows_pages, rows_read, rows_votes
from bot.bench.outcome import Ballot, Pairs, outcome, pairs
from bot.bench.plan import Bench
from bot.errors import BadPlan, Blind, NotAllowed, NotOpen
from bot.ledger import votes as ledger_votes
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Uncertain
from bot.ledger.tables import votes
from tests.kit.benches_made import COST, ballots, call, drawn, in_slack, judge, plan, started
from tests.kit.clock import moment
from tests.kit.wishes import NEEDED, NOW, at_once


def verdicts(store: Ledger, bench: Bench) -> dict[tuple[int, int], list[str]]:
    _, images = store.read(rows_votes.judged, "T1", bench.id)
    return {(image.place, image.entrant): [vote.verdict for vote in image.votes] for image in images}


def test_R14_keep_then_reject_keeps_both_in_history_and_the_last_before_sealing_counts(store: Ledger) -> None:
    bench = drawn(store)
    (_, image, none), *_ = store.read(rows_votes.sheet, "T1", bench.id, 0, "U2")
    assert none is None
    for verdict, confidence in (("keep", 5), ("reject", 2), ("reject", 2), ("reject", 3)):
        store.write_once(rows_votes.vote, "T1", bench.id, "U2", [Ballot(image, verdict, confidence)], NOW)
    history = [(vote.verdict, vote.confidence) for vote in store.read(ledger_votes.history, "T1", image)]
    assert history == [("keep", 5), ("reject", 2), ("reject", 3)]
    (_, _, stands), *_ = store.read(rows_votes.sheet, "T1", bench.id, 0, "U2")
    assert stands is not None
    assert (stands.verdict, stands.confidence) == ("reject", 3)
    assert store.read(rows_read.bench, "T1", bench.id).progress.votes == 1


def test_R14_one_reviewer_at_once_from_many_places_has_one_vote_for_each_image(store: Ledger) -> None:
    bench = drawn(store)
    cast = ballots(store, bench, 0, "U2")
    at_once([partial(store.write_once, rows_votes.vote, "T1", bench.id, "U2", cast, NOW)] * 10)
    assert [len(store.read(ledger_votes.standing, "T1", ballot.generation_id)) for ballot in cast] == [1, 1]
    assert [len(store.read(ledger_votes.history, "T1", ballot.generation_id)) for ballot in cast] == [1, 1]


def test_the_last_missing_vote_seals_it_and_after_that_nothing_changes(store: Ledger) -> None:
    bench = drawn(store)
    last = ballots(store, bench, 5, "U2")
    bench = judge(store, bench, "U2", places=5)
    bench = store.write_once(rows_votes.vote, "T1", bench.id, "U2", last[:1], NOW)
    assert bench.state is BenchState.REVIEWING
    bench = store.write_once(rows_votes.vote, "T1", bench.id, "U2", last[1:], NOW)
    assert (bench.state, bench.ended_at) == (BenchState.SEALED, NOW)
    assert store.write_once(rows_votes.vote, "T1", bench.id, "U2", last, NOW) == bench  # the same press once more
    _, images = store.read(rows_votes.judged, "T1", bench.id)
    assert [len(image.votes) for image in images] == [1] * 12
    for person_id, verdict in (("U2", "reject"), ("U3", "keep")):
        other = [replace(one, verdict=verdict) for one in last]
        with pytest.raises(NotOpen):
            store.write_once(rows_votes.vote, "T1", bench.id, person_id, other, NOW)
    with pytest.raises(NotOpen):
        store.write_once(rows_votes.close, "T1", bench.id, "U1", NOW)
    with pytest.raises(NotOpen):
        store.write_once(rows_ends.cancel, "T1", bench.id, "U1", moment(NOW))


@pytest.mark.parametrize("reviewers", [1, 3])
def test_a_prompt_has_as_many_reviewers_as_planned_and_they_judge_all_of_it(store: Ledger, reviewers: int) -> None:
    bench = drawn(store, plan(prompts=5, reviewers=reviewers))
    for number in range(reviewers):
        assert bench.state is BenchState.REVIEWING
        store.write_once(rows_votes.vote, "T1", bench.id, f"U{number}", ballots(store, bench, 0, f"U{number}")[:1], NOW)
    with pytest.raises(NotAllowed, match="all its reviewers"):
        store.write_once(rows_votes.vote, "T1", bench.id, "U9", ballots(store, bench, 0, "U9")[1:], NOW)
    for number in range(reviewers):
        bench = judge(store, bench, f"U{number}")
    assert bench.state is BenchState.SEALED
    assert {len(cast) for cast in verdicts(store, bench).values()} == {reviewers}


def test_two_last_reviewers_in_the_same_instant_seal_it_once_and_no_vote_is_lost(store: Ledger) -> None:
    bench = drawn(store, plan(prompts=5, reviewers=3))
    judge(store, bench, "U1")
    for person in ("U2", "U3"):
        judge(store, bench, person, places=4)
    cast = [
        partial(store.write_once, rows_votes.vote, "T1", bench.id, person, ballots(store, bench, 4, person), NOW)
        for person in ("U2", "U3")
    ]
    assert sorted(done.state for done in at_once(cast)) == [BenchState.REVIEWING, BenchState.SEALED]
    assert {len(votes) for votes in verdicts(store, bench).values()} == {3}


def test_its_owner_may_close_it_with_the_prompts_that_are_complete(store: Ledger) -> None:
    bench = drawn(store, plan(prompts=6, lanes=3))
    with pytest.raises(BadPlan, match="nothing to seal"):
        store.write_once(rows_votes.close, "T1", bench.id, "U1", NOW)
    assert len(store.read(rows_read.bench, "T1", bench.id).remaining) == 6
    judge(store, bench, "U2", places=4)
    store.write_once(rows_votes.vote, "T1", bench.id, "U2", ballots(store, bench, 4, "U2")[:2], NOW)
    bench = store.write_once(rows_votes.close, "T1", bench.id, "U1", NOW)
    assert (bench.state, [prompt.place for prompt in bench.remaining]) == (BenchState.SEALED, [0, 1, 2, 3])
    assert {prompt.dropped for prompt in bench.prompts[4:]} == {"not_judged"}


def test_R17_a_vote_on_what_is_not_of_the_review_changes_nothing(store: Ledger) -> None:
    drawing, bench, other = started(store), drawn(store), drawn(store)
    mine, theirs = ballots(store, bench, 0, "U2"), ballots(store, other, 0, "U2")
    strange = [
        ("T1", drawing.id, mine),
        ("T2", bench.id, mine),
        ("T1", bench.id, [*mine, *theirs]),
        ("T1", bench.id, [Ballot("nosuchimag", "keep", 1)]),
        ("T1", "nosuchbench", mine),
    ]
    for team_id, bench_id, cast in strange:
        with pytest.raises(NotOpen):
            store.write_once(rows_votes.vote, team_id, bench_id, "U2", cast, NOW)
    for ballot in mine:  # by the buttons of a `try`, too
        with pytest.raises(NotOpen):
            store.write(ledger_votes.vote, "T1", ballot.generation_id, "U2", "keep", None, NOW)
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(votes)).scalar_one() == 0


def test_a_ballot_says_keep_or_reject_with_a_confidence_of_one_to_five() -> None:
    for verdict, confidence in (("perhaps", 3), ("keep", 0), ("keep", 6)):
        with pytest.raises(BadPlan):
            Ballot("image", verdict, confidence)


def test_a_sealed_bench_tells_by_lane_what_was_kept_and_paid(store: Ledger) -> None:
    bench = started(store, plan(prompts=5))
    first, *rest = store.read(rows_calls.waiting, "T1", bench.id)
    call(store, first, Uncertain("no_answer"))
    store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    for generation_id in store.read(rows_calls.waiting, "T1", bench.id):
        call(store, generation_id)
    bench = store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    premium = {*rest[::2]}
    for place in range(5):
        sheet = store.read(rows_votes.sheet, "T1", bench.id, place, "U2")
        cast = [Ballot(shown, "keep" if shown in premium or place < 2 else "reject", 5) for _, shown, _ in sheet]
        store.write_once(rows_votes.vote, "T1", bench.id, "U2", cast, NOW)
    bench, images = store.read(rows_votes.judged, "T1", bench.id)
    budget, better = outcome(bench, images).sides
    assert (budget.judged, budget.kept, better.judged, better.kept) == (5, 2, 5, 5)
    assert budget.spent_usd * 10**9 == 5 * COST + NEEDED
    assert better.per_accepted_usd is not None
    assert better.per_accepted_usd * 10**9 == COST
    assert pairs(images, 0, 1) == Pairs(both=2, only_new=3, only_old=0, neither=0)
    assert store.read(rows_read.looks, "T1", bench.question, demo=False) == 0  # five prompts give no verdict
    assert store.read(rows_read.answered, "T1", bench.question, demo=False) == {*bench.plan.prompts}
    assert store.read(rows_read.answered, "T1", bench.question, demo=True) == set()
    assert store.read(rows_read.answered, "T1", bench.question + "x", demo=False) == set()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 1), st.sampled_from("UVW"), st.sampled_from(["keep", "reject"])),
        max_size=40,
    )
)
def test_R14_whatever_is_voted_in_whatever_order_the_last_vote_of_each_seated_reviewer_counts(
    store: Ledger, presses: list[tuple[int, int, str, str]]
) -> None:
    bench = drawn(store, plan(prompts=5, reviewers=3))
    shown = [store.read(rows_votes.sheet, "T1", bench.id, place, "U") for place in range(5)]
    expected: dict[tuple[str, str], str] = {}
    for place, number, person, verdict in presses:
        _, image, _ = shown[place][number]
        if (
            store.write_once(rows_votes.vote, "T1", bench.id, person, [Ballot(image, verdict, 3)], NOW).state
            is BenchState.SEALED
        ):
            return
        expected[image, person] = verdict
    stands = {
        (image, vote.person_id): vote.verdict
        for sheet in shown
        for _, image, _ in sheet
        for vote in store.read(ledger_votes.standing, "T1", image)
    }
    assert stands == expected
    with pytest.raises(Blind):
        store.read(rows_votes.judged, "T1", bench.id)


def test_who_is_not_named_has_no_vote_and_no_prompt(store: Ledger) -> None:
    bench = drawn(store, plan(prompts=5, judges=("U2",)))
    with pytest.raises(NotAllowed, match="Only the people it names judge"):
        judge(store, bench, "U3", places=1)
    assert store.read(rows_pages.page, "T1", bench.id, "U3") is None
    in_slack(store, bench)
    assert [one.bench_id for one in store.read(rows_pages.pending, "T1", "U2")] == [bench.id]
    assert store.read(rows_pages.pending, "T1", bench.by) == ()
    assert judge(store, bench, "U2").state is BenchState.SEALED


@pytest.mark.parametrize(("judges", "reviewers"), [(("U2", "U3"), 2), (("U2", "U2", "U3"), 3), (("U2",), 3)])
def test_named_judges_are_an_odd_number_of_people(store: Ledger, judges: tuple[str, ...], reviewers: int) -> None:
    with pytest.raises(BadPlan, match="so that there is a majority"):
        drawn(store, plan(prompts=5, judges=judges, reviewers=reviewers))
