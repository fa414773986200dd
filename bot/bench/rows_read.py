"""Rows of benches to values, and the one condition by which all others keep quiet about an open one."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import starmap
from math import factorial
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, and_, bindparam, distinct, func, or_, select
from sqlalchemy.sql.elements import BindParameter, ColumnElement

from bot.bench.plan import Bench, Effort, Plan, Progress, Prompt
from bot.bench.steps import Cell, progress
from bot.errors import Unknown
from bot.evidence import LEAST_PROMPTS
from bot.ledger.bench_states import BLIND, BenchState
from bot.ledger.bench_tables import bench_composites, bench_prompts, benches
from bot.ledger.pictures import JUDGEABLE
from bot.ledger.pictures import PictureState as Call
from bot.ledger.rows import charged, fields
from bot.ledger.sealed import joined
from bot.ledger.tables import drawings, generations, votes
from bot.pricing.spec import ImageSpec, Size
from bot.samples.priced_images import Entrant

_bench_drawings, _judged_drawings, _judged = drawings.alias(), drawings.alias(), generations.alias()

Named = str | BindParameter[str]
TELL_WITHIN, TOLD_BY = timedelta(days=1), timedelta(minutes=10)
PLACED_BY = timedelta(minutes=1)


def is_(team_id: Named, bench_id: Named) -> ColumnElement[bool]:
    return and_(benches.c.team_id == team_id, benches.c.id == bench_id)


def of(team_id: Named, bench_id: Named) -> ColumnElement[bool]:
    """Generations, joined with their drawings, that are of this bench.

    Named by value: SQLite, which knows no sizes, would else go through all the team ever drew.
    """
    own = _bench_drawings
    ids = select(own.c.id).where(own.c.team_id == team_id, own.c.bench_id == bench_id)
    by_id = and_(generations.c.team_id == team_id, generations.c.drawing_id.in_(ids))
    return and_(by_id, drawings.c.team_id == team_id, drawings.c.bench_id == bench_id)


def votes_of(team_id: str, bench_id: str) -> ColumnElement[bool]:
    """Votes on its images. Named by value, too."""
    own, its_drawings = _judged, _judged_drawings
    of_it = select(its_drawings.c.id).where(its_drawings.c.team_id == team_id, its_drawings.c.bench_id == bench_id)
    ids = select(own.c.id).where(own.c.team_id == team_id, own.c.drawing_id.in_(of_it))
    return and_(votes.c.team_id == team_id, votes.c.generation_id.in_(ids))


def _cells() -> Select[Any]:
    g, d = generations.c, drawings.c
    return (
        select(g.id, g.drawing_id, g.position, g.state, g.reason, g.reserved_nanousd, g.file_id)
        .add_columns(d.bench_place, d.parent_id, charged().scalar_subquery().label("charged"))
        .join_from(generations, drawings, joined())
        .where(of(_KEY["team"], _KEY["bench"]))
        .order_by(d.bench_place, g.position, d.parent_id.is_not(None))
    )


def _its_drawings() -> ColumnElement[bool]:
    return and_(drawings.c.team_id == benches.c.team_id, drawings.c.bench_id == benches.c.id)


def bench(connection: Connection, team_id: str, bench_id: str) -> Bench:
    """Raises Unknown when this team has no such bench."""
    return whole(connection, team_id, bench_id)[0]


def locked(connection: Connection, team_id: str, bench_id: str) -> tuple[Bench, tuple[Cell, ...]]:
    """`whole`, as nobody else changes it until our transaction ends."""
    return whole(connection, team_id, bench_id, question=_LOCKED)


def whole(
    connection: Connection, team_id: str, bench_id: str, question: Select[Any] | None = None
) -> tuple[Bench, tuple[Cell, ...]]:
    """With its calls. Raises Unknown."""
    key = {"team": team_id, "bench": bench_id}
    row = connection.execute(_BENCH if question is None else question, key).first()
    if row is None:
        raise Unknown("blind test", bench_id)
    prompts = tuple(starmap(Prompt, connection.execute(_PROMPTS, key)))
    calls = cells(connection, team_id, bench_id)
    seen = _in_slack(connection, row, prompts)
    return _bench(row, prompts, progress(calls, _votes(connection, row), seen)), calls


def cells(connection: Connection, team_id: str, bench_id: str) -> tuple[Cell, ...]:
    """Every call there is, in the order of prompts, entrants and attempts."""
    rows = connection.execute(_CELLS, {"team": team_id, "bench": bench_id})
    calls = [
        Cell(
            place=row.bench_place,
            entrant=row.position,
            attempt=1 if row.parent_id is None else 2,
            generation_id=row.id,
            drawing_id=row.drawing_id,
            state=Call(row.state),
            reason=row.reason,
            reserved_nanousd=row.reserved_nanousd,
            charged_nanousd=int(row.charged),
            file_id=row.file_id,
        )
        for row in rows
    ]
    return tuple(calls)


def plan_json(plan: Plan) -> str:
    specs = [(one.lane, one.spec, one.spec.size) for one in plan.entrants]
    entrants = [[lane, spec.model, spec.quality, size.width, size.height] for lane, spec, size in specs]
    effort = [str(plan.effort.seconds), str(plan.effort.usd_per_hour)]
    return json.dumps({"entrants": entrants, "reviewers": plan.reviewers, "effort": effort, "judges": plan.judges})


def _plan(row: Row[Any], prompts: tuple[Prompt, ...]) -> Plan:
    stored = json.loads(row.plan)
    texts = [prompt.text for prompt in prompts]
    entrants = [Entrant(one[0], ImageSpec(one[1], one[2], Size(*one[3:]))) for one in stored["entrants"]]
    return Plan(
        prompts=tuple(texts),
        entrants=tuple(entrants),
        kind=row.kind,
        reviewers=stored["reviewers"],
        effort=Effort(*map(Decimal, stored["effort"])),
        cap_nanousd=row.cap_nanousd,
        judges=tuple(stored.get("judges", ())),  # plans of 0.2.0 name nobody
    )


def _votes(connection: Connection, row: Row[Any]) -> Sequence[tuple[str, int, int]]:
    """A person, the place of a prompt, and on how many of its images they voted. Nobody can vote before the review."""
    if row.state in (BenchState.PLANNED, BenchState.DRAWING):
        return ()
    who, place = votes.c.person_id, drawings.c.bench_place
    voted = func.count(distinct(votes.c.generation_id))
    voters = select(who, place, voted).join(generations, voted_on()).join(drawings, joined())
    of_it = voters.where(votes_of(row.team_id, row.id)).group_by(who, place).order_by(who, place)
    return [(each.person_id, each.bench_place, each[2]) for each in connection.execute(of_it)]


def voted_on() -> ColumnElement[bool]:
    return and_(generations.c.team_id == votes.c.team_id, generations.c.id == votes.c.generation_id)


def _in_slack(connection: Connection, row: Row[Any], prompts: tuple[Prompt, ...]) -> int:
    """How many of the prompts that remain stand side by side in every order. Asked while it is judged."""
    if row.state != BenchState.REVIEWING:
        return 0
    c = bench_composites.c
    here = (
        select(c.place, func.count().label("files"))
        .where(c.team_id == row.team_id, c.bench_id == row.id)
        .group_by(c.place)
    )
    files = {row.place: row.files for row in connection.execute(here)}
    whole = factorial(len(json.loads(row.plan)["entrants"]))
    return sum(prompt.dropped is None and files.get(prompt.place) == whole for prompt in prompts)


def _bench(row: Row[Any], prompts: tuple[Prompt, ...], progress: Progress) -> Bench:
    return Bench(
        **fields(row, _OF_BENCH),
        plan=_plan(row, prompts),
        state=BenchState(row.state),
        by=row.person_id,
        prompts=prompts,
        progress=progress,
    )


_OF_BENCH = (
    *("team_id", "id", "source", "channel_id", "message_ts", "demo", "parent_id", "question", "held_nanousd"),
    *("reason", "created_at", "ended_at", "seed"),
)


def pictures(connection: Connection, since: datetime) -> frozenset[tuple[str, str]]:
    """Team and id of the pictures of benches that are open, or were sealed since then."""
    recent = or_(benches.c.state.in_(BLIND), and_(benches.c.state == BenchState.SEALED, benches.c.ended_at >= since))
    images = select(generations.c.team_id, generations.c.id).join_from(generations, drawings, joined())
    rows = connection.execute(images.join(benches, _its_drawings()).where(recent, generations.c.state.in_(JUDGEABLE)))
    return frozenset((row.team_id, row.id) for row in rows)


def listed(connection: Connection, team_id: str, count: int) -> tuple[Bench, ...]:
    """The newest first."""
    ids = select(benches.c.id).where(benches.c.team_id == team_id)
    newest = ids.order_by(benches.c.created_at.desc(), benches.c.id).limit(count)
    return tuple(bench(connection, team_id, bench_id) for bench_id in connection.execute(newest).scalars().all())


def drawing(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Team and id of every bench under way, of all teams."""
    open_ = select(benches.c.team_id, benches.c.id).where(benches.c.state == BenchState.DRAWING)
    return tuple((row.team_id, row.id) for row in connection.execute(open_.order_by(benches.c.created_at)))


