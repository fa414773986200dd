"""What a period cost, as a terminal tells it: the same sentence and table, and the rest behind --details."""

from collections.abc import Iterator
from math import ceil

from rich.console import Group, RenderableType
from rich.text import Text

from bot.printing.shapes import Paragraph, section, table_of
from bot.slack.text import plain
from bot.spend import blocks as spend_blocks
from bot.spend import details as spend_details
from bot.spend import sentences
from bot.spend.measures import Figures, Spending

NAME_LIMIT = 40  # a pipeline may call its project anything, and a terminal obeys control characters
SPARK, WIDEST_SPARK = " ▁▂▃▄▅▆▇█", 70


def rendered(answer: Spending, details: bool = False) -> RenderableType:
    return Group(Paragraph(plain(sentences.lead(answer, {}), 200), style="bold green"), *_shown(answer, details))


def _shown(answer: Spending, details: bool) -> Iterator[RenderableType]:
    unsaid, caution = sentences.unsaid(answer, {}), sentences.caution(answer)
    if unsaid:
        yield Paragraph(unsaid)
    if answer.total.records:
        yield Text()
        yield breakdown(answer, spend_blocks.COLUMNS)
    yield from _days(answer)
    if caution:
        yield Text()
        yield Paragraph(caution, style="dim")
    if details:
        yield from behind(answer)


def behind(answer: Spending) -> Iterator[RenderableType]:
    for name, said in spend_details.details(answer, {}):
        yield from section(name, (plain(each, 400) for each in said))
    rows = (f"{_name(row, answer)}: {spend_details.row_details(row)}" for row in answer.rows)
    yield from section(f"By {answer.scope.by}", rows)
    yield from section(*spend_details.mind(answer))


def breakdown(answer: Spending, columns: tuple[str, ...]) -> RenderableType:
    names = {answer.scope.by.capitalize(): [_name(row, answer) for row in answer.rows]}
    cells = [spend_blocks.cells(row) for row in answer.rows]
    columns = spend_blocks.said(columns, cells)
    figures = {column: [row[column] for row in cells] for column in columns}
    ordered = figures | names if answer.scope.by in spend_blocks.LONG_NAMES else names | figures
    return table_of(ordered, right=columns)


def _name(row: Figures, answer: Spending) -> str:
    return plain(sentences.row_name(row, answer.scope, {}), NAME_LIMIT)


def _days(answer: Spending) -> Iterator[RenderableType]:
    """Of an answer by day, where there is anything to see: a bar a day, or a bar for several where they are many."""
    if answer.scope.by != "day" or not answer.total.spend_usd:
        return
    usd = [float(row.spend_usd or 0) for row in answer.rows]
    step = -(-len(usd) // WIDEST_SPARK)
    sums = [sum(usd[n : n + step]) for n in range(0, len(usd), step)]
    bars = "".join(SPARK[ceil(each / max(sums) * (len(SPARK) - 1))] for each in sums)
    yield Text()
    yield Text(f"{bars}  {sentences.highest(answer)}", no_wrap=True, overflow="ignore")
