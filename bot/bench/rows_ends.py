"""How a bench ends before its verdict: stopped, cancelled, or with nowhere to post."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, update

from bot.bench import rows_read
from bot.bench.plan import Bench, not_open
from bot.bench.rows_calls import STOPPED, advance, forget_reply, leave_drawing, note
from bot.bench.steps import Cell
from bot.clock import Moment
from bot.ledger import holds, settlement
from bot.ledger.bench_states import BLIND, BenchState
from bot.ledger.bench_tables import benches


def stop(connection: Connection, team_id: str, bench_id: str, person_id: str, at: Moment) -> Bench:
    """What is not called by now is not called any more; what all entrants drew is reviewed. Raises NotOpen."""
    holds.lock(connection, team_id)
    bench, _ = rows_read.locked(connection, team_id, bench_id)
    if bench.state is not BenchState.DRAWING:
        raise not_open(bench)
    connection.execute(update(benches).where(rows_read.is_(team_id, bench_id)).values(reason=STOPPED))
    note(connection, bench, person_id, {"did": "stop"}, at.now)
    return advance(connection, team_id, bench_id, at)


def drop(connection: Connection, team_id: str, bench_id: str, person_id: str, at: Moment) -> Bench:
    """One that was planned and is not wanted. Raises NotOpen once it was started: who pressed that means it to run."""
    holds.lock(connection, team_id)
    bench, _ = rows_read.locked(connection, team_id, bench_id)
    if bench.state is not BenchState.PLANNED:
        raise not_open(bench)
    return cancel(connection, team_id, bench_id, person_id, at)


def cancel(connection: Connection, team_id: str, bench_id: str, person_id: str, at: Moment) -> Bench:
    """No call more and no verdict ever; what was paid stays booked. Raises NotOpen once it has ended."""
    holds.lock(connection, team_id)
    bench, cells = rows_read.locked(connection, team_id, bench_id)
    if bench.state not in BLIND:
        raise not_open(bench)
    _give_back(connection, bench, cells, "dropped", at.real)
    leave_drawing(connection, bench, BenchState.CANCELLED, "cancelled", at.now)
    note(connection, bench, person_id, {"did": "cancel"}, at.now)
    return rows_read.bench(connection, team_id, bench_id)


def _give_back(connection: Connection, bench: Bench, cells: Sequence[Cell], reason: str, real: datetime) -> None:
    """Of all its calls that were not sent."""
    for drawing_id in dict.fromkeys(cell.drawing_id for cell in cells):
        settlement.release(connection, bench.team_id, drawing_id, reason, real)


def cannot_post(connection: Connection, team_id: str, bench_id: str, at: Moment) -> Bench:
    """Ended before its first call, unless its message stands by now or somebody else ended it."""
    holds.lock(connection, team_id)
    bench, cells = rows_read.locked(connection, team_id, bench_id)
    if bench.state is not BenchState.DRAWING or bench.message_ts is not None:
        return bench
    _give_back(connection, bench, cells, "cannot_post", at.real)
    leave_drawing(connection, bench, BenchState.CANCELLED, "cannot_post", at.now)
    forget_reply(connection, team_id, bench_id)
    note(connection, bench, bench.by, {"did": "cancel", "why": "cannot_post"}, at.now)
    return rows_read.bench(connection, team_id, bench_id)
