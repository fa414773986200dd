"""A store of an older version opens, comes up to this one, and tells the figures it told then."""

import re
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from bot.ledger import holds
from bot.ledger.ledger import open_ledger
from tests.kit import databases, older_books

FILLED = re.compile(r'^INSERT INTO (?:public\.|dbos\.)?"?(\w+)', re.MULTILINE)
REDEFINED = ("per_accepted_usd", "measures")  # of a closed cohort since 0.3
UNDER_WAY = ("before_usd", "against", "change_usd", "change_rate", "movers", "rows")  # a day under way is no mover
OF_THE_ENGINE = {  # whose rows come and go with a process that runs
    *("application_versions", "event_dispatch_kv", "notifications", "operation_outputs", "queues", "streams"),
    *("workflow_events", "workflow_events_history", "workflow_output", "workflow_schedules"),
}


@pytest.fixture(params=older_books.KINDS)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that no later version has opened yet."""
    text = older_books.sql_file(request.param).read_text()
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'older.db'}"
        older_books.load(url, text)
        yield url
        return
    server: URL = request.getfixturevalue("postgres")
    name = f"imagelane_older_books_{uuid.uuid4().hex[:12]}"
    url = databases.text_of(databases.create_database(server, name))
    older_books.load(url, text)
    yield url
    databases.drop_database(server, name)


def test_a_store_of_0_1_0_keeps_every_row_and_tells_every_figure_as_it_did(older: str, tmp_path: Path) -> None:
    told, then = older_books.told(older, tmp_path), older_books.figures()
    for question in older_books.QUESTIONS:
        assert as_then(told[question], then["told"][question]) == then["told"][question], question
    rows = older_books.counted(older)
    assert {table: rows.get(table) for table in then["rows"]} == then["rows"]
    with closing(open_ledger(older, busy_seconds=10)) as store:
        assert store.read(holds.differences) == []


def as_then(now: Any, then: Any, redefined: tuple[str, ...] = REDEFINED) -> Any:
    """What is told now, without what 0.1.0 did not tell yet, and with the figures whose definition changed since."""
    match now, then:
        case dict(), dict():
            assert now.keys() >= then.keys()
            if isinstance(now.get("scope"), dict) and now["scope"].get("so_far"):
                redefined += UNDER_WAY
            return {
                key: value if key in redefined else as_then(now[key], value, redefined) for key, value in then.items()
            }
        case list(), list():
            return [as_then(*pair, redefined) for pair in zip(now, then, strict=True)]
    return now


def test_its_files_hold_a_row_of_every_table_there_was() -> None:
    for kind in older_books.KINDS:
        text = older_books.sql_file(kind).read_text()
        made = set(re.findall(r'^CREATE TABLE (?:public\.|dbos\.)?"?(\w+)', text, re.MULTILINE))
        assert made - set(FILLED.findall(text)) <= OF_THE_ENGINE, kind
        assert len(text) < 300_000
