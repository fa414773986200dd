"""How long the migration to revisions takes, beside a bare copy of the table: python -m tests.speed.migrate [rows ...]

For each number of rows (1,000,000 and 10,000,000 when none is named) and each database: seconds of `imagelane
release`, of `CREATE TABLE ... AS SELECT *` of the same table in the same run, and the files before, at their largest,
and after, in MB.
"""

import sys
import tempfile
import threading
import time
from pathlib import Path

import sqlalchemy as sa

from bot import store
from bot.store.engine import open_engine
from tests.kit import before_revisions, databases

ROWS = (1_000_000, 10_000_000)


class Files:
    """The size of a folder, and the largest it was."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.most, self._done = folder, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def megabytes(self) -> int:
        total = 0
        for path in self.folder.rglob("*"):
            try:
                total += path.stat().st_size if path.is_file() else 0
            except OSError:  # gone since
                continue
        return total // 1_000_000

    def _watch(self) -> None:
        while not self._done.wait(0.5):
            self.most = max(self.most, self.megabytes())

    def close(self) -> None:
        self._done.set()
        self._thread.join()


def measure(name: str, url: sa.URL, folder: Path, rows: int) -> None:
    before_revisions.make(url, rows)
    engine = open_engine(url, 30)
    began = time.perf_counter()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("CREATE TABLE bare AS SELECT * FROM usage_records")
    bare = time.perf_counter() - began
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE bare")
    engine.dispose()
    files = Files(folder)
    before, began = files.megabytes(), time.perf_counter()
    store.release(databases.text_of(url))
    seconds = time.perf_counter() - began
    after = files.megabytes()
    files.close()
    assert before_revisions.sums(url) == before_revisions.expected(rows)
    print(
        f"{name:<11}{rows:>11,} rows: release {seconds:.1f} s, bare copy {bare:.1f} s, {seconds / bare:.1f}x;"
        f" files {before:,} MB, {max(files.most, after):,} MB at most, {after:,} MB after",
        flush=True,
    )


def main() -> None:
    for rows in [int(word) for word in sys.argv[1:]] or ROWS:
        with tempfile.TemporaryDirectory() as place:
            measure("SQLite", sa.URL.create("sqlite", database=f"{place}/records.db"), Path(place), rows)
        with databases.postgres_server() as server:
            if server is None:
                print(databases.MISSING)
                continue
            folder = Path(str(server.query["host"])) if "host" in server.query else Path()
            measure("PostgreSQL", databases.create_database(server, "records"), folder, rows)


if __name__ == "__main__":
    main()
