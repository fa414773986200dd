"""Databases as an older version left them, for what a migration makes of them.

def test_...(any_older: Older) -> None:
    url = any_older("0007")       # put in what that version would have, then `bot.store.release(url)`
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import URL

from bot import store as stores
from bot.ledger.ledger import Ledger, open_ledger
from bot.store.engine import normal_url, open_engine
from tests.kit import databases

MIGRATIONS = Path(stores.__file__).parent / "migrations"
Older = Callable[[str], str]


def make(url: str, revision: str) -> str:
    """An empty one of that revision."""
    engine = open_engine(normal_url(url), 10, make=True)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    return url


@contextmanager
def opened(url: str) -> Iterator[Ledger]:
    store = open_ledger(url, busy_seconds=10)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Older]:
    """On each database in turn."""
    if request.param == "sqlite":
        yield lambda revision: make(f"sqlite:///{tmp_path / 'older.db'}", revision)
        return
    server: URL = request.getfixturevalue("postgres")
    name = f"imagelane_older_{uuid.uuid4().hex[:12]}"
    url = databases.text_of(databases.create_database(server, name))
    yield lambda revision: make(url, revision)
    databases.drop_database(server, name)
