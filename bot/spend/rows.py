"""A period added up: the bot's own pictures and what pipelines report, in one shape. Provider bills are not in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Engine,
    Integer,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

from bot.ledger.pictures import JUDGEABLE, PictureState
from bot.ledger.questions import take_time
from bot.ledger.rows import charged, current_votes, summed
from bot.ledger.sealed import veiled
from bot.ledger.tables import Utc, drawings, generations
from bot.ledger.usage_tables import counted, usage_records
from bot.periods import Period
from bot.spend.measures import GIVE_AWAY, OPEN_BENCH, UTC_DAY, Only
from bot.spend.sums import LOSSES, Sums, add, close
from bot.store.engine import reading

REMEMBERED = 100

_TEAM = bindparam("team", type_=Text)
_START, _END = bindparam("start", type_=Utc), bindparam("end", type_=Utc)


class _UtcDay(FunctionElement[str]):
    """The UTC day of a moment, as YYYY-MM-DD."""

    type = Text()
    inherit_cache = True


@compiles(_UtcDay, "sqlite")
def _of_text(day: _UtcDay, compiler: SQLCompiler, **options: Any) -> str:
    return f"substr({compiler.process(day.clauses, **options)}, 1, 10)"


@compiles(_UtcDay, "postgresql")
def _of_moment(day: _UtcDay, compiler: SQLCompiler, **options: Any) -> str:
    return f"to_char({compiler.process(day.clauses, **options)} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


_OWN_NAMES: dict[str, ColumnElement[Any]] = {
    **{name: generations.c[name] for name in ("lane", "model", "quality")},
    "source": drawings.c.source,
    "person": drawings.c.person_id,
    "project": drawings.c.project,
    "kind": literal_column("'draw'", Text),
    UTC_DAY: _UtcDay(func.coalesce(generations.c.drawn_at, generations.c.created_at)),
}
_REPORTED_NAMES: dict[str, ColumnElement[Any]] = {
    **{name: usage_records.c[name] for name in ("lane", "model", "quality", "source", "project", "kind")},
    "person": usage_records.c.person_id,
    UTC_DAY: _UtcDay(usage_records.c.occurred_at),
}


def _part(
    names: Mapping[str, ColumnElement[Any]], only: Only, *openly: ColumnElement[bool]
) -> Iterator[ColumnElement[bool]]:
    """`openly`: what holds where a lane or a model may be told."""
    if only.channel_id is not None:
        yield drawings.c.channel_id == only.channel_id
    if only.project is not None:
        yield names["project"] == only.project
    if only.person_id is not None:
        yield names["person"] == only.person_id
    if only.lane is not None:
        yield and_(names["lane"] == only.lane, *openly)
    if only.model is not None:
        yield and_(names["model"].in_((only.model, *only.snapshots)), *openly)


@lru_cache(REMEMBERED)  # putting a statement together costs more than running it on a small team's books
def _questions(by: str | None, only: Only) -> tuple[tuple[Select[Any], Callable[[str, Row[Any]], Sums]], ...]:
    """What a pipeline reports has no channel."""
    own = (_own(by, only), _own_sums)
    return (own, (_reported(by, only), _reported_sums)) if only.channel_id is None else (own,)


def _own(by: str | None, only: Only) -> Select[Any]:
    """How many ended how, by name. A picture belongs to the period it was drawn in; a call that brought none to the
    one it was asked for in."""
    own = generations.c
    name = _own_name(by) if by else null()
    in_period = and_(own.drawn_at >= _START, own.drawn_at < _END)
    without_picture = and_(own.drawn_at.is_(None), own.created_at >= _START, own.created_at < _END)
    each = (
        select(name.label("name"), _ending().label("ended"), charged().scalar_subquery().label("charged"))
        .join_from(generations, drawings, and_(drawings.c.team_id == own.team_id, drawings.c.id == own.drawing_id))
        .where(own.team_id == _TEAM, or_(in_period, without_picture), *_part(_OWN_NAMES, only, ~_open_bench()))
    )
    rows = each.subquery().c
    return select(rows.name, rows.ended, func.count().label("records"), summed(rows.charged).label("spent")).group_by(
        rows.name, rows.ended
    )


def _own_name(by: str) -> ColumnElement[Any]:
    """What an open bench drew is told in sums, and under a name that gives no entrant away."""
    name = _OWN_NAMES[by]
    return case((_open_bench(), OPEN_BENCH), else_=name) if by in GIVE_AWAY else name


def _open_bench() -> ColumnElement[bool]:
    return and_(drawings.c.bench_id.is_not(None), veiled())


def _ending() -> ColumnElement[str]:
    """Each call once: as a loss of `spend`, or kept, unjudged, never judged by a bench that is over, demo, or open."""
    own, again = generations.c, drawings.alias()
    keep, reject = current_votes("keep").scalar_subquery(), current_votes("reject").scalar_subquery()
    retried = exists().where(again.c.team_id == own.team_id, again.c.parent_id == own.id)
    verdict = case(
        (keep > reject, "kept"),  # a tie is not kept
        (and_(reject == 0, drawings.c.bench_id.is_not(None)), "never"),
        (reject == 0, "unjudged"),
        (retried, "retried"),
        else_="rejected",
    )
    return case(
        (own.demo, "demo"),
        (and_(own.state.in_(JUDGEABLE), _open_bench()), "unjudged"),
        (own.state.in_(JUDGEABLE), verdict),
        (own.state == PictureState.BLOCKED, "refused"),
        (own.state.in_((PictureState.UNCERTAIN, PictureState.UNUSABLE)), own.state),
        else_="open",
    )


def _own_sums(period: str, row: Row[Any]) -> Sums:
    if row.ended == "demo":
        return Sums(period, row.name, None, demo=row.records)
    counts = {"records": row.records, "spent_nanousd": row.spent}
    if row.ended in ("kept", "unjudged", "rejected", "retried", "never"):
        counts["images"] = row.records
    if row.ended == "kept":
        counts["kept"] = row.records
    if row.ended in ("kept", "rejected", "retried"):
        counts["judged_nanousd"] = row.spent
    if row.ended == "unjudged":
        counts |= {"pending": row.records, "pending_nanousd": row.spent}
    if row.ended == "never":
        counts |= {"never": row.records, "never_nanousd": row.spent}
    if row.ended in LOSSES:
        counts |= {row.ended: row.records, f"{row.ended}_nanousd": row.spent}
    return Sums(period, row.name, None, **counts)


def _reported(by: str | None, only: Only) -> Select[Any]:
    each = usage_records.c
    name: ColumnElement[Any] = _REPORTED_NAMES[by] if by else null()
    amount, images = each.amount_nanousd, func.nullif(each.images, 0, type_=Integer)
    judged = func.coalesce(each.kept, 0) + func.coalesce(each.rejected, 0)
    counts = {
        "records": func.count(),
        "images": summed(each.images),
        "kept": summed(each.kept),
        "rejected": summed(each.rejected),
        "spent_nanousd": summed(each.amount_nanousd),
        # Divided first: a large amount times a large count would not fit. Less than a nano-dollar an image is lost.
        "rejected_nanousd": summed(amount // images * func.coalesce(each.rejected, 0)),
        "unknown": func.count() - func.count(amount),
        "reviews": func.count(func.coalesce(each.kept, each.rejected)),
        # cost x judged / images, cut to the nano-dollar, again without a product that would not fit
        "judged_nanousd": summed(
            case(
                (and_(each.kept.is_(None), each.rejected.is_(None)), 0),
                (judged == each.images, amount),
                else_=amount // images * judged + amount % images * judged // images,
            ),
            each.images > 0,
        ),
        "judged_unknown": func.count().filter(amount.is_(None), or_(judged > 0, each.images == 0)),
        "pending_unknown": func.count().filter(amount.is_(None), each.images > judged),
        "pictureless": func.count().filter(each.images == 0),
        "pictureless_nanousd": summed(amount, each.images == 0),
        "uncounted_nanousd": summed(amount, each.images.is_(None)),
    }
    columns = (name.label("name"), each.source.label("source"), *(count.label(key) for key, count in counts.items()))
    question = select(*columns).where(*_counted_in_period(), *_part(_REPORTED_NAMES, only))
    return question.group_by(name, each.source) if by else question.group_by(each.source)


def _reported_sums(period: str, row: Row[Any]) -> Sums:
    counts = {key: value for key, value in row._mapping.items() if value is not None}
    uncounted_nanousd = counts.pop("uncounted_nanousd", 0)
    sums = Sums(period, **counts)
    elsewhere_nanousd = sums.judged_nanousd + sums.pictureless_nanousd + uncounted_nanousd
    return replace(
        sums,
        pending=sums.images - sums.kept - sums.rejected,
        pending_nanousd=sums.spent_nanousd - elsewhere_nanousd,
    )


def _reviewing() -> Select[Any]:
    """Which sources reported a review in a period."""
    each = usage_records.c
    reviewed = or_(each.kept.is_not(None), each.rejected.is_not(None))
    return select(each.source).where(*_counted_in_period(), reviewed).distinct()


def _counted_in_period() -> tuple[ColumnElement[bool], ...]:
    each = usage_records.c
    return each.team_id == _TEAM, each.occurred_at >= _START, each.occurred_at < _END, counted()


class SpendRows:
    """What periods add up to: every method is one transaction that only reads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sums(
        self, team_id: str, periods: Sequence[Period], by: str | None = None, only: Only | None = None
    ) -> tuple[Sums, ...]:
        """What each period adds up to, by name of a dimension of `spend` or by UTC_DAY. By day the periods are the days
        of one whole, which is one cohort.

        What has no record has no sums, except that without a dimension there are those of each period.
        """
        only, parts = only or Only(), dict[str, list[Sums]]()
        questions = _questions(None if by == "day" else by, only)
        with reading(self._engine) as connection:
            take_time(connection)
            # One statement a period and kind of record: each is a range of one index, however many days are asked for.
            for period in dict.fromkeys(periods):
                values = {"team": team_id, "start": period.start, "end": period.end}
                cohort = parts.setdefault("" if by == "day" else period.key, [])
                for question, sums_of in questions:
                    cohort.extend(sums_of(period.key, row) for row in connection.execute(question, values))
                if only != Only() and only.channel_id is None:  # a source that reviews elsewhere reviews
                    sources = connection.execute(_reviewing(), values)
                    cohort.extend(Sums(period.key, source=row.source, reviews=1) for row in sources)
        named: dict[tuple[str, str | None], list[Sums]] = {}
        if by in (None, "day"):
            named = {(period.key, None): [] for period in periods}
        for cohort in parts.values():
            for part in close(cohort):
                if part.records or part.demo:
                    named.setdefault((part.period, part.name), []).append(part)
        return tuple(add(parts, period, name) for (period, name), parts in named.items())

    def earliest(self, team_id: str) -> datetime | None:
        """When the first picture or record of this team occurred."""
        own, reported = generations.c, usage_records.c
        questions = (
            select(func.min(own.drawn_at, type_=Utc)).where(own.team_id == team_id),
            select(func.min(own.created_at, type_=Utc)).where(own.team_id == team_id, own.drawn_at.is_(None)),
            select(func.min(reported.occurred_at, type_=Utc)).where(reported.team_id == team_id, counted()),
        )
        with reading(self._engine) as connection:
            moments = [connection.execute(question).scalar() for question in questions]
        return min((moment for moment in moments if moment is not None), default=None)
