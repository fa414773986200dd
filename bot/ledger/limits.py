"""What a budget is, how near its end it stands, when people are told, and where its month will end.

A budget limits what the bot's own pictures may cost in each week or month of one scope. What pipelines report is spent
elsewhere already: it is shown beside a budget and never held against it. Amounts are whole nano-dollars coming in,
dollars going out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.errors import BudgetChanged
from bot.ledger.pictures import Left, Limits, short_usd, usd
from bot.pricing.money import plain, rounded

PER = ("week", "month")
PROJECT_LETTERS = 200  # of a project's name, wherever it comes in
OVER, BACK = "over", "back"
FORECAST_AFTER_DAYS = 7
EIGHTY_PERCENT = Decimal("1.2816")  # standard deviations either side that hold 80% of a normal distribution
FOUR_DIGITS = Decimal("0.0001")


@dataclass(frozen=True)
class Scope:
    """Whose pictures count. `id` is a channel's, a person's, or a project's name; a workspace has none."""

    kind: str
    id: str = ""


WORKSPACE = Scope("workspace")


@dataclass(frozen=True)
class Budget:
    """`version` grows with every change; 0 is the workspace's limit by the settings, which nobody set here."""

    scope: Scope
    per: str
    limit_nanousd: int
    version: int = 0
    changed_by: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True)
class BudgetStanding:
    """A budget in its period of now. `reported_nanousd` is what pipelines say they spent under it; None: nothing."""

    budget: Budget
    left: Left
    reported_nanousd: int | None = None


def default(limits: Limits) -> Budget:
    return Budget(WORKSPACE, "month", limits.limit_nanousd)


def key(per: str, limits: Limits) -> str:
    """The period of now, such as 2026-W47 or 2026-11."""
    return limits.week if per == "week" else limits.period


def amount(nanousd: int, per: str) -> str:
    """$50.00 per month"""
    return f"{short_usd(nanousd, 'ROUND_FLOOR')} per {per}"


def refused(needed_nanousd: int, standing: BudgetStanding, raised_by: str) -> str:
    """Why nothing was run. Needed is rounded up and left down, so the two never look the same."""
    left, scope = standing.left, standing.budget.scope
    needed, rest = short_usd(needed_nanousd, "ROUND_CEILING"), short_usd(max(left.left_nanousd, 0), "ROUND_FLOOR")
    limit = short_usd(left.limit_nanousd, "ROUND_FLOOR")
    of = limit if scope.kind == "workspace" else f"{limit} per {standing.budget.per} {_whose(scope)}"
    return f"Not run: about {needed} needed, {rest} left of {of}. Nothing was charged. {raised_by} can raise it."


def _whose(scope: Scope) -> str:
    return {"channel": "for this channel", "person": "for you"}.get(scope.kind, f"for project {scope.id}")


def changed(by: str | None, stands: Budget | None) -> BudgetChanged:
    """What the second of two people who change a budget at once is told."""
    what = "took it away" if stands is None else f"set it to {amount(stands.limit_nanousd, stands.per)}"
    return BudgetChanged(by or "", f"{what} a moment ago. Run again to change it.")


# When people are told


@dataclass(frozen=True)
class News:
    """Thresholds in per cent, lowest first: reached and not told yet, and told but no longer reached."""

    over: tuple[int, ...] = ()
    back: tuple[int, ...] = ()


def news(left: Left, thresholds: Sequence[int], told: Mapping[int, str]) -> News:
    """`told` says of each threshold what was said of it in this period: OVER, and after that at most once BACK.

    A threshold no longer in the settings is not taken back; nor is anything where a limit of $0 stops all work.
    """
    if left.limit_nanousd <= 0:
        return News()
    reached = {each for each in thresholds if 100 * left.spent_nanousd >= each * left.limit_nanousd}
    return News(
        tuple(sorted(each for each in reached if each not in told)),
        tuple(sorted(each for each in thresholds if told.get(each) == OVER and each not in reached)),
    )


# Where the month will end


@dataclass(frozen=True)
class Forecast:
    """Spend at the period's end: from low to high four times of five, if the days to come are like those before."""

    days: int
    usd: Decimal
    low_usd: Decimal
    high_usd: Decimal


def forecast(daily: Sequence[int], spent_nanousd: int, days_left: int) -> Forecast | None:
    """None before a week of whole days, and where none cost anything.

    `daily` is the spend of each whole day so far, those without any too.

    By ratio: with n whole days that cost S, and r days left (today is the first of them), S + r * S / n, which is
    S times the length of the period over n. The range is 1.2816 * s * sqrt(r * (1 + r / n)) either side, with s the
    standard deviation of the days (divisor n - 1): r more days scatter by s * sqrt(r), and their mean is itself known
    to s / sqrt(n) only. Nothing ends below what is spent already.
    """
    days = len(daily)
    if days < FORECAST_AFTER_DAYS or days_left < 1 or not any(daily):
        return None
    total = Decimal(sum(daily))
    mean = total / days
    spread = (sum(((each - mean) ** 2 for each in daily), Decimal()) / (days - 1)).sqrt()
    middle = total + days_left * mean
    reach = EIGHTY_PERCENT * spread * (Decimal(days_left) * (1 + Decimal(days_left) / days)).sqrt()
    ends = (max(Decimal(spent_nanousd), end) for end in (middle, middle - reach, middle + reach))
    return Forecast(days, *(rounded(end / 1_000_000_000) for end in ends))


# As an answer


@dataclass(frozen=True)
class BudgetLine:
    """One budget as it is answered. `used_rate` is spent by limit (0.25 is a quarter), None for a limit of $0.

    `reported_usd` is what pipelines spent beside it. Nobody set a `version` of 0: it is the settings' default.
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


@dataclass(frozen=True)
class Budgets:
    """`owners` may change them; empty: the workspace's admins. `project` is what the channel asked in is tied to."""

    lines: tuple[BudgetLine, ...]
    thresholds: tuple[int, ...]
    owners: tuple[str, ...]
    project: str | None
    zone: str
    as_of: date


@dataclass(frozen=True)
class Changed:
    """What a change came to. None: no budget; `line` is what stands now."""

    scope: str
    scope_id: str
    old: str | None
    new: str | None
    line: BudgetLine | None


def line(standing: BudgetStanding, ahead: Forecast | None = None) -> BudgetLine:
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
    )
