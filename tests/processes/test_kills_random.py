"""kill -9 at random moments with several pictures under way: never two calls for one, and no dollar unbooked."""

import random
import threading
from pathlib import Path

import pytest

from tests.kit.books import House, installed

pytestmark = pytest.mark.waits

SEED = 20261122
AT_ONCE = 3  # commands under way at each kill
LONGEST_SECONDS = 1.5  # by then all of them are done


def rounds(house: House, kills: int) -> None:
    """Each round is one process: it takes up what the last one left, gets new commands, and dies at any moment."""
    chance = random.Random(SEED)
    for kill in range(kills):
        process = house.start()
        for number in range(AT_ONCE):
            house.ask(f"kite {kill} {number}", chance.choice(["", "premium", "budget premium"]))
        threading.Event().wait(chance.uniform(0, LONGEST_SECONDS))
        house.kill(process)
    house.start()
    house.come_to_rest(120)


@pytest.mark.timeout(240)
def test_random_kills_leave_nothing_lost_and_nothing_paid_twice(sqlite_url: str, tmp_path: Path) -> None:
    with installed(sqlite_url, tmp_path, seconds=0.2) as house:
        rounds(house, kills=3)
        house.check()


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_hundred_random_kills_leave_nothing_lost_and_nothing_paid_twice(database_url: str, tmp_path: Path) -> None:
    with installed(database_url, tmp_path, seconds=0.2) as house:
        rounds(house, kills=100)
        house.check()
