"""What a budget is, how near its end it stands, when people are told, and where its month will end.

A budget limits what the bot's own pictures may cost in each week or month of one scope. What pipelines report is spent
elsewhere already: it is shown beside a budget and never held against it. Amounts are whole nano-dollars coming in,
dollars going out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import OverBudget, Shortfall
from bot.money import short_usd

if TYPE_CHECKING:  # the grammar names scopes, and need not load pictures for it
    from bot.ledger.pictures import Left, Limits

# By how much the budget of a scope, its id and a period may be passed from where it stands, in nano-dollars.
Grants = Mapping[tuple[str, str, str], int]

PER = ("week", "month")
PROJECT_LETTERS = 200  # of a project's name, wherever it comes in
NAME_LETTERS = 12  # of one, in a sentence
THIS_CHANNEL = "this channel"  # before an ack Slack can't be asked what it is called


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
    left: "Left"
    reported_nanousd: int | None = None


def default(limits: "Limits") -> Budget:
    return Budget(WORKSPACE, "month", limits.limit_nanousd)


def key(per: str, limits: "Limits") -> str:
    """The period of now, such as 2026-W47 or 2026-11."""
    return limits.week if per == "week" else limits.period


def amount(nanousd: int, per: str) -> str:
    """$50.00 per month"""
    return f"{short_usd(nanousd, 'ROUND_FLOOR')} per {per}"


def refused(
    needed_nanousd: int, standing: BudgetStanding, raised_by: str, shortfalls: tuple[Shortfall, ...] = ()
) -> OverBudget:
    """Why nothing was run. Needed is rounded up and left down, so the two never look the same."""
    left, scope = standing.left, standing.budget.scope
    need, there = short_usd(needed_nanousd, "ROUND_CEILING"), short_usd(max(left.left_nanousd, 0), "ROUND_FLOOR")
    if left.limit_nanousd:
        has = there if left.left_nanousd > 0 else "nothing"
        why = f"it needs {need} and {_who_has(scope)} {has} left this {standing.budget.per}"
    else:
        why = f"paid pictures are stopped {_where(scope)}"
    channel_id = scope.id if scope.kind == "channel" else None
    rest = f"Nothing was charged. {raised_by} can raise it."
    return OverBudget(f"Not drawn: {why}.", rest, channel_id, needed_nanousd, shortfalls)


def _who_has(scope: Scope) -> str:
    names = {"workspace": "the workspace has", "channel": f"{THIS_CHANNEL} has", "person": "you have"}
    return names.get(scope.kind, f"{_project(scope)} has")


def _where(scope: Scope) -> str:
    places = {"workspace": "in this workspace", "channel": f"in {THIS_CHANNEL}", "person": "for you"}
    return places.get(scope.kind, f"for {_project(scope)}")


def _project(scope: Scope) -> str:
    """A long name gives way to the amounts."""
    fits = len(scope.id) <= NAME_LETTERS
    return f"project {scope.id if fits else scope.id[: NAME_LETTERS - 1] + '…'}"
