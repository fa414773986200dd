"""One paid call from claim to settling: who may call, and what its end books, exactly once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.ledger import holds, pauses
from bot.ledger.pictures import (
    OPEN,
    WAITING,
    Blocked,
    Drawing,
    Failed,
    Generation,
    Outcome,
    Paid,
    PictureState,
    Uncertain,
    Unusable,
)
from bot.ledger.rows import Enqueue, drawing, generation, lock_generation, new_id, usage_json
from bot.ledger.tables import charges, drawings, generations

_NEXT = generations.c.version + 1


def _is(team_id: str, generation_id: str) -> ColumnElement[bool]:
    return and_(generations.c.team_id == team_id, generations.c.id == generation_id)


def placed(
    connection: Connection,
    team_id: str,
    drawing_id: str,
    message_ts: str | None,
    real: datetime,
    enqueue: Enqueue | None,
) -> Drawing:
    """Only the first message counts: compare the answer's `message_ts` with yours to learn whose it was."""
    part = and_(generations.c.team_id == team_id, generations.c.drawing_id == drawing_id)
    moved = connection.execute(
        update(generations)
        .where(part, generations.c.state == PictureState.RESERVED)
        .values(state=PictureState.PLACED, state_at=real, version=_NEXT)
    )
    if moved.rowcount == 0:
        return drawing(connection, team_id, drawing_id)
    connection.execute(
        update(drawings)
        .where(drawings.c.team_id == team_id, drawings.c.id == drawing_id)
        .values(message_ts=message_ts, reply_url=None)
    )
    whole = drawing(connection, team_id, drawing_id)
    if enqueue is not None:
        enqueue(connection, whole)
    return whole


def release(connection: Connection, team_id: str, drawing_id: str, reason: str, real: datetime) -> Drawing:
    """Everything of the drawing that was not yet sent ends as failed, and its reservation goes back."""
    part = and_(generations.c.team_id == team_id, generations.c.drawing_id == drawing_id)
    holds.lock(connection, team_id)
    under = holds.under_of(connection, team_id, part)
    ended = connection.execute(
        update(generations)
        .where(part, generations.c.state.in_(WAITING))
        .values(state=PictureState.FAILED, state_at=real, reason=reason, version=_NEXT)
        .returning(generations.c.reserved_nanousd)
    )
    holds.book(connection, under, spent=0, returned=sum(ended.scalars()))
    return drawing(connection, team_id, drawing_id)


def claim(
    connection: Connection,
    team_id: str,
    generation_id: str,
    owner: str,
    lease_until: datetime,
    real: datetime,
    key: str | None,
) -> Generation | None:
    """The right to make the one paid call, or None when it is not there to be had."""
    seen = generation(connection, team_id, generation_id)
    if seen.state is PictureState.CALLING and key is not None:
        return seen if _claimed_as(connection, team_id, generation_id) == key else None
    if seen.state is not PictureState.PLACED:
        return None
    pauses.refuse_stopped(connection, team_id)
    if not seen.demo:
        pauses.pass_or_refuse(connection, team_id, generation_id, seen.spec.model, real)
    values = {
        "state": PictureState.CALLING,
        "state_at": real,
        "owner": owner,
        "lease_until": lease_until,
        "claim_key": key,
    }
    taken = connection.execute(
        update(generations)
        .where(_is(team_id, generation_id), generations.c.state == PictureState.PLACED)
        .values(**values, version=_NEXT)
    )
    return generation(connection, team_id, generation_id) if taken.rowcount == 1 else None


def _claimed_as(connection: Connection, team_id: str, generation_id: str) -> str | None:
    key: str | None = connection.execute(select(generations.c.claim_key).where(_is(team_id, generation_id))).scalar()
    return key


def _calling_by(team_id: str, generation_id: str, owner: str) -> ColumnElement[bool]:
    return and_(_is(team_id, generation_id), generations.c.state == PictureState.CALLING, generations.c.owner == owner)


def renew(connection: Connection, team_id: str, generation_id: str, owner: str, lease_until: datetime) -> bool:
    renewed = connection.execute(
        update(generations).where(_calling_by(team_id, generation_id, owner)).values(lease_until=lease_until)
    )
    return renewed.rowcount == 1


