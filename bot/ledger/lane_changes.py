"""From when a lane means which model to programs: read as it stands, and brought up to date by any process."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, select, tuple_

from bot.lanes.programs import LaneChange, announced
from bot.ledger.fact_tables import lane_changes
from bot.ledger.rows import insert_if_new
from bot.pricing.facts import Catalog


def standing(connection: Connection) -> tuple[LaneChange, ...]:
    """In the order of their days."""
    c = lane_changes.c
    rows = connection.execute(select(lane_changes).order_by(c.from_on, c.lane))
    return tuple(
        LaneChange(
            row.lane,
            date.fromisoformat(row.from_on),
            row.model,
            date.fromisoformat(row.announced_on),
            date.fromisoformat(row.checked_on),
        )
        for row in rows
    )


def announce(connection: Connection, catalog: Catalog, today: date, horizon_days: int) -> None:
    """Of two processes that do so at once, both write the same rows."""
    before = standing(connection)
    after = announced(catalog, before, today, horizon_days)
    _withdraw(connection, [row for row in before if row not in after])
    for row in after:
        if row not in before:
            days = {name: getattr(row, name).isoformat() for name in ("from_on", "announced_on", "checked_on")}
            insert_if_new(connection, lane_changes, {"lane": row.lane, "model": row.model, **days})


def _withdraw(connection: Connection, rows: Sequence[LaneChange]) -> None:
    keys = [(row.lane, row.from_on.isoformat()) for row in rows]
    if keys:
        connection.execute(delete(lane_changes).where(tuple_(lane_changes.c.lane, lane_changes.c.from_on).in_(keys)))
