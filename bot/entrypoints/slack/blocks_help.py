"""What one can ask, from the same table the grammar is held to."""

from collections.abc import Sequence

from bot.grammar import CommandUsage
from bot.slack.message import Element, Message, bullets, message, paragraph, rich, section, words

COMMAND = "/imagelane"
DOORS = f"Write {COMMAND} before them, or mention @imagelane in a thread."


def help(rows: Sequence[CommandUsage]) -> Message:  # noqa: A001 - the command is called help
    """One row: how it is written, with examples. Several: what each is for."""
    if len(rows) == 1:
        return _one(rows[0])
    text = " ".join(f"{row.usage}: {row.sentence}" for row in rows)
    return message(
        f"What you can ask. {text}", [paragraph(words("What you can ask", bold=True)), listed(rows), paragraph(DOORS)]
    )


def listed(rows: Sequence[CommandUsage]) -> dict[str, object]:
    return rich(bullets(*(_row(row) for row in rows)))


def _row(row: CommandUsage) -> Sequence[Element | str]:
    return (words(row.usage, code=True), f"\n{row.sentence}")


def _one(row: CommandUsage) -> Message:
    examples = bullets(*((words(f"{COMMAND} {example}", code=True),) for example in row.examples))
    told = section(words(row.usage, code=True), f"\n{row.sentence}")
    text = f"{row.usage}: {row.sentence} For example: {'; '.join(row.examples)}"
    return message(text, [rich(told, *([examples] if row.examples else []))])
