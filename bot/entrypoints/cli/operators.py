"""The commands of who runs the bot: what each takes, in a table that argparse and the completion are made from."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NoReturn

import bot
from bot.entrypoints.cli import OPERATORS, VERSION
from bot.errors import NotUnderstood
from bot.grammar import At
from bot.grammar.words import echo, listed, nearest


@dataclass(frozen=True)
class Argument:
    """An option with the name of its value, a flag without one, or a word by itself. `optional`: the word may be left
    out, and so may the value of the option, which is all the words behind it."""

    name: str
    does: str
    value: str | None = None
    optional: bool = False

    @property
    def is_option(self) -> bool:
        return self.name.startswith("-")


@dataclass(frozen=True)
class Operator:
    """A command, or what is done by one: `acts` are the words one of which must follow it, and take its options too."""

    name: str
    does: str
    arguments: tuple[Argument, ...] = ()
    acts: tuple["Operator", ...] = ()

    def options(self) -> tuple[Argument, ...]:
        return tuple(argument for argument in self.arguments if argument.is_option)

    def words(self) -> tuple[Argument, ...]:
        return tuple(argument for argument in self.arguments if not argument.is_option)


@dataclass(frozen=True)
class OperatorResult:
    """`answer` is None where it was written already, else `printout` is how a terminal prints it."""

    status: int = 0
    answer: Any = None
    printout: Callable[[Any], Any] = repr
    as_json: bool = False


JSON = Argument("--json", "the answer as JSON, and an error too")
ERRORS = Argument("--json", "an error as JSON")
WORKSPACE = Argument("--workspace", "whose books, when several workspaces are installed", "ID")
FILE = Argument("FILE", "a CSV file with a line of column names, JSON lines or Parquet", optional=True)
ARGUMENTS = {
    "playground": (Argument("--socket-mode", "the bot hears through a socket, and needs no address"), ERRORS),
    "doctor": (JSON,),
    "import": (
        FILE,
        Argument("--from", "whose export it is, guessed from its columns when left out, or a map you saved", "TOOL"),
        Argument("--zone", "of moments that name none: Europe/Berlin", "ZONE"),
        Argument("--map", "columns of ours and their names in the file: id=Job,usd=Cost", "OURS=THEIRS,..."),
        Argument("--save-map", "keeps what --map says under a name, for --from next time", "NAME"),
        Argument("--maps", "lists the maps that are saved"),
        Argument("--source", "who reported it, where the file has no such column", "NAME"),
        Argument("--dry-run", "reads it all, shows how it begins and what it comes to, and stores nothing"),
        Argument("--skip-bad", "stores the good lines of a file that has bad ones"),
        Argument("--skip-overlap", "stores what is not here yet of OpenAI's usage exports, and leaves out the rest"),
        Argument("--project-id", "only these projects of OpenAI's usage exports, none of them the bot's own", "ID,..."),
        Argument("--api-key-id", "only these keys of OpenAI's usage exports, none of them the bot's own", "ID,..."),
        Argument("--replace", "puts records in the place of those of their ids that say something else"),
        Argument("--sample", "six weeks of made-up usage in place of a file"),
        Argument("--playground", "into the playground of this folder; the sample is moved to end this week"),
        WORKSPACE,
        JSON,
    ),
    "export": (
        Argument("FILE", "a new file; left out, the screen", optional=True),
        Argument(
            "--focus",
            "every call of a period (last month, 2026-10 ... this month when left out) in the FinOps form FOCUS",
            "PERIOD",
            optional=True,
        ),
        Argument("--people", "with --focus: who asked is among the tags"),
        WORKSPACE,
        ERRORS,
    ),
    "bills": (WORKSPACE, JSON),
    "models diff": (
        Argument("SINCE", "a day such as 2026-11-01: what the list says now that it did not then", optional=True),
        JSON,
    ),
    "lanes": (
        Argument("--next", "with changes that are announced and not in force yet"),
        Argument("--details", "all prices of each lane, with their sources"),
        JSON,
    ),
    "token": (WORKSPACE, JSON),
    "usage": (WORKSPACE, JSON),
}
ACTS = {
    "bills": (Operator("sync", "reads the last days anew"),),
    "token": (
        Operator(
            "create",
            "makes one, and shows it this one time",
            (
                Argument("NAME", "whose it is"),
                Argument("--report", "it may report usage, review and correct it; with neither it may do both"),
                Argument("--read", "it may read figures"),
            ),
        ),
        Operator("list", "those that were made"),
        Operator("revoke", "ends one for good", (Argument("ID", "as `list` shows it"),)),
    ),
    "usage": (
        Operator(
            "void",
            "takes a record that was wrong out of every sum",
            (Argument("RECORD", "its id"), Argument("--source", "who reported it; api when left out", "NAME")),
        ),
        Operator("reprice", "gives what had no known price the one that is known by now"),
    ),
    "completion": (
        Operator("bash", 'in ~/.bashrc: eval "$(imagelane completion bash)"'),
        Operator("zsh", 'in ~/.zshrc, after compinit: eval "$(imagelane completion zsh)"'),
    ),
}


def operator(name: str) -> Operator:
    return Operator(name, OPERATORS[name], ARGUMENTS.get(name, (ERRORS,)), ACTS.get(name, ()))


def run(name: str, words: list[str]) -> OperatorResult:
    """Raises NotUnderstood for words that it does not take, and whatever the command raises."""
    try:
        options = _read(operator(name), words)
    except SystemExit:  # help, or the version, was asked for and is told
        return OperatorResult()
    return replace(RUN[name](options), as_json=options.json)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, exit_on_error=False, **settings)
        self.add_argument(VERSION, action="version", version=f"imagelane {bot.__version__}", help="which one this is")

    def error(self, message: str) -> NoReturn:
        """What argparse would say before it ends the process. Raises ArgumentError."""
        raise argparse.ArgumentError(None, message)


def _read(command: Operator, words: list[str]) -> argparse.Namespace:
    """Raises NotUnderstood; SystemExit once help was shown."""
    try:
        options, rest = _parser(command).parse_known_args(words)
    except argparse.ArgumentError as wrong:
        raise refusal(command.name, _wrong(command, wrong.argument_name)) from None
    if rest:
        raise refusal(command.name, _unread(command, rest[0]))
    return options


def _parser(command: Operator) -> _Parser:
    whole = _Parser(prog=f"imagelane {command.name}", description=_sentence(command.does))
    _fill(whole, command.arguments)
    if command.acts:
        acts = whole.add_subparsers(dest="act", required=True, metavar="WHAT", parser_class=_Parser)
        for act in command.acts:
            one = acts.add_parser(act.name, help=act.does, description=_sentence(act.does))
            # What stands before the act is not set back by what is left out after it.
            _fill(one, (*act.words(), *act.options()))
            _fill(one, command.options(), default=argparse.SUPPRESS)
    return whole


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _fill(parser: _Parser, arguments: tuple[Argument, ...], **default: Any) -> None:
    for argument in arguments:
        if argument.value and argument.optional:
            parser.add_argument(argument.name, nargs="*", metavar=argument.value, help=argument.does, **default)
        elif argument.value:
            parser.add_argument(argument.name, metavar=argument.value, help=argument.does, **default)
        elif argument.is_option:
            parser.add_argument(argument.name, action="store_true", help=argument.does, **default)
        else:
            parser.add_argument(argument.name, nargs="?" if argument.optional else None, help=argument.does)


def refusal(name: str, sentence: str) -> NotUnderstood:
    return NotUnderstood(f"{sentence} `imagelane {name} --help` says what it takes.")


def _wrong(command: Operator, name: str | None) -> str:
    """An option with a value too few or too many, or an act that is missing or none of these."""
    if name is None or not name.startswith("-"):
        ways = (" ".join((act.name, *(word.name for word in act.words()))) for act in command.acts)
        return f"Say {listed((f'`imagelane {command.name} {way}`' for way in ways), 'or')}."
    options = (*command.options(), *(option for act in command.acts for option in act.options()))
    needs = any(option.value for option in options if option.name == name)
    return f"{name} needs a value after it." if needs else f"{name} takes no value."


def _unread(command: Operator, word: str) -> str:
    option = echo(word.partition("=")[0])
    if not word.startswith("-"):
        if command.acts:
            return _wrong(command, None)
        return f"`imagelane {command.name}` takes no further words; I read `{echo(word)}`."
    options = (*command.options(), *(one for act in command.acts for one in act.options()))
    near = nearest(option.strip("-"), [one.name.strip("-") for one in options])
    hint = f": did you mean {listed((f'--{name}' for name in near), 'or')}?" if near else "."
    return f"`imagelane {command.name}` takes no {option}{hint}"


def _run(options: argparse.Namespace) -> OperatorResult:
    """The own workspace, or the playground."""
    from bot import settings

    if settings.read().slack_bot_token is None:
        return OperatorResult(At("bot.entrypoints.cli.playground:run")())
    print(
        "Slack tokens are set: connecting to that workspace. `make run PLAYGROUND=1` opens the page instead.",
        flush=True,
    )
    return _process("serve", options)


def _process(name: str, _options: argparse.Namespace) -> OperatorResult:
    return OperatorResult(At("bot.entrypoints.cli.processes:run")(name))


def _playground(options: argparse.Namespace) -> OperatorResult:
    return OperatorResult(At("bot.entrypoints.cli.playground:run")(options.socket_mode))


RUN: dict[str, Callable[[argparse.Namespace], OperatorResult]] = {
    **{name: partial(_process, name) for name in ("serve", "web", "worker", "clock", "release")},
    "playground": _playground,
    "run": _run,
    "doctor": At("bot.entrypoints.cli.doctor:run"),
    "import": At("bot.entrypoints.cli.usage:take_in"),
    "export": At("bot.entrypoints.cli.usage:export"),
    "bills": At("bot.entrypoints.cli.books:bills"),
    "models diff": At("bot.entrypoints.cli.books:models_diff"),
    "lanes": At("bot.entrypoints.cli.books:lanes"),
    "token": At("bot.entrypoints.cli.usage:token"),
    "usage": At("bot.entrypoints.cli.usage:correct"),
    "completion": At("bot.entrypoints.cli.completion:run"),
}
