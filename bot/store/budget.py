"""The budget row of a period: locked first by everything that moves money, so nobody waits in a circle."""

from typing import Any

from sqlalchemy import BigInteger, Connection, and_, cast, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.drawings import OPEN, Left, Limits, over_budget
from bot.errors import OverBudget
from bot.store.rows import insert_if_new
from bot.store.tables import budget_periods, charges, generations

_SCOPE = {"scope": "workspace", "scope_id": ""}


def _row(team_id: str, period: str) -> ColumnElement[bool]:
    columns = budget_periods.c
    return and_(
        columns.team_id == team_id, columns.scope == "workspace", columns.scope_id == "", columns.period == period
    )


def lock(connection: Connection, team_id: str, period: str) -> None:
    """Make the period's row where there is none, and hold it until the transaction ends."""
    fresh = {"team_id": team_id, "period": period, **_SCOPE, "spent_nanousd": 0, "reserved_nanousd": 0}
    insert_if_new(connection, budget_periods, fresh)
    connection.execute(select(budget_periods.c.period).where(_row(team_id, period)).with_for_update())


def reserve(connection: Connection, team_id: str, limits: Limits, nanousd: int) -> None:
    """One conditional statement: the money is there and ours, or OverBudget."""
    columns = budget_periods.c
    enough = columns.spent_nanousd + columns.reserved_nanousd + nanousd <= limits.limit_nanousd
    taken = connection.execute(
        update(budget_periods)
        .where(_row(team_id, limits.period), enough)
        .values(reserved_nanousd=columns.reserved_nanousd + nanousd)
    )
    if taken.rowcount != 1:
        raise OverBudget(over_budget(nanousd, left(connection, team_id, limits)))


def book(connection: Connection, team_id: str, period: str, spent: int, returned: int) -> None:
    """Count `spent` nano-dollars (negative for a correction) and give `returned` of the reservations back."""
    columns = budget_periods.c
    connection.execute(
        update(budget_periods)
        .where(_row(team_id, period))
        .values(spent_nanousd=columns.spent_nanousd + spent, reserved_nanousd=columns.reserved_nanousd - returned)
    )


def left(connection: Connection, team_id: str, limits: Limits) -> Left:
    row = connection.execute(select(budget_periods).where(_row(team_id, limits.period))).first()
    spent, reserved = (row.spent_nanousd, row.reserved_nanousd) if row else (0, 0)
    return Left(limits.period, spent, reserved, limits.limit_nanousd)


def differences(connection: Connection) -> list[str]:
    """Every period whose row does not equal what the charges and open reservations add up to; empty is right."""
    spent = _sums(connection, charges.c.amount_nanousd, charges)
    reserved = _sums(connection, generations.c.reserved_nanousd, generations, generations.c.state.in_(OPEN))
    rows = {
        (row.team_id, row.period): (row.spent_nanousd, row.reserved_nanousd)
        for row in connection.execute(select(budget_periods))
    }
    found = []
    for key in sorted(rows.keys() | spent.keys() | reserved.keys()):
        stands, should = rows.get(key, (0, 0)), (spent.get(key, 0), reserved.get(key, 0))
        if stands != should:
            found.append(f"{key[0]} {key[1]}: spent and reserved are {stands}, the rows add up to {should}")
    return found


def _sums(
    connection: Connection, amount: ColumnElement[int], table: Any, where: ColumnElement[bool] | None = None
) -> dict[tuple[str, str], int]:
    question = select(table.c.team_id, table.c.period, cast(func.sum(amount), BigInteger).label("total"))
    if where is not None:
        question = question.where(where)
    rows = connection.execute(question.group_by(table.c.team_id, table.c.period))
    return {(row.team_id, row.period): row.total for row in rows}
