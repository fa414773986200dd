"""What a person's Home showed last: published again, and its sheet drawn again, only where that has changed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from bot.ledger.rows import insert_if_new
from bot.ledger.slack_tables import home_pages


@dataclass(frozen=True)
class HomePage:
    """Hashes of what was shown; `sheet_file_id` is the picture in Slack, of the pictures of `sheet_hash`."""

    page_hash: str | None = None
    sheet_hash: str | None = None
    sheet_file_id: str | None = None


def last(connection: Connection, team_id: str, person_id: str) -> HomePage:
    c = home_pages.c
    here = (c.team_id == team_id, c.person_id == person_id)
    row = connection.execute(select(c.page_hash, c.sheet_hash, c.sheet_file_id).where(*here)).first()
    return HomePage() if row is None else HomePage(*row)


def published(connection: Connection, team_id: str, person_id: str, page_hash: str | None) -> None:
    """None: whatever comes next is to be published."""
    _write(connection, team_id, person_id, {"page_hash": page_hash})


def sheet_drawn(connection: Connection, team_id: str, person_id: str, sheet_hash: str, file_id: str) -> None:
    _write(connection, team_id, person_id, {"sheet_hash": sheet_hash, "sheet_file_id": file_id})


def _write(connection: Connection, team_id: str, person_id: str, values: dict[str, Any]) -> None:
    c, place = home_pages.c, {"team_id": team_id, "person_id": person_id}
    if not insert_if_new(connection, home_pages, {**place, **values}):
        connection.execute(update(home_pages).where(c.team_id == team_id, c.person_id == person_id).values(**values))
