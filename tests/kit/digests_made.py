"""Digests on a local Slack and a real store: presses that share them as processes would, and a clock to set.

with desk(store) as desk:
    desk.schedule()
    begin_due(desk.poster(), desk.start)
    desk.run()
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot import catalog
from bot.digest.answer import DigestWeeks
from bot.digest.jobs import begin_due
from bot.digest.posting import DigestPoster
from bot.digest.rows import DigestRows
from bot.digest.schedule import Schedule
from bot.jobs import Job
from bot.ledger import holds
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Limits
from bot.ledger.slack_answers import SlackAnswers
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from tests.kit.clock import SetClock
from tests.kit.records import put, record
from tests.kit.wishes import CENT

FACTS = catalog.load()
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
IN_W47, IN_W46 = datetime(2026, 11, 18, 12, tzinfo=UTC), datetime(2026, 11, 11, 12, tzinfo=UTC)
W47 = (TEAM, STUDIO, "2026-W47")
LIMITS = Limits("2026-11", 50 * 10**9, 1000, 1000, 1000, "2026-W48")


@dataclass
class Desk:
    """`now` is what people and machine take for now. `jobs` holds the keys that were started, each once."""

    store: Ledger
    slack: FarEnd
    now: datetime = MONDAY
    jobs: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    slept: list[float] = field(default_factory=list)

    def poster(
        self,
        owner: str = "worker-1",
        alive: Callable[[str], bool] = lambda owner: False,
        reached: Callable[[str], None] = lambda _: None,
    ) -> DigestPoster:
        posts = Posts(self.slack.bot_token, self.slack.base_url, sleep=self.slept.append, seconds=5)
        return DigestPoster(
            weeks=self.weeks(),
            digests=DigestRows(self.store.engine),
            posts=posts,
            readers=Readers(SlackAnswers(self.store.engine), posts, lambda: self.now),
            owner=owner,
            alive=alive,
            clock=SetClock(lambda: self.now),
            names=SlackNames(posts),
            reached=reached,
        )

    def weeks(self) -> DigestWeeks:
        return DigestWeeks(
            self.store, FACTS, lambda team: self.store.read(holds.left, team, LIMITS), ZoneInfo("UTC"), 30
        )

    def schedule(self, channel: str = STUDIO, since: datetime = datetime(2026, 1, 1, tzinfo=UTC), **more: Any) -> None:
        plain = Schedule(TEAM, channel, weekday=0, hour=9, minute=0, zone="UTC", set_by=ANA, set_at=since)
        DigestRows(self.store.engine).set(replace(plain, **more))

    def start(self, job: Job) -> None:
        self.jobs.setdefault(job.id, job.args)

    def run(self, poster: DigestPoster | None = None) -> None:
        """Every job that was not run yet."""
        for key in [key for key in self.jobs if key not in self.done]:
            self.done.add(key)
            (poster or self.poster()).post(*self.jobs[key])

    def sweep(self, poster: DigestPoster | None = None) -> None:
        """One ring of the clock and what it starts."""
        begin_due(poster or self.poster(), self.start)
        self.run(poster)

    def posted(self, channel: str = STUDIO) -> list[PostedMessage]:
        return self.slack.messages(channel)

    def spent(self, *at: datetime, lane: str = "budget", cents: int = 100, **more: Any) -> None:
        """Ten images of a pipeline at each of these moments, eight of them kept."""
        rows = [
            record(
                team_id=TEAM,
                occurred_at=moment,
                lane=lane,
                **({"images": 10, "kept": 8, "rejected": 2, "amount_nanousd": cents * CENT} | more),
            )
            for moment in at
        ]
        put(self.store, *rows)


@contextmanager
def desk(store: Ledger) -> Iterator[Desk]:
    with FarEnd() as slack:
        yield Desk(store, slack)
