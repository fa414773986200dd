"""The rows of budget periods: reserved on all that apply or on none, booked on all, and what they must add up to.

Whatever moves a team's money takes the team's lock first, so nobody waits in a circle; SQLite's write lock is one.
A row is made when a budget first needs it, from the charges and reservations there are; from then on it is kept, also
while no budget needs it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, and_, bindparam, false, or_, select, text, tuple_, update
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import ColumnElement

from bot.errors import NotOpen, Shortfall
from bot.ledger.bench_tables import benches
from bot.ledger.limits import WORKSPACE, Budget, BudgetStanding, Grants, Scope, default, key, refused
from bot.ledger.pictures import OPEN, Left, Limits
from bot.ledger.rows import insert_if_new, sum_or_zero
from bot.ledger.sealed import joined
from bot.ledger.tables import budget_periods, budgets, channel_projects, charges, drawings, generations

LOCKS = 0x62756467  # "budg": the advisory locks of teams, apart from any other
Row = tuple[str, str, str]  # scope, its id, period
_Columns = ReadOnlyColumnCollection[str, Column[Any]]

# Built once: to put a question together anew costs an ack as much as to ask it.
_LOCK = text("SELECT pg_advisory_xact_lock(:locks, hashtext(:team))")
_PROJECT = select(channel_projects.c.project).where(
    channel_projects.c.team_id == bindparam("team"), channel_projects.c.channel_id == bindparam("channel")
)
_LIMITED = (
    select(budgets)
    .where(budgets.c.team_id == bindparam("team"), budgets.c.limit_nanousd.is_not(None))
    .order_by(budgets.c.scope, budgets.c.scope_id)
)
_LIMITED_OF = _LIMITED.where(tuple_(budgets.c.scope, budgets.c.scope_id).in_(bindparam("scopes", expanding=True)))
_period = budget_periods.c
_ROW = tuple_(_period.scope, _period.scope_id, _period.period)
_THERE = select(_period.scope, _period.scope_id, _period.period).where(
    _period.team_id == bindparam("team"), _ROW.in_(bindparam("rows", expanding=True))
)
_ROWS = update(budget_periods).where(
    _period.team_id == bindparam("team"),
    _period.period.in_(bindparam("periods", expanding=True)),
    tuple_(_period.scope, _period.scope_id).in_(bindparam("scopes", expanding=True)),
)
_RESERVE = _ROWS.values(reserved_nanousd=_period.reserved_nanousd + bindparam("more"))
_BOOK = _ROWS.values(
    spent_nanousd=_period.spent_nanousd + bindparam("spent"),
    reserved_nanousd=_period.reserved_nanousd - bindparam("returned"),
)


@dataclass(frozen=True)
class Under:
    """Everything a picture counts under. `week` is None for what was drawn before weeks were kept."""

    team_id: str
    month: str
    week: str | None
    person_id: str
    channel_id: str | None
    project: str | None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        kinds = (("channel", self.channel_id), ("person", self.person_id), ("project", self.project))
        return (WORKSPACE, *[Scope(kind, name) for kind, name in kinds if name is not None])


def lock(connection: Connection, team_id: str) -> None:
    """From here on what moves this team's money comes one by one, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"locks": LOCKS, "team": team_id})


def project_of(connection: Connection, team_id: str, channel_id: str | None) -> str | None:
    project: str | None = connection.execute(_PROJECT, {"team": team_id, "channel": channel_id}).scalar()
    return project


def under_of(connection: Connection, team_id: str, which: ColumnElement[bool]) -> Under:
    """Of the first generation found. Raises NotOpen."""
    d = drawings.c
    row = connection.execute(
        select(generations.c.period, generations.c.week, d.person_id, d.channel_id, d.project)
        .join(drawings, joined())
        .where(generations.c.team_id == team_id, which)
        .limit(1)
    ).first()
    if row is None:
        raise NotOpen
    return Under(team_id, *row)


