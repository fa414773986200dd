"""Do people of another workspace read here? Asked by everything that posts amounts, and answered nowhere else.

Amounts are what the team spent, holds, has left or pays by its own price. Slack is asked, so never before an ack.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from bot.ledger.slack_answers import About, SlackAnswers
from bot.slack.failures import CantPost, PostFailed
from bot.slack.message import DIRECT
from bot.slack.posts import Posts

REMEMBERED = timedelta(minutes=10)

log = logging.getLogger(__name__)


class Readership(StrEnum):
    """`OTHERS` where Slack refuses to say, too. `AWAY`: it gave no answer, and may give one later."""

    OURS = "ours"
    OTHERS = "others"
    AWAY = "away"


@dataclass(frozen=True)
class Readers:
    """`real` is this machine's time, by which an answer is forgotten."""

    answers: SlackAnswers
    posts: Posts
    real: Callable[[], datetime]

    def of(self, team_id: str, channel_id: str, person_id: str | None = None) -> Readership:
        """`person_id`: who asked for what is posted. Only that person reads a direct conversation with the bot, of
        which Slack tells nobody more who may not read its history."""
        channel, ask = About(team_id, "channel", channel_id), partial(self._asked, channel_id, person_id)
        try:
            return Readership(self.answers.known(channel, REMEMBERED, self.real, ask))
        except CantPost as refused:  # not remembered: whoever invites the bot now need not wait
            log.info("who reads a channel can't be told: %s", refused.code)
            return Readership.OTHERS
        except PostFailed as failed:
            log.info("who reads a channel was not told: %s", failed.code)
            return Readership.AWAY

    def others(self, team_id: str, channel_id: str | None, person_id: str | None = None) -> bool:
        """For what can't wait: without a plain answer others read here."""
        return channel_id is None or self.of(team_id, channel_id, person_id) is not Readership.OURS

    def forget(self, team_id: str, channel_id: str) -> None:
        """It was shared, or is shared no more."""
        self.answers.forget(About(team_id, "channel", channel_id), self.real())

    def _asked(self, channel_id: str, person_id: str | None) -> Readership:
        if person_id and channel_id.startswith(DIRECT) and self.posts.direct_channel(person_id) == channel_id:
            return Readership.OURS
        return Readership.OTHERS if self.posts.shared_outside(channel_id) else Readership.OURS
