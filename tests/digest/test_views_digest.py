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
from bot.digest import sentences
from bot.digest.endings import Ending
from bot.digest.moves import Move, MoveSide
from bot.digest.schedule import Schedule
from bot.digest.week import LateFigures, Week, WeekBar, chart, keeps
from bot.lanes.listed import ListDifference
from bot.lanes.programs import LaneChange
from bot.periods import Days
from bot.slack import charts
from bot.slack.message import Message
from bot.slack.text import bar
from bot.spend.measures import Only, SpendScope, spending
from bot.spend.sums import Sums
from tests.kit import looks
from tests.kit.views_made import pressed, said

DOLLAR = 1_000_000_000
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
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
    Sums(
        "w",
        "budget",
        records=3,
        images=20,
        kept=17,
        rejected=3,
        spent_nanousd=2 * DOLLAR,
        rejected_nanousd=DOLLAR,
        judged_nanousd=2 * DOLLAR,
    ),
    Sums("w", "legacy", records=2, images=8, kept=3, rejected=5, spent_nanousd=3 * DOLLAR),
    Sums("w", records=1, images=1, spent_nanousd=DOLLAR // 2),
]
BEFORE = [Sums("b", "budget", records=9, images=20, kept=11, rejected=9, spent_nanousd=7 * DOLLAR)]
MOVE = Move(
    MoveSide("gpt-image-2", "high", 100, 80, 100, Decimal("0.211"), "legacy"),
    MoveSide("gpt-image-2.5-flare", "high", 100, 85, 100, Decimal("0.05268"), "budget"),
    Decimal("4.04"),
    Decimal("3.80"),
    Decimal("4.20"),
    Decimal("5.27"),
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


def test_a_change_of_a_lane_for_programs_is_told_under_coming_beside_what_ends() -> None:
    change = LaneChange("premium", date(2026, 12, 4), "gpt-image-2.6-sunburst", date(2026, 11, 20), date(2026, 11, 20))
    gone = replace(change, lane="legacy", from_on=date(2027, 1, 3), model=None)
    listed = ListDifference("gpt-image-2", "date", None, date(2027, 4, 21))
    week = replace(a_week(), endings=(ENDING,), lane_changes=(change, gone), listed=(listed, listed))
    assert dict(sentences.lines(week))["Coming"] == (
        "gpt-image-1-mini stops in 8 days; it drew 100 pictures in four weeks. "
        "For programs premium means gpt-image-2.6-sunburst from 4 Dec and nothing fills legacy from 3 Jan 2027. "
        "OpenAI's list says gpt-image-2 ends on 2027-04-21; our facts know no end. 1 more point differs: Details."
    )
    looks.holds(digest_blocks.digest(week))
    alone = dict(sentences.lines(replace(a_week(), lane_changes=(change,))))["Coming"]
    assert alone == "For programs premium means gpt-image-2.6-sunburst from 4 Dec."
    assert (
        "GET /v1/lanes: premium means gpt-image-2.6-sunburst from 4 Dec; with accept=next it does by now."
        in dict(sentences.details(week))["Coming"]
    )


@cache
def drawn_once() -> charts.DrawnChart:
    return digest_chart.week(a_week())


def test_the_chart_draws_the_numbers_the_text_tells() -> None:
    week = a_week()
    drawn, text = drawn_once(), digest_blocks.digest(week).text
    assert drawn.bars == {
        "legacy": (0, 0, 3, 0, 0, 0, 0),
        "budget": (1, 0, 1, 0, 0, 0, 0),
        "no lane": (0, 0, 0, 0, 0.5, 0, 0),
    }
    for row in week.spending.rows:
        name = row.name or "no lane"
        assert f"{name} {money.cents(Decimal(sum(drawn.bars[name])))}" in text
    assert drawn.line == pytest.approx(1)  # $7.00 in 2026-W46
    for lane, (rate, low, high) in drawn.rates.items():
        (kept,) = [each for each in week.keeps if each.lane == lane]
        assert rate == pytest.approx(100 * kept.kept / kept.judged, abs=0.01)
        assert f"{lane} {kept.kept} of {kept.judged} ({low:.0f}% to {high:.0f}% by luck)" in text


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
    lines = [sentences.keep(each) for each in a_week().keeps]
    assert lines == [
        "budget 17 of 20 (64% to 95% by luck) ↑, was 11 of 20",
        "legacy 3 of 8 (14% to 69% by luck), nothing to compare with",
    ]
    assert [row[3] for row in the_table(digest_blocks.digest(a_week()))] == ["Kept", "38%", "85% ↑", "–"]


def the_table(message: Message) -> list[list[str]]:
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def grey(message: Message) -> str:
    (block,) = [block for block in message.blocks if block["type"] == "context"]
    return str(block["elements"][0]["text"])


def full() -> Week:
    return replace(
        a_week(),
        endings=(ENDING,),
        move=MOVE,
        late=LateFigures("2026-W46", Decimal("3.20"), Decimal("3.80")),
        missed=("2026-W45",),
        again=True,
    )


def test_the_post_leads_with_the_week_and_says_what_comes_and_what_to_try() -> None:
    shown = digest_blocks.digest(full(), ("Asked for by Ana.",), "F012ABC")
    looks.holds(shown)
    assert looks.lead_of(shown) == "Last week: $5.50, down 21%. Kept 20 of 28 pictures at $0.10 each."
    assert [block["type"] for block in shown.blocks] == [
        *("rich_text", "image", "table"),
        *("rich_text", "rich_text", "rich_text", "rich_text", "context", "actions"),
    ]
    assert the_table(shown)[0] == ["Lane", "Spend", "Change", "Per kept"]  # what was kept stands in the picture
    lines = (
        "Coming: gpt-image-1-mini stops in 8 days; it drew 100 pictures in four weeks.",
        "One thing to try: legacy's work on budget, about $4.04 a week less. Not tested yet.",
        "Restated: 9-15 Nov was $3.80, is $7.00.",
        "Not posted: 2-8 Nov.",
    )
    for line in lines:
        assert line in shown.text
        assert line in said(shown.blocks).replace(": \n", ": ")
    assert grey(shown) == "Sent again after an interruption. Asked for by Ana. Rejects cost $1.00. Budget: 40% used."
    assert pressed(shown.blocks) == {
        "command.run": "migrate gpt-image-1-mini",
        "command.run:1": "bench run --prompts product-shots --lanes gpt-image-2:high,gpt-image-2.5-flare:high",
        "digest.why:2": "digest preview --week 2026-W47",
    }


def test_everything_that_is_known_of_a_week_is_in_its_window() -> None:
    view = digest_blocks.details(full(), sentences.planned(None, None))
    looks.window(view)
    told = said(view["blocks"]).replace("\n", " ")
    for sentence in (
        "Mon 16 Nov 2026 to Sun 22 Nov 2026, days of Europe/Berlin.",
        "Against Mon 9 Nov 2026 to Sun 15 Nov 2026: $7.00, change -$1.50 (-21%).",
        "8 rejected ($1.00).",
        "budget -$5.00 (-71%) legacy +$3.00 no lane +$0.50",
        "budget 17 of 20 (64% to 95% by luck) ↑, was 11 of 20",
        "$30.00 of $50.00 left, 40% used.",
        "gpt-image-1-mini stops in 8 days, on 1 Dec: 100 pictures and $3.60 in four weeks, the last on 20 Nov.",
        "OpenAI names gpt-image-2.6-sunburst. Your pictures would cost $0.12 a week more on gpt-image-2.5-flare.",
        "gpt-image-2 high on gpt-image-2.5-flare high saves about $4.04 a week ($3.80 to $4.20), as much kept as now.",
        "80 of 100 kept, $0.211 each by today's prices.",
        "the same sizes cost $0.05268 each there",
        "80/100 ÷ 85/100 calls",
        "9-15 Nov was $3.80, is $7.00.",
        "2-8 Nov:  /imagelane digest post --week 2026-W45",
        "Nothing is reconciled: no provider bill is known.",
        "Spend holds every charge, rejects and retries included",
        "/imagelane digest on mon 09:00  switches it on.",
    ):
        assert sentence in told


def test_a_move_that_was_tested_says_when_and_is_not_tested_again() -> None:
    tested = replace(full(), move=replace(MOVE, tested_on=date(2026, 11, 12)))
    shown = digest_blocks.digest(tested)
    assert "You tested it blind on 12 Nov." in shown.text
    assert pressed(shown.blocks) == {
        "command.run": "migrate gpt-image-1-mini",
        "digest.why:1": "digest preview --week 2026-W47",
    }


def test_several_that_end_soon_are_planned_together_and_a_far_end_is_not() -> None:
    ending = full().endings[0]
    both = replace(full(), move=None, endings=(ending, replace(ending, model="gpt-image-1.5")))
    assert pressed(digest_blocks.digest(both).blocks)["command.run"] == "migrate"
    far = replace(full(), move=None, endings=(replace(ending, days_left=31),))
    assert list(pressed(digest_blocks.digest(far).blocks)) == ["digest.why"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (("legacy", "high"), ("budget", "high"), "legacy's work on budget,"),
        (("legacy", "high"), ("budget", "low"), "legacy high's work on budget low,"),
        (("legacy", "high"), ("legacy", "low"), "gpt-image-2 high's work on gpt-image-2.5-flare low,"),
        ((None, "high"), ("budget", "high"), "gpt-image-2's work on budget,"),
    ],
)
def test_a_move_is_told_in_the_words_of_the_table(
    old: tuple[str | None, str], new: tuple[str | None, str], words: str
) -> None:
    sides = [
        replace(side, lane=lane, quality=quality)
        for side, (lane, quality) in zip((MOVE.old, MOVE.new), (old, new), strict=True)
    ]
    assert sentences.to_try(replace(MOVE, old=sides[0], new=sides[1]), SCOPE.as_of).startswith(words)


