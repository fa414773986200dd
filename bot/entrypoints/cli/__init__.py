"""The imagelane command line: the same words as in Slack, and the processes of the bot."""

import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import bot
from bot import catalog
from bot.entrypoints.commands import COMMANDS
from bot.errors import BadSettings, ImagelaneError, NotUnderstood, StoreTrouble, StoreUnusable
from bot.grammar import BookAnswer, Command, CommandTable, FactAnswer, Guide
from bot.grammar.vocabulary import vocabulary
from bot.grammar.words import listed
from bot.pricing.facts import Catalog

CLOCK = "IMAGELANE_CLOCK_URL"
PROCESSES = {
    "serve": "web, worker and clock in one process, for a small team",
    "web": "answers Slack",
    "worker": "draws pictures and posts them",
    "clock": "rings the sweep every minute",
    "release": "migrates the database, and creates a configured one that does not exist yet",
    "playground": "a Slack workspace on this machine, with a page; costs nothing",
    "run": "your own workspace when its tokens are set, else the playground",
    "doctor": "checks what the bot stands on, and says how to mend it; changes nothing",
}
BOOKS = {
    "import": "takes in a file of usage, another tool's export or OpenAI's bill, or the sample data",
    "export": "writes what pipelines reported as CSV, to a file or to the screen; with --focus all that was spent",
    "bills": "reads the provider's bill of the last days now; needs OPENAI_ADMIN_KEY",
    "usage": "takes back a record that was wrong, or prices what had no known price",
    "token": "lets a pipeline report to /v1/usage and read /v1/spend",
}
SHELL = {"completion": "prints what has bash or zsh complete these words"}
LISTED = (("Usage of pipelines", BOOKS), ("The bot itself", PROCESSES), ("The terminal", SHELL))
OPERATORS = PROCESSES | BOOKS | SHELL
EXIT = {BadSettings: 2, StoreTrouble: 3, StoreUnusable: 3}
HELP, VERSION = ("-h", "--help"), "--version"


@dataclass(frozen=True)
class Extra:
    """What questions take only in a terminal. A flag has no `value` and goes with all of them."""

    name: str
    value: str | None = None

    def goes_with(self, commands: CommandTable, name: str) -> bool:
        return self.value is None or self.name in commands.row(name).extras


EXTRAS = (
    Extra("--json"),
    Extra("--details"),
    Extra("--out", "DIR"),
    Extra("--png", "FILE"),
    Extra("--workspace", "ID"),
)
_EXTRA = {extra.name: extra for extra in EXTRAS}


@dataclass(frozen=True)
class Options:
    """What only a terminal has."""

    words: tuple[str, ...] = ()
    json: bool = False
    details: bool = False
    out: Path | None = None
    png: Path | None = None
    workspace: str | None = None


def main(arguments: Sequence[str] | None = None, commands: CommandTable = COMMANDS) -> int:
    """Run one command; 0, or 1 when the doctor found a failure, an import refused lines or nobody reads what is said,
    2 for words, settings and refusals, 3 for a database that can't be used."""
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments), commands)
        sys.stdout.flush()
    except BrokenPipeError:
        # `| head` has enough. What is still held back goes nowhere, or Python would complain of it as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _run(arguments: list[str], commands: CommandTable) -> int:
    try:
        return _status(arguments, commands)
    except ImagelaneError as error:
        if "--json" in arguments:
            _print_json(error)
        else:
            print(_sentence(error), file=sys.stderr)
        return next((code for kind, code in EXIT.items() if isinstance(error, kind)), 2)


def _sentence(error: ImagelaneError) -> str:
    """With the whole mended command, as it is typed here."""
    if not isinstance(error, NotUnderstood) or not (error.mended and error.mended.isprintable()):
        return error.sentence
    return f"{error.reason} Did you mean `imagelane {error.mended}`?".strip()


def _status(arguments: list[str], commands: CommandTable) -> int:
    before, words = _parted(arguments)
    name = _name(words)
    if words[:1] == [VERSION] or words[1:] == [VERSION]:
        _tell_version(words, "--json" in before)
        return 0
    if name in OPERATORS:
        return _operate(name, [*before, *words[1:]])
    if name == "help" and len(words) == 2 and words[1].lower() in OPERATORS:
        return _operate(words[1].lower(), list(HELP[:1]))
    # All goes with the process: looking through it for garbage once more at its end is a twelfth of a plain answer.
    atexit.register(gc.freeze)
    _answer(_options(_with_help(words, commands), before, commands), commands)
    return 0


