"""A plan to leave a model, or the same month elsewhere, as a terminal tells it; all the rest on demand."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from bot.printing.shapes import Paragraph, section, table_of
from bot.recommend.behind_migration import sections
from bot.recommend.columns_migration import RIGHT, columns
from bot.recommend.plans import BackTest, MoveList, MovePlan

Migration = MovePlan | MoveList | BackTest


def rendered(answer: Migration, details: bool = False) -> RenderableType:
    return Group(*_glance(answer), *(_behind(answer) if details else ()))


def _glance(answer: Migration) -> Iterator[RenderableType]:
    yield Paragraph(answer.lead, style="bold green")
    cells = columns(answer)
    if cells:
        yield from (Text(), table_of(cells, right=RIGHT))
    if answer.foot:
        yield from (Text(), Paragraph(answer.foot))


def _behind(answer: Migration) -> Iterator[RenderableType]:
    for name, sentences in sections(answer):
        yield from section(name, sentences)
