"""The bot as its container runs it: user 10001 without rights, a tree it can't write, the files' own environment.

Not a container: the file system around it is this machine's, and the interpreter may lie where only root can read, so
that one right is left to it (CAP_DAC_READ_SEARCH). What it may write is told by the owners of files alone.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.playground.far_end import FarEnd
from tests.kit.deployed import ROOT, dockerfile, example
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import free_port
from tests.kit.waiting import until

USER = 10001
RIGHT = "-all,+dac_read_search"
BECOME = ["--reuid", str(USER), "--regid", str(USER), "--clear-groups", "--no-new-privs"]
ONE_RIGHT = ["--inh-caps", RIGHT, "--ambient-caps", RIGHT, "--bounding-set", RIGHT]


def missing() -> str | None:
    """Why it can't be tried here."""
    if os.geteuid() != 0:
        return "only root can become user 10001"
    return None if shutil.which("setpriv") else "no setpriv (util-linux) on this machine"


needs_root = pytest.mark.skipif(missing() is not None, reason=str(missing()))


def build(tree: Path) -> None:
    """What the Dockerfile copies and compiles, read-only."""
    for word, rest in dockerfile().final:
        if word == "COPY" and not rest.startswith("--from"):
            shutil.copytree(ROOT / rest.split()[0], tree / rest.split()[1], ignore=_not_copied)
        if word == "RUN" and rest.startswith("["):
            subprocess.run([sys.executable, *_python(json.loads(rest))], cwd=tree, check=True)
    for path in [tree, *tree.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


@dataclass
class Image:
    """A tree that was built, and the places of a container that can be written."""

    tree: Path
    folder: Path
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        for place in (self.data, self.memory):
            place.mkdir()
            os.chown(place, USER, USER)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def memory(self) -> Path:
        return self.folder / "tmp"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def here(self, environment: Mapping[str, str], **settings: str) -> dict[str, str]:
        """With the container's places and port as they are called on this machine, and on its loopback."""
        own = {name: self._here(value) for name, value in environment.items()}
        reached = {"PORT": str(self.port), "IMAGELANE_HOST": "127.0.0.1", "PATH": os.environ["PATH"]}
        return own | reached | {"TMPDIR": str(self.memory)} | settings

    def _here(self, value: str) -> str:
        places = {"/var/lib/imagelane": self.data, "/data": self.data, "/var/cache/imagelane": self.memory}
        places["/tmp"] = self.memory
        return re.sub(rf"({'|'.join(places)})(?=/|$)", lambda found: str(places[found[1]]), value)

    def run(self, environment: Mapping[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
        """`python` with these words, until it ends."""
        return subprocess.run(
            _as_nobody(words), cwd=self.tree, env=environment, capture_output=True, text=True, timeout=600
        )

    def imagelane(self, environment: Mapping[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
        return self.run(environment, *_python(dockerfile().command("ENTRYPOINT")), *words)

    @contextmanager
    def running(self, environment: Mapping[str, str], *processes: str) -> Iterator[Sequence["subprocess.Popen[bytes]"]]:
        """All of them at once, ready; whoever still runs at the end is killed."""
        words = _python(dockerfile().command("ENTRYPOINT"))
        with (self.folder / "log").open("ab") as log:
            started = [
                subprocess.Popen(_as_nobody([*words, name]), cwd=self.tree, env=environment, stdout=log, stderr=log)
                for name in processes
            ]
        try:
            until(lambda: self._started(started), seconds=600, every=0.1)
            until(lambda: self._listens() or not {"serve", "web"} & set(processes), seconds=600, every=0.1)
            yield started
        finally:
            for process in started:
                process.kill()
                process.wait(30)

    def _started(self, processes: Sequence["subprocess.Popen[bytes]"]) -> bool:
        assert [each.poll() for each in processes] == [None] * len(processes), self.log
        return self.log.count('"started: ') == len(processes)

    def _listens(self) -> bool:
        """A process says that it started before its server has the port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def written(self) -> dict[str, int]:
        """Everything that could be written, with its owner."""
        found = [path for place in (self.data, self.memory) for path in place.rglob("*")]
        return {str(path.relative_to(self.folder)): path.lstat().st_uid for path in found}

    def code(self) -> list[str]:
        return sorted(str(path.relative_to(self.tree)) for path in self.tree.rglob("*"))


def stopped(processes: Sequence["subprocess.Popen[bytes]"], seconds: float) -> list[int]:
    """Their exit statuses after SIGTERM; fails where one needs longer."""
    for process in processes:
        process.send_signal(signal.SIGTERM)
    return [process.wait(seconds) for process in processes]


def dotenv(slack: FarEnd, openai: FarOpenAI, **filled: str) -> dict[str, str]:
    """env.example, filled in by somebody whose far ends are on this machine."""
    return example() | {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.base_url,
        "OPENAI_API_KEY": openai.key,
        "OPENAI_BASE_URL": openai.base_url,
        **filled,
    }


def _not_copied(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "__pycache__"]


def _python(words: Sequence[str]) -> Sequence[str]:
    assert words[0] == "python"
    return words[1:]


def _as_nobody(words: Sequence[str]) -> list[str]:
    return ["setpriv", *BECOME, *ONE_RIGHT, sys.executable, *words]