QUIET = replace(a_week(), spending=spending(SCOPE, [], BEFORE), keeps=())
LONG = "a lane with a name that nobody would give a lane"
AWKWARD = {
    "plain": a_week(),
    "all of it": full(),
    "quiet": QUIET,
    "an older week": replace(a_week(), as_of=datetime(2026, 12, 23, 8, tzinfo=UTC)),
    "the week under way": replace(a_week(), as_of=datetime(2026, 11, 18, 8, tzinfo=UTC)),
    "unknown": a_week(Sums("w", "budget", records=1, images=1, unknown=1), by_day=[]),
    "partly unknown": a_week(replace(NOW[0], unknown=3), NOW[1]),
    "demo": a_week(Sums("w", "budget", records=1, images=1, demo=7), by_day=[]),
    "no budget": replace(a_week(), budget=WeekBar("2026-11", Decimal(), Decimal(), Decimal())),
    "over budget": replace(a_week(), budget=WeekBar("2026-11", Decimal(55), Decimal(50), Decimal(-5))),
    "a long name": a_week(*(replace(NOW[0], name=f"{LONG} {n}") for n in range(12))),
    "many endings": replace(a_week(), endings=(replace(ENDING, days_left=1), ENDING, ENDING)),
    "many missed": replace(a_week(), missed=tuple(f"2026-W{n}" for n in range(30, 40))),
    "pending": a_week(replace(NOW[0], pending=15, pending_nanousd=DOLLAR)),
}


