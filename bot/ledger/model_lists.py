"""OpenAI's own list of models: read by one process a day, kept with what the admins were told of it."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, delete, select, update

from bot.lanes.listed import KeptList, Listing
from bot.ledger.fact_tables import model_lists
from bot.ledger.rows import insert_if_new

KEPT = timedelta(days=400)

EnqueueReading = Callable[[Connection], None]


def begin(connection: Connection, day: date, real: datetime, lease: timedelta, enqueue: EnqueueReading) -> bool:
    """The right to read it on that day, and the job for it, once among all processes.

    False while another has it, not before `again_at` after a failure, and never once it is done.
    """
    c = model_lists.c
    mine = {"again_at": real + lease}
    if not insert_if_new(connection, model_lists, {"day": day.isoformat(), **mine}):
        is_open = and_(c.day == day.isoformat(), c.done_at.is_(None), c.again_at <= real)
        if connection.execute(update(model_lists).where(is_open).values(**mine)).rowcount != 1:
            return False
    enqueue(connection)
    return True


def done(
    connection: Connection, day: date, real: datetime, models: Listing | None, sentences: Sequence[str]
) -> tuple[str, ...]:
    """Those of the sentences that nobody was told before; none for a day that was done before.

    `models` None: it is not OpenAI's list.
    """
    c = model_lists.c
    before = {one for told in connection.execute(select(c.told)).scalars() for one in json.loads(told)}
    news = tuple(one for one in sentences if one not in before)
    text = None if models is None else json.dumps({name: end and end.isoformat() for name, end in models.items()})
    values = {"done_at": real, "models": text, "told": json.dumps(news)}
    this = and_(c.day == day.isoformat(), c.done_at.is_(None))
    if connection.execute(update(model_lists).where(this).values(**values)).rowcount != 1:
        return ()
    connection.execute(delete(model_lists).where(c.day < (day - KEPT).isoformat()))
    return news


def failed(connection: Connection, day: date, again_at: datetime, problem: str) -> None:
    this = model_lists.c.day == day.isoformat()
    connection.execute(update(model_lists).where(this).values(again_at=again_at, problem=problem))


def kept(connection: Connection) -> tuple[KeptList, ...]:
    """Oldest first."""
    c = model_lists.c
    rows = connection.execute(select(c.day, c.models).where(c.models.is_not(None)).order_by(c.day))
    return tuple(KeptList(date.fromisoformat(row.day), _listing(row.models)) for row in rows)


def _listing(text: str) -> Listing:
    return {name: date.fromisoformat(end) if end else None for name, end in json.loads(text).items()}
