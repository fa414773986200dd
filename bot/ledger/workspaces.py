"""The workspaces this installation serves, and the audit rows of what was done in them."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.errors import NotUnderstood
from bot.ledger.rows import insert_if_new, new_id
from bot.ledger.tables import audits, workspaces

LOCAL = "local"


def remember(
    connection: Connection, team_id: str, name: str, bot_user_id: str | None, token_hash: str | None = None
) -> None:
    """A token is of one workspace, and each workspace is known by its newest."""
    values = {"name": name, "bot_user_id": bot_user_id, "token_hash": token_hash, "installed": True}
    if not insert_if_new(connection, workspaces, {"team_id": team_id, **values}):
        connection.execute(update(workspaces).where(workspaces.c.team_id == team_id).values(**values))


def of_token(connection: Connection, token_hash: str) -> str | None:
    """The team whose token that is. One that an older version remembered, without its token, stands if it is alone."""
    c = workspaces.c
    rows = connection.execute(select(c.team_id, c.token_hash).where(c.installed, c.team_id != LOCAL)).all()
    mine = [row.team_id for row in rows if row.token_hash == token_hash]
    if not mine and len(rows) == 1 and rows[0].token_hash is None:
        mine = [rows[0].team_id]
    return mine[0] if len(mine) == 1 else None


def installed(connection: Connection) -> dict[str, str]:
    """Names by team, of those taken out again too."""
    c = workspaces.c
    rows = connection.execute(select(c.team_id, c.name).where(c.installed, c.team_id != LOCAL).order_by(c.team_id))
    return {row.team_id: row.name for row in rows}


def stop(connection: Connection, team_id: str, now: datetime) -> None:
    """Its tokens are gone: nothing new is admitted or called for it until it is started again."""
    insert_if_new(connection, workspaces, {"team_id": team_id, "name": team_id, "installed": False})
    connection.execute(update(workspaces).where(workspaces.c.team_id == team_id).values(stopped_at=now))


def start(connection: Connection, team_id: str) -> None:
    connection.execute(update(workspaces).where(workspaces.c.team_id == team_id).values(stopped_at=None))


def bot_user(connection: Connection, team_id: str) -> str | None:
    """Who the bot is there, as Slack said when it was asked last."""
    user_id: str | None = connection.execute(
        select(workspaces.c.bot_user_id).where(workspaces.c.team_id == team_id)
    ).scalar()
    return user_id


def known(connection: Connection) -> list[str]:
    """The teams that have imagelane installed now."""
    c = workspaces.c
    running = select(c.team_id).where(c.installed, c.stopped_at.is_(None), c.team_id != LOCAL)
    return list(connection.execute(running.order_by(c.team_id)).scalars())


def only(connection: Connection) -> str:
    """The team the terminal acts for: the one installed, or `local` where none is. Raises NotUnderstood on several."""
    teams = known(connection)
    if len(teams) > 1:
        raise NotUnderstood(f"Several workspaces are installed; say which one: --workspace {' or '.join(teams)}.")
    return teams[0] if teams else LOCAL


def named(connection: Connection, team_id: str) -> str:
    """The same, if imagelane was ever installed there. Raises NotUnderstood: books of nobody are not begun."""
    teams = installed(connection)
    if team_id != LOCAL and team_id not in teams:
        there = f"There {'is' if len(teams) == 1 else 'are'} {' and '.join(teams)}." if teams else "There is none yet."
        raise NotUnderstood(f"imagelane is not installed in a workspace {team_id[:30]!r}. {there}")
    return team_id


def audit(connection: Connection, team_id: str, person_id: str | None, what: str, detail: str, now: datetime) -> None:
    connection.execute(
        insert(audits).values(team_id=team_id, id=new_id(16), at=now, person_id=person_id, what=what, detail=detail)
    )
