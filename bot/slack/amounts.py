"""Who may read what the team spent: nobody outside its workspace, and figures by person only who asked for them."""

import logging

from bot import grammar
from bot.errors import ImagelaneError
from bot.posts import PostFailed, Posts
from bot.slack.questions import Question

OUTSIDE = (
    "Not shown to all: people of another workspace read here, or I can't tell whether they do. "
    "Ask with `/imagelane spend`: only you see the answer."
)
BY_PERSON = "Figures by person are for the one who asked; they are not shared."

log = logging.getLogger(__name__)


def private(question: Question) -> bool:
    return isinstance(question, grammar.Spend) and question.by == "person"


def refuse_private(question: Question) -> None:
    """A button can be forged: the one that would share these figures is never shown. Raises ImagelaneError."""
    if private(question):
        raise ImagelaneError(BY_PERSON)


def stays_inside(posts: Posts, channel_id: str | None, question: Question) -> bool:
    """False where amounts would be read outside the workspace. Asks Slack, so not before an ack."""
    if not isinstance(question, grammar.Spend):
        return True
    try:
        return channel_id is not None and not posts.shared_outside(channel_id)
    except PostFailed as failed:
        log.info("whether a channel is shared outside can't be told: %s", failed.code)
        return False
