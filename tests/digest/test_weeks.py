"""What a digest decides: what ends, what move is worth it, what came late, what the chart holds."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot import catalog
from bot.digest.endings import endings
from bot.digest.moves import Move, MoveSide, move, with_test
from bot.digest.week import LateFigures, chart, keeps, late
from bot.ledger.mix import Used
from bot.periods import Days
from bot.pricing import Size
from bot.spend.sums import Sums
from tests.bench.test_bench_verdict_picture import proof

FACTS = catalog.load()
MONDAY = date(2026, 11, 23)
SQUARE = Size(1024, 1024)
DOLLAR = 10**9


def used(
    model: str, quality: str, images: int = 100, kept: int = 80, judged: int = 100, size: Size | None = SQUARE
) -> Used:
    return Used(model, quality, size, images, kept, judged, images * DOLLAR, 0, datetime(2026, 11, 20, tzinfo=UTC))


def test_a_move_is_recommended_when_its_saving_is_larger_than_its_uncertainty() -> None:
    found = move(FACTS, [used("gpt-image-2", "high"), used("gpt-image-2.5-flare", "high", kept=85)], MONDAY)
    assert found is not None
    assert (found.old.name, found.new.name) == ("gpt-image-2 high", "gpt-image-2.5-flare high")
    assert (found.old.each_usd, found.new.each_usd) == (Decimal("0.211"), Decimal("0.05268"))
    # 100 images in four weeks at $0.211, against 100 x 0.80 / 0.85 at $0.05268
    assert found.saving_usd == Decimal("4.04")
    assert Decimal(0) < found.low_usd < found.saving_usd < found.high_usd


def test_a_move_names_the_lanes_of_its_day_and_what_a_blind_test_of_the_two_costs() -> None:
    found = move(FACTS, [used("gpt-image-2", "medium"), used("gpt-image-2.5-flare", "medium", kept=85)], MONDAY)
    assert found is not None
    assert (found.old.lane, found.new.lane) == ("legacy", "budget")
    alone = with_test(found, FACTS, 20, [proof(flare=12, sunburst=12)], MONDAY)
    assert (alone.test_usd, alone.tested_on) == (20 * (Decimal("0.053") + Decimal("0.01317")), None)
    assert with_test(found, FACTS, 20, [proof(flare=12, old=12)], MONDAY).tested_on == date(2026, 11, 22)


def test_a_blind_test_with_a_price_nobody_published_has_none() -> None:
    side = MoveSide("gpt-image-2.6-flare", "medium", 1, 1, 1, Decimal(1))
    one_way = Move(replace(side, model="gpt-image-2"), side, Decimal(1), Decimal(1), Decimal(1))
    assert with_test(one_way, FACTS, 20, [], MONDAY).test_usd is None


def test_no_move_is_recommended_to_what_is_kept_less_often() -> None:
    assert move(FACTS, [used("gpt-image-2", "high"), used("gpt-image-2.5-flare", "high", kept=79)], MONDAY) is None


def test_no_move_is_recommended_on_a_handful_of_verdicts() -> None:
    few = used("gpt-image-2.5-flare", "high", images=19, kept=19, judged=19)
    assert move(FACTS, [used("gpt-image-2", "high"), few], MONDAY) is None


def test_a_saving_smaller_than_its_uncertainty_is_no_recommendation() -> None:
    old = used("gpt-image-2.5-flare", "high", images=100, kept=11, judged=20)
    new = used("gpt-image-2.5-flare", "medium", images=100, kept=11, judged=20)
    assert (
        move(
            FACTS, [used("gpt-image-2.5-flare", "max", kept=50), used("gpt-image-2.5-sunburst", "max", kept=50)], MONDAY
        )
        is None
    )
    assert move(FACTS, [old, new], MONDAY) is not None  # a quarter of the price outweighs any such range
    close = [used("gpt-image-2", "high", kept=11, judged=20), used("gpt-image-2.5-flare", "max", kept=12, judged=20)]
    assert move(FACTS, close, MONDAY) is None


def test_no_move_goes_to_a_model_that_is_about_to_end() -> None:
    mini = used("gpt-image-1-mini", "high", kept=90)
    assert move(FACTS, [used("gpt-image-2", "high"), mini], MONDAY) is None


def test_a_model_in_use_that_ends_soon_is_told_with_its_successor_and_the_difference_on_the_own_mix() -> None:
    (found,) = endings(FACTS, [used("gpt-image-1-mini", "medium"), used("gpt-image-2", "high")], MONDAY)
    assert (found.model, found.ends_on, found.days_left) == ("gpt-image-1-mini", date(2026, 12, 1), 8)
    assert (found.images, found.spent_usd, found.last_used) == (100, Decimal("100.00"), date(2026, 11, 20))
    assert (found.successor, found.priced_on) == ("gpt-image-2.6-sunburst", "gpt-image-2.5-flare")
    assert found.more_usd is not None


def test_what_was_drawn_on_a_dated_snapshot_is_of_the_model_that_ends() -> None:
    mini, dated = used("gpt-image-1-mini", "medium"), used("gpt-image-1-mini-2025-10-06", "medium")
    (found,) = endings(FACTS, [mini, dated], MONDAY)
    assert (found.model, found.images, found.spent_usd) == ("gpt-image-1-mini", 200, Decimal("200.00"))


def test_a_size_nobody_said_leaves_the_difference_unknown() -> None:
    (found,) = endings(FACTS, [used("gpt-image-1-mini", "medium", size=None)], MONDAY)
    assert found.more_usd is None


def test_a_model_that_ended_is_no_longer_ahead() -> None:
    assert endings(FACTS, [used("gpt-image-1-mini", "medium")], date(2026, 12, 1)) == ()


def test_keep_rates_have_a_range_and_an_arrow_only_when_it_is_real() -> None:
    now = [Sums("w", "budget", kept=17, rejected=3), Sums("w", "legacy", kept=7, rejected=5), Sums("w", "premium")]
    before = [Sums("b", "budget", kept=11, rejected=9), Sums("b", "legacy", kept=41, rejected=19)]
    found = keeps(now, before)
    assert [(keep.lane, keep.change) for keep in found] == [("budget", "up"), ("legacy", None)]
    assert (found[0].low, found[0].high) == (Decimal("0.6396"), Decimal("0.9476"))


def test_what_came_late_is_the_difference_to_what_was_told() -> None:
    now = Decimal(8)
    assert late("2026-W45", now, 5 * DOLLAR) == LateFigures("2026-W45", Decimal("3.00"), Decimal("5.00"))
    assert late("2026-W45", now, 8 * DOLLAR) is None
    assert late("2026-W45", now, None) is None


def test_the_chart_has_seven_days_a_lane_dearest_first() -> None:
    week = Days(date(2026, 11, 16), date(2026, 11, 22))
    parts = [
        Sums("2026-11-16", "budget", spent_nanousd=DOLLAR),
        Sums("2026-11-18", "legacy", spent_nanousd=5 * DOLLAR),
        Sums("2026-11-18", None, spent_nanousd=DOLLAR // 2),
        Sums("2026-11-18", "premium", records=1),
    ]
    found = chart(week, parts, Days(date(2026, 11, 9), date(2026, 11, 15)), Decimal("14.00"))
    assert list(found.spend) == ["legacy", "budget", "no lane"]
    assert found.spend["legacy"][2] == Decimal(5)
    assert {len(row) for row in found.spend.values()} == {7}
    assert (found.before, found.average_usd) == ("2026-W46", Decimal(2))
