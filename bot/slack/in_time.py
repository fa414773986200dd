"""An answer that may take longer than Slack waits for an ack: said at once if it is there in time, else afterwards."""

import logging
from collections.abc import Callable
from concurrent.futures import Future

from bot.errors import ImagelaneError
from bot.slack import refusal
from bot.slack.ack import BROKEN, trace
from bot.slack.after_ack import AnswerPlace, tell
from bot.slack.message import Message
from bot.slack.parts import Parts

COMING = "That takes a moment: the answer follows here."

log = logging.getLogger(__name__)


def in_time(parts: Parts, to: AnswerPlace, ask: Callable[[], Message | None]) -> Message | None:
    """Raises what `ask` raises, as long as Slack waits. None says nothing."""
    asked: Future[Message | None] = Future()

    def work() -> None:
        try:
            asked.set_result(ask())
        except Exception as error:  # noqa: BLE001 - raised again by result(), here or in _late
            asked.set_exception(error)

    parts.later(work)
    try:
        return asked.result(parts.patience_seconds)
    except TimeoutError:
        asked.add_done_callback(lambda late: _tell(parts, to, _late(late)))
        return refusal.sentence(COMING)


def _tell(parts: Parts, to: AnswerPlace, said: Message | None) -> None:
    if said is not None:
        tell(parts.posts, to, said)


def _late(asked: "Future[Message | None]") -> Message | None:
    error = asked.exception()
    if error is None:
        return asked.result()
    if isinstance(error, ImagelaneError):
        return refusal.sentence(error.sentence)
    log.error("a late answer broke: %s", trace(error))
    return refusal.sentence(BROKEN)
