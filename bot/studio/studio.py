"""Draws one picture: placeholder, one paid call, the books, the channel. Every step starts from what its row says.

A job may run more than once, in any process, after any crash; so each function reads the row and goes on from there,
and the paid call stands behind one conditional statement (`store.claim`). Nothing here sends a paid call twice.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from bot import painters, pricing
from bot.drawings import (
    LATER,
    Blocked,
    Drawing,
    Failed,
    Generation,
    Outcome,
    Paid,
    State,
    Uncertain,
    Unusable,
    nanousd,
    paid_as_noted,
)
from bot.errors import Paused
from bot.pictures import Pictures
from bot.posts import PostFailed, Revoked
from bot.pricing import Usage
from bot.pricing.facts import Catalog
from bot.store import Store
from bot.studio import leases
from bot.views import alerts

LEASE = timedelta(minutes=10)
HEARTBEAT_SECONDS = 60.0
PAUSE = timedelta(minutes=10)
TELL_EVERY = timedelta(hours=1)
EVERY_MODEL = "*"

log = logging.getLogger(__name__)


class Delivery(Protocol):
    """Where a drawing is shown: a Slack message, or a folder beside a terminal."""

    def place(self, drawing: Drawing) -> str | None:
        """Show that it is being drawn; its message's ts, or None where nothing can be shown (the person is told)."""

    def upload(self, drawing: Drawing, generation: Generation, png: bytes) -> str:
        """Make one picture ready to be shown; returns its file id there."""

    def show(self, drawing: Drawing, bringing: str | None = None) -> str | None:
        """Bring what is shown up to date; None once it all stands there.

        Else where the picture of the generation `bringing` went instead, or LATER when no picture was brought.
        """

    def hand(self, drawing: Drawing, generation: Generation, png: bytes, person_id: str, why: str) -> None:
        """Give one picture to one person."""


