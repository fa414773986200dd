"""What the people who look after imagelane are told by direct message."""

import logging
from collections.abc import Sequence

from bot.slack.failures import PostFailed
from bot.slack.message import Message, actions, button, message, paragraph, prose, unmarked
from bot.slack.posts import Posts

log = logging.getLogger(__name__)

# By reason; each is also what a person reads whose wish is refused meanwhile.
PAUSED = {
    "no_money": (
        "The image service says our account has no money left or is at its limit. "
        "Paid pictures are paused for 10 minutes at a time. Nothing was charged."
    ),
    "rejected": (
        "The image service rejected our key, or the model {model} for it. "
        "Pictures with that model are paused for 10 minutes at a time. Nothing was charged."
    ),
}

NOT_STORED = (
    "Storage {why}: nothing new is run or charged until that is mended. Work that waits goes on by itself then; "
    "a database file that is gone or replaced needs a restart, too."
)
STORED = "Storage works again."


def alert(sentence: str, paused: str | None = None) -> Message:
    """`paused` is the scope of a pause this is about: a button lifts it."""
    blocks = [paragraph(*prose(sentence))]
    if paused is not None:
        blocks.append(actions(button("Try again", "pause.lift", paused)))
    return message(unmarked(sentence), blocks)


def tell(posts: Posts, people: Sequence[str], sentence: str, paused: str | None = None) -> None:
    """By direct message to each of them, and to the log. `paused`: the pause they may lift."""
    log.warning("admins told: %s", sentence)
    words = alert(sentence, paused)
    for person in people:
        try:
            posts.post(posts.direct_channel(person), words.text, words.blocks)
        except PostFailed as failed:
            log.warning("an admin could not be told: %s", failed.code)
