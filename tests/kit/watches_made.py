"""The retirement watch on a local Slack and a real store, with facts that may change.

with desk(store) as made:
    watch = Watch(made)
    watch.used("gpt-image-1-mini")
    watch.ring()
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.digest.jobs import begin_watch
from bot.digest.posting_watch import WatchPoster
from bot.digest.rows_watch import WatchRows
from bot.digest.watch import ModelMark
from bot.jobs import Job
from bot.playground.people import STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.pricing.facts import Catalog
from tests.kit.digests_made import FACTS, Desk
from tests.kit.records import put, record
from tests.kit.wishes import CENT

MINI, END = "gpt-image-1-mini", date(2026, 12, 1)


def days_before(days: int, hour: int = 9) -> datetime:
    return datetime.combine(END - timedelta(days=days), time(hour), UTC)


@dataclass
class Watch:
    desk: Desk
    facts: Catalog = FACTS
    done: set[str] = field(default_factory=set)

    def poster(self, owner: str = "worker-1", **more: Any) -> WatchPoster:
        plain = WatchPoster.beside(self.desk.poster(owner, **more))
        return replace(plain, books=replace(plain.books, catalog=self.facts))

    def ring(self, poster: WatchPoster | None = None) -> None:
        """One ring of the clock and what it starts; a job of the same id runs once."""
        ringing = poster or self.poster()

        def run(job: Job) -> None:
            if job.id not in self.done:
                self.done.add(job.id)
                ringing.post(*map(str, job.args))

        begin_watch(ringing, run)

    def at(self, days: int, hour: int = 9) -> None:
        """So many days before the end, in the morning, and the clock rings."""
        self.desk.now = days_before(days, hour)
        self.ring()

    def each_hour(self, first: int, last: int, between: Callable[[], None] = lambda: None) -> None:
        """From so many days before the end to so many."""
        self.desk.now = days_before(first, 0)
        while self.desk.now < days_before(last, 23):
            self.ring()
            between()
            self.desk.now += timedelta(hours=1)

    def used(self, model: str = MINI, at: datetime | None = None, **more: Any) -> None:
        """Forty pictures of a pipeline for $1.12."""
        told = {"images": 40, "amount_nanousd": 112 * CENT, "lane": None, "model": model} | more
        put(self.desk.store, record(team_id=TEAM, occurred_at=at or self.desk.now - timedelta(days=1), **told))

    def moved(self, ends_on: date | None, model: str = MINI) -> None:
        """Announced for another day; None: for none."""
        known = FACTS.models[model]
        since = known.deprecation_announced if ends_on else None
        changed = replace(known, shutdown=ends_on, deprecation_announced=since)
        self.facts = replace(self.facts, models={**self.facts.models, model: changed})

    def rows(self) -> WatchRows:
        return WatchRows(self.desk.store.engine)

    def marks(self, model: str = MINI) -> list[ModelMark]:
        return [mark for mark in self.rows().marks(TEAM) if mark.model == model]

    def leads(self, channel: str = STUDIO) -> list[str]:
        return [message.text.split(".")[0] for message in self.posted(channel)]

    def posted(self, channel: str = STUDIO) -> list[PostedMessage]:
        return [one for one in self.desk.posted(channel) if "stop" in one.text]
