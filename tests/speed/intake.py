"""How fast usage comes in, beside the bare drivers: python -m tests.speed.intake [rows]

A CSV file of sample rows is imported by the real `imagelane import` into a fresh database of each kind, and the same
rows are handed to a bare sqlite3 executemany and a bare COPY into the same table with the same indexes. Then records
are posted to the real web process, 1,000 at once and singly. Prints seconds on the clock and of this side's processor
(on a busy machine only the latter compare; PostgreSQL's own are in neither), ratios, the import's peak memory.
Targets: 4 times the bare insert, 6 times the bare COPY, under 200 MB.
"""

import csv
import http.client
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlsplit

import psycopg
from sqlalchemy import make_url

from bot.ledger.ledger import open_ledger
from bot.playground.far_end import FarEnd
from bot.usage import tokens
from bot.usage.rows_records import COLUMNS
from bot.usage.rows_tokens import TokenRows
from tests.kit import databases
from tests.kit.processes import Bot
from tests.kit.usage_made import NOW, given

SPECS = (
    ("gpt-image-2", "high", 1024, 1024, "legacy", 211_000_000, "published"),
    ("gpt-image-2.5-flare", "medium", 1024, 1536, "budget", 10_890_000, "tokens"),
    ("gpt-image-2.5-sunburst", "low", 1536, 1024, "premium", 4_740_000, "tokens"),
)
RATES = "sample rates of about as many characters as the real ones have"
CHUNK = 10_000
HEADER = ("id", "occurred_at", "model", "quality", "size", "images", "kept", "rejected", "project", "person")
# Not ru_maxrss: that of a process begins with what its parent held.
PEAK = (
    "import re, sys; from bot.entrypoints.cli import main; status = main(sys.argv[1:]); "
    "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024); sys.exit(status)"
)
POSTS, SINGLES = 30, 300


class Watch:
    """Seconds on the clock and of the processor, added up over what is timed."""

    def __init__(self) -> None:
        self.clock = self.processor = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        clock, processor = perf_counter(), process_time()
        yield
        self.clock += perf_counter() - clock
        self.processor += process_time() - processor


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as place, databases.postgres_server() as server:
        file = Path(place) / "usage.csv"
        write(file, rows)
        compare("SQLite", rows, bare_sqlite(Path(place), rows), f"sqlite:///{fresh(Path(place), 'ours')}", file)
        if server is not None:
            bare = bare_copy(databases.text_of(databases.create_database(server, "bare")), rows)
            ours = databases.text_of(databases.create_database(server, "ours"))
            databases.make(ours)
            compare("PostgreSQL", rows, bare, ours, file)
            posts("PostgreSQL", ours, Path(place))
        posts("SQLite", f"sqlite:///{fresh(Path(place), 'posts')}", Path(place))


def write(file: Path, rows: int) -> None:
    with file.open("w", newline="") as opened:
        out = csv.writer(opened)
        out.writerow(HEADER)
        for number in range(rows):
            model, quality, width, height, *_ = SPECS[number % 3]
            moment = f"2026-11-{1 + number % 21:02}T{number % 24:02}:{number % 60:02}:{number // 60 % 60:02}Z"
            kept, project, person = number % 5, f"sample project {number % 9}", f"sample person {number % 20}"
            out.writerow(
                (f"sample-{number}", moment, model, quality, f"{width}x{height}", 4, kept, 4 - kept, project, person)
            )


def made(rows: int) -> Iterator[tuple[Any, ...]]:
    """What of such a row is stored."""
    for number in range(rows):
        model, quality, width, height, lane, amount, basis = SPECS[number % 3]
        moment = f"2026-11-{1 + number % 21:02} {number % 24:02}:{number % 60:02}:{number // 60 % 60:02}.000000"
        told = {
            "team_id": "T1",
            "received_at": "2026-11-25 12:00:00.000000",
            "revision": 1,
            "source": "csv",
            "id": f"sample-{number}",
            "occurred_at": moment,
            "lane": lane,
            "model": model,
            "kind": "draw",
            "quality": quality,
            "width": width,
            "height": height,
            "images": 4,
            "kept": number % 5,
            "rejected": 4 - number % 5,
            "project": f"sample project {number % 9}",
            "batch": False,
            "person_id": f"sample person {number % 20}",
            "amount_nanousd": 4 * amount,
            "basis": basis,
            "rates": RATES,
        }
        yield tuple(told.get(name) for name in COLUMNS)


def fresh(place: Path, name: str) -> Path:
    databases.make(f"sqlite:///{place}/{name}.db")
    return place / f"{name}.db"


def bare_sqlite(place: Path, rows: int) -> Watch:
    statement = f"INSERT INTO usage_records ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
    watch, source = Watch(), made(rows)
    with closing(sqlite3.connect(fresh(place, "bare"), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN IMMEDIATE")
        while chunk := list(islice(source, CHUNK)):
            with watch.running():
                connection.executemany(statement, chunk)
        with watch.running():
            connection.execute("COMMIT")
    return watch


def bare_copy(url: str, rows: int) -> Watch:
    databases.make(url)
    watch, source = Watch(), made(rows)
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY usage_records ({', '.join(COLUMNS)}) FROM STDIN".encode()) as into:
            while chunk := list(islice(source, CHUNK)):
                with watch.running():
                    for row in chunk:
                        into.write_row(row)
        with watch.running():
            connection.commit()
    return watch


def compare(name: str, rows: int, bare: Watch, url: str, file: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PEAK, "import", str(file)],
        env=os.environ | {"DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
    )
    clock = perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = done.stdout.strip().splitlines()[-1]
    print(
        f"{name:<11}{rows:,} rows: bare {bare.clock:.1f} s, ours {clock:.1f} s, {clock / bare.clock:.1f}x;"
        f" processor {bare.processor:.1f} s, {processor:.1f} s, {processor / bare.processor:.1f}x; {peak} MB",
        flush=True,
    )


def posts(name: str, url: str, place: Path) -> None:
    """Records a second at `imagelane web`, over one connection."""
    token = tokens.fresh()
    store = open_ledger(url, 10)
    TokenRows(store.engine).create("T1", "sample", tokens.digest(token), NOW)
    store.close()
    with FarEnd() as slack:
        bot = Bot(slack, None, url, place, IMAGELANE_USAGE_PER_MINUTE="1000000")
        with bot.running("web"):
            batches = [[given(id=f"b{number}-{place}") for place in range(1000)] for number in range(POSTS)]
            many = 1000 * POSTS / posted(bot.url, token, batches)
            singly = SINGLES / posted(bot.url, token, [given(id=f"s{number}") for number in range(SINGLES)])
    print(f"{name:<11}POST /v1/usage: {many:,.0f} records a second by 1,000, {singly:,.0f} singly", flush=True)


def posted(address: str, token: str, bodies: list[Any]) -> float:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    sent = [json.dumps(body).encode() for body in bodies]
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    began = perf_counter()
    for body in sent:
        connection.request("POST", "/v1/usage", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        assert answer.status == 200, said
    taken = perf_counter() - began
    connection.close()
    return taken


if __name__ == "__main__":
    main()
