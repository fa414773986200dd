"""Pictures from a terminal: drawn here and now, into a folder, by the same books as in Slack."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from bot import settings, wiring
from bot.bench import own as bench_own
from bot.bench import verdicts
from bot.bench.rows import BenchRows
from bot.entrypoints.cli import Options, proofs
from bot.errors import CantStore, StoreTrouble, StoreUnsure
from bot.ledger import questions, rows
from bot.ledger.pictures import Generation, Wish
from bot.samples import priced_images
from bot.samples.command import Show, Try
from bot.samples.delivery import FolderDelivery
from bot.samples.printout import PrintedPictures, picture
from bot.wiring import House

PERSON = "terminal"
RECENT = timedelta(days=30)


def draw(asked: Try, options: Options) -> PrintedPictures:
    """Reserve, draw and settle in this process. Raises what `priced_images.wished` and `Ledger.admit` raise; then
    nothing was charged."""
    house = _house()
    team_id = house.quick.workspace(options.workspace)
    now = house.clock.now()
    images = priced_images.wished(asked, house.catalog, now.date(), house.settings.imagelane_horizon_days)
    wish = Wish(
        team_id=team_id,
        request_key=f"terminal:{uuid.uuid4()}",
        person_id=PERSON,
        channel_id=None,
        thread_ts=None,
        reply_url=None,
        source="terminal",
        prompt=asked.prompt,
        images=priced_images.free(images) if house.painter.demo else images,
        demo=house.painter.demo,
    )
    proofs.prove_folder(house, team_id)
    drawing, _ = house.quick.admit(wish, house.limits(now), now, real=house.clock.real())
    owner = f"terminal-{uuid.uuid4()}"
    at_work = replace(wiring.studio(house, owner), delivery=FolderDelivery(options.out), begin=None, booked=_nobody)
    with left_off("what was drawn is shown by `imagelane show ID`"):
        at_work.place(team_id, drawing.id)
        for generation in drawing.generations:
            at_work.draw(team_id, generation.id)
        done = house.store.read(rows.drawing, team_id, drawing.id)
    drawn = tuple(picture(one, options.out / one.file_id if one.file_id else None) for one in done.generations)
    return PrintedPictures(asked.prompt, drawn, priced_images.left_out(asked))


@contextmanager
def left_off(then: str) -> Iterator[None]:
    """From the first call on nobody may say that nothing was charged."""
    try:
        yield
    except StoreTrouble as trouble:
        raise StoreUnsure(
            "Storage went away while this was drawn. What was paid for is kept on the disk, and booked within minutes "
            f"of its return while the bot runs; {then}."
        ) from trouble
    except CantStore as cant:
        raise CantStore(
            cant.why,
            f"Pictures can't be stored any more: {cant.why}. What was paid for before is booked, and nothing else is "
            f"run or charged; {then}.",
        ) from cant


def show(asked: Show, options: Options) -> PrintedPictures:
    """Raises NotOpen for an id this workspace does not have, Blind for an image of an open bench."""
    house = _house()
    team_id = house.quick.workspace(options.workspace)
    generation, drawing = house.quick.read(questions.picture, team_id, asked.id)
    return PrintedPictures(drawing.prompt, (picture(generation, house.pictures.find(team_id, generation.id)),))


def own(workspace: str | None) -> bench_own.Own:
    """What the team judged and drew in the last 30 days, and what its benches proved."""
    house = _house()
    team_id = house.quick.workspace(workspace)
    counts = house.quick.read(questions.keep_counts, team_id, house.clock.now() - RECENT)
    return bench_own.own(counts, verdicts.newest(BenchRows(house.quick.engine), team_id))


def _nobody(_: Generation) -> None:
    """Here no job is left for others: the next sweep tells what a threshold has to say."""


def _house() -> House:
    return wiring.ready(settings.read())
