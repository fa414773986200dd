"""What pipelines report, from a terminal: CSV in, CSV out, and the tokens they bring."""

import gc
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bot import catalog, clock, periods, settings, wiring
from bot.errors import BadFile, NotUnderstood
from bot.ledger.ledger import Ledger, open_ledger
from bot.usage import tokens
from bot.usage.export import write
from bot.usage.files import COLUMNS
from bot.usage.importing import Import, WantedImport
from bot.usage.printout import MadeToken, RevokedToken, TokenList
from bot.usage.reading import Desk
from bot.usage.records import Imported
from bot.usage.rows import Records
from bot.usage.rows_tokens import TokenRows

FLAGS, VALUES = ("--dry-run", "--skip-bad", "--sample", "--playground"), ("--map", "--source")
LONGEST_NAME = 60


@dataclass(frozen=True)
class TokenWords:
    """The words after the first, and the options among them."""

    plain: tuple[str, ...]
    flags: frozenset[str]
    values: dict[str, str]


def run(words: Sequence[str], workspace: str | None) -> Any:
    """The answer to show, None when it was written already. Raises ImagelaneError."""
    command, asked = words[0].lower(), _sorted(words[1:])
    if command != "import" and (asked.flags or asked.values):
        raise NotUnderstood(f"`imagelane {command}` takes no {next(iter((*asked.flags, *asked.values)))}.")
    if asked.flags >= {"--playground"} and not asked.flags >= {"--sample"}:
        raise NotUnderstood("A playground takes the sample only: `imagelane import --sample --playground`.")
    url = _playground() if "--playground" in asked.flags else wiring.ready_store(settings.read())
    store = open_ledger(url, wiring.JOBS_WAIT_SECONDS)
    try:
        team_id = store.workspace(workspace)
        if command == "import":
            return _import(asked, store, team_id)
        if command == "export":
            return _export(asked.plain, store, team_id)
        return _token(asked.plain, store, team_id)
    finally:
        store.close()


def _playground() -> str:
    """The store of the playground in this folder."""
    from bot.entrypoints.cli.playground import HOME

    path = HOME / settings.LOCAL_STORE
    if not path.exists():
        raise NotUnderstood("There is no playground here yet: start it with `make run`, then say this beside it.")
    return f"sqlite:///{path}"


def status(answer: Any) -> int:
    """1 when lines were refused, though it may have gone on without them."""
    return 1 if isinstance(answer, Imported) and answer.refused else 0


def _sorted(words: Sequence[str]) -> TokenWords:
    plain, flags, values, rest = [], set(), {}, list(words)
    while rest:
        word = rest.pop(0)
        name, has_value, value = word.partition("=")
        if word in FLAGS:
            flags.add(word)
        elif name in VALUES:
            if not has_value and not rest:
                raise NotUnderstood(f"{name} needs a value after it.")
            values[name] = value if has_value else rest.pop(0)
        elif word.startswith("--"):
            raise NotUnderstood(f"I know no option {word}; there are {', '.join((*FLAGS, *VALUES))}.")
        else:
            plain.append(word)
    return TokenWords(tuple(plain), frozenset(flags), values)


def _import(asked: TokenWords, store: Ledger, team_id: str) -> Imported:
    sample = "--sample" in asked.flags
    if len(asked.plain) != (0 if sample else 1):
        raise NotUnderstood(
            "`imagelane import` takes one CSV file, or --sample for the sample data that comes with it."
        )
    path = catalog.SAMPLE_USAGE if sample else Path(asked.plain[0])
    wanted = WantedImport(
        mapping=_mapping(asked.values.get("--map")),
        source=asked.values.get("--source", WantedImport.source),
        dry_run="--dry-run" in asked.flags,
        skip_bad="--skip-bad" in asked.flags,
        weeks_later=_weeks_since_sample() if "--playground" in asked.flags else 0,
    )
    gc.freeze()  # what is loaded by now stays: the collector need not walk it again for every few thousand rows
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(path.name, total=1.0)

        def refuse(number: int, reason: str) -> None:
            progress.console.print(f"line {number}: {reason}", markup=False, highlight=False, soft_wrap=True)

        def moved(share: float) -> None:
            progress.update(task, completed=share)

        desk = Desk(catalog.load())
        return Import(store, desk, team_id, wanted, clock.real(), refuse, moved).run(path)


def _weeks_since_sample() -> int:
    """So many that it ends with this week: the digest of next Monday then has a week to tell of, and one before it."""
    from bot.entrypoints.cli import playground

    this_week = periods.week_of(clock.real().astimezone(playground.zone()).date())
    return max(0, (this_week.last - catalog.SAMPLE_ENDS).days // 7)


def _mapping(written: str | None) -> dict[str, str]:
    """id=Record ID,model=Model: our column, then the file's."""
    found = {}
    for pair in written.split(",") if written else ():
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if ours not in COLUMNS or not equals or not theirs:
            raise NotUnderstood(f"--map is written ours=theirs, with ours of {', '.join(COLUMNS)}; I read {pair!r}.")
        found[ours] = theirs
    return found


def _export(words: Sequence[str], store: Ledger, team_id: str) -> None:
    if len(words) > 1:
        raise NotUnderstood("`imagelane export` takes one file to write, or none for the screen.")
    if not words:
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        Records(store.engine).each(team_id, lambda records: write(records, sys.stdout))
        return
    path = Path(words[0])
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            count = Records(store.engine).each(team_id, lambda records: write(records, file))
    except OSError as failure:
        raise BadFile(f"{path} can't be written: {failure.strerror}.") from failure
    print(f"Wrote {count:,} records to {path}.", file=sys.stderr)


def _token(words: Sequence[str], store: Ledger, team_id: str) -> MadeToken | TokenList | RevokedToken:
    now = clock.real()
    match list(words):
        case ["create", name] if 0 < len(name) <= LONGEST_NAME and name.isprintable():
            token = tokens.fresh()
            made = TokenRows(store.engine).create(team_id, name, tokens.digest(token), now)
            return MadeToken(made.id, made.name, token)
        case ["list"]:
            return TokenList(TokenRows(store.engine).listed(team_id))
        case ["revoke", token_id]:
            ended = TokenRows(store.engine).revoke(team_id, token_id, now)
            return RevokedToken(ended.id, ended.name)
        case _:
            raise NotUnderstood(
                "Say `imagelane token create NAME`, `imagelane token list` or `imagelane token revoke ID`."
            )
