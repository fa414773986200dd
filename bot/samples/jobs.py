"""Pictures as jobs: placed, drawn, shown and kept for their days; and what is done again where a job was lost.

An id of the sweep's ends with the ten minutes: so long an id that ran in vain stands in nobody's way.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.jobs import Duties, Job, Start, kind
from bot.ledger import questions, rows, settlement
from bot.ledger.pictures import Drawing, Generation, PictureState
from bot.samples.publisher import Publisher
from bot.samples.studio import Studio
from bot.slack.failures import PostFailed

SLOT_SECONDS = 600
ON_ITS_WAY = timedelta(hours=1)

Needed = Callable[[], frozenset[tuple[str, str]]]

log = logging.getLogger(__name__)


@kind("picture.place", was="place")
def place(team_id: str, drawing_id: str) -> None:
    """Its placeholder; then its draws are queued."""


@kind("picture.draw", was="draw", calls=True)
def draw(team_id: str, generation_id: str) -> None:
    """One paid call, and the picture to its message."""


@kind("picture.show", was="show")
def show(team_id: str, drawing_id: str) -> None:
    """Its message as things stand."""


@kind("picture.hand", was="hand")
def hand(team_id: str, generation_id: str, person_id: str) -> None:
    """One picture to one person."""


@kind("picture.recover", was="recover")
def recover(team_id: str, generation_id: str) -> None:
    """A call whose lease ended, by a process that has the folder."""


@kind("picture.prune", was="prune")
def prune() -> None:
    """The folder, by a process that has it."""


def placed(drawing: Drawing, slot: str = "") -> Job:
    return place(f"{drawing.team_id}:{drawing.id}{slot}", drawing.team_id, drawing.id)


def drawn(call: Generation, slot: str = "") -> Job:
    return draw(f"{call.team_id}:{call.id}{slot}", call.team_id, call.id).on(call.spec.model)


def shown(drawing: Drawing) -> Job:
    return show(f"{drawing.team_id}:{drawing.id}:{drawing.version}", drawing.team_id, drawing.id)


def slot(real: datetime) -> str:
    return f":{int(real.timestamp()) // SLOT_SECONDS}"


def duties(studio: Studio, publisher: Publisher, start: Start, needed: Needed, days: int) -> Duties:
    """`needed`: pictures that others show still; all others go after so many days."""
    prune_here = partial(prune_pictures, studio, needed, days)
    return Duties(
        handlers=(
            place.done_by(publisher.place),
            draw.done_by(partial(draw_and_deliver, studio, publisher)),
            show.done_by(publisher.show),
            hand.done_by(publisher.hand),
            recover.done_by(partial(take_up, studio, publisher)),
            prune.done_by(prune_here),
        ),
        sweep=(
            partial(_take_up_lapsed, studio, publisher, start),
            partial(_take_up_stuck, studio, start),
            partial(_show_unseen, studio, start),
        ),
        tidy=(partial(_prune_somewhere, studio, start, prune_here),),
    )


def draw_and_deliver(studio: Studio, publisher: Publisher, team_id: str, generation_id: str) -> None:
    """Take one generation as far as it goes, from whatever state its row is in."""
    studio.call(team_id, generation_id)
    publisher.deliver(team_id, generation_id)


def take_up(studio: Studio, publisher: Publisher, team_id: str, generation_id: str) -> None:
    """One call whose lease ended: booked by what is known of it, and what became of it is shown."""
    generation = studio.store.read(rows.generation, team_id, generation_id)
    studio.recover(generation)
    if studio.store.read(rows.drawing, team_id, generation.drawing_id).bench_id is not None:
        return  # shown where it is reviewed
    try:
        publisher.deliver(team_id, generation_id)
    except PostFailed as failed:  # the others are waiting
        log.warning("what became of %s could not be shown: %s", generation_id, failed.code)


def take_up_all(studio: Studio, publisher: Publisher) -> None:
    """Calls whose lease ended and paid pictures that were never shown. Safe in any number of processes."""
    for one in studio.store.read(questions.lapsed, studio.clock.real()):
        take_up(studio, publisher, one.team_id, one.id)


def _take_up_lapsed(studio: Studio, publisher: Publisher, start: Start) -> None:
    """Where there is no folder to look into, by a process that has one: a picture may be there."""
    if studio.pictures.there():
        take_up_all(studio, publisher)
        return
    for one in studio.store.read(questions.lapsed, studio.clock.real()):
        start(recover(f"{one.team_id}:{one.id}{slot(studio.clock.real())}", one.team_id, one.id))


def _take_up_stuck(studio: Studio, start: Start) -> None:
    """Pictures whose job was lost; those of benches are their own matter."""
    real = studio.clock.real()
    for one in studio.store.read(questions.stuck, real):
        drawing = studio.store.read(rows.drawing, one.team_id, one.drawing_id)
        if drawing.bench_id is not None:
            continue
        if drawing.source == "terminal":
            studio.store.write(settlement.release, one.team_id, drawing.id, "interrupted", real)
        elif one.state is PictureState.RESERVED:
            start(placed(drawing, slot(real)))
        else:
            start(drawn(one, slot(real)))


def _show_unseen(studio: Studio, start: Start) -> None:
    real = studio.clock.real()
    for team_id, drawing_id in studio.store.read(questions.unseen, real):
        start(show(f"{team_id}:{drawing_id}:ended{slot(real)}", team_id, drawing_id))


def _prune_somewhere(studio: Studio, start: Start, prune_here: Callable[[], None]) -> None:
    if studio.pictures.there():
        prune_here()
    else:
        start(prune(f"{studio.clock.real():%Y-%m-%d}"))


def prune_pictures(studio: Studio, needed: Needed, days: int) -> None:
    """By people's clock, but never a picture that is perhaps still on its way to its message."""
    past = studio.clock.now() - timedelta(days=days)
    studio.pictures.prune(min(past, studio.clock.real() - ON_ITS_WAY), needed())
