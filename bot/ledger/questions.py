"""Questions that change nothing: what is stuck, how many there are, what was drawn, kept and spent."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    text,
)

from bot.errors import Blind
from bot.ledger.pictures import JUDGEABLE, OPEN, WAITING, Drawing, Generation, Kept, PictureState
from bot.ledger.rows import charged, current_votes, drawing, generation, generations_where, sum_or_zero, summed
from bot.ledger.sealed import benched, joined, veiled
from bot.ledger.tables import charges, drawings, generations, workspaces
from bot.pricing.spec import ImageSpec, Size

MOST_SECONDS = 60
UNSENT_FOR = timedelta(minutes=15)
UNDELIVERED_FOR = timedelta(minutes=2)
DELIVER_WITHIN = timedelta(days=1)
TELL_WITHIN = timedelta(hours=1)


def calling(connection: Connection) -> tuple[Generation, ...]:
    """Calls under way in all teams, with their owners."""
    return generations_where(connection, generations.c.state == PictureState.CALLING)


def lapsed(connection: Connection, real: datetime) -> tuple[Generation, ...]:
    """Calls whose lease has ended: nobody is waiting for their answer any more."""
    return generations_where(
        connection, and_(generations.c.state == PictureState.CALLING, generations.c.lease_until <= real)
    )


def stuck(connection: Connection, real: datetime) -> tuple[Generation, ...]:
    """Waiting for longer than a queue should take, or paid for and not handed over: to be taken up again.

    Where a workspace took its token back there is nobody to hand a picture to.
    """
    since = generations.c.state_at
    unsent = and_(generations.c.state.in_(WAITING), since <= real - UNSENT_FOR)
    undelivered = and_(
        generations.c.state == PictureState.PAID,
        since <= real - UNDELIVERED_FOR,
        since > real - DELIVER_WITHIN,
        generations.c.team_id.not_in(_stopped_teams()),
    )
    return generations_where(connection, or_(unsent, undelivered))


def _stopped_teams() -> Select[Any]:
    return select(workspaces.c.team_id).where(workspaces.c.stopped_at.is_not(None))


def unseen(connection: Connection, real: datetime) -> frozenset[tuple[str, str]]:
    """Team and id of drawings with a call that ended without a picture some minutes ago: nothing notes whether their
    message said so, and saying it again changes nothing."""
    since = generations.c.state_at
    with_message = (
        drawings.c.message_ts.is_not(None),
        drawings.c.channel_id.is_not(None),
        drawings.c.bench_id.is_(None),
    )
    lost = generations.c.state.not_in((*OPEN, *JUDGEABLE))
    ids = select(drawings.c.team_id, drawings.c.id).join(generations, joined()).where(*with_message, lost)
    late = (since <= real - UNDELIVERED_FOR, since > real - TELL_WITHIN, drawings.c.team_id.not_in(_stopped_teams()))
    return frozenset((row.team_id, row.id) for row in connection.execute(ids.where(*late)))


def states(connection: Connection) -> dict[PictureState, int]:
    """How many images there are in each state, in all teams and ever; 0 where there are none."""
    counts = connection.execute(select(generations.c.state, func.count()).group_by(generations.c.state))
    return dict.fromkeys(PictureState, 0) | {PictureState(state): count for state, count in counts}


def uncertain(connection: Connection) -> int:
    """Nano-dollars, in all teams and ever."""
    same = and_(generations.c.team_id == charges.c.team_id, generations.c.id == charges.c.generation_id)
    perhaps = select(sum_or_zero(charges.c.amount_nanousd)).join(generations, same)
    return int(connection.execute(perhaps.where(generations.c.state == PictureState.UNCERTAIN)).scalar_one())


def picture(connection: Connection, team_id: str, generation_id: str) -> tuple[Generation, Drawing]:
    """One image with all that is known of it, for people. Raises NotOpen, or Blind for one of an open bench."""
    image = generation(connection, team_id, generation_id)
    whole = drawing(connection, team_id, image.drawing_id)
    here = (generations.c.team_id == team_id, generations.c.id == generation_id)
    if connection.execute(select(generations.c.id).where(*here, veiled())).first() is not None:
        raise Blind
    return image, whole


def kept_prompts(connection: Connection, team_id: str, person_id: str | None, count: int) -> tuple[str, ...]:
    """Each once, the newest first, of images that more people keep than reject; benches left out."""
    g, d = generations.c, drawings.c
    keep = current_votes("keep").scalar_subquery() > current_votes("reject").scalar_subquery()
    prompts = (
        select(d.prompt, func.max(g.created_at).label("last"))
        .join_from(generations, drawings, and_(d.team_id == g.team_id, d.id == g.drawing_id))
        .where(g.team_id == team_id, g.state.in_(JUDGEABLE), d.bench_id.is_(None), keep)
        .where(*([] if person_id is None else [d.person_id == person_id]))
        .group_by(d.prompt)
        .order_by(func.max(g.created_at).desc(), d.prompt)
        .limit(count)
    )
    return tuple(connection.execute(prompts).scalars())


def last_pictures(connection: Connection, team_id: str, person_id: str, count: int) -> tuple[Drawing, ...]:
    """The person's newest drawings that have a picture, newest first."""
    pictured = (
        select(generations.c.id)
        .where(
            generations.c.team_id == drawings.c.team_id,
            generations.c.drawing_id == drawings.c.id,
            generations.c.state.in_(JUDGEABLE),
            ~veiled(),
        )
        .exists()
    )
    newest = (
        select(drawings.c.id)
        .where(drawings.c.team_id == team_id, drawings.c.person_id == person_id, pictured)
        .order_by(drawings.c.created_at.desc(), drawings.c.id)
        .limit(count)
    )
    return tuple(drawing(connection, team_id, drawing_id) for drawing_id in connection.execute(newest).scalars().all())


