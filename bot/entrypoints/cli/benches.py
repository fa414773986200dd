"""Blind comparisons from a terminal: quoted, asked for, drawn here, listed and exported. They are judged in Slack."""

import io
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import Progress

from bot import grammar, settings, wiring
from bot.bench import jobs as bench_jobs
from bot.bench import plan as bench_plan
from bot.bench import prompt_sets, verdicts
from bot.bench.drawing import Comparisons
from bot.bench.export import write
from bot.bench.outcome import outcome
from bot.bench.plan import KEPT_KIND, Bench, Effort, Grid, Plan, WantedBench, checked, kept_wanted, prompts_in
from bot.bench.printout import BenchList, BenchShown, line
from bot.bench.proof import Proof
from bot.bench.quote import BenchQuote, offered
from bot.bench.rows import BenchRows
from bot.bench.sheets import contact
from bot.entrypoints.cli.printouts import console, rendered
from bot.entrypoints.cli.samples import PERSON, left_off
from bot.errors import BadFile, NotUnderstood
from bot.ledger.bench_states import BenchState
from bot.ledger.pictures import Generation
from bot.money import nanousd
from bot.samples import priced_images
from bot.wiring import House

LISTED = 20
SHEET = ".png"  # the name of a file that is wanted as a picture


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

    def bring(self, _team_id: str, _bench_id: str, _place: int) -> None:
        """Whoever opens the review in Slack has them brought there."""


def run(asked: grammar.BenchCommand, workspace: str | None, as_json: bool) -> BenchShown | BenchList | Proof | None:
    """None: it was written to a file or the screen, or not agreed to. Raises ImagelaneError."""
    house = wiring.ready(settings.read())
    team_id = house.quick.workspace(workspace)
    store, bench_id = BenchRows(house.quick.engine), asked.id or ""
    match asked.act:
        case "run" | "rerun":
            return _run(house, team_id, asked, as_json)
        case "resume":
            if store.bench(team_id, bench_id).state is not BenchState.DRAWING:
                raise NotUnderstood(f"Bench {bench_id} is not being drawn; nothing was run or charged.")
            return _draw(house, team_id, bench_id)
        case "stop":
            return _ended(house, store.stop(team_id, bench_id, PERSON, house.now(), house.real()))
        case "cancel":
            return _ended(house, store.cancel(team_id, bench_id, PERSON, house.now(), house.real()))
        case "show":
            return _shown(house, team_id, bench_id)
        case "verdict":
            days = house.settings.imagelane_horizon_days
            return verdicts.told(house.quick, house.catalog, team_id, bench_id, house.now(), days)
        case "close":
            return _ended(house, store.close(team_id, bench_id, PERSON, house.now()))
        case "export":
            _export(house, team_id, bench_id, asked.file)
            return None
        case _:
            return BenchList(tuple(line(bench) for bench in store.listed(team_id, LISTED)))


def _ended(house: House, bench: Bench) -> BenchShown:
    """Where it is followed in Slack, the processes that run there tell of it."""
    if bench.channel_id is not None:
        house.enqueuer.enqueue_now(bench_jobs.ended_in_terminal(bench))
    return line(bench)


def _run(house: House, team_id: str, asked: grammar.BenchCommand, as_json: bool) -> BenchShown | None:
    if as_json and not asked.yes:
        raise NotUnderstood("`--json` can't ask before it spends: add --yes. Nothing was run or charged.")
    plan = _plan(house, team_id, asked)
    demo = house.painter.demo
    images = _grid(house, plan)
    wanted = WantedBench(team_id, f"terminal:{uuid.uuid4()}", PERSON, None, "terminal", plan, demo, asked.id)
    bench = BenchRows(house.quick.engine).plan(wanted, images, house.now())
    if not as_json:
        console().print(rendered(_quote(house, bench, images)), crop=False)
    if not asked.yes and not _agreed():
        BenchRows(house.quick.engine).cancel(team_id, bench.id, PERSON, house.now(), house.real())
        print("Nothing was run or charged.", file=sys.stderr)
        return None
    wiring.prove_folder(house, team_id)
    now = house.now()
    BenchRows(house.store.engine).start(team_id, bench.id, images, house.limits(now), now, real=house.real())
    return _draw(house, team_id, bench.id)


