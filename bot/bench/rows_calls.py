"""Blind comparisons: planned for nothing, reserved whole or refused, driven on from what their calls came to."""

import json
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from bot.bench import rows_read
from bot.bench.plan import Bench, Grid, WantedBench, cap_refused, checked, question, reserved
from bot.bench.plan import spare as bench_spare
from bot.bench.steps import NOTHING, Cell, Steps, steps
from bot.clock import Moment
from bot.errors import NotOpen, Paused
from bot.ledger import admission, holds, pauses, sealed, settlement, slack_answers, workers, workspaces
from bot.ledger.bench_states import BenchState
from bot.ledger.bench_tables import bench_prompts, benches
from bot.ledger.holds import Under
from bot.ledger.pictures import Drawing, Limits, PictureState, Wish, Wished
from bot.ledger.rows import Enqueue, drawings_where, fields, generation, insert_if_new, new_id
from bot.ledger.tables import drawings, generations

Begin = Callable[[Connection, Bench], None]  # called inside the transaction that reserves


def plan(connection: Connection, request: WantedBench, images: Grid, now: datetime) -> Bench:
    """Freeze its prompts; nothing is reserved. The same request again is the bench it made before.

    Raises BadPlan, or OverBudget when its cap is under its quote.
    """
    terms = checked(request.plan)
    need = 0 if request.demo else reserved(images)
    cap = need if terms.cap_nanousd is None else terms.cap_nanousd
    if need > cap:
        raise cap_refused(need, cap)
    row = {
        **fields(request, _SHARED),
        "id": new_id(),
        "kind": terms.kind,
        "question": question(terms),
        "cap_nanousd": cap,
        "plan": rows_read.plan_json(terms),
        "seed": secrets.token_hex(16),
        "held_nanousd": 0,
        "state": BenchState.PLANNED,
        "created_at": now,
    }
    if not insert_if_new(connection, benches, row):
        same = select(benches.c.id).where(benches.c.team_id == request.team_id)
        bench_id = connection.execute(same.where(benches.c.request_key == request.request_key)).scalar_one()
        return rows_read.bench(connection, request.team_id, bench_id)
    here = {"team_id": request.team_id, "bench_id": row["id"]}
    prompts = [{**here, "place": place, "prompt": prompt} for place, prompt in enumerate(terms.prompts)]
    connection.execute(insert(bench_prompts), prompts)
    return rows_read.bench(connection, request.team_id, str(row["id"]))


_SHARED = ("team_id", "request_key", "person_id", "channel_id", "source", "demo", "parent_id")


def start(
    connection: Connection,
    team_id: str,
    bench_id: str,
    images: Grid,
    limits: Limits,
    at: Moment,
    begin: Begin | None = None,
    reply_url: str | None = None,
) -> tuple[Bench, bool]:
    """Reserve the whole of it against every budget that applies, or refuse. False: it was started before.

    `images` are its calls at the prices of now, a row a prompt; `reply_url` answers who started it, until its message
    stands. Raises OverBudget, Paused, Busy, SlowDown, NotOpen.
    """
    holds.lock(connection, team_id)
    bench, _ = rows_read.locked(connection, team_id, bench_id)
    if bench.state is not BenchState.PLANNED:
        if bench.state is BenchState.CANCELLED:
            raise NotOpen
        return bench, False
    pauses.refuse_stopped(connection, team_id)
    if bench.source == "slack":
        workers.refuse_where_none_can_store(connection, at.real)
    admission.refuse_full_queue(connection, sum(map(len, images)), limits)
    admission.refuse_haste(connection, team_id, bench.by, limits, at.now)
    project = holds.project_of(connection, team_id, bench.channel_id)
    spare = 0
    if not bench.demo:
        if bench.source == "slack" and not limits.guests:
            slack_answers.refuse_known(connection, team_id, bench.by, at.real)
        _refuse_paused(connection, bench)
        spare = _reserve(connection, bench, images, limits, project)
    for prompt, row in zip(bench.prompts, images, strict=True):
        _store_calls(connection, bench, prompt.place, row, project, limits, at, reply_url=reply_url)
    values = {"state": BenchState.DRAWING, "held_nanousd": spare, "project": project}
    values |= {"period": limits.period, "week": limits.week}
    connection.execute(update(benches).where(rows_read.is_(team_id, bench_id)).values(values))
    note(connection, bench, bench.by, {"did": "start", "reserved": 0 if bench.demo else reserved(images)}, at.now)
    started = rows_read.bench(connection, team_id, bench_id)
    if begin is not None:
        begin(connection, started)
    return started, True


