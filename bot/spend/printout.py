"""What a period cost, as a terminal tells it."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.printing.shapes import Paragraph, section, table_of, title
from bot.slack.text import plain
from bot.spend import blocks as spend_blocks
from bot.spend.measures import Spending

NAME_LIMIT = 40  # a pipeline may call its project anything, and a terminal obeys control characters


def rendered(answer: Spending, _details: bool = False) -> RenderableType:
    table = [Text(), breakdown(answer)] if answer.rows else []
    details = (spend_blocks.waste(answer), plain(spend_blocks.moves(answer), 400), spend_blocks.bill(answer))
    return Group(
        title(" ".join(filter(None, (spend_blocks.heading(answer), plain(spend_blocks.part(answer), 2 * NAME_LIMIT))))),
        Text(),
        Paragraph(spend_blocks.total(answer), style="bold green"),
        *table,
        *section("Details", filter(None, details)),
        *section("Mind", (*answer.notes, *answer.defaults, spend_blocks.as_of(answer), answer.measures)),
    )


def breakdown(answer: Spending) -> RenderableType:
    names = [plain(spend_blocks.row_name(row, answer.scope), NAME_LIMIT) for row in answer.rows]
    cells = zip(*map(spend_blocks.cells, answer.rows), strict=True)
    columns = dict(zip(spend_blocks.COLUMNS, map(list, cells), strict=True))
    return table_of({answer.scope.by.capitalize(): names, **columns}, right=spend_blocks.COLUMNS)
