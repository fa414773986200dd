"""A process that runs jobs until it is killed: `python -m tests.runner_process URL FOLDER`.

It writes its name to FOLDER/owner once it runs. A draw writes a line when it begins, and never ends.
"""

import sys
import threading
from pathlib import Path

from bot.errors import ImagelaneError
from bot.jobs import Enqueuer, Runner
from bot.store import open_store


def main(url: str, folder: Path) -> int:
    def draw(name: str) -> None:
        with (folder / "begun").open("a") as file:
            file.write(f"{name}\n")
        threading.Event().wait(120)

    store = open_store(url, busy_seconds=30)
    runner = Runner(store.engine, Enqueuer(store.engine, store.transaction), {"draw": draw})
    try:
        runner.start()
    except ImagelaneError as error:
        print(error, flush=True)
        return 2
    (folder / "owner.new").write_text(runner.owner)
    (folder / "owner.new").rename(folder / "owner")
    threading.Event().wait(120)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
