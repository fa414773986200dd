"""The Slack door as it runs: Bolt behind the guard on uvicorn, a real store, a local Slack; jobs wait to be run.

Only the job engine is left out: what it would be handed is kept in order, and `run` does it.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.schema import Column, MetaData, Table
from sqlalchemy.types import Text

from bot import catalog
from bot.bench import prompt_sets
from bot.entrypoints import http, slack
from bot.entrypoints.slack.lines import CONNECTIONS
from bot.grammar import vocabulary
from bot.jobs import Handler, Job
from bot.ledger import holds, rows, settlement
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Drawing, Generation, Left, Limits, Paid, Wish, Wished
from bot.ledger.slack_answers import SlackAnswers
from bot.ledger.tables import audits
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO, TEAM
from bot.playground.workspace import PostedMessage, View
from bot.pricing import ImageSpec, Size
from bot.samples import jobs as samples_jobs
from bot.samples.blocks import drawing as samples_drawing
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from tests.kit.clock import moment
from tests.kit.standing import StandingFarEnd, served
from tests.kit.waiting import until

UTC_ZONE = ZoneInfo("UTC")
SECRET = "sample-signing-secret"
DAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SPEC = ImageSpec("gpt-image-2.5-flare", "medium", Size(1024, 1024))
JOBS = Table("jobs_of_the_test", MetaData(), Column("id", Text, primary_key=True))


@dataclass(frozen=True)
class AskedJob:
    """Its id is its kind and its key."""

    kind: str
    key: str
    arguments: tuple[Any, ...]


@dataclass
class House:
    """`parts` is what the door was handed; `jobs` what it asked for, each id once."""

    store: Ledger
    far_end: FarEnd
    now: datetime = DAY
    demo: bool = False
    limit_nanousd: int = 50 * 10**9
    per_minute: int = 5
    queue: int = 500
    guests: bool = False
    owners: tuple[str, ...] = ()
    served: str | None = TEAM
    jobs: list[AskedJob] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    later: list[threading.Thread] = field(default_factory=list)
    handlers: dict[str, Callable[..., None]] = field(default_factory=dict)

    def limits(self, _: datetime) -> Limits:
        return Limits("2026-11", self.limit_nanousd, self.per_minute, 30, self.queue, "2026-W47", guests=self.guests)

    def left(self, team_id: str) -> Left:
        return self.store.read(holds.left, team_id, self.limits(self.now))

    def place(self, connection: Connection, drawing: Drawing) -> None:
        self.enqueue(connection, samples_jobs.placed(drawing))

    def show(self, connection: Connection, drawing: Drawing) -> None:
        self.enqueue(connection, samples_jobs.shown(drawing))

    def start(self, job: Job) -> None:
        with self.store.engine.begin() as connection:
            self.enqueue(connection, job)

    def enqueue(self, connection: Connection, job: Job) -> None:
        """The id is unique in the database, as the job engine's are; kept only if the transaction stands."""
        if connection.execute(select(JOBS).where(JOBS.c.id == job.id)).first() is None:
            connection.execute(insert(JOBS).values(id=job.id))
            kind, _, key = job.id.partition(":")
            self.jobs.append(AskedJob(kind, key, job.args))

    def stored_jobs(self) -> list[str]:
        with self.store.engine.begin() as connection:
            return sorted(connection.execute(select(JOBS.c.id)).scalars())

    def do_later(self, task: Callable[[], None]) -> None:
        thread = threading.Thread(target=task)
        self.later.append(thread)
        thread.start()

    def run(self, kind: str) -> int:
        """Do the jobs of that kind, which the door itself answers for; how many there were."""
        due = [job for job in self.jobs if job.kind == kind]
        for job in due:
            self.jobs.remove(job)
            self.handlers[kind](*job.arguments)
        return len(due)

    def wait_for_words(self) -> None:
        for thread in self.later:
            thread.join(10)

    def parts(self) -> slack.Parts:
        facts, posts = catalog.load(), Posts(self.far_end.bot_token, self.far_end.base_url)
        return slack.Parts(
            catalog=facts,
            vocabulary=vocabulary.vocabulary(facts),
            store=self.store,
            posts=posts,
            readers=Readers(SlackAnswers(self.store.engine), posts, lambda: self.now),
            place=self.place,
            show=self.show,
            enqueue=self.enqueue,
            start=self.start,
            later=self.do_later,
            tell_admins=self.told.append,
            admins=(ANA,),
            now=lambda: self.now,
            real=lambda: self.now,
            served=lambda: self.served,
            limits=self.limits,
            zone=UTC_ZONE,
            horizon_days=30,
            demo=self.demo,
            owners=self.owners,
            thresholds=(50, 80, 95),
            prompt_sets=prompt_sets.prompt_sets(),
            patience_seconds=30,  # a busy machine must not change what is answered
        )

    # pictures to press on

    def drawn(self, person: str = ANA, channel: str | None = STUDIO, prompt: str = "a red kite") -> Generation:
        """A picture in its channel, as after a `try`."""
        wish = Wish(
            team_id=TEAM,
            request_key=f"test:{time.monotonic_ns()}",
            person_id=person,
            channel_id=channel,
            thread_ts=None,
            reply_url=None,
            source="slack",
            prompt=prompt,
            images=(Wished("budget", SPEC, 13_170_000, 14_000_000),),
            demo=False,
        )
        drawing, _ = self.store.admit(
            wish, replace(self.limits(self.now), per_minute=1000, per_hour=1000), moment(self.now)
        )
        generation = drawing.generations[0]
        self.store.write(settlement.placed, TEAM, drawing.id, "1.0", self.now)
        self.store.write(settlement.claim, TEAM, generation.id, "test", self.now, self.now)
        self.store.settle(TEAM, generation.id, Paid(13_170_000, None, "medium", "1024x1024", None), moment(self.now))
        return self.store.read(rows.generation, TEAM, generation.id)

    def shown(self, generation: Generation) -> PostedMessage:
        """Its message, as it stands in its channel."""
        drawing = self.store.read(rows.drawing, TEAM, generation.drawing_id)
        said = samples_drawing(drawing, None)
        posts = Posts(self.far_end.bot_token, self.far_end.base_url)
        ts = posts.post(drawing.channel_id or STUDIO, said.text, said.blocks)
        message = self.far_end.message(drawing.channel_id or STUDIO, ts)
        assert message is not None
        return message

    def window(self, person: str = ANA) -> View:
        """The modal this person looks at, once it is open."""
        view = self.far_end.wait(lambda: self.far_end.modal(person))
        assert view is not None
        return view

    def audits(self) -> list[Any]:
        with self.store.engine.begin() as connection:
            return list(connection.execute(select(audits).order_by(audits.c.at)).all())


