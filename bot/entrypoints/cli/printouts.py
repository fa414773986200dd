"""The answers as a terminal shows them, with Rich: readable at 80 columns, plain in a pipe."""

from importlib import import_module
from typing import Any

from rich.console import Console, RenderableType

# By the answer's class, the module that has its `rendered`. Names, since a start loads the printout it shows alone.
PRINTOUTS = {
    "Quotes": "bot.estimate.printout",
    "Recommendation": "bot.recommend.printout",
    "ModelList": "bot.recommend.printout_models",
    "PrintedPictures": "bot.samples.printout",
    "Spending": "bot.spend.printout",
    "BillRead": "bot.spend.printout",
    "Budgets": "bot.budgets.printout",
    "Changed": "bot.budgets.printout",
    "BenchQuote": "bot.bench.printout",
    "BenchShown": "bot.bench.printout",
    "BenchList": "bot.bench.printout",
    "Proof": "bot.bench.printout_verdict",
    "Week": "bot.digest.printout",
    "Imported": "bot.usage.printout",
    "MadeToken": "bot.usage.printout",
    "TokenList": "bot.usage.printout",
    "RevokedToken": "bot.usage.printout",
    "Guide": "bot.entrypoints.cli.printouts_help",
    "Health": "bot.entrypoints.cli.printouts_health",
}


def console() -> Console:
    """Standard output: colours and width follow the terminal, a pipe gets plain text at 80 columns."""
    return Console(highlight=False, markup=False, emoji=False)


def show(answer: Any, on: Console) -> None:
    on.print(rendered(answer), crop=False)


def rendered(answer: Any) -> RenderableType:
    name = type(answer).__name__
    if name not in PRINTOUTS:
        raise TypeError(f"{name} has no printout")
    shown: RenderableType = import_module(PRINTOUTS[name]).rendered(answer)
    return shown
