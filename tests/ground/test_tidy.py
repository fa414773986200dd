"""Once a day: old pictures go, and the books are added up again."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr

from bot import wiring
from bot.clock import Clock
from bot.entrypoints.cli.processes import tidy
from bot.ledger.tables import budget_periods
from bot.playground.far_end import FarEnd
from bot.playground.loopback import Loopback, as_json
from bot.samples.jobs import ON_ITS_WAY
from bot.settings import Settings
from tests.kit.wishes import paid

ADMIN = "U0SAMPLEANA"


def test_books_that_do_not_add_up_are_told_to_the_admins(sqlite_url: str, tmp_path: Path) -> None:
    with FarEnd() as slack:
        settings = Settings(
            slack_bot_token=SecretStr(slack.bot_token),
            slack_api_url=slack.base_url,
            imagelane_pictures=tmp_path / "pictures",
            imagelane_admins=(ADMIN,),
        )
        house = wiring.build(settings, sqlite_url)
        paid(house.store)
        tidy(wiring.duties(house, wiring.studio(house, "clock")))
        assert slack.calls_of("chat.postMessage") == []
        with house.store.transaction() as connection:
            connection.execute(sa.update(budget_periods).values(spent_nanousd=1))
        tidy(wiring.duties(house, wiring.studio(house, "clock")))
        (told,) = slack.calls_of("chat.postMessage")
        assert "The books do not add up. T1 2026-11" in told.payload["text"]


def test_pictures_past_their_days_go(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(imagelane_pictures=tmp_path / "pictures", imagelane_pictures_days=30)
    house = wiring.build(settings, sqlite_url)
    old, young = (house.pictures.save("T1", name, b"\x89PNG", {}) for name in ("oldpicture", "newpicture"))
    then = (datetime.now(UTC) - timedelta(days=31)).timestamp()
    for path in old.parent.glob("oldpicture*"):
        os.utime(path, (then, then))
    tidy(wiring.duties(house, wiring.studio(house, "clock")))
    assert (old.exists(), young.exists()) == (False, True)


def test_by_a_moved_clock_old_pictures_go_and_those_perhaps_on_their_way_stay(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(imagelane_pictures=tmp_path / "pictures", imagelane_pictures_days=30)
    with Loopback(lambda _: as_json({"offset_seconds": 31 * 86_400}), time.time) as server:
        clock = Clock(f"{server.url}/clock")
        clock.set()
    house = wiring.build(settings, sqlite_url, clock)
    old, young = (house.pictures.save("T1", name, b"\x89PNG", {}) for name in ("oldpicture", "newpicture"))
    then = (datetime.now(UTC) - ON_ITS_WAY).timestamp()
    for path in old.parent.glob("oldpicture*"):
        os.utime(path, (then, then))
    tidy(wiring.duties(house, wiring.studio(house, "clock")))
    assert (old.exists(), young.exists()) == (False, True)
