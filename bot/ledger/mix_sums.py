"""What a team drew in a period, by all that sets its price elsewhere: one question to the database."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from bot.ledger.mix_parts import MixPart
from bot.ledger.pictures import JUDGEABLE
from bot.ledger.questions import take_time
from bot.ledger.rows import charged, current_votes, sum_or_zero
from bot.ledger.sealed import joined
from bot.ledger.tables import Utc, drawings, generations
from bot.ledger.usage_tables import TOKEN_KINDS, counted, usage_records
from bot.periods import Period
from bot.pricing.spec import Size
from bot.pricing.usage import Usage

Tokens = Callable[[str], ColumnElement[int]]

_SPEC = ("model", "quality", "width", "height", "kind", "batch", "is_metered")


def parts(connection: Connection, team_id: str, period: Period) -> tuple[MixPart, ...]:
    """Pictures that came, without demos and blind tests, and apart from them what did not say how many came; in an
    order of their own, the same on both databases."""
    take_time(connection)
    own = _own(team_id, period, tokens_in(connection))
    rows = connection.execute(union_all(own, _reported(team_id, period)))
    return tuple(sorted(map(_part, rows), key=_place))


def _own(team_id: str, period: Period, tokens: Tokens) -> Select[Any]:
    """Each picture is a record of its own."""
    own = generations.c
    drawn = (
        select(
            *(own.model, own.quality, own.width, own.height, own.drawn_at.label("at")),
            literal("draw", Text).label("kind"),
            literal(False, Boolean).label("batch"),
            (func.coalesce(tokens("image_out"), 0) > 0).label("is_metered"),
            current_votes("keep").scalar_subquery().label("keep"),
            current_votes("reject").scalar_subquery().label("reject"),
            charged().scalar_subquery().label("charged"),
            drawings.c.parent_id,
            *(tokens(kind).label(kind) for kind in TOKEN_KINDS),
        )
        .join_from(generations, drawings, joined())
        .where(own.team_id == team_id, own.drawn_at >= period.start, own.drawn_at < period.end)
        .where(~own.demo, own.state.in_(JUDGEABLE), drawings.c.bench_id.is_(None))
        .subquery()
        .c
    )
    spec = [drawn[name] for name in _SPEC]
    return select(
        *spec,
        func.count().label("records"),
        func.count().label("images"),
        sum_or_zero(case((drawn.keep > drawn.reject, 1), else_=0)).label("kept"),
        sum_or_zero(case((drawn.keep + drawn.reject > 0, 1), else_=0)).label("judged"),
        func.count(drawn.parent_id).label("retries"),
        cast(0, BigInteger).label("reported"),
        sum_or_zero(drawn.charged).label("spent"),
        cast(0, BigInteger).label("unknown"),
        func.max(drawn.at, type_=Utc).label("last_at"),
        *_token_sums(drawn, drawn.is_metered, ""),
        cast(0, BigInteger).label("partial_images"),
        cast(0, BigInteger).label("unbounded"),
    ).group_by(*spec)


def _reported(team_id: str, period: Period) -> Select[Any]:
    each = usage_records.c
    metered = (func.coalesce(each.image_out_tokens, 0) > 0).label("is_metered")
    is_uncounted = each.images.is_(None)
    spec = [each[name] for name in _SPEC[:-1]]
    within = and_(each.occurred_at >= period.start, each.occurred_at < period.end)
    return (
        select(
            *spec,
            metered,
            func.count().label("records"),
            sum_or_zero(each.images).label("images"),
            sum_or_zero(each.kept).label("kept"),
            sum_or_zero(func.coalesce(each.kept, 0) + func.coalesce(each.rejected, 0)).label("judged"),
            cast(0, BigInteger).label("retries"),
            sum_or_zero(each.images).label("reported"),
            sum_or_zero(each.amount_nanousd).label("spent"),
            (func.count() - func.count(each.amount_nanousd)).label("unknown"),
            func.max(each.occurred_at, type_=Utc).label("last_at"),
            *_token_sums(each, metered.element, "_tokens"),
            sum_or_zero(each.partial_images).label("partial_images"),
            sum_or_zero(case((_is_unbounded(), 1), else_=0)).label("unbounded"),
        )
        .where(each.team_id == team_id, within, counted(), or_(each.images > 0, is_uncounted))
        .group_by(*spec, metered.element, is_uncounted)
    )


def _is_unbounded() -> ColumnElement[bool]:
    """Of a service tier, or with an SVG that another model wrote: what that adds nobody published."""
    each = usage_records.c
    is_beyond = or_(each.tier.is_not(None), each.svg_usage.is_not(None))
    return and_(each.amount_nanousd.is_(None), is_beyond)


def _token_sums(columns: Any, metered: ColumnElement[bool], ending: str) -> Iterator[ColumnElement[int]]:
    """Of a record without image output none is told: its other tokens are then half of the story."""
    for kind in TOKEN_KINDS:
        yield sum_or_zero(case((metered, columns[f"{kind}{ending}"]), else_=null())).label(kind)


def tokens_in(connection: Connection) -> Tokens:
    """How this database reads one count of a picture's usage, which is JSON in a text."""
    usage = generations.c.usage
    if connection.dialect.name == "postgresql":
        return lambda kind: cast(cast(usage, JSON)[kind].as_string(), BigInteger)
    return lambda kind: type_coerce(func.json_extract(usage, f"$.{kind}"), Integer)


def _part(row: Row[Any]) -> MixPart:
    size = None if row.width is None or row.height is None else Size(row.width, row.height)
    return MixPart(
        *(row.model, row.quality, size, row.kind, bool(row.batch), bool(row.is_metered)),
        *(row.records, row.images, row.kept, row.judged, row.retries, row.reported, row.spent, row.unknown),
        last_at=row.last_at,
        usage=Usage(**{kind: getattr(row, kind) for kind in TOKEN_KINDS}),
        partial_images=row.partial_images,
        unbounded=row.unbounded,
    )


def _place(part: MixPart) -> tuple[str, ...]:
    source = "reported" if part.reported else "drawn" if part.images else "uncounted"
    return (part.model, part.quality or "", str(part.size), part.kind, str(part.batch), str(part.is_metered), source)