def reserve(connection: Connection, under: Under, limits: Limits, nanousd: int, grants: Grants | None = None) -> None:
    """One conditional statement: the money is there under every budget and ours, or OverBudget. `grants` raise limits
    for this statement alone."""
    granted = grants or {}
    limited = {
        (budget.scope.kind, budget.scope.id, key(budget.per, limits)): budget
        for budget in in_force(connection, under.team_id, limits, under.scopes)
    }
    make(connection, under.team_id, {*limited, ("workspace", "", under.month)})
    other = budget_periods.alias()
    short = or_(
        false(),
        *(
            and_(
                _is(other.c, row),
                other.c.spent_nanousd + other.c.reserved_nanousd + nanousd > budget.limit_nanousd + granted.get(row, 0),
            )
            for row, budget in limited.items()
            if nanousd > granted.get(row, 0)  # what was granted counts from where it stands, be that over its limit
        ),
    )
    none_short = ~select(other.c.period).where(other.c.team_id == under.team_id, short).exists()
    change = connection.execute(_RESERVE.where(none_short), _rows(under) | {"more": nanousd})
    if not change.rowcount:
        standings = {row: standing(connection, under.team_id, budget, limits) for row, budget in limited.items()}
        refusing = [one for row, one in standings.items() if nanousd > granted.get(row, 0)]
        least = min(refusing, key=lambda one: one.left.left_nanousd)
        raise refused(nanousd, least, limits.raised_by, shortfalls(nanousd, refusing))


def shortfalls(nanousd: int, standings: Iterable[BudgetStanding]) -> tuple[Shortfall, ...]:
    """Of those that have not as much left. What is over its limit already lacks no more than all that is needed."""
    lacking = ((one.budget, one.left.period, nanousd - max(one.left.left_nanousd, 0)) for one in standings)
    return tuple(
        Shortfall(budget.scope.kind, budget.scope.id, budget.per, period, short, budget.changed_by)
        for budget, period, short in lacking
        if short > 0
    )


def book(connection: Connection, under: Under, spent: int, returned: int) -> None:
    """Count `spent` nano-dollars (negative for a correction) and give `returned` of the reservations back."""
    connection.execute(_BOOK, _rows(under) | {"spent": spent, "returned": returned})


def in_force(
    connection: Connection, team_id: str, limits: Limits, scopes: Iterable[Scope] | None = None
) -> tuple[Budget, ...]:
    """The budgets there are for these scopes (None: all), the workspace's first: the settings' where none is set."""
    if scopes is None:
        rows = connection.execute(_LIMITED, {"team": team_id}).all()
    else:
        keys = [(scope.kind, scope.id) for scope in scopes]
        rows = connection.execute(_LIMITED_OF, {"team": team_id, "scopes": keys}).all()
    limited = [
        Budget(Scope(r.scope, r.scope_id), r.per, r.limit_nanousd, r.version, r.changed_by, r.changed_at) for r in rows
    ]
    whole = [budget for budget in limited if budget.scope == WORKSPACE] or [default(limits)]
    return (*whole, *(budget for budget in limited if budget.scope != WORKSPACE))


def left(connection: Connection, team_id: str, limits: Limits) -> Left:
    """Of the workspace."""
    budget, *_ = in_force(connection, team_id, limits, [WORKSPACE])
    return standing(connection, team_id, budget, limits).left


def tightest(connection: Connection, team_id: str, drawing_id: str, limits: Limits) -> BudgetStanding:
    """Of the budgets that its pictures count under, the one with the least left. Raises NotOpen."""
    under = under_of(connection, team_id, generations.c.drawing_id == drawing_id)
    budgets_in_force = in_force(connection, team_id, limits, under.scopes)
    standings = (standing(connection, team_id, budget, limits) for budget in budgets_in_force)
    return min(standings, key=lambda one: one.left.left_nanousd)


def standing(connection: Connection, team_id: str, budget: Budget, limits: Limits) -> BudgetStanding:
    row = (budget.scope.kind, budget.scope.id, key(budget.per, limits))
    c = budget_periods.c
    stored = connection.execute(
        select(c.spent_nanousd, c.reserved_nanousd).where(c.team_id == team_id, _is(c, row))
    ).first()
    spent, reserved = stored or _added_up(connection, team_id, row)
    return BudgetStanding(budget, Left(row[2], spent, reserved, budget.limit_nanousd))


def make(connection: Connection, team_id: str, rows: Iterable[Row]) -> None:
    """Those of the rows that are not there yet, from what was booked and reserved before. Under the team's lock."""
    needs = set(rows)
    there = connection.execute(_THERE, {"team": team_id, "rows": sorted(needs)})
    for scope, scope_id, period in sorted(needs - {tuple(row) for row in there}):
        spent, reserved = _added_up(connection, team_id, (scope, scope_id, period))
        amounts = {"spent_nanousd": spent, "reserved_nanousd": reserved}
        fresh = {"team_id": team_id, "scope": scope, "scope_id": scope_id, "period": period, **amounts}
        insert_if_new(connection, budget_periods, fresh)


def counted(scope: Scope, period: str) -> ColumnElement[bool]:
    """The generations (joined with their drawings) that count under it."""
    return _under(scope, period, generations.c, drawings.c)


