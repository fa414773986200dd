"""A period added up: the bot's own pictures and what pipelines report, in one shape. Provider bills are not in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    Connection,
    Engine,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    false,
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
from bot.ledger.rows import charged, summed, vote_balance
from bot.ledger.sealed import veiled
from bot.ledger.tables import Utc, drawings, generations
from bot.ledger.usage_tables import REVIEWED, counted, usage_records
from bot.periods import Period
from bot.spend.measures import GIVE_AWAY, OPEN_BENCH, UTC_DAY, Only
from bot.spend.sums import LOSSES, Sums, add
from bot.store.engine import reading

Question = tuple[Select[Any], Callable[[str, Row[Any]], Sums]]

REMEMBERED = 100

_TEAM = bindparam("team", type_=Text)
_START, _END = bindparam("start", type_=Utc), bindparam("end", type_=Utc)
_COHORT = bindparam("cohort_start", type_=Utc), bindparam("cohort_end", type_=Utc)


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
def _questions(
    by: str | None, only: Only, silence: bool
) -> tuple[tuple[Select[Any], Callable[[str, Row[Any]], Sums]], ...]:
    """What a pipeline reports has no channel."""
    own = (_own(by, only), _own_sums)
    return (own, (_reported(by, only, silence), _reported_sums)) if only.channel_id is None else (own,)


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
    balance = vote_balance().scalar_subquery()
    retried = exists().where(again.c.team_id == own.team_id, again.c.parent_id == own.id)
    verdict = case(
        (balance > 0, "kept"),  # a tie is not kept
        (balance.is_(None), case((drawings.c.bench_id.is_not(None), "never"), else_="unjudged")),
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
        return Sums(period, row.name, demo=row.records)
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
    return Sums(period, row.name, **counts)


def _reported(by: str | None, only: Only, silence: bool) -> Select[Any]:
    """`silence`: some sources report no reviews. Kept short: on SQLite each sum more takes a twentieth of the whole."""
    each = usage_records.c
    name: ColumnElement[Any] = _REPORTED_NAMES[by] if by else null()
    silent: ColumnElement[Any] = each.source.in_(select(_silent().c.source)) if silence else false()
    amount, images = each.amount_nanousd, each.images
    judged = func.coalesce(each.kept, 0) + func.coalesce(each.rejected, 0)
    counts = {
        "records": func.count(),
        "images": summed(images),
        "kept": summed(each.kept),
        "rejected": summed(each.rejected),
        "spent_nanousd": summed(amount),
        "unknown": func.count() - func.count(amount),
        # Divided first: a large amount times a large count would not fit. Less than a nano-dollar an image is lost.
        "rejected_nanousd": summed(case((each.rejected > 0, amount // images * each.rejected))),
        # cost x judged / images, cut to the nano-dollar, again without a product that would not fit
        "judged_nanousd": summed(
            case(
                (and_(each.kept + each.rejected == images, images > 0), amount),
                (judged > 0, amount // images * judged + amount % images * judged // images),
            )
        ),
        "judged_unknown": func.count().filter(amount.is_(None), or_(judged > 0, images == 0)),
        "pending_unknown": func.count().filter(amount.is_(None), images > judged),
        "pictureless": func.count().filter(images == 0),
        "pictureless_nanousd": summed(amount, images == 0),
        "uncounted_nanousd": summed(amount, images.is_(None)),
    }
    columns = (name.label("name"), silent.label("silent"), *(count.label(key) for key, count in counts.items()))
    question = select(*columns).where(*_counted(_START, _END), *_part(_REPORTED_NAMES, only))
    return question.group_by(*([name] if by else []), *([silent] if silence else []))


def _reported_sums(period: str, row: Row[Any]) -> Sums:
    counts = {key: value for key, value in row._mapping.items() if value is not None}
    silent, uncounted_nanousd = counts.pop("silent"), counts.pop("uncounted_nanousd", 0)
    sums = Sums(period, **counts)
    if silent:
        return replace(sums, left_out=sums.images, pending_unknown=0)
    return replace(
        sums,
        pending=sums.images - sums.kept - sums.rejected,
        pending_nanousd=sums.spent_nanousd - sums.judged_nanousd - sums.pictureless_nanousd - uncounted_nanousd,
    )


def _silent() -> CTE:
    """Which sources reported no review in the days of the cohort: from one to the next, by their indexes."""
    each = usage_records.c
    sources = select(func.min(each.source).label("source")).where(each.team_id == _TEAM).cte("sources", recursive=True)
    following = select(func.min(each.source)).where(each.team_id == _TEAM, each.source > sources.c.source)
    sources = sources.union_all(
        select(following.correlate(sources).scalar_subquery()).where(sources.c.source.is_not(None))
    )
    reviewed = exists().where(each.source == sources.c.source, REVIEWED, *_counted(*_COHORT)).correlate(sources)
    return select(sources.c.source).where(sources.c.source.is_not(None), ~reviewed).cte("silent")


def _counted(start: ColumnElement[Any], end: ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    each = usage_records.c
    return each.team_id == _TEAM, each.occurred_at >= start, each.occurred_at < end, counted()


def _bounds(period: Period, cohort: Period) -> dict[str, datetime]:
    return {"start": period.start, "end": period.end, "cohort_start": cohort.start, "cohort_end": cohort.end}


_SILENT = select(_silent().c.source).limit(1)


def _silence(connection: Connection, team_id: str, cohort: Period, only: Only) -> bool:
    values = {"team": team_id, **_bounds(cohort, cohort)}
    return only.channel_id is None and connection.execute(_SILENT, values).first() is not None


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
        only, wanted = only or Only(), tuple(dict.fromkeys(periods))
        whole = Period("", min(period.start for period in wanted), max(period.end for period in wanted))
        cohorts = {period: whole if by == "day" else period for period in wanted}
        named: dict[tuple[str, str | None], list[Sums]] = {}
        if by in (None, "day"):
            named = {(period.key, None): [] for period in wanted}
        with reading(self._engine) as connection:
            take_time(connection)
            silence = {cohort: _silence(connection, team_id, cohort, only) for cohort in set(cohorts.values())}
            # One statement a period and kind of record: each is a range of one index, however many days are asked for.
            for period in wanted:
                cohort = cohorts[period]
                values = {"team": team_id, **_bounds(period, cohort)}
                for question, sums_of in _questions(None if by == "day" else by, only, silence[cohort]):
                    for part in (sums_of(period.key, row) for row in connection.execute(question, values)):
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
