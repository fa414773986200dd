"""The way in: which command of a table it is, and its words read by that one's row."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.errors import NotUnderstood
from bot.grammar.row import Command, CommandRow, CommandUsage
from bot.grammar.vocabulary import Kind, Vocabulary, did_you_mean
from bot.grammar.words import MARKS, OPENERS, WHITE, bare, echo, hidden, nearest, plainly, split

if TYPE_CHECKING:  # what is read as it stands need not know how it could be mended
    from bot.grammar.mending import Put, Read

_HELP = ("--help", "-h")
# `try"a kite"` is as clear as with a space.
_FIRST = re.compile(f"[^{WHITE}]?[^{WHITE}{MARKS}]*")


class CommandTable:
    """Commands by name, in the order of help. The first explains the others: it reads their names, or nothing.

    A row is loaded when it is first asked for, so that one command loads no other.
    """

    def __init__(self, rows: Mapping[str, Callable[[], CommandRow[Any]]]) -> None:
        self._rows = {name: cache(row) for name, row in rows.items()}
        self.names = tuple(rows)

    def row(self, name: str) -> CommandRow[Any]:
        return self._rows[name]()

    def of(self, command: Command) -> CommandRow[Any]:
        return self.row(command.name)

    @property
    def usages(self) -> tuple[CommandUsage, ...]:
        return tuple(self.row(name).usage for name in self.names)

    def name_of(self, word: str) -> str:
        """The name of the command. Raises NotUnderstood."""
        name = bare(word).lower()
        if name in _HELP:
            return self.names[0]
        if name in self.names:
            return name
        near = self._meant(name)
        if near:
            raise did_you_mean(word, Kind.COMMAND, near)
        raise NotUnderstood(
            f"I know no command `{echo(word)}`{hidden(word)}: `{self.names[0]}` shows what you can ask.", word
        )

    def _meant(self, word: str) -> tuple[str, ...]:
        called = self._called(word)
        if called:
            return (called,)
        return () if word in OPENERS else nearest(word, self.names)

    def _called(self, word: str) -> str | None:
        """The command of that name, or the one people mean by a verb of theirs."""
        word = plainly(word)
        return word if word in self.names else next((name for name in self.names if word in self.row(name).verbs), None)

    def named(self, text: str) -> tuple[str, ...]:
        """The commands whose names, or verbs people use for them, stand anywhere in it; in that order."""
        names = (self._called(word) for word in split(text))
        return tuple(dict.fromkeys(name for name in names if name))

    def parse(self, text: str, vocabulary: Vocabulary) -> Command:
        """One typed line, without the bot's own name. Raises NotUnderstood and its kinds, nothing else; what it was
        meant to be as a whole, where that is clear, is `mended`."""
        text = text.strip(WHITE)
        try:
            return self._parse(text, vocabulary)
        except NotUnderstood as error:
            from bot.grammar.mending import pieces_of

            error.mended = self._mended(
                pieces_of(text), lambda line: self._parse("".join(line), vocabulary), _one_piece
            )
            raise

    def _mended(self, line: Sequence[str], read: "Read", put: "Put") -> str | None:
        from bot.grammar.mending import mended

        whole = mended(line, read, put, self._says_nothing_behind)
        if whole or not line or plainly(line[0]) not in OPENERS:
            return whole
        return mended(self._as_a_command(line, put), read, put, self._says_nothing_behind)

    def _says_nothing_behind(self, first: str, word: str) -> bool:
        """Whether it calls a command, which nobody has explained."""
        return plainly(first) != self.names[0] and self._called(word) is not None

    def _as_a_command(self, line: Sequence[str], put: "Put") -> Sequence[str]:
        """A question in plain words begins with the command it names anywhere; where the rest of a line is a prompt,
        that stands behind the name."""
        for place, word in enumerate(line[1:], 1):
            name = self._called(word)
            if name:
                cut = self.row(name).read_text is not None
                return [name, *([] if cut else [*put(" "), *line[1:place]]), *line[place + 1 :]]
        return line

    def _parse(self, text: str, vocabulary: Vocabulary) -> Command:
        first = _FIRST.match(text)
        name, rest = (first[0], text[first.end() :]) if first else ("", text)
        if not name:
            return self._explained()
        row = self.row(self.name_of(name))
        if row.read_text and not _asks_for_help(split(rest[:100])):
            command: Command = row.read_text(rest, vocabulary)
            return command
        return self._read(row, split(rest), vocabulary)

    def parse_words(self, words: Sequence[str], vocabulary: Vocabulary) -> Command:
        """The same from a shell, where a word that holds white space was quoted."""
        try:
            return self._parse_words(words, vocabulary)
        except NotUnderstood as error:
            error.mended = self._mended(words, lambda line: self._parse_words(line, vocabulary), str.split)
            raise

    def _parse_words(self, words: Sequence[str], vocabulary: Vocabulary) -> Command:
        if not words:
            return self._explained()
        row = self.row(self.name_of(words[0]))
        if row.read_text and not _asks_for_help(words[1:]):
            command: Command = row.read(words[1:], vocabulary)
            return command
        return self._read(row, words[1:], vocabulary)

    def _read(self, row: CommandRow[Any], words: Sequence[str], vocabulary: Vocabulary) -> Command:
        if _asks_for_help([word.lower() for word in words]):
            return self._explained(row.usage.name)
        command: Command = row.read(words, vocabulary)
        return command

    def _explained(self, name: str | None = None) -> Command:
        words = [] if name in (None, self.names[0]) else [name]
        command: Command = self.row(self.names[0]).read(words, Vocabulary({}, ()))
        return command


def _asks_for_help(words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0] in _HELP


def _one_piece(text: str) -> tuple[str, ...]:
    return (text,)
