"""`spend` at this door: the words at once, and by day a chart that follows; the rest in a window."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.jobs import Start
from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import PERSON, Message, View
from bot.slack.names import Names
from bot.slack.request import SlackRequest
from bot.spend import answer as spend_answer
from bot.spend import blocks as spend_blocks
from bot.spend import jobs
from bot.spend.command import Spend
from bot.spend.measures import Spending

NAMED = 20  # people whose names are asked for: Slack is asked for each


@dataclass(frozen=True)
class SpendAnswers:
    store: Ledger
    now: Callable[[], datetime]
    zone: ZoneInfo
    catalog: Catalog
    names: Names
    start: Start

    def listeners(self) -> Listeners:
        return Listeners(answers={"spend": CommandAnswer(self.answer, self.shared, details=self.details)})

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
        spending = self._spending(team_id, spend)
        return spend_blocks.spending(spending, replace(spend, on=spending.scope.as_of), self._called(spending))

    def details(self, team_id: str, spend: Spend) -> View:
        spending = self._spending(team_id, spend)
        return spend_blocks.details(spending, self._called(spending, rows=0))

    def _spending(self, team_id: str, spend: Spend) -> Spending:
        books = spend_answer.Books.of(self.store, team_id, self.zone, self.catalog)
        return spend_answer.spend(books, spend, self.now())

    def _called(self, spending: Spending, rows: int = NAMED) -> dict[str, str]:
        """The names that stand in sentences; in a table and a window Slack's own elements say them."""
        only, by_person = spending.scope.only, spending.scope.by == "person"
        people = [row.name for row in spending.rows[:rows] if by_person and row.name and PERSON.fullmatch(row.name)]
        people += [only.person_id] if only.person_id else []
        channels = {only.channel_id: self.names.channel(only.channel_id)} if only.channel_id else {}
        return channels | {one: self.names.person(one) for one in people}
