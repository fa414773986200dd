"""What one can ask, from the same table the grammar is held to."""

from collections.abc import Callable, Iterator, Sequence

from bot.grammar import CommandUsage, Guide
from bot.slack.frame import beside, framed, run
from bot.slack.message import Block, Message, View, bullets, paragraph, prose, rich, unmarked, words
from bot.slack.windows import modal

COMMAND = "/imagelane"
LEAD = "Ask about prices, lanes, pictures, blind tests and money."
DOORS = f"Write {COMMAND} before your words, or mention @imagelane in a thread."
MORE = f"For more of one: {COMMAND} help estimate. In a thread, mention @imagelane."


def help(guide: Guide, shows: Callable[[str], bool]) -> Message:  # noqa: A001 - the command is called help
    """One command: how it is written, with examples, those that `shows` on buttons. Else what each is for."""
    if guide.topic:
        return _one(guide.usages[0], shows)
    rows = [row for row in guide.usages if row.begin]
    text = " ".join(f"{row.topic}: {row.gist}, {COMMAND} {row.name}." for row in rows)
    return framed(LEAD, *(_line(row) for row in rows), rest=f"{text} {MORE}", grey=MORE)


def listed(rows: Sequence[CommandUsage]) -> Block:
    """The same where no button can run a command."""
    return rich(
        bullets(
            *((f"{row.topic}: {row.gist}, ", words(f"{COMMAND} {row.name}", code=True)) for row in rows if row.begin)
        )
    )


def window(rows: Sequence[CommandUsage]) -> View:
    return modal("Help", [paragraph(words(LEAD, bold=True)), listed(rows), paragraph(DOORS)])


def _line(row: CommandUsage) -> Block:
    (step,) = run(*row.begin)
    return beside(f"{row.topic}: {row.gist}", step)


def _one(row: CommandUsage, shows: Callable[[str], bool]) -> Message:
    lead, _, more = row.sentence.partition(". ")
    lead = f"{lead.rstrip('.')}."
    examples = "; ".join(f"{COMMAND} {example}" for example in row.examples)
    return framed(
        lead,
        *([paragraph(*prose(more))] if more else []),
        paragraph(row.spoken),
        *_examples(row, shows),
        rest=f"{unmarked(more)} {row.spoken} For example: {examples}",
    )


def _examples(row: CommandUsage, shows: Callable[[str], bool]) -> Iterator[Block]:
    """Those that would draw, change something or are of a made-up ID are only to be read."""
    read = [example for example in row.examples if not shows(example)]
    for example in row.examples:
        if example not in read:
            yield beside(f"{COMMAND} {example}", *run("Run it", example))
    if read:
        yield rich(bullets(*((words(f"{COMMAND} {example}", code=True),) for example in read)))
