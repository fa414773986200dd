"""Several processes of one bot: drained, frozen, killed and replaced while calls are under way."""

import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.ledger import holds
from bot.ledger.pictures import PictureState
from bot.ledger.tables import generations
from bot.store.engine import writing
from tests.kit.books import House, installed
from tests.kit.forked import Running
from tests.kit.waiting import until

pytestmark = pytest.mark.waits

TWENTY = {"IMAGELANE_WORKERS": "20", "IMAGELANE_PER_MODEL": "20"}


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    with installed(database_url, tmp_path) as house:
        yield house


@pytest.fixture
def many(postgres_url: str, tmp_path: Path) -> Iterator[House]:
    """An installation that may have more than one worker."""
    with installed(postgres_url, tmp_path) as house:
        yield house


def stop_with_twenty_calls(house: House, grace: int) -> Running:
    """SIGTERM, and the door is already closed."""
    house.openai.hold()
    process = house.start(**TWENTY, IMAGELANE_DRAIN_SECONDS=str(grace))
    for number in range(20):
        assert house.ask(f"kite {number}").in_time
    house.openai.wait(lambda: house.openai.in_flight == 20, seconds=30)
    process.send_signal(signal.SIGTERM)
    until(lambda: house.slack.command("help").status != 200)
    assert house.ask("too late").status == 0
    return process


def states(house: House) -> set[PictureState]:
    return {line.row.state for line in house.lines()}


def test_R41_calls_that_outlive_the_grace_of_a_drain_are_counted_and_new_work_is_refused(house: House) -> None:
    assert stop_with_twenty_calls(house, grace=2).wait(30) == 0
    assert states(house) == {PictureState.UNCERTAIN}
    assert house.store.read(holds.differences) == []
    house.openai.release()
    house.start()
    house.come_to_rest()
    assert len(house.openai.posts) == len(house.lines()) == 20
    assert all("No answer in time." in house.message(line) for line in house.lines())
    house.check()


def test_R41_calls_answered_within_the_grace_are_all_delivered(house: House) -> None:
    process = stop_with_twenty_calls(house, grace=60)
    house.openai.release()
    assert process.wait(60) == 0
    assert states(house) == {PictureState.DELIVERED}
    assert len(house.openai.posts) == len(house.lines()) == 20
    house.check()


def lapse(house: House) -> None:
    """As after ten minutes in which nobody renewed the lease."""
    line = house.line()
    with writing(house.store.engine) as connection:
        connection.execute(sa.update(generations).values(lease_until=line.row.created_at - timedelta(seconds=1)))


def test_R42_a_frozen_worker_that_wakes_after_its_lease_corrects_the_one_charge_and_the_one_message(
    house: House,
) -> None:
    house.openai.hold()
    worker = house.start("worker")
    house.start("web")
    assert house.ask("a red kite").in_time
    house.openai.wait(lambda: house.openai.in_flight == 1)
    worker.send_signal(signal.SIGSTOP)
    lapse(house)
    house.start("clock")
    until(lambda: states(house) == {PictureState.UNCERTAIN}, seconds=30)
    until(lambda: "No answer in time." in house.message(house.line()))
    assert house.line().kinds == ("assumed",)
    house.openai.release()
    worker.send_signal(signal.SIGCONT)
    house.come_to_rest()
    line = house.line()
    assert (line.row.state, line.kinds) == (PictureState.DELIVERED, ("assumed", "correction"))
    assert len(house.openai.posts) == len(house.messages()) == 1
    house.check()


def test_R42_a_picture_that_came_after_its_call_was_given_up_is_taken_over_from_the_disk(house: House) -> None:
    house.openai.hold()
    worker = house.start("worker", IMAGELANE_FAILPOINT="saved")
    house.start("web")
    assert house.ask("a red kite").in_time
    house.openai.wait(lambda: house.openai.in_flight == 1)
    lapse(house)
    house.start("clock")
    until(lambda: states(house) == {PictureState.UNCERTAIN}, seconds=30)
    house.openai.release()
    house.killed(worker)
    house.start("worker")
    house.come_to_rest()
    line = house.line()
    assert (line.row.state, line.kinds) == (PictureState.DELIVERED, ("assumed", "correction"))
    assert len(house.openai.posts) == len(house.messages()) == 1
    house.check()


def test_R39_a_worker_killed_in_a_call_is_found_by_the_clock_and_the_other_worker_tells_of_it(many: House) -> None:
    many.openai.hold()
    first = many.start("worker")
    many.start("web")
    many.ask("a red kite")
    many.openai.wait(lambda: many.openai.in_flight == 1)
    second = many.start("worker")
    many.kill(first)
    many.start("clock")
    many.come_to_rest()
    assert many.line().row.state is PictureState.UNCERTAIN
    assert "No answer in time." in many.message(many.line())
    assert len(many.openai.posts) == 1
    assert second.poll() is None
    many.check()


def test_two_workers_web_and_clock_draw_each_picture_once(many: House) -> None:
    for role in ("worker", "worker", "web", "clock"):
        many.start(role)
    for number in range(6):
        assert many.ask(f"kite {number}", "budget premium").in_time
    many.come_to_rest()
    assert states(many) == {PictureState.DELIVERED}
    assert len(many.openai.posts) == 12
    assert len(many.messages()) == 6
    many.check()
    for process in many.processes:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(30) for process in many.processes] == [0, 0, 0, 0]
