"""The buttons under a picture: Keep, Reject, Retry and More, and the windows behind them."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.clock import Clock
from bot.errors import NotOpen
from bot.jobs import Start
from bot.ledger import holds
from bot.ledger import votes as ledger_votes
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, Generation, Limits
from bot.ledger.rows import Enqueue
from bot.samples import reasons, slack_show
from bot.samples.beside import place_of
from bot.samples.blocks_again import details_modal
from bot.samples.blocks_windows import reject_modal, report_modal
from bot.samples.known import KnownPictures, refuse_elsewhere
from bot.samples.slack_try import Tries
from bot.samples.slack_windows import DrawWindows, MoreMoney
from bot.slack.after_ack import Later
from bot.slack.asker import Asker, asker
from bot.slack.failures import PostFailed
from bot.slack.fields import ticked, written
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import View
from bot.slack.posts import Posts
from bot.slack.text import clip

MOST_NOTE = 700  # characters
_SEEN = re.compile(r":v([0-9]{1,9})$")  # at the end of a block's id: how many votes its message tells of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reviews:
    """`show` enqueues the job that brings a drawing's message up to date, in the transaction it gets."""

    store: Ledger
    posts: Posts
    clock: Clock
    limits: Callable[[datetime], Limits]
    tries: Tries
    show: Enqueue
    start: Start
    later: Later
    tell_admins: Callable[[str], None]
    more_money: MoreMoney

    def listeners(self) -> Listeners:
        windows = DrawWindows(self._known, self.tries, self.posts, self.more_money)
        return Listeners(
            {
                "sample.keep": self.keep,
                "sample.reject": self.reject,
                "sample.retry": windows.retry,
                "sample.more": self.more,
                "sample.report": self.report,
                "sample.wish": windows.wish,
                "sample.ask": windows.ask,
            },
            {
                "sample.retry": windows.sent,
                "sample.wish": windows.sent,
                "sample.reject": self.reject_sent,
                "sample.report": self.report_sent,
            },
            {
                "try": CommandAnswer(self.tries.answer, offer=self.tries.offer),
                "show": CommandAnswer(partial(slack_show.answer, self.store, self.start, self.clock)),
            },
            shortcuts={"draw": windows.anywhere},
        )

    @property
    def _known(self) -> KnownPictures:
        return KnownPictures(self.store, self.clock)

    # Buttons

    def keep(self, args: Args) -> None:
        self._pressed(args, "keep")

    def reject(self, args: Args) -> None:
        """The vote stands at once; the window that opens asks why, and may be closed."""
        who, generation, stands = self._pressed(args, "reject")
        if not stands:
            return
        try:
            self.posts.open_view(who.trigger_id, reject_modal(generation))
        except PostFailed as failed:
            log.info("rejected without asking why: %s", failed.code)

    def _pressed(self, args: Args, verdict: str) -> tuple[Asker, Generation, bool]:
        """The picture, and whether that vote stands now: a press on what tells of it takes it back."""
        who, action = asker(args), args.body["actions"][0]
        generation_id = self._known.id(who, action.get("value"))
        told = _SEEN.search(str(action.get("block_id")))
        seen = int(told[1]) if told else None
        generation = self._vote(who, generation_id, verdict, None, self._only_here(who), seen)
        standing = self.store.read(ledger_votes.standing, who.team_id, generation_id) if seen else ()
        stands = not seen or any(vote.person_id == who.person_id for vote in standing)
        return who, generation, stands

    def more(self, args: Args) -> None:
        """All that is known of it. A message of an older version names what was chosen before the id."""
        who, action = asker(args), args.body["actions"][0]
        value = (action.get("selected_option") or action).get("value")
        what, _, generation_id = value.rpartition(":") if isinstance(value, str) else ("", "", value)
        if what not in ("", "details", "report"):
            raise self._known.forged(who, value)
        generation, drawing = self._known.find(who, self._known.id(who, generation_id))
        view = report_modal(generation) if what == "report" else self._details(who, generation, drawing)
        self.posts.open_view(who.trigger_id, view)

    def _details(self, who: Asker, generation: Generation, drawing: Drawing) -> View:
        votes = self.store.read(ledger_votes.standing, who.team_id, generation.id)
        if generation.demo:
            return details_modal(generation, drawing, votes)
        tightest = self.store.read(holds.tightest, who.team_id, drawing.id, self.limits(self.clock.now()))
        scope = tightest.budget.scope
        if scope.kind == "person" and scope.id != who.person_id:
            return details_modal(generation, drawing, votes)
        return details_modal(generation, drawing, votes, tightest, place_of(scope))

    def report(self, args: Args) -> None:
        """In the window behind More, which it takes the place of."""
        who = asker(args)
        value = args.body["actions"][0].get("value")
        generation, _ = self._known.find(who, self._known.id(who, value), anywhere=True)
        self.posts.update_view(args.body["view"]["id"], report_modal(generation))

    # Windows

    def reject_sent(self, args: Args) -> None:
        who, view = asker(args), args.body["view"]
        note = clip(written(view, "note") or "", MOST_NOTE).strip()
        told = reasons.joined(ticked(view, "reasons"), note)
        if told:
            self._vote(who, self._known.id(who, view["private_metadata"]), "reject", told, self.show)

    def report_sent(self, args: Args) -> None:
        who, view = asker(args), args.body["view"]
        generation, _ = self._known.find(who, self._known.id(who, view["private_metadata"]), anywhere=True)
        note = clip(written(view, "note") or "", MOST_NOTE)
        self._known.audit(who, "report", {"generation": generation.id, "note": note})
        self.later(lambda: self.tell_admins(f"Picture {generation.id} was reported: {note}"))

    # Votes

    def _vote(
        self,
        who: Asker,
        generation_id: str,
        verdict: str,
        reason: str | None,
        show: Enqueue,
        seen: int | None = None,
    ) -> Generation:
        press = (who.team_id, generation_id, who.person_id, verdict, reason, self.clock.now(), show, seen)
        try:
            return self.store.write(ledger_votes.vote, *press)[0]
        except NotOpen:
            self._known.find(who, generation_id, anywhere=True)  # tells one that is closed from one that never was here
            raise

    def _only_here(self, who: Asker) -> Enqueue:
        """The job that shows a vote. Cast from elsewhere, the vote is undone: this runs inside its transaction."""

        def show(connection: Any, drawing: Drawing) -> None:  # whose connection it is, is no matter of this door
            refuse_elsewhere(who, drawing)
            self.show(connection, drawing)

        return show
