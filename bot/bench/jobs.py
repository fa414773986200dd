"""Blind comparisons as jobs: begun, drawn, told, judged; and what is done again where a job was lost."""

from datetime import datetime, timedelta
from functools import partial

from bot.bench import rows_composites, rows_read
from bot.bench.drawing import Comparisons
from bot.bench.plan import Bench
from bot.bench.posts import SlackTelling
from bot.jobs import Duties, Job, Start, kind
from bot.ledger import questions, rows
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, Generation
from bot.samples.jobs import slot

PICTURES_KEPT = timedelta(days=90)  # after its sealing
BRING_AGAIN_SECONDS = 180
PLACE_AGAIN_SECONDS = 180  # each try may leave a spare message behind


@kind("bench.begin", was="bench")
def begin(team_id: str, bench_id: str) -> None:
    """Its message; then its calls are queued."""


@kind("bench.draw", was="cell", calls=True)
def draw(team_id: str, generation_id: str) -> None:
    """One of its paid calls."""


@kind("bench.tell", was="told")
def tell(team_id: str, bench_id: str) -> None:
    """How far it is, in its message."""


@kind("bench.bring", was="bring")
def bring(team_id: str, bench_id: str) -> None:
    """Its pictures to where they are judged."""


@kind("prompt.bring")
def bring_prompt(team_id: str, bench_id: str, place: int) -> None:
    """The pictures of one of its prompts likewise, beside the calls that are still to be made."""


@kind("bench.announce", was="verdict")
def announce(team_id: str, bench_id: str) -> None:
    """Its verdict, once."""


@kind("sheet.show", was="sheet")
def show_sheet(team_id: str, bench_id: str, person_id: str, view_id: str, seen: str) -> None:
    """To a reviewer what that person judged, in the window `view_id` as long as it is still `seen`, its hash."""


@kind("pictures.show")
def show_pictures(team_id: str, bench_id: str, view_id: str) -> None:
    """All pictures of a sealed one, in the window `view_id`."""


def begin_job(team_id: str, bench_id: str, slot: str = "") -> Job:
    return begin(f"{team_id}:{bench_id}{slot}", team_id, bench_id)


def draw_job(drawing: Drawing, call: Generation, slot: str = "") -> Job:
    """One call of a bench, after every `try`. All models take its prompts in one order: so one that is stopped has as
    many as it can that all of them drew."""
    job = draw(f"{call.team_id}:{call.id}{slot}", call.team_id, call.id)
    return job.on(call.spec.model, turn=1 + (drawing.bench_place or 0))


def bring_prompt_job(team_id: str, bench_id: str, place: int) -> Job:
    return bring_prompt(f"{team_id}:{bench_id}:{place}", team_id, bench_id, place)


def bring_job(team_id: str, bench_id: str, real: datetime) -> Job:
    """The same for some minutes: what Slack refused it may take later."""
    return bring(f"{team_id}:{bench_id}:{int(real.timestamp()) // BRING_AGAIN_SECONDS}", team_id, bench_id)


def tell_job(bench: Bench) -> Job:
    return tell(f"{bench.team_id}:{bench.id}:{bench.state}:{bench.progress.votes}", bench.team_id, bench.id)


def vote_job(bench: Bench) -> Job:
    """Shows a vote; the last one brings the verdict."""
    if bench.state is BenchState.SEALED:
        return announce(f"{bench.team_id}:{bench.id}", bench.team_id, bench.id)
    return tell_job(bench)


def terminal_end_job(bench: Bench) -> Job:
    """A second job of a verdict posts nothing."""
    make = announce if bench.state is BenchState.SEALED else tell
    return make(f"{bench.team_id}:{bench.id}:{bench.state}:terminal", bench.team_id, bench.id)


def duties(compared: Comparisons, telling: SlackTelling, start: Start) -> Duties:
    return Duties(
        handlers=(
            begin.done_by(compared.begin),
            draw.done_by(compared.draw),
            tell.done_by(telling.show),
            bring.done_by(telling.bring_all),
            bring_prompt.done_by(telling.bring_prompt),
            announce.done_by(telling.announce),
            show_sheet.done_by(telling.show_own),
            show_pictures.done_by(telling.show_pictures),
        ),
        sweep=(
            compared.sweep,
            partial(_take_up_stuck, compared, start),
            partial(_announce_again, compared, start),
            partial(_bring_again, compared, start),
        ),
    )


def _take_up_stuck(compared: Comparisons, start: Start) -> None:
    """Nothing is spent before its message stands."""
    store, real = compared.store, compared.studio.clock.real()
    without_message = store.read(rows_read.unplaced, real)
    for bench in without_message:
        start(begin_job(*bench, f":{int(real.timestamp()) // PLACE_AGAIN_SECONDS}"))
    for one in store.read(questions.stuck, real):
        drawing = store.read(rows.drawing, one.team_id, one.drawing_id)
        if drawing.bench_id is not None and (one.team_id, drawing.bench_id) not in without_message:
            start(draw_job(drawing, one, slot(real)))


def _announce_again(compared: Comparisons, start: Start) -> None:
    studio = compared.studio
    for team_id, bench_id in compared.store.read(rows_read.untold, studio.clock.now()):
        start(announce(f"{team_id}:{bench_id}{slot(studio.clock.real())}", team_id, bench_id))


def _bring_again(compared: Comparisons, start: Start) -> None:
    for team_id, bench_id in compared.store.read(rows_composites.waiting):
        start(bring_job(team_id, bench_id, compared.studio.clock.real()))


def needed_pictures(store: Ledger, now: datetime) -> frozenset[tuple[str, str]]:
    """Of benches that are open, or were sealed not long ago."""
    return store.read(rows_read.pictures, now - PICTURES_KEPT)
