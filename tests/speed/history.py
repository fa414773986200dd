"""How fast another tool's export comes in beside our own columns.

python -m tests.speed.history [rows] [runs] [sqlite] [postgresql] [acks]; all three of them where none is named.

The same sample records in two shapes, LiteLLM's spend logs as CSV and Helicone's requests as JSON lines, and each in
our own columns in a file of the same kind. All four are imported in turn by the real `imagelane import` into fresh
databases, with another tenth of the rows for the memory. Prints medians on the clock and of the import's processor
(PostgreSQL's own is in the clock only), the ratio of each to its plain import, and the peak memory of both sizes; then
how long a `try` a fifth of a second waits for its ack beside such an import on SQLite. A million rows take an hour on
two busy cores.
Targets: 1.3 times the plain import, the same memory however many rows, no ack over 1 s.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from sqlalchemy import URL

from bot.ledger.ledger import open_ledger
from bot.ledger.usage_tables import usage_records
from bot.playground.signed import Reply
from tests.kit import databases, forked
from tests.kit.books import installed
from tests.speed.intake import PEAK

MODELS = ("gpt-image-2.5-flare", "azure/gpt-image-2", "openai/gpt-image-2.5-sunburst")
QUALITIES, SIZES = ("low", "medium", "high"), ("1024x1024", "1024x1536", "1536x1024")
AMOUNTS = ("0.05283", "0.021065999999999998", "0.00495", "5.2e-05")
PARTS = 10  # the smaller file has so much less
EVERY = 0.2  # seconds between two `try`

Cells = dict[str, str]
Writer = Callable[[Path, Iterator[Cells]], None]


@dataclass(frozen=True)
class Case:
    """A file of records in one shape. `against`: the plain one of the same records."""

    name: str
    cells: Callable[[int], Cells]
    writer: Writer
    against: str | None = None


@dataclass(frozen=True)
class Run:
    clock: float
    processor: float
    peak_mb: int


def litellm(number: int) -> Cells:
    return {
        "request_id": f"sample-{number}",
        "call_type": "aimage_edit" if number % 4 == 0 else "aimage_generation",
        "api_key": "sample-hash",
        "spend": AMOUNTS[number % 4],
        "total_tokens": "1761",
        "prompt_tokens": "5",
        "completion_tokens": "1756",
        "startTime": f"{_moment(number)[:10]} {_moment(number)[11:23]}",
        "endTime": f"{_moment(number)[:10]} 23:59:59.5",
        "model": MODELS[number % 3],
        "model_group": "images-fast",
        "custom_llm_provider": "openai",
        "user": f"sample person {number % 20}",
        "team_id": f"sample project {number % 9}",
        "metadata": json.dumps({"size": SIZES[number % 3], "quality": QUALITIES[number // 3 % 3]}),
        "cache_hit": "False",
        "status": "failure" if number % 50 == 0 else "success",
    }


def litellm_plain(number: int) -> Cells:
    return {
        "id": f"sample-{number}",
        "occurred_at": _moment(number),
        "model": MODELS[number % 3],
        "kind": "edit" if number % 4 == 0 else "draw",
        "quality": QUALITIES[number // 3 % 3],
        "size": SIZES[number % 3],
        "images": "0" if number % 50 == 0 else "1",
        "usd": AMOUNTS[number % 4],
        "project": f"sample project {number % 9}",
        "person": f"sample person {number % 20}",
        "source": "litellm",
    }


def helicone(number: int) -> Cells:
    return {
        "request_id": f"sample-{number}",
        "request_created_at": _moment(number).replace("Z", "+00:00"),
        "model": MODELS[number % 3],
        "provider": "OPENAI",
        "status": "500" if number % 50 == 0 else "200",
        "prompt_tokens": "5",
        "completion_tokens": "1756",
        "latency_ms": "31000",
        "cost_usd": AMOUNTS[number % 4],
        "user_id": f"sample person {number % 20}",
    }


def helicone_plain(number: int) -> Cells:
    return {
        "id": f"sample-{number}",
        "occurred_at": _moment(number),
        "model": MODELS[number % 3],
        "images": "0" if number % 50 == 0 else "1",
        "usd": AMOUNTS[number % 4],
        "person": f"sample person {number % 20}",
        "source": "helicone",
    }


def _moment(number: int) -> str:
    clock = f"{number % 24:02}:{number % 60:02}:{number // 60 % 60:02}.{number // 3600 % 1000:03}"
    return f"2026-11-{1 + number % 21:02}T{clock}Z"


def as_csv(path: Path, rows: Iterator[Cells]) -> None:
    first = next(rows)
    with path.open("w", newline="") as file:
        out = csv.DictWriter(file, list(first))
        out.writeheader()
        out.writerow(first)
        out.writerows(rows)


def as_json_lines(path: Path, rows: Iterator[Cells]) -> None:
    with path.open("w") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in rows)


CASES = (
    Case("plain, CSV", litellm_plain, as_csv),
    Case("LiteLLM, CSV", litellm, as_csv, "plain, CSV"),
    Case("plain, JSON lines", helicone_plain, as_json_lines),
    Case("Helicone, JSON lines", helicone, as_json_lines, "plain, JSON lines"),
)


def main(rows: int, runs: int, only: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, databases.postgres_server() as server:
        place = Path(folder)
        whole = {case.name: _written(place, case, rows) for case in CASES}
        part = {case.name: _written(place, case, rows // PARTS) for case in CASES}
        for kind in ("SQLite", "PostgreSQL"):
            if kind.lower() in only and (server or kind == "SQLite"):
                compare(kind, place, server, whole, part, runs)
        for name in ("plain, CSV", "LiteLLM, CSV") if "acks" in only else ():
            beside(name, whole[name], place / f"beside-{name[:5]}")


def _written(place: Path, case: Case, rows: int) -> Path:
    path = place / f"{rows}-{CASES.index(case)}"
    case.writer(path, map(case.cells, range(rows)))
    return path


def compare(
    kind: str, place: Path, server: URL | None, whole: Mapping[str, Path], part: Mapping[str, Path], runs: int
) -> None:
    times: dict[str, list[Run]] = {name: [] for name in whole}
    small = {name: imported(kind, place, server, file)[0] for name, file in part.items()}
    sums: dict[str, tuple[int, ...]] = {}
    for _ in range(runs):
        for name, file in whole.items():
            run, sums[name] = imported(kind, place, server, file)
            times[name].append(run)
    for case in CASES:
        clock, processor = _medians(times[case.name])
        memory = f"{small[case.name].peak_mb} MB, {max(run.peak_mb for run in times[case.name])} MB"
        ratios = ""
        if case.against is not None:
            assert sums[case.name] == sums[case.against], "not the same records"
            plain = _medians(times[case.against])
            ratios = f"{clock / plain[0]:.2f}x, {processor / plain[1]:.2f}x"
        print(f"{kind:<11}{case.name:<22}{clock:7.1f} s{processor:7.1f} s  {ratios:<14}{memory}", flush=True)


def _medians(runs: list[Run]) -> tuple[float, float]:
    return median(run.clock for run in runs), median(run.processor for run in runs)


def imported(kind: str, place: Path, server: URL | None, file: Path) -> tuple[Run, tuple[int, ...]]:
    """How long it took in a database of its own, and what is there then: records, pictures, nano-dollars."""
    path = place / "history.db"
    if kind == "SQLite" or server is None:
        url = f"sqlite:///{path}"
    else:
        url = databases.text_of(databases.create_database(server, "history"))
    databases.make(url)
    run = _imported(file, url)
    sums = _sums(url)
    if server is not None and kind != "SQLite":
        databases.drop_database(server, "history")
    for each in place.glob("history.db*"):
        each.unlink()
    return run, sums


def _imported(file: Path, url: str) -> Run:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    words = [sys.executable, "-c", PEAK, "import", str(file)]
    done = subprocess.run(words, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True, text=True)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    run = Run(clock, processor, int(done.stdout.strip().splitlines()[-1]))
    print(f"{file.name}: {run}", file=sys.stderr, flush=True)  # it takes long
    return run


def _sums(url: str) -> tuple[int, ...]:
    c, store = usage_records.c, open_ledger(url, 10)
    with store.engine.connect() as connection:
        query = sa.select(sa.func.count(), sa.func.sum(c.images), sa.func.sum(c.amount_nanousd))
        sums = tuple(int(value) for value in connection.execute(query).one())
    store.close()
    return sums


def beside(name: str, file: Path, folder: Path) -> None:
    """One person draws while another's import is running."""
    folder.mkdir()
    url = f"sqlite:///{folder}/imagelane.db"
    databases.make(url)
    with installed(url, folder) as house:
        house.start()
        process = forked.start(["import", str(file)], house.bot.environment, folder, house.bot.log, house.bot.log)
        replies: list[Reply] = []
        while process.poll() is None:
            replies.append(house.ask(f"kite {len(replies)}"))
            time.sleep(EVERY)
        assert process.returncode == 0
    _tell(name, replies)


def _tell(name: str, replies: list[Reply]) -> None:
    took = sorted(reply.seconds for reply in replies)
    said = Counter("drawing" if reply.text.startswith("Drawing") else reply.text for reply in replies)
    words = ", ".join(f"{times} x {word}" for word, times in said.most_common())
    figures = f"p50 {median(took):.2f} s, p99 {took[int(len(took) * 0.99)]:.2f} s, worst {took[-1]:.2f} s"
    print(f"acks beside {name}: {figures}; {words}", flush=True)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
        sys.argv[3:] or ["sqlite", "postgresql", "acks"],
    )
