"""Blind comparisons from a terminal: quoted, asked for, drawn here, listed and exported. They are judged in Slack."""

import json
import sys
import uuid
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.bench import jobs as bench_jobs
from bot.bench import prompt_sets, rows_calls, rows_ends, rows_read, rows_votes
from bot.bench.answer import BenchPlanner, BenchWishes, typed
from bot.bench.command import BenchCommand
from bot.bench.drawing import Comparisons
from bot.bench.export import write
from bot.bench.export_promptfoo import results
from bot.bench.outcome import outcome
from bot.bench.plan import Bench, kept_wanted
from bot.bench.printout import BenchList, BenchShown, line, rendered
from bot.bench.prompt_files import MOST_BYTES, read_prompts
from bot.bench.proof import Proof
from bot.bench.sheets import contact
from bot.entrypoints.cli import Options, proofs
from bot.entrypoints.cli.terminal import PERSON, enter, left_off, open_file, studio, write_csv
from bot.errors import BadFile, NotUnderstood
from bot.ledger.bench_states import BenchState
from bot.printing import shapes
from bot.wiring import House, prove

LISTED = 20
SHEET, PROMPTFOO = ".png", ".json"  # how the name of a file ends that is wanted as a picture, or for promptfoo


@dataclass(frozen=True)
class ProgressBar:
    """A bar on standard error while it is drawn."""

    progress: Progress

    def begin(self, bench: Bench, reply_url: str | None = None, *, last: bool = False) -> bool:
        self.progress.add_task(bench.plan.kind, total=bench.progress.images)
        return True

    def tell(self, bench: Bench) -> None:
        for task in self.progress.task_ids:
            self.progress.update(task, completed=bench.progress.done + bench.progress.failed)

    def bring(self, _team_id: str, _bench_id: str, _place: int) -> bool:
        """Whoever opens the review in Slack has them brought there."""
        return False


def run(command: BenchCommand, options: Options) -> BenchShown | BenchList | Proof | None:
    """None: it was written to a file or the screen, or not agreed to. Raises ImagelaneError."""
    house, team_id = enter(options.workspace)
    store, bench_id = house.quick, command.id or ""
    match command.act:
        case "run" | "rerun":
            return _run(house, team_id, command, options.json)
        case "resume":
            if store.read(rows_read.bench, team_id, bench_id).state is not BenchState.DRAWING:
                raise NotUnderstood(f"Bench {bench_id} is not being drawn; nothing was run or charged.")
            return _draw(house, team_id, bench_id)
        case "stop":
            return _tell_end(house, store.write_once(rows_ends.stop, team_id, bench_id, PERSON, house.clock.moment()))
        case "cancel":
            return _tell_end(house, store.write_once(rows_ends.cancel, team_id, bench_id, PERSON, house.clock.moment()))
        case "show":
            return _show(house, team_id, bench_id)
        case "verdict":
            return prove(house, house.quick)(team_id, bench_id)
        case "close":
            return _tell_end(house, store.write_once(rows_votes.close, team_id, bench_id, PERSON, house.clock.now()))
        case "export":
            _export(house, team_id, bench_id, command.file)
            return None
        case _:
            return BenchList(tuple(line(bench) for bench in store.read(rows_read.listed, team_id, LISTED)))


def _tell_end(house: House, bench: Bench) -> BenchShown:
    """Where it is followed in Slack, the processes that run there tell of it."""
    if bench.channel_id is not None:
        house.enqueuer.enqueue_now(bench_jobs.terminal_end_job(bench))
    return line(bench)


def _run(house: House, team_id: str, command: BenchCommand, as_json: bool) -> BenchShown | None:
    if as_json and not command.yes:
        raise NotUnderstood("`--json` can't ask before it spends: add --yes. Nothing was run or charged.")
    planner = _planner(house)
    quote = planner.plan(_wishes(planner, team_id, command))
    if not as_json:
        shapes.terminal().print(rendered(quote), crop=False)
    if not command.yes and not _agreed():
        house.quick.write_once(rows_ends.cancel, team_id, quote.id, PERSON, house.clock.moment())
        print("Nothing was run or charged.", file=sys.stderr)
        return None
    proofs.prove_folder(house, team_id)
    at = house.clock.moment()
    images = planner.images(house.store.read(rows_read.bench, team_id, quote.id).plan, at.now.date())
    house.store.write(rows_calls.start, team_id, quote.id, images, house.limits(at.now), at)
    return _draw(house, team_id, quote.id)


def _planner(house: House) -> BenchPlanner:
    facts = house.catalog, prompt_sets.prompt_sets(), house.settings.imagelane_horizon_days
    return BenchPlanner(house.quick, *facts, house.provider.demo, house.limits, house.clock.now)


def _wishes(planner: BenchPlanner, team_id: str, command: BenchCommand) -> BenchWishes:
    prompts, kind, name = _prompts(planner, command)
    wishes = typed(command, team_id, f"terminal:{uuid.uuid4()}", PERSON, None, "terminal")
    return replace(wishes, prompts=prompts, kind=kind, named=name)


def _prompts(planner: BenchPlanner, command: BenchCommand) -> tuple[tuple[str, ...], str, str | None]:
    """Those of a file, whose own name is then the kind of work, or the name of what was asked for."""
    name, sets = command.prompts or "", planner.prompt_sets
    if command.act == "rerun" or name in sets or kept_wanted(name) is not None:
        if command.template:
            raise NotUnderstood("`--template` goes with a file of values. Nothing was run or charged.")
        return (), "", name
    path = Path(name)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as failure:
        why = f"can't be read: {failure.strerror}"
        raise BadFile(f"{name} is no set of prompts ({', '.join(sets)}) and {why}.") from failure
    read = read_prompts(content, path.name, command.template or "")
    if read.left_out:
        print(f"Left out of {path.name}: {', '.join(read.left_out)}.", file=sys.stderr)
    return read.prompts, path.stem, None


def _agreed() -> bool:
    print("Draw it? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _draw(house: House, team_id: str, bench_id: str) -> BenchShown:
    proofs.prove_folder(house, team_id)
    bar = Progress(console=Console(stderr=True), transient=True)
    with left_off(f"it goes on with `imagelane bench resume {bench_id}`"), bar as progress:
        comparisons = Comparisons(house.store, studio(house), ProgressBar(progress), None)
        comparisons.begin(team_id, bench_id)
        return line(comparisons.draw_here(team_id, bench_id, house.settings.imagelane_per_model))


def _show(house: House, team_id: str, bench_id: str) -> BenchShown:
    bench = house.quick.read(rows_read.bench, team_id, bench_id)
    if bench.state is not BenchState.SEALED:
        return line(bench)
    bench, images = house.quick.read(rows_votes.judged, team_id, bench_id)
    return line(bench, outcome(bench, images))


def _export(house: House, team_id: str, bench_id: str, file: str | None) -> None:
    ending = Path(file or "").suffix.lower()
    if file is not None and ending == SHEET:
        sheet = contact(house.quick, partial(house.pictures.read, team_id), team_id, bench_id)
        _write(file, sheet.png, "the contact sheet")
        return
    bench, images = house.quick.read(rows_votes.judged, team_id, bench_id)
    if file is not None and ending == PROMPTFOO:
        document = json.dumps(results(bench, images), indent=2, ensure_ascii=False)
        _write(file, f"{document}\n".encode(), "the results in promptfoo's shape")
        return
    write_csv(file, "rows", partial(write, bench, images))


def _write(file: str, content: bytes, what: str) -> None:
    with open_file(file, "xb") as new:
        new.write(content)
    print(f"Wrote {what} to {file}.", file=sys.stderr)
