"""kill -9 at each named point of a digest's way, then the same process again: there, and at most twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.digest.rows import DigestRows
from bot.digest.schedule import Schedule
from bot.digest.sentences import AGAIN
from bot.playground.people import ANA, STUDIO, TEAM
from tests.kit.books import House, installed
from tests.kit.waiting import until

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


@pytest.mark.parametrize(("point", "before"), [("digest claimed", 0), ("digest posted", 1)])
def test_R54_killed_on_its_way_a_digest_is_posted_once_more_and_says_so(house: House, point: str, before: int) -> None:
    house.bot.environment["IMAGELANE_CLOCK_URL"] = house.slack.clock_url
    process = house.start(IMAGELANE_FAILPOINT=point)
    rung(house)
    house.killed(process)
    assert len(house.messages()) == before
    process = house.start()
    until(lambda: len(house.messages()) == before + 1, 60)
    house.come_to_rest()
    house.kill(process)
    house.start()
    house.come_to_rest()
    assert [AGAIN in message.text for message in house.messages()] == [False] * before + [True]
    (post,) = DigestRows(house.store.engine).newest().values()
    assert (post.state, post.repeats) == ("posted", 1)
