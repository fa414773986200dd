"""How the answers to questions look: estimate, recommend, models, help, Home, and an answer shared."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import catalog
from bot.entrypoints.commands import COMMANDS
from bot.entrypoints.help import shows
from bot.entrypoints.slack import blocks_help as guide
from bot.estimate import blocks as estimate_blocks
from bot.grammar import Guide
from bot.grammar.vocabulary import vocabulary
from bot.lanes.effect import Effect, Step
from bot.lanes.scene import Alternative, BlindTest, Recommendation
from bot.lanes.statuses import ModelList, ModelStatus
from bot.ledger.pictures import Left
from bot.pricing import Quote, Quotes, Workload
from bot.pricing.facts import Rates, Source
from bot.recommend import blocks as recommend_blocks
from bot.recommend import blocks_models as models_blocks
from bot.slack.frame import LABEL_LETTERS, shared
from bot.slack.message import Message, message
from tests.kit import cells, looks
from tests.kit.views_made import (
    DAY,
    check,
    check_view,
    hostile,
    names,
    nodes,
    people,
    pressed,
    said,
    trying,
)

WORDS = vocabulary(catalog.load(), DAY)
SHARE = "estimate 5000 high square --on 2026-11-22"
LEFT = Left("2026-11", spent_nanousd=34_000_000, reserved_nanousd=0, limit_nanousd=50_000_000_000)
SHORT_AND_LONG = pytest.mark.parametrize("cases", [20, pytest.param(5_000, marks=pytest.mark.soak)])

usd = st.none() | st.integers(0, 10**14).map(lambda micros: Decimal(micros).scaleb(-6))
days = st.none() | st.dates(min_value=date(2020, 1, 1))
notes = st.lists(names | hostile, max_size=3).map(tuple)
quote = st.builds(
    Quote,
    lane=st.none() | names,
    model=names,
    quality=names,
    size=names,
    count=st.integers(1, 10**9),
    each_usd=usd,
    total_usd=usd,
    low_usd=usd,
    high_usd=usd,
    basis=st.sampled_from([None, "published", "tokens"]),
    tokens=st.none() | st.integers(0, 10**6),
    ends_on=days,
    source=st.none() | hostile | st.just("https://a.example/x; tokens: https://b.example/y"),
    checked_on=days,
    notes=notes,
    ratio=usd,
    keep_rate=usd,
    keep_basis=st.none() | hostile,
    per_accepted_usd=usd,
    calls_expected=usd,
    expected_usd=usd,
    today_difference_usd=usd,
    drawable=st.booleans(),
)
asked = st.builds(Workload, st.integers(1, 10**9), names, names)
estimates = st.builds(
    Quotes,
    st.just(DAY),
    asked,
    st.lists(quote, min_size=1, max_size=3).map(tuple),
    hostile,
    notes,
    notes,
    notes,
    hostile,
    st.none() | quote,
    usd,
    st.just(DAY),
)
steps = st.builds(Step, names, st.decimals("0", "9", places=5))
alternatives = st.builds(Alternative, names, st.none() | names, hostile, usd)
EFFECT = Effect(
    quality="low",
    instead="gpt-image-2.5-flare",
    usd=Decimal("0.009"),
    same_word_usd=None,
    nearest=(Step("low", Decimal("0.006")),),
    has_twin=False,
)
recommendations = st.builds(
    Recommendation,
    st.just(DAY),
    names,
    names,
    names,
    notes,
    hostile,
    hostile,
    notes,
    st.lists(alternatives, max_size=4).map(tuple),
    hostile,
    st.none() | names,
    days,
    st.just((EFFECT,)),
    notes,
    lead=hostile,
    foot=hostile,
    blind_test=st.none() | st.builds(BlindTest, st.just(("budget", "premium")), st.just(10), usd),
    asked_on=st.none() | st.just(DAY),
)
SOURCE = Source("sample", "https://a.example/prices", DAY, DAY)
RATES = Rates(
    "standard", Decimal(5), Decimal(8), Decimal(30), Decimal("1.25"), None, None, date(2026, 4, 21), None, SOURCE
)
statuses = st.builds(
    ModelStatus,
    model=names,
    snapshots=notes,
    lane=st.none() | names,
    status=st.sampled_from(["active", "deprecated", "shut down"]),
    released=st.just(DAY),
    deprecation_announced=days,
    shutdown=st.none() | st.dates(min_value=date(2020, 1, 1)),
    days_left=st.none() | st.integers(0, 900),
    successors=notes,
    rates=st.sampled_from([None, RATES]),
    batch=st.sampled_from([None, RATES]),
    qualities=notes,
    ladder=st.lists(steps, max_size=5).map(tuple),
    words=notes,
    source=names,
    life_source=names,
    checked_on=st.just(DAY),
    notes=notes,
)
model_lists = st.builds(
    ModelList,
    st.just(DAY),
    st.lists(statuses, min_size=1, max_size=5).map(tuple),
    notes,
    hostile,
    hostile,
    st.none() | st.just(DAY),
)


@SHORT_AND_LONG
def test_R26_R63_every_estimate_is_within_slacks_limits_and_inert(cases: int) -> None:
    @trying(cases)
    @given(estimates, hostile, people)
    def holds(answer: Quotes, share: str, person: str) -> None:
        shown = estimate_blocks.quotes(answer, share or "estimate")
        check(shown)
        check(shared(shown, person))
        check_view(estimate_blocks.details(answer))

    holds()


@SHORT_AND_LONG
def test_R26_R63_every_recommendation_is_within_slacks_limits_and_inert(cases: int) -> None:
    @trying(cases)
    @given(recommendations)
    def holds(answer: Recommendation) -> None:
        check(recommend_blocks.recommendation(answer, "recommend new"))
        check_view(recommend_blocks.details(answer))

    holds()


@SHORT_AND_LONG
def test_R26_R63_every_list_of_models_is_within_slacks_limits_and_inert(cases: int) -> None:
    @trying(cases)
    @given(model_lists)
    def holds(answer: ModelList) -> None:
        for shown in (answer, replace(answer, models=answer.models[:1])):
            check(models_blocks.models(shown, "models"))
            check_view(models_blocks.details(shown))

    holds()


def a_quote(lane: str | None, model: str, each: str | None, total: str | None, **given_: object) -> Quote:
    prices = {"each_usd": each and Decimal(each), "total_usd": total and Decimal(total)}
    ranges = {"low_usd": prices["total_usd"], "high_usd": prices["total_usd"]}
    rest = {"basis": "tokens", "tokens": 1756, "ends_on": None, "source": None, "checked_on": DAY, "notes": ()}
    words = {"lane": lane, "model": model, "quality": "high", "size": "1024x1024", "count": 5000}
    return Quote(**{**words, **prices, **ranges, **rest, **given_})  # type: ignore[arg-type] # many fields, one table


def an_estimate(*quotes: Quote) -> Quotes:
    return Quotes(
        DAY,
        Workload(5000, "high", "square"),
        quotes,
        "$263.40 on budget; legacy would cost 4 times as much.",
        ("Output only.",),
        ("A hint.",),
        foot="5,000 pictures, high, square.",
        batch_usd=Decimal("131.70"),
        asked_on=DAY,
    )


BUDGET = a_quote("budget", "gpt-image-2.5-flare", "0.05268", "263.40")
LEGACY = a_quote(
    "legacy", "gpt-image-2", "0.211", "1055", low_usd=Decimal("1053.60"), basis="published", ratio=Decimal("4.005")
)
UNKNOWN = a_quote(None, "gpt-image-2.6-sunburst", None, None, basis=None, tokens=None, notes=("No price per image.",))


def _rows(shown: Message) -> list[list[str]]:
    (block,) = [block for block in shown.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in block["rows"]]


def test_an_estimate_is_the_sentence_that_decides_then_a_small_table() -> None:
    shown = estimate_blocks.quotes(an_estimate(BUDGET, LEGACY), SHARE)
    looks.holds(shown)
    assert _rows(shown) == [
        ["Lane", "Total", "Each", "Model"],
        ["budget", "$263.40", "$0.0527", "gpt-image-2.5-flare"],
        ["legacy", "$1,055.00", "$0.211", "gpt-image-2"],
    ]
    assert [block["type"] for block in shown.blocks] == ["rich_text", "table", "context", "actions"]
    assert "legacy, gpt-image-2: $1,055.00, $0.211 each. 5,000 pictures, high, square." in shown.text


def test_one_row_is_no_table_and_an_unknown_price_is_called_unknown() -> None:
    shown = estimate_blocks.quotes(an_estimate(UNKNOWN), SHARE)
    assert [block["type"] for block in shown.blocks] == ["rich_text", "context", "actions"]
    shown = estimate_blocks.quotes(an_estimate(UNKNOWN, BUDGET), SHARE)
    assert _rows(shown)[1] == ["unknown", "unknown", "gpt-image-2.6-sunburst"]
    assert "$0 " not in said(shown.blocks) + shown.text
    assert "No price per image." in said(estimate_blocks.details(an_estimate(UNKNOWN))["blocks"])


def test_share_and_details_carry_the_question_itself() -> None:
    shown = estimate_blocks.quotes(an_estimate(BUDGET), SHARE)
    assert pressed(shown.blocks) == {
        "command.run": f"{SHARE} --batch",
        "answer.share:1": SHARE,
        "answer.details:2": SHARE,
    }


@pytest.mark.parametrize(("length", "buttons"), [(1992, 3), (1993, 2), (2001, 0)])
def test_R26_a_question_too_long_for_a_button_has_none(length: int, buttons: int) -> None:
    shown = estimate_blocks.quotes(an_estimate(BUDGET), "x" * length)
    check(shown)
    assert len(pressed(shown.blocks)) == buttons


def test_details_hold_what_the_table_leaves_out() -> None:
    known = replace(
        LEGACY,
        source="https://a.example/prices; tokens: https://b.example/calculator",
        keep_rate=Decimal("0.68333"),
        keep_basis="your own 41 of 60",
        per_accepted_usd=Decimal("0.3087804878"),
        calls_expected=Decimal("1.463"),
        expected_usd=Decimal("1543.9"),
        today_difference_usd=Decimal("791.60"),
        ends_on=date(2026, 12, 1),
    )
    view = estimate_blocks.details(an_estimate(BUDGET, known))
    check_view(view)
    told = said(view["blocks"])
    for words in (
        "Between $1,053.60 and $1,055.00",
        "Basis: published price per picture, 1,756 tokens a picture",
        "4 times as much as the cheapest of these",
        "Keep rate 68.3% (your own 41 of 60): $0.308780488 per kept picture",
        "With retries $1,543.90 in all (1.46 calls a picture)",
        "+$791.60 against what you run today",
        "Shuts down on 1 Dec; its last day is 30 Nov",
        "checked on 22 Nov",
        "A hint.",
    ):
        assert words in told
    links = [node["url"] for node in nodes(view["blocks"]) if node.get("type") == "link"]
    assert links == ["https://a.example/prices", "https://b.example/calculator"]


def test_details_leave_out_what_nobody_knows() -> None:
    told = said(estimate_blocks.details(an_estimate(UNKNOWN))["blocks"])
    for word in ("Basis", "Keep rate", "retries", "Source", "Between", "against", "None"):
        assert word not in told


# The others


def test_a_recommendation_names_lane_and_model_and_keeps_why_behind_details() -> None:
    answer = Recommendation(
        DAY,
        "new",
        "budget",
        "gpt-image-2.5-flare",
        ("A new build starts on budget.",),
        "Not the flagship.",
        'Draw some: `try "a red kite" budget low`.',
        ("gpt-image-2.5-flare ends soon.",),
        (Alternative("gpt-image-2.5-sunburst", "premium", "for better output", Decimal("0.01317")),),
    )
    shown = recommend_blocks.recommendation(answer, "recommend new --on 2026-11-22")
    check(shown)
    assert said(shown.blocks).strip().startswith("Take budget: gpt-image-2.5-flare")
    assert pressed(shown.blocks) == {
        "answer.share": "recommend new --on 2026-11-22",
        "answer.details:1": "recommend new --on 2026-11-22",
    }
    told = said(recommend_blocks.details(answer)["blocks"])
    for words in (
        "A new build starts on budget.",
        "Not the flagship.",
        "premium gpt-image-2.5-sunburst",
        "($0.01317 a medium square picture)",
        "ends soon",
    ):
        assert words in told


def a_status(**given_: object) -> ModelStatus:
    usual: dict[str, object] = {
        "model": "gpt-image-1.5",
        "snapshots": (),
        "lane": None,
        "status": "deprecated",
        "released": date(2025, 12, 16),
        "deprecation_announced": date(2026, 6, 2),
        "shutdown": date(2026, 12, 1),
        "days_left": 9,
        "successors": ("gpt-image-2.6-sunburst",),
        "rates": RATES,
        "batch": None,
        "qualities": (),
        "ladder": (Step("low", Decimal("0.009")),),
        "words": (),
        "source": SOURCE.ref,
        "life_source": SOURCE.ref,
        "checked_on": DAY,
        "notes": (),
    }
    return ModelStatus(**{**usual, **given_})  # type: ignore[arg-type] # many fields, one table


def test_models_show_lane_price_and_last_day_of_those_that_live_in_a_table() -> None:
    living = a_status(model="gpt-image-2", lane="legacy", status="active", shutdown=None, successors=())
    gone = a_status(model="gpt-image-1", status="shut down", shutdown=date(2026, 10, 23), days_left=None)
    listed = ModelList(DAY, (living, a_status(), gone), ("A note.",), asked_on=DAY)
    shown = models_blocks.models(listed, "models --on 2026-11-22")
    check(shown)
    assert _rows(shown) == [
        ["Model", "Lane", "Medium square", "Until"],
        ["gpt-image-2", "legacy", "no medium", "–"],
        ["gpt-image-1.5", "–", "no medium", "30 Nov"],
    ]
    assert "gpt-image-1.5: no medium, until 30 Nov." in shown.text
    told = said(models_blocks.details(listed)["blocks"])
    assert "Was shut down on 23 Oct; last day 22 Oct" in told
    assert "OpenAI names as its replacement: gpt-image-2.6-sunburst" in told
    assert "A note." in told


def test_one_model_has_its_life_rates_and_sources_behind_details() -> None:
    answer = ModelList(DAY, (a_status(),), (), asked_on=DAY)
    shown = models_blocks.models(answer, "models gpt-image-1.5 --on 2026-11-22")
    check(shown)
    assert _rows(shown) == [["Quality", "Each"], ["low", "$0.009"]]
    view = models_blocks.details(answer)
    for words in (
        "Released on 16 Dec 2025",
        "Shuts down on 1 Dec; last day 30 Nov, 9 days left",
        "text in $5.00, image in $8.00, image out $30.00, cached text in $1.25",
        "One square picture: low $0.009",
    ):
        assert words in said(view["blocks"])
    assert "text out" not in said(view["blocks"])
    assert [node["url"] for node in nodes(view["blocks"]) if node.get("type") == "link"] == [SOURCE.ref, SOURCE.ref]


def test_help_is_one_screen_of_half_sentences_each_with_its_button() -> None:
    every = guide.help(Guide(None, COMMANDS.usages), lambda _: True)
    looks.holds(every)
    lines = [block for block in every.blocks if block["type"] == "section"]
    assert [line["text"]["text"].partition(":")[0] for line in lines] == [
        *["Price", "Choose", "Choose", "Choose", "Draw", "Decide", "Money", "Money", "Money"]
    ]
    for line in lines:
        label, words = line["accessory"]["text"]["text"], line["accessory"]["value"]
        assert len(label) <= LABEL_LETTERS
        assert line["accessory"]["action_id"] == "command.run"
        command = COMMANDS.parse(words, WORDS)
        assert COMMANDS.of(command).only_asks(command)
    assert all(f"/imagelane {row.name}." in every.text for row in COMMANDS.usages if row.begin)
    assert all(len(f"{row.topic}: {row.gist}") <= 56 for row in COMMANDS.usages)


def test_help_of_a_command_has_its_examples_on_buttons_where_a_press_costs_and_changes_nothing() -> None:
    run = {
        "help": ["help", "help estimate"],
        "budget": ["budget", "budget show for project kites", "budget requests"],
        "digest": ["digest preview"],
        "bench": ["bench", "bench list"],
        "try": [],
        "show": [],
    }

    def holds(name: str) -> None:
        usage = COMMANDS.row(name).usage
        one = guide.help(Guide(name, (usage,)), lambda example: shows(COMMANDS, example, WORDS))
        looks.holds(one, ids=True)
        buttons = [block["accessory"]["value"] for block in one.blocks if block["type"] == "section"]
        assert buttons == run.get(name, list(usage.examples))
        assert all(f"/imagelane {example}" in said(one.blocks) for example in usage.examples)
        assert all(option in usage.usage for option in re.findall(r"--[a-z]+", usage.spoken))

    cells.hold(COMMANDS.names, holds)


# Shared


def test_a_shared_answer_says_who_shared_it_and_can_not_be_shared_again() -> None:
    answer = estimate_blocks.quotes(an_estimate(BUDGET), SHARE)
    shown = shared(answer, "Ana")
    check(shown)
    assert shown.blocks[0] == answer.blocks[0]  # nothing stands before the point
    assert shown.text.startswith(looks.lead_of(answer))
    (grey,) = [block for block in shown.blocks if block["type"] == "context"]
    assert grey["elements"][0]["text"].startswith("Shared by Ana. ")
    assert pressed(shown.blocks) == {"command.run": f"{SHARE} --batch", "answer.details:2": SHARE}


def test_R63_the_text_beside_a_shared_answer_mentions_nobody() -> None:
    assert shared(message("quotes", []), "<!channel>").text == "quotes Shared by ‹!channel›."
