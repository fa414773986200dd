"""A command somebody gave, and where its answer goes."""

from dataclasses import dataclass

from bot.slack.after_ack import AnswerPlace
from bot.slack.asker import Asker


@dataclass(frozen=True)
class SlackRequest:
    """`key` names the click or message it came from: a copy of it is no second work. `replaces`: its answer takes the
    place of the message it was pressed under."""

    who: Asker
    key: str
    thread_ts: str | None = None
    replaces: bool = False

    @property
    def place(self) -> AnswerPlace:
        return AnswerPlace(self.who.reply_url, self.who.channel_id, self.who.person_id, self.thread_ts, self.replaces)
