"""Requests for more as jobs: told by whoever has time, ended when their time is over, and told again where a job was
lost."""

from dataclasses import dataclass
from datetime import timedelta

from bot.budgets import rows_requests
from bot.budgets.posts_requests import RequestPosts
from bot.budgets.requests import WAITING, BudgetRequest
from bot.clock import Clock
from bot.jobs import Duties, EnqueueJob, Job, Start, kind
from bot.ledger import workspaces

SLOT_SECONDS = 600  # so long an id that ran in vain stands in nobody's way
ON_ITS_WAY = timedelta(minutes=2)  # its own job says it
OWED = timedelta(days=1)  # whoever could not be told by then is not told any more


@kind("budget.ask")
def ask(team_id: str, request_id: str) -> None:
    """Who is asked hears of it."""


@kind("budget.answered")
def answered(team_id: str, request_id: str) -> None:
    """All whom it concerns hear how it ended."""


def due(request: BudgetRequest, slot: str = "") -> Job:
    """What is to be said of it as it stands."""
    say = ask if request.state == WAITING else answered
    return say(f"{request.team_id}:{request.id}{slot}", request.team_id, request.id)


def telling(enqueue: EnqueueJob) -> rows_requests.Tell:
    return lambda connection, request: enqueue(connection, due(request))


@dataclass(frozen=True)
class RequestSweep:
    posts: RequestPosts
    enqueue: EnqueueJob
    start: Start
    clock: Clock

    def expire(self) -> None:
        """Those whose time is over, in every team; the words that were to be drawn go with it."""
        store, now = self.posts.store, self.clock.now()
        for team_id in store.read(rows_requests.overdue, now):
            store.write(rows_requests.expire, team_id, now, telling(self.enqueue))

    def tell(self) -> None:
        """What is owed still: its job was lost, or Slack was away."""
        store, slot = self.posts.store, f":{int(self.clock.real().timestamp()) // SLOT_SECONDS}"
        now = self.clock.now()
        for team_id in store.read(workspaces.known):
            for one in store.read(rows_requests.open_ends, team_id, now - OWED, now - ON_ITS_WAY):
                self.start(due(one, slot))


def duties(posts: RequestPosts, enqueue: EnqueueJob, start: Start, clock: Clock) -> Duties:
    sweep = RequestSweep(posts, enqueue, start, clock)
    return Duties(handlers=(ask.done_by(posts.ask), answered.done_by(posts.tell)), sweep=(sweep.expire, sweep.tell))
