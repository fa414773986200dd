"""Draws one picture: its claim, the one paid call, its file, the books. Every step starts from what its row says.

A job may run more than once, in any process, after any crash; so each function reads the row and goes on from there,
and the paid call stands behind one conditional statement (`settlement.claim`). Nothing here sends a paid call twice.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot import providers
from bot.clock import Clock
from bot.errors import CantStore, Paused, StoreTrouble
from bot.image_files import BadName, ImageFiles
from bot.ledger import pauses, questions, rows, settlement
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import (
    Commission,
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
from bot.slack import alerts

LEASE = timedelta(minutes=10)
HEARTBEAT_SECONDS = 60.0
PAUSE = timedelta(minutes=10)
ALERT_EVERY = timedelta(hours=1)
EVERY_MODEL = "*"
CALLED = (PictureState.CALLING, PictureState.UNCERTAIN)  # given up, its picture may have come after all
HOLD_SECONDS = (1.0, 2.0, 5.0, 10.0, *(30.0,) * 120)  # an hour, for a paid picture that can't be written

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Studio:
    """`owner` names this process, `alive` tells whether an owner still runs, `reached` marks the tests' fail points.

    `booked` hears of every call that cost something. `now` is what people take for now; leases, pauses and states go by
    `real` time, which nobody moves. A job that is repeated goes on from `unbooked`, what calls came to that the store
    could not be told, and from `claims`, the keys of those it did not answer for. `alerted_at`: when this process last
    told the admins of a thing.
    """

    store: Ledger
    catalog: Catalog
    provider: providers.Provider
    pictures: ImageFiles
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
    alerted_at: dict[str, datetime] = field(default_factory=dict)

    def call(self, team_id: str, generation_id: str) -> Commission:
        """As far as its paid call goes: booked, and the picture on the disk. Nothing is shown. Raises CantStore.

        What it was called for, as it stood before."""
        commission = self.store.read(rows.commission, team_id, generation_id)
        generation = commission.generation
        if generation.state is PictureState.PLACED or _key(generation) in self.claims:
            self._draw(commission)
        elif generation.state in CALLED:
            self._go_on(generation)
        return commission

    def _go_on(self, generation: Generation) -> None:
        """Nothing is known of a call that is under way; all that is known of it is booked at once, whoever made it."""
        owner = generation.owner
        if self._outcome(generation) is not None or owner is None or not self.alive(owner):
            self.recover(generation)

    def recover(self, generation: Generation) -> None:
        """A call that nobody waits for any more: its picture is taken over from the disk, else it is perhaps billed."""
        self._book(generation, self._outcome(generation) or Uncertain("interrupted"))

    def _outcome(self, generation: Generation) -> Outcome | None:
        note = self.pictures.note(generation.team_id, generation.id)
        if note is None:
            return self.unbooked.get(_key(generation))
        return call_outcome.paid(self.catalog, generation, noted(note))

    def abandon(self) -> None:
        """At the end of a drain: the calls of this process that still run are perhaps billed."""
        for generation in self.store.read(questions.calling):
            if generation.owner == self.owner:
                self.recover(generation)

    def _draw(self, commission: Commission) -> None:
        """The order of a paid answer: proven writable, claim, call, file, books, and then everything else.

        Between the call and the file stands nothing that can raise; once the file is there, nothing can be lost.
        """
        generation = commission.generation
        if generation.demo is not self.provider.demo:  # a paid call nobody reserved for, or a demo that is booked
            self._book(generation, Failed("other_painter"))
            return
        person = self.hash_person(generation.team_id, commission.person_id)
        self._prove_writable(generation.team_id)
        call = self._claim(generation)
        if call is None:
            return
        self.reached("calling")
        with leases.kept(partial(self._renew, call), self.heartbeat_seconds):
            answer = self._call(call, commission.prompt, person)
            self.reached("answered")
            outcome = self.unbooked[_key(call)] = self._on_disk(call, answer)
        self._book(call, outcome)
        self.reached("settled")
        self._afterwards(call, outcome, answer)

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
            return self.provider.paint(generation.spec, prompt, person)
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
            self._alert_hourly(f"A paid picture can't be written: {why}. It is held until it can be, for an hour.")
            self.sleep(pause)
        self._alert_hourly(f"A paid picture could not be written: {why}. It is booked and lost.")
        return False

    def _unsaved(self, generation: Generation, png: bytes, note: Note) -> str | None:
        """Why it is not on the disk; None: it is."""
        try:
            self.pictures.save(generation.team_id, generation.id, png, asdict(note))
        except (OSError, BadName) as error:
            return str(error)
        return None

    def _book(self, generation: Generation, outcome: Outcome) -> None:
        settled = self.store.settle(generation.team_id, generation.id, outcome, self.clock.moment())
        self.unbooked.pop(_key(generation), None)
        if settled.charged_nanousd:
            self.booked(settled)

    def _afterwards(
        self, generation: Generation, outcome: Outcome, answer: providers.Painting | providers.PaintingFailed
    ) -> None:
        """What others should learn from the answer."""
        if isinstance(outcome, Paid | Unusable) and outcome.surprise is not None:
            self._alert_hourly(outcome.surprise)
        match answer:
            case providers.NoMoney():
                self._pause(EVERY_MODEL, "no_money")
            case providers.ProviderRefused():
                self._pause(generation.spec.model, "rejected")
        if isinstance(answer, providers.Painting):
            self._clear_pauses(generation)

    def _alert_hourly(self, sentence: str) -> None:
        last, real = self.alerted_at.get(sentence), self.clock.real()
        if last is None or real - last >= ALERT_EVERY:
            self.alerted_at[sentence] = real
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


def _key(generation: Generation) -> tuple[str, str]:
    return generation.team_id, generation.id
