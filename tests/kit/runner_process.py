"""A process that runs jobs until it is killed, forked by `forked.begin(live, URL, FOLDER)`.

It writes its name to FOLDER/owner once it runs, and what it says to FOLDER/said. A draw writes a line to FOLDER/begun
when it begins, and never ends. Of `live_and_work` every job ends, with a line in FOLDER/done; it knows `more` kinds.
"""

import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from bot.errors import ImagelaneError
from bot.jobs import Handler
from bot.jobs.enqueuer import Enqueuer
from bot.jobs.runner import Runner
from bot.ledger.ledger import open_ledger
from tests.kit import job_kinds
from tests.kit.forked import speak_into


def live(url: str, folder: Path) -> None:
    """Ends with exit status 2 when it may not run."""

    def draw(name: str) -> None:
        _noted(folder / "begun", name)
        threading.Event().wait(120)

    _live(url, folder, [job_kinds.draw.done_by(draw)])


def live_and_work(url: str, folder: Path, more: str = "") -> None:
    def done(name: str, *_: str) -> None:
        _noted(folder / "done", name)

    known = {"sooner": [job_kinds.sooner.done_by(done)], "later": [job_kinds.later.done_by(done)]}
    handlers = [job_kinds.draw.done_by(done), job_kinds.show.done_by(done), *known.get(more, [])]
    _live(url, folder, handlers)


def _noted(file: Path, name: str) -> None:
    with file.open("a") as lines:
        lines.write(f"{name}\n")


def _live(url: str, folder: Path, handlers: Sequence[Handler]) -> None:
    speak_into(folder / "said", folder / "said")
    store = open_ledger(url, busy_seconds=30)
    runner = Runner(store.engine, Enqueuer(store.engine, store.transaction), handlers)
    try:
        runner.start()
    except ImagelaneError as error:
        print(error, flush=True)
        sys.exit(2)
    (folder / "owner.new").write_text(runner.owner)
    (folder / "owner.new").rename(folder / "owner")
    threading.Event().wait(120)