@dataclass(frozen=True)
class Booking:
    """What an outcome does to a row: its new state, and the charge, if any (kind, nano-dollars)."""

    state: PictureState
    kind: str | None = None
    nanousd: int = 0


def booking(row: Generation, outcome: Outcome) -> Booking | None:
    """None: the outcome comes too late, and changes nothing."""
    if row.state is PictureState.UNCERTAIN and isinstance(outcome, Paid):
        return Booking(PictureState.PAID, "correction", outcome.cost_nanousd - row.charged_nanousd)
    if row.state in WAITING and isinstance(outcome, Failed):
        return Booking(PictureState.FAILED)
    if row.state is not PictureState.CALLING:
        return None
    match outcome:
        case Paid(cost_nanousd=cost):
            return Booking(PictureState.PAID, "metered", cost)
        case Unusable(cost_nanousd=None):
            return Booking(PictureState.UNUSABLE, "assumed", row.reserved_nanousd)
        case Unusable(cost_nanousd=int(cost)):
            return Booking(PictureState.UNUSABLE, "metered", cost)
        case Blocked(stage="input"):
            return Booking(PictureState.BLOCKED)
        case Blocked():
            return Booking(PictureState.BLOCKED, "assumed", row.reserved_nanousd)
        case Failed():
            return Booking(PictureState.FAILED)
        case _:
            return Booking(PictureState.UNCERTAIN, "assumed", row.reserved_nanousd)


def settle(
    connection: Connection, team_id: str, generation_id: str, outcome: Outcome, now: datetime, real: datetime
) -> Generation:
    holds.lock(connection, team_id)
    under = holds.under_of(connection, team_id, _is(team_id, generation_id))
    lock_generation(connection, team_id, generation_id)
    before = generation(connection, team_id, generation_id)
    booked = booking(before, outcome)
    if booked is None:
        return before
    if booked.kind is not None and not before.demo:
        _charge(connection, before, booked, under.month, outcome, now)
    spent = 0 if before.demo else booked.nanousd
    returned = before.reserved_nanousd if before.state in OPEN else 0
    holds.book(connection, under, spent, returned)
    connection.execute(
        update(generations).where(_is(team_id, generation_id)).values(_ended(booked.state, outcome, now, real))
    )
    return generation(connection, team_id, generation_id)


def _charge(
    connection: Connection, row: Generation, booked: Booking, period: str, outcome: Outcome, now: datetime
) -> None:
    connection.execute(
        insert(charges).values(
            team_id=row.team_id,
            id=new_id(16),
            generation_id=row.id,
            kind=booked.kind,
            amount_nanousd=booked.nanousd,
            period=period,
            at=now,
            rates=outcome.rates if isinstance(outcome, Paid | Unusable) else None,
        )
    )


def _ended(state: PictureState, outcome: Outcome, now: datetime, real: datetime) -> dict[str, object]:
    values: dict[str, object] = {"state": state, "state_at": real, "owner": None, "lease_until": None, "version": _NEXT}
    if isinstance(outcome, Blocked | Failed | Uncertain | Unusable):
        values["reason"] = outcome.reason
    if isinstance(outcome, Paid | Unusable):
        values["usage"] = usage_json(outcome.usage)
        values["service_request_id"] = outcome.service_request_id
    if isinstance(outcome, Paid):
        values |= {
            "reason": None,
            "returned_quality": outcome.returned_quality,
            "returned_size": outcome.returned_size,
            "drawn_at": now,
        }
    return values


def uploaded(connection: Connection, team_id: str, generation_id: str, file_id: str) -> Generation:
    connection.execute(
        update(generations)
        .where(_is(team_id, generation_id), generations.c.state == PictureState.PAID, generations.c.file_id.is_(None))
        .values(file_id=file_id, version=_NEXT)
    )
    return generation(connection, team_id, generation_id)


def delivered(
    connection: Connection, team_id: str, generation_id: str, file_id: str | None, reason: str | None, real: datetime
) -> Generation:
    kept = generations.c.file_id if file_id is None else file_id  # another process may have brought it
    connection.execute(
        update(generations)
        .where(_is(team_id, generation_id), generations.c.state == PictureState.PAID)
        .values(state=PictureState.DELIVERED, state_at=real, file_id=kept, reason=reason, version=_NEXT)
    )
    return generation(connection, team_id, generation_id)
