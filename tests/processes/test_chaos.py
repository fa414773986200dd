"""Kills, freezes and outages all at once; then the books, the bill, the disk and the channel say the same.

Twenty seconds of it here, ten minutes in `make soak`; three workers, two web and two clocks on PostgreSQL, one process
on SQLite.
"""

import time
from pathlib import Path

import pytest

from tests.kit.chaos import MANY, ONE, REST_SECONDS, Chaos, ring
from tests.kit.reconciled import reconciled
from tests.kit.waiting import until

pytestmark = pytest.mark.waits

SEED = 20261128
SHORT, LONG = 12.0, 600.0


def run(database_url: str, folder: Path, processes: tuple[str, ...], seconds: float) -> None:
    with ring(database_url, folder, processes) as whole:
        chaos = Chaos(whole, SEED)
        chaos.run(seconds)
        late = time.monotonic() + (REST_SECONDS if seconds == LONG else 10)  # what is told by the next sweep
        until(lambda: not reconciled(whole).wrong or time.monotonic() > late, every=2, seconds=REST_SECONDS * 2)
        found = reconciled(whole)
        print(f"seed {SEED}, {len(chaos.happened)} troubles: {', '.join(chaos.happened)}")
        print(", ".join(f"{name} {count}" for name, count in sorted(found.counts.items())))
        assert not found.wrong, "\n".join(found.wrong)
        assert found.counts["delivered"]
        next(whole.pictures.rglob("*.png")).unlink()
        assert [fault for fault in reconciled(whole).wrong if fault.startswith("no file")]  # it would be seen


@pytest.mark.timeout(420)
def test_seven_processes_in_twelve_seconds_of_chaos_lose_nothing(postgres_url: str, tmp_path: Path) -> None:
    run(postgres_url, tmp_path, MANY, SHORT)


@pytest.mark.timeout(420)
def test_one_process_in_twelve_seconds_of_chaos_loses_nothing(sqlite_url: str, tmp_path: Path) -> None:
    run(sqlite_url, tmp_path, ONE, SHORT)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_seven_processes_in_ten_minutes_of_chaos_lose_nothing(postgres_url: str, tmp_path: Path) -> None:
    run(postgres_url, tmp_path, MANY, LONG)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_one_process_in_ten_minutes_of_chaos_loses_nothing(sqlite_url: str, tmp_path: Path) -> None:
    run(sqlite_url, tmp_path, ONE, LONG)
