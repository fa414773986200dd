"""Which lane to take, as a terminal tells it."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.lanes.scene import Alternative, Recommendation
from bot.money import dollars
from bot.printing.shapes import Paragraph, section, title


def rendered(answer: Recommendation, _details: bool = False) -> RenderableType:
    question = f"existing {answer.existing}" if answer.existing else answer.situation
    until = f", until {answer.window_ends}" if answer.lane == "legacy" and answer.window_ends else ""
    effects = answer.price_effect
    instead = f"A square image on {effects[0].instead} instead of {answer.existing}" if effects else ""
    return Group(
        title(f"{question}, {answer.day}"),
        Text(),
        Paragraph(f"{f'{answer.lane}: ' if answer.lane else ''}{answer.model}{until}", style="bold green"),
        *section("Why", answer.reasons),
        *section("Trade-off", (answer.tradeoff,)),
        *section("Next", (answer.next_step,)),
        *section(instead, (effect.sentence for effect in effects)),
        *section("Your own evidence", (finding.sentence for finding in answer.evidence)),
        *section("Re-test", answer.retest),
        *section("Alternatives", map(_alternative, answer.alternatives)),
        *section("Surface", (answer.surface,)),
        *section("Mind", (*answer.warnings, *answer.defaults)),
    )


def _alternative(other: Alternative) -> str:
    lane = f" ({other.lane})" if other.lane else ""
    each = f", {dollars(other.each_usd)} a medium square image" if other.each_usd is not None else ""
    return f"{other.model}{lane}{each}: {other.why}"
