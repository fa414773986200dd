"""What pipelines report, from a terminal: CSV in, CSV out, and the tokens they bring."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot import catalog, periods, settings, wiring
from bot.clock import Clock
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

LONGEST_NAME = 60


@dataclass(frozen=True)
class ImportAsked:
    """Which file to take in, the sample where it is None, and how."""

    file: str | None
    mapping: str | None
    source: str | None
    dry_run: bool
    skip_bad: bool
    playground: bool


@contextmanager
def _opened(url: str, workspace: str | None) -> Iterator[tuple[Ledger, str]]:
    store = open_ledger(url, wiring.JOBS_WAIT_SECONDS)
    try:
        yield store, store.workspace(workspace)
    finally:
        store.close()


def _ours() -> str:
    return wiring.ready_store(settings.read())


def _playground() -> str:
    """The store of the playground in this folder."""
    from bot.entrypoints.cli.playground import HOME

    path = HOME / settings.LOCAL_STORE
    if not path.exists():
        raise NotUnderstood("There is no playground here yet: start it with `make run`, then say this beside it.")
    return f"sqlite:///{path}"


def take_in(asked: ImportAsked, workspace: str | None) -> Imported:
    """Raises ImagelaneError; lines that were refused are told as they come."""
    path = catalog.SAMPLE_USAGE if asked.file is None else Path(asked.file)
    wanted = WantedImport(
        mapping=_mapping(asked.mapping),
        source=WantedImport.source if asked.source is None else asked.source,
        dry_run=asked.dry_run,
        skip_bad=asked.skip_bad,
        weeks_later=_weeks_since_sample() if asked.playground else 0,
    )
    with _opened(_playground() if asked.playground else _ours(), workspace) as (store, team_id):
        return _import(path, wanted, store, team_id)


def _import(path: Path, wanted: WantedImport, store: Ledger, team_id: str) -> Imported:
    gc.freeze()  # what is loaded by now stays: the collector need not walk it again for every few thousand rows
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(path.name, total=1.0)

        def refuse(number: int, reason: str) -> None:
            progress.console.print(f"line {number}: {reason}", markup=False, highlight=False, soft_wrap=True)

        def moved(share: float) -> None:
            progress.update(task, completed=share)

        desk = Desk(catalog.load())
        return Import(store, desk, team_id, wanted, Clock().real(), refuse, moved).run(path)


def _weeks_since_sample() -> int:
    """So many that it ends with this week: the digest of next Monday then has a week to tell of, and one before it."""
    from bot.entrypoints.cli import playground

    this_week = periods.week_of(Clock().real().astimezone(playground.zone()).date())
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


def export(file: str | None, workspace: str | None) -> None:
    """To a new file, or to the screen. Raises BadFile."""
    with _opened(_ours(), workspace) as (store, team_id):
        if file is None:
            sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
            Records(store.engine).each(team_id, lambda records: write(records, sys.stdout))
        else:
            _write(Path(file), store, team_id)


def _write(path: Path, store: Ledger, team_id: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            count = Records(store.engine).each(team_id, lambda records: write(records, file))
    except OSError as failure:
        raise BadFile(f"{path} can't be written: {failure.strerror}.") from failure
    print(f"Wrote {count:,} records to {path}.", file=sys.stderr)


def create_token(name: str, workspace: str | None) -> MadeToken:
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise NotUnderstood(f"The name of a token has 1 to {LONGEST_NAME} characters that can be seen.")
    token = tokens.fresh()
    with _opened(_ours(), workspace) as (store, team_id):
        made = TokenRows(store.engine).create(team_id, name, tokens.digest(token), Clock().real())
    return MadeToken(made.id, made.name, token)


def tokens_of(workspace: str | None) -> TokenList:
    with _opened(_ours(), workspace) as (store, team_id):
        return TokenList(TokenRows(store.engine).listed(team_id))


def revoke_token(token_id: str, workspace: str | None) -> RevokedToken:
    with _opened(_ours(), workspace) as (store, team_id):
        ended = TokenRows(store.engine).revoke(team_id, token_id, Clock().real())
    return RevokedToken(ended.id, ended.name)
