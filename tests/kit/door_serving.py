"""The web door as its own server serves it, in this process or in one of its own."""

import resource
import selectors
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.entrypoints import http
from bot.entrypoints.http.bodies import JSON
from bot.entrypoints.http.server import HEADER_SECONDS, Crowd, Server
from bot.playground.far_end import FarEnd
from bot.playground.signed import Reply
from tests.kit.processes import ROOT, Bot
from tests.kit.waiting import until

HALF = b"POST /slack/events HTTP/1.1\r\nHost: here\r\nX-Half: "
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"


@dataclass(frozen=True)
class Said:
    status: int = 200
    body: str = "{}"
    content_type: str = JSON


@dataclass
class Open:
    """A server at work; `bodies` are those somebody looked at."""

    port: int
    crowd: Crowd
    bodies: list[int] = field(default_factory=list)

    def connect(self, sent: bytes = b"") -> socket.socket:
        return connected(self.port, sent)


def connected(port: int, sent: bytes) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=20)
    with suppress(ConnectionError):  # it may have made room already
        opened.sendall(sent)
    return opened


@contextmanager
def serving(crowd: Crowd, go: threading.Event | None = None, **more: Any) -> Iterator[Open]:
    """Every answer waits for `go`; `more` goes to what the web is built of."""
    made = Open(0, crowd)

    def receive(_: Sequence[tuple[bytes, bytes]], body: bytes) -> Said:
        made.bodies.append(len(body))
        if go is not None:
            go.wait(20)
        return Said()

    server = Server(http.build(receive, list, **more), "127.0.0.1", 0, 1, crowd, idle_seconds=1)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    made.port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def web_process(url: str, folder: Path, slack: FarEnd) -> Iterator[tuple[Bot, int]]:
    """The web process alone with 1,024 files at most, as a container often has; its process id."""
    bot = Bot(slack, None, url, folder)
    with bot.log.open("a") as log:
        command = ["sh", "-c", f"ulimit -n 1024; exec {sys.executable} -m bot web"]
        started = subprocess.Popen(
            command, env={**bot.environment, "PYTHONPATH": str(ROOT)}, cwd=folder, stdout=log, stderr=log
        )

    def ready() -> bool:
        try:
            with urllib.request.urlopen(bot.url + "/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    try:
        until(ready, 60)
        yield bot, started.pid
    finally:
        started.terminate()
        started.wait(30)


@contextmanager
def standing(port: int, count: int) -> Iterator[None]:
    """So many half-open connections; as many are opened anew a second as the deadline alone would end."""
    over = threading.Event()
    crowd = threading.Thread(target=_stand, args=(port, count, over))
    crowd.start()
    try:
        yield
    finally:
        over.set()
        crowd.join()


def _stand(port: int, count: int, over: threading.Event) -> None:
    with selectors.DefaultSelector() as watched:

        def come() -> None:
            opened = connected(port, HALF)
            watched.register(opened, selectors.EVENT_READ, opened)

        for _ in range(count):
            come()
        while not over.wait(0.05):
            for key, _ in watched.select(0)[: int(0.05 * count / HEADER_SECONDS)]:
                watched.unregister(key.fileobj)
                key.data.close()
                come()
        for key in watched.get_map().values():
            key.data.close()


def ten_a_second(slack: FarEnd, seconds: int) -> list[Reply]:
    """Sent on time whether or not those before are answered."""
    began, asked = time.monotonic(), []
    with ThreadPoolExecutor(20) as together:
        for number in range(10 * seconds):
            time.sleep(max(0.0, began + number / 10 - time.monotonic()))
            asked.append(together.submit(slack.command, "estimate 5000 high square"))
        return [each.result() for each in asked]


@pytest.fixture
def many_files() -> Iterator[None]:
    """For the sockets of the test itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 3000:
        pytest.skip("this machine lets a process open fewer than 3,000 files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 3000), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
