"""Sends what a listener returns as the ack itself, and explains what it raises. No exception leaves a listener.

There is one wrapper for each kind of request, since Slack takes the answer of each in another way.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_bolt.kwargs_injection.args import Args
from slack_bolt.response import BoltResponse

from bot.errors import ImagelaneError, NotServed
from bot.slack import refusal
from bot.slack.after_ack import pressed_at, tell
from bot.slack.asker import refuse_strangers
from bot.slack.message import Message, View, modal, paragraph
from bot.slack.parts import Parts
from bot.slack.posts import PostFailed

BROKEN = "Something broke on our side. Nothing was changed."
NOT_OPENED = "Slack did not open the window in time. Press again."

T = TypeVar("T")
Says = Callable[[Args], Message | None]
Answers = Callable[[Args], dict[str, Any] | None]
Does = Callable[[Args], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NotAnswered:
    """What a person reads instead of an answer. `passing`: the same request may be answered in a while."""

    sentence: str
    passing: bool = True


def command(parts: Parts, listener: Says) -> Callable[[Args], None]:
    """The answer is the ack, seen by who asked."""

    def answered(args: Args) -> None:
        said = _message(_outcome(parts, listener, args))
        args.ack("" if said is None else body(said))

    return answered


def button(parts: Parts, listener: Says) -> Callable[[Args], None]:
    """The ack of a press shows nothing: what is to be said goes through its response_url, later."""

    def answered(args: Args) -> None:
        said = _message(_outcome(parts, listener, args))
        args.ack()
        if said is not None:
            to = pressed_at(args)
            parts.later(lambda: tell(parts.posts, to, said))

    return answered


def window(parts: Parts, listener: Answers) -> Callable[[Args], None]:
    """A refusal stands in the window itself, which stays open."""

    def answered(args: Args) -> None:
        shown = _outcome(parts, listener, args)
        args.ack((in_window(shown.sentence, args.body["view"]) if isinstance(shown, NotAnswered) else shown) or "")

    return answered


def event(parts: Parts, listener: Does) -> Callable[[Args], BoltResponse]:
    """503 makes Slack send the event again: its work was not stored."""

    def answered(args: Args) -> BoltResponse:
        outcome = _outcome(parts, listener, args)
        return BoltResponse(status=503 if isinstance(outcome, NotAnswered) and outcome.passing else 200)

    return answered


def body(said: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": said.text, "blocks": said.blocks}


def in_window(sentence: str, view: View) -> dict[str, Any]:
    """Under the first field, or in place of a window that has none."""
    field = next((block.get("block_id") for block in view.get("blocks") or () if block["type"] == "input"), None)
    if field is not None:
        return {"response_action": "errors", "errors": {field: sentence}}
    title = (view.get("title") or {}).get("text") or "imagelane"
    return {"response_action": "update", "view": modal(title, [paragraph(sentence)])}


def _message(outcome: Message | NotAnswered | None) -> Message | None:
    return refusal.sentence(outcome.sentence) if isinstance(outcome, NotAnswered) else outcome


def _outcome(parts: Parts, listener: Callable[[Args], T], args: Args) -> T | NotAnswered:
    try:
        refuse_strangers(args.context.team_id, parts.served())
        return listener(args)
    except NotServed as error:
        log.warning("%s: refused, it is of another workspace", listener.__qualname__)
        return NotAnswered(error.sentence, passing=False)
    except ImagelaneError as error:
        return NotAnswered(error.sentence)
    except PostFailed as failed:
        log.warning("%s: Slack answered %s", listener.__qualname__, failed.code)
        return NotAnswered(NOT_OPENED)
    except Exception as error:  # noqa: BLE001 - Bolt loses the ack of a listener that raises
        log.error("%s broke: %s", listener.__qualname__, trace(error))
        return NotAnswered(BROKEN)


def trace(error: BaseException) -> str:
    """Where it broke, without its words: a database error quotes its parameters, and a prompt is among them."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
