"""Requests for more than a budget holds. Each function is one transaction's work; what ends one does so once.

Whatever ends one takes the team's lock first, so of two answers the second finds the first. `tell` enqueues, in the
transaction, the job that says what came of it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.budgets.requests import (
    APPROVED,
    DECLINED,
    EXPIRED,
    NO_LONGER_NEEDED,
    REFUSED,
    WAITING,
    AskedPerson,
    BudgetRequest,
)
from bot.clock import Moment
from bot.errors import NotOpen, Shortfall
from bot.ledger import admission, holds, workspaces
from bot.ledger.limits import Scope
from bot.ledger.pictures import Limits, Wish
from bot.ledger.request_tables import budget_request_people, budget_requests
from bot.ledger.rows import Enqueue, fields, insert_if_new

Tell = Callable[[Connection, BudgetRequest], None]

LOOKED_THROUGH = 200  # approvals, newest first
_c, _people = budget_requests.c, budget_request_people.c
_PLAIN = (
    *("team_id", "id", "request_key", "person_id", "channel_id", "thread_ts", "words", "hold_nanousd", "asked_at"),
    *("until", "state", "answered_by", "answered_at", "drawing_id", "reason", "told_at", "parent_id"),
)


def request(connection: Connection, team_id: str, request_id: str) -> BudgetRequest:
    """Raises NotOpen when this team has none of that id."""
    row = connection.execute(select(budget_requests).where(_c.team_id == team_id, _c.id == request_id)).first()
    if row is None:
        raise NotOpen
    return _read(connection, row)


def waiting(connection: Connection, team_id: str) -> tuple[BudgetRequest, ...]:
    """Oldest first."""
    return _all(connection, _c.team_id == team_id, _c.state == WAITING)


def waiting_of(connection: Connection, team_id: str, person_id: str, words: str) -> BudgetRequest | None:
    """The one that person waits for with that command."""
    mine = (_c.team_id == team_id, _c.state == WAITING, _c.person_id == person_id, _c.words == words)
    return next(iter(_all(connection, *mine)), None)


def ask(connection: Connection, new: BudgetRequest, tell: Tell) -> BudgetRequest:
    """It, or the one that waits for the same command of that person already."""
    holds.lock(connection, new.team_id)
    there = waiting_of(connection, new.team_id, new.person_id, new.words or "")
    if there is not None and there.until > new.asked_at:
        return there
    if there is not None:
        _end(connection, there, EXPIRED, new.asked_at, tell)
    refusals = json.dumps([asdict(each) for each in new.shortfalls])
    connection.execute(insert(budget_requests).values(**fields(new, _PLAIN), refusals=refusals))
    people = [{"team_id": new.team_id, "request_id": new.id, "person_id": one.person_id} for one in new.people]
    connection.execute(insert(budget_request_people), people)
    _audit(connection, new, "ask", new.person_id, new.asked_at)
    tell(connection, new)
    return new


def approve(
    connection: Connection,
    answered: tuple[str, str, str],
    wish: Wish,
    limits: Limits,
    at: Moment,
    place: Enqueue,
    tell: Tell,
) -> BudgetRequest:
    """By (team, request, person): admitted and ended, or as somebody has ended it before. Raises what `admit` raises,
    and nothing is changed then."""
    team_id, request_id, person_id = answered
    stands = _open(connection, team_id, request_id, at.now, tell)
    if stands.state != WAITING:
        return stands
    drawing, _ = admission.admit(connection, wish, limits, at, place, stands.grants)
    return _end(connection, stands, APPROVED, at.now, tell, answered_by=person_id, drawing_id=drawing.id)


def decline(connection: Connection, answered: tuple[str, str, str], now: datetime, tell: Tell) -> BudgetRequest:
    team_id, request_id, person_id = answered
    stands = _open(connection, team_id, request_id, now, tell)
    return stands if stands.state != WAITING else _end(connection, stands, DECLINED, now, tell, answered_by=person_id)


def refuse(
    connection: Connection, answered: tuple[str, str, str], reason: str, now: datetime, tell: Tell
) -> BudgetRequest:
    """That person approved it, and for this reason it can't be drawn all the same."""
    team_id, request_id, person_id = answered
    stands = _open(connection, team_id, request_id, now, tell)
    if stands.state != WAITING:
        return stands
    return _end(connection, stands, REFUSED, now, tell, answered_by=person_id, reason=reason)


def drawn_without(connection: Connection, team_id: str, request_id: str, now: datetime, tell: Tell) -> None:
    """There was room again, and who asked drew it before anybody answered."""
    stands = _open(connection, team_id, request_id, now, tell)
    if stands.state == WAITING:
        _end(connection, stands, EXPIRED, now, tell, reason=NO_LONGER_NEEDED)


def overdue(connection: Connection, now: datetime) -> list[str]:
    """The teams with one whose time is over, those that took imagelane out again too."""
    teams = select(_c.team_id).where(_c.state == WAITING, _c.until <= now)
    return list(connection.execute(teams.distinct().order_by(_c.team_id)).scalars())


