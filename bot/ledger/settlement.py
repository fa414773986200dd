"""One paid call from claim to settling: who may call, and what its end books, exactly once."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.clock import Moment
from bot.ledger import holds, pauses
from bot.ledger.holds import Under
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
    Unusable,
)
from bot.ledger.rows import Enqueue, drawing, fields, generation, locked, new_id, read, usage_json
from bot.ledger.tables import charges, drawings, generations

_NEXT = generations.c.version + 1
# Built once, as what every call asks.
_OWN = update(generations).where(generations.c.team_id == bindparam("team"), generations.c.id == bindparam("which"))
_TAKE = _OWN.where(generations.c.state == PictureState.PLACED).values(state=PictureState.CALLING, version=_NEXT)
_END = _OWN.values(version=_NEXT)


def _is(team_id: str, generation_id: str) -> ColumnElement[bool]:
    return and_(generations.c.team_id == team_id, generations.c.id == generation_id)


def placed(
    connection: Connection,
    team_id: str,
    drawing_id: str,
    message_ts: str | None,
    real: datetime,
    enqueue: Enqueue | None = None,
) -> Drawing:
    """Only the first message counts: compare the answer's `message_ts` with yours to learn whose it was."""
    part = and_(generations.c.team_id == team_id, generations.c.drawing_id == drawing_id)
    change = connection.execute(
        update(generations)
        .where(part, generations.c.state == PictureState.RESERVED)
        .values(state=PictureState.PLACED, state_at=real, version=_NEXT)
    )
    if change.rowcount == 0:
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
    amounts = connection.execute(
        update(generations)
        .where(part, generations.c.state.in_(WAITING))
        .values(state=PictureState.FAILED, state_at=real, reason=reason, version=_NEXT)
        .returning(generations.c.reserved_nanousd)
    )
    holds.book(connection, under, spent=0, returned=sum(amounts.scalars()))
    return drawing(connection, team_id, drawing_id)


def claim(
    connection: Connection,
    team_id: str,
    generation_id: str,
    owner: str,
    lease_until: datetime,
    real: datetime,
    key: str | None = None,
) -> Generation | None:
    """The right to make the one paid call, or None when it is not there to be had."""
    row = generation(connection, team_id, generation_id)
    if row.state is PictureState.CALLING and key is not None:
        return row if _claimed_as(connection, team_id, generation_id) == key else None
    if row.state is not PictureState.PLACED:
        return None
    pauses.refuse_stopped(connection, team_id)
    if not row.demo:
        pauses.pass_or_refuse(connection, team_id, generation_id, row.spec.model, real)
    values = {"state_at": real, "owner": owner, "lease_until": lease_until, "claim_key": key}
    change = connection.execute(_TAKE, {"team": team_id, "which": generation_id, **values})
    if change.rowcount != 1:
        return None
    return replace(row, state=PictureState.CALLING, owner=owner, lease_until=lease_until, version=row.version + 1)


def _claimed_as(connection: Connection, team_id: str, generation_id: str) -> str | None:
    key: str | None = connection.execute(select(generations.c.claim_key).where(_is(team_id, generation_id))).scalar()
    return key


def _calling_by(team_id: str, generation_id: str, owner: str) -> ColumnElement[bool]:
    return and_(_is(team_id, generation_id), generations.c.state == PictureState.CALLING, generations.c.owner == owner)


def renew(connection: Connection, team_id: str, generation_id: str, owner: str, lease_until: datetime) -> bool:
    """False when the claim is no longer the owner's."""
    change = connection.execute(
        update(generations).where(_calling_by(team_id, generation_id, owner)).values(lease_until=lease_until)
    )
    return change.rowcount == 1


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


def settle(connection: Connection, team_id: str, generation_id: str, outcome: Outcome, at: Moment) -> Generation:
    holds.lock(connection, team_id)
    row = locked(connection, team_id, generation_id)
    before = read(row)
    entry = booking(before, outcome)
    if entry is None:
        return before
    under = Under(team_id, row.period, row.week, row.person_id, row.channel_id, row.project)
    if entry.kind is not None and not before.demo:
        _charge(connection, before, entry, under.month, outcome, at.now)
    returned = before.reserved_nanousd if before.state in OPEN else 0
    holds.book(connection, under, 0 if before.demo else entry.nanousd, returned)
    after = end_row(before, entry, outcome, at.now)
    connection.execute(_END, {"team": team_id, "which": generation_id, **_columns(after, at.real)})
    return after


def end_row(row: Generation, entry: Booking, outcome: Outcome, now: datetime) -> Generation:
    """As its row stands from then on."""
    spent = 0 if row.demo else entry.nanousd
    settled = replace(
        row,
        state=entry.state,
        owner=None,
        lease_until=None,
        charged_nanousd=row.charged_nanousd + spent,
        version=row.version + 1,
        reason=None if isinstance(outcome, Paid) else outcome.reason,
    )
    if not isinstance(outcome, Paid | Unusable):
        return settled
    metered = replace(settled, usage=outcome.usage, service_request_id=outcome.service_request_id)
    if not isinstance(outcome, Paid):
        return metered
    quality, size = outcome.returned_quality, outcome.returned_size
    return replace(metered, returned_quality=quality, returned_size=size, drawn_at=now)


def _charge(
    connection: Connection, row: Generation, entry: Booking, period: str, outcome: Outcome, now: datetime
) -> None:
    connection.execute(
        insert(charges).values(
            team_id=row.team_id,
            id=new_id(16),
            generation_id=row.id,
            kind=entry.kind,
            amount_nanousd=entry.nanousd,
            period=period,
            at=now,
            rates=outcome.rates if isinstance(outcome, Paid | Unusable) else None,
        )
    )


def _columns(row: Generation, real: datetime) -> dict[str, object]:
    """What an end changes."""
    return {**fields(row, _CHANGED), "usage": usage_json(row.usage), "state_at": real}


_CHANGED = (
    *("state", "owner", "lease_until", "reason", "service_request_id"),
    *("returned_quality", "returned_size", "drawn_at"),
)


def uploaded(connection: Connection, team_id: str, generation_id: str, file_id: str) -> Generation:
    """Its file is where it will be shown, though nobody has seen it yet; the first file counts."""
    connection.execute(
        update(generations)
        .where(_is(team_id, generation_id), generations.c.state == PictureState.PAID, generations.c.file_id.is_(None))
        .values(file_id=file_id, version=_NEXT)
    )
    return generation(connection, team_id, generation_id)


def delivered(
    connection: Connection, team_id: str, generation_id: str, file_id: str | None, reason: str | None, real: datetime
) -> Generation:
    """paid -> delivered; anything else stays as it is."""
    hand_over(connection, team_id, generation_id, file_id, reason, real)
    return generation(connection, team_id, generation_id)


def hand_over(
    connection: Connection, team_id: str, generation_id: str, file_id: str | None, reason: str | None, real: datetime
) -> None:
    """paid -> delivered; anything else stays as it is."""
    file = generations.c.file_id if file_id is None else file_id  # another process may have brought it
    connection.execute(
        update(generations)
        .where(_is(team_id, generation_id), generations.c.state == PictureState.PAID)
        .values(state=PictureState.DELIVERED, state_at=real, file_id=file, reason=reason, version=_NEXT)
    )
