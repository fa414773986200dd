"""A week's digest, as a terminal tells it: the same sentence, table and lines, and the rest behind --details."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from bot.digest import sentences
from bot.digest.blocks import WITHOUT_PICTURE
from bot.digest.week import Week
from bot.printing.shapes import Paragraph, section
from bot.spend.printout import breakdown


def rendered(answer: Week, details: bool = False) -> RenderableType:
    return Group(Paragraph(sentences.lead(answer), style="bold green"), *_shown(answer, details))


def _shown(answer: Week, details: bool) -> Iterator[RenderableType]:
    if unsaid := sentences.unsaid(answer):
        yield Paragraph(unsaid)
    if not answer.quiet:
        yield Text()
        yield breakdown(answer.spending, WITHOUT_PICTURE)
    yield Text()
    for name, sentence in sentences.lines(answer):
        yield Paragraph(f"{name}: {sentence}")
    yield Paragraph(" ".join(sentences.remarks(answer)), style="dim")
    for name, said in sentences.details(answer) if details else ():
        yield from section(name, said)
