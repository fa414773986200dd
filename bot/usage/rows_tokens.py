"""API tokens by their hash: made, found, listed, revoked. Every method is one transaction."""

import hmac
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update

from bot.ledger.rows import new_id
from bot.ledger.tables import workspaces
from bot.ledger.usage_tables import api_tokens
from bot.store.again import repeated
from bot.store.engine import reading, writing
from bot.usage.errors import NoToken
from bot.usage.tokens import RIGHTS, ApiToken


class TokenRows:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @repeated
    def create(self, team_id: str, name: str, digest: str, now: datetime, rights: tuple[str, ...] = RIGHTS) -> ApiToken:
        """Only the SHA-256 of the token comes here, and nothing else of it is kept."""
        token = ApiToken(team_id, new_id(), name, now, None, rights)
        row = {"team_id": team_id, "id": token.id, "name": name, "hash": digest, "created_at": now}
        row |= {"rights": ",".join(rights)}
        with writing(self._engine) as connection:
            connection.execute(insert(api_tokens).values(row))
        return token

    def holder(self, digest: str) -> ApiToken | None:
        """The token of that hash, unless it is revoked or its workspace took imagelane out."""
        c = api_tokens.c
        stopped = select(workspaces.c.team_id).where(workspaces.c.stopped_at.is_not(None))
        standing = select(api_tokens).where(c.hash == digest, c.revoked_at.is_(None), c.team_id.not_in(stopped))
        with reading(self._engine) as connection:
            row = connection.execute(standing).first()
        if row is None or not hmac.compare_digest(row.hash, digest):
            return None
        return _token(row)

    def listed(self, team_id: str) -> tuple[ApiToken, ...]:
        """Oldest first, the revoked ones too."""
        c = api_tokens.c
        with reading(self._engine) as connection:
            rows = connection.execute(select(api_tokens).where(c.team_id == team_id).order_by(c.created_at))
            return tuple(map(_token, rows))

    @repeated
    def revoke(self, team_id: str, token_id: str, now: datetime) -> ApiToken:
        """It stops working with this transaction; when it was revoked before, that stands. Raises NoToken."""
        c = api_tokens.c
        this = (c.team_id == team_id, c.id == token_id)
        with writing(self._engine) as connection:
            connection.execute(update(api_tokens).where(*this, c.revoked_at.is_(None)).values(revoked_at=now))
            row = connection.execute(select(api_tokens).where(*this)).first()
        if row is None:
            raise NoToken
        return _token(row)


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(row.team_id, row.id, row.name, row.created_at, row.revoked_at, tuple(row.rights.split(",")))