def person_spend(connection: Connection, team_id: str, person_id: str, since: datetime) -> int:
    """Nano-dollars booked since then for what this person asked for."""
    theirs = (
        select(func.coalesce(func.sum(charges.c.amount_nanousd), 0))
        .join(
            generations, and_(generations.c.team_id == charges.c.team_id, generations.c.id == charges.c.generation_id)
        )
        .join(drawings, and_(drawings.c.team_id == generations.c.team_id, drawings.c.id == generations.c.drawing_id))
        .where(charges.c.team_id == team_id, drawings.c.person_id == person_id, charges.c.at >= since)
    )
    return int(connection.execute(theirs).scalar_one())


def keep_counts(connection: Connection, team_id: str, since: datetime) -> tuple[Kept, ...]:
    """By spec as requested, of what was drawn since then, benches left out. Money includes calls that brought no
    picture."""
    each = _judged(team_id, since).subquery()
    pictured = each.c.state.in_(JUDGEABLE)
    spec = (each.c.model, each.c.quality, each.c.width, each.c.height)
    rows = connection.execute(
        select(
            *spec,
            _count(pictured).label("images"),
            _count(and_(pictured, each.c.keep + each.c.reject > 0)).label("judged"),
            _count(and_(pictured, each.c.keep > each.c.reject)).label("kept"),
            summed(each.c.charged).label("spent"),
        )
        .group_by(*spec)
        .order_by(*spec)
    )
    return tuple(
        Kept(
            ImageSpec(row.model, row.quality, Size(row.width, row.height)), row.images, row.judged, row.kept, row.spent
        )
        for row in rows
    )


def _judged(team_id: str, since: datetime) -> Select[Any]:
    columns = generations.c
    return select(
        columns.model,
        columns.quality,
        columns.width,
        columns.height,
        columns.state,
        current_votes("keep").scalar_subquery().label("keep"),
        current_votes("reject").scalar_subquery().label("reject"),
        charged().scalar_subquery().label("charged"),
    ).where(
        columns.team_id == team_id,
        ~columns.demo,
        ~benched(),
        func.coalesce(columns.drawn_at, columns.created_at) >= since,
    )


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def take_time(connection: Connection) -> None:
    """Adding up years may take longer than an ack waits, and holds no lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL statement_timeout = '{MOST_SECONDS}s'"))
