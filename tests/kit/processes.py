"""The bot as real processes, each with an environment of its own, beside the local far ends."""

import fcntl
import functools
import os
import random
import signal
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import BinaryIO

from bot.playground.far_end import FarEnd
from tests.kit import forked
from tests.kit.far_openai import FarOpenAI
from tests.kit.forked import Running
from tests.kit.waiting import until

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """None that the kernel gives to whoever connects, and until this process ends no other test process takes it."""
    for port in islice(_PORTS, 10_000):
        if _is_ours(port) and _is_free(port):
            return port
    raise AssertionError("no free port")


_PORTS = cycle(random.SystemRandom().sample(range(20_000, 30_000), 10_000))


@functools.cache
def _places() -> BinaryIO:
    """A file with a place for each port; whoever locks the place has the port."""
    return (Path(tempfile.gettempdir()) / f"imagelane-test-ports-{os.getuid()}").open("ab")


def _is_ours(port: int) -> bool:
    try:
        fcntl.lockf(_places(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Bot:
    """One installation: its database, its pictures, its far ends. Start as many processes of it as you like."""

    def __init__(
        self, slack: FarEnd, openai: FarOpenAI | None, database_url: str, folder: Path, **settings: str
    ) -> None:
        self.port = free_port()
        self.folder = folder
        self.database_url = database_url
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.base_url,
            "DATABASE_URL": database_url,
            "IMAGELANE_PICTURES": str(folder / "pictures"),
            "IMAGELANE_HOST": "127.0.0.1",
            "PORT": str(self.port),
            "IMAGELANE_PER_MINUTE": "1000",
            "IMAGELANE_PER_HOUR": "10000",
        }
        if openai is not None:
            self.environment |= {"OPENAI_API_KEY": openai.key, "OPENAI_BASE_URL": openai.base_url}
        self.environment |= settings
        slack.bot_url = self.url

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def run(self, *words: str, typed: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
        """A command that ends by itself."""
        return forked.run(words, self.environment | settings, self.folder, seconds=60, typed=typed)

    def start(self, process: str = "serve", **settings: str) -> Running:
        """Returns once it is ready (web) or said that it started."""
        self.log.touch()
        before = self.log.read_text().count('"started: ')
        started = forked.start([process], self.environment | settings, self.folder, out=self.log, err=self.log)

        def ready() -> bool:
            assert started.poll() is None, f"exit {started.returncode}: {self.log.read_text()}"
            if self.log.read_text().count('"started: ') <= before:
                return False
            return process not in ("serve", "web", "run") or self.answers("/readyz")

        until(ready, seconds=120)
        return started

    def answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    @contextmanager
    def running(self, *processes: str, **settings: str) -> Iterator[Sequence[Running]]:
        """Killed at the end; `end` those whose way of ending matters."""
        started = [self.start(process, **settings) for process in processes or ("serve",)]
        try:
            yield started
        finally:
            for process in started:
                end(process, signal.SIGKILL)


def end(process: Running, number: int = signal.SIGTERM, seconds: float = 60) -> int:
    """Its exit status; one that does not end in time is killed and fails the test, which shows what it was doing."""
    process.send_signal(number)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        threads = process.threads()
        process.kill()
        process.wait(10)
        raise AssertionError(f"it did not end in {seconds:.0f} s:\n{threads}") from None
