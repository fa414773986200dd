"""A week's digest, as a terminal tells it."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.digest import blocks as digest_blocks
from bot.digest.week import Week
from bot.printing.shapes import Paragraph, section, title
from bot.spend import blocks as spend_blocks
from bot.spend.printout import breakdown


def told(week: Week) -> RenderableType:
    spending = week.spending
    table = [Text(), breakdown(spending)] if spending.rows and not week.quiet else []
    return Group(
        title(digest_blocks.heading(week)),
        Text(),
        Paragraph(digest_blocks.total(week), style="bold green"),
        *table,
        *section("Kept", map(digest_blocks.keep, week.keeps)),
        *section("Details", digest_blocks.sentences(week)),
        *section("The arithmetic", digest_blocks.arithmetic(week.move)[1:] if week.move else ()),
        *section("Mind", (week.reconciled, *spending.notes, spend_blocks.counted(spending), spending.measures)),
    )
