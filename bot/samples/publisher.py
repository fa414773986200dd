"""Shows drawings where they were asked for: the placeholder, its updates, the pictures' files, one handed over.

As in the studio every step starts from what the row says, so a job may be repeated in any process, after any crash.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.errors import NotAllowed
from bot.image_files import ImageFiles
from bot.ledger import rows, settlement, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import LATER, Drawing, Generation, PictureState
from bot.samples.delivery import Delivery
from bot.samples.unwritten import Unwritten
from bot.slack.failures import Revoked

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Placing:
    """`ts` of the placeholder; None: nothing can be shown, for the reason `why`, and the person was told."""

    ts: str | None
    why: str = "cannot_post"
    revoked: Revoked | None = None


@dataclass(frozen=True)
class Publisher:
    """`begin` enqueues the draw jobs of a drawing in the transaction it is handed (None: the caller draws them itself).

    `reached` marks the tests' fail points. A job that is repeated goes on from what Slack already has: `placings` by
    drawing, `uploads` and where pictures were `deliveries` by generation.
    """

    store: Ledger
    pictures: ImageFiles
    delivery: Delivery
    begin: Callable[[Any, Drawing], None] | None
    clock: Clock
    reached: Callable[[str], None] = lambda _: None
    placings: Unwritten[Placing] = field(default_factory=Unwritten)
    uploads: Unwritten[str] = field(default_factory=Unwritten)
    deliveries: Unwritten[str | None] = field(default_factory=Unwritten)

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
            stop_workspace(self.store, drawing.team_id, placing.revoked, self.clock.now())
        if placing.ts is None:
            self.store.write(settlement.release, drawing.team_id, drawing.id, placing.why, self.clock.real())
            return
        self.store.write(settlement.placed, drawing.team_id, drawing.id, placing.ts, self.clock.real(), self.begin)
        self.reached("placed")

    def deliver(self, team_id: str, generation_id: str) -> None:
        """The picture of one generation to its message, or what became of it."""
        generation = self.store.read(rows.generation, team_id, generation_id)
        with self._while_installed(team_id):
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
            self.uploads.once((generation.team_id, generation.id), upload, partial(self._note_uploaded, generation))
            self.reached("uploaded")

    def _note_uploaded(self, generation: Generation, file_id: str) -> None:
        self.store.write(settlement.uploaded, generation.team_id, generation.id, file_id)

    def _note_delivered(self, drawing: Drawing, bringing: str | None, elsewhere: str | None) -> None:
        for one in drawing.generations:
            in_message = elsewhere is None and one.file_id is not None
            moved = elsewhere not in (None, LATER) and one.id == bringing
            if one.state is PictureState.PAID and (in_message or moved):
                self.store.write(
                    settlement.delivered, drawing.team_id, one.id, one.file_id, elsewhere, self.clock.real()
                )

    def show(self, team_id: str, drawing_id: str) -> None:
        """Bring the message of a drawing up to date."""
        with self._while_installed(team_id):
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
            self.deliveries.once((drawing.team_id, bringing), show, note)

    def hand(self, team_id: str, generation_id: str, person_id: str) -> None:
        """Send one picture to the person who asked for it again."""
        generation = self.store.read(rows.generation, team_id, generation_id)
        png = self.pictures.read(team_id, generation_id)
        if png is not None:
            drawing = self.store.read(rows.drawing, team_id, generation.drawing_id)
            with self._while_installed(team_id):
                self.delivery.hand(drawing, generation, png, person_id, "You asked to see this picture again.")

    @contextmanager
    def _while_installed(self, team_id: str) -> Iterator[None]:
        try:
            yield
        except Revoked as revoked:
            stop_workspace(self.store, team_id, revoked, self.clock.now())


def stop_workspace(store: Ledger, team_id: str, revoked: Revoked, now: datetime) -> None:
    """A token taken back ends the team's work at once; what was paid for stays, for the day it is given again."""
    log.warning("work for workspace %s stops: %s", team_id, revoked.code)
    store.write(workspaces.stop, team_id, now)
