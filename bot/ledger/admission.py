"""Before the ack: everything a wish is held against, its rows and its job, in one transaction."""

import math
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, func, insert, select

from bot.clock import Moment
from bot.errors import Busy, SlowDown
from bot.ledger import holds, pauses, slack_answers, votes, workers
from bot.ledger.holds import Under
from bot.ledger.limits import Grants
from bot.ledger.pictures import WAITING, Drawing, Generation, Limits, PictureState, Wish, Wished
from bot.ledger.rows import Enqueue, drawing, fields, new_id
from bot.ledger.sealed import joined
from bot.ledger.tables import drawings, generations

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SAME_INSTANT = MINUTE  # who waits for the team's lock meets later commands, and clocks differ a little


def admit(
    connection: Connection,
    wish: Wish,
    limits: Limits,
    at: Moment,
    enqueue: Enqueue | None,
    grants: Grants | None = None,
) -> tuple[Drawing, bool]:
    """The new drawing and True, or the one this very request made before and False. `grants` raise limits for it."""
    holds.lock(connection, wish.team_id)  # from here on the team's commands come one by one
    twin = _twin(connection, wish)
    if twin is not None:
        return twin, False
    pauses.refuse_stopped(connection, wish.team_id)
    if wish.source == "slack":  # a terminal draws by itself
        workers.refuse_where_none_can_store(connection, at.real)
    refuse_full_queue(connection, len(wish.images), limits)
    refuse_haste(connection, wish.team_id, wish.person_id, limits, at.now, len(wish.images))
    ids = [new_id() for _ in wish.images]
    project = holds.project_of(connection, wish.team_id, wish.channel_id)
    if not wish.demo:
        if wish.source == "slack" and not limits.guests:
            slack_answers.refuse_known(connection, wish.team_id, wish.person_id, at.real)
        for generation_id, image in zip(ids, wish.images, strict=True):
            pauses.pass_or_refuse(connection, wish.team_id, generation_id, image.spec.model, at.real, beside=ids[0])
        under = Under(wish.team_id, limits.period, limits.week, wish.person_id, wish.channel_id, project)
        holds.reserve(connection, under, limits, sum(image.reserved_nanousd for image in wish.images), grants)
    new = store(connection, wish, ids, project, limits, at)
    if wish.parent_id is not None:
        votes.reject_retried(connection, wish.team_id, wish.parent_id, wish.person_id, at.now)
    if enqueue is not None:
        enqueue(connection, new)
    return new, True


def _twin(connection: Connection, wish: Wish) -> Drawing | None:
    drawing_id = connection.execute(_TWIN, {"team": wish.team_id, "request": wish.request_key}).scalar()
    return None if drawing_id is None else drawing(connection, wish.team_id, drawing_id)


def refuse_full_queue(connection: Connection, images: int, limits: Limits) -> None:
    """The queue is one for all teams, as the workers are."""
    if waiting(connection) + images > limits.queue:
        raise Busy("Busy: nothing was run or charged. Try again in a minute.")


def waiting(connection: Connection) -> int:
    """Images that nobody has called for yet, in all teams."""
    return connection.execute(_WAITING).scalar_one()


def refuse_haste(
    connection: Connection, team_id: str, person_id: str, limits: Limits, now: datetime, images: int = 1
) -> None:
    """Each of the images counts. What a clock dated that has been moved back since does not, or it would lock people
    out for as long.

    Nor does what a bench draws: it was asked for once.
    """
    most = min(limits.per_minute, limits.per_hour)
    if images > most:
        raise SlowDown(f"That is {images} pictures at once, and {most} are allowed. Nothing was run or charged.")
    window = {"team": team_id, "person": person_id, "since": now - HOUR, "until": now + SAME_INSTANT}
    places = {"of_minute": limits.per_minute - images, "of_hour": limits.per_hour - images}
    of_minute, of_hour = connection.execute(_LAST_ALLOWED, window | places).one()
    wait = max(seconds_to_wait(of_minute, MINUTE, now), seconds_to_wait(of_hour, HOUR, now))
    if wait:
        raise SlowDown(f"Slow down: next one in {wait:,} s.")


def seconds_to_wait(last_allowed: datetime | None, window: timedelta, now: datetime) -> int:
    """Whole seconds until the command that fills the window has left it; 0: now. None: the window is not full."""
    return 0 if last_allowed is None else max(0, math.ceil((last_allowed + window - now).total_seconds()))


# Built once, as those of the other guards: to put a question together anew costs an ack as much as to ask it.
_TWIN = select(drawings.c.id).where(
    drawings.c.team_id == bindparam("team"), drawings.c.request_key == bindparam("request")
)
_WAITING = select(func.count()).where(generations.c.state.in_(WAITING))
_NEWEST = (
    select(drawings.c.created_at)
    .join(generations, joined())
    .where(
        drawings.c.team_id == bindparam("team"),
        drawings.c.person_id == bindparam("person"),
        drawings.c.bench_id.is_(None),
        drawings.c.created_at > bindparam("since"),
        drawings.c.created_at < bindparam("until"),
    )
    .order_by(drawings.c.created_at.desc())
    .limit(1)
)
_LAST_ALLOWED = select(
    *(_NEWEST.offset(bindparam(place, type_=Integer)).scalar_subquery() for place in ("of_minute", "of_hour"))
)


def store(
    connection: Connection,
    wish: Wish,
    ids: list[str],
    project: str | None,
    limits: Limits,
    at: Moment,
    first: int = 0,
) -> Drawing:
    """The rows, and the drawing they make: reading it back would hold the team's lock for longer.

    The generations take the positions from `first` on.
    """
    row = {**fields(wish, _SHARED), "id": new_id(), "created_at": at.now}
    connection.execute(insert(drawings).values(request_key=wish.request_key, project=project, **row))
    parts = [
        _part(wish, row["id"], position, image, name, at.now)
        for position, (image, name) in enumerate(zip(wish.images, ids, strict=True), first)
    ]
    connection.execute(insert(generations), [_columns(part, limits, at.real) for part in parts])
    return Drawing(**row, message_ts=None, generations=tuple(parts))


_SHARED = (
    *("team_id", "person_id", "channel_id", "thread_ts", "reply_url", "source", "prompt", "parent_id"),
    *("bench_id", "bench_place"),
)


def _part(wish: Wish, drawing_id: str, position: int, image: Wished, generation_id: str, now: datetime) -> Generation:
    return Generation(
        team_id=wish.team_id,
        id=generation_id,
        drawing_id=drawing_id,
        position=position,
        lane=image.lane,
        spec=image.spec,
        state=PictureState.PLACED if wish.bench_id else PictureState.RESERVED,  # a bench's images have no placeholder
        expected_nanousd=image.expected_nanousd,
        reserved_nanousd=0 if wish.demo else image.reserved_nanousd,
        demo=wish.demo,
        created_at=now,
    )


def _columns(part: Generation, limits: Limits, real: datetime) -> dict[str, Any]:
    """What is not named here is NULL until it happens."""
    names = ("team_id", "id", "drawing_id", "position", "lane", "state", "expected_nanousd", "reserved_nanousd")
    return {
        **fields(part, (*names, "demo", "version", "created_at")),
        "model": part.spec.model,
        "quality": part.spec.quality,
        "width": part.spec.size.width,
        "height": part.spec.size.height,
        "state_at": real,
        "period": limits.period,
        "week": limits.week,
    }
