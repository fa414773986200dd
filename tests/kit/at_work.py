"""One studio at work in the test's own process: real store, pictures, provider and posts between the two far ends.

    with at_work(store, tmp_path) as work:
        drawing = work.ask("a red kite")        # admitted, and nothing more
        work.run()                              # the jobs that were enqueued, in order, here and now
        work.message(drawing), work.booked(), work.charges(), work.openai.posts

Time stands still until `work.pass_time`, and people's clock is `work.moved` ahead of it; what would be slept is written
down in `work.slept` (Slack) and `work.waited` (the image service).
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot import catalog, providers
from bot.image_files import ImageFiles
from bot.ledger import holds, questions
from bot.ledger import rows as ledger_rows
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, Generation, Left, Limits, PictureState, Wish, Wished
from bot.ledger.slack_answers import SlackAnswers
from bot.ledger.tables import charges
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.providers.openai import OpenAIProvider
from bot.providers.patience import patient
from bot.samples import priced_images
from bot.samples.beside import gather
from bot.samples.command import Try
from bot.samples.delivery import SlackDelivery
from bot.samples.jobs import draw_and_deliver, take_up_all
from bot.samples.publisher import Publisher
from bot.samples.studio import Studio
from bot.slack.failures import PostFailed
from bot.slack.guests import Guests
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from bot.store.engine import reading
from tests.kit.clock import SetClock, moment
from tests.kit.far_openai import FarOpenAI
from tests.kit.standing import StandingFarEnd
from tests.kit.wishes import LIMITS, NOW

KEY = "sk-canary-0123456789"
DOLLAR = 1_000_000_000
HUNDRED = replace(LIMITS, limit_nanousd=100 * DOLLAR)
Job = Callable[[], None]

log = logging.getLogger(__name__)


@dataclass
class AtWork:
    """`told` is what admins heard, with the pause it was about. `seconds`: how long the provider waits."""

    store: Ledger
    slack: FarEnd
    openai: FarOpenAI
    pictures: ImageFiles
    now: datetime = NOW
    moved: timedelta = timedelta()
    jobs: deque[Job] = field(default_factory=deque)
    failures: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    told: list[tuple[str, str | None]] = field(default_factory=list)
    limits: Limits = HUNDRED
    count: int = 0
    seconds: float = 5.0
    slack_seconds: int = 5
    base_url: str | None = None  # of the image service, when it is not the far end's
    heartbeat_seconds: float = 60.0

    def __post_init__(self) -> None:
        posts = Posts(self.slack.bot_token, self.slack.base_url, sleep=self.slept.append, seconds=self.slack_seconds)
        self.readers = Readers(SlackAnswers(self.store.engine), posts, lambda: self.now)
        self.guests = Guests(SlackAnswers(self.store.engine), posts, lambda: self.now, self.limits.guests)
        beside = partial(gather, self.store, SlackNames(posts), lambda: self.limits)
        self.delivery = SlackDelivery(posts, beside, self.pictures.read, self.readers, self.guests)
        clock = SetClock(lambda: self.now + self.moved, lambda: self.now)
        self.studio = Studio(
            store=self.store,
            catalog=catalog.load(),
            provider=self.provider(),
            pictures=self.pictures,
            tell_admins=lambda sentence, paused: self.told.append((sentence, paused)),
            hash_person=partial(providers.person_hash, b"sample"),
            owner="worker-1",
            alive=lambda owner: False,
            clock=clock,
            heartbeat_seconds=self.heartbeat_seconds,
        )
        self.publisher = Publisher(self.store, self.pictures, self.delivery, self.begin, clock)

    def provider(self) -> providers.Provider:
        real = OpenAIProvider(self.openai.key, self.base_url or self.openai.base_url, timeout=self.seconds)
        return patient(real, self.waited.append)

    def left(self, team_id: str) -> Left:
        return self.store.read(holds.left, team_id, self.limits)

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)

    # asking

    def ask(
        self, prompt: str = "a red kite", *choices: str, images: tuple[Wished, ...] = (), **changes: Any
    ) -> Drawing:
        """Admit one `try` in STUDIO; its place job waits for `run`. Raises as an ack would."""
        self.count += 1
        asked = Try(prompt, choices, None, None)
        wish = Wish(
            team_id=TEAM,
            request_key=f"click-{self.count}",
            person_id=ANA,
            channel_id=STUDIO,
            thread_ts=None,
            reply_url=None,
            source="slack",
            prompt=prompt,
            images=images or priced_images.wished(asked, catalog.load(), date(2026, 11, 22)),
            demo=False,
        )
        now = self.now + self.moved
        return self.store.admit(replace(wish, **changes), self.limits, moment(now, self.now), self._placing)[0]

    def reply_url(self) -> str:
        return self.slack.desk.new_reply_url("commands", STUDIO, ANA)

    def placed(self, prompt: str = "a red kite", *choices: str, **changes: Any) -> Drawing:
        """Asked, and its placeholder stands; the draw jobs wait."""
        drawing = self.ask(prompt, *choices, **changes)
        self.jobs.pop()()
        return self.drawing(drawing)

    def drawn(self, prompt: str = "a red kite", *choices: str, **changes: Any) -> Drawing:
        drawing = self.ask(prompt, *choices, **changes)
        self.run()
        return self.drawing(drawing)

    # jobs

    def _placing(self, _: Connection, drawing: Drawing) -> None:
        self.jobs.append(partial(self.publisher.place, drawing.team_id, drawing.id))

    def begin(self, _: Connection, drawing: Drawing) -> None:
        self.jobs.extend(
            partial(draw_and_deliver, self.studio, self.publisher, drawing.team_id, one.id)
            for one in drawing.generations
        )

    def run(self) -> None:
        """All jobs, as the engine does: one that fails is written down and not run again."""
        while self.jobs:
            job = self.jobs.popleft()
            try:
                job()
            except PostFailed as failed:
                log.exception("job failed")
                self.failures.append(failed.code)

    def draw(self, generation: Generation) -> None:
        """The draw job once more, as a sweep or a restart begins it."""
        self.jobs.append(partial(draw_and_deliver, self.studio, self.publisher, generation.team_id, generation.id))
        self.run()

    def draw_now(self, team_id: str, generation_id: str) -> None:
        draw_and_deliver(self.studio, self.publisher, team_id, generation_id)

    def sweep(self) -> None:
        """What calls came to whose lease ended."""
        take_up_all(self.studio, self.publisher)

    # what came of it

    def drawing(self, drawing: Drawing) -> Drawing:
        return self.store.read(ledger_rows.drawing, drawing.team_id, drawing.id)

    def charges(self) -> list[tuple[str, int, str | None]]:
        """Kind, nano-dollars and rates of every charge, oldest first."""
        with reading(self.store.engine) as connection:
            rows = connection.execute(sa.select(charges.c.kind, charges.c.amount_nanousd, charges.c.rates))
            return [(row.kind, row.amount_nanousd, row.rates) for row in rows.all()]

    def booked(self) -> tuple[int, int]:
        """What the budget holds as spent and as reserved; the books must agree with it."""
        assert self.store.read(holds.differences) == []
        left = self.left(TEAM)
        return left.spent_nanousd, left.reserved_nanousd

    def lease(self, drawing: Drawing) -> datetime:
        ends = self.drawing(drawing).generations[0].lease_until
        assert ends is not None
        return ends

    def message(self, drawing: Drawing) -> PostedMessage:
        """The one message of a drawing, as it stands."""
        found = self.slack.message(drawing.channel_id or "", self.drawing(drawing).message_ts or "")
        assert found is not None
        return found

    def said(self, drawing: Drawing) -> str:
        return str(self.message(drawing).blocks)

    def showing(self, channel: str | None = None) -> list[PostedMessage]:
        """Messages of the bot that show a picture, in a block or as a file."""
        return [each for each in self.slack.messages(channel) if each.files or pictured(each)]

    def ended(self, drawing: Drawing) -> tuple[PictureState, int, int, bool]:
        """State, nano-dollars booked (row, ledger and budget agree), POSTs, and whether it counts as a picture."""
        row = self.drawing(drawing).generations[0]
        assert row.charged_nanousd == sum(amount for _, amount, _ in self.charges())
        assert self.booked() == (row.charged_nanousd, 0)
        (kept,) = self.store.read(questions.keep_counts, TEAM, drawing.created_at)
        assert kept.spent_nanousd == row.charged_nanousd
        return row.state, row.charged_nanousd, len(self.openai.posts), kept.images == 1

    def uploads(self) -> list[str]:
        return [call.method for call in self.slack.calls_of() if "file" in call.method or call.method == "upload"]

    def slack_heard(self) -> str:
        return str([call.payload for call in self.slack.calls_of()])


def counted(drawing: Drawing) -> int:
    """What is booked when the bill is not known: all that was reserved."""
    return drawing.generations[0].reserved_nanousd


def pictured(message: PostedMessage) -> list[str]:
    return [str(block["slack_file"]["id"]) for block in message.blocks if block["type"] == "image"]


def nano(usd: str) -> int:
    return int(Decimal(usd) * DOLLAR)


@contextmanager
def at_work(store: Ledger, folder: Path, **more: Any) -> Iterator[AtWork]:
    with StandingFarEnd() as slack, FarOpenAI(KEY) as openai:
        yield AtWork(store, slack, openai, ImageFiles(folder / "pictures"), **more)


@pytest.fixture
def work(store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    """On each database, with time for both far ends; what the studio would wait for is noted in `slept`."""
    with at_work(store, tmp_path, seconds=60.0, slack_seconds=60) as work:
        work.studio = replace(work.studio, sleep=work.slept.append)
        yield work
