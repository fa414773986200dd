"""Pictures from a terminal: drawn here and now, into a folder, by the same books as in Slack."""

import shlex
import uuid
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.bench import own as bench_own
from bot.bench import verdicts
from bot.entrypoints.cli import Options, proofs
from bot.entrypoints.cli.terminal import PERSON, enter, left_off, studio
from bot.errors import NotUnderstood
from bot.grammar.quotes import quote
from bot.grammar.words import WHITE
from bot.ledger import rows
from bot.ledger.pictures import Generation, Wish
from bot.samples import priced_images, slack_show
from bot.samples.command import Show, Try
from bot.samples.delivery import FolderDelivery
from bot.samples.jobs import draw_and_deliver
from bot.samples.printout import PrintedPictures, printed, printed_again
from bot.wiring import House


def draw(command: Try, options: Options) -> PrintedPictures:
    """Reserve, draw and settle in this process. Raises NotUnderstood where it is open what was meant, and what
    `priced_images.wished` and `Ledger.admit` raise; then nothing was charged."""
    if command.perhaps is not None:
        raise NotUnderstood(_which(command, command.perhaps))
    house, team_id = enter(options.workspace)
    at = house.clock.moment()
    images = priced_images.wished(command, house.catalog, at.now.date(), house.settings.imagelane_horizon_days)
    wish = Wish(
        team_id=team_id,
        request_key=f"terminal:{uuid.uuid4()}",
        person_id=PERSON,
        channel_id=None,
        thread_ts=None,
        reply_url=None,
        source="terminal",
        prompt=command.prompt,
        images=priced_images.free(images) if house.provider.demo else images,
        demo=house.provider.demo,
    )
    proofs.prove_folder(house, team_id)
    drawing, _ = house.quick.admit(wish, house.limits(at.now), at)
    at_work, publisher = studio(house), replace(house.publisher, delivery=FolderDelivery(options.out), begin=None)
    with left_off("what was drawn is shown by `imagelane show ID`"):
        publisher.place(team_id, drawing.id)
        for generation in drawing.generations:
            draw_and_deliver(at_work, publisher, team_id, generation.id)
        drawing = house.store.read(rows.drawing, team_id, drawing.id)
    return printed(drawing, partial(_file, house, options.out), priced_images.left_out(command))


def _file(house: House, out: Path | None, one: Generation) -> Path | None:
    """Where its picture is, if it has one."""
    if out is None:
        return house.pictures.find(one.team_id, one.id)
    return out / one.file_id if one.file_id else None


def _which(asked: Try, perhaps: Try) -> str:
    """How to write either, for a shell."""
    has_blanks = any(letter in WHITE for letter in perhaps.prompt)  # what a shell has quoted is read as quoted
    prompt = shlex.quote(perhaps.prompt if has_blanks else quote(perhaps.prompt))
    options = " ".join(perhaps.options())
    return (
        f"{', '.join(perhaps.options())}: options, or part of the prompt? Nothing was drawn. "
        f"Options: imagelane try {prompt} {options}. All of it the prompt: imagelane try {shlex.quote(asked.prompt)}"
    )


def show(command: Show, options: Options) -> PrintedPictures:
    """Raises Unknown for an id this workspace does not have, Blind for a picture of an open bench."""
    house, team_id = enter(options.workspace)
    generation, drawing = slack_show.known(house.quick, team_id, command)
    return printed_again(generation, drawing, house.pictures.find(team_id, generation.id))


def own(workspace: str | None) -> bench_own.Own:
    house, team_id = enter(workspace)
    return verdicts.all_own(house.quick, house.catalog, team_id, house.clock.now())