def _parted(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The options that stand before the command, and the command with all that follows."""
    place = 0
    while place < len(arguments) and (extra := _EXTRA.get(arguments[place].partition("=")[0])):
        place += 2 if extra.value and "=" not in arguments[place] else 1
    return arguments[:place], arguments[place:]


def _name(words: Sequence[str]) -> str:
    return words[0].lower() if words and words[0] not in HELP else "help"


def _tell_version(words: list[str], as_json: bool) -> None:
    if words[1:] not in ([], [VERSION], ["--json"]):
        raise NotUnderstood(f"`{VERSION}` takes no further words; I read {words[1]!r}.")
    if as_json or "--json" in words:
        _print_json({"version": bot.__version__})
    else:
        print(f"imagelane {bot.__version__}")


def _operate(name: str, words: list[str]) -> int:
    from bot.entrypoints.cli import operators

    outcome = operators.run(name, words)
    if outcome.answer is not None:
        _show(outcome.answer, outcome.as_json, outcome.printout)
    return outcome.status


def _with_help(words: list[str], commands: CommandTable) -> list[str]:
    """Help is asked for anywhere among the words, save those of a prompt: there the grammar says what they are."""
    name = _name(words)
    if name == "help" or not set(HELP) & set(words) or (name in commands.names and commands.row(name).read_text):
        return words
    return [words[0], HELP[0], *(word for word in words if word == "--json")]


def _options(words: Sequence[str], before: Sequence[str], commands: CommandTable) -> Options:
    plain, extras = _sorted([*before, *words])
    name = _name(plain)
    for extra in map(_EXTRA.__getitem__, extras):
        if name in commands.names and not extra.goes_with(commands, name):
            takers = listed(f"`{taker}`" for taker in commands.names if extra.goes_with(commands, taker))
            raise NotUnderstood(f"`imagelane {name}` takes no {extra.name}: it goes with {takers}.")
    return Options(
        words=tuple(plain),
        json="--json" in extras,
        details="--details" in extras,
        out=Path(extras["--out"]) if "--out" in extras else None,
        png=Path(extras["--png"]) if "--png" in extras else None,
        workspace=extras.get("--workspace"),
    )


def _sorted(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The words of the grammar, and the options among them that only a terminal has."""
    plain, extras, rest = [], {}, list(words)
    while rest:
        word = rest.pop(0)
        name, has_value, value = word.partition("=")
        extra = _EXTRA.get(name)
        if extra is None or (has_value and extra.value is None):
            plain.append(word)
        elif extra.value is None:
            extras[name] = ""
        elif not has_value and (not rest or rest[0].startswith("--")):
            raise NotUnderstood(f"{name} needs a value after it.")
        else:
            extras[name] = value if has_value else rest.pop(0)
    return plain, extras


def _answer(options: Options, commands: CommandTable) -> None:
    facts, today = catalog.load(), _today()
    command = commands.parse_words(options.words, vocabulary(facts, today))
    row = commands.of(command)
    answer = _value(row.answer, command, facts, today, options)
    if answer is not None:
        _show(answer, options.json, lambda value: row.printout(value, options.details))
    if isinstance(answer, Guide) and not options.json:
        _tell_more(answer.topic, options.details, commands)


def _value(
    answer: FactAnswer[Any] | BookAnswer[Any], command: Command, facts: Catalog, today: date, options: Options
) -> Any:
    """A plain question loads no database."""
    if isinstance(answer, FactAnswer):
        if not (answer.own and answer.own(command)):
            return answer.value(facts, command, today)
        from bot.entrypoints.cli import samples

        return answer.value(facts, command, today, mine=samples.own(options.workspace))
    if answer.terminal is None:
        raise NotUnderstood(f"`{command.name}` is said in Slack.")
    return answer.terminal(command, options)


def _tell_more(topic: str | None, details: bool, commands: CommandTable) -> None:
    if topic is not None:
        extras = (f"{extra.name} {extra.value or ''}".strip() for extra in EXTRAS if extra.goes_with(commands, topic))
        print(f"\nIn a terminal also: {', '.join(extras)}.")
        return
    if details:
        for title, operators in LISTED:
            print(f"\n{title}", *(f"  imagelane {name:<11} {does}" for name, does in operators.items()), sep="\n")
    else:
        print("", *(f"{title}: {', '.join(operators)}" for title, operators in LISTED), sep="\n")
        print("\nFor example: imagelane estimate 5000 high square")
        print("`imagelane help --details` tells of all, and how each is written.")
    print("`imagelane NAME --help` says what one takes, `imagelane --version` its version.")


def _today() -> date:
    """The day of a playground's clock where one is told, as at every other command; else real."""
    if CLOCK in os.environ:
        from bot import clock, settings

        playground = clock.Clock(settings.read().imagelane_clock_url)
        playground.set()
        return playground.now().date()
    return datetime.now(UTC).date()


def _show(answer: Any, as_json: bool, printout: Callable[[Any], Any]) -> None:
    if as_json:
        _print_json(answer)
        return
    from bot.printing import shapes

    shapes.terminal().print(printout(answer), crop=False)


def _print_json(answer: Any) -> None:
    from bot.printing import plain_json  # most answers are printed for people

    print(plain_json.text(answer))
