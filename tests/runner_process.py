"""A process that runs jobs until it is killed, forked by `forked.begin(live, URL, FOLDER)`.

It writes its name to FOLDER/owner once it runs, and what it says to FOLDER/said. A draw writes a line to FOLDER/begun
when it begins, and never ends.
"""

import sys
import threading
from pathlib import Path

from bot.errors import ImagelaneError
from bot.jobs.enqueuer import Enqueuer
from bot.jobs.runner import Runner
from bot.ledger.ledger import open_ledger
from tests import job_kinds
from tests.forked import speak_into


def live(url: str, folder: Path) -> None:
    """Ends with exit status 2 when it may not run."""
    speak_into(folder / "said", folder / "said")

    def draw(name: str) -> None:
        with (folder / "begun").open("a") as file:
            file.write(f"{name}\n")
        threading.Event().wait(120)

    store = open_ledger(url, busy_seconds=30)
    runner = Runner(store.engine, Enqueuer(store.engine, store.transaction), [job_kinds.draw.done_by(draw)])
    try:
        runner.start()
    except ImagelaneError as error:
        print(error, flush=True)
        sys.exit(2)
    (folder / "owner.new").write_text(runner.owner)
    (folder / "owner.new").rename(folder / "owner")
    threading.Event().wait(120)