def by_kind(handlers: tuple[Handler, ...]) -> dict[str, Callable[..., None]]:
    return {each.names[-1]: each.run for each in handlers}


@contextmanager
def house(store: Ledger, **settings: Any) -> Iterator[House]:
    """The door of a fresh store, open to its own local Slack."""
    JOBS.metadata.create_all(store.engine)
    with StandingFarEnd(signing_secret=SECRET) as far_end:
        made = House(store, far_end, **settings)
        door = slack.build(made.parts(), far_end.base_url)
        made.handlers = by_kind(door.jobs)
        app = http.build(slack.receiver(door.app, slack.Guard([SECRET], time.time)), list)
        with served(app) as address:
            far_end.bot_url = address
            yield made
        made.wait_for_words()


def end_lines(lines: slack.Lines, far_end: FarEnd) -> None:
    """The far end first, or slack_sdk waits 3 s for a word from a silent connection; and no line is then on its way,
    since slack_sdk leaves a socket open that was refused halfway."""
    far_end.sockets.wait_connected(CONNECTIONS)
    for handler in lines.handlers:
        handler.client.auto_reconnect_enabled = False
    far_end.sockets.stop()
    until(lambda: not any(handler.client.is_connected() for handler in lines.handlers))
    lines.close()


logging.getLogger("uvicorn").setLevel(logging.WARNING)


@pytest.fixture
def quick_store(sqlite_url: str) -> Iterator[Ledger]:
    """SQLite alone, for what does not depend on the database."""
    opened = open_ledger(sqlite_url, busy_seconds=10)
    yield opened
    opened.close()


@pytest.fixture
def door(quick_store: Ledger) -> Iterator[House]:
    with house(quick_store) as whole:
        yield whole


@pytest.fixture(name="slack")
def far_end_of_door(door: House) -> FarEnd:
    return door.far_end


@pytest.fixture
def either_door(store: Ledger) -> Iterator[House]:
    """The door on each database in turn."""
    with house(store) as whole:
        yield whole
