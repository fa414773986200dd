"""The store locked by somebody else: an ack that says so in time, nothing sent, and jobs that wait."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.playground import faults
from tests.kit.books import House, installed

pytestmark = pytest.mark.waits

BUSY = "Storage is busy: nothing was run or charged. Try again in a moment."
LONGER_THAN_AN_ACK = 2.0  # seconds: an ack gives up after one


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    with installed(database_url, tmp_path) as house:
        yield house


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """Nobody else can write (SQLite), or touch the budget rows or change a generation (PostgreSQL)."""
    address = sa.make_url(database_url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "", isolation_level=None, timeout=10)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield
        return
    server = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(server) as connection:
        assert connection.execute("SELECT * FROM budget_periods FOR UPDATE").fetchall()
        connection.execute("LOCK TABLE generations IN EXCLUSIVE MODE")
        yield


def test_R43_a_locked_store_is_said_in_the_ack_and_nothing_is_sent(house: House) -> None:
    house.start()
    house.ask("a first kite")  # the budget's row is there from now on
    house.come_to_rest()
    with locked(house.bot.database_url):
        reply = house.ask("a red kite")
        assert (reply.text, reply.in_time) == (BUSY, True)
        assert reply.seconds < 3
        assert len(house.lines()) == 1
    assert house.ask("a red kite").in_time
    house.come_to_rest()
    assert len(house.openai.posts) == len(house.lines()) == 2
    house.check()


def test_R43_a_job_waits_for_the_lock_and_books_the_answer_then(house: House) -> None:
    house.openai.hold()
    house.start()
    house.ask("a red kite")
    house.openai.wait(lambda: house.openai.in_flight == 1)
    with locked(house.bot.database_url):
        house.openai.release()
        house.openai.wait(lambda: house.openai.in_flight == 0)
        assert house.ask("a green kite").text == BUSY  # it has been locked for longer than an ack waits
        assert house.line().kinds == ()
    house.come_to_rest()
    assert house.line().kinds == ("metered",)
    house.check()


def test_R43_nothing_is_called_for_before_its_claim_is_stored(house: House) -> None:
    house.start()
    house.ask("a first kite")
    house.come_to_rest()
    house.slack.fail("chat.postMessage", faults.Fault(worked=True, seconds=1))
    assert house.ask("a red kite").in_time
    house.slack.wait(lambda: len(house.messages()) == 2)
    with locked(house.bot.database_url):
        threading.Event().wait(LONGER_THAN_AN_ACK)
        assert len(house.openai.posts) == 1
    house.come_to_rest()
    assert len(house.openai.posts) == 2
    house.check()