@dataclass(frozen=True)
class Studio:
    """`owner` names this process, `alive` tells whether an owner still runs, `reached` marks the tests' fail points.

    `begin` enqueues the draw jobs of a drawing in the transaction it is handed (None: the caller draws them itself).
    `booked` hears of every call that cost something. `now` is what people take for now; leases, pauses and states go by
    `real` time, which nobody moves.
    """

    store: Store
    catalog: Catalog
    painter: painters.Painter
    pictures: Pictures
    delivery: Delivery
    begin: Callable[[Any, Drawing], None] | None
    tell_admins: Callable[[str, str | None], None]
    hash_person: Callable[[str, str], str]
    owner: str
    alive: Callable[[str], bool]
    now: Callable[[], datetime]
    real: Callable[[], datetime]
    reached: Callable[[str], None] = lambda _: None
    booked: Callable[[Generation], None] = lambda _: None
    heartbeat_seconds: float = HEARTBEAT_SECONDS
    told: dict[str, datetime] = field(default_factory=dict)  # when admins last heard of a thing, by this process

    def place(self, team_id: str, drawing_id: str) -> None:
        """Post the placeholder and let its generations begin; where it can't be shown, give the reservation back."""
        drawing = self.store.drawing(team_id, drawing_id)
        if not any(generation.state is State.RESERVED for generation in drawing.generations):
            return
        ts = None
        with self._while_installed(team_id):
            ts = self.delivery.place(drawing)
        self.reached("posted")
        if ts is None:
            self.store.release(team_id, drawing_id, "cannot_post", self.real())
            return
        self.store.placed(team_id, drawing_id, ts, self.real(), self.begin)
        self.reached("placed")

    def draw(self, team_id: str, generation_id: str) -> None:
        """Take one generation as far as it goes, from whatever state its row is in."""
        self.call(team_id, generation_id)
        self._deliver(team_id, generation_id)

    def call(self, team_id: str, generation_id: str) -> None:
        """As far as its paid call goes: booked, and the picture on the disk. Nothing is shown."""
        generation = self.store.generation(team_id, generation_id)
        if generation.state is State.PLACED:
            self._draw_placed(generation)
        elif generation.state in (State.CALLING, State.UNCERTAIN):  # given up, its picture may have come after all
            if generation.owner is not None and self.alive(generation.owner):
                return
            self.recover(generation)

    def recover(self, generation: Generation) -> None:
        """A call that nobody waits for any more: its picture is taken over from the disk, else it is perhaps billed."""
        note = self.pictures.note(generation.team_id, generation.id)
        outcome = Uncertain("interrupted") if note is None else paid_as_noted(note)
        self._settle(generation, outcome)

    def show(self, team_id: str, drawing_id: str) -> None:
        """Bring the message of a drawing up to date."""
        with self._while_installed(team_id):
            self._show(team_id, drawing_id)

    def _show(self, team_id: str, drawing_id: str, bringing: str | None = None) -> None:
        """Until what is shown is what stands, so that presses that overtake one another end right.

        Only the job of a picture brings it elsewhere: two jobs of one message would do it twice.
        """
        for _ in range(20):
            drawing = self.store.drawing(team_id, drawing_id)
            went = self.delivery.show(drawing, bringing)
            self._note_delivered(drawing, bringing, went)
            if self.store.drawing(team_id, drawing_id).shown == drawing.shown:
                return

    def hand(self, team_id: str, generation_id: str, person_id: str) -> None:
        """Send one picture to the person who asked for it again."""
        generation = self.store.generation(team_id, generation_id)
        png = self.pictures.read(team_id, generation_id)
        if png is not None:
            drawing = self.store.drawing(team_id, generation.drawing_id)
            with self._while_installed(team_id):
                self.delivery.hand(drawing, generation, png, person_id, "You asked to see this picture again.")

    def sweep(self) -> None:
        """Take up calls whose lease ended and paid pictures that were never shown. Safe in any number of processes."""
        for generation in self.store.lapsed(self.real()):
            self.recover(generation)
            if self.store.drawing(generation.team_id, generation.drawing_id).bench_id is not None:
                continue  # shown where it is reviewed
            try:
                self._deliver(generation.team_id, generation.id)
            except PostFailed as failed:  # the others are waiting
                log.warning("what became of %s could not be shown: %s", generation.id, failed.code)

    def abandon(self) -> None:
        """At the end of a drain: the calls of this process that still run are perhaps billed."""
        for generation in self.store.calling():
            if generation.owner == self.owner:
                self.recover(generation)

    def _draw_placed(self, generation: Generation) -> None:
        if generation.demo is not self.painter.demo:  # a paid call nobody reserved for, or a demo that is booked
            self._settle(generation, Failed("other_painter"))
            return
        try:
            claimed = self._claim(generation)
        except Paused:
            self._settle(generation, Failed("paused"))
            return
        if claimed is None:
            return
        self.reached("calling")
        outcome = self._call(claimed)
        self._settle(claimed, outcome)
        self.reached("settled")

    def _claim(self, generation: Generation) -> Generation | None:
        real = self.real()
        return self.store.claim(generation.team_id, generation.id, self.owner, real + LEASE, real)

    def _settle(self, generation: Generation, outcome: Outcome) -> None:
        settled = self.store.settle(generation.team_id, generation.id, outcome, self.now(), real=self.real())
        if settled.charged_nanousd:
            self.booked(settled)

    def _call(self, generation: Generation) -> Outcome:
        drawing = self.store.drawing(generation.team_id, generation.drawing_id)
        person = self.hash_person(drawing.team_id, drawing.person_id)
        try:
            with leases.kept(partial(self._renew, generation), self.heartbeat_seconds):
                painting = self.painter.paint(generation.spec, drawing.prompt, person)
        except painters.PaintingFailed as failure:
            return self._outcome(generation, failure)
        self.reached("answered")
        self._clear_pauses(generation)
        return self._keep(generation, painting)

    def _renew(self, generation: Generation) -> bool:
        return self.store.renew(generation.team_id, generation.id, self.owner, self.real() + LEASE)

    def _keep(self, generation: Generation, painting: painters.Painting) -> Outcome:
        """The picture is on disk before it is in the books: a crash between the two finds the file and books it."""
        cost, rates = self._cost(generation, painting.usage)
        usage, request_id = painting.usage, painting.request_id
        paid = Paid(cost, usage, painting.returned_quality, painting.returned_size, request_id, rates)
        try:
            self.pictures.save(generation.team_id, generation.id, painting.png, asdict(paid))
        except OSError as error:
            self._tell_hourly(f"A paid picture could not be written: {error.strerror}. It is booked and lost.")
            return Unusable("not_written", cost, usage, request_id, rates)
        self.reached("saved")
        return paid

    def _cost(self, generation: Generation, usage: Usage | None) -> tuple[int, str | None]:
        """By its own usage, at the rates of the day it was asked for; without usage, what was reserved (a demo: $0)."""
        model = pricing.model_named(self.catalog, generation.spec.model)
        day = generation.created_at.date()
        found = None if usage is None else pricing.reckoned(model, generation.spec, usage, day)
        if found is None:
            return generation.reserved_nanousd, None
        if found.surprise is not None:
            self._tell_hourly(found.surprise)
        return nanousd(found.usd), found.rates

    def _tell_hourly(self, sentence: str) -> None:
        last, real = self.told.get(sentence), self.real()
        if last is None or real - last >= TELL_EVERY:
            self.told[sentence] = real
            self.tell_admins(sentence, None)

    def _outcome(self, generation: Generation, failure: painters.PaintingFailed) -> Outcome:
        log.warning("no picture for %s: %s", generation.id, failure.code)
        match failure:
            case painters.Blocked():
                return Blocked("moderation", failure.stage)
            case painters.NoPicture():
                cost, rates = self._cost(generation, failure.usage)
                return Unusable(
                    failure.reason, cost if failure.usage else None, failure.usage, failure.request_id, rates
                )
            case painters.NotSent():
                return Failed("unreachable")
            case painters.Busy():
                return Failed("busy")
            case painters.BadRequest():
                return Failed("bad_request")
            case painters.NoMoney():
                self._pause(EVERY_MODEL, "no_money")
                return Failed("no_money")
            case painters.Refused():
                self._pause(generation.spec.model, "rejected")
                return Failed("rejected")
            case _:
                return Uncertain("no_answer")

    def _pause(self, scope: str, reason: str) -> None:
        sentence = alerts.PAUSED[reason].format(model=scope)
        real = self.real()
        if self.store.pause(scope, real + PAUSE, sentence, real):
            self.tell_admins(sentence, scope)

    def _clear_pauses(self, generation: Generation) -> None:
        if not generation.demo and self.store.pauses(self.real()):
            self.store.unpause(generation.spec.model)
            self.store.unpause(EVERY_MODEL)

    def _deliver(self, team_id: str, generation_id: str) -> None:
        generation = self.store.generation(team_id, generation_id)
        with self._while_installed(team_id):
            self._upload(generation)
            self._show(team_id, generation.drawing_id, bringing=generation_id)
        self.reached("shown")

    def _upload(self, generation: Generation) -> None:
        if generation.state is not State.PAID or generation.file_id is not None:
            return
        png = self.pictures.read(generation.team_id, generation.id)
        if png is not None:
            drawing = self.store.drawing(generation.team_id, generation.drawing_id)
            file_id = self.delivery.upload(drawing, generation, png)
            self.store.uploaded(generation.team_id, generation.id, file_id)
            self.reached("uploaded")

    def _note_delivered(self, drawing: Drawing, bringing: str | None, went: str | None) -> None:
        for one in drawing.generations:
            here = went is None and one.file_id is not None
            elsewhere = went not in (None, LATER) and one.id == bringing
            if one.state is State.PAID and (here or elsewhere):
                self.store.delivered(drawing.team_id, one.id, one.file_id, went, self.real())

    @contextmanager
    def _while_installed(self, team_id: str) -> Iterator[None]:
        """A token taken back ends the team's work at once; what was paid for stays, for the day it is given again."""
        try:
            yield
        except Revoked as revoked:
            log.warning("work for workspace %s stops: %s", team_id, revoked.code)
            self.store.stop_workspace(team_id, self.now())
