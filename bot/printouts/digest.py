"""A week's digest, as a terminal tells it."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.printouts.shapes import Paragraph, section, table_of, title
from bot.views import digest, spend
from bot.weeks import Week


def told(week: Week) -> RenderableType:
    spending = week.spending
    rows = [] if week.quiet else spending.rows
    cells = [spend.cells(row) for row in rows]
    columns = {"Lane": [spend.name(row, "lane") for row in rows]}
    columns |= {column: [each[n] for each in cells] for n, column in enumerate(spend.COLUMNS)}
    table: list[RenderableType] = [Text(), table_of(columns, right=spend.COLUMNS)] if rows else []
    return Group(
        title(digest.heading(week)),
        Text(),
        Paragraph(digest.total(week), style="bold green"),
        *table,
        *section("Kept", map(digest.keep, week.keeps)),
        *section("Details", digest.sentences(week)),
        *section("The arithmetic", digest.arithmetic(week.move)[1:] if week.move else ()),
        *section("Mind", (week.reconciled, *spending.notes, spend.counted(spending), spending.measures)),
    )
