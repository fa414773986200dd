"""Digests in the store: when each channel gets its own, and the row that is claimed before one is posted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, and_, delete, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.digest.schedule import Schedule
from bot.ledger.rows import insert_if_new
from bot.ledger.tables import digest_posts, digest_schedules, workspaces
from bot.ledger.workspaces import audit
from bot.store.again import looked_up, repeated
from bot.store.engine import reading, writing

MOST_REPEATS = 1


@dataclass(frozen=True)
class PostPlace:
    """Which digest: that of a week in a channel, by its schedule or because somebody asked (`request`)."""

    team_id: str
    channel_id: str
    week: str
    request: str = ""


@dataclass(frozen=True)
class Post:
    """How far one digest has come: posting, posted, failed (to be tried again) or refused (it won't be).

    `as_of` is the moment it tells of, `told_nanousd` the total it told.
    """

    place: PostPlace
    state: str
    owner: str
    repeats: int
    as_of: datetime | None
    told_nanousd: int | None


class DigestRows:
    """One method, one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # Schedules

    @looked_up
    def set(self, schedule: Schedule) -> None:
        """In place of the channel's earlier one."""
        key = {"team_id": schedule.team_id, "channel_id": schedule.channel_id}
        chosen = {name: getattr(schedule, name) for name in ("weekday", "hour", "minute", "zone", "set_by", "set_at")}
        with writing(self._engine) as connection:
            connection.execute(delete(digest_schedules).filter_by(**key))
            connection.execute(insert(digest_schedules).values(**key, **chosen, running=True))
            detail = f"{schedule.channel_id} {schedule.words}"
            audit(connection, schedule.team_id, schedule.set_by, "digest.on", detail, schedule.set_at)

    @looked_up
    def end(self, team_id: str, channel_id: str, person_id: str, now: datetime) -> bool:
        """False when there was none."""
        row, columns = update(digest_schedules).values(running=False), digest_schedules.c
        with writing(self._engine) as connection:
            ended = connection.execute(
                row.where(columns.team_id == team_id, columns.channel_id == channel_id, columns.running)
            ).rowcount
            if ended:
                audit(connection, team_id, person_id, "digest.off", channel_id, now)
        return bool(ended)

    def schedules(self) -> tuple[Schedule, ...]:
        """Those that run, in all teams that have imagelane now."""
        stopped = select(workspaces.c.team_id).where(workspaces.c.stopped_at.is_not(None))
        columns = digest_schedules.c
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(digest_schedules)
                .where(columns.running, columns.team_id.not_in(stopped))
                .order_by(columns.team_id, columns.channel_id)
            )
            return tuple(_schedule(row._mapping) for row in rows)

    def schedule(self, team_id: str, channel_id: str) -> Schedule | None:
        columns = digest_schedules.c
        with reading(self._engine) as connection:
            row = connection.execute(
                select(digest_schedules).where(
                    columns.team_id == team_id, columns.channel_id == channel_id, columns.running
                )
            ).first()
        return None if row is None else _schedule(row._mapping)

    # Posts

    def newest(self) -> dict[tuple[str, str], Post]:
        """The latest week the schedule of each team and channel came to, however far it got."""
        columns = digest_posts.c
        latest = (
            select(columns.team_id, columns.channel_id, func.max(columns.week).label("week"))
            .where(columns.request == "")
            .group_by(columns.team_id, columns.channel_id)
            .subquery()
        )
        same = [columns[name] == latest.c[name] for name in ("team_id", "channel_id", "week")]
        with reading(self._engine) as connection:
            rows = connection.execute(select(digest_posts).join(latest, and_(*same)).where(columns.request == ""))
            return {(row.team_id, row.channel_id): _post(row) for row in rows}

    def came(self, team_id: str, channel_id: str, before: str) -> Post | None:
        """The latest week before that one whose digest its readers saw, or perhaps saw."""
        columns = digest_posts.c
        seen = and_(columns.week < before, columns.state.in_(("posting", "posted")))
        where = and_(columns.team_id == team_id, columns.channel_id == channel_id, columns.request == "", seen)
        return self._post(where, columns.week.desc())

    def post(self, place: PostPlace) -> Post | None:
        return self._post(_at(place), digest_posts.c.week)

    def told(self, team_id: str, channel_id: str, week: str) -> Post | None:
        """What this channel was last told about that week."""
        columns = digest_posts.c
        where = and_(columns.team_id == team_id, columns.channel_id == channel_id, columns.week == week)
        return self._post(and_(where, columns.state == "posted", columns.as_of.is_not(None)), columns.as_of.desc())

    @repeated
    def claim(self, place: PostPlace, owner: str, real: datetime) -> bool:
        """The right to post it now; False when somebody has it, or had it."""
        fresh = {**_key(place), "state": "posting", "owner": owner, "claimed_at": real, "repeats": 0}
        with writing(self._engine) as connection:
            if insert_if_new(connection, digest_posts, fresh):
                return True
            again = update(digest_posts).where(_at(place), digest_posts.c.state == "failed")
            return connection.execute(again.values(state="posting", owner=owner, claimed_at=real)).rowcount == 1

    @repeated
    def claim_after(self, dead: Post, owner: str, real: datetime) -> bool:
        """Take over from a process that died while posting, once: nobody can tell whether it had posted."""
        columns = digest_posts.c
        with writing(self._engine) as connection:
            taken = connection.execute(
                update(digest_posts)
                .where(_at(dead.place), columns.state == "posting", columns.owner == dead.owner)
                .where(columns.repeats < MOST_REPEATS)
                .values(owner=owner, claimed_at=real, repeats=columns.repeats + 1)
            )
        return taken.rowcount == 1

    def posted(self, place: PostPlace, message_ts: str | None, as_of: datetime, told_nanousd: int) -> None:
        """`message_ts` None: Slack did not say, but it very likely stands."""
        self._end(place, state="posted", message_ts=message_ts, as_of=as_of, told_nanousd=told_nanousd)

    def failed(self, place: PostPlace) -> None:
        """Surely not posted: it may be claimed again."""
        self._end(place, state="failed")

    def refused(self, place: PostPlace) -> None:
        """The channel won't take it this week."""
        self._end(place, state="refused")

    @looked_up
    def _end(self, place: PostPlace, **values: Any) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(digest_posts).where(_at(place)).values(**values))

    def _post(self, where: ColumnElement[bool], order: ColumnElement[Any]) -> Post | None:
        with reading(self._engine) as connection:
            row = connection.execute(select(digest_posts).where(where).order_by(order).limit(1)).first()
        return None if row is None else _post(row)


def _key(place: PostPlace) -> dict[str, str]:
    return {
        "team_id": place.team_id,
        "channel_id": place.channel_id,
        "week": place.week,
        "request": place.request,
    }


def _at(place: PostPlace) -> ColumnElement[bool]:
    return and_(*(digest_posts.c[name] == value for name, value in _key(place).items()))


def _post(row: Any) -> Post:
    place = PostPlace(row.team_id, row.channel_id, row.week, row.request)
    return Post(place, row.state, row.owner, row.repeats, row.as_of, row.told_nanousd)


def _schedule(row: Any) -> Schedule:
    return Schedule(**{name: value for name, value in row.items() if name != "running"})
