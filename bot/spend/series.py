"""The chart that follows an answer by day: drawn as a job from the same answer, for the one who asked."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood
from bot.grammar import CommandTable, Vocabulary
from bot.ledger.ledger import Ledger
from bot.slack.posts import PostFailed, Posts
from bot.spend import answer
from bot.spend import blocks as spend_blocks
from bot.spend.command import SPEND, Spend
from bot.spend.measures import Spending

log = logging.getLogger(__name__)
_OWN = CommandTable({"spend": lambda: SPEND})


@dataclass(frozen=True)
class Series:
    """`zone` is the workspace's: its days are cut there."""

    vocabulary: Vocabulary
    store: Ledger
    posts: Posts
    zone: ZoneInfo
    now: Callable[[], datetime]

    def show(self, team_id: str, channel_id: str, words: str, person_id: str, thread_ts: str) -> None:
        """The job `series.show`. `words` are the question's canonical ones; `thread_ts` "" is the channel itself."""
        told = self._answered(team_id, words)
        if told is None or not told.total.spend_usd:
            return
        from bot.spend import chart as spend_chart

        drawn, title, alt = spend_chart.days(told), spend_blocks.heading(told), spend_blocks.alt(told)
        try:
            file_id = self.posts.upload(drawn.png, f"{told.scope.period}.png", title, alt)
            shown = spend_blocks.chart(told, file_id)
            self.posts.ephemeral_when_ready(channel_id, person_id, shown.text, shown.blocks, thread_ts or None)
        except PostFailed as failed:
            log.warning("the chart of an answer could not be shown: %s", failed.code)

    def _answered(self, team_id: str, words: str) -> Spending | None:
        """None for a question that has no answer: the person has read so already."""
        try:
            asked = _OWN.parse(words, self.vocabulary)
            assert isinstance(asked, Spend)
            return answer.spend(answer.Books.of(self.store, team_id, self.zone), asked, self.now())
        except NotUnderstood:
            return None
