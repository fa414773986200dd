"""Budgets as people set them, the projects of channels, and what was said of a budget's thresholds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, select, update

from bot.budgets import lines
from bot.budgets import news as budgets_news
from bot.budgets.lines import PastChange
from bot.budgets.news import BACK, OVER, News
from bot.ledger import holds, workspaces
from bot.ledger import limits as thinking
from bot.ledger.limits import WORKSPACE, Budget, BudgetStanding, Scope
from bot.ledger.pictures import Limits
from bot.ledger.rows import insert_if_new, summed
from bot.ledger.tables import audits, budget_alerts, budgets, channel_projects, charges
from bot.ledger.usage_tables import counted, usage_records
from bot.periods import Period
from bot.store.again import looked_up, repeated
from bot.store.engine import reading, writing

LOOKED_THROUGH = 100


@dataclass(frozen=True)
class Replaced:
    """What stood before a change and what stands now, such as $20.00 per week; None: no budget of its own."""

    old: str | None
    new: str | None


class BudgetRows:
    """Every method is one transaction, and raises StoreBusy as those of the store do."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def standings(
        self, team_id: str, limits: Limits, scopes: Sequence[Scope] | None = None
    ) -> tuple[BudgetStanding, ...]:
        """The budgets of these scopes (None: all) in their periods of now, the workspace's first."""
        with reading(self._engine) as connection:
            budgets_in_force = holds.in_force(connection, team_id, limits, scopes)
            return tuple(holds.standing(connection, team_id, one, limits) for one in budgets_in_force)

    def reported(self, team_id: str, scope: Scope, period: Period) -> int | None:
        """Nano-dollars that pipelines say they spent, for a workspace, a project or a person; None without a record."""
        with reading(self._engine) as connection:
            return _reported(connection, team_id, scope, period)

    def bookings(self, team_id: str, scope: Scope, period: Period) -> tuple[tuple[datetime, int], ...]:
        """When which amounts were booked in the budget period of that key, oldest first."""
        with reading(self._engine) as connection:
            query = holds.charged().with_only_columns(charges.c.at, charges.c.amount_nanousd)
            here = and_(charges.c.team_id == team_id, holds.counted(scope, period.key))
            return tuple((at, amount) for at, amount in connection.execute(query.where(here).order_by(charges.c.at)))

    def version(self, team_id: str, scope: Scope) -> int:
        """To be handed to `change`: it refuses when somebody was faster."""
        with reading(self._engine) as connection:
            row = _row(connection, team_id, scope)
            return row.version if row else 0

    @repeated
    def change(
        self,
        team_id: str,
        scope: Scope,
        wanted: tuple[int, str] | None,
        seen: int,
        person_id: str,
        now: datetime,
        limits: Limits,
    ) -> Replaced:
        """Set it to (nano-dollars, per), or take it away with None. Raises BudgetChanged unless `seen` still stands.

        Setting what stands already changes nothing, and leaves no row in the audit; nor does the same change again.
        """
        with writing(self._engine) as connection:
            holds.lock(connection, team_id)
            row = _row(connection, team_id, scope)
            old, version = _stands(row), row.version if row else 0
            if version != seen:
                if _is_again(row, (old, wanted), seen, person_id):
                    return _last_change(connection, team_id, scope)
                raise lines.changed(row.changed_by if row else None, old)
            limit, per = wanted or (None, old.per if old else "month")
            if _limit(old) == wanted:
                return Replaced(_said(old), _said(old))
            _write(connection, team_id, scope, per, limit, version + 1, person_id, now)
            new = None if limit is None else Budget(scope, per, limit, version + 1, person_id, now)
            if new is not None:
                holds.make(connection, team_id, [(scope.kind, scope.id, thinking.key(per, limits))])
            replaced = Replaced(_said(old), _said(new))
            detail = {"scope": scope.kind, "id": scope.id, **vars(replaced)}
            workspaces.audit(connection, team_id, person_id, "budget", json.dumps(detail), now)
            return replaced

    def changes(self, team_id: str, scopes: Sequence[Scope] | None, most: int) -> tuple[PastChange, ...]:
        """The last ones of these budgets (None: of all), newest first; the team's newest hundred are looked through."""
        with reading(self._engine) as connection:
            changes = _changes(connection, team_id)
        return tuple(one for one in changes if scopes is None or one.whose in scopes)[:most]

    def project_of(self, team_id: str, channel_id: str | None) -> str | None:
        with reading(self._engine) as connection:
            return holds.project_of(connection, team_id, channel_id)

    @looked_up
    def tie(self, team_id: str, channel_id: str, project: str | None, person_id: str, now: datetime) -> None:
        """What is drawn in the channel from now on is for that project, or for none."""
        with writing(self._engine) as connection:
            _tie(connection, team_id, channel_id, project, person_id, now)

    @repeated
    def tell(
        self, team_id: str, limits: Limits, thresholds: Sequence[int], now: datetime
    ) -> tuple[tuple[BudgetStanding, News], ...]:
        """What is to be said now, and is from here on taken as said: so it is said once, by whoever asked first."""
        with writing(self._engine) as connection:
            return tuple(_telling(connection, team_id, limits, thresholds, now))


def _row(connection: Connection, team_id: str, scope: Scope) -> Row[Any] | None:
    c = budgets.c
    return connection.execute(
        select(budgets).where(c.team_id == team_id, c.scope == scope.kind, c.scope_id == scope.id)
    ).first()