def _plan(house: House, team_id: str, asked: grammar.BenchCommand) -> Plan:
    facts, on = house.catalog, house.now().date()
    pairs = [(choice, quality or asked.quality) for choice, quality in asked.lanes]
    sides = priced_images.entrants(pairs, asked.size, facts, on, house.settings.imagelane_horizon_days)
    cap = None if asked.cap is None else nanousd(asked.cap)
    if asked.act == "rerun":
        earlier = BenchRows(house.quick.engine).bench(team_id, asked.id or "").plan
        plan = replace(earlier, entrants=sides, cap_nanousd=cap)
    else:
        prompts, kind = _prompts(house, team_id, asked.prompts or "")
        plan = Plan(prompts, sides, kind, cap_nanousd=cap)
    return checked(_with_said(plan, asked))


def _with_said(plan: Plan, asked: grammar.BenchCommand) -> Plan:
    told = plan.effort
    seconds = told.seconds if asked.reject_seconds is None else asked.reject_seconds
    hourly = told.usd_per_hour if asked.reject_usd_per_hour is None else asked.reject_usd_per_hour
    reviewers = plan.reviewers if asked.reviewers is None else asked.reviewers
    return replace(plan, kind=asked.tag or plan.kind, reviewers=reviewers, effort=Effort(seconds, hourly))


def _prompts(house: House, team_id: str, name: str) -> tuple[tuple[str, ...], str]:
    """Those of a set, the last that were kept, or those of a file whose own name is then the kind of work."""
    sets, count = prompt_sets.prompt_sets(), kept_wanted(name)
    if count is not None:
        return house.quick.kept_prompts(team_id, None, count), KEPT_KIND
    if name in sets:
        return sets[name], name
    path = Path(name)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        why = failure.strerror if isinstance(failure, OSError) else "it is not UTF-8"
        raise BadFile(f"{name} is no set of prompts ({', '.join(sets)}) and can't be read: {why}.") from failure
    return tuple(grammar.checked(prompt) for prompt in prompts_in(text)), path.stem


def _grid(house: House, plan: Plan) -> Grid:
    rows = bench_plan.grid(plan, house.catalog, house.now().date())
    return tuple(priced_images.free(row) for row in rows) if house.painter.demo else rows


def _quote(house: House, bench: Bench, images: Grid) -> BenchQuote:
    looks = BenchRows(house.quick.engine).looks(bench.team_id, bench.question)
    priced = bench_plan.grid(bench.plan, house.catalog, house.now().date())
    return offered(bench, images, priced, house.left(bench.team_id).left_nanousd, looks)


def _agreed() -> bool:
    print("Draw it? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _draw(house: House, team_id: str, bench_id: str) -> BenchShown:
    drawn = replace(wiring.studio(house, f"terminal-{uuid.uuid4()}"), begin=None, booked=_nobody)
    wiring.prove_folder(house, team_id)
    bar = Progress(console=Console(stderr=True), transient=True)
    with left_off(f"it goes on with `imagelane bench resume {bench_id}`"), bar as progress:
        compared = Comparisons(house.store, drawn, ProgressBar(progress), None)
        compared.begin(team_id, bench_id)
        return line(compared.draw_here(team_id, bench_id, house.settings.imagelane_per_model))


def _nobody(_: Generation) -> None:
    """Here no job is left for others: the next sweep tells what a threshold has to say."""


def _shown(house: House, team_id: str, bench_id: str) -> BenchShown:
    bench = BenchRows(house.quick.engine).bench(team_id, bench_id)
    if bench.state is not BenchState.SEALED:
        return line(bench)
    bench, images = BenchRows(house.quick.engine).judged(team_id, bench_id)
    return line(bench, outcome(bench, images))


def _export(house: House, team_id: str, bench_id: str, file: str | None) -> None:
    if file is not None and file.lower().endswith(SHEET):
        drawn = contact(BenchRows(house.quick.engine), partial(house.pictures.read, team_id), team_id, bench_id)
        with _new(file) as opened:
            opened.write(drawn.png)
        print(f"Wrote the contact sheet to {file}.", file=sys.stderr)
        return
    bench, images = BenchRows(house.quick.engine).judged(team_id, bench_id)
    if file is None:
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        write(bench, images, sys.stdout)
        return
    with _new(file) as opened, io.TextIOWrapper(opened, encoding="utf-8", newline="") as text:
        count = write(bench, images, text)
    print(f"Wrote {count:,} rows to {file}.", file=sys.stderr)


@contextmanager
def _new(file: str) -> Iterator[BinaryIO]:
    """Never over one that is there. Raises BadFile."""
    try:
        with Path(file).open("xb") as opened:
            yield opened
    except OSError as failure:
        raise BadFile(f"{file} can't be written: {failure.strerror}.") from failure
