"""How `spend` looks in Slack and in a terminal: a table for a phone, whatever a pipeline calls its project."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.billing.reconcile import Billed, BilledDays, Metered, reconcile
from bot.grammar.vocabulary import DIMENSIONS
from bot.periods import AnyPeriod, Days, LastDays, NamedPeriod
from bot.periods import words as period_words
from bot.printing import plain_json
from bot.slack.message import Message
from bot.spend import blocks as spend_blocks
from bot.spend import printout, sentences
from bot.spend.command import Spend
from bot.spend.measures import Only, Spending, SpendScope, figures, spending, spending_by_day
from bot.spend.sums import Sums
from tests.kit import looks
from tests.kit.views_made import check, check_view, hostile, nodes, pressed, said, trying

DOLLAR = 1_000_000_000
SHARE = "spend this week by lane --on 2026-11-22"
DAY = date(2026, 11, 22)
ASKED = Spend(NamedPeriod.THIS_WEEK, "lane", on=DAY)
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


def shown(answer: Spending, asked: Spend = ASKED, called: Mapping[str, str] = MappingProxyType({})) -> Message:
    return spend_blocks.spending(answer, asked, called)


def the_table(message: Message) -> list[list[str]]:
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def window(answer: Spending) -> str:
    return said(spend_blocks.details(answer, {})["blocks"])


def test_the_first_sentence_says_period_sum_change_and_what_a_kept_picture_cost() -> None:
    message = shown(an_answer(BUDGET))
    assert looks.lead_of(message) == "$2.00 this week, as before. Kept 5 of 8 pictures at $0.40 each."
    assert grey(message) == "2 pictures ($0.25) are not judged yet and not in that figure."


def test_the_table_has_a_row_for_each_name_and_five_narrow_columns() -> None:
    assert the_table(shown(an_answer())) == [
        ["Lane", "Spend", "Kept", "Per kept", "Change"],
        ["premium", "at least $1,234.00", "–", "–", "+123,300%"],
        ["budget", "$2.00", "62%", "$0.40", "+100%"],
    ]


def test_long_names_stand_last_so_that_a_phone_shows_the_figures() -> None:
    answer = an_answer(replace(BUDGET, name="gpt-image-2.5-sunburst"), by="model")
    assert the_table(shown(answer))[:2] == [
        ["Spend", "Kept", "Per kept", "Change", "Model"],
        ["$2.00", "62%", "$0.40", "new", "gpt-image-2.5-sunburst"],
    ]


def test_waste_movers_days_zone_demo_pictures_and_the_measures_are_in_the_details() -> None:
    told = window(an_answer())
    for sentence in (
        "Mon 16 Nov 2026 to Sun 22 Nov 2026, days of Europe/Berlin.",
        "Against Mon 9 Nov 2026 to Sun 15 Nov 2026: $2.00, change +$1,234.00 (+61,700%).",
        "1,012 records, as of Sun 22 Nov 2026.",
        "4,010 pictures, keep rate 62% (5 of 8).",
        "premium +$1,233.00 (+123,300%)",
        "$0.50 in all.",
        "2 rejected ($0.25).",
        "1 retried ($0.125).",
        "3 records have no known price: sums are at least this.",
        "Changes compare known prices only.",
        "2 demo pictures are left out.",
        "Spend holds every charge, rejects and retries included",
        ": $2.00 (change +$1.00 (+100%)), 10 pictures, kept 62% (5 of 8), $0.40 per kept, 2 ($0.25) not judged yet",
    ):
        assert sentence in told
    looks.window(spend_blocks.details(an_answer(), {}))


@pytest.mark.parametrize(
    ("before", "told", "in_words", "cell"),
    [
        (DOLLAR, "+$1.00 (+100%)", "up 100%", "+100%"),
        (4 * DOLLAR, "-$2.00 (-50%)", "down 50%", "-50%"),
        (DOLLAR // 2, "+$1.50 (+300%)", "4 times as much", "+300%"),
        (2 * DOLLAR, "$0.00", "as before", "0%"),
        (1_999_000_000, "+$0.001", "as before", "0%"),
        (0, "+$2.00", "nothing the week before", "new"),
    ],
)
def test_a_change_is_told_in_words_in_per_cent_and_in_dollars(before: int, told: str, in_words: str, cell: str) -> None:
    row = figures("budget", BUDGET, Sums("b", spent_nanousd=before))
    assert sentences.change(row) == told
    assert sentences.changed(row, SCOPE) == in_words
    assert sentences.change_cell(row) == cell


@pytest.mark.parametrize(
    ("period", "days", "so_far", "words"),
    [
        ("today", Days(DAY, DAY), DAY, "today so far"),
        ("last 7 days", Days(date(2026, 11, 16), DAY), None, "in the last 7 days"),
        ("2026-W47", Days(date(2026, 11, 16), DAY), None, "on 16-22 Nov"),
        ("2026-10", Days(date(2026, 10, 1), date(2026, 10, 31)), None, "in October"),
        ("2025-10", Days(date(2025, 10, 1), date(2025, 10, 31)), None, "in October 2025"),
        ("x", Days(date(2026, 10, 28), date(2026, 11, 3)), None, "from 28 Oct to 3 Nov"),
        ("2026-11-20", Days(date(2026, 11, 20), date(2026, 11, 20)), None, "on 20 Nov"),
        ("all", Days(date(2026, 1, 1), DAY), DAY, "in all so far"),
    ],
)
def test_a_period_reads_as_people_say_it(period: str, days: Days, so_far: date | None, words: str) -> None:
    assert sentences.when(replace(SCOPE, period=period, days=days, so_far=so_far)) == words


def test_a_sum_nobody_knows_is_the_word_unknown() -> None:
    message = shown(spending(SCOPE, [Sums("w", "budget", records=1, images=1, unknown=1)], []))
    assert looks.lead_of(message) == "An unknown amount this week."
    assert the_table(message) == [["Lane", "Spend"], ["budget", "unknown"]]  # no column without a figure
    assert "budget unknown." in message.text
    assert grey(message) == "1 record has no known price."


def test_a_quiet_period_says_so() -> None:
    message = shown(spending(SCOPE, [], []))
    assert message.text == "Nothing is recorded this week."
    assert [block["type"] for block in message.blocks] == ["rich_text", "actions"]
    assert "the week before it was $2.00." in shown(spending(SCOPE, [], BEFORE)).text


def test_the_next_steps_ask_by_something_else_and_of_the_time_before() -> None:
    (row,) = [block["elements"] for block in shown(an_answer()).blocks if block["type"] == "actions"]
    assert [one.get("placeholder", one.get("text"))["text"] for one in row] == [
        "By…",
        "Week before",
        "Share",
        "Details",
    ]
    assert [one["value"] for one in row[0]["options"]][:2] == [
        "spend this week by model --on 2026-11-22",
        "spend this week by quality --on 2026-11-22",
    ]
    assert [one["value"] for one in row[1:]] == ["spend 2026-W46 by lane --on 2026-11-22", SHARE, SHARE]


@pytest.mark.parametrize(
    ("period", "label", "words"),
    [
        (NamedPeriod.THIS_MONTH, "Month before", "2026-10"),
        (NamedPeriod.TODAY, "Day before", "2026-11-21"),
        (LastDays(10), "10 days before", "2026-11-03..2026-11-12"),
    ],
)
def test_the_period_before_is_whole(period: AnyPeriod, label: str, words: str) -> None:
    (button,) = spend_blocks.before(an_answer(period=period_words(period)), replace(ASKED, period=period))
    assert (button["text"]["text"], button["value"]) == (label, f"spend {words} by lane --on 2026-11-22")


def test_a_question_too_long_for_a_select_has_none() -> None:
    message = shown(an_answer(), replace(ASKED, project="x" * 150))
    assert "command.pick" not in pressed(message.blocks)
    looks.holds(message)


def test_before_all_there_is_nothing() -> None:
    assert spend_blocks.before(an_answer(period="all"), replace(ASKED, period=NamedPeriod.ALL)) == []


def test_a_period_that_was_filled_in_is_said_where_there_is_room() -> None:
    nothing_named = replace(ASKED, period=None)
    assert grey(shown(an_answer(BUDGET), nothing_named)).startswith("By default this week. 2 pictures ($0.25) are not")
    many = replace(BUDGET, pending=2_000_000, pending_nanousd=10**15)
    assert grey(shown(an_answer(many), nothing_named)).startswith("2,000,000 pictures ($1,000,000.00) are not judged")


def test_B11_figures_by_person_name_them_in_words_and_can_not_be_shared() -> None:
    people = [replace(BUDGET, name="U0SAMPLEANA"), replace(BUDGET, name="terminal"), replace(BUDGET, name=None)]
    message = shown(an_answer(*people, by="person"), replace(ASKED, by="person"), {"U0SAMPLEANA": "Ana"})
    assert "answer.share" not in {action.split(":")[0] for action in pressed(message.blocks)}
    assert [node["user_id"] for node in nodes(message.blocks) if node.get("type") == "user"] == ["U0SAMPLEANA"]
    assert "terminal" in said(message.blocks)
    assert "no person" in said(message.blocks)
    assert "Ana $2.00, nothing the week before, kept 5 of 8" in message.text
    assert "U0SAMPLEANA" not in message.text
    looks.holds(message)


def test_the_part_asked_about_is_named_and_a_name_calls_nobody() -> None:
    project = shown(an_answer(BUDGET, only=Only(project="kites <!here>")))
    assert project.text.startswith("$2.00 this week in project kites &lt;!here&gt;, as before.")
    channel = shown(an_answer(BUDGET, only=Only(channel_id="C0SAMPLE")), called={"C0SAMPLE": "#art"})
    assert looks.lead_of(channel).startswith("$2.00 this week in #art, as before. Kept 5 of 8")
    looks.holds(channel)


def test_the_lane_model_or_person_asked_about_is_named_beside_where() -> None:
    lane = shown(an_answer(only=Only(project="kites", lane="premium")))
    assert "this week in project kites on premium" in looks.lead_of(lane)
    model = an_answer(only=Only(channel_id="C0SAMPLE", model="gpt-image-2"))
    assert "in #C0SAMPLE on gpt-image-2" in printed(model).replace("\n", " ")
    person = shown(an_answer(only=Only(person_id="U0SAMPLEANA")), called={"U0SAMPLEANA": "Ana"})
    assert looks.lead_of(person).startswith("At least $1,236.00 this week by Ana, 618 times as much.")
    assert "U0SAMPLEANA" not in person.text
    assert "answer.share" not in {action.split(":")[0] for action in pressed(person.blocks)}


def test_F17_a_day_under_way_is_so_far_at_every_door() -> None:
    answer = by_day()
    message = shown(answer, replace(ASKED, by="day"))
    assert the_table(message)[0] == ["Day", "Spend", "Kept", "Per kept", "Change"]
    assert [row[0] for row in the_table(message)[1:]] == ["Sat 21", "Sun 22 so far"]
    assert [row[4] for row in the_table(message)[1:]] == ["new", "–"]
    assert looks.lead_of(message).startswith("$4.00 this week so far, ")
    assert "Sun 22 Nov so far $2.00, kept 5 of 8" in message.text
    assert "Sat 21 Nov +$2.00" in window(answer)
    assert "22 Nov so far" not in window(answer).split("Moved most")[1].split("Waste")[0]
    assert "Sun 22 Nov so far  " in printed(answer)


def by_day() -> Spending:
    days = [replace(BUDGET, period=f"2026-11-{day}", name=None) for day in (21, 22)]
    scope = replace(SCOPE, by="day", so_far=SCOPE.as_of)
    return spending_by_day(scope, days, BEFORE, replace(BUDGET, spent_nanousd=0))


def test_by_day_a_terminal_draws_a_bar_a_day() -> None:
    days = [Sums(f"2026-11-{day}", records=1, images=1, spent_nanousd=(day - 16) * DOLLAR) for day in range(16, 20)]
    answer = spending_by_day(replace(SCOPE, by="day"), days, [], Sums("eve"))
    assert " ▃▆█  Most on Thu 19 Nov: $3.00." in printed(answer)
    assert "▃" not in printed(an_answer())


PROJECTS = [replace(BUDGET, name=f"a project with a name that is long {n}") for n in range(12)]
AWKWARD = {
    "two lanes": an_answer(),
    "three lanes and none": an_answer(BUDGET, replace(BUDGET, name="legacy"), PREMIUM, replace(BUDGET, name=None)),
    "quiet": spending(SCOPE, [], []),
    "quiet after a week that was not": spending(SCOPE, [], BEFORE),
    "unknown": spending(SCOPE, [Sums("w", "budget", records=1, images=1, unknown=1)], []),
    "unknown and kept": an_answer(replace(BUDGET, unknown=1, judged_unknown=1)),
    "nothing kept": an_answer(replace(BUDGET, kept=0, rejected=7)),
    "a tie": an_answer(replace(BUDGET, kept=1, rejected=1, retried=0)),
    "one of each": an_answer(Sums("w", "budget", records=1, images=1, kept=1, judged_nanousd=1, spent_nanousd=1)),
    "demo": an_answer(Sums("w", "budget", records=2, demo=2)),
    "no reviews": an_answer(Sums("w", "budget", records=1, images=9, left_out=9, spent_nanousd=DOLLAR)),
    "twelve projects": an_answer(*PROJECTS, by="project"),
    "models": an_answer(replace(BUDGET, name="gpt-image-2.5-sunburst-2026-11-19"), by="model"),
    "a long name": an_answer(
        only=Only(project="the project of everything we ever did for the harbour", lane="premium")
    ),
    "of a model in a channel": an_answer(only=Only(channel_id="C0SAMPLE", model="gpt-image-2.5-sunburst")),
    "of a person": an_answer(only=Only(person_id="U0SAMPLEANA")),
    "by person": an_answer(replace(BUDGET, name="U0SAMPLEANA"), by="person"),
    "by day": by_day(),
    "millions": an_answer(replace(BUDGET, images=10**9, kept=10**8, rejected=10**9, spent_nanousd=9 * 10**17)),
}


@pytest.mark.parametrize("answer", AWKWARD.values(), ids=AWKWARD.keys())
def test_every_answer_looks_as_it_should(answer: Spending) -> None:
    called = {"C0SAMPLE": "#art", "U0SAMPLEANA": "Ana", "budget": "Ben", "premium": "Cem"}
    for asked in (ASKED, replace(ASKED, period=None)):
        looks.holds(shown(answer, replace(asked, by=answer.scope.by), called))
    looks.window(spend_blocks.details(answer, called))
    lead = looks.lead_of(shown(answer))
    assert " ".join(printed(answer).split()).startswith(" ".join(lead.split()))


def test_the_chart_that_follows_by_day_looks_as_it_should() -> None:
    message = spend_blocks.chart(by_day(), "F012ABC")
    looks.holds(message)
    assert looks.lead_of(message) == "Most on Sat 21 Nov: $2.00."
    (image,) = [block for block in message.blocks if block["type"] == "image"]
    assert "Sat 21 Nov $2.00, Sun 22 Nov so far $2.00. $4.00 in all." in image["alt_text"]


def grey(message: Message) -> str:
    (block,) = [block for block in message.blocks if block["type"] == "context"]
    return str(block["elements"][0]["text"])


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
        by=st.sampled_from([one for one in DIMENSIONS if one != "day"]),
        project=NAMES,
    )
    def holds(now: list[Sums], before: list[Sums], by: str, project: str | None) -> None:
        answer = spending(replace(SCOPE, by=by, only=Only(project)), now, before)
        check(shown(answer))
        check_view(spend_blocks.details(answer, {}))
        for details in (False, True):
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed(answer, details=details))

    holds()


def printed(answer: Spending, *, details: bool = False) -> str:
    console = Console(file=StringIO(), width=80, highlight=False, markup=False)
    console.print(printout.rendered(answer, details), crop=False)
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
    assert line in window(answer)
    assert line not in shown(answer).text
    assert line in " ".join(printed(answer, details=True).split())
    assert "Provider bill" not in printed(answer)
    assert plain_json.as_json(answer)["bill"]["billed_usd"] == "1.00"
    assert answer.total == an_answer(BUDGET).total
    assert "Provider bill" not in printed(an_answer(BUDGET), details=True)


def test_a_terminal_says_the_part_that_was_asked_for_and_the_rest_behind_details() -> None:
    whole = an_answer(only=Only(project="kites", model="gpt-image-2"))
    assert "in project kites on gpt-image-2" in printed(whole).replace("\n", " ")
    assert "Waste" not in printed(whole)
    assert "- 2 rejected ($0.25)." in printed(whole, details=True)
    assert "- premium: at least $1,234.00 (change" in printed(whole, details=True)