def _is_again(row: Row[Any] | None, change: tuple[Budget | None, object], seen: int, person_id: str) -> bool:
    """The same person's same change of what they saw: a window sent twice."""
    stands, wanted = change
    return row is not None and (row.version, row.changed_by) == (seen + 1, person_id) and _limit(stands) == wanted


def _limit(budget: Budget | None) -> tuple[int, str] | None:
    return None if budget is None else (budget.limit_nanousd, budget.per)


def _last_change(connection: Connection, team_id: str, scope: Scope) -> Replaced:
    last = next(one for one in _changes(connection, team_id) if one.whose == scope)
    return Replaced(last.old, last.new)


def _changes(connection: Connection, team_id: str) -> list[PastChange]:
    c = audits.c
    query = select(c.at, c.person_id, c.detail).where(c.team_id == team_id, c.what == "budget")
    rows = connection.execute(query.order_by(c.at.desc()).limit(LOOKED_THROUGH)).all()
    return [_past(row.at, row.person_id, json.loads(row.detail)) for row in rows]


def _past(at: datetime, person_id: str | None, detail: dict[str, Any]) -> PastChange:
    return PastChange(detail["scope"], detail["id"], detail["old"], detail["new"], person_id, at)


def _stands(row: Row[Any] | None) -> Budget | None:
    if row is None or row.limit_nanousd is None:
        return None
    scope = Scope(row.scope, row.scope_id)
    return Budget(scope, row.per, row.limit_nanousd, row.version, row.changed_by, row.changed_at)


def _write(
    connection: Connection,
    team_id: str,
    scope: Scope,
    per: str,
    limit: int | None,
    version: int,
    person_id: str,
    now: datetime,
) -> None:
    c = budgets.c
    place = {"team_id": team_id, "scope": scope.kind, "scope_id": scope.id}
    values = {"per": per, "limit_nanousd": limit, "version": version, "changed_by": person_id, "changed_at": now}
    if not insert_if_new(connection, budgets, {**place, **values}):
        here = (c.team_id == team_id, c.scope == scope.kind, c.scope_id == scope.id)
        connection.execute(update(budgets).where(*here).values(**values))


def _said(what: Budget | None) -> str | None:
    return None if what is None else thinking.amount(what.limit_nanousd, what.per)


def _tie(
    connection: Connection, team_id: str, channel_id: str, project: str | None, person_id: str, now: datetime
) -> None:
    holds.lock(connection, team_id)
    c, old = channel_projects.c, holds.project_of(connection, team_id, channel_id)
    if old == project:
        return
    values = {"project": project, "changed_by": person_id, "changed_at": now}
    if not insert_if_new(connection, channel_projects, {"team_id": team_id, "channel_id": channel_id, **values}):
        here = (c.team_id == team_id, c.channel_id == channel_id)
        connection.execute(update(channel_projects).where(*here).values(**values))
    detail = json.dumps({"channel": channel_id, "old": old, "new": project})
    workspaces.audit(connection, team_id, person_id, "channel project", detail, now)


def _reported(connection: Connection, team_id: str, scope: Scope, period: Period) -> int | None:
    c = usage_records.c
    columns = {"project": c.project, "person": c.person_id}
    if scope.kind == "channel":
        return None  # a pipeline reports none
    query = select(summed(c.amount_nanousd)).where(
        c.team_id == team_id, c.occurred_at >= period.start, c.occurred_at < period.end, counted()
    )
    if scope != WORKSPACE:
        query = query.where(columns[scope.kind] == scope.id)
    amount: int | None = connection.execute(query).scalar()
    return amount


def _telling(
    connection: Connection, team_id: str, limits: Limits, thresholds: Sequence[int], now: datetime
) -> list[tuple[BudgetStanding, News]]:
    holds.lock(connection, team_id)
    due = []
    for one in holds.in_force(connection, team_id, limits):
        standing = holds.standing(connection, team_id, one, limits)
        states = _told(connection, team_id, standing)
        news = budgets_news.news(standing.left, thresholds, states)
        for state, listed in ((OVER, news.over), (BACK, news.back)):
            for threshold in listed:
                _note(connection, team_id, standing, threshold, state, now)
        if news != News():
            due.append((standing, news))
    return due


def _told(connection: Connection, team_id: str, standing: BudgetStanding) -> dict[int, str]:
    c, scope = budget_alerts.c, standing.budget.scope
    here = (c.team_id == team_id, c.scope == scope.kind, c.scope_id == scope.id, c.period == standing.left.period)
    return {row.threshold: row.state for row in connection.execute(select(c.threshold, c.state).where(*here))}


def _note(
    connection: Connection, team_id: str, standing: BudgetStanding, threshold: int, state: str, now: datetime
) -> None:
    c, scope = budget_alerts.c, standing.budget.scope
    place = {"team_id": team_id, "scope": scope.kind, "scope_id": scope.id}
    place |= {"period": standing.left.period}
    fresh = {**place, "threshold": threshold, "state": state, "told_at": now}
    if not insert_if_new(connection, budget_alerts, fresh):
        here = (c.team_id == team_id, c.scope == scope.kind, c.scope_id == scope.id, c.threshold == threshold)
        changed = update(budget_alerts).where(*here, c.period == standing.left.period)
        connection.execute(changed.values(state=state, told_at=now))
