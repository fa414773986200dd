"""How long a bench's pictures stay: while it is open and 90 days after its sealing, when others are long gone."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import wiring
from bot.bench import rows_ends
from bot.entrypoints.cli.processes import tidy
from bot.ledger.ledger import Ledger
from bot.settings import Settings
from tests.kit.benches_made import drawn, sealed
from tests.kit.clock import moment, standing
from tests.kit.wishes import NOW, paid

SECOND = timedelta(seconds=1)


def left(store: Ledger, url: str, folder: Path, at: datetime) -> set[tuple[str, str]]:
    """Whose pictures are there after the daily tidying at that time; all were drawn at NOW."""
    house = replace(wiring.build(Settings(imagelane_pictures=folder), url), clock=standing(at))
    with closing(house.store), closing(house.quick), closing(house.enqueuer):
        with store.engine.connect() as connection:
            drawn_ones = connection.exec_driver_sql("SELECT team_id, id FROM generations WHERE drawn_at IS NOT NULL")
            pictures = {(row.team_id, row.id) for row in drawn_ones}
        for team_id, picture in pictures:
            path = house.pictures.save(team_id, picture, b"png", {})
            for file in (path, path.with_suffix(".json")):
                os.utime(file, (NOW.timestamp(), NOW.timestamp()))
        tidy(wiring.duties(house, wiring.studio(house, "clock")))
        return {one for one in pictures if house.pictures.find(*one)}


@pytest.mark.parametrize(
    ("make", "after", "kept"),
    [
        (sealed, timedelta(days=90), True),
        (sealed, timedelta(days=90) + SECOND, False),
        (drawn, timedelta(days=400), True),
    ],
)
def test_a_bench_s_pictures_stay_while_it_is_open_and_for_90_days_after(
    quick_store: Ledger, sqlite_url: str, tmp_path: Path, make: Callable[[Ledger], object], after: timedelta, kept: bool
) -> None:
    make(quick_store)
    assert len(left(quick_store, sqlite_url, tmp_path / "pictures", NOW + after)) == (12 if kept else 0)


@pytest.mark.parametrize(("after", "kept"), [(timedelta(days=30), 1), (timedelta(days=30) + SECOND, 0)])
def test_other_pictures_go_after_30_days_and_those_of_a_cancelled_bench_with_them(
    quick_store: Ledger, sqlite_url: str, tmp_path: Path, after: timedelta, kept: int
) -> None:
    paid(quick_store)
    bench = drawn(quick_store)
    quick_store.write_once(rows_ends.cancel, "T1", bench.id, "U1", moment(NOW))
    assert len(left(quick_store, sqlite_url, tmp_path / "pictures", NOW + after)) == 13 * kept
