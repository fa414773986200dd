"""Budgets as they are shown: a line each, and what changed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.budgets.forecast import FOUR_DIGITS, Forecast
from bot.errors import BudgetChanged
from bot.ledger.limits import Budget, BudgetStanding, Scope, amount
from bot.money import plain, usd


def changed(by: str | None, stands: Budget | None) -> BudgetChanged:
    """What the second of two people who change a budget at once is told."""
    what = "took it away" if stands is None else f"set it to {amount(stands.limit_nanousd, stands.per)}"
    return BudgetChanged(by or "", f"{what} a moment ago; nothing was changed.")


@dataclass(frozen=True)
class BudgetLine:
    """One budget as it is answered. `used_rate` is spent by limit (0.25 is a quarter), None for a limit of $0.

    `reported_usd` is what pipelines spent beside it. Nobody set a `version` of 0: it is the settings' default.
    `granted_by` is who let something be drawn beyond its limit last, where it stands over it.
    """

    scope: str
    scope_id: str
    per: str
    period: str
    limit_usd: Decimal
    spent_usd: Decimal
    reserved_usd: Decimal
    left_usd: Decimal
    used_rate: Decimal | None
    reported_usd: Decimal | None
    forecast: Forecast | None
    version: int
    changed_by: str | None
    changed_at: datetime | None
    granted_by: str | None = None

    @property
    def whose(self) -> Scope:
        return Scope(self.scope, self.scope_id)


@dataclass(frozen=True)
class PastChange:
    """A row of the audit: what a budget was and became, such as $20.00 per week; None: none."""

    scope: str
    scope_id: str
    old: str | None
    new: str | None
    changed_by: str | None
    changed_at: datetime

    @property
    def whose(self) -> Scope:
        return Scope(self.scope, self.scope_id)


@dataclass(frozen=True)
class Budgets:
    """`lines` are what was asked about, `others` what an owner sees beside what holds for them. `owners` may change
    them; empty: the workspace's admins. `project` is what the channel asked in is tied to. `changes` are the last ones,
    newest first. `demo`: pictures cost nothing. `asked`: of whom alone it was asked; None: of all, or of here."""

    lines: tuple[BudgetLine, ...]
    thresholds: tuple[int, ...]
    owners: tuple[str, ...]
    project: str | None
    zone: str
    as_of: date
    others: tuple[BudgetLine, ...] = ()
    changes: tuple[PastChange, ...] = ()
    demo: bool = False
    asked: Scope | None = None


@dataclass(frozen=True)
class Changed:
    """What a change came to. None: no budget; `line` is what stands now. `again`: it was made, and told, before."""

    scope: str
    scope_id: str
    old: str | None
    new: str | None
    line: BudgetLine | None
    again: bool = False


def line(standing: BudgetStanding, ahead: Forecast | None = None, granted_by: str | None = None) -> BudgetLine:
    budget, left, reported = standing.budget, standing.left, standing.reported_nanousd
    limit = Decimal(left.limit_nanousd)
    return BudgetLine(
        scope=budget.scope.kind,
        scope_id=budget.scope.id,
        per=budget.per,
        period=left.period,
        limit_usd=plain(usd(left.limit_nanousd)),
        spent_usd=plain(usd(left.spent_nanousd)),
        reserved_usd=plain(usd(left.reserved_nanousd)),
        left_usd=plain(usd(left.left_nanousd)),
        used_rate=(left.spent_nanousd / limit).quantize(FOUR_DIGITS) if limit else None,
        reported_usd=None if reported is None else plain(usd(reported)),
        forecast=ahead,
        version=budget.version,
        changed_by=budget.changed_by,
        changed_at=budget.changed_at,
        granted_by=granted_by,
    )
