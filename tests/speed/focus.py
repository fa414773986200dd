"""How fast the books go out as FOCUS, beside the plain export: python -m tests.speed.focus [calls] [runs]

So many sample records, most of them with tokens, and so many sample pictures of the bot's own, each in a database of
its own. The real `imagelane export` writes the records as they are and as FOCUS, and the pictures as FOCUS; a tenth of
them once more for the memory. Prints medians on the clock and of this side's processor, and the peak memory of both.
Target: the same memory however many calls.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import URL, Connection, Table, insert

from bot.ledger.ledger import open_ledger
from bot.ledger.tables import charges, drawings, generations, votes
from bot.ledger.usage_tables import TOKEN_KINDS, usage_records
from bot.pricing import Usage
from tests.kit import databases
from tests.kit.records import record
from tests.speed.history import Run
from tests.speed.intake import PEAK

FIRST = datetime(2026, 10, 1, tzinfo=UTC)
TEAM, PARTS, BLOCK = "local", 10, 5000
Row = dict[str, Any]
Exports = dict[str, tuple[str, ...]]


def main(calls: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder, databases.postgres_server() as server:
        for kind in ("SQLite", "PostgreSQL") if server else ("SQLite",):
            for what, (fill, exports) in BOOKS.items():
                small = measured(kind, Path(folder), server, partial(fill, count=calls // PARTS), exports, 1)
                whole = measured(kind, Path(folder), server, partial(fill, count=calls), exports, runs)
                for name, times in whole.items():
                    figures = f"{median(r.clock for r in times):6.1f} s{median(r.processor for r in times):6.1f} s"
                    memory = f"{small[name][0].peak_mb} MB, {max(r.peak_mb for r in times)} MB"
                    print(f"{kind:<11}{calls:,} {what:<13}{name:<6}{figures}  {memory}", flush=True)


def measured(
    kind: str,
    place: Path,
    server: URL | None,
    fill: Callable[[Connection], None],
    exports: Exports,
    runs: int,
) -> dict[str, list[Run]]:
    """Each export as often, in turn, out of one database that is gone afterwards."""
    if kind == "SQLite" or server is None:
        url = f"sqlite:///{place}/focus.db"
    else:
        url = databases.text_of(databases.create_database(server, "focus"))
    databases.make(url)
    store = open_ledger(url, 10)
    with store.transaction() as connection:
        fill(connection)
    store.close()
    times: dict[str, list[Run]] = {name: [] for name in exports}
    for _ in range(runs):
        for name, words in exports.items():
            times[name].append(_exported(place / "focus.csv", words, url))
    if server is not None and kind != "SQLite":
        databases.drop_database(server, "focus")
    for each in place.glob("focus.db*"):
        each.unlink()
    return times


def _exported(path: Path, words: Iterable[str], url: str) -> Run:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", PEAK, "export", str(path), *words]
    done = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True, text=True)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    path.unlink()
    return Run(clock, processor, int(done.stdout.strip().splitlines()[-1]))


def records(connection: Connection, count: int) -> None:
    _put(connection, usage_records, (_record(number) for number in range(count)))


def _record(number: int) -> Row:
    common = {
        "team_id": TEAM,
        "id": f"sample-{number}",
        "occurred_at": _at(number),
        "project": f"sample project {number % 9}",
        "person_id": f"sample person {number % 20}",
    }
    if number % 4 == 0:
        return record(**common, **dict.fromkeys(f"{kind}_tokens" for kind in TOKEN_KINDS), basis="published")
    tokens = {f"{kind}_tokens": count for kind, count in _usage(number).items()}
    return record(**common, **tokens, images=1, kept=number % 2, basis="usage", amount_nanousd=_nanousd(number))


def _usage(number: int) -> dict[str, int]:
    return asdict(Usage(text_in=10 + number * 7 % 2000, image_out=439))


def _nanousd(number: int) -> int:
    """At the rates of 2.5-flare."""
    usage = _usage(number)
    return usage["text_in"] * 5_000 + usage["image_out"] * 30_000


def pictures(connection: Connection, count: int) -> None:
    for table, row in ((drawings, _drawing), (generations, _generation), (charges, _charge)):
        _put(connection, table, map(row, range(count)))
    _put(connection, votes, (_vote(number) for number in range(0, count, 2)))


def _drawing(number: int) -> Row:
    asked = {"person_id": f"U{number % 20}", "channel_id": "C1", "source": "slack", "prompt": "a sample kite"}
    name = f"g{number}"
    return {"team_id": TEAM, "id": name, "request_key": name, "created_at": _at(number), "project": "kites", **asked}


def _generation(number: int) -> Row:
    spec = {"lane": "budget", "model": "gpt-image-2.5-flare", "quality": "medium", "width": 1024, "height": 1024}
    money = {"expected_nanousd": 0, "reserved_nanousd": 0, "period": "2026-11", "usage": json.dumps(_usage(number))}
    state = {"state": "delivered", "state_at": _at(number), "demo": False, "version": 1, "drawn_at": _at(number)}
    keys = {"team_id": TEAM, "id": f"g{number}", "drawing_id": f"g{number}", "position": 0, "created_at": _at(number)}
    return keys | spec | money | state


def _charge(number: int) -> Row:
    booked = {"kind": "metered", "amount_nanousd": _nanousd(number), "period": "2026-11", "rates": "sample rates"}
    return {"team_id": TEAM, "id": f"c{number}", "generation_id": f"g{number}", "at": _at(number), **booked}


def _vote(number: int) -> Row:
    by = {"person_id": "U1", "verdict": "keep" if number % 4 else "reject", "at": _at(number)}
    return {"team_id": TEAM, "generation_id": f"g{number}", "number": 1, **by}


def _at(number: int) -> datetime:
    return FIRST + number % 40_000 * timedelta(seconds=97)  # never after today


def _put(connection: Connection, table: Table, rows: Iterator[Row]) -> None:
    while block := list(islice(rows, BLOCK)):
        connection.execute(insert(table), block)


BOOKS: dict[str, tuple[Callable[..., None], Exports]] = {
    "records": (records, {"plain": (), "FOCUS": ("--focus", "all")}),
    "own pictures": (pictures, {"FOCUS": ("--focus", "all")}),
}

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
