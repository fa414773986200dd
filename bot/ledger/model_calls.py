"""What goes to each model: calls, pictures and money by project, those that brought nothing among them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    union_all,
)

from bot.ledger.pictures import JUDGEABLE, OPEN
from bot.ledger.questions import take_time
from bot.ledger.rows import charged, sum_or_zero
from bot.ledger.sealed import joined
from bot.ledger.tables import Utc, drawings, generations
from bot.ledger.usage_tables import counted, usage_records
from bot.periods import Period


@dataclass(frozen=True)
class ModelCalls:
    """The calls of one model and project as they were told, no demos and no blind tests. `failed` of them brought no
    picture; of a record that did not say how many it brought, that is not known, so `images` is at least. `unknown` of
    the calls have no known price."""

    model: str
    project: str | None
    calls: int
    failed: int
    images: int
    spent_nanousd: int
    unknown: int
    last_at: datetime


def model_calls(
    connection: Connection, team_id: str, period: Period, names: Collection[str] | None = None
) -> tuple[ModelCalls, ...]:
    """Of every model, or of one by all its `names`; in an order of their own, the same on both databases. A project
    that was drawn for and reported has two."""
    take_time(connection)
    rows = connection.execute(union_all(_own(team_id, period, names), _reported(team_id, period, names)))
    return tuple(sorted(map(_calls, rows), key=str))


def _own(team_id: str, period: Period, names: Collection[str] | None) -> Select[Any]:
    """One that was never drawn counts where it was asked for."""
    own = generations.c
    at = func.coalesce(own.drawn_at, own.created_at, type_=Utc)
    drawn = and_(own.drawn_at >= period.start, own.drawn_at < period.end)
    undrawn = and_(own.drawn_at.is_(None), own.created_at >= period.start, own.created_at < period.end)
    pictured = case((own.state.in_(JUDGEABLE), 1), else_=0)
    spent = charged().scalar_subquery()
    each = (
        select(own.model, drawings.c.project, pictured.label("pictured"), spent.label("spent"), at.label("at"))
        .join_from(generations, drawings, joined())
        .where(own.team_id == team_id, or_(drawn, undrawn), ~own.demo, drawings.c.bench_id.is_(None))
        .where(own.state.not_in(OPEN), *_named(own.model, names))
        .subquery()
        .c
    )
    return select(
        each.model,
        each.project,
        func.count().label("calls"),
        sum_or_zero(1 - each.pictured).label("failed"),
        sum_or_zero(each.pictured).label("images"),
        sum_or_zero(each.spent).label("spent"),
        cast(0, BigInteger).label("unknown"),
        func.max(each.at, type_=Utc).label("last_at"),
    ).group_by(each.model, each.project)


def _reported(team_id: str, period: Period, names: Collection[str] | None) -> Select[Any]:
    each = usage_records.c
    within = and_(each.occurred_at >= period.start, each.occurred_at < period.end)
    return (
        select(
            each.model,
            each.project,
            func.count().label("calls"),
            sum_or_zero(case((each.images == 0, 1), else_=0)).label("failed"),
            sum_or_zero(each.images).label("images"),
            sum_or_zero(each.amount_nanousd).label("spent"),
            (func.count() - func.count(each.amount_nanousd)).label("unknown"),
            func.max(each.occurred_at, type_=Utc).label("last_at"),
        )
        .where(each.team_id == team_id, within, counted(), *_named(each.model, names))
        .group_by(each.model, each.project)
    )


def _named(model: ColumnElement[str], names: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if names is None else [model.in_(names)]


def _calls(row: Row[Any]) -> ModelCalls:
    return ModelCalls(
        *(row.model, row.project, row.calls, row.failed, row.images, row.spent, row.unknown), last_at=row.last_at
    )