def _refuse_paused(connection: Connection, bench: Bench) -> None:
    """Also where a pause has just passed: all calls but the one that may try first would fail."""
    models = {entrant.spec.model for entrant in bench.plan.entrants}
    for pause in pauses.standing(connection):
        if pause.scope in (pauses.EVERYTHING, *models):
            raise Paused(f"{pause.reason} A bench waits until one picture was drawn again: `try` one first.")


def _reserve(connection: Connection, bench: Bench, images: Grid, limits: Limits, project: str | None) -> int:
    """Against every budget at once; the part of it that is spare."""
    need, cap = reserved(images), bench.plan.cap_nanousd or 0
    if need > cap:
        raise cap_refused(need, cap)
    under = Under(bench.team_id, limits.period, limits.week, bench.by, bench.channel_id, project)
    holds.reserve(connection, under, limits, need)
    return bench_spare(images)


def _store_calls(
    connection: Connection,
    bench: Bench,
    place: int,
    images: Sequence[Wished],
    project: str | None,
    limits: Limits,
    at: Moment,
    again: Cell | None = None,
    reply_url: str | None = None,
) -> Drawing:
    """One drawing, and its calls ready to be made. The key allows each call one repetition, ever."""
    key = f"bench:{bench.id}:{place}" if again is None else f"bench:{bench.id}:{place}:{again.entrant}"
    wish = Wish(
        team_id=bench.team_id,
        request_key=key,
        person_id=bench.by,
        channel_id=bench.channel_id,
        thread_ts=None,
        reply_url=reply_url,
        source=bench.source,
        prompt=bench.prompts[place].text,
        images=tuple(images),
        demo=bench.demo,
        parent_id=None if again is None else again.generation_id,
        bench_id=bench.id,
        bench_place=place,
    )
    first = 0 if again is None else again.entrant
    return admission.store(connection, wish, [new_id() for _ in wish.images], project, limits, at, first)


def advance(connection: Connection, team_id: str, bench_id: str, at: Moment, enqueue: Enqueue | None = None) -> Bench:
    """What its calls ask for by now: one made again, a prompt dropped, the review begun."""
    return step(connection, team_id, bench_id, None, at, enqueue)[0]


def step(
    connection: Connection,
    team_id: str,
    bench_id: str,
    call_id: str | None,
    at: Moment,
    enqueue: Enqueue | None = None,
) -> tuple[Bench, tuple[Cell, ...]]:
    """Whatever its calls ask for by now, and its calls. Asked again at the same point it changes nothing.

    Read once; again only where that changed something. `call_id` is a call that has ended: its picture, if it brought
    one, is handed to nobody, but shown where it is reviewed.
    """
    holds.lock(connection, team_id)
    bench, cells = rows_read.locked(connection, team_id, bench_id)
    following = _decided(bench, cells)
    if call_id is not None:
        settlement.hand_over(connection, team_id, call_id, None, None, at.real)
    if following == NOTHING:
        return bench, cells
    _apply(connection, bench, cells, following, at, enqueue)
    return rows_read.whole(connection, team_id, bench_id)


def _decided(bench: Bench, cells: Sequence[Cell]) -> Steps:
    if bench.state is not BenchState.DRAWING:
        return NOTHING
    places = [prompt.place for prompt in bench.remaining]
    return steps(cells, places, bench.held_nanousd, stopped=bench.reason == STOPPED)


def _apply(
    connection: Connection,
    bench: Bench,
    cells: Sequence[Cell],
    following: Steps,
    at: Moment,
    enqueue: Enqueue | None,
) -> None:
    for cell in following.again:
        _again(connection, bench, cell, at, enqueue)
    for place, reason in following.drop:
        _drop(connection, bench, cells, place, reason, at.real)
    if following.over:
        state = BenchState.REVIEWING if len(bench.remaining) > len(following.drop) else BenchState.CANCELLED
        leave_drawing(connection, bench, state, "nothing_drawn", at.now)


