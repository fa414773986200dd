"""The workspaces this installation serves, and the audit rows of what was done in them."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.errors import NotUnderstood
from bot.store.rows import insert_if_new, new_id
from bot.store.tables import audits, workspaces

LOCAL = "local"


def remember(connection: Connection, team_id: str, name: str, bot_user_id: str | None) -> None:
    if not insert_if_new(connection, workspaces, {"team_id": team_id, "name": name, "bot_user_id": bot_user_id}):
        connection.execute(
            update(workspaces).where(workspaces.c.team_id == team_id).values(name=name, bot_user_id=bot_user_id)
        )


def stop(connection: Connection, team_id: str, now: datetime) -> None:
    insert_if_new(connection, workspaces, {"team_id": team_id, "name": team_id})
    connection.execute(update(workspaces).where(workspaces.c.team_id == team_id).values(stopped_at=now))


def start(connection: Connection, team_id: str) -> None:
    connection.execute(update(workspaces).where(workspaces.c.team_id == team_id).values(stopped_at=None))


def bot_user(connection: Connection, team_id: str) -> str | None:
    found: str | None = connection.execute(
        select(workspaces.c.bot_user_id).where(workspaces.c.team_id == team_id)
    ).scalar()
    return found


def known(connection: Connection) -> list[str]:
    """The teams that have imagelane installed now."""
    running = select(workspaces.c.team_id).where(workspaces.c.stopped_at.is_(None), workspaces.c.team_id != LOCAL)
    return list(connection.execute(running.order_by(workspaces.c.team_id)).scalars())


def only(connection: Connection) -> str:
    """The team the terminal acts for: the one installed, or `local` where none is. Raises NotUnderstood on several."""
    found = known(connection)
    if len(found) > 1:
        raise NotUnderstood(f"Several workspaces are installed; say which one: --workspace {' or '.join(found)}.")
    return found[0] if found else LOCAL


def audit(connection: Connection, team_id: str, person_id: str | None, what: str, detail: str, now: datetime) -> None:
    connection.execute(
        insert(audits).values(team_id=team_id, id=new_id(16), at=now, person_id=person_id, what=what, detail=detail)
    )
