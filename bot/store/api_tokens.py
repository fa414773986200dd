"""API tokens by their hash: made, found, listed, revoked."""

import hmac
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.api_tokens import ApiToken
from bot.errors import NotOpen
from bot.store.rows import new_id
from bot.store.tables import api_tokens, workspaces


def create(connection: Connection, team_id: str, name: str, digest: str, now: datetime) -> ApiToken:
    made = ApiToken(team_id, new_id(), name, now, None)
    connection.execute(insert(api_tokens).values(team_id=team_id, id=made.id, name=name, hash=digest, created_at=now))
    return made


def holder(connection: Connection, digest: str) -> ApiToken | None:
    """The token of that hash, unless it is revoked or its workspace took imagelane out."""
    c = api_tokens.c
    stopped = select(workspaces.c.team_id).where(workspaces.c.stopped_at.is_not(None))
    row = connection.execute(
        select(api_tokens).where(c.hash == digest, c.revoked_at.is_(None), c.team_id.not_in(stopped))
    ).first()
    if row is None or not hmac.compare_digest(row.hash, digest):
        return None
    return _token(row)


def listed(connection: Connection, team_id: str) -> tuple[ApiToken, ...]:
    c = api_tokens.c
    return tuple(map(_token, connection.execute(select(api_tokens).where(c.team_id == team_id).order_by(c.created_at))))


def revoke(connection: Connection, team_id: str, token_id: str, now: datetime) -> ApiToken:
    """Also when it was revoked before, which stands. Raises NotOpen."""
    c = api_tokens.c
    this = (c.team_id == team_id, c.id == token_id)
    connection.execute(update(api_tokens).where(*this, c.revoked_at.is_(None)).values(revoked_at=now))
    row = connection.execute(select(api_tokens).where(*this)).first()
    if row is None:
        raise NotOpen
    return _token(row)


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(row.team_id, row.id, row.name, row.created_at, row.revoked_at)
