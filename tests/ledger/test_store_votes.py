"""One vote for each person and image, changeable, with its history."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.errors import NotOpen
from bot.ledger import questions, rows, settlement, votes
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, Failed, Tally
from tests.kit import cells
from tests.kit.clock import moment
from tests.kit.wishes import NOW, PAID, at_once, called, paid, placed

SECOND = timedelta(seconds=1)


def test_R13_twenty_presses_at_once_are_one_vote(store: Ledger) -> None:
    image = paid(store)
    jobs: list[str] = []

    def enqueue(_: Connection, drawing: Drawing) -> None:
        jobs.append(f"{drawing.id}:{drawing.version}")

    answers = at_once([lambda: store.write(votes.vote, "T1", image.id, "U1", "keep", None, NOW, enqueue)] * 20)
    assert sorted(changed for _, changed in answers) == [False] * 19 + [True]
    assert {row.tally for row, _ in answers} == {Tally(keep=1)}
    assert len(store.read(votes.history, "T1", image.id)) == 1
    assert jobs == [f"{image.drawing_id}:{image.version + 1}"]


def test_R14_a_changed_mind_keeps_both_rows_and_counts_the_last(store: Ledger) -> None:
    image = paid(store)
    store.write(votes.vote, "T1", image.id, "U1", "keep", None, NOW)
    after, changed = store.write(votes.vote, "T1", image.id, "U1", "reject", "too dark", NOW + SECOND)
    assert changed
    assert after.tally == Tally(reject=1)
    assert [(vote.verdict, vote.reason, vote.at) for vote in store.read(votes.history, "T1", image.id)] == [
        ("keep", None, NOW),
        ("reject", "too dark", NOW + SECOND),
    ]
    assert [vote.verdict for vote in store.read(votes.standing, "T1", image.id)] == ["reject"]


def test_a_reason_given_afterwards_is_a_new_row_and_the_same_vote(store: Ledger) -> None:
    image = paid(store)
    store.write(votes.vote, "T1", image.id, "U1", "reject", None, NOW)
    after, changed = store.write(votes.vote, "T1", image.id, "U1", "reject", "two kites", NOW)
    assert changed
    assert after.tally == Tally(reject=1)
    assert not store.write(votes.vote, "T1", image.id, "U1", "reject", None, NOW)[1]


@pytest.mark.parametrize("turns", [30, pytest.param(200, marks=pytest.mark.soak)])
def test_R15_two_people_in_the_same_instant_both_stand(store: Ledger, turns: int) -> None:
    image = paid(store)
    for turn in range(turns):
        verdicts = ("keep", "reject") if turn % 2 else ("reject", "keep")
        at_once(
            [
                partial(store.write, votes.vote, "T1", image.id, f"U{turn}a", verdicts[0], None, NOW),
                partial(store.write, votes.vote, "T1", image.id, f"U{turn}b", verdicts[1], None, NOW),
            ]
        )
    tally = store.read(rows.generation, "T1", image.id).tally
    assert tally == Tally(keep=turns, reject=turns)
    assert tally.verdict == "rejected"
    assert len(store.read(votes.history, "T1", image.id)) == 2 * turns


def test_R17_what_has_no_picture_can_not_be_judged(store: Ledger) -> None:
    waiting = placed(store).generations[0]
    ended = called(store)
    store.settle("T1", ended.id, Failed("no connection"), moment(NOW))
    for row_id in (waiting.id, ended.id, "unknown000", "' OR '1'='1", ""):
        with pytest.raises(NotOpen, match=r"^That is no longer open; nothing was changed\.$"):
            store.write(votes.vote, "T1", row_id, "U1", "keep", None, NOW)


def test_a_paid_picture_can_be_judged_before_and_after_delivery(store: Ledger) -> None:
    row = called(store)
    store.settle("T1", row.id, PAID, moment(NOW))
    assert store.write(votes.vote, "T1", row.id, "U1", "keep", None, NOW)[1]
    store.write(settlement.delivered, "T1", row.id, "F1", None, NOW)
    assert store.write(votes.vote, "T1", row.id, "U2", "keep", None, NOW)[0].tally == Tally(keep=2)


# Taking a vote back: `seen` is how many votes the pressed message told of.


def _pressed(store: Ledger, image_id: str, *presses: tuple[str, int]) -> list[str]:
    for verdict, seen in presses:
        store.write(votes.vote, "T1", image_id, "U1", verdict, None, NOW, None, seen)
    return [vote.verdict for vote in store.read(votes.history, "T1", image_id)]


PRESSES = [
    ([("keep", 0), ("keep", 0)], ["keep"]),  # R13: a double click
    ([("keep", 0), ("keep", 1)], ["keep", "withdrawn"]),
    ([("keep", 0), ("keep", 1), ("keep", 1)], ["keep", "withdrawn"]),  # a double click that takes it back
    ([("keep", 0), ("keep", 1), ("reject", 1)], ["keep", "withdrawn", "reject"]),
    ([("keep", 0), ("keep", 1), ("keep", 2)], ["keep", "withdrawn", "keep"]),
    ([("keep", 0), ("reject", 0)], ["keep", "reject"]),  # R14: a changed mind, whatever was seen
    ([("keep", 0), ("reject", 1), ("reject", 2)], ["keep", "reject", "withdrawn"]),
]


def test_a_second_press_on_what_tells_of_the_vote_takes_it_back(store: Ledger) -> None:
    def comes_to(presses: list[tuple[str, int]], stored: list[str]) -> None:
        assert _pressed(store, paid(store).id, *presses) == stored

    cells.hold(PRESSES, comes_to)


def test_a_vote_taken_back_counts_nowhere_and_somebody_else_s_stands(store: Ledger) -> None:
    image = paid(store)
    store.write(votes.vote, "T1", image.id, "U2", "reject", None, NOW)
    assert _pressed(store, image.id, ("keep", 1), ("keep", 2)) == ["reject", "keep", "withdrawn"]
    assert store.read(rows.generation, "T1", image.id).tally == Tally(reject=1)
    assert [vote.person_id for vote in store.read(votes.standing, "T1", image.id)] == ["U2"]
    (kept,) = store.read(questions.keep_counts, "T1", NOW - SECOND)
    assert (kept.judged, kept.kept) == (1, 0)


def test_R13_twenty_presses_at_once_take_a_vote_back_once(store: Ledger) -> None:
    image = paid(store)
    store.write(votes.vote, "T1", image.id, "U1", "keep", None, NOW, None, 0)
    at_once([lambda: store.write(votes.vote, "T1", image.id, "U1", "keep", None, NOW, None, 1)] * 20)
    assert [vote.verdict for vote in store.read(votes.history, "T1", image.id)] == ["keep", "withdrawn"]
    assert store.read(rows.generation, "T1", image.id).tally == Tally()
