"""Which lane to take, as a terminal tells it: what to do and the prices; why and all the rest on demand."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from bot.lanes.scene import Alternative, Recommendation
from bot.money import dollars
from bot.printing.shapes import Paragraph, section, table_of
from bot.recommend.columns import RIGHT, columns


def rendered(answer: Recommendation, details: bool = False) -> RenderableType:
    return Group(*_glance(answer), *(_behind(answer) if details else ()))


def _glance(answer: Recommendation) -> Iterator[RenderableType]:
    yield Paragraph(answer.lead, style="bold green")
    shown = columns(answer)
    if shown:
        yield from (Text(), table_of(shown, right=RIGHT))
    if answer.foot:
        yield from (Text(), Paragraph(answer.foot))


def _behind(answer: Recommendation) -> Iterator[RenderableType]:
    until = f", until {answer.window_ends}" if answer.window_ends else ""
    effects = answer.price_effect
    instead = f"A square picture on {effects[0].instead} instead of {answer.existing}" if effects else ""
    lane = f"{answer.lane}: " if answer.lane else ""
    yield from section("What", (f"{lane}{answer.model}{until}, on {answer.day}",))
    yield from section("Why", answer.reasons)
    yield from section("Trade-off", (answer.tradeoff,))
    yield from section("Next", (answer.next_step,))
    yield from section(instead, (effect.sentence for effect in effects))
    yield from section("Your own evidence", (finding.sentence for finding in answer.evidence))
    yield from section("Test again", answer.retest)
    yield from section("Instead", map(_alternative, answer.alternatives))
    yield from section("Good to know", (*answer.warnings, *answer.defaults, answer.surface))


def _alternative(other: Alternative) -> str:
    lane = f" ({other.lane})" if other.lane else ""
    each = f", {dollars(other.each_usd)} a medium square picture" if other.each_usd is not None else ""
    return f"{other.model}{lane}{each}: {other.why}"
