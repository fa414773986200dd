"""Fixtures of the whole suite: every test that asks for `database_url` or `store` runs on SQLite and on PostgreSQL."""

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.store import Store, open_store
from tests import databases

pytest_plugins = ["tests.slack_door"]  # its fixtures: door, either_door, slack
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _stay_on_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    """R74: whatever a test feeds in, no connection may leave. Unix sockets have no host."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in LOOPBACK:
        raise AssertionError(f"a test tried to reach {arguments[1][0]}")


sys.addaudithook(_stay_on_this_machine)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "imagelane.db"
    databases.make(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A running server; tests that need one are skipped where there is none."""
    with databases.postgres_server(in_memory=True) as server:
        if server is None:
            pytest.skip(databases.MISSING)
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: URL) -> Iterator[str]:
    name = f"imagelane_template_{os.getpid()}"
    databases.make(databases.text_of(databases.create_database(postgres, name)))
    yield name
    databases.drop_database(postgres, name)


@pytest.fixture
def postgres_url(postgres: URL, postgres_template: str) -> Iterator[str]:
    name = f"imagelane_test_{uuid.uuid4().hex[:12]}"
    yield databases.text_of(databases.create_database(postgres, name, postgres_template))
    databases.drop_database(postgres, name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "imagelane.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database of its own."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url, busy_seconds=10)
    yield opened
    opened.close()
