"""The calls of a period one by one, as FOCUS wants them: those of the bot, and what pipelines report."""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, and_, func, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from bot.ledger.pictures import JUDGEABLE
from bot.ledger.questions import take_time
from bot.ledger.rows import charged, vote_balance
from bot.ledger.sealed import joined, veiled
from bot.ledger.tables import charges, drawings, generations
from bot.ledger.usage_tables import BUCKET_PREFIX, BUCKET_SOURCE, TOKEN_KINDS, counted, usage_records
from bot.periods import Period
from bot.pricing.usage import Usage
from bot.spend.focus import LedgerCall
from bot.store.engine import reading

PAGE = 1000  # rows held at once
_TOKENS = tuple(f"{kind}_tokens" for kind in TOKEN_KINDS)
_REPORTED = (
    *("source", "id"),
    *("occurred_at", "amount_nanousd", "basis", "model", "quality", "width", "height", "images", "partial_images"),
    *("batch", "tier", "kept", "rejected", "lane", "project", "person_id", "reseller", *_TOKENS),
)
_COUNTS = slice(_REPORTED.index(_TOKENS[0]), len(_REPORTED))
T = TypeVar("T")
Columns = tuple[ColumnElement[Any], ...]


class FocusRows:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def calls(self, team_id: str, period: Period, into: Callable[[Iterator[LedgerCall]], T]) -> T:
        """All of them handed to `into` in one transaction that only reads; not all of them in memory."""
        with reading(self._engine) as connection:
            take_time(connection)
            return into(_calls(connection, team_id, period))


def _calls(connection: Connection, team_id: str, period: Period) -> Iterator[LedgerCall]:
    g, r = generations.c, usage_records.c
    own = _own(team_id)
    drawn, begun = (g.drawn_at, g.id), (g.created_at, g.id)
    yield from map(_own_call, _pages(connection, own, drawn, period))
    yield from map(_own_call, _pages(connection, own.where(g.drawn_at.is_(None)), begun, period))
    reported = select(*(r[name] for name in _REPORTED)).where(r.team_id == team_id, counted())
    yield from map(_reported_call, _pages(connection, reported, (r.occurred_at, r.source, r.id), period))


def _pages(connection: Connection, rows: Select[Any], key: Columns, period: Period) -> Iterator[Row[Any]]:
    """In the order of the key, whose first is a moment, from one page to the next by their index."""
    moment = key[0]
    ordered = rows.where(moment < period.end).order_by(*key).limit(PAGE)
    ordered = ordered.add_columns(*(column.label(f"key_{place}") for place, column in enumerate(key)))
    page = connection.execute(ordered.where(moment >= period.start)).all()
    while page:
        yield from page
        last = tuple(getattr(page[-1], f"key_{place}") for place in range(len(key)))
        page = connection.execute(ordered.where(moment >= last[0], tuple_(*key) > tuple_(*last))).all()


def _own(team_id: str) -> Select[Any]:
    """Pictures and calls that were charged: a hold that was never spent has no charge, and a demo has none."""
    g, d = generations.c, drawings.c
    of_call = and_(charges.c.team_id == g.team_id, charges.c.generation_id == g.id)
    columns = (g.drawn_at, g.created_at, g.state, g.usage, g.lane, g.model, g.quality, g.width, g.height)
    return (
        select(*columns)
        .add_columns(d.project, d.channel_id, d.person_id)
        .add_columns(charged().scalar_subquery().label("amount_nanousd"))
        .add_columns(select(func.count(charges.c.rates)).where(of_call).scalar_subquery().label("rates"))
        .add_columns(vote_balance().scalar_subquery().label("balance"))
        .add_columns(and_(d.bench_id.is_not(None), veiled()).label("veiled"))
        .join_from(generations, drawings, joined())
        .where(g.team_id == team_id, ~g.demo, select(charges.c.id).where(of_call).exists())
    )


def _own_call(row: Row[Any]) -> LedgerCall:
    balance, came = row.balance, row.state in JUDGEABLE
    return LedgerCall(
        at=row.drawn_at or row.created_at,
        priced_on=row.created_at.date(),
        amount_nanousd=int(row.amount_nanousd),  # PostgreSQL sums BIGINT into NUMERIC
        basis="metered" if row.usage is not None and row.rates else "assumed",
        usage=None if row.usage is None else Usage(**json.loads(row.usage)),
        model=row.model,
        quality=row.quality,
        size=f"{row.width}x{row.height}",
        images=1 if came else 0,
        partial_images=0,
        tier="standard",
        kept=balance > 0 if came and balance is not None else None,
        lane=row.lane,
        project=row.project,
        channel_id=row.channel_id,
        person_id=row.person_id,
        reseller=None,
        veiled=bool(row.veiled),
    )


def _reported_call(row: Row[Any]) -> LedgerCall:
    counts = row[_COUNTS]
    return LedgerCall(
        at=row.occurred_at,
        priced_on=row.occurred_at.date(),
        amount_nanousd=row.amount_nanousd,
        basis="metered" if row.basis == "usage" else row.basis,
        usage=None if counts[0] is None else Usage(*counts),
        model=row.model,
        quality=row.quality,
        size=None if row.width is None else f"{row.width}x{row.height}",
        images=row.images,
        partial_images=row.partial_images or 0,
        tier="batch" if row.batch else row.tier or "standard",
        kept=_kept(row),
        lane=row.lane,
        project=row.project,
        channel_id=None,
        person_id=row.person_id,
        reseller=row.reseller,
        veiled=False,
        daily=row.source == BUCKET_SOURCE and row.id.startswith(BUCKET_PREFIX),
    )


def _kept(row: Row[Any]) -> bool | None:
    """None as well where some of its pictures were kept and others not, or not judged."""
    if row.images and row.kept == row.images:
        return True
    return False if row.images and row.rejected == row.images else None
