"""What went wrong, as one sentence to the one person it concerns; and the one place that catches it."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.errors import ImagelaneError, NotServed
from bot.slack.message import Message, message, paragraph, prose, unmarked

BROKEN = "Something broke on our side. Nothing was changed."

T = TypeVar("T")
M = TypeVar("M", bound=Message | None)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NotAnswered:
    """What a person reads instead of an answer. `passing`: the same request may be answered in a while."""

    sentence: str
    passing: bool = True


def attempt(what: str, ask: Callable[[], T]) -> T | NotAnswered:
    """What `ask` returns, or the sentence for what it raises; `what` names it in the log."""
    try:
        return ask()
    except NotServed as error:
        log.warning("%s: refused, it is of another workspace", what)
        return NotAnswered(error.sentence, passing=False)
    except ImagelaneError as error:
        return NotAnswered(error.sentence)
    except Exception as error:  # noqa: BLE001 - on a thread that nobody else reads; Bolt, too, loses the ack of what raises
        log.error("%s broke: %s", what, trace(error))
        return NotAnswered(BROKEN)


def said(outcome: M | NotAnswered) -> M | Message:
    return sentence(outcome.sentence) if isinstance(outcome, NotAnswered) else outcome


def sentence(error_text: str) -> Message:
    """The text of an expected error, its commands as code. What it repeats of a person's words stands there letter by
    letter."""
    return message(unmarked(error_text), [paragraph(*prose(error_text))])


def trace(error: BaseException) -> str:
    """Where it broke, without its words: a database error quotes its parameters, and a prompt is among them."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
