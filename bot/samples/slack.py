"""The buttons under a picture: Keep, Reject, Retry and More, and the windows behind them.

What a button carries is only an id: team, person and channel come from the signed payload. An id that is unknown here,
another team's, or none at all is answered in the same words, and leaves a row in the audit.
"""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.clock import Clock
from bot.errors import NotOpen
from bot.jobs import Start
from bot.ledger import questions, workspaces
from bot.ledger import votes as ledger_votes
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import WAITING, Drawing, Generation, PictureState
from bot.ledger.rows import Enqueue
from bot.samples import reasons, slack_show
from bot.samples.blocks_again import details_modal
from bot.samples.blocks_windows import reject_modal, report_modal, retry_modal
from bot.samples.command import checked
from bot.samples.slack_try import PictureRequest, Tries
from bot.slack.after_ack import Later
from bot.slack.asker import Asker, asker
from bot.slack.failures import PostFailed
from bot.slack.fields import ticked, written
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.posts import Posts
from bot.slack.text import clip

ID = re.compile(r"[0-9a-z]{4,32}")
MOST_NOTE = 700  # characters
MOST_DETAIL = 5000

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reviews:
    """`show` enqueues the job that brings a drawing's message up to date, in the transaction it gets."""

    store: Ledger
    posts: Posts
    clock: Clock
    tries: Tries
    show: Enqueue
    start: Start
    later: Later
    tell_admins: Callable[[str], None]

    def listeners(self) -> Listeners:
        return Listeners(
            {
                "sample.keep": self.keep,
                "sample.reject": self.reject,
                "sample.retry": self.retry,
                "sample.more": self.more,
            },
            {
                "sample.retry": self.retry_sent,
                "sample.reject": self.reject_sent,
                "sample.report": self.report_sent,
            },
            {
                "try": CommandAnswer(self.tries.answer, offer=self.tries.offer),
                "show": CommandAnswer(partial(slack_show.answer, self.store, self.start)),
            },
        )

    # Buttons

    def keep(self, args: Args) -> None:
        who, generation_id = self._pressed(args)
        self._vote(who, generation_id, "keep", None, self._only_here(who))

    def reject(self, args: Args) -> None:
        """The vote stands at once; the window that opens asks why, and may be closed."""
        who, generation_id = self._pressed(args)
        generation = self._vote(who, generation_id, "reject", None, self._only_here(who))
        try:
            self.posts.open_view(who.trigger_id, reject_modal(generation))
        except PostFailed as failed:
            log.info("rejected without asking why: %s", failed.code)

    def retry(self, args: Args) -> None:
        who, generation_id = self._pressed(args)
        generation, drawing = self._found(who, generation_id)
        if generation.state in (*WAITING, PictureState.CALLING):
            raise NotOpen
        self.posts.open_view(who.trigger_id, retry_modal(generation, drawing.prompt))

    def more(self, args: Args) -> None:
        who = asker(args)
        chosen = (args.body["actions"][0].get("selected_option") or {}).get("value")
        what, _, generation_id = str(chosen).partition(":")
        if what not in ("details", "report"):
            raise self._forged(who, chosen)
        generation, drawing = self._found(who, self._id(who, generation_id))
        if what == "details":
            votes = self.store.read(ledger_votes.standing, who.team_id, generation.id)
            self.posts.open_view(who.trigger_id, details_modal(generation, drawing, votes))
        else:
            self.posts.open_view(who.trigger_id, report_modal(generation))

    # Windows

    def retry_sent(self, args: Args) -> None:
        """Draws once for each window, however often it is sent."""
        who, view = asker(args), args.body["view"]
        parent, drawing = self._found(who, self._id(who, view["private_metadata"]), anywhere=True)
        if drawing.channel_id is None:
            raise NotOpen
        edited = written(view, "prompt")
        prompt = drawing.prompt if edited is None else checked(edited)
        key = f"view:{view['id']}"
        request = PictureRequest(who.team_id, key, who.person_id, drawing.channel_id, drawing.thread_ts)
        self.tries.again(request, parent, prompt)

    def reject_sent(self, args: Args) -> None:
        who, view = asker(args), args.body["view"]
        note = clip(written(view, "note") or "", MOST_NOTE).strip()
        told = reasons.joined(ticked(view, "reasons"), note)
        if told:
            self._vote(who, self._id(who, view["private_metadata"]), "reject", told, self.show)

    def report_sent(self, args: Args) -> None:
        who, view = asker(args), args.body["view"]
        generation, _ = self._found(who, self._id(who, view["private_metadata"]), anywhere=True)
        note = clip(written(view, "note") or "", MOST_NOTE)
        self._audit(who, "report", {"generation": generation.id, "note": note})
        self.later(lambda: self.tell_admins(f"Picture {generation.id} was reported: {note}"))

    # What it is about, and whether it may be pressed here

    def _pressed(self, args: Args) -> tuple[Asker, str]:
        who = asker(args)
        return who, self._id(who, args.body["actions"][0].get("value"))

    def _id(self, who: Asker, value: object) -> str:
        if not isinstance(value, str) or not ID.fullmatch(value):
            raise self._forged(who, value)
        return value

    def _found(self, who: Asker, generation_id: str, *, anywhere: bool = False) -> tuple[Generation, Drawing]:
        try:
            generation, drawing = self.store.read(questions.picture, who.team_id, generation_id)
        except NotOpen:
            raise self._forged(who, generation_id) from None
        if not anywhere:
            refuse_elsewhere(who, drawing)
        return generation, drawing

    def _vote(self, who: Asker, generation_id: str, verdict: str, reason: str | None, show: Enqueue) -> Generation:
        try:
            return self.store.write(
                ledger_votes.vote, who.team_id, generation_id, who.person_id, verdict, reason, self.clock.now(), show
            )[0]
        except NotOpen:
            self._found(who, generation_id, anywhere=True)  # tells one that is closed from one that never was here
            raise

    def _only_here(self, who: Asker) -> Enqueue:
        """The job that shows a vote. Cast from elsewhere, the vote is undone: this runs inside its transaction."""

        def show(connection: Any, drawing: Drawing) -> None:  # whose connection it is, is no matter of this door
            refuse_elsewhere(who, drawing)
            self.show(connection, drawing)

        return show

    def _forged(self, who: Asker, value: object) -> NotOpen:
        self._audit(who, "unknown picture", value)
        return NotOpen()

    def _audit(self, who: Asker, what: str, detail: object) -> None:
        """In ASCII and short: whatever it is, a database can hold it."""
        self.store.write(
            workspaces.audit, who.team_id, who.person_id, what, json.dumps(detail)[:MOST_DETAIL], self.clock.now()
        )


def refuse_elsewhere(who: Asker, drawing: Drawing) -> None:
    """A picture is judged in its channel; who asked for it may do so wherever it is shown to them."""
    if drawing.channel_id not in (None, who.channel_id) and drawing.person_id != who.person_id:
        raise NotOpen
