"""Usage records in the store: each once, a batch whole or not at all, reviewed later; on both databases."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.ledger.ledger import Ledger
from bot.ledger.usage_tables import usage_records
from bot.usage.errors import BadRecord, NoRecord, OtherContent
from bot.usage.records import Record
from bot.usage.rows import Records
from bot.usage.rows_records import COPIED_FROM
from tests.kit.usage_made import NOW, USAGE, record
from tests.kit.wishes import at_once

LATER = NOW + timedelta(hours=1)
BATCHES = [3, COPIED_FROM + 3]


def rows(store: Ledger) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(sa.select(usage_records).order_by(usage_records.c.id)))


def many(count: int, **changes: Any) -> list[Record]:
    plain = record(**changes)
    return [plain._replace(id=f"sample-{number:04}") for number in range(count)]


def test_a_record_is_stored_as_it_was_read(store: Ledger) -> None:
    Records(store.engine).take("T1", [record(usage=USAGE, kept=1, project="Sample", person="U1")], NOW)
    (row,) = rows(store)
    assert (row.team_id, row.source, row.id, row.lane, row.basis) == ("T1", "api", "sample-1", "budget", "usage")
    assert (row.images, row.kept, row.rejected, row.amount_nanousd) == (4, 1, None, 52_930_000)
    assert (row.occurred_at.isoformat(), row.received_at) == ("2026-11-20T10:00:00+00:00", NOW)
    assert (row.text_in_tokens, row.image_out_tokens, row.text_in_cached_tokens, row.revision) == (50, 1756, 0, 1)
    assert row.reviewed_at is None


@pytest.mark.parametrize("count", BATCHES)
def test_R60_the_same_batch_twice_adds_nothing(store: Ledger, count: int) -> None:
    batch = many(count, usage=USAGE)
    assert Records(store.engine).take("T1", batch, NOW).duplicates == frozenset()
    assert Records(store.engine).take("T1", batch, LATER).duplicates == frozenset(range(count))
    assert [row.received_at for row in rows(store)] == [NOW] * count


@pytest.mark.parametrize("count", BATCHES)
def test_what_is_new_in_a_batch_is_stored_beside_what_is_not(store: Ledger, count: int) -> None:
    Records(store.engine).take("T1", many(2), NOW)
    assert Records(store.engine).take("T1", many(count), LATER).duplicates == frozenset({0, 1})
    assert len(rows(store)) == count


@pytest.mark.parametrize("count", BATCHES)
def test_a_record_that_says_something_else_is_named_and_nothing_of_its_batch_is_stored(
    store: Ledger, count: int
) -> None:
    Records(store.engine).take("T1", [record(id="sample-0002")], NOW)
    with pytest.raises(OtherContent) as refused:
        Records(store.engine).take("T1", many(count, images=5), LATER)
    assert (refused.value.record_id, refused.value.field, refused.value.index) == ("sample-0002", "images", 2)
    assert len(rows(store)) == 1


def test_a_batch_may_hold_a_record_twice_but_not_two_under_one_id(store: Ledger) -> None:
    assert Records(store.engine).take("T1", [record(), record()], NOW).duplicates == frozenset({1})
    with pytest.raises(OtherContent):
        Records(store.engine).take("T1", [record(id="sample-2"), record(id="sample-2", images=1)], NOW)
    assert len(rows(store)) == 1


def test_an_id_is_free_for_another_source_and_for_another_team(store: Ledger) -> None:
    Records(store.engine).take("T1", [record()], NOW)
    Records(store.engine).take("T1", [record(source="nightly", images=1)], NOW)
    Records(store.engine).take("T2", [record(images=2)], NOW)
    assert len(rows(store)) == 3


def test_a_review_counts_for_the_day_of_the_drawing_and_outlives_a_repeat(store: Ledger) -> None:
    Records(store.engine).take("T1", [record(kept=1, rejected=0)], NOW)
    Records(store.engine).review("T1", "api", "sample-1", 3, 1, LATER)
    assert Records(store.engine).take("T1", [record(kept=1, rejected=0)], LATER).duplicates == frozenset({0})
    (row,) = rows(store)
    assert (row.kept, row.rejected, row.reviewed_at) == (3, 1, LATER)
    assert row.occurred_at < row.received_at == NOW


def test_a_review_of_more_images_than_there_are_is_refused(store: Ledger) -> None:
    Records(store.engine).take("T1", [record()], NOW)
    with pytest.raises(BadRecord):
        Records(store.engine).review("T1", "api", "sample-1", 3, 2, LATER)
    assert rows(store)[0].kept is None


@pytest.mark.parametrize("key", [("T1", "api", "sample-2"), ("T1", "nightly", "sample-1"), ("T2", "api", "sample-1")])
def test_R77_a_record_that_is_not_there_and_one_of_another_team_are_refused_alike(
    store: Ledger, key: tuple[str, str, str]
) -> None:
    Records(store.engine).take("T1", [record()], NOW)
    with pytest.raises(NoRecord):
        Records(store.engine).review(*key, 1, 1, LATER)


def test_the_same_records_at_once_from_many_sides_are_stored_once(store: Ledger) -> None:
    batch = many(COPIED_FROM + 3)
    results = at_once([lambda: Records(store.engine).take("T1", batch, NOW)] * 6)
    assert sorted(len(taken.duplicates) for taken in results) == [0, *[len(batch)] * 5]
    assert len(rows(store)) == len(batch)


def test_an_unknown_price_is_kept_unknown(store: Ledger) -> None:
    Records(store.engine).take("T1", [record(model="sample-painter-9")], NOW)
    assert (rows(store)[0].amount_nanousd, rows(store)[0].basis) == (None, "unknown")
