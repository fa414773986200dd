"""The commands of who runs the bot: what each takes, in a table that argparse and the completion are made from."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import bot
from bot.clock import Clock
from bot.entrypoints.cli import OPERATORS, VERSION
from bot.errors import NotUnderstood
from bot.grammar.words import echo, listed, nearest


@dataclass(frozen=True)
class Argument:
    """An option with the name of its value, a flag without one, or a word by itself."""

    name: str
    does: str
    value: str | None = None
    optional: bool = False  # of a word by itself

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
class Done:
    """`answer` is None where it was written already."""

    as_json: bool
    answer: Any = None
    status: int = 0


JSON = Argument("--json", "the answer as JSON, and an error too")
ERRORS = Argument("--json", "an error as JSON")
WORKSPACE = Argument("--workspace", "whose books, when several workspaces are installed", "ID")
FILE = Argument("FILE", "a CSV file with a line of column names", optional=True)
ARGUMENTS = {
    "playground": (Argument("--socket-mode", "the bot hears through a socket, and needs no address"), ERRORS),
    "doctor": (JSON,),
    "import": (
        FILE,
        Argument("--map", "columns of ours and their names in the file: id=Job,usd=Cost", "OURS=THEIRS,..."),
        Argument("--source", "who reported it, where the file has no such column", "NAME"),
        Argument("--dry-run", "reads it all and stores nothing"),
        Argument("--skip-bad", "stores the good lines of a file that has bad ones"),
        Argument("--sample", "six weeks of made-up usage in place of a file"),
        Argument("--playground", "with --sample: into the playground of this folder, moved to end this week"),
        WORKSPACE,
        JSON,
    ),
    "export": (Argument("FILE", "a new file; left out, the screen", optional=True), WORKSPACE, ERRORS),
    "bills": (WORKSPACE, JSON),
    "token": (WORKSPACE, JSON),
}
ACTS = {
    "bills": (Operator("sync", "reads the last days anew"),),
    "token": (
        Operator("create", "makes one, and shows it this one time", (Argument("NAME", "whose it is"),)),
        Operator("list", "those that were made"),
        Operator("revoke", "ends one for good", (Argument("ID", "as `list` shows it"),)),
    ),
    "completion": (
        Operator("bash", 'in ~/.bashrc: eval "$(imagelane completion bash)"'),
        Operator("zsh", 'in ~/.zshrc, after compinit: eval "$(imagelane completion zsh)"'),
    ),
}


def operator(name: str) -> Operator:
    return Operator(name, OPERATORS[name], ARGUMENTS.get(name, (ERRORS,)), ACTS.get(name, ()))


def run(name: str, words: list[str]) -> Done:
    """Raises NotUnderstood for words that it does not take, and whatever the command raises."""
    try:
        given = read(operator(name), words)
    except SystemExit:  # help, or the version, was asked for and is told
        return Done(as_json=False)
    return RUN[name](given)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **given: Any) -> None:
        super().__init__(allow_abbrev=False, exit_on_error=False, **given)
        self.add_argument(VERSION, action="version", version=f"imagelane {bot.__version__}", help="which one this is")

    def error(self, message: str) -> NoReturn:
        """What argparse would say before it ends the process. Raises ArgumentError."""
        raise argparse.ArgumentError(None, message)


def read(asked: Operator, words: list[str]) -> argparse.Namespace:
    """Raises NotUnderstood; SystemExit once help was shown."""
    try:
        given, rest = _parser(asked).parse_known_args(words)
    except argparse.ArgumentError as wrong:
        raise refusal(asked.name, _wrong(asked, wrong.argument_name)) from None
    if rest:
        raise refusal(asked.name, _unread(asked, rest[0]))
    return given


def _parser(asked: Operator) -> _Parser:
    whole = _Parser(prog=f"imagelane {asked.name}", description=_sentence(asked.does))
    _fill(whole, asked.arguments)
    if asked.acts:
        acts = whole.add_subparsers(dest="act", required=True, metavar="WHAT", parser_class=_Parser)
        for act in asked.acts:
            one = acts.add_parser(act.name, help=act.does, description=_sentence(act.does))
            # What stands before the act is not set back by what is left out after it.
            _fill(one, (*act.words(), *asked.options()), default=argparse.SUPPRESS)
    return whole


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _fill(parser: _Parser, arguments: tuple[Argument, ...], **kept: Any) -> None:
    for argument in arguments:
        if argument.value:
            parser.add_argument(argument.name, metavar=argument.value, help=argument.does, **kept)
        elif argument.is_option:
            parser.add_argument(argument.name, action="store_true", help=argument.does, **kept)
        else:
            parser.add_argument(argument.name, nargs="?" if argument.optional else None, help=argument.does)


def refusal(name: str, sentence: str) -> NotUnderstood:
    return NotUnderstood(f"{sentence} `imagelane {name} --help` says what it takes.")


def _wrong(asked: Operator, name: str | None) -> str:
    """An option with a value too few or too many, or an act that is missing or none of these."""
    if name is None or not name.startswith("-"):
        return f"Say {listed(_ways(asked), 'or')}."
    needs = any(option.value for option in asked.options() if option.name == name)
    return f"{name} needs a value after it." if needs else f"{name} takes no value."


def _ways(asked: Operator) -> Iterator[str]:
    for act in asked.acts:
        words = " ".join(word.name for word in act.words())
        yield f"`{f'imagelane {asked.name} {act.name} {words}'.strip()}`"


def _unread(asked: Operator, word: str) -> str:
    option = echo(word.partition("=")[0])
    if not word.startswith("-"):
        if asked.acts:
            return _wrong(asked, None)
        return f"`imagelane {asked.name}` takes no further words; I read `{echo(word)}`."
    near = nearest(option.strip("-"), [one.name.strip("-") for one in asked.options()])
    meant = f": did you mean {listed((f'--{name}' for name in near), 'or')}?" if near else "."
    return f"`imagelane {asked.name}` takes no {option}{meant}"


def _process(name: str) -> Callable[[argparse.Namespace], Done]:
    def live(given: argparse.Namespace) -> Done:
        from bot.entrypoints.cli import processes

        return Done(given.json, status=processes.run(name))

    return live


def _playground(given: argparse.Namespace) -> Done:
    from bot.entrypoints.cli import playground

    return Done(given.json, status=playground.run(given.socket_mode))


def _run(given: argparse.Namespace) -> Done:
    from bot import settings

    if settings.read().slack_bot_token:
        from bot.entrypoints.cli import processes

        print(
            "Slack tokens are set: connecting to that workspace. `make run PLAYGROUND=1` opens the page instead.",
            flush=True,
        )
        return Done(given.json, status=processes.run("serve"))
    from bot.entrypoints.cli import playground

    return Done(given.json, status=playground.run())


def _doctor(given: argparse.Namespace) -> Done:
    from bot.entrypoints.cli import doctor

    health = doctor.run(Clock().real)
    return Done(given.json, health, 1 if health.failed else 0)


def _bills(given: argparse.Namespace) -> Done:
    from bot.entrypoints.cli import books

    return Done(given.json, books.bills(given.workspace))


def _import(given: argparse.Namespace) -> Done:
    from bot.entrypoints.cli import usage

    if (given.FILE is None) is not given.sample:
        raise refusal("import", "`imagelane import` takes one CSV file, or --sample for the sample data of its own.")
    if given.playground and not given.sample:
        raise refusal("import", "A playground takes the sample only: `imagelane import --sample --playground`.")
    wanted = usage.ImportAsked(given.FILE, given.map, given.source, given.dry_run, given.skip_bad, given.playground)
    answer = usage.take_in(wanted, given.workspace)
    return Done(given.json, answer, 1 if answer.refused else 0)


def _export(given: argparse.Namespace) -> Done:
    from bot.entrypoints.cli import usage

    usage.export(given.FILE, given.workspace)
    return Done(given.json)


def _token(given: argparse.Namespace) -> Done:
    from bot.entrypoints.cli import usage

    match given.act:
        case "create":
            return Done(given.json, usage.create_token(given.NAME, given.workspace))
        case "revoke":
            return Done(given.json, usage.revoke_token(given.ID, given.workspace))
        case _:
            return Done(given.json, usage.tokens_of(given.workspace))


def _completion(given: argparse.Namespace) -> Done:
    from bot.entrypoints.cli import completion

    print(completion.script(given.act), end="")
    return Done(given.json)


RUN: dict[str, Callable[[argparse.Namespace], Done]] = {
    **{name: _process(name) for name in ("serve", "web", "worker", "clock", "release")},
    "playground": _playground,
    "run": _run,
    "doctor": _doctor,
    "import": _import,
    "export": _export,
    "bills": _bills,
    "token": _token,
    "completion": _completion,
}
