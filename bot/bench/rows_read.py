"""Rows of benches to values, and the one condition by which all others keep quiet about an open one."""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bot.bench.plan import Bench, Effort, Plan, Progress, Prompt
from bot.bench.steps import Cell, pictured
from bot.errors import NotOpen
from bot.ledger.bench_states import BenchState
from bot.ledger.bench_tables import bench_prompts, benches
from bot.ledger.pictures import JUDGEABLE, OPEN
from bot.ledger.pictures import PictureState as Call
from bot.ledger.rows import charged
from bot.ledger.sealed import joined
from bot.ledger.tables import drawings, generations, votes
from bot.pricing.spec import ImageSpec, Size
from bot.samples.priced_images import Entrant

_bench_drawings, _judged_drawings, _judged = drawings.alias(), drawings.alias(), generations.alias()


def is_(team_id: str, bench_id: str) -> ColumnElement[bool]:
    return and_(benches.c.team_id == team_id, benches.c.id == bench_id)


def of(team_id: str, bench_id: str) -> ColumnElement[bool]:
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


def its_drawings() -> ColumnElement[bool]:
    return and_(drawings.c.team_id == benches.c.team_id, drawings.c.bench_id == benches.c.id)


def lock(connection: Connection, team_id: str, bench_id: str) -> Bench:
    """The bench as nobody else changes it until our transaction ends. Raises NotOpen."""
    row = select(benches.c.id).where(is_(team_id, bench_id))
    if connection.execute(row.with_for_update()).first() is None:
        raise NotOpen
    return bench(connection, team_id, bench_id)


def bench(connection: Connection, team_id: str, bench_id: str) -> Bench:
    """Raises NotOpen when this team has no such bench."""
    return whole(connection, team_id, bench_id)[0]


def whole(connection: Connection, team_id: str, bench_id: str) -> tuple[Bench, tuple[Cell, ...]]:
    """With its calls. Raises NotOpen."""
    row = connection.execute(select(benches).where(is_(team_id, bench_id))).first()
    if row is None:
        raise NotOpen
    found = cells(connection, team_id, bench_id)
    return _bench(row, _prompts(connection, team_id, bench_id), _progress(connection, row, found)), found


def cells(connection: Connection, team_id: str, bench_id: str) -> tuple[Cell, ...]:
    """Every call there is, in the order of prompts, entrants and attempts."""
    g, d = generations.c, drawings.c
    asked: Select[Any] = (
        select(g.id, g.drawing_id, g.position, g.state, g.reason, g.reserved_nanousd, d.bench_place, d.parent_id)
        .add_columns(charged().scalar_subquery().label("charged"))
        .join_from(generations, drawings, joined())
        .where(of(team_id, bench_id))
    )
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
        )
        for row in connection.execute(asked)
    ]
    return tuple(sorted(found, key=lambda cell: (cell.place, cell.entrant, cell.attempt)))


def written(plan: Plan) -> str:
    entrants = [[one.lane, one.spec.model, one.spec.quality, *_sides(one.spec.size)] for one in plan.entrants]
    effort = [str(plan.effort.seconds), str(plan.effort.usd_per_hour)]
    return json.dumps({"entrants": entrants, "reviewers": plan.reviewers, "effort": effort})


def _sides(size: Size) -> tuple[int, int]:
    return size.width, size.height


def _plan(row: Row[Any], prompts: tuple[Prompt, ...]) -> Plan:
    read = json.loads(row.plan)
    return Plan(
        prompts=tuple(prompt.text for prompt in prompts),
        entrants=tuple(Entrant(one[0], ImageSpec(one[1], one[2], Size(*one[3:]))) for one in read["entrants"]),
        kind=row.kind,
        reviewers=read["reviewers"],
        effort=Effort(*map(Decimal, read["effort"])),
        cap_nanousd=row.cap_nanousd,
    )


def _prompts(connection: Connection, team_id: str, bench_id: str) -> tuple[Prompt, ...]:
    c = bench_prompts.c
    rows = select(c.place, c.prompt, c.dropped).where(c.team_id == team_id, c.bench_id == bench_id).order_by(c.place)
    return tuple(Prompt(*row) for row in connection.execute(rows))


def _progress(connection: Connection, row: Row[Any], found: tuple[Cell, ...]) -> Progress:
    shown = [pictured([cell for cell in found if cell.place == place], entrant) for place, entrant in _places(found)]
    cast = select(votes.c.generation_id, votes.c.person_id).where(votes_of(row.team_id, row.id)).distinct()
    return Progress(
        images=len(_places(found)),
        done=sum(cell is not None for cell in shown),
        failed=sum(cell.state not in (*OPEN, *JUDGEABLE) for cell in found),
        spent_nanousd=sum(cell.charged_nanousd for cell in found),
        votes=connection.execute(select(func.count()).select_from(cast.subquery())).scalar_one(),
    )


def _places(found: tuple[Cell, ...]) -> list[tuple[int, int]]:
    return sorted({(cell.place, cell.entrant) for cell in found})


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
