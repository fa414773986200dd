"""The migration that gives usage records revisions: every figure stays, and a killed one has done nothing."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import store
from tests.kit import before_revisions, databases

ROWS, KILLS = 20_000, 5
RELEASE = "import sys; from bot import store; store.release(sys.argv[1])"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.URL]:
    if request.param == "sqlite":
        yield sa.URL.create("sqlite", database=str(tmp_path / "records.db"))
        return
    server: sa.URL = request.getfixturevalue("postgres")
    url = databases.create_database(server, f"imagelane_revisions_{uuid.uuid4().hex[:12]}")
    yield url
    databases.drop_database(server, url.database or "")


def test_R47_a_release_killed_while_it_moves_the_records_is_done_by_the_next(empty: sa.URL) -> None:
    address = databases.text_of(empty)
    before_revisions.make(empty, ROWS)
    killed = 0
    for number in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", RELEASE, address], env=os.environ)
        time.sleep(0.4 + 0.15 * number)  # somewhere in its work, later each time
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert killed > 0
    store.release(address)
    store.check(address)
    assert before_revisions.sums(empty) == before_revisions.expected(ROWS)
