"""What pipelines report, from a terminal: CSV in, CSV out, and the tokens they bring."""

import gc
import getpass
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot import catalog, periods, settings, wiring
from bot.clock import Clock
from bot.entrypoints.cli import bills, books, terminal
from bot.entrypoints.cli.operators import OperatorResult, refusal
from bot.errors import NotUnderstood
from bot.ledger.ledger import Ledger, open_ledger
from bot.usage import known_maps, printout, tokens
from bot.usage.export import write
from bot.usage.importing import Import, WantedImport
from bot.usage.maps import MapList
from bot.usage.plain import COLUMNS, TOKENS
from bot.usage.printout import MadeToken, RevokedToken, TokenList
from bot.usage.reading import Desk
from bot.usage.records import Correction, Imported, Voided
from bot.usage.rows import Records
from bot.usage.rows_maps import MapRows
from bot.usage.rows_tokens import TokenRows
from bot.usage.shape import SOURCE

LONGEST_NAME = 60


@contextmanager
def _books(url: str, workspace: str | None) -> Iterator[tuple[Ledger, str]]:
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


def take_in(options: Namespace) -> OperatorResult:
    """A file, or the sample. Raises ImagelaneError; lines that were refused are told as they come."""
    if options.maps:
        return _maps(options)
    name = _map_name(options)
    if (options.FILE is None) is not options.sample:
        raise refusal("import", "`imagelane import` takes one file, or --sample for the sample data of its own.")
    order = WantedImport(
        mapping=_mapping(options.map),
        source=options.source,
        dry_run=options.dry_run,
        skip_bad=options.skip_bad,
        replace=options.replace,
        weeks_later=_weeks_since_sample() if options.sample and options.playground else 0,
        tool=getattr(options, "from"),
        zone=None if options.zone is None else known_maps.zone_of(options.zone),
        chosen=_chosen(project=options.project_id, key=options.api_key_id),
        skip_overlap=options.skip_overlap,
    )
    url = _playground() if options.playground else _ours()
    with _books(url, options.workspace) as (store, team_id):
        rows = MapRows(store.engine)
        order = known_maps.by_name(order, rows, team_id)
        answer = _import(catalog.SAMPLE_USAGE if options.sample else Path(options.FILE), order, store, team_id)
        if name is not None:
            answer = known_maps.keep(name, answer, order, rows, team_id, Clock().real())
    return OperatorResult(1 if answer.refused else 0, answer, printout.rendered)


def _import(path: Path, order: WantedImport, store: Ledger, team_id: str) -> Imported:
    gc.freeze()  # what is loaded by now stays: the collector need not walk it again for every few thousand rows
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(path.name, total=1.0)

        def refuse(number: int | None, reason: str) -> None:
            where = "" if number is None else f"line {number}: "
            progress.console.print(f"{where}{reason}", markup=False, highlight=False, soft_wrap=True)

        def advance(share: float) -> None:
            progress.update(task, completed=share)

        desk, bill = Desk(catalog.load()), bills.column(store, team_id)
        return Import(store, desk, team_id, order, Clock().real(), refuse, advance, _person(), bill).run(path)


