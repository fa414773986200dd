"""The provider's bill in the store: a day is replaced and never added to, and one process reads it a day."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot import periods
from bot.billing.rows import BillBooks
from bot.ledger.ledger import Ledger
from tests.kit.bills_made import FRIDAY, SATURDAY, images, line
from tests.kit.wishes import CENT, NOW, at_once

LEASE = timedelta(hours=1)
WEEK = periods.span(periods.week_of(FRIDAY), ZoneInfo("UTC"))


def billed(store: Ledger, team_id: str = "T1") -> dict[date, tuple[int, int]]:
    """Cents and images of each day that was read."""
    found = BillBooks(store.engine).billed(team_id, WEEK)
    return {one.day: (one.amount_nanousd // CENT, one.images) for one in found.days} if found else {}


def test_R60_a_bucket_read_again_with_a_later_higher_figure_takes_the_place_of_the_first(store: Ledger) -> None:
    BillBooks(store.engine).replace("T1", [FRIDAY], [line(40), images(3)], NOW)
    BillBooks(store.engine).replace("T1", [FRIDAY], [line(55), images(4)], NOW + LEASE)
    assert billed(store) == {FRIDAY: (55, 4)}


def test_R60_a_bucket_that_is_gone_when_its_day_is_read_again_goes(store: Ledger) -> None:
    BillBooks(store.engine).replace(
        "T1", [FRIDAY, SATURDAY], [line(40), line(2, item="gpt-image-1"), line(7, SATURDAY)], NOW
    )
    BillBooks(store.engine).replace("T1", [FRIDAY], [line(40)], NOW + LEASE)
    assert billed(store) == {FRIDAY: (40, 0), SATURDAY: (7, 0)}


def test_a_day_with_nothing_billed_was_read_all_the_same(store: Ledger) -> None:
    assert BillBooks(store.engine).billed("T1", WEEK) is None
    BillBooks(store.engine).replace("T1", [FRIDAY], [], NOW)
    assert billed(store) == {FRIDAY: (0, 0)}


def test_an_earlier_reading_that_comes_late_changes_nothing(store: Ledger) -> None:
    assert BillBooks(store.engine).replace("T1", [FRIDAY], [line(55)], NOW) == 1
    assert BillBooks(store.engine).replace("T1", [FRIDAY], [line(40)], NOW - LEASE) == 0
    assert billed(store) == {FRIDAY: (55, 0)}


def test_two_who_read_in_the_same_instant_leave_one_bill(store: Ledger) -> None:
    def read(cents: int) -> int:
        return BillBooks(store.engine).replace(
            "T1", [SATURDAY, FRIDAY], [line(cents), line(cents, item=f"dall-e-{cents}")], NOW
        )

    assert at_once([partial(read, cents) for cents in (2, 3, 2, 3)]) == [2, 2, 2, 2]
    assert billed(store)[FRIDAY][0] in (4, 6)


def test_what_is_about_no_image_model_is_kept_and_not_counted(store: Ledger) -> None:
    BillBooks(store.engine).replace("T1", [FRIDAY], [line(40), line(900, item="gpt-6-astra, input_tokens")], NOW)
    assert billed(store) == {FRIDAY: (40, 0)}


def test_two_teams_never_see_each_others_bill(store: Ledger) -> None:
    BillBooks(store.engine).replace("T1", [FRIDAY], [line(40)], NOW)
    assert BillBooks(store.engine).billed("T2", WEEK) is None
    assert BillBooks(store.engine).unfinished("T2") is None


@pytest.mark.parametrize(
    ("read_at", "unfinished"),
    [
        ("2026-11-22T23:59:59", "2026-11-20"),
        ("2026-11-23T00:00:00", "2026-11-21"),
        ("2026-11-24T00:00:00", "2026-11-22"),
    ],
)
def test_days_are_read_again_until_they_are_settled(store: Ledger, read_at: str, unfinished: str) -> None:
    at = datetime.fromisoformat(read_at).replace(tzinfo=UTC)
    BillBooks(store.engine).replace("T1", [FRIDAY, SATURDAY], [], at)
    assert BillBooks(store.engine).unfinished("T1") == date.fromisoformat(unfinished)


# Who reads it when


def begin(store: Ledger, at: datetime, enqueued: list[str]) -> bool:
    return BillBooks(store.engine).begin("T1", at.date(), at, LEASE, lambda _, day: enqueued.append(day))


def test_any_number_of_processes_read_a_days_bill_once(store: Ledger) -> None:
    enqueued: list[str] = []
    assert sorted(at_once([partial(begin, store, NOW, enqueued)] * 8)) == [False] * 7 + [True]
    assert enqueued == ["2026-11-22"]
    BillBooks(store.engine).done("T1", NOW.date(), NOW)
    assert not begin(store, NOW + 5 * LEASE, enqueued)
    assert begin(store, NOW + timedelta(days=1), enqueued)


@pytest.mark.parametrize(("after", "again"), [(LEASE - timedelta(seconds=1), False), (LEASE, True)])
def test_a_reader_that_died_is_replaced_after_its_lease(store: Ledger, after: timedelta, again: bool) -> None:
    begin(store, NOW, [])
    assert begin(store, NOW + after, []) is again


def test_a_failure_is_told_once_a_day_and_tried_again_no_sooner_than_asked(store: Ledger) -> None:
    begin(store, NOW, [])
    assert BillBooks(store.engine).failed("T1", NOW.date(), NOW + 2 * LEASE, "no rights")
    assert not begin(store, NOW + LEASE, [])
    assert begin(store, NOW + 2 * LEASE, [])
    assert not BillBooks(store.engine).failed("T1", NOW.date(), NOW + 3 * LEASE, "no rights")
    tomorrow = NOW + timedelta(days=1)
    begin(store, tomorrow, [])
    assert BillBooks(store.engine).failed("T1", tomorrow.date(), tomorrow, "no rights")
