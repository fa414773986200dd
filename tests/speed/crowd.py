"""Ten commands a second beside 1,200 half-open connections: python -m tests.speed.crowd [seconds] [runs]

One web process that may open 1,024 files, asked with and without the crowd in turn. Prints how long the acks took of
each, and the ratio. Target (K5): p99 under 1 s beside the crowd.
"""

import resource
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from bot.playground.far_end import FarEnd
from bot.playground.signed import Reply
from tests.kit import databases
from tests.kit.door_serving import standing, ten_a_second, web_process

CROWD = 1200


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(3000, hard), hard))
    with tempfile.TemporaryDirectory() as place, FarEnd() as slack:
        url = f"sqlite:///{place}/imagelane.db"
        databases.make(url)
        with web_process(url, Path(place), slack) as (bot, _):
            ratios = []
            for _ in range(runs):
                alone = figures("alone", ten_a_second(slack, seconds))
                with standing(bot.port, CROWD):
                    beside = figures(f"beside {CROWD:,}", ten_a_second(slack, seconds))
                ratios.append(beside / alone)
    print(f"p99 beside the crowd is {median(ratios):.1f} times p99 alone (median of {runs} runs)")


def figures(name: str, replies: list[Reply]) -> float:
    """Printed; p99 in seconds."""
    took = [reply.seconds for reply in replies]
    cuts, late = quantiles(took, n=100), sum(reply.status != 200 for reply in replies)
    print(f"{name:13} p50 {median(took) * 1000:5.0f} ms  p99 {cuts[98] * 1000:5.0f} ms  not answered {late}")
    return cuts[98]


if __name__ == "__main__":
    main()
