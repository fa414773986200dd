"""Draws the answer shown in docs/commands.md: `python -m docs.draw`."""

import io
import re
from datetime import date
from pathlib import Path

from rich.console import Console

from bot import catalog, grammar
from bot.entrypoints import answers
from bot.entrypoints.cli import printouts
from bot.grammar import vocabulary

WORDS = "estimate 5000 high square"
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    facts = catalog.load()
    console = Console(record=True, width=86, file=io.StringIO(), highlight=False)
    command = grammar.parse(WORDS, vocabulary.vocabulary(facts))
    printouts.show(answers.answer(facts, command, date(2026, 11, 22)), console)
    # Rich's own fonts come from another host: the reader's monospace does.
    picture = FONTS.sub("", console.export_svg(title=f"imagelane {WORDS}"))
    (Path(__file__).parent / "estimate.svg").write_text(picture)


if __name__ == "__main__":
    main()
