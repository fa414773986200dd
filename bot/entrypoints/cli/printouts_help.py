"""How commands are written, as a terminal tells it."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.grammar import Guide
from bot.printing.shapes import Paragraph


def rendered(answer: Guide, _details: bool = False) -> RenderableType:
    parts: list[RenderableType] = []
    for usage in answer.usages:
        parts += [Paragraph(usage.usage, style="bold", hang="  "), Paragraph(usage.sentence, mark="  ")]
        examples = usage.examples if answer.topic else usage.examples[:1]
        parts += [Paragraph(f"imagelane {example}", mark="  ", style="cyan") for example in examples]
        parts.append(Text())
    return Group(*parts[:-1])
