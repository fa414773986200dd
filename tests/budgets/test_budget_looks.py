"""Every answer about budgets, with awkward values, held to the rules of how an answer looks; all names are samples."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.budgets import blocks, blocks_windows, printout, words
from bot.budgets.command import BudgetCommand
from bot.budgets.forecast import Forecast
from bot.budgets.lines import BudgetLine, Budgets, Changed, PastChange, changed
from bot.budgets.news import News
from bot.budgets.words import FINE, NEAR, SPENT, STOPPED
from bot.errors import OverBudget
from bot.ledger.limits import PROJECT_LETTERS, WORKSPACE, Budget, BudgetStanding, Scope, refused
from bot.ledger.pictures import Left
from bot.printing.shapes import terminal
from bot.slack import refusal
from bot.slack.message import Message
from tests.kit import cells
from tests.kit.looks import holds, lead_of, window
from tests.kit.views_made import check, hostile, outside_quotes, said, trying

SHOW, ALL = BudgetCommand(), BudgetCommand("all")
AT = datetime(2026, 11, 12, 9, tzinfo=UTC)
ART, ANA, KITES = Scope("channel", "C012ABC"), Scope("person", "U012ABC"), Scope("project", "kites")
LONG = Scope("project", "a very long name of a project " * 6)
NAMES = {ART: "#art", ANA: "Ana"}


def called(scope: Scope) -> str:
    return NAMES.get(scope, "somebody")


def line(scope: Scope = WORKSPACE, spent: str = "15.40", limit: str = "50", **given: object) -> BudgetLine:
    """By the month, set by a person."""
    held = Decimal(str(given.get("held", 0)))
    usd, most = Decimal(spent), Decimal(limit)
    ends = given.get("ends")
    ahead = None if ends is None else Forecast(20, Decimal(str(ends)), Decimal(str(ends)) - 2, Decimal(str(ends)) + 3)
    return BudgetLine(
        scope=scope.kind,
        scope_id=scope.id,
        per=str(given.get("per", "month")),
        period="2026-11",
        limit_usd=most,
        spent_usd=usd,
        reserved_usd=held,
        left_usd=most - usd - held,
        used_rate=usd / most if most else None,
        reported_usd=Decimal(str(given["reported"])) if "reported" in given else None,
        forecast=ahead,
        version=0 if "settings" in given else 3,
        changed_by=None if "settings" in given else "U012ABC",
        changed_at=None if "settings" in given else AT,
        granted_by="U012ABC" if "granted" in given else None,
    )


def answer(*lines: BudgetLine, **given: object) -> Budgets:
    usual = {"thresholds": (50, 80, 95), "owners": (), "project": None, "zone": "UTC", "as_of": date(2026, 11, 22)}
    return Budgets(lines, **{**usual, **given})  # type: ignore[arg-type]


TWELVE = tuple(line(Scope("project", f"project {n} of a sample"), str(n), "12", per="week") for n in range(12))
PAST = PastChange("channel", ART.id, "$20.00 per week", None, "U012ABC", AT)
AWKWARD = {
    "one": answer(line(ends="17")),
    "of the settings": answer(line(settings=True, reported="80.001")),
    "two": answer(line(ends="48"), line(ART, "11.50", "12", per="week"), project="kites"),
    "over": answer(line(spent="53.17", ends="60")),
    "granted": answer(line(ART, spent="50.04", granted=True)),
    "granted, a long name": answer(line(LONG, "50.04", granted=True), line(ANA, "50.04", granted=True), line()),
    "held": answer(line(spent="49.80", held="0.20")),
    "stopped": answer(line(), line(ANA, "0", "0")),
    "tiny": answer(line(spent="0.0132", limit="0.02")),
    "large": answer(line(LONG, "1", "9000000", ends="1234567.5")),
    "unset": answer(asked=LONG),
    "demo": answer(line(spent="0"), demo=True, project="x" * 200),
    "owner's": answer(line(ends="17"), others=TWELVE, owners=("U012ABC",), changes=(PAST,)),
    "every state": answer(line(), line(ART, "41", "50"), line(ANA, "50", "50"), line(KITES, "0", "0"), *TWELVE),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_every_answer_keeps_the_rules(name: str) -> None:
    for asked in (SHOW, ALL, BudgetCommand("one", scope=LONG)):
        for may_change in (True, False):
            if asked != ALL or AWKWARD[name].lines:
                holds(blocks.budgets(AWKWARD[name], asked, called, may_change))
    window(blocks.details(AWKWARD[name], called))


LEADS = {
    "one": "$34.60 of $50.00 left this month; about $33 will be left at its end.",
    "of the settings": "$34.60 of $50.00 left this month.",
    "two": "$0.50 of $12.00 left this week in #art.",
    "over": "Nothing of $50.00 is left this month, over by $3.17.",
    "granted": "Nothing of $50.00 is left this month, over by $0.04 in #art, granted by Ana.",
    "held": "Nothing of $50.00 is left this month.",
    "stopped": "Stopped: no paid pictures for Ana.",
    "tiny": "$0.0068 of $0.02 left this month.",
    "unset": "Project a very long name of a p… has no budget of its own.",
    "owner's": "$34.60 of $50.00 left this month; about $33 will be left at its end.",
}


def test_an_answer_leads_with_what_is_left_of_the_tightest_now_and_at_its_end() -> None:
    cells.agree(list(LEADS.items()), lambda name: lead_of(blocks.budgets(AWKWARD[name], SHOW, called, True)))


def test_all_budgets_lead_with_how_many_are_stopped_spent_and_near_their_end() -> None:
    shown = blocks.budgets(AWKWARD["every state"], ALL, called, True)
    assert lead_of(shown) == "16 budgets: 1 is stopped, 1 is spent, 3 have a fifth left or less."


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (line(spent="39.99"), FINE),
        (line(spent="40"), NEAR),
        (line(spent="49.99"), NEAR),
        (line(spent="49.99", held="0.01"), SPENT),
        (line(spent="50"), SPENT),
        (line(spent="0", limit="0"), STOPPED),
    ],
)
def test_a_circle_is_yellow_from_four_fifths_and_red_when_nothing_is_left(one: BudgetLine, state: str) -> None:
    assert words.state(one) == state


def test_the_tightest_stands_first_and_each_has_its_circle_and_its_name() -> None:
    shown = said(blocks.gauges(words.tightest(AWKWARD["two"].lines)))
    assert shown.split("\n")[0] == " ▰▰▰▰▰▰▰▰▰▱  "
    assert shown.endswith("This workspace\n: $34.60 of $50.00 left this month")


def test_everything_that_was_told_is_told_behind_details() -> None:
    told = said(blocks.details(AWKWARD["owner's"], called)["blocks"])
    for each in (
        "$15.40 of $50.00 spent, $34.60 left",
        "30% used, 1-30 Nov",
        "By the 20 whole days so far $17.00 will be spent at its end, $15.00 to $20.00 four times of five",
        "Set by Ana on 12 Nov",
        "Ana can change budgets",
        "Told at 50%, 80%, 95%, once each in a week or month",
        words.ELSEWHERE,
        "Weeks and months of UTC, as of 22 Nov",
        "12 Nov, Ana: #art none, before $20.00 a week",
    ):
        assert each in told
    held = said(blocks.details(AWKWARD["held"], called)["blocks"])
    assert "$49.80 of $50.00 spent, $0.20 held for pictures under way, $0.00 left" in held


CHANGES = [
    ((ART, "$20.00 per week", "$12.00 per week", line(ART, "4.60", "12", per="week")),
     "#art now has $12.00 a week, $7.40 of it left. It was $20.00 a week."),
    ((KITES, None, "$12.00 per week", line(KITES, "12", "12", per="week")),
     "Project kites now has $12.00 a week; nothing of it is left. There was none before. "
     "What runs is finished, new pictures are refused."),
    ((ANA, None, "$0.00 per week", line(ANA, "0", "0", per="week")),
     "Paid pictures are stopped for Ana now. There was none before. What runs is finished, new pictures are refused."),
    ((WORKSPACE, "$9.00 per month", None, line(settings=True)),
     "This workspace is back at the settings' $50.00 a month, $34.60 of it left. It was $9.00 a month."),
    ((WORKSPACE, None, "$50.00 per month", line()),
     "This workspace now has $50.00 a month, $34.60 of it left. It was that of the settings."),
    ((ART, "$12.00 per month", None, None), "#art has no budget now. It was $12.00 a month."),
    ((ART, None, None, None), "#art has no budget, as before. Nothing was changed."),
    ((LONG, "$50.00 per month", "$50.00 per month", line(LONG)),
     "Project a very long name of a p… has $50.00 a month already, $34.60 of it left. Nothing was changed."),
]  # fmt: skip


def test_a_change_says_what_stands_and_what_stood() -> None:
    def says(change: tuple[Scope, str | None, str | None, BudgetLine | None]) -> str:
        scope, old, new, stands = change
        shown = blocks.changed(Changed(scope.kind, scope.id, old, new, stands), called)
        holds(shown)
        return shown.text

    cells.agree(CHANGES, says)


def standing(scope: Scope, spent: str, limit: str = "50") -> BudgetStanding:
    dollar = 10**9
    left = Left("2026-11", int(Decimal(spent) * dollar), 0, int(Decimal(limit) * dollar))
    return BudgetStanding(Budget(scope, "month", left.limit_nanousd, 3, "U012ABC", AT), left)


def test_news_of_a_budget_begins_with_whose_it_is_and_what_is_left() -> None:
    over, back = News(over=(50, 80)), News(back=(50, 80))
    rows = [
        (ART, "41", over, "#art has used 80% of its budget: $9.00 of $50.00 left this month. Admins can raise it."),
        (WORKSPACE, "51", over,
         "This workspace: nothing of $50.00 is left this month, over by $1.00. Admins can raise it."),
        (ANA, "20", back, "Ana is back under 50% of its budget: $30.00 of $50.00 left this month."),
        (LONG, "41", over,
         "Project a very long name of a p… has used 80% of its budget. $9.00 of $50.00 left this month. "
         "Admins can raise it."),
    ]  # fmt: skip

    def says(scope: Scope, spent: str, news: News) -> str:
        shown = blocks.alert(standing(scope, spent), news, called, "Admins")
        holds(shown)
        return shown.text

    cells.agree(rows, says)


@pytest.mark.parametrize("scope", [WORKSPACE, ART, ANA, KITES, LONG])
@pytest.mark.parametrize(("spent", "limit"), [("49.99", "50"), ("50", "50"), ("0", "0")])
def test_a_refusal_begins_with_what_is_missing_and_names_a_channel_by_slack_s_own_element(
    scope: Scope, spent: str, limit: str
) -> None:
    error = refused(50_000_000, standing(scope, spent, limit), "Workspace admins")
    shown = refused_by(error)
    assert shown.text == error.sentence
    holds(shown)
    elements = shown.blocks[0]["elements"][0]["elements"]
    assert [each["channel_id"] for each in elements if each["type"] == "channel"] == [ART.id] * (scope == ART)


def test_a_refusal_is_one_sentence_with_both_amounts() -> None:
    sentence = refused(50_000_000, standing(ART, "49.99"), "Workspace admins").sentence
    assert sentence == (
        "Not drawn: it needs $0.05 and this channel has $0.01 left this month. Nothing was charged. "
        "Workspace admins can raise it."
    )


def refused_by(error: OverBudget) -> Message:
    def refuse() -> Message:
        raise error

    return refusal.said(refusal.attempt("a sample", refuse))


def test_who_let_a_budget_be_passed_is_said_of_its_line_and_in_details() -> None:
    told = answer(line(LONG, "50.05", granted=True), line(ANA, "50.04", granted=True), line())
    shown = blocks.budgets(told, SHOW, called, True)
    assert "What is over was granted by Ana." in shown.text
    assert "Ana: nothing of $50.00 is left this month, over by $0.04, granted by Ana." in shown.text
    assert said(blocks.details(told, called)["blocks"]).count("granted by Ana") == 2
    assert "What is over was granted by U012ABC." in printed(answer(line(LONG, "50.04", granted=True)))


def test_windows_keep_the_rules() -> None:
    for scope in (WORKSPACE, ART, ANA, LONG):
        window(blocks_windows.edit(scope, line(scope), None, "3:channel:C012ABC"))
        window(blocks_windows.edit(scope, None, "kites", "0:channel:C012ABC"))
    window(blocks_windows.another("C012ABC"))
    window(blocks_windows.another(None))
    holds(blocks.overtaken(changed("U012ABC", None), called))
    window(blocks.overtaken_window(changed("U012ABC", None)))


@trying(60)
@given(hostile, st.sampled_from(["channel", "person", "project"]))
def test_nobody_s_words_can_act_in_an_answer_about_budgets(name: str, kind: str) -> None:
    name = name[:PROJECT_LETTERS]
    scope = Scope(kind, {"channel": "C012ABC", "person": "U012ABC"}.get(kind, name))
    whole = answer(line(scope), others=(line(scope, "1"),), project=name)
    for shown in (
        blocks.budgets(whole, SHOW, lambda _: name, True),
        blocks.changed(Changed(kind, scope.id, None, "$1.00 per week", line(scope)), lambda _: name),
        blocks.alert(standing(scope, "41"), News(over=(80,)), lambda _: name, "Admins"),
    ):
        check(shown)
        assert len(lead_of(shown)) <= 80
        assert "<!" not in outside_quotes(shown.blocks)


def printed(value: Budgets | Changed, details: bool = False) -> str:
    console = terminal()
    with console.capture() as capture:
        console.print(printout.rendered(value, details))
    return capture.get()


def rows(text: str) -> Sequence[str]:
    return [row.rstrip() for row in text.splitlines() if row.strip()]


def test_a_terminal_leads_with_the_same_sentence_and_the_rest_is_behind_details() -> None:
    assert rows(printed(AWKWARD["one"])) == [
        LEADS["one"],
        "  Left      Of  Each   Used        Budget",
        "$34.60  $50.00  month  ▰▰▰▱▱▱▱▱▱▱  this workspace",
    ]
    assert printed(AWKWARD["unset"]).startswith(LEADS["unset"])
    assert "Set by" not in printed(AWKWARD["two"])
    assert "- Set by U012ABC on 12 Nov" in rows(printed(AWKWARD["two"], details=True))
    assert rows(printed(Changed("project", "kites", None, None, None))) == [
        "Project kites has no budget, as before.",
        "Nothing was changed.",
    ]