@pytest.mark.parametrize("week", AWKWARD.values(), ids=AWKWARD.keys())
def test_every_digest_looks_as_it_should(week: Week) -> None:
    for shown in (
        digest_blocks.digest(week),
        digest_blocks.digest(week, ("Asked for by somebody with a name.",), "F012ABC"),
        digest_blocks.preview(week, date(2026, 11, 30)),
        digest_blocks.chart(week, "F012ABC"),
    ):
        looks.holds(shown)
    looks.window(digest_blocks.details(week, sentences.planned(None, None)))


def test_an_older_week_begins_with_its_days_and_one_under_way_is_so_far() -> None:
    assert sentences.lead(AWKWARD["an older week"]).startswith("16-22 Nov: $5.50, down 21%.")
    assert sentences.lead(AWKWARD["the week under way"]).startswith("This week so far: $5.50")
    assert "Wed 18 $4.00; the week before" in sentences.by_day(AWKWARD["the week under way"])


def test_a_preview_says_who_sees_it() -> None:
    assert grey(digest_blocks.preview(a_week(), None)).startswith("Only you see this. None is posted here. Rejects")
    assert "The next comes here on 30 Nov." in grey(digest_blocks.preview(a_week(), date(2026, 11, 30)))


def test_what_is_set_ended_and_not_posted_looks_as_it_should() -> None:
    schedule = Schedule("T1", "C0SAMPLE", 0, 9, 0, "America/Argentina/Buenos_Aires", "U0SAMPLEANA", NOON)
    channel, day = "#a-channel-with-a-name-that-is-long-as-slack-lets-it-be", date(2026, 11, 30)
    everything = ("Monday", "09:00", "the workspace's time zone", "this channel")
    for shown in (
        digest_blocks.switched_on(schedule, channel, day, everything),
        digest_blocks.switched_on(schedule, "#art", day, ()),
        digest_blocks.switched_on(replace(schedule, channel_id="D0SAMPLE"), "a direct message", day, everything[:3]),
        digest_blocks.switched_off(channel, ended=True),
        digest_blocks.switched_off(channel, ended=False),
        digest_blocks.not_posted("2026-W47", channel, "not in channel", day),
        digest_blocks.coming("2026-W47", day),
    ):
        looks.holds(shown)


@pytest.mark.parametrize(
    ("spent", "limit", "left", "said"),
    [
        ("0", "50", "50", f"{bar(Decimal(0))} $50.00 of $50.00 left, 0% used."),
        ("55", "50", "-5", f"{bar(Decimal(2))} -$5.00 of $50.00 left, 110% used."),
        ("0", "0", "0", f"{bar(Decimal(1))} $0.00 of $0.00 left, 100% used."),
    ],
)
def test_the_bar_of_the_budget_never_leaves_its_ten_cells(spent: str, limit: str, left: str, said: str) -> None:
    assert sentences.budget(WeekBar("2026-11", Decimal(spent), Decimal(limit), Decimal(left))) == f"2026-11: {said}"


def test_a_week_corrected_downwards_says_so() -> None:
    told = sentences.late(LateFigures("2026-W46", Decimal("-1.10"), Decimal("3.80")), SCOPE.as_of)
    assert told == "9-15 Nov was $3.80, is $2.70."