def _weeks_since_sample() -> int:
    """So many that it ends with this week: the digest of next Monday then has a week to tell of, and one before it."""
    from bot.entrypoints.cli import playground

    this_week = periods.week_of(Clock().real().astimezone(playground.zone()).date())
    return max(0, (this_week.last - catalog.SAMPLE_ENDS).days // 7)


def _map_name(options: Namespace) -> str | None:
    """Under which what --map says is to be kept."""
    if options.save_map is None:
        return None
    if not options.map:
        raise refusal("import", "--save-map keeps what --map says: say both.")
    return known_maps.checked_name(options.save_map)


def _maps(options: Namespace) -> OperatorResult:
    if options.FILE is not None or options.sample:
        raise refusal("import", "`imagelane import --maps` lists the maps that are saved, and takes no file.")
    with _books(_playground() if options.playground else _ours(), options.workspace) as (store, team_id):
        return OperatorResult(0, MapList(MapRows(store.engine).listed(team_id)), printout.rendered)


def _chosen(**ids: str | None) -> dict[str, frozenset[str]]:
    """Each a list with commas; none that was not given."""
    lists = {name: frozenset(part.strip() for part in (text or "").split(",")) - {""} for name, text in ids.items()}
    return {name: parts for name, parts in lists.items() if parts}


def _mapping(text: str | None) -> dict[str, str]:
    """id=Record ID,model=Model: our column, then the file's."""
    columns: dict[str, str] = {}
    for pair in text.split(",") if text else ():
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if ours not in (*COLUMNS, *TOKENS) or not equals or not theirs:
            raise NotUnderstood(f"--map is written ours=theirs, with ours of {', '.join(COLUMNS)}; I read {pair!r}.")
        if ours in columns:
            raise NotUnderstood(f"--map names {ours} twice: {columns[ours]!r} and {theirs!r}.")
        columns[ours] = theirs
    return columns


def export(options: Namespace) -> OperatorResult:
    """To a new file, or to the screen. Raises BadFile, and NotUnderstood for a period that can't be read."""
    path, period = _path_and_period(options.FILE, options.focus or [])
    if options.focus is not None:
        return books.export_focus(path, period, options.people, options.workspace)
    if options.people:
        raise refusal("export", "--people goes with --focus: what pipelines reported has its people always.")
    with _books(_ours(), options.workspace) as (store, team_id):
        each = partial(Records(store.engine).each, team_id)
        terminal.write_csv(path, "records", lambda file: each(lambda records: write(records, file)))
    return OperatorResult()


def _path_and_period(file: str | None, words: list[str]) -> tuple[Path | None, str]:
    """The file may stand behind the period, too: no word of a period looks like one."""
    if file is None and words and ("." in words[-1] or "/" in words[-1]):
        *words, file = words
    return None if file is None else Path(file), " ".join(words)


def correct(options: Namespace) -> OperatorResult:
    """Raises NoRecord, StoreBusy."""
    correction = Correction(_person(), Clock().real())
    with _books(_ours(), options.workspace) as (store, team_id):
        records = Records(store.engine)
        if options.act == "reprice":
            desk = Desk(catalog.load())
            return OperatorResult(0, records.reprice(team_id, desk.reprice, correction), printout.rendered)
        source = options.source or SOURCE
        ended = records.void(team_id, source, options.RECORD, correction)
        return OperatorResult(0, Voided(source, options.RECORD, ended.usd), printout.rendered)


def _person() -> str:
    """Who sits at this terminal, for the audit."""
    return f"terminal:{getpass.getuser()}"


def token(options: Namespace) -> OperatorResult:
    if options.act == "create" and not (0 < len(options.NAME) <= LONGEST_NAME and options.NAME.isprintable()):
        raise NotUnderstood(f"The name of a token has 1 to {LONGEST_NAME} characters that can be seen.")
    with _books(_ours(), options.workspace) as (store, team_id):
        return OperatorResult(0, _token(options, TokenRows(store.engine), team_id), printout.rendered)


def _token(options: Namespace, rows: TokenRows, team_id: str) -> MadeToken | TokenList | RevokedToken:
    match options.act:
        case "create":
            secret = tokens.fresh()
            rights = tuple(right for right in tokens.RIGHTS if getattr(options, right)) or tokens.RIGHTS
            row = rows.create(team_id, options.NAME, tokens.digest(secret), Clock().real(), rights)
            return MadeToken(row.id, row.name, secret)
        case "revoke":
            row = rows.revoke(team_id, options.ID, Clock().real())
            return RevokedToken(row.id, row.name)
        case _:
            return TokenList(rows.listed(team_id))
