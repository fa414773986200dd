"""kill -9 at each named point of a picture's way, then the same process again: one call, one charge, one message.

All of them on SQLite. On PostgreSQL there is one early and one late point, and the others in `make soak`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ledger.pictures import PictureState
from tests.kit.books import House, installed

pytestmark = pytest.mark.waits

AT_LENGTH = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
)
AFTER_THE_FILE = ("saved", "settled", "uploaded", "shown")
PROMPT = "a red kite"
NO_ANSWER = "No answer in time. Perhaps billed: $0.0137."


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    with installed(database_url, tmp_path) as house:
        yield house


def kill_at(house: House, point: str) -> None:
    """One `try` whose process dies there; then the process again, without the fail point."""
    process = house.start(IMAGELANE_FAILPOINT=point)
    house.ask(PROMPT)
    house.killed(process)
    house.start()
    house.come_to_rest()


def assert_uncertain(house: House, calls: int) -> None:
    line = house.line()
    assert line.row.state is PictureState.UNCERTAIN
    assert NO_ANSWER in house.message(line)
    assert len(house.openai.posts) == calls
    house.check()


def assert_delivered(house: House) -> None:
    line = house.line()
    assert line.row.state is PictureState.DELIVERED
    assert line.kinds == ("metered",)
    assert len(house.openai.posts) == 1
    house.check()


def test_R37_killed_before_the_row_is_stored_nothing_is_kept_and_it_can_be_asked_again(house: House) -> None:
    process = house.start(IMAGELANE_FAILPOINT="unstored")
    reply = house.ask(PROMPT)
    house.killed(process)
    assert reply.status == 0
    house.start()
    house.come_to_rest()
    assert (house.lines(), house.openai.posts, house.messages()) == ([], [], [])
    house.check()
    assert house.slack.again(reply).in_time
    house.come_to_rest()
    assert_delivered(house)


@AT_LENGTH
def test_R37_killed_before_the_ack_the_job_runs_once_after_the_restart(house: House) -> None:
    process = house.start(IMAGELANE_FAILPOINT="unanswered")
    reply = house.ask(PROMPT)
    house.killed(process)
    assert reply.status == 0
    house.start()
    assert house.slack.again(reply).in_time
    house.come_to_rest()
    assert_delivered(house)


@AT_LENGTH
@pytest.mark.parametrize("point", ["posted", "placed"])
def test_R38_killed_before_the_call_it_is_resumed(house: House, point: str) -> None:
    kill_at(house, point)
    assert_delivered(house)
    assert len(house.messages()) == (2 if point == "posted" else 1)


@AT_LENGTH
@pytest.mark.parametrize(("point", "calls"), [("calling", 0), ("answered", 1)])
def test_R39_killed_after_the_claim_it_is_counted_and_not_called_again(house: House, point: str, calls: int) -> None:
    kill_at(house, point)
    assert_uncertain(house, calls)


@AT_LENGTH
def test_R39_killed_in_the_call_it_is_counted_and_not_called_again(house: House) -> None:
    house.openai.hold()
    process = house.start()
    house.ask(PROMPT)
    house.openai.wait(lambda: house.openai.in_flight == 1)
    house.kill(process)
    house.openai.release()
    house.start()
    house.come_to_rest()
    assert_uncertain(house, calls=1)


@pytest.mark.parametrize(
    ("database_url", "point"),
    [
        *(("sqlite", point) for point in AFTER_THE_FILE),
        *(pytest.param("postgresql", point, marks=pytest.mark.soak) for point in AFTER_THE_FILE[:-1]),
        ("postgresql", AFTER_THE_FILE[-1]),
    ],
    indirect=["database_url"],
)
def test_R40_killed_after_the_file_stands_it_is_paid_once_and_delivered_once(house: House, point: str) -> None:
    kill_at(house, point)
    assert_delivered(house)
    assert len(house.messages()) == 1


@AT_LENGTH
def test_R40_killed_between_two_pictures_of_one_command_both_end_in_its_one_message(house: House) -> None:
    process = house.start(IMAGELANE_FAILPOINT="settled")
    house.ask(PROMPT, "budget premium")
    house.killed(process)
    house.start()
    house.come_to_rest()
    assert len(house.lines()) == 2
    assert len(house.messages()) == 1
    house.check()
