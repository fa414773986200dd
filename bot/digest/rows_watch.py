"""The retirement watch in the store: where it posts, and the marks that are claimed before anything is posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, and_, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.digest.rows import MOST_REPEATS, DigestRows
from bot.digest.watch import TAKEN_BACK, DueMark, ModelMark, TakenBack
from bot.ledger.fact_tables import retirement_marks, retirement_posts, retirement_watches
from bot.ledger.rows import insert_if_new
from bot.ledger.tables import workspaces
from bot.ledger.workspaces import audit
from bot.store.again import looked_up, repeated
from bot.store.engine import reading, writing

SEEN = ("posting", "posted")  # of a post: somebody read it, or perhaps did


@dataclass(frozen=True)
class WatchPlace:
    """Where a workspace is told, and who wanted it. `chosen`: somebody said so; else it is where the digest goes."""

    channel_id: str
    person_id: str
    chosen: bool


@dataclass(frozen=True)
class WatchPost:
    """How far one post has come: posting, posted, failed (to be tried again), refused or dropped (it won't be).

    `models` are those it names; `taken_back` those whose end it says is none any more.
    """

    team_id: str
    id: str
    channel_id: str
    ends_on: date
    mark: int
    state: str
    owner: str
    repeats: int
    models: tuple[str, ...] = ()
    taken_back: tuple[ModelMark, ...] = ()


class WatchRows:
    """One method, one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # Where

    @looked_up
    def set(self, team_id: str, channel_id: str | None, person_id: str, now: datetime) -> None:
        """In place of what was chosen before. `channel_id` None: nobody is told any more."""
        chosen = {"channel_id": channel_id, "running": channel_id is not None, "set_by": person_id, "set_at": now}
        with writing(self._engine) as connection:
            connection.execute(delete(retirement_watches).filter_by(team_id=team_id))
            connection.execute(insert(retirement_watches).values(team_id=team_id, **chosen))
            audit(connection, team_id, person_id, "watch.on" if channel_id else "watch.off", channel_id or "", now)

    def places(self) -> dict[str, WatchPlace]:
        """Of each team that is told and has imagelane now."""
        stopped = select(workspaces.c.team_id).where(workspaces.c.stopped_at.is_not(None))
        by_digest = {
            one.team_id: WatchPlace(one.channel_id, one.set_by, chosen=False)
            for one in reversed(DigestRows(self._engine).schedules())
        }
        columns = retirement_watches.c
        with reading(self._engine) as connection:
            rows = connection.execute(select(retirement_watches).where(columns.team_id.not_in(stopped))).all()
        chosen = {row.team_id: row.channel_id and WatchPlace(row.channel_id, row.set_by, chosen=True) for row in rows}
        return {team_id: place for team_id, place in sorted((by_digest | chosen).items()) if place}

    # Marks and posts

    def marks(self, team_id: str) -> tuple[ModelMark, ...]:
        """All that were taken, whatever came of their post."""
        return self._marks(team_id, retirement_posts.c.state.is_not(None))

    def told(self, team_id: str) -> tuple[ModelMark, ...]:
        """Those whose readers saw it, or perhaps saw it."""
        return self._marks(team_id, retirement_posts.c.state.in_(SEEN))

    @looked_up
    def claim(
        self, team_id: str, key: str, place: WatchPlace, due: DueMark, back: Sequence[TakenBack], owner: str,
        real: datetime,
    ) -> WatchPost | None:  # fmt: skip
        """The right to post it now, about those of its models whose mark nobody took; None: all were. `key` is the
        post's own, by which a claim whose commit was not answered finds itself."""
        mine = {"state": "posting", "owner": owner, "claimed_at": real, "repeats": 0}
        about = {"channel_id": place.channel_id, "ends_on": due.ends_on.isoformat(), "mark": due.mark}
        marks = [ModelMark(model, due.ends_on, due.mark) for model in due.models]
        with writing(self._engine) as connection:
            if insert_if_new(connection, retirement_posts, {"team_id": team_id, "id": key, **about, **mine}):
                taken = [insert_if_new(connection, retirement_marks, _mark(team_id, key, mark)) for mark in marks]
                if not any(taken):
                    connection.execute(delete(retirement_posts).where(_at(team_id, key)))
                    return None
                for one in back:
                    said = ModelMark(one.model, one.told_on, TAKEN_BACK)
                    connection.execute(delete(retirement_marks).where(_unread(team_id, said)))
                    insert_if_new(connection, retirement_marks, _mark(team_id, key, said))
        return self.post(team_id, key)

    @repeated
    def claim_again(self, post: WatchPost, owner: str, real: datetime) -> bool:
        """Take up what surely was not posted, or follow a process that died while posting, once: nobody can tell
        whether it had posted. From then on it goes to the channel that `post` names."""
        columns = retirement_posts.c
        here = and_(_at(post.team_id, post.id), columns.state == post.state, columns.owner == post.owner)
        values: dict[str, Any] = {"state": "posting", "owner": owner, "claimed_at": real}
        values["channel_id"] = post.channel_id
        if post.state == "posting":
            here = and_(here, columns.repeats < MOST_REPEATS)
            values["repeats"] = columns.repeats + 1
        with writing(self._engine) as connection:
            return connection.execute(update(retirement_posts).where(here).values(**values)).rowcount == 1

    def post(self, team_id: str, key: str) -> WatchPost | None:
        return next(iter(self._posts(_at(team_id, key))), None)

    def unposted(self) -> tuple[WatchPost, ...]:
        """Of all teams: those under way, and those that surely were not posted and may be."""
        return self._posts(retirement_posts.c.state.in_(("posting", "failed")))

    def posted(self, post: WatchPost, message_ts: str | None) -> None:
        """`message_ts` None: Slack did not say, but it very likely stands."""
        self._end(post, state="posted", message_ts=message_ts)

    def failed(self, post: WatchPost) -> None:
        """Surely not posted: it may be claimed again."""
        self._end(post, state="failed")

    def refused(self, post: WatchPost) -> None:
        """The channel won't take it; the next mark tries anew."""
        self._end(post, state="refused")

    def dropped(self, post: WatchPost) -> None:
        """There is nothing to tell any more: another day is announced or a nearer mark is told."""
        self._end(post, state="dropped")

    @looked_up
    def _end(self, post: WatchPost, **values: Any) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(retirement_posts).where(_at(post.team_id, post.id)).values(**values))

    def _marks(self, team_id: str, which: ColumnElement[bool]) -> tuple[ModelMark, ...]:
        marks, posts = retirement_marks.c, retirement_posts.c
        same = and_(marks.team_id == posts.team_id, marks.post_id == posts.id)
        asked = select(marks.model, marks.ends_on, marks.mark).join_from(retirement_marks, retirement_posts, same)
        with reading(self._engine) as connection:
            return tuple(sorted(map(_read, connection.execute(asked.where(marks.team_id == team_id, which))), key=str))

    def _posts(self, where: ColumnElement[bool]) -> tuple[WatchPost, ...]:
        posts, marks = retirement_posts.c, retirement_marks.c
        named = select(marks.team_id, marks.post_id, marks.model, marks.ends_on, marks.mark)
        with reading(self._engine) as connection:
            rows = connection.execute(select(retirement_posts).where(where).order_by(posts.team_id, posts.id)).all()
            keys = [row.id for row in rows]
            each = connection.execute(named.where(marks.post_id.in_(keys)).order_by(marks.model)).all() if rows else []
        return tuple(_post(row, [m for m in each if (m.team_id, m.post_id) == (row.team_id, row.id)]) for row in rows)


