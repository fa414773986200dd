"""The rows by which processes tell of themselves, and the proof that a change still finds room."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.tables import workers
from bot.ledger.workers import KEPT, Worker, Workers
from bot.store.engine import reading
from tests.kit.wishes import NOW

SECONDS = 10.0


def owners(store: Ledger) -> set[str]:
    with reading(store.engine) as connection:
        return set(connection.scalars(sa.select(workers.c.owner)))


def met_before_inserting(store: Ledger, both: Barrier) -> None:
    """Neither has put its row before the other has looked for one of its name."""

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def wait(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO workers"):
            both.wait(SECONDS)


def test_K9_R108_two_processes_prove_room_at_once(postgres_url: str) -> None:
    """On SQLite one writes after the other."""
    both = Barrier(2)
    with closing(open_ledger(postgres_url, SECONDS)) as one, closing(open_ledger(postgres_url, SECONDS)) as other:
        for store in (one, other):
            met_before_inserting(store, both)
        with ThreadPoolExecutor(2) as pool:
            for proven in [pool.submit(Workers(store.engine).prove) for store in (one, other)]:
                proven.result(SECONDS)
        assert owners(one) == set()


@pytest.mark.parametrize(("ago", "stays"), [(KEPT - timedelta(seconds=1), True), (KEPT, False)])
def test_K9_R108_rows_that_the_dead_left_behind_go_after_an_hour(store: Ledger, ago: timedelta, stays: bool) -> None:
    Workers(store.engine).tell("dead", Worker("there:1", None), NOW - ago)
    Workers(store.engine).tell("alive", Worker("here:1", None), NOW)
    assert owners(store) == ({"alive", "dead"} if stays else {"alive"})
