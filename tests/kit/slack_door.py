"""The Slack door as it runs: Bolt behind the guard on uvicorn, a real store, a local Slack; jobs wait to be run.

Only the job engine is left out: what it would be handed is kept in order, and `run` does it.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, insert, select
from sqlalchemy.schema import Column, MetaData, Table
from sqlalchemy.types import Text

from bot import wiring
from bot.entrypoints import http, slack
from bot.entrypoints.slack import door as slack_door
from bot.entrypoints.slack.lines import CONNECTIONS
from bot.jobs import Handler, Job
from bot.jobs.enqueuer import Enqueuer
from bot.ledger import holds, rows, settlement, votes
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Generation, Left, Limits, Paid, Wish, Wished
from bot.ledger.tables import audits
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO, TEAM
from bot.playground.workspace import PostedMessage, View
from bot.pricing import ImageSpec, Size
from bot.samples.blocks import Beside
from bot.samples.blocks import drawing as samples_drawing
from bot.settings import Settings
from bot.slack.posts import Posts
from tests.kit.clock import SetClock, moment
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
    """`house` is what the door was handed; `jobs` what it asked for, each id once."""

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

    def house(self) -> wiring.House:
        settings = Settings.model_construct(
            slack_api_url=self.far_end.base_url,
            slack_bot_token=SecretStr(self.far_end.bot_token),
            imagelane_admins=(ANA,),
            imagelane_budget_owners=self.owners,
            imagelane_guests=self.guests,
            openai_api_key=None if self.demo else SecretStr("sk-sample"),
        )
        url = self.store.engine.url.render_as_string(hide_password=False)
        standard = wiring.build(settings, url, SetClock(lambda: self.now))
        given = {each.name: getattr(standard, each.name) for each in fields(standard)}
        queue = Queue(self)
        return HouseOfTests(**{**given, "store": self.store, "quick": self.store, "enqueuer": queue}, door=self)

    def door(self, later: Callable[[Callable[[], None]], None] | None = None) -> slack_door.Door:
        """A busy machine must not change what is answered, so an answer has 30 s to be there in time."""
        return slack_door.build(self.house(), later or self.do_later, lambda: self.served, 30)

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
        said = samples_drawing(drawing, Beside({}, self.store.read(votes.of_drawing, drawing)))
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


class Queue(Enqueuer):
    """The job engine left out."""

    def __init__(self, door: House) -> None:
        self._door = door

    def enqueue(self, connection: Connection, job: Job) -> None:
        self._door.enqueue(connection, job)


@dataclass(frozen=True, kw_only=True)
class HouseOfTests(wiring.House):
    """Its limits may change while it stands, and what admins hear is kept."""

    door: House

    def limits(self, at: datetime) -> Limits:
        return self.door.limits(at)

    def tell_admins(self, sentence: str, paused: str | None = None) -> None:
        self.door.told.append(sentence)


def by_kind(handlers: tuple[Handler, ...]) -> dict[str, Callable[..., None]]:
    return {each.names[-1]: each.run for each in handlers}


@contextmanager
def house(store: Ledger, **settings: Any) -> Iterator[House]:
    """The door of a fresh store, open to its own local Slack."""
    JOBS.metadata.create_all(store.engine)
    with StandingFarEnd(signing_secret=SECRET) as far_end:
        made = House(store, far_end, **settings)
        door = made.door()
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
