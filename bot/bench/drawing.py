"""Draws a blind test: every call by the studio's own way, and after each what the rows ask for next.

Any of this may run more than once, in any process, after any crash: `rows_calls.step` decides from the rows alone.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from bot.bench import rows_calls, rows_ends, rows_read
from bot.bench.plan import Bench
from bot.bench.steps import complete
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing
from bot.samples.publisher import stop_workspace
from bot.samples.studio import Studio
from bot.samples.unwritten import Unwritten
from bot.slack.failures import PostFailed, Revoked

PLACE_WITHIN = timedelta(minutes=10)  # a message that Slack did not take may come later, but not for ever

log = logging.getLogger(__name__)


class Teller(Protocol):
    """Where people follow it: a Slack message, or a bar in a terminal."""

    def begin(self, bench: Bench, reply_url: str | None = None, *, last: bool = False) -> bool:
        """It was started: whether people can follow it. Where they never can, who started it is told.

        Raises PostFailed where it may be possible later, or nobody could be told; `last`: later is too late.
        """

    def tell(self, bench: Bench) -> None:
        """How far it is: after every call, so not every one need be shown."""

    def bring(self, team_id: str, bench_id: str, place: int) -> bool:
        """The pictures of a prompt to where they are judged, once all are there: whether that changed anything."""


@dataclass(frozen=True)
class Comparisons:
    """`enqueue` hands in the calls of a drawing in the transaction it is given (None: the caller draws them itself),
    `bring` a prompt whose pictures go to where they are judged (None: the teller brings them at once).

    `begun` is whether people can follow a bench, or why its workspace can't be reached any more.
    """

    store: Ledger
    studio: Studio
    teller: Teller
    enqueue: Callable[[Any, Drawing], None] | None
    bring: Callable[[str, str, int], None] | None = None
    begun: Unwritten[bool | Revoked] = field(default_factory=Unwritten)

    def begin(self, team_id: str, bench_id: str) -> None:
        """The job of a bench that was started: its message, then its calls. Without the first nothing is spent."""
        drawings = self.store.read(rows_calls.unfinished, team_id, bench_id)
        if not drawings or not self._placed(self.store.read(rows_read.bench, team_id, bench_id), drawings[0]):
            return
        if self.enqueue is not None:
            with self.store.transaction() as connection:
                for drawing in drawings:
                    self.enqueue(connection, drawing)
        self.studio.reached("begun")

    def _placed(self, bench: Bench, first: Drawing) -> bool:
        """False: it is ended and given back, or the sweep tries again."""
        begin = partial(self._begin, bench, first)
        try:
            return self.begun.once((bench.team_id, bench.id), begin, partial(self._note_begun, bench))
        except PostFailed as failed:
            log.warning("bench %s has no message yet: %s", bench.id, failed.code)
            return False

    def _begin(self, bench: Bench, first: Drawing) -> bool | Revoked:
        last = self.studio.clock.now() - first.created_at >= PLACE_WITHIN
        try:
            return self.teller.begin(bench, first.reply_url, last=last)
        except Revoked as revoked:
            return revoked

    def _note_begun(self, bench: Bench, begun: bool | Revoked) -> bool:
        if isinstance(begun, Revoked):
            stop_workspace(self.store, bench.team_id, begun, self.studio.clock.now())
        if begun is not True:
            self.store.write(rows_ends.cannot_post, bench.team_id, bench.id, self.studio.clock.moment())
        return begun is True

    def draw(self, team_id: str, generation_id: str) -> None:
        """The job of one call. Its picture is shown to reviewers, and only to them."""
        studio, called = self.studio, self.studio.call(team_id, generation_id)
        if called.bench_id is None:
            return
        bench, cells = self.store.write(
            rows_calls.step, team_id, called.bench_id, generation_id, studio.clock.moment(), self.enqueue
        )
        place = called.bench_place
        if bench.channel_id is not None and place is not None and place in complete(bench, cells):
            bench = self._brought(bench, place)
        self._tell(self.teller.tell, bench)

    def _brought(self, bench: Bench, place: int) -> Bench:
        """No call of a model waits while pictures are put side by side."""
        if self.bring is not None:
            self.bring(bench.team_id, bench.id, place)
        elif self.teller.bring(bench.team_id, bench.id, place):
            return self.store.read(rows_read.bench, bench.team_id, bench.id)
        return bench

    def draw_here(self, team_id: str, bench_id: str, at_once: int) -> Bench:
        """All of it in this process; what another process is at work on is left to that one."""
        tries: set[str] = set()
        while waiting := [one for one in self.store.read(rows_calls.waiting, team_id, bench_id) if one not in tries]:
            tries.update(waiting)
            with ThreadPoolExecutor(at_once) as pool:
                list(pool.map(partial(self.draw, team_id), waiting))
        return self._advance(team_id, bench_id)

    def sweep(self) -> None:
        """Once a minute: what became of a call in a process that died moves its bench on, too."""
        for team_id, bench_id in self.store.read(rows_read.drawing):
            before = self.store.read(rows_read.bench, team_id, bench_id)
            after = self._advance(team_id, bench_id)
            if after != before:
                self._tell(self.teller.tell, after)

    def _advance(self, team_id: str, bench_id: str) -> Bench:
        moment = self.studio.clock.moment()
        return self.store.write(rows_calls.advance, team_id, bench_id, moment, self.enqueue)

    def _tell(self, tell: Callable[[Bench], None], bench: Bench) -> None:
        """Nobody's picture waits for a message."""
        try:
            tell(bench)
        except PostFailed as failed:
            log.warning("how far bench %s is could not be told: %s", bench.id, failed.code)
