"""Which commands only ask: what they answer costs nothing, posts nothing and changes nothing."""

from bot.grammar.commands import Bench, Budget, Command, Digest, Try

_ASKS = {Budget: ("show",), Digest: (None, "preview"), Bench: ("plan", "list", "show", "verdict")}


def only_asks(command: Command) -> bool:
    if isinstance(command, Try):
        return False
    if isinstance(command, Budget | Digest | Bench):
        return command.act in _ASKS[type(command)]
    return True
