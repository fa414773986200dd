"""The one condition by which every sum keeps quiet about an open blind test."""

from sqlalchemy import and_, exists
from sqlalchemy.sql.elements import ColumnElement

from bot.ledger.bench_states import BLIND
from bot.ledger.bench_tables import benches
from bot.ledger.tables import drawings, generations

# Made once: SQLAlchemy works out all columns of an alias anew each time.
_test_drawings, _veiled_drawings = drawings.alias(), drawings.alias()


def benched() -> ColumnElement[bool]:
    """The generation of the outer query was drawn for a bench: a test, and no part of a team's work."""
    d = _test_drawings
    return exists().where(
        d.c.team_id == generations.c.team_id,
        d.c.id == generations.c.drawing_id,
        d.c.bench_id.is_not(None),
    )


def veiled() -> ColumnElement[bool]:
    """The generation of the outer query is an image of a bench that is not yet sealed: nothing tells whose it is."""
    d = _veiled_drawings
    return exists().where(
        d.c.team_id == generations.c.team_id,
        d.c.id == generations.c.drawing_id,
        d.c.bench_id.is_not(None),
        benches.c.team_id == d.c.team_id,
        benches.c.id == d.c.bench_id,
        benches.c.state.in_(BLIND),
    )


def joined() -> ColumnElement[bool]:
    return and_(drawings.c.team_id == generations.c.team_id, drawings.c.id == generations.c.drawing_id)
