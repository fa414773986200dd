"""How long the light way takes, whole processes side by side: python tests/bench/start_up.py [runs]

The runs of the four are interleaved, so that a busy machine slows them all alike. Targets: `import bot.pricing` under
60 ms over a bare interpreter, `imagelane estimate` under 400 ms whole.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

REPOSITORY = Path(__file__).parents[2]
PROCESSES = {
    "python -c pass": ["-c", "pass"],
    "import pydantic": ["-c", "import pydantic"],
    "import bot.pricing": ["-c", "import bot.pricing"],
    "imagelane estimate 5000 high square": ["-m", "bot", "estimate", "5000", "high", "square"],
}


def milliseconds(arguments: Sequence[str]) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=REPOSITORY)
    return 1000 * (perf_counter() - began)


def measure(runs: int) -> dict[str, list[float]]:
    for arguments in PROCESSES.values():
        milliseconds(arguments)  # the first one reads from a cold disk and writes byte code
    taken: dict[str, list[float]] = {name: [] for name in PROCESSES}
    for _ in range(runs):
        for name, arguments in PROCESSES.items():
            taken[name].append(milliseconds(arguments))
    return taken


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    taken = measure(runs)
    bare = median(taken["python -c pass"])
    print(f"{'whole process, median of ' + str(runs):<38}{'ms':>8}{'over bare':>12}{'fastest':>10}{'slowest':>10}")
    for name, each in taken.items():
        print(f"{name:<38}{median(each):>8.0f}{median(each) - bare:>12.0f}{min(each):>10.0f}{max(each):>10.0f}")


if __name__ == "__main__":
    main()
