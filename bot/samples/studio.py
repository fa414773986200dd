"""Draws one picture: placeholder, one paid call, the books, the channel. Every step starts from what its row says.

A job may run more than once, in any process, after any crash; so each function reads the row and goes on from there,
and the paid call stands behind one conditional statement (`settlement.claim`). Nothing here sends a paid call twice.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import providers
from bot.clock import Clock
from bot.errors import CantStore, NotAllowed, Paused, StoreTrouble
from bot.image_files import BadName, ImageFiles
from bot.ledger import pauses, questions, rows, settlement, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import (
    LATER,
    Commission,
    Drawing,
    Failed,
    Generation,
    Note,
    Outcome,
    Paid,
    PictureState,
    Uncertain,
    Unusable,
    noted,
)
from bot.pricing.facts import Catalog
from bot.samples import call_outcome, leases
from bot.samples.delivery import Delivery
from bot.samples.unwritten import Unwritten
from bot.slack import alerts
from bot.slack.posts import PostFailed, Revoked

LEASE = timedelta(minutes=10)
HEARTBEAT_SECONDS = 60.0
PAUSE = timedelta(minutes=10)
TELL_EVERY = timedelta(hours=1)
EVERY_MODEL = "*"
HOLD_SECONDS = (1.0, 2.0, 5.0, 10.0, *(30.0,) * 120)  # an hour, for a paid picture that can't be written

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Placing:
    """`ts` of the placeholder; None: nothing can be shown, for the reason `why`, and the person was told."""

    ts: str | None
    why: str = "cannot_post"
    revoked: Revoked | None = None


@dataclass(frozen=True)
class Studio:
    """`owner` names this process, `alive` tells whether an owner still runs, `reached` marks the tests' fail points.

    `begin` enqueues the draw jobs of a drawing in the transaction it is handed (None: the caller draws them itself).
    `booked` hears of every call that cost something. `now` is what people take for now; leases, pauses and states go by
    `real` time, which nobody moves. A job that is repeated goes on from `unbooked`, what calls came to that the store
    could not be told, from `claims`, the keys of those it did not answer for, and from what Slack already has:
    `placings` by drawing, `uploads` and where pictures were `brought` by generation.
    """

    store: Ledger
    catalog: Catalog
    painter: providers.Painter
    pictures: ImageFiles
    delivery: Delivery
    begin: Callable[[Any, Drawing], None] | None
    tell_admins: Callable[[str, str | None], None]
    hash_person: Callable[[str, str], str]
    owner: str
    alive: Callable[[str], bool]
    clock: Clock
    reached: Callable[[str], None] = lambda _: None
    booked: Callable[[Generation], None] = lambda _: None
    heartbeat_seconds: float = HEARTBEAT_SECONDS
    sleep: Callable[[float], None] = time.sleep
    unbooked: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    claims: dict[tuple[str, str], str] = field(default_factory=dict)
    placings: Unwritten[Placing] = field(default_factory=Unwritten)
    uploads: Unwritten[str] = field(default_factory=Unwritten)
    brought: Unwritten[str | None] = field(default_factory=Unwritten)
    told: dict[str, datetime] = field(default_factory=dict)  # when admins last heard of a thing, by this process

    def place(self, team_id: str, drawing_id: str) -> None:
        """Post the placeholder and let its generations begin; where it can't be shown, give the reservation back."""
        drawing = self.store.read(rows.drawing, team_id, drawing_id)
        if not any(generation.state is PictureState.RESERVED for generation in drawing.generations):
            return
        self.placings.once((team_id, drawing_id), partial(self._place, drawing), partial(self._note_placing, drawing))

    def _place(self, drawing: Drawing) -> Placing:
        try:
            placing = Placing(self.delivery.place(drawing))
        except NotAllowed:
            placing = Placing(None, "not_allowed")
        except Revoked as revoked:
            placing = Placing(None, revoked=revoked)
        self.reached("posted")
        return placing

    def _note_placing(self, drawing: Drawing, placing: Placing) -> None:
        if placing.revoked is not None:
            self.stop(drawing.team_id, placing.revoked)
        if placing.ts is None:
            self.store.write(settlement.release, drawing.team_id, drawing.id, placing.why, self.clock.real())
            return
        self.store.write(settlement.placed, drawing.team_id, drawing.id, placing.ts, self.clock.real(), self.begin)
        self.reached("placed")

    def draw(self, team_id: str, generation_id: str) -> None:
        """Take one generation as far as it goes, from whatever state its row is in."""
        self.call(team_id, generation_id)
        self._deliver(team_id, generation_id)

    def call(self, team_id: str, generation_id: str) -> Commission:
        """As far as its paid call goes: booked, and the picture on the disk. Nothing is shown. Raises CantStore.

        What it was called for, as it stood before."""
        commission = self.store.read(rows.commission, team_id, generation_id)
        generation = commission.generation
        if generation.state is PictureState.PLACED or _key(generation) in self.claims:
            self._draw_placed(commission)
        elif generation.state in (
            PictureState.CALLING,
            PictureState.UNCERTAIN,
        ):  # given up, its picture may have come after all
            self._go_on(generation)
        return commission

    def _go_on(self, generation: Generation) -> None:
        """Nothing is known of a call that is under way; all that is known of it is booked at once, whoever made it."""
        owner = generation.owner
        if self._known(generation) is not None or owner is None or not self.alive(owner):
            self.recover(generation)

    def recover(self, generation: Generation) -> None:
        """A call that nobody waits for any more: its picture is taken over from the disk, else it is perhaps billed."""
        self._book(generation, self._known(generation) or Uncertain("interrupted"))

    def _known(self, generation: Generation) -> Outcome | None:
        note = self.pictures.note(generation.team_id, generation.id)
        return (
            self.unbooked.get(_key(generation))
            if note is None
            else call_outcome.paid(self.catalog, generation, noted(note))
        )

    def show(self, team_id: str, drawing_id: str) -> None:
        """Bring the message of a drawing up to date."""
        with self.while_installed(team_id):
            self._show(team_id, drawing_id)

    def _show(self, team_id: str, drawing_id: str, bringing: str | None = None) -> None:
        """Until what is shown is what stands, so that presses that overtake one another end right.

        Only the job of a picture brings it elsewhere: two jobs of one message would do it twice.
        """
        for _ in range(20):
            drawing = self.store.read(rows.drawing, team_id, drawing_id)
            self._show_as_it_stands(drawing, bringing)
            if self.store.read(rows.drawing, team_id, drawing_id).shown == drawing.shown:
                return

    def _show_as_it_stands(self, drawing: Drawing, bringing: str | None) -> None:
        show, note = partial(self.delivery.show, drawing, bringing), partial(self._note_delivered, drawing, bringing)
        if bringing is None:
            note(show())
        else:
            self.brought.once((drawing.team_id, bringing), show, note)

    def hand(self, team_id: str, generation_id: str, person_id: str) -> None:
        """Send one picture to the person who asked for it again."""
        generation = self.store.read(rows.generation, team_id, generation_id)
        png = self.pictures.read(team_id, generation_id)
        if png is not None:
            drawing = self.store.read(rows.drawing, team_id, generation.drawing_id)
            with self.while_installed(team_id):
                self.delivery.hand(drawing, generation, png, person_id, "You asked to see this picture again.")

    def sweep(self) -> None:
        """Take up calls whose lease ended and paid pictures that were never shown. Safe in any number of processes."""
        for generation in self.store.read(questions.lapsed, self.clock.real()):
            self.take_up(generation.team_id, generation.id)

    def take_up(self, team_id: str, generation_id: str) -> None:
        """One call whose lease ended: booked by what is known of it, and what became of it is shown."""
        generation = self.store.read(rows.generation, team_id, generation_id)
        self.recover(generation)
        if self.store.read(rows.drawing, team_id, generation.drawing_id).bench_id is not None:
            return  # shown where it is reviewed
        try:
            self._deliver(team_id, generation_id)
        except PostFailed as failed:  # the others are waiting
            log.warning("what became of %s could not be shown: %s", generation_id, failed.code)

    def abandon(self) -> None:
        """At the end of a drain: the calls of this process that still run are perhaps billed."""
        for generation in self.store.read(questions.calling):
            if generation.owner == self.owner:
                self.recover(generation)

    def _draw_placed(self, commission: Commission) -> None:
        """The order of a paid answer: proven writable, claim, call, file, books, and then everything else.

        Between the call and the file stands nothing that can raise; once the file is there, nothing can be lost.
        """
        generation = commission.generation
        if generation.demo is not self.painter.demo:  # a paid call nobody reserved for, or a demo that is booked
            self._book(generation, Failed("other_painter"))
            return
        person = self.hash_person(generation.team_id, commission.person_id)
        self._prove_writable(generation.team_id)
        claimed = self._claim(generation)
        if claimed is None:
            return
        self.reached("calling")
        with leases.kept(partial(self._renew, claimed), self.heartbeat_seconds):
            answer = self._call(claimed, commission.prompt, person)
            self.reached("answered")
            outcome = self.unbooked[_key(claimed)] = self._on_disk(claimed, answer)
        self._book(claimed, outcome)
        self.reached("settled")
        self._afterwards(claimed, outcome, answer)

    def _prove_writable(self, team_id: str) -> None:
        try:
            self.pictures.prove(team_id)
        except (OSError, BadName) as error:
            raise CantStore(str(error)) from error

    def _claim(self, generation: Generation) -> Generation | None:
        """None where it is not ours to call. A claim the store did not answer for is asked about by its key, once."""
        key, real = self.claims.pop(_key(generation), None) or secrets.token_hex(8), self.clock.real()
        try:
            return self.store.write(
                settlement.claim, generation.team_id, generation.id, self.owner, real + LEASE, real, key
            )
        except Paused:
            self._book(generation, Failed("paused"))
            return None
        except StoreTrouble:
            self.claims[_key(generation)] = key
            raise

    def _call(self, generation: Generation, prompt: str, person: str) -> providers.Painting | providers.PaintingFailed:
        try:
            return self.painter.paint(generation.spec, prompt, person)
        except providers.PaintingFailed as failure:
            log.warning("no picture for %s: %s", generation.id, failure.code)
            return failure

    def _renew(self, generation: Generation) -> bool:
        return self.store.write(
            settlement.renew, generation.team_id, generation.id, self.owner, self.clock.real() + LEASE
        )

    def _on_disk(self, generation: Generation, answer: providers.Painting | providers.PaintingFailed) -> Outcome:
        """A picture is on the disk when this returns: a crash from here on finds it there and books it.

        One that can't be written is held for an hour, and its lease with it.
        """
        if isinstance(answer, providers.PaintingFailed):
            return call_outcome.failed(self.catalog, generation, answer)
        note = Note(answer.usage, answer.returned_quality, answer.returned_size, answer.request_id)
        saved = self._saved(generation, answer.png, note)
        paid = call_outcome.paid(self.catalog, generation, note)
        if saved:
            return paid
        billed = paid.cost_nanousd, paid.usage, paid.service_request_id, paid.rates, paid.surprise
        return Unusable("not_written", *billed)

    def _saved(self, generation: Generation, png: bytes, note: Note) -> bool:
        for pause in HOLD_SECONDS:
            why = self._unsaved(generation, png, note)
            if why is None:
                self.reached("saved")
                return True
            self._tell_hourly(f"A paid picture can't be written: {why}. It is held until it can be, for an hour.")
            self.sleep(pause)
        self._tell_hourly(f"A paid picture could not be written: {why}. It is booked and lost.")
        return False

    def _unsaved(self, generation: Generation, png: bytes, note: Note) -> str | None:
        """Why it is not on the disk; None: it is."""
        try:
            self.pictures.save(generation.team_id, generation.id, png, asdict(note))
        except (OSError, BadName) as error:
            return str(error)
        return None

    def _book(self, generation: Generation, outcome: Outcome) -> None:
        settled = self.store.settle(
            generation.team_id, generation.id, outcome, self.clock.now(), real=self.clock.real()
        )
        self.unbooked.pop(_key(generation), None)
        if settled.charged_nanousd:
            self.booked(settled)

    def _afterwards(
        self, generation: Generation, outcome: Outcome, answer: providers.Painting | providers.PaintingFailed
    ) -> None:
        """What others should learn from the answer."""
        if isinstance(outcome, Paid | Unusable) and outcome.surprise is not None:
            self._tell_hourly(outcome.surprise)
        match answer:
            case providers.NoMoney():
                self._pause(EVERY_MODEL, "no_money")
            case providers.ProviderRefused():
                self._pause(generation.spec.model, "rejected")
        if isinstance(answer, providers.Painting):
            self._clear_pauses(generation)

    def _tell_hourly(self, sentence: str) -> None:
        last, real = self.told.get(sentence), self.clock.real()
        if last is None or real - last >= TELL_EVERY:
            self.told[sentence] = real
            self.tell_admins(sentence, None)

    def _pause(self, scope: str, reason: str) -> None:
        sentence = alerts.PAUSED[reason].format(model=scope)
        real = self.clock.real()
        if self.store.write(pauses.pause, scope, real + PAUSE, sentence, real):
            self.tell_admins(sentence, scope)

    def _clear_pauses(self, generation: Generation) -> None:
        if not generation.demo and self.store.read(pauses.in_force, self.clock.real()):
            self.store.write(pauses.unpause, generation.spec.model)
            self.store.write(pauses.unpause, EVERY_MODEL)

    def _deliver(self, team_id: str, generation_id: str) -> None:
        generation = self.store.read(rows.generation, team_id, generation_id)
        with self.while_installed(team_id):
            self._upload(generation)
            self._show(team_id, generation.drawing_id, bringing=generation_id)
        self.reached("shown")

    def _upload(self, generation: Generation) -> None:
        if generation.state is not PictureState.PAID or generation.file_id is not None:
            return
        png = self.pictures.read(generation.team_id, generation.id)
        if png is not None:
            drawing = self.store.read(rows.drawing, generation.team_id, generation.drawing_id)
            upload = partial(self.delivery.upload, drawing, generation, png)
            self.uploads.once(_key(generation), upload, partial(self._note_uploaded, generation))
            self.reached("uploaded")

    def _note_uploaded(self, generation: Generation, file_id: str) -> None:
        self.store.write(settlement.uploaded, generation.team_id, generation.id, file_id)

    def _note_delivered(self, drawing: Drawing, bringing: str | None, went: str | None) -> None:
        for one in drawing.generations:
            here = went is None and one.file_id is not None
            elsewhere = went not in (None, LATER) and one.id == bringing
            if one.state is PictureState.PAID and (here or elsewhere):
                self.store.write(settlement.delivered, drawing.team_id, one.id, one.file_id, went, self.clock.real())

    @contextmanager
    def while_installed(self, team_id: str) -> Iterator[None]:
        try:
            yield
        except Revoked as revoked:
            self.stop(team_id, revoked)

    def stop(self, team_id: str, revoked: Revoked) -> None:
        """A token taken back ends the team's work at once; what was paid for stays, for the day it is given again."""
        log.warning("work for workspace %s stops: %s", team_id, revoked.code)
        self.store.write(workspaces.stop, team_id, self.clock.now())


def _key(generation: Generation) -> tuple[str, str]:
    return generation.team_id, generation.id
