"""kill -9 at each named point of the way of a digest, or of a post that a model ends, then the same process again:
there, and at most twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.digest.rows import DigestRows
from bot.digest.rows_watch import WatchRows
from bot.digest.schedule import Schedule
from bot.digest.sentences import AGAIN
from bot.playground.people import ANA, STUDIO, TEAM
from tests.kit.books import House, installed
from tests.kit.forked import Running
from tests.kit.records import put, record
from tests.kit.waiting import until
from tests.kit.watches_made import MINI, days_before

pytestmark = pytest.mark.waits


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    with installed(database_url, tmp_path) as house:
        yield house


def rung(house: House) -> None:
    """A digest whose time has just come, and the ring of the clock that finds it."""
    at = Clock().real() - timedelta(minutes=1)
    DigestRows(house.store.engine).set(
        Schedule(TEAM, STUDIO, at.weekday(), at.hour, at.minute, "UTC", ANA, set_at=at - timedelta(days=10))
    )
    house.slack.move_clock(60)


def posted_once_more(house: House, process: Running, before: int) -> None:
    """That process dies on its way; of those after it one posts, and says that it may be a repeat."""
    house.killed(process)
    assert len(house.messages()) == before
    process = house.start()
    until(lambda: len(house.messages()) == before + 1, 60)
    house.come_to_rest()
    house.kill(process)
    house.start()
    house.come_to_rest()
    assert [AGAIN in message.text for message in house.messages()] == [False] * before + [True]


@pytest.mark.parametrize(("point", "before"), [("digest claimed", 0), ("digest posted", 1)])
def test_R54_killed_on_its_way_a_digest_is_posted_once_more_and_says_so(house: House, point: str, before: int) -> None:
    house.bot.environment["IMAGELANE_CLOCK_URL"] = house.slack.clock_url
    process = house.start(IMAGELANE_FAILPOINT=point)
    rung(house)
    posted_once_more(house, process, before)
    (post,) = DigestRows(house.store.engine).newest().values()
    assert (post.state, post.repeats) == ("posted", 1)


@pytest.mark.parametrize(("point", "before"), [("watch claimed", 0), ("watch posted", 1)])
def test_R89_killed_on_its_way_that_a_model_ends_is_posted_once_more_and_says_so(
    house: House, point: str, before: int
) -> None:
    house.bot.environment["IMAGELANE_CLOCK_URL"] = house.slack.clock_url
    put(house.store, record(team_id=TEAM, model=MINI, lane=None, occurred_at=days_before(2)))
    WatchRows(house.store.engine).set(TEAM, STUDIO, ANA, days_before(30))
    process = house.start(IMAGELANE_FAILPOINT=point)
    house.slack.move_clock(int((days_before(1, 10) - Clock().real()).total_seconds()))
    posted_once_more(house, process, before)
    assert all(message.text.startswith(f"{MINI} stops tomorrow") for message in house.messages())
    assert WatchRows(house.store.engine).unposted() == ()
