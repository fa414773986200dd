"""Processes of the bot that are forked from one which has loaded its libraries: most of a start is loading them.

What runs in one is `bot.entrypoints.cli.main` with words, an environment and a folder of its own, as `python -m bot`
runs it.
"""

import faulthandler
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.context import ForkServerProcess
from pathlib import Path

SERVER = multiprocessing.get_context("forkserver")  # there is one in each test process, so one list of what it loads
SERVER.set_forkserver_preload(["tests.kit.preloaded"])


class Running:
    """One of them, handled like a subprocess.Popen."""

    def __init__(self, process: ForkServerProcess, said: Path | None = None) -> None:
        self._process = process
        self._said = said
        assert process.pid is not None
        self.pid: int = process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, seconds: float | None = None) -> int:
        self._process.join(seconds)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self._process.name, seconds or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def threads(self) -> str:
        """What each thread of it does, of one that says it into a file."""
        before = self._said.stat().st_size if self._said else 0
        self.send_signal(signal.SIGUSR1)
        time.sleep(1)
        return self._said.read_bytes()[before:].decode() if self._said else "nobody knows"


def start(
    words: Sequence[str], environment: Mapping[str, str], folder: Path, out: Path, err: Path, typed: str = ""
) -> Running:
    """What it says is added to these files."""
    return Running(_begun(become, list(words), dict(environment), folder, out, err, typed), err)


def begin(target: Callable[..., None], *arguments: object) -> Running:
    return Running(_begun(target, *arguments))


def _begun(target: Callable[..., None], *arguments: object) -> ForkServerProcess:
    process = SERVER.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


def run(
    words: Sequence[str], environment: Mapping[str, str], folder: Path, seconds: float, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    """A command that ends by itself once this was typed, and all it said."""
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place) / "out", Path(place) / "err"
        process = start(words, environment, folder, out, err, typed)
        try:
            status = process.wait(seconds)
        finally:
            process.kill()
        return subprocess.CompletedProcess(list(words), status, out.read_text(), err.read_text())


def become(words: list[str], environment: dict[str, str], folder: Path, out: Path, err: Path, typed: str) -> None:
    """What a forked process does with these until it ends."""
    speak_into(out, err)
    faulthandler.register(signal.SIGUSR1, file=2)
    sys.stdin = io.StringIO(typed)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["imagelane", *words]
    from bot.entrypoints.cli import main

    sys.exit(main(words))


def speak_into(out: Path, err: Path) -> None:
    for number, path in ((1, out), (2, err)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
