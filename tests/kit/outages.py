"""A database that goes away and comes back, for one test alone: SQLite's file is moved, PostgreSQL's wire is cut.

    def test_...(outage: Outage) -> None:
        store = open_store(outage.url, busy_seconds=1)
        outage.away()                               # nobody reaches it, new connections and old
        outage.back()
        with at(store.engine, "begin", 3, outage.away):     # as soon as the third transaction from now begins
            ...
        outage.gone                                 # whether it has come to that

    def test_...(store: Store, unwritable: Unwritable) -> None:
        unwritable.away()                           # the test's `store` can be read and not written, until `back`

On PostgreSQL, `Wire.lose_commit` also loses the answer to the next COMMIT, which the server then has or has not seen.
"""

import select
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Literal, Protocol

import pytest
import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.ledger.ledger import Ledger

ASKED_FOR_TLS = (80877103, 80877104)
PAUSE_SECONDS = 0.05

Moment = Literal["begin", "commit"]
MOMENTS: tuple[Moment, ...] = ("begin", "commit")


class Outage(Protocol):
    url: str
    gone: bool

    def away(self) -> None: ...
    def back(self) -> None: ...


@contextmanager
def at(engine: Engine, moment: Moment, number: int, act: Callable[[], None]) -> Iterator[None]:
    """Done just before that transaction of the engine begins, or is committed; counted from now, from 1."""
    numbers = count(1)

    def passed(_: Connection) -> None:
        if next(numbers) == number:
            act()

    sa.event.listen(engine, moment, passed, insert=True)
    try:
        yield
    finally:
        sa.event.remove(engine, moment, passed)


class Unwritable:
    """A database that is read and takes no change: a disk that is full, a server that only follows another."""

    def __init__(self, engine: Engine) -> None:
        self.gone = False
        self._sqlite = engine.dialect.name == "sqlite"
        sa.event.listen(engine, "begin", self._begun)
        sa.event.listen(engine, "checkin", self._given_back)

    def away(self) -> None:
        self.gone = True

    def back(self) -> None:
        self.gone = False

    def _begun(self, connection: Connection) -> None:
        if self.gone:
            connection.exec_driver_sql("PRAGMA query_only=1" if self._sqlite else "SET TRANSACTION READ ONLY")

    def _given_back(self, connection: DBAPIConnection | None, _: object) -> None:
        if self._sqlite and connection is not None:
            connection.cursor().execute("PRAGMA query_only=0")


class MovedFile:
    """SQLite: the file has another name for a while."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.gone = False
        self._path = Path(make_url(url).database or "")
        self._elsewhere = self._path.with_name("elsewhere.db")

    def away(self) -> None:
        self.gone = True
        self._path.rename(self._elsewhere)

    def back(self) -> None:
        if self.gone:
            self.gone = False
            self._elsewhere.rename(self._path)


class Wire:
    """PostgreSQL behind a proxy on loopback."""

    def __init__(self, url: str) -> None:
        address = make_url(url)
        self._server = address
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        local = address.set(host="127.0.0.1", port=port, query={})
        self.url = local.render_as_string(hide_password=False)
        self.gone = False
        self.lost = 0  # commits whose answer was lost
        self._losing: list[bool] = []
        self._then_away = False
        self._lines: set[socket.socket] = set()
        self._closed = threading.Event()
        threading.Thread(target=self._accept, name="wire", daemon=True).start()

    def away(self) -> None:
        """Refused and cut."""
        self.gone = True
        for line in list(self._lines):
            _cut(line)

    def back(self) -> None:
        self.gone = False

    def lose_commit(self, *kept: bool, then_away: bool = False) -> None:
        """Of each coming COMMIT the answer is lost: True where the server commits all the same."""
        self._losing.extend(kept)
        self._then_away = then_away

    def close(self) -> None:
        self._closed.set()
        _cut(self._listening)  # or whoever waits for the next line would wait on
        self._listening.close()
        self.away()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                client = self._listening.accept()[0]
            except OSError:
                return
            if self.gone:
                client.close()
                continue
            threading.Thread(target=self._carry, args=(client,), name="wire line", daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        server = _connected(self._server)
        self._lines |= {client, server}
        try:
            _Line(self, client, server).run()
        except OSError:
            pass
        finally:
            self._lines -= {client, server}
            client.close()
            server.close()

    def take_loss(self) -> bool | None:
        """Whether the COMMIT that comes now is to reach the server; None: nothing is lost."""
        if not self._losing:
            return None
        self.lost += 1
        return self._losing.pop(0)

    def unanswered(self) -> None:
        """Nobody hears what became of a COMMIT."""
        if self._then_away:
            self.away()


def _connected(address: URL) -> socket.socket:
    folder = address.query.get("host")
    if folder is None:
        return socket.create_connection((address.host or "127.0.0.1", address.port or 5432))
    line = socket.socket(socket.AF_UNIX)
    line.connect(f"{folder}/.s.PGSQL.5432")
    return line


class _Line:
    """One connection: what the client says is read message by message, what the server says is passed on."""

    def __init__(self, wire: Wire, client: socket.socket, server: socket.socket) -> None:
        self._wire, self._client, self._server = wire, client, server
        self._said = b""
        self._greeted = False
        self._mute = False  # the answer that comes next is lost

    def run(self) -> None:
        while not self._wire.gone:
            ready, _, _ = select.select([self._client, self._server], [], [], PAUSE_SECONDS)
            for side in ready:
                words = side.recv(65536)
                if not words or not self._passed(side, words):
                    return

    def _passed(self, side: socket.socket, words: bytes) -> bool:
        """False where the line ends here."""
        if side is self._server and self._mute:
            self._wire.unanswered()
            return False
        if side is self._server:
            self._client.sendall(words)
            return True
        self._said += words
        while (message := self._message()) is not None:
            if message[:1] == b"Q" and message[5:11] == b"COMMIT":
                kept = self._wire.take_loss()
                if kept is False:
                    self._wire.unanswered()
                    return False
                self._mute = kept is True
            self._server.sendall(message)
        return True

    def _message(self) -> bytes | None:
        """The next whole one: before the greeting is over they have no type."""
        head = 5 if self._greeted else 4
        if len(self._said) < head:
            return None
        size = struct.unpack("!i", self._said[head - 4 : head])[0] + head - 4
        if len(self._said) < size:
            return None
        message, self._said = self._said[:size], self._said[size:]
        if not self._greeted:
            self._greeted = struct.unpack("!i", message[4:8])[0] not in ASKED_FOR_TLS
        return message


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def wired(url: str) -> Iterator[Wire]:
    wire = Wire(url)
    try:
        yield wire
    finally:
        wire.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def outage(request: pytest.FixtureRequest) -> Iterator[Outage]:
    """A fresh, migrated database of its own, behind something that can take it away."""
    if request.param == "sqlite":
        yield MovedFile(request.getfixturevalue("sqlite_url"))
        return
    with wired(request.getfixturevalue("postgres_url")) as wire:
        yield wire


@pytest.fixture
def unwritable(store: Ledger) -> Unwritable:
    return Unwritable(store.engine)


@pytest.fixture
def wire(postgres_url: str) -> Iterator[Wire]:
    with wired(postgres_url) as wire:
        yield wire
