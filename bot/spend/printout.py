"""What a period cost, as a terminal tells it."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot import money
from bot.billing.reconcile import BillRead
from bot.printing.shapes import Paragraph, section, table_of, title
from bot.slack.text import plain
from bot.spend import blocks as spend_blocks
from bot.spend.measures import Spending

NAME_LIMIT = 40  # a pipeline may call its project anything, and a terminal obeys control characters


def rendered(answer: Spending | BillRead) -> RenderableType:
    return _bill_read(answer) if isinstance(answer, BillRead) else _spent(answer)


def _spent(answer: Spending) -> RenderableType:
    table = [Text(), breakdown(answer)] if answer.rows else []
    return Group(
        title(spend_blocks.heading(answer) + plain(spend_blocks.part(answer), 2 * NAME_LIMIT)),
        Text(),
        Paragraph(spend_blocks.total(answer), style="bold green"),
        *table,
        *section(
            "Details",
            filter(
                None, (spend_blocks.waste(answer), plain(spend_blocks.moved(answer), 400), spend_blocks.bill(answer))
            ),
        ),
        *section("Mind", (*answer.notes, *answer.defaults, spend_blocks.counted(answer), answer.measures)),
    )


def _bill_read(answer: BillRead) -> RenderableType:
    days = f"{answer.first} to {answer.last}"
    lines = "line" if answer.lines == 1 else "lines"
    others = f" Left out, since about no image model: {answer.others:,}." if answer.others else ""
    return Paragraph(
        f"Read the provider's bill of the UTC days {days}: {answer.lines:,} {lines}, "
        f"{money.about(answer.images_usd)} for image models.{others}"
    )


def breakdown(answer: Spending) -> RenderableType:
    by = answer.scope.by
    shown = [spend_blocks.cells(row) for row in answer.rows]
    columns = {by.capitalize(): [plain(spend_blocks.name(row, by), NAME_LIMIT) for row in answer.rows]}
    columns |= {column: [cells[n] for cells in shown] for n, column in enumerate(spend_blocks.COLUMNS)}
    return table_of(columns, right=spend_blocks.COLUMNS)
