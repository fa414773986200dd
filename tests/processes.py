"""The bot as real processes: `python -m bot ...` with an environment of its own, beside the local far ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.playground.far_end import FarEnd
from tests.far_openai import FarOpenAI
from tests.waiting import until

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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

    def run(self, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """A command that ends by itself."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=self.environment | settings,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start(self, process: str = "serve", **settings: str) -> "subprocess.Popen[bytes]":
        """Returns once it is ready (web) or said that it started."""
        before = self.log.read_text().count('"started: ') if self.log.exists() else 0
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "bot", process],
                env=self.environment | settings,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

        def ready() -> bool:
            assert started.poll() is None, f"exit {started.returncode}: {self.log.read_text()}"
            if self.log.read_text().count('"started: ') <= before:
                return False
            return process not in ("serve", "web", "run") or self._answers("/readyz")

        until(ready, seconds=30)
        return started

    def _answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    @contextmanager
    def running(self, *processes: str, **settings: str) -> Iterator[Sequence["subprocess.Popen[bytes]"]]:
        started = [self.start(process, **settings) for process in processes or ("serve",)]
        try:
            yield started
        finally:
            for process in started:
                end(process)


def end(process: "subprocess.Popen[bytes]", number: int = signal.SIGTERM, seconds: float = 30) -> int:
    """Its exit status; killed when it does not end in time."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
    return process.returncode
