"""The rows behind digests: schedules, and the claim that stands before a post."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.digest.rows import DigestRows, PostPlace
from bot.digest.schedule import Schedule
from bot.ledger import workspaces
from bot.ledger.ledger import Ledger, open_ledger

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLACE = PostPlace("T1", "C1", "2026-W47")


def schedule(team_id: str = "T1", channel_id: str = "C1", weekday: int = 0) -> Schedule:
    return Schedule(team_id, channel_id, weekday, 9, 0, "Europe/Berlin", "U1", NOW)


def test_a_channel_has_one_schedule_and_the_last_one_set_counts(store: Ledger) -> None:
    DigestRows(store.engine).set(schedule())
    DigestRows(store.engine).set(schedule(weekday=3))
    DigestRows(store.engine).set(schedule(channel_id="C2"))
    assert DigestRows(store.engine).schedules() == (schedule(weekday=3), schedule(channel_id="C2"))
    assert DigestRows(store.engine).schedule("T1", "C1") == schedule(weekday=3)
    assert DigestRows(store.engine).schedule("T2", "C1") is None


def test_a_schedule_that_was_ended_is_gone_and_a_workspace_that_left_has_none(store: Ledger) -> None:
    DigestRows(store.engine).set(schedule())
    DigestRows(store.engine).set(schedule("T2"))
    assert DigestRows(store.engine).end("T1", "C1", "U2", NOW) is True
    assert DigestRows(store.engine).end("T1", "C1", "U2", NOW) is False
    store.write(workspaces.stop, "T2", NOW)
    assert DigestRows(store.engine).schedules() == ()


def test_a_digest_is_claimed_once_and_again_only_when_it_surely_was_not_posted(store: Ledger) -> None:
    assert DigestRows(store.engine).claim(PLACE, "one", NOW) is True
    assert DigestRows(store.engine).claim(PLACE, "two", NOW) is False
    DigestRows(store.engine).failed(PLACE)
    assert DigestRows(store.engine).claim(PLACE, "two", NOW) is True
    DigestRows(store.engine).posted(PLACE, "1.0", NOW, 5)
    assert DigestRows(store.engine).claim(PLACE, "three", NOW) is False


def test_R54_a_dead_process_is_followed_once(store: Ledger) -> None:
    DigestRows(store.engine).claim(PLACE, "dead", NOW)
    left = DigestRows(store.engine).post(PLACE)
    assert left is not None
    assert DigestRows(store.engine).claim_after(left, "second", NOW) is True
    assert DigestRows(store.engine).claim_after(left, "third", NOW) is False
    again = DigestRows(store.engine).post(PLACE)
    assert again is not None
    assert (again.owner, again.repeats) == ("second", 1)
    assert DigestRows(store.engine).claim_after(again, "third", NOW) is False


def test_what_a_channel_was_last_told_about_a_week_is_known(store: Ledger) -> None:
    asked = PostPlace("T1", "C1", "2026-W47", "trigger-1")
    for place, told, at in ((PLACE, 5, NOW), (asked, 7, NOW + timedelta(days=1))):
        DigestRows(store.engine).claim(place, "one", NOW)
        DigestRows(store.engine).posted(place, "1.0", at, told)
    last = DigestRows(store.engine).told("T1", "C1", "2026-W47")
    assert last is not None
    assert (last.told_nanousd, last.as_of) == (7, NOW + timedelta(days=1))
    assert DigestRows(store.engine).told("T2", "C1", "2026-W47") is None


def test_the_newest_week_of_each_channel_is_that_of_its_schedule_however_far_it_got(store: Ledger) -> None:
    other = PostPlace("T1", "C2", "2026-W40")
    later = PostPlace("T1", "C1", "2026-W48")
    for place in (PLACE, later, other, PostPlace("T1", "C1", "2026-W50", "trigger-1")):
        DigestRows(store.engine).claim(place, "one", NOW)
    DigestRows(store.engine).refused(later)
    newest = DigestRows(store.engine).newest()
    assert {key: post.place for key, post in newest.items()} == {("T1", "C1"): later, ("T1", "C2"): other}
    came = DigestRows(store.engine).came("T1", "C1", "2026-W49")
    assert came is not None
    assert came.place == PLACE
    assert DigestRows(store.engine).came("T1", "C1", "2026-W47") is None


@pytest.mark.parametrize("periods", [pytest.param(20), pytest.param(200, marks=pytest.mark.soak)])
def test_R50_five_at_once_post_each_week_once(database_url: str, periods: int) -> None:
    start = threading.Barrier(5)

    def claims(owner: str) -> int:
        own = open_ledger(database_url, busy_seconds=30)
        start.wait()
        found = sum(
            DigestRows(own.engine).claim(PostPlace("T1", "C1", f"2026-W{n}"), owner, NOW) for n in range(periods)
        )
        own.close()
        return found

    with ThreadPoolExecutor(5) as five:
        assert sum(five.map(claims, "abcde")) == periods
