"""A reading of the provider's bill, as a terminal tells it."""

from rich.console import RenderableType

from bot import money
from bot.billing.reconcile import BillRead
from bot.printing.shapes import Paragraph


def rendered(answer: BillRead) -> RenderableType:
    days = f"{answer.first} to {answer.last}"
    lines = "line" if answer.lines == 1 else "lines"
    others = f" Left out, since about no image model: {answer.others:,}." if answer.others else ""
    return Paragraph(
        f"Read the provider's bill of the UTC days {days}: {answer.lines:,} {lines}, "
        f"{money.about(answer.images_usd)} for image models.{others}"
    )
