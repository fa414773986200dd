"""A week's digest, as a terminal tells it."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.digest import blocks as digest_blocks
from bot.digest.week import Week
from bot.printing.shapes import Paragraph, section, title
from bot.spend import blocks as spend_blocks
from bot.spend.printout import breakdown


def rendered(answer: Week, _details: bool = False) -> RenderableType:
    spending = answer.spending
    table = [Text(), breakdown(spending)] if spending.rows and not answer.quiet else []
    return Group(
        title(digest_blocks.heading(answer)),
        Text(),
        Paragraph(digest_blocks.total(answer), style="bold green"),
        *table,
        *section("Kept", map(digest_blocks.keep, answer.keeps)),
        *section("Details", digest_blocks.sentences(answer)),
        *section("The arithmetic", digest_blocks.arithmetic(answer.move)[1:] if answer.move else ()),
        *section("Mind", (answer.reconciled, *spending.notes, spend_blocks.as_of(spending), spending.measures)),
    )
