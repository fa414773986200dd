"""A week's digest, as a terminal tells it."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.printing import Paragraph, section, title
from bot.printouts.spend import breakdown
from bot.views import digest, spend
from bot.weeks import Week


def told(week: Week) -> RenderableType:
    spending = week.spending
    table = [Text(), breakdown(spending)] if spending.rows and not week.quiet else []
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
