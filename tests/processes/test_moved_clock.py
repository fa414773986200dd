"""A real bot beside a playground whose clock is moved: what follows it, what keeps real time, and how it ends."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.ledger.pictures import PictureState
from bot.playground.people import ANA, STUDIO, TEAM
from tests.kit.books import House, Line, installed
from tests.kit.clock import moment
from tests.kit.waiting import until
from tests.kit.wishes import LIMITS, wish

WEEK = timedelta(weeks=1)
BEFORE_ITS_END = datetime(2026, 11, 27, 12, tzinfo=UTC)
MINI = "estimate 50 gpt-image-1-mini"
ENDED = "gpt-image-1-mini was shut down on 2026-12-01"
FOLLOWED = '"the clock was moved to '


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    with installed(sqlite_url, tmp_path) as house:
        house.bot.environment["IMAGELANE_CLOCK_URL"] = house.slack.clock_url
        yield house


def show(house: House, at: datetime) -> None:
    house.slack.move_clock(round((at - Clock().real()).total_seconds()))


def move(house: House, offset: timedelta) -> None:
    """Returns once the one process has followed."""
    before = house.bot.log.read_text().count(FOLLOWED)
    house.slack.move_clock(round(offset.total_seconds()))
    until(lambda: house.bot.log.read_text().count(FOLLOWED) > before)


def left_behind(house: House, prompt: str) -> None:
    """A drawing whose job was lost: only a sweep takes it up."""
    asked = wish(team_id=TEAM, person_id=ANA, channel_id=STUDIO, prompt=prompt, reply_url=None)
    house.store.admit(asked, LIMITS, moment(Clock().real() - timedelta(minutes=20)))


def line_of(house: House, prompt: str) -> Line:
    return next(line for line in house.lines() if line.drawing.prompt == prompt)


def test_an_answer_is_for_the_day_people_see_and_every_signature_holds(house: House) -> None:
    show(house, BEFORE_ITS_END)
    house.start()
    reply = house.slack.command(MINI)
    assert reply.in_time
    assert reply.text.startswith("gpt-image-1-mini shuts down in 4 days;")
    for at, said in (
        (BEFORE_ITS_END + WEEK, "gpt-image-1-mini was shut down on 1 Dec;"),
        (BEFORE_ITS_END, "gpt-image-1-mini shuts down in 4 days;"),
    ):
        move(house, at - Clock().real())
        reply = house.slack.command(MINI)
        assert reply.in_time
        assert f"--on {at.date()}" in str(reply.json)
        assert reply.text.startswith(said)


def test_a_command_of_the_terminal_is_for_the_day_people_see(house: House) -> None:
    show(house, BEFORE_ITS_END + WEEK)
    done = house.bot.run("try", '"a red kite"', "gpt-image-1-mini")
    assert done.returncode == 2
    assert ENDED in done.stderr
    assert house.openai.posts == []


def test_B17_a_question_that_asks_no_books_goes_by_the_same_clock(house: House) -> None:
    show(house, BEFORE_ITS_END + WEEK)
    for words in (("estimate", "5"), ("recommend",), ("models",)):
        assert json.loads(house.bot.run(*words, "--json").stdout)["day"] == "2026-12-04"


def test_B17_the_books_in_a_terminal_are_those_of_the_day_people_see(house: House) -> None:
    show(house, BEFORE_ITS_END + WEEK)
    told = {word: json.loads(house.bot.run(word, "--json").stdout) for word in ("budget", "spend", "digest")}
    assert told["budget"]["lines"][0]["period"] == "2026-12"
    assert told["budget"]["as_of"] == told["spend"]["scope"]["as_of"] == told["digest"]["as_of"][:10] == "2026-12-04"
    assert (told["digest"]["week"], told["digest"]["budget"]["period"]) == ("2026-W48", "2026-12")


def test_a_move_runs_the_sweep_at_once_and_takes_no_call_under_way_for_dead(house: House) -> None:
    left_behind(house, "for the first sweep")
    house.openai.hold()
    house.start()
    house.openai.wait(lambda: house.openai.in_flight == 1, seconds=30)
    house.ask("begun before the move")
    house.openai.wait(lambda: house.openai.in_flight == 2, seconds=30)
    left_behind(house, "for the sweep of the move")
    move(house, WEEK)
    house.openai.wait(lambda: house.openai.in_flight == 3, seconds=30)  # so the leases were looked at before
    assert line_of(house, "begun before the move").row.state is PictureState.CALLING
    house.openai.release()
    house.come_to_rest()
    house.check()
    assert len(house.openai.billed_calls()) == 3
    assert [(line.row.state, line.kinds) for line in house.lines()] == [(PictureState.DELIVERED, ("metered",))] * 3
    drawn_at = line_of(house, "begun before the move").row.drawn_at
    assert drawn_at is not None
    assert drawn_at - Clock().real() > WEEK - timedelta(hours=1)


def test_a_playground_that_ends_leaves_no_process_behind(house: House) -> None:
    processes = [house.start(process) for process in ("web", "worker", "clock")]
    house.slack.stop()
    assert [process.wait(30) for process in processes] == [0, 0, 0]
