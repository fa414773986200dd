"""An answer that may take longer than Slack waits for an ack: said at once if it is there in time, else afterwards."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from bot.slack import refusal
from bot.slack.after_ack import AnswerPlace, Later, tell
from bot.slack.message import Message
from bot.slack.posts import Posts
from bot.slack.refusal import NotAnswered

COMING = "That takes a moment: the answer follows here."


@dataclass(frozen=True)
class InTime:
    """`seconds`: how long an ack waits for an answer before it says that one follows."""

    posts: Posts
    later: Later
    seconds: float

    def answer(self, to: AnswerPlace, ask: Callable[[], Message | None]) -> Message | None:
        """Raises what `ask` raises, as long as Slack waits. None says nothing."""
        coming: Future[Message | None] = Future()

        def work() -> None:
            try:
                coming.set_result(ask())
            except Exception as error:  # noqa: BLE001 - raised again by result(), here or in _tell
                coming.set_exception(error)

        self.later(work)
        try:
            return coming.result(self.seconds)
        except TimeoutError:
            coming.add_done_callback(lambda answer: self._tell(to, answer))
            return refusal.sentence(COMING)

    def _tell(self, to: AnswerPlace, answer: "Future[Message | None]") -> None:
        outcome = refusal.attempt("a late answer", answer.result)
        message = refusal.said(outcome)
        if message is not None:
            tell(self.posts, to, message, beside=isinstance(outcome, NotAnswered))
