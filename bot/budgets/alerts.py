"""Tells people that a budget nears its end, or has room again: once each in its week or month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.budgets import blocks as budget_blocks
from bot.budgets.news import News
from bot.budgets.rows import BudgetRows
from bot.ledger.limits import BudgetStanding
from bot.ledger.pictures import Limits
from bot.slack.message import Message
from bot.slack.names import Names, calling
from bot.slack.post_once import Posted, never, post_once
from bot.slack.posts import Posts
from bot.slack.readers import Readers


@dataclass(frozen=True)
class BudgetAlerts:
    """`percents` rise. What is told is noted first: a crash between the two leaves it unsaid, and never said twice."""

    budgets: BudgetRows
    posts: Posts
    readers: Readers
    names: Names
    percents: Sequence[int]
    limits: Callable[[datetime], Limits]
    tell_admins: Callable[[str], None]
    now: Callable[[], datetime]

    def look(self, team_id: str) -> None:
        """The job `budget.look`, and part of the sweep. Safe in any number of processes."""
        now = self.now()
        limits = self.limits(now)
        for standing, news in self.budgets.tell(team_id, limits, self.percents, now):
            self._tell(team_id, standing, news, limits.raised_by)

    def _tell(self, team_id: str, standing: BudgetStanding, news: News, raised_by: str) -> None:
        """A channel hears of its own budget, unless people of another workspace read there; admins of all others."""
        scope = standing.budget.scope
        inside = scope.kind == "channel" and not self.readers.others(team_id, scope.id)
        message = budget_blocks.alert(standing, news, calling(self.names), raised_by)
        if not (inside and self._posted(scope.id, message)):
            self.tell_admins(message.text)

    def _posted(self, channel_id: str, message: Message) -> bool:
        """What may stand there already is not said twice."""
        outcome = post_once(
            "news of a budget", lambda _again: self.posts.post(channel_id, message.text, message.blocks), never
        )
        return isinstance(outcome, Posted)
