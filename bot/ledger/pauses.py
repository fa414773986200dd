"""Pauses: what the image service refused is not asked again until its time has passed, and then by one call first."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from bot.errors import Paused
from bot.ledger.pictures import Pause
from bot.ledger.rows import insert_if_new
from bot.ledger.tables import pauses, workspaces

EVERYTHING = "*"
PROBE = timedelta(minutes=10)
TELL_EVERY = timedelta(hours=1)

_STOPPED = select(workspaces.c.stopped_at).where(workspaces.c.team_id == bindparam("team"))
_PAUSED = select(pauses).where(pauses.c.scope.in_(bindparam("scopes", expanding=True)), pauses.c.until.is_not(None))


def refuse_stopped(connection: Connection, team_id: str) -> None:
    if connection.execute(_STOPPED, {"team": team_id}).scalar() is not None:
        raise Paused("imagelane was removed from this workspace. Nothing was run or charged.")


def pass_or_refuse(
    connection: Connection, team_id: str, generation_id: str, model: str, real: datetime, beside: str | None = None
) -> None:
    """Raise Paused unless nothing is paused for the model, or this generation, or the one `beside` it, may try."""
    probe = f"{team_id} {generation_id}"
    for row in connection.execute(_PAUSED, {"scopes": [model, EVERYTHING]}).all():
        if row.probe in (probe, f"{team_id} {beside}"):
            continue
        if row.until > real:
            raise Paused(row.reason)
        mine = update(pauses).where(pauses.c.scope == row.scope, pauses.c.until == row.until)
        if connection.execute(mine.values(until=real + PROBE, probe=probe)).rowcount != 1:
            raise Paused(row.reason)


def pause(connection: Connection, scope: str, until: datetime, reason: str, real: datetime) -> bool:
    """True when somebody should be told: the first time, and once an hour after that."""
    fresh = {"scope": scope, "until": until, "reason": reason, "told_at": real}
    if insert_if_new(connection, pauses, fresh):
        return True
    told_at = connection.execute(select(pauses.c.told_at).where(pauses.c.scope == scope).with_for_update()).scalar()
    tell = told_at is None or real - told_at >= TELL_EVERY
    connection.execute(
        update(pauses)
        .where(pauses.c.scope == scope)
        .values(until=until, reason=reason, probe=None, told_at=real if tell else told_at)
    )
    return tell


def unpause(connection: Connection, scope: str) -> None:
    """The row stays, so that a pause that comes back within the hour is not told again."""
    connection.execute(update(pauses).where(pauses.c.scope == scope).values(until=None, probe=None))


def standing(connection: Connection) -> tuple[Pause, ...]:
    """Those that nothing has cleared, the ones past their time too."""
    rows = connection.execute(select(pauses).where(pauses.c.until.is_not(None)).order_by(pauses.c.scope))
    return tuple(Pause(row.scope, row.until, row.reason) for row in rows)


def in_force(connection: Connection, real: datetime) -> tuple[Pause, ...]:
    rows = connection.execute(select(pauses).where(pauses.c.until > real).order_by(pauses.c.scope))
    return tuple(Pause(row.scope, row.until, row.reason) for row in rows)