def unplaced(connection: Connection, real: datetime) -> frozenset[tuple[str, str]]:
    """Team and id of every bench that was started, not just now, and has no message yet in its channel."""
    c, g = benches.c, generations.c
    ids = select(c.team_id, c.id).join(drawings, _its_drawings()).join(generations, joined())
    lost = (c.state == BenchState.DRAWING, c.channel_id.is_not(None), c.message_ts.is_(None))
    rows = connection.execute(ids.where(*lost, g.state == Call.PLACED, g.state_at <= real - PLACED_BY))
    return frozenset((row.team_id, row.id) for row in rows)


def untold(connection: Connection, now: datetime) -> tuple[tuple[str, str], ...]:
    """Team and id of those sealed within a day and not just now, whose verdict does not stand in their channel."""
    c, (first, last) = benches.c, (now - TELL_WITHIN, now - TOLD_BY)
    lost = (c.channel_id.is_not(None), or_(c.verdict_ts.is_(None), c.verdict_ts == ""))
    ids = select(c.team_id, c.id).where(c.state == BenchState.SEALED, *lost, c.ended_at > first, c.ended_at <= last)
    return tuple((row.team_id, row.id) for row in connection.execute(ids.order_by(c.ended_at)))


def looks(connection: Connection, team_id: str, question: str, *, demo: bool) -> int:
    """How often this question was answered, as a verdict counts it: by sealed benches that brought a new prompt, from
    ten prompts on. Demos and real pictures apart."""
    seen: set[str] = set()
    taken = 0
    for prompts in _answered(connection, team_id, question, demo=demo).values():
        new = prompts - seen
        seen |= prompts
        taken += bool(new) and len(seen) >= LEAST_PROMPTS
    return taken


