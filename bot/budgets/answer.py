"""Budgets asked about and changed, the same for every door: who may is asked there, before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import periods
from bot.budgets import forecast, rows_requests
from bot.budgets import lines as budgets_lines
from bot.budgets.command import BudgetCommand
from bot.budgets.forecast import Forecast
from bot.budgets.lines import BudgetLine, Budgets, Changed
from bot.budgets.rows import BudgetRows
from bot.ledger import limits as ledger_limits
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE, BudgetStanding, Scope
from bot.ledger.pictures import Limits
from bot.money import nanousd

LAST_CHANGES = 5


@dataclass(frozen=True)
class Purse:
    """The budgets of one team at one moment. `owners` may change them; empty: the workspace's admins."""

    store: Ledger
    team_id: str
    limits: Limits
    now: datetime
    zone: ZoneInfo
    thresholds: tuple[int, ...]
    owners: tuple[str, ...]
    demo: bool = False

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def all(self, channel_id: str | None = None) -> Budgets:
        return self._budgets(self._lines(None), None, channel_id)

    def one(self, scope: Scope, channel_id: str | None = None) -> Budgets:
        """No line where that has no budget of its own."""
        lines = (line for line in self._lines([scope]) if line.whose == scope)
        return replace(self._budgets(tuple(lines), [scope], channel_id), asked=scope)

    def here(self, person_id: str, channel_id: str | None, *, others: bool = False) -> Budgets:
        """What limits this person in this channel; with `others` the budgets beside those, too."""
        project = BudgetRows(self.store.engine).project_of(self.team_id, channel_id)
        named = (("channel", channel_id), ("person", person_id), ("project", project))
        scopes = [WORKSPACE, *(Scope(kind, name) for kind, name in named if name)]
        if not others:
            return self._budgets(self._lines(scopes), scopes, channel_id)
        whole = self._lines(None)
        here = tuple(line for line in whole if line.whose in scopes)
        return self._budgets(here, None, channel_id, tuple(line for line in whole if line not in here))

    def line(self, scope: Scope) -> BudgetLine | None:
        standings = BudgetRows(self.store.engine).standings(self.team_id, self.limits, [scope])
        return next((budgets_lines.line(one) for one in standings if one.budget.scope == scope), None)

    def change(self, asked: BudgetCommand, person_id: str, seen: int) -> Changed:
        """Raises BudgetChanged when `seen` is no longer the version that stands."""
        usd, per = asked.usd, asked.per
        limit = None if usd is None or per is None else (nanousd(usd), per)
        replaced = BudgetRows(self.store.engine).change(
            self.team_id, asked.scope, limit, seen, person_id, self.now, self.limits
        )
        old, new = (
            None if one is None else ledger_limits.amount(one.limit_nanousd, one.per)
            for one in (replaced.old, replaced.new)
        )
        return Changed(asked.scope.kind, asked.scope.id, old, new, self.line(asked.scope), replaced.again)

    def _lines(self, scopes: Sequence[Scope] | None) -> tuple[BudgetLine, ...]:
        """Of those of these scopes (None: all) that have a budget, the workspace's first."""
        standings = BudgetRows(self.store.engine).standings(self.team_id, self.limits, scopes)
        return tuple(
            budgets_lines.line(self._beside(one), self._ahead(one), self._granted_by(one)) for one in standings
        )

    def _budgets(
        self,
        lines: tuple[BudgetLine, ...],
        scopes: Sequence[Scope] | None,
        channel_id: str | None,
        others: tuple[BudgetLine, ...] = (),
    ) -> Budgets:
        rows = BudgetRows(self.store.engine)
        changes = rows.changes(self.team_id, scopes, LAST_CHANGES)
        project = rows.project_of(self.team_id, channel_id)
        return Budgets(
            lines, self.thresholds, self.owners, project, self.zone.key, self.today, others, changes, self.demo
        )

    def _span(self, per: str) -> periods.Days:
        return periods.week_of(self.today) if per == "week" else periods.month_of(self.today)

    def _beside(self, one: BudgetStanding) -> BudgetStanding:
        period = periods.span(self._span(one.budget.per), self.zone)
        reported = BudgetRows(self.store.engine).reported(self.team_id, one.budget.scope, period)
        return BudgetStanding(one.budget, one.left, reported)

    def _granted_by(self, one: BudgetStanding) -> str | None:
        if one.left.left_nanousd >= 0:
            return None
        return self.store.read(rows_requests.granted_by, self.team_id, one.budget.scope, one.left.period)

    def _ahead(self, one: BudgetStanding) -> Forecast | None:
        """Of a month, by its whole days so far; a week is over before it could be foretold."""
        whole, on = self._span(one.budget.per), self.today
        passed = (on - whole.first).days
        if one.budget.per == "week" or passed < forecast.FORECAST_AFTER_DAYS:
            return None
        daily = [0] * passed
        for at, amount in BudgetRows(self.store.engine).bookings(
            self.team_id, one.budget.scope, periods.span(whole, self.zone)
        ):
            day = (at.astimezone(self.zone).date() - whole.first).days
            if 0 <= day < passed:
                daily[day] += amount
        return forecast.forecast(daily, one.left.spent_nanousd, whole.count - passed)
