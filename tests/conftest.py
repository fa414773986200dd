"""Fixtures of the whole suite: every test that asks for `database_url` or `store` runs on SQLite and on PostgreSQL."""

import functools
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url
from xdist.remote import Producer
from xdist.workermanage import WorkerController

from bot.ledger.ledger import Ledger, open_ledger
from tests.kit import compiling, databases, scheduling

# Their fixtures: door, either_door, slack; any_older; outage, unwritable, wire; many_files; work; asking.
pytest_plugins = [
    "tests.kit.slack_door",
    "tests.kit.older_stores",
    "tests.kit.outages",
    "tests.kit.door_serving",
    "tests.kit.at_work",
    "tests.kit.asking",
]
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _stay_on_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    """R74: whatever a test feeds in, no connection may leave. Unix sockets have no host."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in LOOPBACK:
        raise AssertionError(f"a test tried to reach {arguments[1][0]}")


sys.addaudithook(_stay_on_this_machine)


_kept = ExitStack()  # what the process that hands out the tests holds for all who run them


def pytest_configure_node(node: WorkerController) -> None:
    """One PostgreSQL server for all test processes; each has a database of its own there."""
    node.workerinput["postgres"] = _server_for_all()


@functools.cache
def _server_for_all() -> str | None:
    server = _kept.enter_context(databases.postgres_server(in_memory=True))
    return databases.text_of(server) if server else None


def pytest_configure(config: pytest.Config) -> None:
    """Files of tests lie in memory where there is room: a store syncs every commit, and no test cuts the power."""
    memory = databases.memory()
    if memory and not config.option.basetemp and not hasattr(config, "workerinput"):
        folder = _kept.enter_context(tempfile.TemporaryDirectory(prefix="imagelane-tests-", dir=memory))
        config.option.basetemp = f"{folder}/files"


class Told:
    """Why a test failed, as soon as it did: the rest of the soak may take half an hour."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._terminal.write_line(f"{report.nodeid}\n{report.longreprtext}")


def pytest_sessionstart(session: pytest.Session) -> None:
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.option.markexpr == "soak" and terminal is not None:
        session.config.pluginmanager.register(Told(terminal))


gc.disable()  # until all tests are loaded, which stay: to look through them for garbage takes a fifth of that time


def pytest_collection_finish() -> None:
    """From here on, too, looking through what stays again and again takes a tenth of the tests' time. What is garbage
    by now stays with it: to find it took each process half a second."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    with compiling.once():
        yield


def pytest_unconfigure() -> None:
    _kept.close()


def pytest_xdist_auto_num_workers() -> int:
    return scheduling.workers()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> scheduling.Beside:
    return scheduling.Beside(config, log)


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(request.config, "workerinput") else own


@pytest.fixture(scope="session")
def sqlite_template(shared: Path) -> Path:
    return databases.sqlite_template(shared)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[URL]:
    """A running server; tests that need one are skipped where there is none."""
    for_all = getattr(request.config, "workerinput", {}).get("postgres")
    with nullcontext(make_url(for_all)) if for_all else databases.postgres_server(in_memory=True) as server:
        if server is None:
            pytest.skip(databases.MISSING)
        yield server


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest, postgres: URL, shared: Path) -> Iterator[databases.Migrated]:
    """One database for this test process."""
    run = getattr(request.config, "workerinput", {}).get("testrunuid", os.getpid())
    template = databases.Template(postgres, f"imagelane_template_{run}", shared)
    with databases.migrated(template, f"imagelane_test_{os.getpid()}") as database:
        yield database


@pytest.fixture
def postgres_url(migrated: databases.Migrated) -> str:
    """As `imagelane release` leaves it, whatever the test before did with it."""
    return migrated.emptied()


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
def store(database_url: str) -> Iterator[Ledger]:
    opened = open_ledger(database_url, busy_seconds=10)
    yield opened
    opened.close()
