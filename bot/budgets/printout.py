"""Budgets as a terminal tells them."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.budgets import blocks as budget_blocks
from bot.budgets import printout_requests
from bot.budgets.lines import BudgetLine, Budgets, Changed
from bot.budgets.requests import WaitingRequests
from bot.printing.shapes import Paragraph, section, title
from bot.slack import text
from bot.slack.text import plain

NAME_LIMIT = 80


def rendered(answer: Budgets | Changed | WaitingRequests, _details: bool = False) -> RenderableType:
    if isinstance(answer, WaitingRequests):
        return printout_requests.rendered(answer)
    return _changed(answer) if isinstance(answer, Changed) else _stood(answer)


def _stood(answer: Budgets) -> RenderableType:
    lines = [part for one in answer.lines for part in _line(one)]
    return Group(title(f"Budgets, {answer.as_of}"), *lines, *section("Mind", budget_blocks.notes(answer)))


def _changed(answer: Changed) -> RenderableType:
    return Paragraph(f"{_name(answer.scope, answer.scope_id)}: {plain(budget_blocks.outcome(answer), 400)}")


def _line(one: BudgetLine) -> tuple[RenderableType, ...]:
    bar = Text(f"{text.bar(one.used_rate)}  {_name(one.scope, one.scope_id)}")
    return Text(), bar, Paragraph(budget_blocks.said(one))


def _name(kind: str, scope_id: str) -> str:
    """A project may be called anything, and a terminal obeys control characters."""
    return plain(budget_blocks.name(kind, scope_id), NAME_LIMIT)
