"""`help`: the table of commands, told at every door."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar import BookAnswer, CommandRow, CommandTable, CommandUsage, Guide, Vocabulary, options
from bot.grammar.canonical import joined
from bot.grammar.row import At, always, to_thread
from bot.grammar.sorting import bare_options

USAGE = CommandUsage(
    "help",
    "help [COMMAND]",
    "What you can ask, with examples.",
    ("help", "help estimate"),
    spoken="With the name of a command, or alone.",
)
PRINTOUT = At("bot.entrypoints.cli.printouts_help:rendered")


@dataclass(frozen=True)
class Help:
    name: ClassVar[str] = "help"

    topic: str | None = None

    def words(self) -> str:
        return joined("help", self.topic)


def row(commands: CommandTable) -> CommandRow[Help]:
    def read(words: Sequence[str], _vocabulary: Vocabulary) -> Help:
        plain, _ = bare_options(USAGE, words, {})
        options.refuse_more_than_one("help", plain)
        return Help(commands.name_of(plain[0])) if plain else Help()

    def in_a_terminal(question: Help, _options: Any) -> Guide:
        return guide(commands, question)

    return CommandRow(USAGE, read, BookAnswer(terminal=in_a_terminal), to_thread, always, printout=PRINTOUT)


def shows(commands: CommandTable, words: str, vocabulary: Vocabulary) -> bool:
    """Whether an example can be run as it stands: it costs and changes nothing, and is about no made-up ID."""
    command = commands.parse(words, vocabulary)
    return commands.of(command).only_asks(command) and not getattr(command, "id", None)


def guide(commands: CommandTable, question: Help) -> Guide:
    return Guide(question.topic, (commands.row(question.topic).usage,) if question.topic else commands.usages)
