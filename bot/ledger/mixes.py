"""What a team draws: the images of a period by model, quality and size, its own and those of its pipelines."""

from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, Select, and_, case, cast, func, select

from bot.ledger.mix import Used
from bot.ledger.pictures import JUDGEABLE
from bot.ledger.questions import take_time
from bot.ledger.rows import charged, current_votes, sum_or_zero
from bot.ledger.sealed import benched
from bot.ledger.tables import Utc, generations
from bot.ledger.usage_tables import counted, usage_records
from bot.periods import Period
from bot.pricing.spec import Size


def used(connection: Connection, team_id: str, period: Period) -> tuple[Used, ...]:
    """Pictures that came, without demos; a call that brought none is no part of a mix, nor is a bench."""
    take_time(connection)
    rows = [*connection.execute(_own(team_id, period)), *connection.execute(_reported(team_id, period))]
    by_spec: dict[tuple[str, str, Size | None], Used] = {}
    for row in rows:
        part = _used(row)
        key = (part.model, part.quality, part.size)
        by_spec[key] = _joined(by_spec[key], part) if key in by_spec else part
    return tuple(by_spec[key] for key in sorted(by_spec, key=str))


def _own(team_id: str, period: Period) -> Select[Any]:
    own = generations.c
    each = (
        select(
            *(own.model, own.quality, own.width, own.height, own.drawn_at.label("at")),
            current_votes("keep").scalar_subquery().label("keep"),
            current_votes("reject").scalar_subquery().label("reject"),
            charged().scalar_subquery().label("charged"),
        )
        .where(own.team_id == team_id, own.drawn_at >= period.start, own.drawn_at < period.end)
        .where(~own.demo, own.state.in_(JUDGEABLE), ~benched())
        .subquery()
        .c
    )
    spec = (each.model, each.quality, each.width, each.height)
    return select(
        *spec,
        func.count().label("images"),
        sum_or_zero(case((each.keep > each.reject, 1), else_=0)).label("kept"),
        sum_or_zero(case((each.keep + each.reject > 0, 1), else_=0)).label("judged"),
        sum_or_zero(each.charged).label("spent"),
        cast(0, BigInteger).label("unknown"),
        cast(0, BigInteger).label("reported"),
        func.max(each.at, type_=Utc).label("last_at"),
    ).group_by(*spec)


def _reported(team_id: str, period: Period) -> Select[Any]:
    each = usage_records.c
    spec = (each.model, each.quality, each.width, each.height)
    within = and_(each.occurred_at >= period.start, each.occurred_at < period.end)
    return (
        select(
            *spec,
            sum_or_zero(each.images).label("images"),
            sum_or_zero(each.kept).label("kept"),
            sum_or_zero(func.coalesce(each.kept, 0) + func.coalesce(each.rejected, 0)).label("judged"),
            sum_or_zero(each.amount_nanousd).label("spent"),
            (func.count() - func.count(each.amount_nanousd)).label("unknown"),
            sum_or_zero(each.images).label("reported"),
            func.max(each.occurred_at, type_=Utc).label("last_at"),
        )
        .where(each.team_id == team_id, within, counted(), each.images > 0)
        .group_by(*spec)
    )


def _used(row: Row[Any]) -> Used:
    size = None if row.width is None or row.height is None else Size(row.width, row.height)
    return Used(
        *(row.model, row.quality, size, row.images, row.kept, row.judged, row.spent, row.unknown),
        last_at=row.last_at,
        reported=row.reported,
    )


def _joined(one: Used, other: Used) -> Used:
    counts = ("images", "kept", "judged", "spent_nanousd", "unknown", "reported")
    sums = {name: getattr(one, name) + getattr(other, name) for name in counts}
    return replace(one, **sums, last_at=max(one.last_at, other.last_at))
