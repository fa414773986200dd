"""Budgets as a terminal tells them: what is left, a line each, and the rest behind `--details`."""

from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.budgets import printout_requests, words
from bot.budgets.lines import BudgetLine, Budgets, Changed
from bot.budgets.requests import WaitingRequests
from bot.ledger.limits import Scope
from bot.money import cents
from bot.printing.shapes import Paragraph, section, table_of, title
from bot.slack.text import bar

NAME_LETTERS = 80


def rendered(answer: Budgets | Changed | WaitingRequests, details: bool = False) -> RenderableType:
    if isinstance(answer, WaitingRequests):
        return printout_requests.rendered(answer)
    return _changed(answer) if isinstance(answer, Changed) else _budgets(answer, details)


def called(scope: Scope) -> str:
    """A terminal has nobody to ask for a name."""
    return f"#{scope.id}" if scope.kind == "channel" else scope.id


def _budgets(answer: Budgets, details: bool) -> RenderableType:
    lines = words.tightest(answer.lines)
    lead = words.all_lead(lines, called) if lines else words.answer_lead(answer, called)
    grey = words.grey(answer, lead, called)
    parts: list[RenderableType] = [title(lead)]
    if lines:
        parts += [Text(), _table(lines)]
    if grey:
        parts += [Text(), Paragraph(grey)]
    return Group(*parts, *(_behind(lines, answer) if details else ()))


def _table(lines: list[BudgetLine]) -> Table:
    columns = {
        "Left": [cents(max(one.left_usd, Decimal(0))) for one in lines],
        "Of": [cents(one.limit_usd) for one in lines],
        "Each": [one.per for one in lines],
        "Used": ["stopped" if words.state(one) == words.STOPPED else bar(one.used_rate) for one in lines],
        "Budget": [words.name(one.whose, called, NAME_LETTERS) for one in lines],
    }
    return table_of(columns, right=("Left", "Of"))


def _behind(lines: list[BudgetLine], answer: Budgets) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for one in lines:
        parts += section(words.begun(words.name(one.whose, called, NAME_LETTERS)), words.details(one, answer, called))
    parts += section("Rules", words.rules(answer, called))
    return [*parts, *section("Last changes", [words.past(one, answer, called) for one in answer.changes])]


def _changed(answer: Changed) -> RenderableType:
    return Group(title(words.changed(answer, called)), Paragraph(words.before(answer)))