STOPPED = "stopped"


def _again(connection: Connection, bench: Bench, cell: Cell, at: Moment, enqueue: Enqueue | None) -> None:
    """Paid from what is held: the budgets have it reserved already."""
    lost = generation(connection, bench.team_id, cell.generation_id)
    own = update(benches).where(rows_read.is_(bench.team_id, bench.id))
    connection.execute(own.values(held_nanousd=benches.c.held_nanousd - cell.reserved_nanousd))
    row = connection.execute(
        select(benches.c.period, benches.c.week, benches.c.project).where(rows_read.is_(bench.team_id, bench.id))
    ).one()
    limits = Limits(row.period, 0, 0, 0, 0, row.week)  # those of its start: it is booked where it was reserved
    image = Wished(lost.lane, lost.spec, lost.expected_nanousd, lost.reserved_nanousd)
    calls = _store_calls(connection, bench, cell.place, (image,), row.project, limits, at, cell)
    if enqueue is not None:
        enqueue(connection, calls)


def _drop(connection: Connection, bench: Bench, cells: Sequence[Cell], place: int, reason: str, real: datetime) -> None:
    c = bench_prompts.c
    here = (c.team_id == bench.team_id, c.bench_id == bench.id, c.place == place)
    connection.execute(update(bench_prompts).where(*here, c.dropped.is_(None)).values(dropped=reason))
    for drawing_id in dict.fromkeys(cell.drawing_id for cell in cells if cell.place == place):
        settlement.release(connection, bench.team_id, drawing_id, "dropped", real)


def leave_drawing(connection: Connection, bench: Bench, state: BenchState, reason: str, now: datetime) -> None:
    """What was held and is not needed goes back to the budgets."""
    row = connection.execute(select(benches).where(rows_read.is_(bench.team_id, bench.id))).one()
    if row.held_nanousd:
        under = Under(row.team_id, row.period, row.week, row.person_id, row.channel_id, row.project)
        holds.book(connection, under, spent=0, returned=row.held_nanousd)
    values: dict[str, Any] = {"state": state, "held_nanousd": 0}
    if state is BenchState.CANCELLED:
        values |= {"ended_at": now, "reason": reason}
    connection.execute(update(benches).where(rows_read.is_(bench.team_id, bench.id)).values(values))


def posted(connection: Connection, team_id: str, bench_id: str, message_ts: str) -> Bench:
    """Only the first message counts: compare the answer's `message_ts` with yours."""
    first = update(benches).where(rows_read.is_(team_id, bench_id), benches.c.message_ts.is_(None))
    connection.execute(first.values(message_ts=message_ts))
    forget_reply(connection, team_id, bench_id)
    return rows_read.bench(connection, team_id, bench_id)


def forget_reply(connection: Connection, team_id: str, bench_id: str) -> None:
    own = (drawings.c.team_id == team_id, drawings.c.bench_id == bench_id)
    connection.execute(update(drawings).where(*own).values(reply_url=None))


def unfinished(connection: Connection, team_id: str, bench_id: str) -> list[Drawing]:
    """Drawings with calls that are not at their end, in the order of their prompts."""
    own = and_(drawings.c.team_id == team_id, drawings.c.bench_id == bench_id)
    whole = drawings_where(connection, own)
    return [drawing for drawing in whole if any(one.state in UNFINISHED for one in drawing.generations)]


UNFINISHED = (PictureState.PLACED, PictureState.CALLING, PictureState.PAID)


def waiting(connection: Connection, team_id: str, bench_id: str) -> tuple[str, ...]:
    """Generations that are not at their end: to be called, or to be looked after."""
    ids = select(generations.c.id).join_from(generations, drawings, sealed.joined())
    order = (drawings.c.bench_place, generations.c.position)
    unended = ids.where(rows_read.of(team_id, bench_id), generations.c.state.in_(UNFINISHED)).order_by(*order)
    return tuple(connection.execute(unended).scalars())


def note(connection: Connection, bench: Bench, person_id: str, what: dict[str, Any], now: datetime) -> None:
    detail = json.dumps({"bench": bench.id, **what})
    workspaces.audit(connection, bench.team_id, person_id, "bench", detail, now)
