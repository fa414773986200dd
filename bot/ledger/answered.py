"""Messages that were taken up: each once, by its first delivery that addresses the bot, however often Slack sends it.

Slack sends an edited message again under a new event id, so a message is known by its place: channel and ts.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, select, update

from bot.ledger.rows import insert_if_new
from bot.ledger.tables import answered_messages
from bot.store.again import looked_up, repeated
from bot.store.engine import writing


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


class Answered:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @looked_up
    def take(self, said: Said, real: datetime, enqueue: Enqueue) -> MessageDelivery:
        """Which delivery this is; `enqueue` is told so inside the transaction that remembers the first one."""
        key = {"team_id": said.team_id, "channel_id": said.channel_id, "ts": said.ts}
        with writing(self._engine) as connection:
            fresh = {**key, "words_hash": said.words_hash, "taken_at": real}
            new = insert_if_new(connection, answered_messages, fresh)
            delivery = MessageDelivery.FIRST if new else _later(connection, said)
            enqueue(connection, delivery)
        return delivery

    @repeated
    def forget_words(self, before: datetime) -> int:
        """The hashes of messages taken up before then; the messages stay known. How many."""
        c = answered_messages.c
        old = update(answered_messages).where(c.taken_at < before, c.words_hash.is_not(None))
        with writing(self._engine) as connection:
            return connection.execute(old.values(words_hash=None)).rowcount


def _later(connection: Connection, said: Said) -> MessageDelivery:
    """Where the words are forgotten nobody can tell whether they changed."""
    c = answered_messages.c
    this = (c.team_id == said.team_id, c.channel_id == said.channel_id, c.ts == said.ts)
    known = connection.execute(select(c.words_hash).where(*this)).scalar()
    return MessageDelivery.AGAIN if known in (None, said.words_hash) else MessageDelivery.EDITED