def answered(connection: Connection, team_id: str, question: str, *, demo: bool) -> frozenset[str]:
    """The prompts that were judged for it in those."""
    return frozenset().union(*_answered(connection, team_id, question, demo=demo).values())


def _answered(connection: Connection, team_id: str, question: str, *, demo: bool) -> dict[str, frozenset[str]]:
    """By bench, the earliest first."""
    p, c = bench_prompts.c, benches.c
    same = (c.team_id == team_id, c.question == question, c.demo.is_(demo), c.state == BenchState.SEALED)
    theirs = and_(p.team_id == c.team_id, p.bench_id == c.id)
    judged = select(c.id, p.prompt).join(bench_prompts, theirs).where(*same, p.dropped.is_(None))
    prompts: dict[str, frozenset[str]] = {}
    for row in connection.execute(judged.order_by(c.ended_at, c.id)):
        prompts[row.id] = prompts.get(row.id, frozenset()) | {row.prompt}
    return prompts


def newest_sealed(connection: Connection, team_id: str, kinds: int) -> tuple[str, ...]:
    """The last sealed one of each of the kinds of work that were judged last, without demos; the newest first."""
    c = benches.c
    real = (c.team_id == team_id, c.state == BenchState.SEALED, c.demo.is_(False))
    last = func.row_number().over(partition_by=c.kind, order_by=(c.ended_at.desc(), c.id.desc())).label("last")
    ranks = select(c.id, c.ended_at, last).where(*real).subquery()
    newest = select(ranks.c.id).where(ranks.c.last == 1).order_by(ranks.c.ended_at.desc(), ranks.c.id.desc())
    return tuple(connection.execute(newest.limit(kinds)).scalars())


# Built once, as those a step asks each time: to put a question together anew costs more than to ask it.
_KEY = {name: bindparam(name, type_=Text) for name in ("team", "bench")}
_BENCH = select(benches).where(is_(_KEY["team"], _KEY["bench"]))
_LOCKED = _BENCH.with_for_update()
_PROMPTS = (
    select(bench_prompts.c.place, bench_prompts.c.prompt, bench_prompts.c.dropped)
    .where(bench_prompts.c.team_id == _KEY["team"], bench_prompts.c.bench_id == _KEY["bench"])
    .order_by(bench_prompts.c.place)
)
_CELLS = _cells()
