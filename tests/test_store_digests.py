"""The rows behind digests: schedules, and the claim that stands before a post."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.digest.rows import PostPlace
from bot.digest.schedule import Schedule
from bot.store import Store, open_store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLACE = PostPlace("T1", "C1", "2026-W47")


def schedule(team_id: str = "T1", channel_id: str = "C1", weekday: int = 0) -> Schedule:
    return Schedule(team_id, channel_id, weekday, 9, 0, "Europe/Berlin", "U1", NOW)


def test_a_channel_has_one_schedule_and_the_last_one_set_counts(store: Store) -> None:
    store.digests.set(schedule())
    store.digests.set(schedule(weekday=3))
    store.digests.set(schedule(channel_id="C2"))
    assert store.digests.schedules() == (schedule(weekday=3), schedule(channel_id="C2"))
    assert store.digests.schedule("T1", "C1") == schedule(weekday=3)
    assert store.digests.schedule("T2", "C1") is None


def test_a_schedule_that_was_ended_is_gone_and_a_workspace_that_left_has_none(store: Store) -> None:
    store.digests.set(schedule())
    store.digests.set(schedule("T2"))
    assert store.digests.end("T1", "C1", "U2", NOW) is True
    assert store.digests.end("T1", "C1", "U2", NOW) is False
    store.stop_workspace("T2", NOW)
    assert store.digests.schedules() == ()


def test_a_digest_is_claimed_once_and_again_only_when_it_surely_was_not_posted(store: Store) -> None:
    assert store.digests.claim(PLACE, "one", NOW) is True
    assert store.digests.claim(PLACE, "two", NOW) is False
    store.digests.failed(PLACE)
    assert store.digests.claim(PLACE, "two", NOW) is True
    store.digests.posted(PLACE, "1.0", NOW, 5)
    assert store.digests.claim(PLACE, "three", NOW) is False


def test_R54_a_dead_process_is_followed_once(store: Store) -> None:
    store.digests.claim(PLACE, "dead", NOW)
    left = store.digests.post(PLACE)
    assert left is not None
    assert store.digests.claim_after(left, "second", NOW) is True
    assert store.digests.claim_after(left, "third", NOW) is False
    again = store.digests.post(PLACE)
    assert again is not None
    assert (again.owner, again.repeats) == ("second", 1)
    assert store.digests.claim_after(again, "third", NOW) is False


def test_what_a_channel_was_last_told_about_a_week_is_known(store: Store) -> None:
    asked = PostPlace("T1", "C1", "2026-W47", "trigger-1")
    for place, told, at in ((PLACE, 5, NOW), (asked, 7, NOW + timedelta(days=1))):
        store.digests.claim(place, "one", NOW)
        store.digests.posted(place, "1.0", at, told)
    last = store.digests.told("T1", "C1", "2026-W47")
    assert last is not None
    assert (last.told_nanousd, last.as_of) == (7, NOW + timedelta(days=1))
    assert store.digests.told("T2", "C1", "2026-W47") is None


def test_the_newest_week_of_each_channel_is_that_of_its_schedule_however_far_it_got(store: Store) -> None:
    other = PostPlace("T1", "C2", "2026-W40")
    later = PostPlace("T1", "C1", "2026-W48")
    for place in (PLACE, later, other, PostPlace("T1", "C1", "2026-W50", "trigger-1")):
        store.digests.claim(place, "one", NOW)
    store.digests.refused(later)
    newest = store.digests.newest()
    assert {key: post.place for key, post in newest.items()} == {("T1", "C1"): later, ("T1", "C2"): other}
    came = store.digests.came("T1", "C1", "2026-W49")
    assert came is not None
    assert came.place == PLACE
    assert store.digests.came("T1", "C1", "2026-W47") is None


@pytest.mark.parametrize("periods", [pytest.param(20), pytest.param(200, marks=pytest.mark.soak)])
def test_R50_five_at_once_post_each_week_once(database_url: str, periods: int) -> None:
    start = threading.Barrier(5)

    def claims(owner: str) -> int:
        own = open_store(database_url, busy_seconds=30)
        start.wait()
        found = sum(own.digests.claim(PostPlace("T1", "C1", f"2026-W{n}"), owner, NOW) for n in range(periods))
        own.close()
        return found

    with ThreadPoolExecutor(5) as five:
        assert sum(five.map(claims, "abcde")) == periods
