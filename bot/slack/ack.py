"""Sends what a listener returns as the ack itself. No exception leaves a listener.

There is one wrapper for each kind of request, since Slack takes the answer of each in another way.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_bolt.kwargs_injection.args import Args
from slack_bolt.response import BoltResponse

from bot.errors import ImagelaneError
from bot.slack import refusal
from bot.slack.after_ack import Later, pressed_at, tell
from bot.slack.asker import refuse_strangers
from bot.slack.failures import PostFailed
from bot.slack.listeners import Answers, Does, Says
from bot.slack.message import Message, View, paragraph, prose, unmarked
from bot.slack.posts import Posts
from bot.slack.refusal import NotAnswered
from bot.slack.windows import modal

NOT_OPENED = "Slack did not open the window in time. Press again."

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Acks:
    """`served` is the one workspace that is answered; None: Slack has not said yet."""

    served: Callable[[], str | None]
    posts: Posts
    later: Later

    def command(self, listener: Says) -> Callable[[Args], None]:
        """The answer is the ack, seen by who asked."""

        def answered(args: Args) -> None:
            message = refusal.said(self._outcome(listener, args))
            args.ack("" if message is None else body(message))

        return answered

    def button(self, listener: Says) -> Callable[[Args], None]:
        """The ack of a press shows nothing: what is to be said goes through its response_url, later, in the
        place of a message that only the presser sees."""

        def answered(args: Args) -> None:
            outcome = self._outcome(listener, args)
            message, refused = refusal.said(outcome), isinstance(outcome, NotAnswered)
            args.ack()
            if message is not None:
                to = pressed_at(args)
                self.later(lambda: tell(self.posts, to, message, beside=refused))

        return answered

    def window(self, listener: Answers) -> Callable[[Args], None]:
        """A refusal stands in the window itself, which stays open."""

        def answered(args: Args) -> None:
            outcome = self._outcome(listener, args)
            if isinstance(outcome, NotAnswered):
                outcome = in_window(outcome.sentence, args.body["view"])
            args.ack(outcome or "")

        return answered

    def event(self, listener: Does) -> Callable[[Args], BoltResponse]:
        """503 makes Slack send the event again: its work was not stored."""

        def answered(args: Args) -> BoltResponse:
            outcome = self._outcome(listener, args)
            return BoltResponse(status=503 if isinstance(outcome, NotAnswered) and outcome.passing else 200)

        return answered

    def _outcome(self, listener: Callable[[Args], T], args: Args) -> T | NotAnswered:
        def listen() -> T:
            refuse_strangers(args.context.team_id, self.served())
            try:
                return listener(args)
            except PostFailed as failed:  # the one post a listener makes before its ack is a window
                log.warning("%s: Slack answered %s", listener.__qualname__, failed.code)
                raise ImagelaneError(NOT_OPENED) from None

        return refusal.attempt(listener.__qualname__, listen)


def body(message: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}


def in_window(sentence: str, view: View) -> dict[str, Any]:
    """Under the first field, or in place of a window that has none."""
    field = next((block.get("block_id") for block in view.get("blocks") or () if block["type"] == "input"), None)
    if field is not None:
        return {"response_action": "errors", "errors": {field: unmarked(sentence)}}
    title = (view.get("title") or {}).get("text") or "imagelane"
    return {"response_action": "update", "view": modal(title, [paragraph(*prose(sentence))])}
