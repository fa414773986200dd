"""How a digest looks: the chart and the text tell the same numbers, and Slack takes it whatever is in it."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

import pytest
from PIL import Image

from bot import money
from bot.digest import blocks as digest_blocks
from bot.digest import chart as digest_chart
from bot.digest.endings import Ending
from bot.digest.moves import Move, MoveSide
from bot.digest.week import LateFigures, Week, WeekBar, chart, keeps
from bot.periods import Days
from bot.slack import charts
from bot.spend import blocks as spend_blocks
from bot.spend.measures import Only, SpendScope, spending
from bot.spend.sums import Sums
from tests.kit.views_made import check, pressed, said

DOLLAR = 1_000_000_000
W47, W46 = Days(date(2026, 11, 16), date(2026, 11, 22)), Days(date(2026, 11, 9), date(2026, 11, 15))
SCOPE = SpendScope(
    period="2026-W47",
    days=W47,
    start=datetime(2026, 11, 16, tzinfo=UTC),
    end=datetime(2026, 11, 23, tzinfo=UTC),
    zone="Europe/Berlin",
    against=W46,
    by="lane",
    only=Only(),
    as_of=date(2026, 11, 23),
)
BY_DAY = [
    Sums("2026-11-16", "budget", records=2, spent_nanousd=DOLLAR),
    Sums("2026-11-18", "budget", records=1, spent_nanousd=DOLLAR),
    Sums("2026-11-18", "legacy", records=2, spent_nanousd=3 * DOLLAR),
    Sums("2026-11-20", None, records=1, spent_nanousd=DOLLAR // 2),
]
NOW = [
    Sums("w", "budget", records=3, images=20, kept=17, rejected=3, spent_nanousd=2 * DOLLAR, rejected_nanousd=DOLLAR),
    Sums("w", "legacy", records=2, images=8, kept=3, rejected=5, spent_nanousd=3 * DOLLAR),
    Sums("w", records=1, images=1, spent_nanousd=DOLLAR // 2),
]
BEFORE = [Sums("b", "budget", records=9, images=20, kept=11, rejected=9, spent_nanousd=7 * DOLLAR)]
MOVE = Move(
    MoveSide("gpt-image-2", "high", 100, 80, 100, Decimal("0.211")),
    MoveSide("gpt-image-2.5-flare", "high", 100, 85, 100, Decimal("0.05268")),
    Decimal("4.04"),
    Decimal("3.80"),
    Decimal("4.20"),
)
ENDING = Ending(
    "gpt-image-1-mini", date(2026, 12, 1), 8, 100, Decimal("3.60"), date(2026, 11, 20),
    "gpt-image-2.6-sunburst", "gpt-image-2.5-flare", Decimal("0.12"),
)  # fmt: skip


def a_week(*now: Sums, by_day: list[Sums] = BY_DAY) -> Week:
    parts = now or NOW
    told = spending(SCOPE, parts, BEFORE)
    return Week(
        week="2026-W47",
        days=W47,
        zone="Europe/Berlin",
        as_of=datetime(2026, 11, 23, 8, tzinfo=UTC),
        spending=told,
        keeps=keeps(parts, BEFORE),
        chart=chart(W47, by_day, W46, told.before_usd),
        budget=WeekBar("2026-11", Decimal(20), Decimal(50), Decimal(30)),
        endings=(),
        move=None,
        late=None,
    )


@cache
def drawn_once() -> charts.DrawnChart:
    return digest_chart.week(a_week())


def test_the_chart_draws_the_numbers_the_text_tells() -> None:
    week = a_week()
    drawn, text = drawn_once(), digest_blocks.text(week)
    assert drawn.bars == {
        "legacy": (0, 0, 3, 0, 0, 0, 0),
        "budget": (1, 0, 1, 0, 0, 0, 0),
        "no lane": (0, 0, 0, 0, 0.5, 0, 0),
    }
    for row in week.spending.rows:
        bars = sum(drawn.bars[spend_blocks.name(row, "lane")])
        assert f"{spend_blocks.name(row, 'lane')} {money.about(Decimal(bars))}" in text
    assert drawn.line == pytest.approx(1)  # $7.00 in 2026-W46
    for lane, (rate, low, high) in drawn.rates.items():
        (kept,) = [each for each in week.keeps if each.lane == lane]
        assert rate == pytest.approx(100 * kept.kept / kept.judged, abs=0.01)
        assert f"{lane} kept {kept.kept} of {kept.judged} ({low:.0f}% to {high:.0f}%)" in text


def test_the_same_week_gives_the_same_picture_readable_on_a_phone() -> None:
    first, second = drawn_once().png, digest_chart.week(a_week()).png
    assert first == second
    picture = Image.open(io.BytesIO(first))
    assert picture.width == 1080 >= picture.height
    assert picture.getpixel((1, 1)) == (255, 255, 255, 0)  # round corners show the page
    assert picture.getpixel((40, 12)) == (32, 38, 45, 255)  # its own slate card, on a light page and a dark one
    assert b"matplotlib" not in first.lower()


def test_charts_drawn_at_once_do_not_disturb_each_other() -> None:
    alone = [drawn_once().png, digest_chart.week(a_week(NOW[0])).png]
    with ThreadPoolExecutor(4) as four:
        drawn = four.map(digest_chart.week, [a_week(), a_week(NOW[0])] * 2)
        assert [each.png for each in drawn] == alone * 2


def test_a_chart_with_nothing_to_show_can_be_drawn() -> None:
    drawn = digest_chart.week(a_week(Sums("w", records=1, unknown=1, images=1), by_day=[]))
    assert (drawn.bars, drawn.rates, drawn.line) == ({}, {}, 1.0)


def test_an_arrow_stands_only_where_the_change_is_real() -> None:
    lines = [digest_blocks.keep(each) for each in a_week().keeps]
    assert lines == [
        "budget kept 17 of 20 (64% to 95%) ↑, was 11 of 20",
        "legacy kept 3 of 8 (14% to 69%), nothing to compare with",
    ]


def test_every_part_stands_in_the_text_and_in_the_blocks() -> None:
    week = replace(
        a_week(),
        endings=(ENDING,),
        move=MOVE,
        late=LateFigures("2026-W46", Decimal("3.20"), Decimal("3.80")),
        missed=("2026-W45",),
        asked_by="U012ABC",
        again=True,
    )
    shown = digest_blocks.digest(week, "F012ABC")
    check(shown)
    for sentence in (
        "(sent again after an interruption)",
        "$5.50, -$1.50 (-21%) against 2026-W46 ($7.00)",
        "Waste $1.00: rejected 8 ($1.00).",
        "Budget 2026-11 ■■■■□□□□□□ 40% of $50.00 used, $30.00 left.",
        "gpt-image-1-mini ends on 2026-12-01 (8 days)",
        "OpenAI names gpt-image-2.6-sunburst. Your images would cost $0.12 a week more on gpt-image-2.5-flare.",
        "Worth trying: gpt-image-2 high on gpt-image-2.5-flare high saves about $4.04 a week ($3.80 to $4.20)",
        "Restated: 2026-W46 was $3.80, is $7.00.",
        "1 earlier week was not posted: ",
        "Nothing is reconciled: no provider bill is known.",
    ):
        assert sentence in shown.text
        assert sentence in said(shown.blocks).replace("\n", " ")
    assert pressed(shown.blocks) == {"digest.why": "digest preview --week 2026-W47"}
    assert "U012ABC" in str(shown.blocks)


def test_the_arithmetic_of_a_recommendation_can_be_followed() -> None:
    shown = digest_blocks.why(MOVE)
    check(shown)
    assert "80 of 100 kept, $0.211 each" in shown.text
    assert "the same sizes cost $0.05268 each there" in shown.text
    assert "80/100 ÷ 85/100 calls" in shown.text
    assert "no move to recommend any more" in digest_blocks.why(None).text


@pytest.mark.parametrize(
    ("spent", "limit", "left", "said"),
    [
        ("0", "50", "50", "□□□□□□□□□□ 0% of $50.00 used, $50.00 left."),
        ("55", "50", "-5", "■■■■■■■■■■ 110% of $50.00 used, -$5.00 left."),
        ("0", "0", "0", "■■■■■■■■■■ 100% of $0.00 used, $0.00 left."),
    ],
)
def test_the_bar_of_the_budget_never_leaves_its_ten_cells(spent: str, limit: str, left: str, said: str) -> None:
    assert (
        digest_blocks.budget(WeekBar("2026-11", Decimal(spent), Decimal(limit), Decimal(left)))
        == f"Budget 2026-11 {said}"
    )


def test_a_week_corrected_downwards_says_so() -> None:
    told = digest_blocks.late(LateFigures("2026-W46", Decimal("-1.10"), Decimal("3.80")))
    assert told == "Restated: 2026-W46 was $3.80, is $2.70."
