"""50 signed commands a second at the real process: python -m tests.speed.steady [seconds] [database url]

Nine of ten ask for an estimate, the tenth draws a picture (the local OpenAI takes 2 s for each). Commands are sent on
time whether or not the ones before are answered. Prints ack times, those over Slack's 3 s, and the process's memory.
Target: p99 under 500 ms, none over 3 s, memory under 300 MB, for 600 seconds on 2 cores.
"""

import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from bot.playground.far_end import FarEnd
from tests.kit import databases
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import Bot, end

EACH_SECOND = 50
PICTURE_SECONDS = 2.0


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as place, FarEnd() as slack, FarOpenAI(seconds=PICTURE_SECONDS) as openai:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{place}/imagelane.db"
        databases.make(url)
        bot = Bot(slack, openai, url, Path(place), IMAGELANE_WORKERS="32", IMAGELANE_PER_MODEL="32")
        with bot.running() as (process,):
            took = load(slack, seconds)
            memory = resident_mb(process.pid)
            end(process)
    report(took, seconds, memory, len(openai.posts))


def load(slack: FarEnd, seconds: int) -> list[float]:
    """Seconds each ack took; Slack's own limit for one that never came."""

    def one(number: int) -> float:
        text = f'try "picture {number}" low' if number % 10 == 0 else f"estimate {1000 + number} high square"
        return slack.command(text).seconds

    began, pause = time.monotonic(), threading.Event()
    with ThreadPoolExecutor(64) as people:
        sent = []
        for number in range(seconds * EACH_SECOND):
            pause.wait(max(0.0, began + number / EACH_SECOND - time.monotonic()))
            sent.append(people.submit(one, number))
        return [each.result() for each in sent]


def resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def report(took: list[float], seconds: int, memory: float, drawn: int) -> None:
    cuts = quantiles(took, n=100)
    late = sum(each >= 3.0 for each in took)
    print(f"{len(took)} commands in {seconds} s, {drawn} pictures asked of the image service")
    print(f"ack ms: p50 {median(took) * 1e3:.0f}, p95 {cuts[94] * 1e3:.0f}, p99 {cuts[98] * 1e3:.0f}; over 3 s: {late}")
    print(f"memory of the process: {memory:.0f} MB")


if __name__ == "__main__":
    main()
