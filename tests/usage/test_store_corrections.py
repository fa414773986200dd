"""Corrections: a record that was wrong is ended, and perhaps followed by another; nothing is changed in place."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot import periods
from bot.clock import Clock
from bot.errors import ImagelaneError, StoreBusy
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.tables import audits
from bot.ledger.usage_tables import usage_records
from bot.spend.rows import SpendRows
from bot.usage import rows_imports, rows_records
from bot.usage.errors import NoRecord, OtherContent
from bot.usage.records import Correction, Record
from bot.usage.rows import Records
from tests.kit.usage_made import NOW, USAGE, UTC_ZONE, record
from tests.kit.wishes import at_once

LATER = NOW + timedelta(hours=1)
BY = Correction("token:sample", LATER)
MONTH = periods.span(periods.Days(date(2026, 11, 1), date(2026, 11, 30)), UTC_ZONE)
DOLLAR = 10**9
_teams = count()


def spent(store: Ledger, team_id: str = "T1") -> tuple[int, int, int]:
    """Nano-dollars, pictures and kept ones of the month."""
    (sums,) = SpendRows(store.engine).sums(team_id, [MONTH])
    return sums.spent_nanousd, sums.images, sums.kept


def revisions(store: Ledger) -> list[tuple[Any, ...]]:
    c = usage_records.c
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(usage_records).order_by(c.source, c.id, c.revision))
        return [(row.id, row.revision, row.reason, row.ended_by) for row in rows]


def noted(store: Ledger) -> list[tuple[str, str]]:
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(audits).where(audits.c.what.like("usage%")).order_by(audits.c.at))
        return [(row.what, row.person_id) for row in rows]


def brought(
    store: Ledger, *batches: list[Record], agreed: Callable[[], bool] = lambda: True, team_id: str = "T1"
) -> list[Any]:
    told: list[Any] = []
    Records(store.engine).take_all(
        team_id, batches, NOW, lambda _, taken: told.append(taken), agreed, Clock().real, lambda _: None, correction=BY
    )
    return told


def test_F6_a_void_takes_a_record_out_of_every_sum_and_frees_its_id(store: Ledger) -> None:
    books = Records(store.engine)
    books.take("T1", [record(usd="2"), record(id="other", usd="1")], NOW)
    assert books.void("T1", "api", "sample-1", BY).amount_nanousd == 2 * DOLLAR
    assert spent(store) == (DOLLAR, 4, 0)
    with pytest.raises(NoRecord):
        books.void("T1", "api", "sample-1", Correction("token:sample", LATER + timedelta(hours=1)))
    with pytest.raises(NoRecord):
        books.review("T1", "api", "sample-1", 1, 0, LATER)
    assert books.take("T1", [record(usd="3")], LATER).duplicates == frozenset()
    assert spent(store) == (4 * DOLLAR, 8, 0)
    assert revisions(store)[1:] == [("sample-1", 1, "void", "token:sample"), ("sample-1", 2, None, None)]
    assert noted(store) == [("usage void", "token:sample")]


def test_F6_a_void_whose_answer_was_lost_is_the_same_void(store: Ledger) -> None:
    books = Records(store.engine)
    books.take("T1", [record(usd="2")], NOW)
    assert [books.void("T1", "api", "sample-1", BY).id for _ in range(2)] == ["sample-1"] * 2


def test_F6_a_replacement_stands_in_the_place_of_what_was_wrong(store: Ledger) -> None:
    books = Records(store.engine)
    books.take("T1", [record(model="gpt-image-2.6-flare"), record(id="other", usd="1")], NOW)
    with pytest.raises(OtherContent):
        books.take("T1", [record(usd="5")], LATER)
    taken = books.take("T1", [record(usd="5"), record(id="other", usd="1")], LATER, BY)
    assert (set(taken.replaced), set(taken.duplicates)) == ({0}, {1})
    assert spent(store) == (6 * DOLLAR, 8, 0)
    assert revisions(store)[1:] == [("sample-1", 1, "replaced", "token:sample"), ("sample-1", 2, None, None)]
    assert noted(store) == [("usage replaced", "token:sample")]


def test_F6_a_later_review_stands_unless_the_new_record_says_itself(store: Ledger) -> None:
    books = Records(store.engine)
    books.take("T1", [record(usd="1")], NOW)
    books.review("T1", "api", "sample-1", 3, 1, LATER)
    books.take("T1", [record(usd="2")], LATER, BY)
    assert spent(store) == (2 * DOLLAR, 4, 3)
    assert books.take("T1", [record(usd="2", kept=1)], LATER).duplicates == {0}  # a repeat, and no correction
    assert spent(store) == (2 * DOLLAR, 4, 3)
    assert books.take("T1", [record(usd="2", kept=1, rejected=0)], LATER, BY).replaced == {0}
    assert spent(store) == (2 * DOLLAR, 4, 1)
    books.take("T1", [record(usd="3", kept=1, rejected=0)], LATER, BY)
    assert spent(store) == (3 * DOLLAR, 4, 1)
    books.take("T1", [record(usd="4", images=1)], LATER, BY)
    assert spent(store) == (4 * DOLLAR, 1, 0)


def test_F6_what_is_known_by_now_gets_its_price_once(store: Ledger) -> None:
    books = Records(store.engine)
    books.take("T1", [record(model="shop-image-prod"), record(id="other", model="nobody")], NOW)
    books.review("T1", "api", "sample-1", 2, 2, LATER)

    def price(one: Record) -> Record:
        known = one.model == "shop-image-prod"
        return one._replace(model="gpt-image-2", amount_nanousd=DOLLAR, basis="published") if known else one

    told = [books.reprice("T1", price, BY) for _ in range(2)]
    assert [(one.looked_at, one.priced) for one in told] == [(2, 1), (1, 0)]
    assert spent(store) == (DOLLAR, 8, 2)
    assert ("sample-1", 1, "repriced", "token:sample") in revisions(store)
    assert noted(store) == [("usage repriced", "token:sample")]


def test_R123_what_was_replaced_while_it_was_priced_is_priced_as_it_stands(store: Ledger, database_url: str) -> None:
    books, hasty = Records(store.engine), open_ledger(database_url, busy_seconds=0.1)  # SQLite has one writer at a time
    books.take("T1", [record(model="shop-image-prod", images=4)], NOW)
    mended = record(model="shop-image-prod", images=1)

    def price(one: Record) -> Record:
        if one.images == 4:
            with suppress(ImagelaneError):
                Records(hasty.engine).take("T1", [mended], LATER, BY)
        return one._replace(amount_nanousd=DOLLAR * (one.images or 0), basis="published", rates="sample")

    for _ in range(2):
        with suppress(ImagelaneError):
            books.reprice("T1", price, BY)
    total, images, _ = spent(store)
    assert total == images * DOLLAR
    hasty.close()


def test_F6_an_import_replaces_all_at_its_end_or_nothing(store: Ledger) -> None:
    books = Records(store.engine)
    books.take("T1", [record(id=f"i-{n}", usd="1") for n in range(5)], NOW)
    seen = []

    def first() -> bool:
        seen.append(spent(store))
        return False

    better = [record(id=f"i-{n}", usd="2") for n in range(5)]
    brought(store, better[:3], better[3:], agreed=first)
    assert seen == [(5 * DOLLAR, 20, 0)]
    assert spent(store) == (5 * DOLLAR, 20, 0)
    assert revisions(store) == [(f"i-{n}", 1, None, None) for n in range(5)]
    told = brought(store, better[:3], better[3:])
    assert [len(taken.replaced) for taken in told] == [3, 2]
    assert spent(store) == (10 * DOLLAR, 20, 0)
    assert noted(store) == [("usage replaced", "token:sample")]


def test_R117_what_a_killed_import_had_replaced_stands_again(store: Ledger) -> None:
    books = Records(store.engine)
    books.take("T1", [record(id=f"i-{n}", usd="1") for n in range(5)], NOW)
    rows_imports.begin(store.engine, "T1", "killed", NOW)
    with store.transaction() as connection:
        better = [record(id=f"i-{n}", usd="2") for n in range(4)]
        rows_records.take_fitting(connection, "T1", better, NOW, "killed", BY)
    assert spent(store) == (5 * DOLLAR, 20, 0)
    with pytest.raises(StoreBusy):
        books.void("T1", "api", "i-1", BY)
    with pytest.raises(StoreBusy):
        books.review("T1", "api", "i-1", 1, 0, NOW)
    books.review("T1", "api", "i-4", 1, 0, NOW)
    assert books.undo_left_behind(NOW + timedelta(hours=1)) == 1
    assert spent(store) == (5 * DOLLAR, 20, 1)
    assert revisions(store) == [(f"i-{n}", 1, None, None) for n in range(5)]


def test_F14_a_record_that_stands_twice_in_one_import_is_told_so(store: Ledger) -> None:
    (first, second) = brought(store, [record(usd="1"), record(usd="2")], [record(usd="3")])
    assert (first.conflicts, first.again) == ({1: "usd"}, {1})
    assert (second.conflicts, second.again) == ({0: "usd"}, {0})
    assert spent(store) == (DOLLAR, 4, 0)


@pytest.mark.parametrize("round_", range(3))
def test_R118_of_many_who_correct_one_record_at_once_one_revision_stands(database_url: str, round_: int) -> None:
    stores = [open_ledger(database_url, busy_seconds=10) for _ in range(6)]
    Records(stores[0].engine).take("T1", [record(usd="1")], NOW)

    def correct(number: int) -> None:
        books = Records(stores[number].engine)
        with suppress(ImagelaneError):
            if number % 3 == 0:
                books.void("T1", "api", "sample-1", Correction(f"token:{number}", LATER))
            elif number % 3 == 1:
                books.take("T1", [record(usd=str(number + 1))], LATER, Correction(f"token:{number}", LATER))
            else:
                books.review("T1", "api", "sample-1", 1, 0, LATER)

    at_once([lambda number=number: correct(number) for number in range(6)])  # type: ignore[misc]
    standing = [row for row in revisions(stores[0]) if row[2] is None]
    assert len(standing) <= 1
    assert [row[1] for row in revisions(stores[0])] == list(range(1, len(revisions(stores[0])) + 1))
    for one in stores:
        one.close()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["report", "replace", "void", "review", "import", "reprice"]),
        st.integers(0, 3),
        st.integers(0, 9),
    ),
    max_size=14,
)


@dataclass(frozen=True)
class Stands:
    """What was told of a record, what it counts, and how many of it were kept."""

    told: Decimal | None
    usd: Decimal | None
    kept: int = 0


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(acts=ACTS)
def test_R119_after_every_step_of_a_history_the_sum_is_that_of_what_stands(
    store: Ledger, acts: list[tuple[str, int, int]]
) -> None:
    team_id = f"T{next(_teams)}"  # each history in books of its own
    books, stands = Records(store.engine), dict[str, Stands]()
    for step, (act, number, cents) in enumerate(acts):
        name, usd = f"r-{number}", Decimal(cents) / 100 if cents else None
        who = Correction("token:sample", NOW + timedelta(minutes=step))
        one = record(id=name, usd=str(usd)) if cents else record(id=name, model="nobody")
        before = stands.get(name)
        match act:
            case "report":
                with suppress(OtherContent):
                    books.take(team_id, [one], NOW)
                    stands.setdefault(name, Stands(usd, usd))
            case "replace" | "import":
                if act == "replace":
                    books.take(team_id, [one], NOW, who)
                else:
                    brought(store, [one], team_id=team_id)
                if before is None or before.told != usd:  # the same content is a duplicate
                    stands[name] = Stands(usd, usd, before.kept if before else 0)
            case "void":
                with suppress(NoRecord):
                    books.void(team_id, "api", name, who)
                    del stands[name]
            case "review":
                with suppress(NoRecord):
                    books.review(team_id, "api", name, cents % 5, 0, NOW)
                    stands[name] = replace(stands[name], kept=cents % 5)
            case "reprice":
                books.reprice(team_id, _at_a_dollar, who)
                stands = {key: replace(it, usd=Decimal(1)) if it.usd is None else it for key, it in stands.items()}
        total = int(sum((it.usd or Decimal(0) for it in stands.values()), Decimal(0)) * DOLLAR)
        assert spent(store, team_id) == (total, 4 * len(stands), sum(it.kept for it in stands.values())), (step, act)
        assert sorted(it.id for it in books.each(team_id, list)) == sorted(stands)


def _at_a_dollar(one: Record) -> Record:
    return one._replace(amount_nanousd=DOLLAR, basis="published", rates="sample")


def test_usage_in_a_record_is_read_back_as_it_was(store: Ledger) -> None:
    books = Records(store.engine)
    books.take("T1", [record(usage=USAGE)], NOW)
    assert books.take("T1", [record(usage=USAGE)], LATER).duplicates == {0}
