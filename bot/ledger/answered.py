"""Messages that were taken up: each once, by its first delivery that addresses the bot, however often Slack sends it.

Slack sends an edited message again under a new event id, so a message is known by its place: channel and ts.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, func, select, update

from bot.ledger.rows import insert_if_new
from bot.ledger.tables import answered_messages


class MessageDelivery(StrEnum):
    """`AGAIN`: nothing new. `EDITED`: taken up before, with other words."""

    FIRST = "first"
    AGAIN = "again"
    EDITED = "edited"


@dataclass(frozen=True)
class Said:
    """A message of a person. `ts` names it within its channel, in a thread or not."""

    team_id: str
    channel_id: str
    ts: str
    text: str

    @property
    def words_hash(self) -> str:
        """With its place in it: the same words elsewhere have another one."""
        # JSON escapes reach here as they came: half a surrogate pair is no UTF-8.
        whole = "\n".join((self.team_id, self.channel_id, self.ts, self.text))
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


Enqueue = Callable[[Connection, MessageDelivery], None]

GREETING = "greeting"  # stands for a message of that name: what was said once is not said again


def take(
    connection: Connection, message: Said, real: datetime, enqueue: Enqueue, *, heard: bool = True
) -> MessageDelivery:
    """Which delivery this is; `enqueue` is told so inside the transaction that remembers the first one. One that is
    not `heard` leaves no words: nothing is ever said of it."""
    key = {"team_id": message.team_id, "channel_id": message.channel_id, "ts": message.ts}
    words_hash = message.words_hash if heard else None
    new = insert_if_new(connection, answered_messages, {**key, "words_hash": words_hash, "taken_at": real})
    delivery = MessageDelivery.FIRST if new else _later(connection, message)
    enqueue(connection, delivery)
    return delivery


def taken_since(connection: Connection, team_id: str, channel_id: str, since: datetime) -> tuple[int, int]:
    """How many messages of a conversation were heard since then, and how many were not."""
    c = answered_messages.c
    here = (c.team_id == team_id, c.channel_id == channel_id, c.taken_at > since, c.ts != GREETING)
    heard, whole = connection.execute(select(func.count(c.words_hash), func.count()).where(*here)).one()
    return heard, whole - heard


def forget(connection: Connection, team_id: str, channel_id: str, ts: str) -> None:
    """It was not answered after all: the next delivery is the first one again."""
    c = answered_messages.c
    connection.execute(delete(answered_messages).where(c.team_id == team_id, c.channel_id == channel_id, c.ts == ts))


def forget_words(connection: Connection, before: datetime) -> int:
    """The hashes of messages taken up before then; the messages stay known. How many."""
    c = answered_messages.c
    old = update(answered_messages).where(c.taken_at < before, c.words_hash.is_not(None))
    return connection.execute(old.values(words_hash=None)).rowcount


def _later(connection: Connection, message: Said) -> MessageDelivery:
    """Where the words are forgotten nobody can tell whether they changed."""
    c = answered_messages.c
    this = (c.team_id == message.team_id, c.channel_id == message.channel_id, c.ts == message.ts)
    words_hash = connection.execute(select(c.words_hash).where(*this)).scalar()
    return MessageDelivery.AGAIN if words_hash in (None, message.words_hash) else MessageDelivery.EDITED
