"""The measures, from sums in two literals: spend and its change, keep rate, cost per accepted, waste, movers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.periods import Days
from bot.spend.measures import Figures, Loss, Only, SpendScope, figures, losses, movers, spending, spending_by_day
from bot.spend.sums import COUNTED, Sums, add

DOLLAR = 1_000_000_000
SUNDAY = date(2026, 11, 22)
SCOPE = SpendScope(
    period="this week",
    days=Days(date(2026, 11, 16), SUNDAY),
    start=datetime(2026, 11, 16, tzinfo=UTC),
    end=datetime(2026, 11, 23, tzinfo=UTC),
    zone="UTC",
    against=Days(date(2026, 11, 9), date(2026, 11, 15)),
    by="lane",
    only=Only(),
    as_of=SUNDAY,
)
BUDGET = Sums(
    *("w", "budget"),
    records=10,
    images=9,
    kept=4,
    rejected=1,
    retried=1,
    refused=1,
    spent_nanousd=2 * DOLLAR,
    judged_nanousd=DOLLAR * 7 // 5,
    pending=3,
    pending_nanousd=DOLLAR // 2,
    refused_nanousd=DOLLAR // 10,
)


def test_spend_changes_against_the_period_before_in_dollars_and_in_per_cent() -> None:
    row = figures("budget", BUDGET, replace(BUDGET, spent_nanousd=DOLLAR * 8 // 5))
    assert (row.spend_usd, row.change_usd, row.change_rate) == (Decimal("2.00"), Decimal("0.40"), Decimal("0.25"))


def test_from_nothing_there_is_no_per_cent() -> None:
    row = figures("budget", BUDGET, Sums("before"))
    assert (row.change_usd, row.change_rate) == (Decimal("2.00"), None)


def test_keep_rate_is_kept_of_judged_and_the_rest_is_unreviewed() -> None:
    row = figures("budget", BUDGET, None)
    assert (row.kept, row.judged, row.unreviewed, row.keep_rate) == (4, 6, 3, Decimal("0.6667"))


def test_F16_cost_per_accepted_is_what_the_judged_and_the_lost_cost_by_what_was_kept() -> None:
    row = figures("budget", BUDGET, None)
    assert (row.per_accepted_usd, row.per_accepted_basis) == (Decimal("0.375"), "closed")
    assert (row.pending_images, row.pending_usd) == (3, Decimal("0.50"))


def test_F16_it_does_not_move_because_reviews_catch_up_at_the_same_rate() -> None:
    later = replace(BUDGET, kept=6, rejected=3, judged_nanousd=DOLLAR * 21 // 10, pending=0, pending_nanousd=0)
    same = replace(BUDGET, refused_nanousd=0), replace(later, refused_nanousd=0)
    assert len({figures("budget", one, None).per_accepted_usd for one in same}) == 1


def test_cost_per_accepted_is_unknown_while_nothing_was_kept() -> None:
    row = figures("budget", replace(BUDGET, kept=0), None)
    assert (row.per_accepted_usd, row.keep_rate) == (None, Decimal(0))


def test_without_a_verdict_there_is_no_keep_rate() -> None:
    assert figures("x", Sums("w", images=3, records=3), None).keep_rate is None


def test_waste_tells_each_kind_apart_and_adds_up() -> None:
    lost = replace(
        BUDGET,
        refused=2,
        uncertain=1,
        rejected_nanousd=DOLLAR,
        retried_nanousd=DOLLAR // 2,
        refused_nanousd=DOLLAR // 4,
        uncertain_nanousd=DOLLAR // 8,
    )
    assert losses(lost) == (
        Loss("rejected", 1, Decimal("1.00")),
        Loss("retried", 1, Decimal("0.50")),
        Loss("refused", 2, Decimal("0.25")),
        Loss("uncertain", 1, Decimal("0.125")),
    )
    assert figures("budget", lost, None).waste_usd == Decimal("1.875")


def test_a_price_nobody_knows_is_never_zero() -> None:
    row = figures(
        "x", Sums("w", records=2, images=2, kept=1, unknown=2, judged_unknown=2), Sums("b", spent_nanousd=DOLLAR)
    )
    assert (row.spend_usd, row.change_usd, row.per_accepted_usd, row.unknown) == (None, None, None, 2)


def test_some_unknown_prices_make_a_sum_at_least_and_are_said() -> None:
    answer = spending(SCOPE, [replace(BUDGET, unknown=1)], [BUDGET])
    assert (answer.total.spend_usd, answer.total.unknown) == (Decimal("2.00"), 1)
    assert answer.notes == (
        "1 record has no known price: sums are at least this.",
        "Changes compare known prices only.",
    )


def test_demo_pictures_are_counted_only_to_say_they_are_left_out() -> None:
    answer = spending(SCOPE, [BUDGET, Sums("w", "premium", demo=2)], [])
    assert (answer.demo, [row.name for row in answer.rows]) == (2, ["budget"])
    assert answer.notes == ("2 demo pictures are left out.",)


def test_rows_are_dearest_first_and_those_without_a_name_last_of_equals() -> None:
    names = [None, "a", "b"]
    parts = [Sums("w", name, records=1, spent_nanousd=DOLLAR) for name in names]
    parts.append(Sums("w", "c", records=1, spent_nanousd=2 * DOLLAR))
    assert [row.name for row in spending(SCOPE, parts, []).rows] == ["c", "a", "b", None]


def test_what_fell_to_nothing_is_a_row_too() -> None:
    (row,) = spending(SCOPE, [], [BUDGET]).rows
    assert (row.name, row.spend_usd, row.change_usd, row.change_rate) == (
        "budget",
        Decimal("0.00"),
        Decimal("-2.00"),
        Decimal(-1),
    )


def test_the_movers_are_the_three_largest_changes_either_way() -> None:
    changes = {"a": 1, "b": -5, "c": 0, "d": 3, "e": 2}
    row = figures("x", BUDGET, None)
    rows = [replace(row, name=name, change_usd=Decimal(change)) for name, change in changes.items()]
    assert [mover.name for mover in movers([*rows, row])] == ["b", "d", "e"]


def test_the_whole_has_nothing_to_be_compared_with() -> None:
    answer = spending(replace(SCOPE, against=None), [BUDGET], [])
    assert (answer.before_usd, answer.total.change_usd, answer.rows[0].change_usd) == (None, None, None)


def test_a_day_is_compared_with_the_day_before_it() -> None:
    days = [Sums("2026-11-16", spent_nanousd=DOLLAR), Sums("2026-11-17", spent_nanousd=3 * DOLLAR)]
    answer = spending_by_day(replace(SCOPE, by="day"), days, [BUDGET], Sums("2026-11-15", spent_nanousd=2 * DOLLAR))

    def told(row: Figures) -> tuple[str | None, Decimal | None]:
        return row.name, row.change_usd

    assert [told(row) for row in answer.rows] == [("2026-11-16", Decimal("-1.00")), ("2026-11-17", Decimal("2.00"))]
    assert (answer.total.spend_usd, answer.total.change_usd) == (Decimal("4.00"), Decimal("2.00"))


def test_F17_a_day_under_way_has_no_change_and_is_no_mover() -> None:
    names = ("2026-11-20", "2026-11-21", "2026-11-22")
    days = [Sums(name, spent_nanousd=DOLLAR * spent) for name, spent in zip(names, (5, 7, 0), strict=True)]
    scope = replace(SCOPE, by="day", so_far=SUNDAY)
    answer = spending_by_day(scope, days, [], Sums("2026-11-19", spent_nanousd=DOLLAR))
    assert [row.change_usd for row in answer.rows] == [Decimal("4.00"), Decimal("2.00"), None]
    assert [row.name for row in answer.movers] == ["2026-11-20", "2026-11-21"]
    assert [scope.under_way(name) for name in (*names, None)] == [False, False, True, False]
    assert not replace(scope, so_far=None).under_way("2026-11-22")
    assert not replace(scope, by="project").under_way("2026-11-22")


@pytest.mark.parametrize(
    ("by", "only", "private"),
    [
        ("lane", Only(), False),
        ("day", Only(lane="premium"), False),
        ("person", Only(), True),
        ("day", Only(person_id="U1"), True),
    ],
)
def test_only_figures_by_and_of_a_person_are_private(by: str, only: Only, private: bool) -> None:
    assert spending(replace(SCOPE, by=by, only=only), [BUDGET], []).private is private


def test_sums_add_up_count_by_count() -> None:
    twice = add([BUDGET, BUDGET], "w", "budget")
    assert (twice.period, twice.name) == ("w", "budget")
    assert {name: getattr(twice, name) for name in COUNTED} == {name: 2 * getattr(BUDGET, name) for name in COUNTED}
