"""Windows under way, each with the answer it was opened from: a window itself is no place for a response_url."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, delete, select, update

from bot.ledger.rows import insert_if_new
from bot.ledger.slack_tables import opened_windows
from bot.store.again import repeated
from bot.store.engine import writing

KEPT = timedelta(minutes=30)  # as long as a response_url works


@dataclass(frozen=True)
class OpenedFrom:
    """`question` is in the words of the feature that opened the window. `alone`: only that person sees the answer."""

    person_id: str
    channel_id: str | None
    thread_ts: str | None
    reply_url: str | None
    alone: bool
    question: str


@dataclass(frozen=True)
class Saved:
    """`first`: it was not saved before, so it is told now. `opened_from` None: not known any more."""

    first: bool
    opened_from: OpenedFrom | None


class OpenedWindows:
    """Every method is one transaction, and raises StoreTrouble. `real`: Slack's clock runs on when ours is moved."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @repeated
    def note(self, team_id: str, view_id: str, opened_from: OpenedFrom, real: datetime) -> None:
        with writing(self._engine) as connection:
            forget_old(connection, real)
            row = {"team_id": team_id, "view_id": view_id, "opened_at": real, **vars(opened_from)}
            insert_if_new(connection, opened_windows, row)

    @repeated
    def save(self, team_id: str, view_id: str, real: datetime) -> Saved:
        """Sent twice, a window is first once."""
        this = _this(team_id, view_id)
        with writing(self._engine) as connection:
            unsaved = update(opened_windows).where(*this, opened_windows.c.saved_at.is_(None))
            first = connection.execute(unsaved.values(saved_at=real)).rowcount == 1
            row = connection.execute(_OPENED_FROM.where(*this)).first()
            return Saved(True, None) if row is None else Saved(first, OpenedFrom(*row))


def forget_old(connection: Connection, real: datetime) -> None:
    connection.execute(delete(opened_windows).where(opened_windows.c.opened_at < real - KEPT))


def _this(team_id: str, view_id: str) -> tuple[ColumnElement[bool], ...]:
    return opened_windows.c.team_id == team_id, opened_windows.c.view_id == view_id


_c = opened_windows.c
_OPENED_FROM = select(_c.person_id, _c.channel_id, _c.thread_ts, _c.reply_url, _c.alone, _c.question)
