"""The commands, in the order of help: a new one is a folder and one line here. Naming them loads none of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pkgutil import resolve_name
from typing import Any

from bot.grammar import At, CommandRow, CommandTable

Row = Callable[[], CommandRow[Any]]


def _row(place: str, terminal: str | None = None) -> Row:
    """Where a feature's row stands; `terminal` is how a terminal answers it, where the facts alone do not."""

    def row() -> CommandRow[Any]:
        row: Any = resolve_name(place)
        return row if terminal is None else replace(row, answer=replace(row.answer, terminal=At(terminal)))

    return row


def with_help(rows: Mapping[str, Row]) -> CommandTable:
    """These, and `help` about all of them first."""

    def explained() -> CommandRow[Any]:
        row: CommandRow[Any] = resolve_name("bot.entrypoints.help:row")(commands)
        return row

    commands = CommandTable({"help": explained, **rows})
    return commands


COMMANDS = with_help(
    {
        "estimate": _row("bot.estimate.command:ESTIMATE"),
        "recommend": _row("bot.recommend.command:RECOMMEND"),
        "models": _row("bot.recommend.command:MODELS"),
        "migrate": _row("bot.recommend.command_migrate:MIGRATE", "bot.entrypoints.cli.books:migrate"),
        "try": _row("bot.samples.command:TRY", "bot.entrypoints.cli.samples:draw"),
        "show": _row("bot.samples.command:SHOW", "bot.entrypoints.cli.samples:show"),
        "bench": _row("bot.bench.command:BENCH", "bot.entrypoints.cli.benches:run"),
        "spend": _row("bot.spend.command:SPEND", "bot.entrypoints.cli.books:spend"),
        "budget": _row("bot.budgets.command:BUDGET", "bot.entrypoints.cli.books:budget"),
        "digest": _row("bot.digest.command:DIGEST", "bot.entrypoints.cli.books:digest"),
    }
)
