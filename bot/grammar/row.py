"""A command as one row: how it is written, how it is read, who answers it and who may see that answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from pkgutil import resolve_name
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from bot.grammar.vocabulary import Vocabulary


class Command(Protocol):
    """A typed command, frozen. Buttons carry its canonical words, and reading them gives the same value again."""

    name: ClassVar[str]

    def words(self) -> str: ...

    def __hash__(self) -> int: ...


C = TypeVar("C", bound=Command)


@dataclass(frozen=True)
class CommandUsage:
    """What a command is for and how it is written: help, manifest and docs/commands.md are held to it.

    usage     its grammar, for a terminal
    spoken    the same in words
    topic     what it belongs to, such as Price; `gist` is half a sentence that goes on from there
    begin     (label, words) of a button that shows what it does; empty where it needs words of one's own
    """

    name: str
    usage: str
    sentence: str
    examples: tuple[str, ...]
    spoken: str = ""
    topic: str = ""
    gist: str = ""
    begin: tuple[str, str] | tuple[()] = ()


@dataclass(frozen=True)
class Guide:
    """How the commands are written; only one of them when `topic` names it."""

    topic: str | None
    usages: tuple[CommandUsage, ...]


class Audience(Enum):
    """Who may see the answer to a mention. INSIDE is the thread too, unless people of another workspace read there;
    POSTED is told by pictures of its own in the thread."""

    THREAD = auto()
    INSIDE = auto()
    ASKER = auto()
    POSTED = auto()


@dataclass(frozen=True)
class At:
    """A function by its place, such as bot.estimate.answer:estimate. Naming it loads nothing; calling it does."""

    place: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _function(self.place)(*args, **kwargs)


@cache
def _function(place: str) -> Any:
    return resolve_name(place)


def always(_command: Any) -> bool:
    return True


def never(_command: Any) -> bool:
    return False


def to_thread(_command: Any) -> Audience:
    return Audience.THREAD


def to_asker(_command: Any) -> Audience:
    return Audience.ASKER


@dataclass(frozen=True)
class FactAnswer(Generic[C]):
    """Answered from the dated facts, on the day the command names as `on`, the same at every door.

    value      (catalog, command, today, horizon_days=) to a value; with `own` also mine=, what the team's store knows
    blocks     (value, the command's words tied to its day) to a Slack message
    own        whether a command asks for the team's own record in a terminal, where that loads the store; in Slack it
               is always there. None: the answer never has it
    details    value to a Slack window
    """

    value: Callable[..., Any]
    blocks: Callable[..., Any]
    own: Callable[[C], bool] | None = None
    details: Callable[..., Any] | None = None


@dataclass(frozen=True)
class BookAnswer(Generic[C]):
    """Answered by each door in its own way, mostly from the books.

    slow       whether Slack's answer may take longer than an ack
    terminal   (command, options) to a value, or None where all was said; where it uses the wiring, the table adds it
    """

    slow: Callable[[C], bool] = never
    terminal: Callable[..., Any] | None = None


@dataclass(frozen=True)
class CommandRow(Generic[C]):
    """What is left out is the careful choice: only who asked sees it, and behind other words it is not run.

    read         words as a shell has split them to the command
    audience     who may see the answer to it
    printout     (value, details) to what a terminal prints; `details`: all that is behind it, too
    only_asks    whether that costs nothing, posts nothing and changes nothing
    read_text    the rest of a typed line to the command, where that is not split into words
    extras       options it takes in a terminal only
    verbs        what people call it who do not know its name
    """

    usage: CommandUsage
    read: Callable[[Sequence[str], Vocabulary], C]
    answer: FactAnswer[C] | BookAnswer[C]
    audience: Callable[[C], Audience] = to_asker
    printout: Callable[[Any, bool], Any] = field(kw_only=True)
    only_asks: Callable[[C], bool] = never
    read_text: Callable[[str, Vocabulary], C] | None = None
    extras: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
