"""The shapes all printouts are made of; words are Text, so nothing in them is read as markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text


def terminal() -> Console:
    """Standard output: colours and width follow the terminal, a pipe gets plain text at 80 columns."""
    return Console(highlight=False, markup=False, emoji=False)


@dataclass(frozen=True)
class Paragraph:
    """Words wrapped to the width, under `mark` on the first line and `hang` (as wide as the mark) on the others."""

    words: str
    mark: str = ""
    style: str = ""
    hang: str | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        hang = " " * len(self.mark) if self.hang is None else self.hang
        # A word longer than the line, such as an address, stays whole so that it can be copied.
        lines = wrap(
            self.words,
            options.max_width,
            initial_indent=self.mark,
            subsequent_indent=hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines:
            yield Text(line, style=self.style, no_wrap=True, overflow="ignore")


def title(words: str) -> Paragraph:
    return Paragraph(words, style="bold")


def section(name: str, sentences: Iterable[str]) -> tuple[RenderableType, ...]:
    points = [Paragraph(sentence, mark="- ") for sentence in sentences]
    return (Text(), title(name), *points) if points else ()


def table_of(columns: dict[str, list[str]], right: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in columns:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in zip(*columns.values(), strict=True):
        table.add_row(*map(Text, row))
    return table