def _under(scope: Scope, period: str, when: _Columns, whose: _Columns) -> ColumnElement[bool]:
    within: ColumnElement[bool] = (when.week if "W" in period else when.period) == period
    if scope == WORKSPACE:
        return within
    columns = {"channel": whose.channel_id, "person": whose.person_id, "project": whose.project}
    return and_(within, columns[scope.kind] == scope.id)


def charged() -> Select[tuple[int]]:
    """The amounts of charges, joined with what they are for."""
    own = generations.c
    return (
        select(charges.c.amount_nanousd)
        .join(generations, and_(own.team_id == charges.c.team_id, own.id == charges.c.generation_id))
        .join(drawings, joined())
    )


def differences(connection: Connection) -> list[str]:
    """Every row that does not equal what the charges and open reservations add up to; empty is right.

    A workspace's month must have its row; of the others only those that are there are held to it.
    """
    reservations = select(generations.c.reserved_nanousd).join(drawings, joined()).where(generations.c.state.in_(OPEN))
    spares = select(benches.c.held_nanousd).where(benches.c.held_nanousd > 0)
    spent = _sums(connection, charged(), charges.c.amount_nanousd, _OF_PICTURES)
    reserved = _sums(connection, reservations, generations.c.reserved_nanousd, _OF_PICTURES)
    for each, amount in _sums(connection, spares, benches.c.held_nanousd, _OF_BENCHES).items():
        reserved[each] = reserved.get(each, 0) + amount
    rows = {
        (row.team_id, row.scope, row.scope_id, row.period): (row.spent_nanousd, row.reserved_nanousd)
        for row in connection.execute(select(budget_periods))
    }
    months = {each for each in spent.keys() | reserved.keys() if each[1] == "workspace" and "W" not in each[3]}
    wrong = []
    for each in sorted(rows.keys() | months):
        stands, should = rows.get(each, (0, 0)), (spent.get(each, 0), reserved.get(each, 0))
        if stands != should:
            name = " ".join(part for part in each if part not in ("workspace", ""))
            wrong.append(f"{name}: spent and reserved are {stands}, the rows add up to {should}")
    return wrong


def _is(columns: object, row: Row) -> ColumnElement[bool]:
    scope, scope_id, period = row
    return and_(columns.scope == scope, columns.scope_id == scope_id, columns.period == period)  # type: ignore[attr-defined]


def _rows(under: Under) -> dict[str, Any]:
    """Names every row there is that this picture counts in."""
    periods = [period for period in (under.month, under.week) if period is not None]
    return {"team": under.team_id, "periods": periods, "scopes": [(scope.kind, scope.id) for scope in under.scopes]}


def _added_up(connection: Connection, team_id: str, row: Row) -> tuple[int, int]:
    """Spent and reserved, by the rows themselves."""
    scope, period = Scope(row[0], row[1]), row[2]
    here = and_(generations.c.team_id == team_id, counted(scope, period))
    bookings = charged().where(here).with_only_columns(sum_or_zero(charges.c.amount_nanousd))
    waiting = (
        select(sum_or_zero(generations.c.reserved_nanousd))
        .join(drawings, joined())
        .where(here, generations.c.state.in_(OPEN))
    )
    spares = select(sum_or_zero(benches.c.held_nanousd)).where(
        benches.c.team_id == team_id, _under(scope, period, benches.c, benches.c)
    )
    reserved = (connection.execute(one).scalar_one() for one in (waiting, spares))
    return connection.execute(bookings).scalar_one(), sum(reserved)


_own, _asked, _bench = generations.c, drawings.c, benches.c
_OF_PICTURES = (_own.team_id, _own.period, _own.week, _asked.person_id, _asked.channel_id, _asked.project)
_OF_BENCHES = (_bench.team_id, _bench.period, _bench.week, _bench.person_id, _bench.channel_id, _bench.project)


def _sums(
    connection: Connection, rows: Select[tuple[int]], what: ColumnElement[int], parts: Sequence[ColumnElement[Any]]
) -> dict[tuple[str, str, str, str], int]:
    """By team, scope, its id and period: each amount counts in every row it belongs to."""
    sums: dict[tuple[str, str, str, str], int] = {}
    for *part, total in connection.execute(rows.with_only_columns(*parts, sum_or_zero(what)).group_by(*parts)):
        under = Under(*part)
        for scope in under.scopes:
            for period in filter(None, (under.month, under.week)):
                place = (under.team_id, scope.kind, scope.id, period)
                sums[place] = sums.get(place, 0) + total
    return sums
