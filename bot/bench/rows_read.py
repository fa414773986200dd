"""Rows of benches to values, and the one condition by which all others keep quiet about an open one."""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import starmap
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, and_, bindparam, func, or_, select
from sqlalchemy.sql.elements import BindParameter, ColumnElement

from bot.bench.plan import Bench, Effort, Plan, Progress, Prompt
from bot.bench.steps import Cell, progress
from bot.errors import NotOpen
from bot.ledger.bench_states import BenchState
from bot.ledger.bench_tables import bench_prompts, benches
from bot.ledger.pictures import JUDGEABLE
from bot.ledger.pictures import PictureState as Call
from bot.ledger.rows import charged
from bot.ledger.sealed import joined
from bot.ledger.tables import drawings, generations, votes
from bot.pricing.spec import ImageSpec, Size
from bot.samples.priced_images import Entrant

_bench_drawings, _judged_drawings, _judged = drawings.alias(), drawings.alias(), generations.alias()

Named = str | BindParameter[str]


def is_(team_id: Named, bench_id: Named) -> ColumnElement[bool]:
    return and_(benches.c.team_id == team_id, benches.c.id == bench_id)


def of(team_id: Named, bench_id: Named) -> ColumnElement[bool]:
    """Generations, joined with their drawings, that are of this bench.

    Named by value: SQLite, which knows no sizes, would else go through all the team ever drew.
    """
    own = _bench_drawings
    ids = select(own.c.id).where(own.c.team_id == team_id, own.c.bench_id == bench_id)
    named = and_(generations.c.team_id == team_id, generations.c.drawing_id.in_(ids))
    return and_(named, drawings.c.team_id == team_id, drawings.c.bench_id == bench_id)


def votes_of(team_id: str, bench_id: str) -> ColumnElement[bool]:
    """Votes on its images. Named by value, too."""
    own, asked = _judged, _judged_drawings
    of_it = select(asked.c.id).where(asked.c.team_id == team_id, asked.c.bench_id == bench_id)
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


def its_drawings() -> ColumnElement[bool]:
    return and_(drawings.c.team_id == benches.c.team_id, drawings.c.bench_id == benches.c.id)


def bench(connection: Connection, team_id: str, bench_id: str) -> Bench:
    """Raises NotOpen when this team has no such bench."""
    return whole(connection, team_id, bench_id)[0]


def locked(connection: Connection, team_id: str, bench_id: str) -> tuple[Bench, tuple[Cell, ...]]:
    """`whole`, as nobody else changes it until our transaction ends."""
    return whole(connection, team_id, bench_id, asked=_LOCKED)


def whole(
    connection: Connection, team_id: str, bench_id: str, asked: Select[Any] | None = None
) -> tuple[Bench, tuple[Cell, ...]]:
    """With its calls. Raises NotOpen."""
    key = {"team": team_id, "bench": bench_id}
    row = connection.execute(_BENCH if asked is None else asked, key).first()
    if row is None:
        raise NotOpen
    prompts = tuple(starmap(Prompt, connection.execute(_PROMPTS, key)))
    found = cells(connection, team_id, bench_id)
    return _bench(row, prompts, progress(found, _votes(connection, row))), found


def cells(connection: Connection, team_id: str, bench_id: str) -> tuple[Cell, ...]:
    """Every call there is, in the order of prompts, entrants and attempts."""
    rows = connection.execute(_CELLS, {"team": team_id, "bench": bench_id})
    found = [
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
    return tuple(found)


def written(plan: Plan) -> str:
    entrants = [[one.lane, one.spec.model, one.spec.quality, *_sides(one.spec.size)] for one in plan.entrants]
    effort = [str(plan.effort.seconds), str(plan.effort.usd_per_hour)]
    return json.dumps({"entrants": entrants, "reviewers": plan.reviewers, "effort": effort})


def _sides(size: Size) -> tuple[int, int]:
    return size.width, size.height


def _plan(row: Row[Any], prompts: tuple[Prompt, ...]) -> Plan:
    read = json.loads(row.plan)
    texts = [prompt.text for prompt in prompts]
    entrants = [Entrant(one[0], ImageSpec(one[1], one[2], Size(*one[3:]))) for one in read["entrants"]]
    return Plan(
        prompts=tuple(texts),
        entrants=tuple(entrants),
        kind=row.kind,
        reviewers=read["reviewers"],
        effort=Effort(*map(Decimal, read["effort"])),
        cap_nanousd=row.cap_nanousd,
    )


def _votes(connection: Connection, row: Row[Any]) -> int:
    """Nobody can vote before the review."""
    if row.state in (BenchState.PLANNED, BenchState.DRAWING):
        return 0
    cast = select(votes.c.generation_id, votes.c.person_id).where(votes_of(row.team_id, row.id)).distinct()
    return connection.execute(select(func.count()).select_from(cast.subquery())).scalar_one()


def _bench(row: Row[Any], prompts: tuple[Prompt, ...], progress: Progress) -> Bench:
    return Bench(
        team_id=row.team_id,
        id=row.id,
        plan=_plan(row, prompts),
        state=BenchState(row.state),
        by=row.person_id,
        source=row.source,
        channel_id=row.channel_id,
        message_ts=row.message_ts,
        demo=row.demo,
        parent_id=row.parent_id,
        question=row.question,
        held_nanousd=row.held_nanousd,
        reason=row.reason,
        created_at=row.created_at,
        ended_at=row.ended_at,
        prompts=prompts,
        progress=progress,
        seed=row.seed,
    )


def pictures(connection: Connection, states: Sequence[BenchState], since: datetime) -> frozenset[tuple[str, str]]:
    """Of benches in these states, or ended since then with a verdict."""
    kept = or_(benches.c.state.in_(states), and_(benches.c.state == BenchState.SEALED, benches.c.ended_at >= since))
    asked = select(generations.c.team_id, generations.c.id).join_from(generations, drawings, joined())
    found = connection.execute(asked.join(benches, its_drawings()).where(kept, generations.c.state.in_(JUDGEABLE)))
    return frozenset((row.team_id, row.id) for row in found)


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
