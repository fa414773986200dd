"""How long a week takes to add up out of many usage records: python -m tests.speed.spend [sqlite|postgresql] [size...]

Each figure is the median of several, taken in turns with the same sum in bare SQL over the bare driver. A size is rows
and the weeks they are spread over, such as 10000000/52. Target: the sum of one week in under 500 ms on 2 cores, out of
1,000,000 records of 6 weeks and out of 10,000,000 of 52. `spend` adds up two weeks, since it tells the change; the
digest does so twice, takes each day by lane and four weeks by spec.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from sqlalchemy import URL, make_url, text

from bot import catalog, periods
from bot.digest.answer import DigestWeeks
from bot.ledger import holds
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Limits
from bot.spend import answer
from bot.spend.command import Spend
from bot.spend.rows import SpendRows
from tests.kit import databases

SIZES = ("10000/52", "100000/52", "1000000/52", "1000000/6", "10000000/52")
RUNS = 7
TEAM = "T1"
LIMITS = Limits("2026-11", 50 * 10**9, 5, 30, 500, "2026-W48")
END = datetime(2026, 11, 23, tzinfo=UTC)  # a Monday: the week before it is the one added up
SECONDS_A_WEEK = 7 * 86_400

# Each database makes the rows itself, evenly over the weeks and in the order they occurred; every 1,000th has no price.
ROWS = """
INSERT INTO usage_records
    (team_id, source, id, occurred_at, received_at, lane, model, quality, width, height, images, kept, rejected,
     project, amount_nanousd, basis, revision, kind, batch)
SELECT 'T1', 'sample-' || i % 4, 'record-' || i, {moment}, {moment},
    CASE i % 3 WHEN 0 THEN 'budget' WHEN 1 THEN 'premium' ELSE 'legacy' END,
    CASE i % 3 WHEN 0 THEN 'gpt-image-2.5-flare' WHEN 1 THEN 'gpt-image-2.5-sunburst' ELSE 'gpt-image-2' END,
    CASE i % 7 WHEN 0 THEN 'low' WHEN 1 THEN 'high' ELSE 'medium' END, 1024, 1024, 4,
    CASE WHEN i % 5 < 4 THEN i % 5 END, CASE WHEN i % 5 < 4 THEN 4 - i % 5 END, 'project-' || i % 20,
    CASE WHEN i % 1000 > 0 THEN 5268000 * (1 + i % 3) END, CASE WHEN i % 1000 > 0 THEN 'usage' ELSE 'unknown' END,
    1, 'draw', false
FROM {series}
"""
SQLITE = ROWS.format(
    moment="strftime('%Y-%m-%d %H:%M:%f000', :start + (:seconds + 0.0) * i / :rows, 'unixepoch')",
    series="(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :rows) SELECT i FROM n)",
)
POSTGRESQL = ROWS.format(
    moment="to_timestamp(:start + CAST(:seconds AS float) * i / :rows)", series="generate_series(0, :rows - 1) AS s(i)"
)
BARE = """
SELECT lane, count(*), sum(images), sum(kept), sum(rejected), sum(amount_nanousd), count(*) - count(amount_nanousd),
    sum(amount_nanousd / images * coalesce(rejected, 0))
FROM usage_records WHERE team_id = 'T1' AND occurred_at >= {0} AND occurred_at < {0} GROUP BY lane
"""

Ask = Callable[[], Any]


def load(store: Ledger, rows: int, weeks: int) -> None:
    seconds = weeks * SECONDS_A_WEEK
    asked = {"start": int(END.timestamp()) - seconds, "seconds": seconds, "rows": rows}
    with store.engine.begin() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if not sqlite:
            connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text(SQLITE if sqlite else POSTGRESQL), asked)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT", begin="") as connection:
        if not sqlite:
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("VACUUM ANALYZE usage_records"))


def bare(url: URL, week: periods.Period) -> Ask:
    if url.get_backend_name() == "sqlite":
        lite = sqlite3.connect(url.database or "")
        bounds = [f"{at:%Y-%m-%d %H:%M:%S.%f}" for at in (week.start, week.end)]
        return lambda: lite.execute(BARE.format("?"), bounds).fetchall()
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    post = psycopg.connect(address, autocommit=True)
    return lambda: post.execute(BARE.format("%s").encode(), (week.start, week.end)).fetchall()


def questions(store: Ledger, url: URL) -> dict[str, Ask]:
    zone = ZoneInfo("UTC")
    week = periods.span(periods.week_of(END.date() - periods.DAY), zone)
    books = answer.Books.of(store, TEAM, zone, catalog.load())
    weeks = DigestWeeks(store, catalog.load(), lambda team_id: store.read(holds.left, team_id, LIMITS), zone, 30)
    asked = Spend(periods.NamedPeriod.LAST_WEEK)
    return {
        "bare SQL": bare(url, week),
        "Store.sums": lambda: SpendRows(store.engine).sums(TEAM, (week,), "lane"),
        "spend last week": lambda: answer.spend(books, asked, END),
        "digest of last week": lambda: weeks.week(TEAM, None, END),
        "spend last week by day": lambda: answer.spend(books, Spend(periods.NamedPeriod.LAST_WEEK, "day"), END),
    }


def measured(asked: dict[str, Ask]) -> dict[str, float]:
    """Median milliseconds of each, after one run that warms the disk's cache."""
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for run in range(RUNS + 1):
        for name, ask in asked.items():
            began = time.perf_counter()
            ask()
            if run:
                taken[name].append(1000 * (time.perf_counter() - began))
    return {name: median(each) for name, each in taken.items()}


@contextmanager
def fresh(kind: str, folder: Path, server: URL | None) -> Iterator[URL]:
    if kind == "sqlite":
        path = folder / "imagelane.db"
        yield make_url(f"sqlite:///{path}")
        for file in folder.glob("imagelane.db*"):
            file.unlink()
    elif server is not None:
        yield databases.create_database(server, "imagelane_bench")
        databases.drop_database(server, "imagelane_bench")


def runs(
    kinds: list[str], sizes: list[str], asked: Callable[[Ledger, URL], dict[str, Ask]]
) -> Iterator[tuple[str, int, int, bool, dict[str, float]]]:
    """The kind of database, how many records over how many weeks, whether it is the first of its kind, and by question
    the milliseconds it took."""
    with tempfile.TemporaryDirectory() as folder, databases.postgres_server() as server:
        for kind in kinds:
            for number, size in enumerate(sizes):
                rows, weeks = map(int, size.split("/"))
                with fresh(kind, Path(folder), server) as url:
                    databases.make(databases.text_of(url))
                    store = open_ledger(databases.text_of(url), busy_seconds=1)
                    load(store, rows, weeks)
                    taken = measured(asked(store, url))
                    store.close()
                yield kind, rows, weeks, number == 0, taken


def main(kinds: list[str], sizes: list[str]) -> None:
    for kind, rows, weeks, first, taken in runs(kinds, sizes, questions):
        if first:
            print(f"{kind + ', ms':<16}{'weeks':>6}{'in one':>9}" + "".join(f"{name:>24}" for name in taken))
        figures = "".join(f"{each:>24.1f}" for each in taken.values())
        print(f"{rows:>16,}{weeks:>6}{rows // weeks:>9,}{figures}", flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        [kind for kind in given if "/" not in kind] or ["sqlite", "postgresql"],
        [size for size in given if "/" in size] or list(SIZES),
    )
