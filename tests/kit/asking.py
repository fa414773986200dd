"""Somebody asks for more than a budget holds, at the door of a test: Ana draws, Ben set the budget."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from bot.budgets import jobs_requests, posts_requests, rows_requests
from bot.budgets.requests import BudgetRequest
from bot.budgets.rows import BudgetRows
from bot.ledger import workspaces
from bot.ledger.limits import Scope
from bot.ledger.request_tables import budget_requests
from bot.ledger.tables import drawings
from bot.playground.people import ANA, BEN, BOT_USER, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from bot.store.engine import reading
from tests.kit.clock import SetClock
from tests.kit.slack_door import UTC_ZONE, House, by_kind

CHANNEL = Scope("channel", STUDIO)
CENT = 10_000_000
WORDS = 'try "a red kite" budget medium square'


@dataclass
class Asking:
    """`door` with the jobs of asking for more, and the sweep."""

    door: House
    others: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        door = self.door
        posts = Posts(door.far_end.bot_token, door.far_end.base_url, sleep=lambda _seconds: None)
        self.said = posts_requests.RequestPosts(
            door.store, posts, SlackNames(posts), door.limits, lambda: door.now, UTC_ZONE, self.others
        )
        clock = SetClock(lambda: door.now)
        self.duties = jobs_requests.duties(self.said, door.enqueue, door.start, clock)
        door.handlers |= by_kind(self.duties.handlers)

    def limit(self, nanousd: int | None, scope: Scope = CHANNEL, per: str = "week", person: str = BEN) -> None:
        rows = BudgetRows(self.door.store.engine)
        wanted = None if nanousd is None else (nanousd, per)
        rows.change(
            TEAM, scope, wanted, rows.version(TEAM, scope), person, self.door.now, self.door.limits(self.door.now)
        )

    def refused(self, words: str = WORDS, user: str = ANA, channel: str = STUDIO) -> PostedMessage:
        shown = self.door.far_end.command(words, user, channel).shown
        assert shown is not None
        return shown

    def ask(self, words: str = WORDS, user: str = ANA, channel: str = STUDIO) -> PostedMessage:
        """Refused, and asked for; the refusal that was pressed."""
        refused = self.refused(words, user, channel)
        self.door.far_end.press(refused, "budget.ask")
        self.door.wait_for_words()
        return refused

    def ask_all(self) -> None:
        self.door.run("budget.ask")

    def tell_all(self) -> None:
        self.door.run("budget.answered")

    def sweep(self) -> None:
        for part in self.duties.sweep:
            part()

    def direct(self, person: str = BEN) -> list[PostedMessage]:
        """What the bot wrote to that person."""
        slack = self.door.far_end
        return slack.messages(slack.workspace.open_dm(person)[0].id)

    def told(self, person: str = BEN) -> list[str]:
        return [message.text for message in self.direct(person)]

    def answer(self, action: str = "budget.approve", person: str = BEN, about: PostedMessage | None = None) -> None:
        """Presses under the message that asks that person, or under another's."""
        message = about or self.direct(person)[0]
        self.door.far_end.press(message, numbered(message, action), user=person)
        self.door.wait_for_words()

    def requests(self) -> list[BudgetRequest]:
        """Oldest first."""
        with reading(self.door.store.engine) as connection:
            ids = connection.execute(sa.select(budget_requests.c.id).order_by(budget_requests.c.asked_at)).scalars()
            return [rows_requests.request(connection, TEAM, each) for each in list(ids)]

    def request(self) -> BudgetRequest:
        (one,) = self.requests()
        return one

    def drawings(self) -> list[Any]:
        with reading(self.door.store.engine) as connection:
            return list(connection.execute(sa.select(drawings).order_by(drawings.c.created_at)).all())

    def placed(self) -> int:
        return [job.kind for job in self.door.jobs].count("place")

    def heard(self, person: str) -> list[str]:
        """What was said to that person alone."""
        return [said.text for said in self.door.far_end.ephemerals(person)]

    def acts(self) -> list[str]:
        return [json.loads(row.detail)["act"] for row in self.door.audits() if row.what == "budget request"]


def numbered(message: PostedMessage, action: str) -> str:
    """The id it has in its row of buttons."""
    ids = (str(one["action_id"]) for block in message.blocks for one in block.get("elements", ()) if "action_id" in one)
    return next((each for each in ids if each.partition(":")[0] == action), action)


@pytest.fixture
def asking(either_door: House) -> Asking:
    """On each database in turn: #sample-studio has a cent a week, set by Ben."""
    made = Asking(either_door)
    made.limit(CENT)
    return made


def installed(asking: Asking) -> None:
    """As a bot that runs notes it: sweeps go through the teams that have it."""
    asking.door.store.write(workspaces.remember, TEAM, "Sample", BOT_USER, "sample")
