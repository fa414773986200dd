"""How long a plain estimate takes to start, whole processes side by side: python -m tests.speed.start_up [runs]

Every process is started in turn, round after round, so that a busy machine slows them all alike; what to look at is the
ratio of medians, and the processor's time where the machine is busy. Targets: an estimate takes at most 2.0 times
`import pydantic`, and loads at most 50 modules of bot.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[2]
YARDSTICK = "python -c 'import pydantic'"
ESTIMATE = ["estimate", "5000", "high", "square"]
PROCESSES = {
    "python -c pass": ["-c", "pass"],
    YARDSTICK: ["-c", "import pydantic"],
    "import bot.pricing, bot.catalog": ["-c", "import bot.pricing, bot.catalog"],
    "imagelane estimate 5000 high square": ["-m", "bot", *ESTIMATE],
}
DEAREST = 12
# What is installed has its byte code beside it, so it is written here, too.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Run(NamedTuple):
    """Milliseconds on the wall and of a processor."""

    wall: float
    processor: float


class Import(NamedTuple):
    """Microseconds of its own, and with what it imported first; `-X importtime` itself adds to both."""

    name: str
    own: int
    whole: int


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, text=True, cwd=REPOSITORY, env=ENVIRONMENT
    )


def run(arguments: Sequence[str]) -> Run:
    before, began = _processor(), perf_counter()
    python(*arguments)
    return Run(1000 * (perf_counter() - began), 1000 * (_processor() - before))


def _processor() -> float:
    """Seconds that all processes we waited for have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(runs: int) -> dict[str, list[Run]]:
    for arguments in PROCESSES.values():
        run(arguments)  # the first one reads from a cold disk and writes byte code
    taken: dict[str, list[Run]] = {name: [] for name in PROCESSES}
    for _ in range(runs):
        for name, arguments in PROCESSES.items():
            taken[name].append(run(arguments))
    return taken


def loaded() -> list[str]:
    """The modules of bot that a plain estimate has loaded when it has answered."""
    script = f"import sys; from bot.entrypoints.cli import main; main({ESTIMATE}); print('\\n'.join(sys.modules))"
    return [name for name in python("-c", script).stdout.splitlines() if name == "bot" or name.startswith("bot.")]


def imports() -> Iterator[Import]:
    for line in python("-X", "importtime", "-m", "bot", *ESTIMATE).stderr.splitlines():
        own, whole, name = line.removeprefix("import time:").split("|")
        if own.strip().isdigit():  # the first line is the head of the table
            yield Import(name.strip(), int(own), int(whole))


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    taken = {name: Run(*map(median, zip(*each, strict=True))) for name, each in measure(runs).items()}
    yardstick = taken[YARDSTICK]
    print(f"{f'whole process, medians of {runs}':<38}{'ms':>6}{'ratio':>8}{'processor ms':>15}{'ratio':>8}")
    for name, (wall, processor) in taken.items():
        print(
            f"{name:<38}{wall:>6.0f}{wall / yardstick.wall:>8.2f}"
            f"{processor:>15.0f}{processor / yardstick.processor:>8.2f}"
        )
    print(f"\nmodules of bot loaded: {len(loaded())}\n\n{'dearest imports':<38}{'with its own':>13}{'itself, ms':>12}")
    for one in sorted(imports(), key=lambda one: one.whole, reverse=True)[:DEAREST]:
        print(f"{one.name:<38}{one.whole / 1000:>13.1f}{one.own / 1000:>12.1f}")


if __name__ == "__main__":
    main()
