"""The main job on real input, shown in a minute: no account, no key, no cost, and a store of its own."""

import shlex
import shutil
from pathlib import Path

from pydantic import SecretStr

from bot import answers, catalog, grammar, printouts, timepiece, wiring
from bot.settings import Settings
from bot.terminal import pictures

HOME = Path("var/tour")
STOPS = (
    ["estimate", "5000", "high", "square"],
    ["estimate", "5000", "high", "square", "--on", "2026-03-27"],
    ["recommend", "existing", "gpt-image-1-mini"],
    ["models"],
    ["try", "a red kite over a harbour", "budget", "premium", "low"],
)


def run() -> int:
    """Each command with its answer; the pictures are demos, drawn for nothing even where a key is set."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    facts, paper = catalog.load(), printouts.console()
    for words in STOPS:
        paper.print(f"\n$ imagelane {shlex.join(words)}", style="bold")
        paper.print()
        command = grammar.parse_words(words, answers.vocabulary(facts))
        match command:
            case grammar.Try():
                printouts.show(_draw(command), paper)
            case _:
                printouts.show(answers.answer(facts, command, timepiece.real().date()), paper)
    return 0


def _draw(command: grammar.Try) -> object:
    """As on the first start of a machine: the store is made, the picture drawn, settled and written."""
    settings = Settings(
        database_url=SecretStr(f"sqlite:///{HOME / 'imagelane.db'}"), imagelane_pictures=HOME / "pictures"
    )
    wiring.make_store(settings)
    return pictures.draw(command, HOME, None, settings, demo=True)
