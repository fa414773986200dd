"""One paid call: claimed once, booked once, and what a late or stale answer may still do."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.ledger import holds, questions, settlement, votes
from bot.ledger import rows as ledger_rows
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Blocked, Drawing, Failed, Outcome, Paid, PictureState, Uncertain, Unusable
from bot.ledger.tables import charges
from bot.pricing.usage import Usage
from tests.kit import cells
from tests.kit.clock import moment
from tests.kit.wishes import CENT, IMAGE, LEASE, LIMITS, NEEDED, NOW, PAID, SPEC, at_once, called, paid, placed, wish

SECOND = timedelta(seconds=1)
USAGE = Usage(text_in=12, image_out=400)


def money(store: Ledger, team_id: str = "T1") -> tuple[int, int]:
    """Spent and reserved; and the budget row must be the sum of its charges and reservations."""
    assert store.read(holds.differences) == []
    left = store.read(holds.left, team_id, LIMITS)
    return left.spent_nanousd, left.reserved_nanousd


def booked(store: Ledger, team_id: str = "T1") -> list[tuple[str, int]]:
    own = sa.select(charges.c.kind, charges.c.amount_nanousd).where(charges.c.team_id == team_id)
    with store.transaction() as connection:
        rows = connection.execute(own.order_by(charges.c.at)).all()
    return [(row.kind, row.amount_nanousd) for row in rows]


OUTCOMES: list[tuple[Outcome, PictureState, list[tuple[str, int]]]] = [
    (PAID, PictureState.PAID, [("metered", 2 * CENT)]),
    (replace(PAID, cost_nanousd=9 * CENT), PictureState.PAID, [("metered", 9 * CENT)]),  # the truth, though above
    (Unusable("no picture", None, None, None), PictureState.UNUSABLE, [("assumed", NEEDED)]),
    (Unusable("no picture", CENT, USAGE, "req"), PictureState.UNUSABLE, [("metered", CENT)]),
    (Blocked("refused", "input"), PictureState.BLOCKED, []),
    (Blocked("refused", "output"), PictureState.BLOCKED, [("assumed", NEEDED)]),
    (Blocked("refused", ""), PictureState.BLOCKED, [("assumed", NEEDED)]),
    (Failed("no connection"), PictureState.FAILED, []),
    (Uncertain("no answer in time"), PictureState.UNCERTAIN, [("assumed", NEEDED)]),
]


def test_an_outcome_books_what_it_must(store: Ledger) -> None:
    """Each in the books of a team of its own."""

    def books(number: int, cell: tuple[Outcome, PictureState, list[tuple[str, int]]]) -> None:
        (outcome, state, rows), team_id = cell, f"T{number}"
        row = called(store, team_id=team_id)
        assert money(store, team_id) == (0, NEEDED)
        ended = store.settle(team_id, row.id, outcome, moment(NOW + SECOND))
        assert (ended.state, ended.owner, ended.lease_until) == (state, None, None)
        assert booked(store, team_id) == rows
        assert money(store, team_id) == (sum(amount for _, amount in rows), 0)
        assert ended.charged_nanousd == sum(amount for _, amount in rows)
        assert ended.reason == getattr(outcome, "reason", None)

    cells.hold(enumerate(OUTCOMES), books)


def test_what_came_back_is_kept_beside_what_was_asked(store: Ledger) -> None:
    row = called(store)
    answer = Paid(CENT, USAGE, "high", "1536x1024", "req_1", rates="standard since 2026-09-08")
    ended = store.settle("T1", row.id, answer, moment(NOW))
    assert ended.spec == SPEC
    assert (ended.usage, ended.returned_quality, ended.returned_size) == (USAGE, "high", "1536x1024")
    assert (ended.service_request_id, ended.drawn_at) == ("req_1", NOW)
    with store.transaction() as connection:
        assert connection.execute(sa.select(charges.c.rates)).scalar() == "standard since 2026-09-08"


def test_a_demo_is_never_charged(store: Ledger) -> None:
    row = called(store, demo=True)
    assert store.settle("T1", row.id, PAID, moment(NOW)).state is PictureState.PAID
    other = called(store, demo=True)
    assert store.settle("T1", other.id, Uncertain("stopped"), moment(NOW)).state is PictureState.UNCERTAIN
    assert store.settle("T1", other.id, PAID, moment(NOW)).state is PictureState.PAID
    assert booked(store) == []
    assert money(store) == (0, 0)


def test_an_answer_is_booked_in_the_period_it_was_reserved_in(store: Ledger) -> None:
    row = called(store)
    later = replace(LIMITS, period="2026-12")
    store.admit(wish(), later, moment(NOW + timedelta(days=20)))
    store.settle("T1", row.id, PAID, moment(NOW + timedelta(days=20)))
    assert money(store) == (2 * CENT, 0)
    assert store.read(holds.left, "T1", later).spent_nanousd == 0


def test_R36_a_late_answer_turns_uncertain_into_paid_with_one_correction(store: Ledger) -> None:
    row = called(store)
    store.settle("T1", row.id, Uncertain("no answer in time"), moment(NOW))
    ended = store.settle("T1", row.id, PAID, moment(NOW + SECOND))
    assert (ended.state, ended.reason, ended.charged_nanousd) == (PictureState.PAID, None, 2 * CENT)
    assert booked(store) == [("assumed", NEEDED), ("correction", 2 * CENT - NEEDED)]
    assert money(store) == (2 * CENT, 0)
    store.settle("T1", row.id, replace(PAID, cost_nanousd=5 * CENT), moment(NOW + 2 * SECOND))
    assert money(store) == (2 * CENT, 0)


STALE = (PAID, Unusable("x", CENT, None, None), Blocked("x", "output"), Failed("x"), Uncertain("x"))


@pytest.mark.parametrize(
    "end", [PAID, Failed("no connection"), Blocked("refused", "input"), Unusable("x", 1, None, None)]
)
def test_R42_a_stale_write_changes_nothing(store: Ledger, end: Outcome) -> None:
    row = called(store)
    ended = store.settle("T1", row.id, end, moment(NOW))
    before = money(store)
    for late in STALE:
        assert store.settle("T1", row.id, late, moment(NOW + SECOND)) == ended
    assert money(store) == before


def test_R42_only_a_paid_answer_moves_what_is_uncertain(store: Ledger) -> None:
    row = called(store)
    ended = store.settle("T1", row.id, Uncertain("x"), moment(NOW))
    for late in STALE[1:]:
        assert store.settle("T1", row.id, late, moment(NOW + SECOND)) == ended
    assert money(store) == (NEEDED, 0)


def test_R42_twenty_answers_at_once_are_one_charge(store: Ledger) -> None:
    row = called(store)
    settle = partial(store.settle, "T1", row.id)
    answers = at_once([partial(settle, outcome, moment(NOW)) for outcome in (PAID, Uncertain("x")) for _ in range(10)])
    assert {answer.state for answer in answers} <= {PictureState.PAID, PictureState.UNCERTAIN}
    assert [kind for kind, _ in booked(store)] in (["metered"], ["assumed", "correction"])
    assert money(store) == (2 * CENT, 0)


@pytest.mark.parametrize("statement", ["UPDATE charges SET amount_nanousd = 0", "DELETE FROM charges"])
def test_charges_are_append_only_in_the_database_itself(store: Ledger, statement: str) -> None:
    paid(store)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.transaction() as connection:
        connection.execute(sa.text(statement))
    assert booked(store) == [("metered", 2 * CENT)]


def test_a_difference_between_budget_and_charges_is_found(store: Ledger) -> None:
    paid(store)
    with store.transaction() as connection:
        connection.execute(sa.text("UPDATE budget_periods SET spent_nanousd = spent_nanousd + 1"))
    assert len(store.read(holds.differences)) == 1
    assert "T1 2026-11" in store.read(holds.differences)[0]


# Claims and leases.


def test_of_twenty_claims_at_once_one_may_call(store: Ledger) -> None:
    row = placed(store).generations[0]
    claims = at_once([lambda: store.write(settlement.claim, "T1", row.id, "worker", LEASE, NOW)] * 20)
    assert Counter(claim is not None for claim in claims) == {True: 1, False: 19}


def test_only_what_has_its_place_is_claimed(store: Ledger) -> None:
    drawing, _ = store.admit(wish(), LIMITS, moment(NOW))
    assert store.write(settlement.claim, "T1", drawing.generations[0].id, "worker", LEASE, NOW) is None
    ended = paid(store)
    assert store.write(settlement.claim, "T1", ended.id, "worker", LEASE, NOW) is None


def test_a_lease_is_renewed_only_by_its_owner_and_only_during_the_call(store: Ledger) -> None:
    row = called(store, owner="one")
    assert not store.write(settlement.renew, "T1", row.id, "two", LEASE + SECOND)
    assert store.write(settlement.renew, "T1", row.id, "one", LEASE + SECOND)
    assert store.read(ledger_rows.generation, "T1", row.id).lease_until == LEASE + SECOND
    store.settle("T1", row.id, PAID, moment(NOW))
    assert not store.write(settlement.renew, "T1", row.id, "one", LEASE)


@pytest.mark.parametrize(("at", "found"), [(LEASE - SECOND, 0), (LEASE, 1)])
def test_R36_a_call_has_lapsed_when_its_lease_ends(store: Ledger, at: datetime, found: int) -> None:
    row = called(store)
    assert len(store.read(questions.lapsed, at)) == found
    assert [call.id for call in store.read(questions.calling)] == [row.id]


# Placing, releasing, delivering.


def test_only_the_first_message_counts(store: Ledger) -> None:
    drawing, _ = store.admit(wish(), LIMITS, moment(NOW))
    jobs: list[int] = []

    def enqueue(_: Connection, whole: Drawing) -> None:
        jobs.append(len(whole.generations))

    answers = at_once(
        [partial(store.write, settlement.placed, "T1", drawing.id, f"{n}.1", NOW, enqueue) for n in range(5)]
    )
    assert len({answer.message_ts for answer in answers}) == 1
    assert jobs == [1]
    assert store.read(ledger_rows.drawing, "T1", drawing.id).reply_url is None


@pytest.mark.parametrize("place", [True, False])
def test_what_was_not_sent_is_released_with_its_money(store: Ledger, place: bool) -> None:
    drawing, _ = store.admit(wish(images=(IMAGE, IMAGE)), LIMITS, moment(NOW))
    if place:
        store.write(settlement.placed, "T1", drawing.id, "1.1", NOW)
    released = store.write(settlement.release, "T1", drawing.id, "I am not in that channel.", NOW)
    assert {part.state for part in released.generations} == {PictureState.FAILED}
    assert {part.reason for part in released.generations} == {"I am not in that channel."}
    assert money(store) == (0, 0)
    store.write(settlement.release, "T1", drawing.id, "again", NOW)
    assert money(store) == (0, 0)


def test_what_is_being_called_is_not_released(store: Ledger) -> None:
    drawing = placed(store, images=(IMAGE, IMAGE))
    store.write(settlement.claim, "T1", drawing.generations[0].id, "worker", LEASE, NOW)
    released = store.write(settlement.release, "T1", drawing.id, "stop", NOW)
    assert [part.state for part in released.generations] == [PictureState.CALLING, PictureState.FAILED]
    assert money(store) == (0, NEEDED)


def test_a_paid_picture_is_delivered_once(store: Ledger) -> None:
    row = paid(store)
    first = store.write(settlement.delivered, "T1", row.id, "F1", None, NOW)
    assert (first.state, first.file_id) == (PictureState.DELIVERED, "F1")
    assert store.write(settlement.delivered, "T1", row.id, "F2", "again", NOW) == first
    waiting = placed(store).generations[0]
    assert store.write(settlement.delivered, "T1", waiting.id, "F3", None, NOW).state is PictureState.PLACED


def test_every_change_makes_the_drawing_newer(store: Ledger) -> None:
    drawing, _ = store.admit(wish(), LIMITS, moment(NOW))
    row = drawing.generations[0]
    versions = [drawing.version]
    for change in (
        lambda: store.write(settlement.placed, "T1", drawing.id, "1.1", NOW),
        lambda: store.write(settlement.claim, "T1", row.id, "worker", LEASE, NOW),
        lambda: store.settle("T1", row.id, PAID, moment(NOW)),
        lambda: store.write(settlement.delivered, "T1", row.id, "F1", None, NOW),
        lambda: store.write(votes.vote, "T1", row.id, "U1", "keep", None, NOW),
    ):
        change()
        versions.append(store.read(ledger_rows.drawing, "T1", drawing.id).version)
    assert versions == sorted(set(versions))