def _at(team_id: str, key: str) -> ColumnElement[bool]:
    return and_(retirement_posts.c.team_id == team_id, retirement_posts.c.id == key)


def _unread(team_id: str, mark: ModelMark) -> ColumnElement[bool]:
    """That mark, where it is one of a post that nobody read."""
    marks, posts = retirement_marks.c, retirement_posts.c
    same = and_(marks.model == mark.model, marks.ends_on == mark.ends_on.isoformat(), marks.mark == mark.mark)
    seen = select(posts.id).where(posts.team_id == team_id, posts.state.in_(SEEN))
    return and_(marks.team_id == team_id, same, marks.post_id.not_in(seen))


def _mark(team_id: str, key: str, mark: ModelMark) -> dict[str, Any]:
    about = {"model": mark.model, "ends_on": mark.ends_on.isoformat(), "mark": mark.mark}
    return {"team_id": team_id, **about, "post_id": key}


def _read(row: Any) -> ModelMark:
    return ModelMark(row.model, date.fromisoformat(row.ends_on), row.mark)


def _post(row: Any, marks: Sequence[Any]) -> WatchPost:
    return WatchPost(
        *(row.team_id, row.id, row.channel_id, date.fromisoformat(row.ends_on), row.mark),
        *(row.state, row.owner, row.repeats),
        models=tuple(mark.model for mark in marks if mark.mark == row.mark),
        taken_back=tuple(_read(mark) for mark in marks if mark.mark == TAKEN_BACK),
    )
