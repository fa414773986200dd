"""The chart that follows an answer by day: drawn from the same question, for the one who asked."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood
from bot.grammar import CommandTable
from bot.grammar.vocabulary import vocabulary
from bot.jobs import Duties, kind
from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog
from bot.slack.failures import PostFailed
from bot.slack.posts import Posts
from bot.spend import answer, blocks, chart, sentences
from bot.spend.command import SPEND, Spend
from bot.spend.measures import Spending

log = logging.getLogger(__name__)
_OWN = CommandTable({"spend": lambda: SPEND})


@kind("series.show", was="series")
def show(team_id: str, channel_id: str, words: str, person_id: str, thread_ts: str) -> None:
    """To who asked; `words` are the question's canonical ones, `thread_ts` "" is the channel itself."""


@dataclass(frozen=True)
class SpendCharts:
    """`zone` is the workspace's: its days are cut there."""

    catalog: Catalog
    store: Ledger
    posts: Posts
    zone: ZoneInfo
    now: Callable[[], datetime]

    def show(self, team_id: str, channel_id: str, words: str, person_id: str, thread_ts: str) -> None:
        spending = self._answer(team_id, words)
        if spending is None or not spending.total.spend_usd:
            return
        png, alt = chart.days(spending).png, sentences.days_in_words(spending)
        try:
            file_id = self.posts.upload(png, f"{spending.scope.period}.png", "Spend a day", alt)
            message = blocks.chart(spending, file_id)
            self.posts.ephemeral_when_ready(channel_id, person_id, message.text, message.blocks, thread_ts or None)
        except PostFailed as failed:
            log.warning("the chart of an answer could not be shown: %s", failed.code)

    def _answer(self, team_id: str, words: str) -> Spending | None:
        """None for a question that has no answer: the person has read so already."""
        try:
            question = _OWN.parse(words, vocabulary(self.catalog))
            assert isinstance(question, Spend)
            books = answer.Books.of(self.store, team_id, self.zone, self.catalog)
            return answer.spend(books, question, self.now())
        except NotUnderstood:
            return None


def duties(charts: SpendCharts) -> Duties:
    return Duties(handlers=(show.done_by(charts.show),))
