"""How commands are written, as a terminal tells it."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from bot.grammar import CommandUsage, Guide
from bot.printing.shapes import Paragraph


def rendered(answer: Guide, details: bool = False) -> RenderableType:
    """One line a command; `details`, or one that was named: its grammar and examples."""
    if not (details or answer.topic):
        return Group("What you can ask", *_lines(answer.usages))
    parts: list[RenderableType] = []
    for usage in answer.usages:
        parts += [Paragraph(usage.usage, style="bold", hang="  "), Paragraph(usage.sentence, mark="  ")]
        examples = usage.examples if answer.topic else usage.examples[:1]
        parts += [Paragraph(f"imagelane {example}", mark="  ", style="cyan") for example in examples]
        parts.append(Text())
    return Group(*parts[:-1])


def _lines(usages: tuple[CommandUsage, ...]) -> Iterator[RenderableType]:
    for topic, rows in groupby((row for row in usages if row.name != "help"), key=lambda row: row.topic):
        for n, row in enumerate(rows):
            does = row.gist or row.sentence
            yield Text.assemble(f"  {topic if n == 0 else '':<8}", (f"imagelane {row.name:<11}", "cyan"), does)
