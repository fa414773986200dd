"""`spend` at this door: the words at once, and by day a chart that follows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.jobs import Start
from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import Message
from bot.slack.request import SlackRequest
from bot.spend import answer as spend_answer
from bot.spend import blocks as spend_blocks
from bot.spend import jobs
from bot.spend.command import Spend


@dataclass(frozen=True)
class SpendAnswers:
    store: Ledger
    now: Callable[[], datetime]
    zone: ZoneInfo
    catalog: Catalog
    start: Start

    def listeners(self) -> Listeners:
        return Listeners(answers={"spend": CommandAnswer(self.answer, self.shared)})

    def answer(self, request: SlackRequest, spend: Spend) -> Message:
        """The chart is for who asked."""
        team_id, to = request.who.team_id, request.place
        message = self.shared(team_id, spend)
        if spend.by == "day" and to.channel_id:
            about = (team_id, to.channel_id, spend.words(), to.person_id, to.thread_ts or "")
            self.start(jobs.show(f"{team_id}:{request.key}", *about))
        return message

    def shared(self, team_id: str, spend: Spend) -> Message:
        """Never remembered: a vote or a picture of this moment is in it."""
        books = spend_answer.Books.of(self.store, team_id, self.zone, self.catalog)
        spending = spend_answer.spend(books, spend, self.now())
        return spend_blocks.spending(spending, replace(spend, on=spending.scope.as_of).words())
