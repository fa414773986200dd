"""Many at once: every ack in time, no double work, and a full queue that says so."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import StoreBusy
from bot.ledger import holds
from bot.ledger.ledger import open_ledger
from bot.ledger.tables import drawings
from bot.playground.far_end import FarEnd
from bot.playground.signed import Reply
from bot.store.deadline import within
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import Bot, end

BUSY = "Busy: nothing was run or charged. Try again in a minute."


def burst(slack: FarEnd, count: int) -> list[Reply]:
    """`count` people press Enter at the same instant."""
    ready = threading.Barrier(count)

    def one(number: int) -> Reply:
        ready.wait()
        return slack.command(f'try "picture {number}" low')

    with ThreadPoolExecutor(count) as people:
        return list(people.map(one, range(count)))


@pytest.mark.parametrize(
    ("commands", "queue", "seconds"),
    [(60, 20, 30.0), pytest.param(200, 500, 3.0, marks=pytest.mark.soak)],  # Slack's three where nothing runs beside
    ids=["short", "long"],
)
def test_R11_a_burst_is_acked_in_time_and_a_full_queue_says_so(
    database_url: str, tmp_path: Path, commands: int, queue: int, seconds: float
) -> None:
    with FarEnd(seconds=seconds) as slack, FarOpenAI() as openai:
        openai.hold()
        bot = Bot(slack, openai, database_url, tmp_path, IMAGELANE_QUEUE=str(queue), IMAGELANE_DRAIN_SECONDS="0")
        with bot.running() as (process,):
            replies = burst(slack, commands)
            assert [reply for reply in replies if not reply.in_time] == []
            said = Counter("drawing" if "Drawing" in reply.text else reply.text for reply in replies)
            assert set(said) <= {"drawing", BUSY, str(StoreBusy())}
            assert said["drawing"] <= 2 * queue  # what is being drawn waits no longer
            assert commands > queue or not said[BUSY]
            openai.release()
            assert end(process) == 0
    store = open_ledger(database_url, busy_seconds=10)
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(drawings)).scalar_one() == said["drawing"] > 0
    assert store.read(holds.differences) == []
    store.close()
    assert openai.double_billed() == []


def test_R11_who_has_waited_for_an_ack_elsewhere_waits_no_longer_here(database_url: str) -> None:
    patience, at_a_time = 60.0, 10
    store, began = open_ledger(database_url, patience), time.monotonic()
    with ExitStack() as turns, within(0), pytest.raises(StoreBusy):
        list(map(turns.enter_context, [store.transaction() for _ in range(at_a_time)]))
    assert time.monotonic() - began < patience / 2
    store.close()
