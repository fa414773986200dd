"""Which commands only ask: what they answer costs nothing, posts nothing and changes nothing."""

from bot.grammar.commands import BenchCommand, BudgetCommand, Command, Digest, Try

_ASKS = {BudgetCommand: ("show",), Digest: (None, "preview"), BenchCommand: ("plan", "list", "show", "verdict")}


def only_asks(command: Command) -> bool:
    if isinstance(command, Try):
        return False
    if isinstance(command, BudgetCommand | Digest | BenchCommand):
        return command.act in _ASKS[type(command)]
    return True
