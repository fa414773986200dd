"""Who waits for more, as a terminal tells it: the same sentence and table as in Slack."""

from rich.console import Group, RenderableType

from bot.budgets import blocks_requests
from bot.budgets.requests import WaitingRequests
from bot.ledger.limits import Scope
from bot.printing.shapes import table_of, title


def rendered(answer: WaitingRequests) -> RenderableType:
    """Whoever has a terminal reads ids: names are Slack's to say."""
    lead = title(blocks_requests.waiting_lead(answer, called))
    if not answer.waiting:
        return lead
    columns: dict[str, list[str]] = {name: [] for name in blocks_requests.COLUMNS}
    for row in blocks_requests.cells(answer, called):
        for name, cell in zip(columns, row, strict=True):
            columns[name].append(cell)
    return Group(lead, table_of(columns, right=("More",)))


def called(scope: Scope) -> str:
    return f"#{scope.id}" if scope.kind == "channel" else f"@{scope.id}"
