"""What is stuck, what was drawn, kept and spent."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.ledger import mixes, questions, settlement, votes, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Failed, Kept, PictureState, Uncertain
from bot.periods import Period
from tests.kit import cells
from tests.kit.clock import moment
from tests.kit.records import put, record
from tests.kit.wishes import CENT, IMAGE, LIMITS, NEEDED, NOW, PAID, SPEC, called, paid, placed, wish

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


STUCK = [
    (PictureState.RESERVED, NOW + 15 * MINUTE - SECOND, False),
    (PictureState.RESERVED, NOW + 15 * MINUTE, True),
    (PictureState.PLACED, NOW + 15 * MINUTE - SECOND, False),
    (PictureState.PLACED, NOW + 15 * MINUTE, True),
    (PictureState.CALLING, NOW + 60 * MINUTE, False),
    (PictureState.PAID, NOW + 2 * MINUTE - SECOND, False),
    (PictureState.PAID, NOW + 2 * MINUTE, True),
    (PictureState.PAID, NOW + timedelta(days=1) - SECOND, True),
    (PictureState.PAID, NOW + timedelta(days=1), False),
    (PictureState.DELIVERED, NOW + 60 * MINUTE, False),
]


def test_what_is_stuck_is_taken_up_again(store: Ledger) -> None:
    """One picture at each step."""
    store.admit(wish(), LIMITS, moment(NOW))
    placed(store)
    called(store)
    paid(store)
    store.write(settlement.delivered, "T1", paid(store).id, "F1", None, NOW)

    def is_taken_up(state: PictureState, at: datetime) -> bool:
        return [row.state for row in store.read(questions.stuck, at)].count(state) == 1

    cells.agree(STUCK, is_taken_up)


def test_the_last_pictures_are_those_of_the_person_newest_first(store: Ledger) -> None:
    first = paid(store, person_id="U1")
    paid(store, person_id="U2")
    called(store, person_id="U1")
    drawing, _ = store.admit(wish(person_id="U1"), LIMITS, moment(NOW + MINUTE))
    store.write(settlement.placed, "T1", drawing.id, "2.1", NOW)
    store.write(settlement.claim, "T1", drawing.generations[0].id, "w", NOW + 20 * MINUTE, NOW)
    store.settle("T1", drawing.generations[0].id, PAID, moment(NOW))
    assert [picture.id for picture in store.read(questions.last_pictures, "T1", "U1", 5)] == [
        drawing.id,
        first.drawing_id,
    ]
    assert [picture.id for picture in store.read(questions.last_pictures, "T1", "U1", 1)] == [drawing.id]
    assert store.read(questions.last_pictures, "T2", "U1", 5) == ()


def test_what_a_person_spent_is_the_sum_of_their_charges(store: Ledger) -> None:
    paid(store, person_id="U1")
    row = called(store, person_id="U1")
    store.settle("T1", row.id, Uncertain("x"), moment(NOW + MINUTE))
    paid(store, person_id="U2")
    paid(store, person_id="U1", team_id="T2")
    paid(store, person_id="U1", demo=True)
    assert store.read(questions.person_spend, "T1", "U1", NOW) == 2 * CENT + NEEDED
    assert store.read(questions.person_spend, "T1", "U1", NOW + MINUTE) == NEEDED
    assert store.read(questions.person_spend, "T1", "U9", NOW) == 0


def test_keep_counts_are_by_spec_without_demos_and_with_the_money_of_what_failed(store: Ledger) -> None:
    dearer = replace(IMAGE, spec=replace(SPEC, quality="high"))
    kept, tied = paid(store), paid(store)
    paid(store)  # unjudged
    lost = called(store)
    store.settle("T1", lost.id, Uncertain("x"), moment(NOW))
    failed = called(store)
    store.settle("T1", failed.id, Failed("x"), moment(NOW))
    paid(store, images=(dearer,))
    demo = paid(store, demo=True)
    paid(store, team_id="T2")
    for image, person, verdict in (
        (kept, "U1", "keep"),
        (tied, "U1", "keep"),
        (tied, "U2", "reject"),
        (demo, "U1", "keep"),
        (kept, "U2", "reject"),
        (kept, "U2", "keep"),
    ):
        store.write(votes.vote, "T1", image.id, person, verdict, None, NOW)
    assert store.read(questions.keep_counts, "T1", NOW) == (
        Kept(dearer.spec, images=1, judged=0, kept=0, spent_nanousd=2 * CENT),
        Kept(SPEC, images=3, judged=2, kept=1, spent_nanousd=6 * CENT + NEEDED),
    )
    assert store.read(questions.keep_counts, "T1", NOW + SECOND) == ()


def test_an_audit_row_can_be_written_for_anybody(store: Ledger) -> None:
    store.write(workspaces.audit, "T1", None, "forged id", "'; DROP TABLE charges", NOW)
    store.write(workspaces.audit, "T1", "U1", "limit", "10 -> 20", NOW)


def test_what_a_team_draws_is_its_own_pictures_and_its_pipelines_together_by_spec(store: Ledger) -> None:
    one = paid(store, request_key="1")
    store.write(votes.vote, "T1", one.id, "U1", "keep", None, NOW)
    paid(store, request_key="2")
    same = {"model": SPEC.model, "quality": SPEC.quality, "width": SPEC.size.width, "height": SPEC.size.height}
    put(store, record(**same, images=4, kept=1, rejected=2, occurred_at=NOW - MINUTE))
    put(store, record(width=None, height=None, amount_nanousd=None, basis="unknown"), record(team_id="T2"))
    put(store, record(**same, images=0), record(**same, images=None))  # no picture, or nobody knows how many
    found = {part.size: part for part in store.read(mixes.used, "T1", Period("p", NOW - MINUTE, NOW + MINUTE))}
    own = found[SPEC.size]
    assert (own.images, own.kept, own.judged, own.unknown, own.last_at) == (6, 2, 4, 0, NOW)
    assert own.spent_nanousd == 2 * one.charged_nanousd + 4 * CENT
    assert (found[None].images, found[None].spent_nanousd, found[None].unknown) == (4, 0, 1)
    assert store.read(mixes.used, "T1", Period("p", NOW + MINUTE, NOW + 2 * MINUTE)) == ()
