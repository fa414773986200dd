"""200 `try` commands in the same instant at the real process, on each database: python -m tests.speed.burst [commands]

Prints how long the acks took and what they said. The senders, the local Slack and the local OpenAI share the machine
with the bot. Target: p99 of 1 s, none over Slack's 3 s.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median

from bot.playground.far_end import FarEnd
from tests.kit import databases
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import Bot
from tests.processes.test_load import burst

RUNS = 3


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with databases.postgres_server() as server:
        for run in range(RUNS):
            with tempfile.TemporaryDirectory() as place:
                at_once(f"sqlite:///{place}/imagelane.db", Path(place), count)
            if server is not None:
                with tempfile.TemporaryDirectory() as place:
                    url = databases.text_of(databases.create_database(server, f"burst_{run}"))
                    at_once(url, Path(place), count)


def at_once(url: str, place: Path, count: int) -> None:
    databases.make(url)
    with FarEnd() as slack, FarOpenAI() as openai:
        openai.hold()
        with Bot(slack, openai, url, place, IMAGELANE_DRAIN_SECONDS="0").running():
            replies = burst(slack, count)
            openai.release()
    took = sorted(reply.seconds for reply in replies)
    said = Counter("drawing" if "Drawing" in reply.text else reply.text or "no answer" for reply in replies)
    words = ", ".join(f"{times} x {word}" for word, times in said.items())
    print(f"{url.partition(':')[0]:<19} p50 {median(took):.2f} s, p99 {took[int(count * 0.99)]:.2f} s, {words}")


if __name__ == "__main__":
    main()
