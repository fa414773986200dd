"""What went wrong, as one sentence to the one person it concerns; and the one place that catches it."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.errors import ImagelaneError, NotServed, OverBudget
from bot.ledger.limits import THIS_CHANNEL
from bot.slack.message import Message, channel, message, paragraph, prose, unmarked, words

BROKEN = "Something broke on our side. Nothing was changed."

T = TypeVar("T")
M = TypeVar("M", bound=Message | None)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NotAnswered:
    """What a person reads instead of an answer. `passing`: the same request may be answered in a while. `shown` is the
    sentence as a message, where it is more than words."""

    sentence: str
    passing: bool = True
    shown: Message | None = None


class Offering(ImagelaneError):
    """A refusal with a way on: a button under its sentence."""

    code = "offering"

    def __init__(self, error_text: str, shown: Message) -> None:
        super().__init__(error_text)
        self.shown = shown


def attempt(what: str, ask: Callable[[], T]) -> T | NotAnswered:
    """What `ask` returns, or the sentence for what it raises; `what` names it in the log."""
    try:
        return ask()
    except NotServed as error:
        log.warning("%s: refused, it is of another workspace", what)
        return NotAnswered(error.sentence, passing=False)
    except Offering as error:
        return NotAnswered(error.sentence, shown=error.shown)
    except OverBudget as error:
        return NotAnswered(error.sentence, shown=over_budget(error))
    except ImagelaneError as error:
        return NotAnswered(error.sentence)
    except Exception as error:  # noqa: BLE001 - on a thread that nobody else reads; Bolt, too, loses the ack of what raises
        log.error("%s broke: %s", what, trace(error))
        return NotAnswered(BROKEN)


def said(outcome: M | NotAnswered) -> M | Message:
    if not isinstance(outcome, NotAnswered):
        return outcome
    return outcome.shown or sentence(outcome.sentence)


def sentence(error_text: str) -> Message:
    """The text of an expected error, its commands as code. What it repeats of a person's words stands there letter by
    letter."""
    return message(unmarked(error_text), [paragraph(*prose(error_text))])


def over_budget(error: OverBudget) -> Message:
    """The channel is Slack's own element, which says its name."""
    before, this, after = error.lead.partition(THIS_CHANNEL if error.channel_id else "\0")
    its_name = [channel(error.channel_id)] if this and error.channel_id else []
    lead = [words(before, bold=True), *its_name, *([words(after, bold=True)] if after else [])]
    return message(error.sentence, [paragraph(*lead), *([paragraph(error.rest)] if error.rest else [])])


def trace(error: BaseException) -> str:
    """Where it broke, without its words: a database error quotes its parameters, and a prompt is among them."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
