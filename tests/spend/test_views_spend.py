"""How `spend` looks in Slack and in a terminal: a table for a phone, whatever a pipeline calls its project."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.billing.reconcile import Billed, BilledDays, Metered, reconcile
from bot.grammar.vocabulary import DIMENSIONS
from bot.periods import Days
from bot.playground import block_checks
from bot.printing import plain_json
from bot.spend import blocks as spend_blocks
from bot.spend import printout
from bot.spend.measures import Only, Spending, SpendScope, figures, spending, spending_by_day
from bot.spend.sums import Sums
from tests.kit.views_made import check, hostile, nodes, pressed, said, trying

DOLLAR = 1_000_000_000
SHARE = "spend this week by lane --on 2026-11-22"
SCOPE = SpendScope(
    period="this week",
    days=Days(date(2026, 11, 16), date(2026, 11, 22)),
    start=datetime(2026, 11, 15, 23, tzinfo=UTC),
    end=datetime(2026, 11, 22, 23, tzinfo=UTC),
    zone="Europe/Berlin",
    against=Days(date(2026, 11, 9), date(2026, 11, 15)),
    by="lane",
    only=Only(),
    as_of=date(2026, 11, 22),
)
BUDGET = Sums(
    "w", "budget", records=12, images=10, kept=5, rejected=2, retried=1, refused=1, spent_nanousd=2 * DOLLAR,
    rejected_nanousd=DOLLAR // 4, retried_nanousd=DOLLAR // 8, refused_nanousd=DOLLAR // 8,
    judged_nanousd=DOLLAR * 15 // 8, pending=2, pending_nanousd=DOLLAR // 4,
)  # fmt: skip
PREMIUM = Sums("w", "premium", records=1000, images=4000, spent_nanousd=1234 * DOLLAR, unknown=3, demo=2)
BEFORE = [Sums("b", "budget", records=3, spent_nanousd=DOLLAR), Sums("b", "premium", records=3, spent_nanousd=DOLLAR)]


def an_answer(*now: Sums, **changes: Any) -> Spending:
    return spending(replace(SCOPE, **changes), now or (BUDGET, PREMIUM), BEFORE)


def test_the_first_lines_say_period_zone_sum_change_keep_rate_and_cost_per_accepted() -> None:
    told = said(spend_blocks.spending(an_answer(BUDGET), SHARE).blocks)
    assert "Spend this week (2026-11-16 to 2026-11-22, Europe/Berlin) by lane" in told
    assert "$2.00, $0.00 against 2026-W46 ($2.00); 10 images, keep rate 62% (5 of 8), $0.40 per accepted" in told
    assert "2 ($0.25) not judged yet." in told


def test_the_table_has_a_row_for_each_name_and_six_narrow_columns() -> None:
    (table,) = [block for block in spend_blocks.spending(an_answer(), SHARE).blocks if block["type"] == "table"]
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows == [
        ["Lane", "Spend", "Change", "Images", "Kept", "Per kept"],
        ["premium", "at least $1,234.00", "+$1,233.00 (+123,300%)", "4,000", "–", "–"],
        ["budget", "$2.00", "+$1.00 (+100%)", "10", "62%", "$0.40"],
    ]


def test_waste_movers_unknown_prices_and_demo_pictures_are_said() -> None:
    told = said(spend_blocks.spending(an_answer(), SHARE).blocks)
    assert "Moved most: premium +$1,233.00 (+123,300%), budget +$1.00 (+100%)." in told
    assert "Waste $0.50: rejected 2 ($0.25), retried 1 ($0.125), refused 1 ($0.125)." in told
    assert "3 records have no known price: sums are at least this." in told
    assert "2 demo pictures are left out." in told
    assert "1,012 records, as of 2026-11-22." in told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (DOLLAR, "+$1.00 (+100%)"),
        (4 * DOLLAR, "-$2.00 (-50%)"),
        (2 * DOLLAR, "$0.00"),
        (1_999_000_000, "+$0.001"),
        (0, "+$2.00"),
    ],
)
def test_a_change_is_told_in_dollars_and_in_whole_per_cent(before: int, told: str) -> None:
    assert spend_blocks.change(figures("budget", BUDGET, Sums("b", spent_nanousd=before))) == told


def test_a_sum_nobody_knows_is_the_word_unknown() -> None:
    message = spend_blocks.spending(spending(SCOPE, [Sums("w", "budget", records=1, images=1, unknown=1)], []), SHARE)
    assert ": unknown, unknown against 2026-W46 ($0.00); 1 image." in message.text
    assert "budget unknown, unknown" in message.text


def test_a_quiet_period_says_so() -> None:
    quiet = spending(SCOPE, [], [])
    message = spend_blocks.spending(quiet, SHARE)
    assert "Nothing is recorded for it, $0.00 against 2026-W46 ($0.00)." in message.text
    assert [block["type"] for block in message.blocks] == ["rich_text", "rich_text", "context", "actions"]


def test_the_share_button_carries_the_question() -> None:
    assert pressed(spend_blocks.spending(an_answer(), SHARE).blocks) == {"answer.share": SHARE}


def test_figures_by_person_name_them_and_can_not_be_shared() -> None:
    people = [replace(BUDGET, name="U0SAMPLEANA"), replace(BUDGET, name="terminal"), replace(BUDGET, name=None)]
    message = spend_blocks.spending(an_answer(*people, by="person"), SHARE)
    assert pressed(message.blocks) == {}
    assert [node["user_id"] for node in nodes(message.blocks) if node.get("type") == "user"] == ["U0SAMPLEANA"]
    assert "terminal" in said(message.blocks)
    assert "no person" in said(message.blocks)
    check(message)


def test_the_part_asked_about_is_named() -> None:
    project = spend_blocks.spending(an_answer(only=Only(project="kites <!here>")), SHARE)
    assert "by lane in project kites &lt;!here&gt;:" in project.text
    channel = spend_blocks.spending(an_answer(only=Only(channel_id="C0SAMPLE")), SHARE)
    assert {"type": "channel", "channel_id": "C0SAMPLE"} in list(nodes(channel.blocks))
    assert not block_checks.message_problems(channel.blocks, lambda _: None)


def test_the_lane_model_or_person_asked_about_is_named_beside_where() -> None:
    lane = spend_blocks.spending(an_answer(only=Only(project="kites", lane="premium")), SHARE)
    assert "by lane in project kites of premium:" in lane.text
    assert "by lane\n in project kites\n of premium\n" in said(lane.blocks)
    model = an_answer(only=Only(channel_id="C0SAMPLE", model="gpt-image-2"))
    assert "in #C0SAMPLE of gpt-image-2" in printed(model).replace("\n", " ")
    assert not block_checks.message_problems(spend_blocks.spending(model, SHARE).blocks, lambda _: None)
    person = spend_blocks.spending(an_answer(only=Only(person_id="U0SAMPLEANA")), SHARE)
    assert [node["user_id"] for node in nodes(person.blocks) if node.get("type") == "user"] == ["U0SAMPLEANA"]
    assert pressed(person.blocks) == {}
    check(person)


def test_F17_a_day_under_way_is_so_far_at_every_door() -> None:
    days = [replace(BUDGET, period=f"2026-11-{day}", name=None) for day in (21, 22)]
    scope = replace(SCOPE, by="day", so_far=SCOPE.as_of)
    answer = spending_by_day(scope, days, BEFORE, replace(BUDGET, spent_nanousd=0))
    message = spend_blocks.spending(answer, SHARE)
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    assert [row[0]["text"] for row in table["rows"]] == ["Day", "2026-11-21", "2026-11-22 so far"]
    assert [row[2]["text"] for row in table["rows"]] == ["Change", "+$2.00", "–"]
    assert "(2026-11-16 to 2026-11-22 so far, Europe/Berlin) by day" in said(message.blocks)
    assert "2026-11-22 so far $2.00, –, keep rate 62%" in message.text
    assert "Moved most: 2026-11-21 +$2.00." in message.text
    assert "2026-11-22 so far  " in printed(answer)
    assert "Moved most: 2026-11-21 +$2.00." in printed(answer)


NAMES = st.none() | hostile
COUNTS = st.integers(0, 10**6)
PARTS = st.builds(
    Sums, st.just("w"), NAMES, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS,
    spent_nanousd=st.integers(0, 10**17), unknown=st.integers(0, 3), demo=st.integers(0, 3),
)  # fmt: skip


@pytest.mark.parametrize("cases", [25, pytest.param(5_000, marks=pytest.mark.soak)])
def test_R63_whatever_a_pipeline_calls_things_slack_takes_it_and_a_terminal_is_safe(cases: int) -> None:
    @trying(cases)
    @given(
        now=st.lists(PARTS, max_size=110),
        before=st.lists(PARTS, max_size=5),
        by=st.sampled_from(DIMENSIONS),
        project=NAMES,
    )
    def holds(now: list[Sums], before: list[Sums], by: str, project: str | None) -> None:
        answer = spending(replace(SCOPE, by=by, only=Only(project)), now, before)
        check(spend_blocks.spending(answer, SHARE))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed(answer))

    holds()


def printed(answer: Spending) -> str:
    console = Console(file=StringIO(), width=80, highlight=False, markup=False)
    console.print(printout.rendered(answer), crop=False)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_a_terminal_shows_the_same_figures_within_80_columns() -> None:
    told = printed(an_answer())
    assert max(map(len, told.splitlines())) <= 80
    assert "premium" in told
    assert "at least" in told
    assert Decimal("0.40") == Decimal(re.findall(r"\$(0\.40)", told)[0])


def test_the_provider_s_bill_is_one_line_beside_the_sums_at_every_door() -> None:
    days = [date(2026, 11, day) for day in range(16, 23)]
    read = Billed(days[0], DOLLAR, 3, datetime(2026, 11, 19, tzinfo=UTC))
    bill = reconcile(days, {days[0]: Metered(2 * DOLLAR)}, BilledDays(days[0], (read,)))
    answer = replace(an_answer(BUDGET), bill=bill)
    line = "Provider bill: $1.00 for the UTC days 2026-11-16 to 2026-11-22: 50% billed, $1.00 unexplained"
    message = spend_blocks.spending(answer, SHARE)
    check(message)
    assert line in said(message.blocks)
    assert line in message.text
    assert line in " ".join(printed(answer).split())
    assert plain_json.as_json(answer)["bill"]["billed_usd"] == "1.00"
    assert answer.total == an_answer(BUDGET).total
    assert "Provider bill" not in printed(an_answer(BUDGET))


def test_a_terminal_s_title_says_the_part_that_was_asked_for() -> None:
    whole = an_answer(only=Only(project="kites", model="gpt-image-2"))
    assert "by lane in project kites of gpt-image-2" in printed(whole).replace("\n", " ")
