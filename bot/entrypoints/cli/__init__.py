"""The imagelane command line: the same words as in Slack, and the processes of the bot."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import bot
from bot import catalog, grammar
from bot.entrypoints import answers
from bot.errors import BadSettings, ImagelaneError, NotUnderstood, StoreTrouble, StoreUnusable
from bot.grammar import vocabulary

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
    "import": "takes in a CSV FILE, or --sample [--playground]; --map ours=theirs,... --source --dry-run --skip-bad",
    "export": "writes the usage that pipelines reported as CSV, to FILE or to the screen",
    "bills": "reads the provider's bill of the last days now: sync; needs OPENAI_ADMIN_KEY",
    "token": "lets a pipeline report to /v1/usage and read /v1/spend: create NAME, list, revoke ID",
}
EXIT = {BadSettings: 2, StoreTrouble: 3, StoreUnusable: 3}


@dataclass
class Options:
    """What only a terminal has."""

    words: list[str] = field(default_factory=list)
    json: bool = False
    out: Path = Path()
    png: Path | None = None
    workspace: str | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0, or 1 when the doctor found a failure, an import refused lines or nobody reads what is said,
    2 for words, settings and refusals, 3 for a database that can't be used."""
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # `| head` has enough. What is still held back goes nowhere, or Python would complain of it as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _run(given: list[str]) -> int:
    as_json = "--json" in given
    if given == ["--version"]:
        print(f"imagelane {bot.__version__}")
        return 0
    try:
        options = _options(given)
        if options.words and options.words[0].lower() in PROCESSES:
            return _process(options)
        if options.words and options.words[0].lower() in BOOKS:
            return _books(options)
        _answer(options)
    except ImagelaneError as error:
        _complain(error, as_json)
        return next((code for kind, code in EXIT.items() if isinstance(error, kind)), 2)
    return 0


def _options(given: Sequence[str]) -> Options:
    options, rest = Options(), list(given)
    while rest:
        word = rest.pop(0)
        name, has_value, value = word.partition("=")
        if word == "--json":
            options.json = True
        elif name in ("--out", "--png", "--workspace"):
            if not has_value and (not rest or rest[0].startswith("--")):
                raise NotUnderstood(f"{name} needs a value after it.")
            value = value if has_value else rest.pop(0)
            if name == "--out":
                options.out = Path(value)
            elif name == "--png":
                options.png = Path(value)
            else:
                options.workspace = value
        else:
            options.words.append(word)
    return options


def _answer(options: Options) -> None:
    facts = catalog.load()
    command = grammar.parse_words(options.words, vocabulary.vocabulary(facts))
    today = _today()
    match command:
        case grammar.Try():
            from bot.entrypoints.cli import samples as samples_cli

            _show(samples_cli.draw(command, options.out, options.workspace), options)
        case grammar.Show():
            from bot.entrypoints.cli import samples as samples_cli

            _show(samples_cli.show(command, options.workspace), options)
        case grammar.Spend():
            from bot.entrypoints.cli import books

            _show(books.spend(command, options.workspace, options.png), options)
        case grammar.BudgetCommand():
            from bot.entrypoints.cli import books

            _show(books.budget(command, options.workspace), options)
        case grammar.BenchCommand():
            from bot.entrypoints.cli import benches

            answer = benches.run(command, options.workspace, options.json)
            if answer is not None:
                _show(answer, options)
        case grammar.Digest():
            from bot.entrypoints.cli import books

            _show(books.digest(command, options.workspace, options.png), options)
        case grammar.Estimate() | grammar.Recommend() if _asks_the_store(command):
            from bot.entrypoints.cli import samples as samples_cli

            own = samples_cli.own(options.workspace)
            _show(answers.answer(facts, command, today, mine=own), options)
        case grammar.Help(topic=None) if not options.json:
            _show(answers.guide(command), options)
            for title, listed in (("Usage of pipelines", BOOKS), ("The bot itself", PROCESSES)):
                print(f"\n{title}", *(f"  imagelane {name:<8} {does}" for name, does in listed.items()), sep="\n")
        case _:
            _show(answers.answer(facts, command, today), options)


def _asks_the_store(command: grammar.Estimate | grammar.Recommend) -> bool:
    """A plain question loads no database."""
    return command.kind is not None or (isinstance(command, grammar.Estimate) and command.keep_own)


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()


def _show(answer: Any, options: Options) -> None:
    if options.json:
        from bot.printing import plain_json

        print(plain_json.text(answer))
        return
    from bot.entrypoints.cli import printouts

    printouts.show(answer, printouts.console())


def _complain(error: ImagelaneError, as_json: bool) -> None:
    if as_json:
        from bot.printing import plain_json

        print(plain_json.text(error))
    else:
        print(error.sentence, file=sys.stderr)


def _process(options: Options) -> int:
    name, rest = options.words[0].lower(), options.words[1:]
    socket_mode = name == "playground" and rest == ["--socket-mode"]
    if rest and not socket_mode:
        raise NotUnderstood(f"`imagelane {name}` takes no further words; I read {rest[0]!r}.")
    if name in ("playground", "run"):
        return _run_or_play(name, socket_mode)
    if name == "doctor":
        from bot.entrypoints.cli import doctor

        health = doctor.run(_now)
        _show(health, options)
        return 1 if health.failed else 0
    from bot.entrypoints.cli import processes

    return processes.run(name)


def _run_or_play(name: str, socket_mode: bool) -> int:
    from bot import settings

    if name == "run" and settings.read().slack_bot_token:
        from bot.entrypoints.cli import processes

        print(
            "Slack tokens are set: connecting to that workspace. `make run PLAYGROUND=1` opens the page instead.",
            flush=True,
        )
        return processes.run("serve")
    from bot.entrypoints.cli import playground

    return playground.run(socket_mode)


def _books(options: Options) -> int:
    if options.words[0].lower() == "bills":
        from bot.entrypoints.cli import books

        _show(books.bills(options.words[1:], options.workspace), options)
        return 0
    from bot.entrypoints.cli import usage as usage_cli

    answer = usage_cli.run(options.words, options.workspace)
    if answer is not None:
        _show(answer, options)
    return usage_cli.status(answer)