def expire(connection: Connection, team_id: str, now: datetime, tell: Tell) -> None:
    """Those whose time is over."""
    holds.lock(connection, team_id)
    for one in waiting(connection, team_id):
        if one.until <= now:
            _end(connection, one, EXPIRED, now, tell)


def open_ends(connection: Connection, team_id: str, since: datetime, before: datetime) -> tuple[BudgetRequest, ...]:
    """Those that a message is owed for since then: somebody is not asked, or how it ended is not told."""
    ended = (_c.answered_at > since, _c.answered_at <= before)
    untold = _all(connection, _c.team_id == team_id, _c.state != WAITING, _c.told_at.is_(None), *ended)
    asked = _all(connection, _c.team_id == team_id, _c.state == WAITING, _c.asked_at <= before)
    return (*untold, *(one for one in asked if any(each.message_ts is None for each in one.people)))


def ask_too(connection: Connection, team_id: str, request_id: str, people: Sequence[AskedPerson]) -> None:
    """These, beside those who were asked."""
    for one in people:
        row = {"team_id": team_id, "request_id": request_id, "person_id": one.person_id}
        insert_if_new(connection, budget_request_people, row)


def note_asked(connection: Connection, team_id: str, request_id: str, person: AskedPerson) -> None:
    c = _people
    one = update(budget_request_people).where(
        c.team_id == team_id, c.request_id == request_id, c.person_id == person.person_id
    )
    connection.execute(one.values(channel_id=person.channel_id, message_ts=person.message_ts))


def note_told(connection: Connection, team_id: str, request_id: str, now: datetime) -> None:
    one = update(budget_requests).where(_c.team_id == team_id, _c.id == request_id)
    connection.execute(one.values(told_at=now))


def granted_by(connection: Connection, team_id: str, scope: Scope, period: str) -> str | None:
    """Who approved something beyond that budget in that period last."""
    query = select(_c.refusals, _c.answered_by).where(_c.team_id == team_id, _c.state == APPROVED)
    for row in connection.execute(query.order_by(_c.asked_at.desc()).limit(LOOKED_THROUGH)):
        short = _short(row.refusals)
        if any((one.scope, one.scope_id, one.period) == (scope.kind, scope.id, period) for one in short):
            by: str | None = row.answered_by
            return by
    return None


def _open(connection: Connection, team_id: str, request_id: str, now: datetime, tell: Tell) -> BudgetRequest:
    """As it stands, under the team's lock; one whose time is over is ended on the way."""
    holds.lock(connection, team_id)
    stands = request(connection, team_id, request_id)
    return _end(connection, stands, EXPIRED, now, tell) if stands.state == WAITING and stands.until <= now else stands


def _end(
    connection: Connection, stands: BudgetRequest, state: str, now: datetime, tell: Tell, **how: str | None
) -> BudgetRequest:
    """The words go: a prompt is kept no longer than somebody may need it."""
    ended = replace(stands, state=state, answered_at=now, words=None, **how)  # type: ignore[arg-type]  # all of them str
    names = ("state", "answered_at", "answered_by", "words", "drawing_id", "reason")
    one = update(budget_requests).where(_c.team_id == stands.team_id, _c.id == stands.id)
    connection.execute(one.values(**fields(ended, names)))
    acts = {APPROVED: "approve", DECLINED: "decline", REFUSED: "refuse", EXPIRED: "expire"}
    _audit(connection, ended, acts[state], ended.answered_by, now)
    tell(connection, ended)
    return ended


def _audit(connection: Connection, about: BudgetRequest, act: str, person_id: str | None, now: datetime) -> None:
    """Without the words: an audit is kept for good."""
    detail = {
        "id": about.id,
        "act": act,
        "for": about.person_id,
        "hold_nanousd": about.hold_nanousd,
        "budgets": [[each.scope, each.scope_id, each.period, each.short_nanousd] for each in about.shortfalls],
        "drawing": about.drawing_id,
    }
    workspaces.audit(connection, about.team_id, person_id, "budget request", json.dumps(detail), now)


def _all(connection: Connection, *which: Any) -> tuple[BudgetRequest, ...]:
    rows = connection.execute(select(budget_requests).where(*which).order_by(_c.asked_at, _c.id)).all()
    return tuple(_read(connection, row) for row in rows)


def _read(connection: Connection, row: Row[Any]) -> BudgetRequest:
    c = _people
    query = select(c.person_id, c.channel_id, c.message_ts)
    here = query.where(c.team_id == row.team_id, c.request_id == row.id).order_by(c.person_id)
    people = tuple(AskedPerson(*each) for each in connection.execute(here))
    return BudgetRequest(**fields(row, _PLAIN), shortfalls=_short(row.refusals), people=people)


def _short(refusals: str) -> tuple[Shortfall, ...]:
    return tuple(Shortfall(**each) for each in json.loads(refusals))
