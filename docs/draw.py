"""Draws the answer shown in docs/commands.md: `python -m docs.draw`."""

import io
import re
from datetime import date
from pathlib import Path

from rich.console import Console

from bot import catalog
from bot.estimate.answer import estimate
from bot.estimate.command import ESTIMATE
from bot.grammar import vocabulary

WORDS = "estimate 5000 high square"
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    facts = catalog.load()
    console = Console(record=True, width=86, file=io.StringIO(), highlight=False)
    command = ESTIMATE.read(WORDS.split()[1:], vocabulary.vocabulary(facts))
    console.print(ESTIMATE.printout(estimate(facts, command, date(2026, 11, 22)), False), crop=False)
    # Rich's own fonts come from another host: the reader's monospace does.
    picture = FONTS.sub("", console.export_svg(title=f"imagelane {WORDS}"))
    (Path(__file__).parent / "estimate.svg").write_text(picture)


if __name__ == "__main__":
    main()
