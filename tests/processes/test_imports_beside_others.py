"""K13: a long import is stored in short transactions, so that acks pass, and is seen whole or not at all."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import catalog, wiring
from bot.clock import Clock
from bot.entrypoints.cli.processes import sweep
from bot.errors import StoreBusy
from bot.ledger import mixes
from bot.ledger.ledger import Ledger
from bot.ledger.usage_tables import open_imports, usage_records
from bot.periods import Period
from bot.playground.people import TEAM
from bot.playground.signed import Reply
from bot.settings import Settings
from bot.spend.rows import SpendRows
from bot.usage import rows_imports, rows_records
from bot.usage.checking import BATCH
from bot.usage.errors import NoRecord
from bot.usage.importing import Import, WantedImport
from bot.usage.reading import Desk
from bot.usage.records import Imported
from bot.usage.rows import Records
from tests.kit import forked
from tests.kit.books import installed
from tests.kit.usage_made import NOW, record

pytestmark = pytest.mark.waits

HEADER = "id,occurred_at,model,quality,size,images\n"
YEAR = Period(
    "year", datetime.fromisoformat("2026-01-01T00:00+00:00"), datetime.fromisoformat("2027-01-01T00:00+00:00")
)
ROWS = 2 * BATCH + 1  # three transactions


def lines(count: int, first: int = 0) -> str:
    return "".join(f"i-{number},2026-11-20T10:00:00Z,gpt-image-2,high,1024x1024,1\n" for number in range(first, count))


def brought(
    store: Ledger, folder: Path, text: str, moved: Callable[[float], None] = lambda _: None, **wanted: Any
) -> Imported:
    path = folder / "usage.csv"
    path.write_text(HEADER + text)
    told = WantedImport({}, **wanted)
    return Import(store, Desk(catalog.load()), "T1", told, NOW, lambda *_: None, moved).run(path)


def seen(store: Ledger) -> tuple[int, int, int, bool]:
    """How many records each way of asking knows."""
    (total,) = SpendRows(store.engine).sums("T1", [YEAR])
    used = sum(one.images for one in store.read(mixes.used, "T1", YEAR))
    listed = Records(store.engine).each("T1", lambda records: sum(1 for _ in records))
    return total.records, used, listed, SpendRows(store.engine).earliest("T1") is not None


def left(store: Ledger) -> tuple[int, int]:
    """Rows of records and of open imports, whoever may see them."""
    with store.engine.connect() as connection:
        records, opened = (
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (usage_records, open_imports)
        )
        return records, opened


def test_K13_R112_an_import_is_seen_whole_or_not_at_all(store: Ledger, tmp_path: Path) -> None:
    meanwhile = []

    def look(share: float) -> None:
        if share > 0.7:  # rows are being stored
            meanwhile.append(seen(store))

    assert brought(store, tmp_path, lines(ROWS), look).stored == ROWS
    assert meanwhile == [(0, 0, 0, False)] * 3
    assert seen(store) == (ROWS, ROWS, ROWS, True)
    assert left(store) == (ROWS, 0)


@pytest.mark.parametrize("how", ["a conflict in its last line", "a dry run", "an interruption"])
def test_K13_R112_nothing_is_left_of_an_import_that_does_not_stand(store: Ledger, tmp_path: Path, how: str) -> None:
    Records(store.engine).take("T1", [record(id=f"i-{ROWS - 1}", source="csv", images=7)], NOW)
    text = lines(ROWS - 1) if how == "a dry run" else lines(ROWS)

    def interrupted(share: float) -> None:
        if share > 0.9:
            raise KeyboardInterrupt

    if how == "an interruption":
        with pytest.raises(KeyboardInterrupt):
            brought(store, tmp_path, text, interrupted)
    else:
        assert brought(store, tmp_path, text, dry_run=how == "a dry run").stored == (
            0 if "conflict" in how else ROWS - 1
        )
    assert left(store) == (1, 0)


def test_K13_R112_what_a_killed_import_left_is_not_seen_and_taken_away(store: Ledger, tmp_path: Path) -> None:
    rows_imports.begin(store.engine, "T1", "killed", NOW)
    with store.transaction() as connection:
        rows_records.take(connection, "T1", [record(id=f"i-{n}", source="csv") for n in range(5)], NOW, "killed")
    assert seen(store) == (0, 0, 0, False)
    assert left(store) == (5, 1)
    assert Records(store.engine).undo_left_behind(NOW + timedelta(minutes=10)) == 0
    assert brought(store, tmp_path, lines(ROWS)).stored == ROWS  # by this machine's time it is long gone
    assert seen(store)[0] == ROWS
    assert left(store) == (ROWS, 0)


@pytest.mark.parametrize(("low", "high"), [(0.7, 0.9), (0.99, 1.0)], ids=["in the middle", "before its end"])
def test_K13_R112_who_was_taken_for_dead_stores_nothing_more(
    store: Ledger, tmp_path: Path, low: float, high: float
) -> None:
    def cleared(share: float) -> None:
        if low < share <= high:
            assert Records(store.engine).undo_left_behind(Clock().real() + timedelta(hours=1)) == 1

    with pytest.raises(StoreBusy):
        brought(store, tmp_path, lines(ROWS), cleared)
    assert left(store) == (0, 0)


def test_K13_R112_what_is_being_taken_away_cannot_stand_any_more(store: Ledger) -> None:
    """Whoever took it for dead was killed in the middle of that, and the import itself was only slow."""
    rows_imports.begin(store.engine, "T1", "slow", NOW)
    with store.transaction() as connection:
        rows_records.take(connection, "T1", [record(id=f"i-{n}", source="csv") for n in range(5)], NOW, "slow")
        connection.execute(sa.update(open_imports).values(touched_at=None))
    with pytest.raises(StoreBusy):
        rows_imports.end(store.engine, "T1", "slow")
    with store.transaction() as connection, pytest.raises(StoreBusy):
        rows_imports.go_on(connection, "T1", "slow", NOW)
    assert seen(store) == (0, 0, 0, False)
    assert Records(store.engine).undo_left_behind(NOW) == 1
    assert left(store) == (0, 0)


def test_K13_R112_what_a_killed_import_left_stands_in_nobodys_way_for_longer_than_a_sweep(
    database_url: str, tmp_path: Path
) -> None:
    house = wiring.build(Settings(imagelane_pictures=tmp_path / "pictures"), database_url)
    with closing(house.enqueuer), closing(house.store), closing(house.quick):
        rows_imports.begin(house.store.engine, "T1", "killed", Clock().real() - timedelta(hours=1))
        with house.store.transaction() as connection:
            rows_records.take(connection, "T1", [record(id="i-1", source="csv")], NOW, "killed")
        sweep(wiring.duties(house, wiring.studio(house, "clock")))
        assert left(house.store) == (0, 0)


def test_K13_R112_nothing_is_taken_away_of_an_import_that_has_ended(store: Ledger) -> None:
    """As where the answer to its last commit was lost."""
    rows_imports.begin(store.engine, "T1", "ended", NOW)
    with store.transaction() as connection:
        rows_records.take(connection, "T1", [record(id="i-0", source="csv")], NOW, "ended")
    rows_imports.end(store.engine, "T1", "ended")
    rows_imports.undo(store.engine, "T1", "ended")
    assert seen(store)[0] == 1


def test_K13_R112_a_record_that_an_import_is_bringing_is_asked_for_again(store: Ledger, tmp_path: Path) -> None:
    spec = {"model": "gpt-image-2", "quality": "high", "size": "1024x1024", "images": 1}
    same = record(id="i-0", source="csv", occurred_at="2026-11-20T10:00:00Z", **spec)
    busy = []

    def posted(share: float) -> None:
        if share > 0.9:
            with pytest.raises(StoreBusy):
                Records(store.engine).take("T1", [same], NOW)
            with pytest.raises(NoRecord):
                Records(store.engine).review("T1", "csv", "i-0", 1, 0, NOW)
            busy.append(True)

    brought(store, tmp_path, lines(ROWS), posted)
    assert busy
    assert Records(store.engine).take("T1", [same], NOW).duplicates == {0}
    Records(store.engine).review("T1", "csv", "i-0", 1, 0, NOW)


def test_K13_R112_beside_an_import_another_process_may_write_on_sqlite(
    sqlite_url: str, quick_store: Ledger, tmp_path: Path
) -> None:
    """As the process that acks does, which finds SQLite locked by another process for as long as a transaction is."""
    path = sqlite_url.removeprefix("sqlite:///")
    written = []

    def write(share: float) -> None:
        if share > 0.7:
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
                written.append(share)

    brought(quick_store, tmp_path, lines(ROWS), write)
    assert len(written) == 3


def test_K13_R112_on_sqlite_an_import_rests_as_long_as_it_wrote(quick_store: Ledger) -> None:
    rests: list[float] = []
    batches = [[record(id=f"{n}-{i}", source="csv") for i in range(3)] for n in range(4)]
    Records(quick_store.engine).take_all("T1", batches, NOW, lambda *_: None, lambda: True, Clock().real, rests.append)
    assert len(rests) == 4
    assert all(0.02 <= rest <= 0.5 for rest in rests)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_K13_R112_beside_an_import_of_200000_rows_acks_pass(database_url: str, tmp_path: Path) -> None:
    path, rows = tmp_path / "usage.csv", 200_000
    path.write_text(HEADER + lines(rows))
    with installed(database_url, tmp_path) as house:
        house.start()
        environment = house.bot.environment
        importing = forked.start(["import", str(path)], environment, tmp_path, out=house.bot.log, err=house.bot.log)
        replies: list[Reply] = []
        while importing.poll() is None:
            replies.append(house.ask(f"kite {len(replies)}"))
            time.sleep(0.2)
        assert (importing.returncode, len(replies) > 1) == (0, True)
        assert [reply.text for reply in replies if not (reply.in_time and reply.text.startswith("Drawing"))] == []
        assert Records(house.store.engine).each(TEAM, lambda records: sum(1 for _ in records)) == rows
