"""How the answers to questions look: estimate, recommend, models, help, Home, and an answer shared."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entrypoints.commands import COMMANDS
from bot.entrypoints.slack import blocks_help as guide
from bot.entrypoints.slack import blocks_home
from bot.estimate import blocks as estimate_blocks
from bot.lanes.effect import Effect, Step
from bot.lanes.scene import Alternative, Recommendation
from bot.lanes.statuses import ModelList, ModelStatus
from bot.ledger.pictures import Drawing, Left, Tally
from bot.pricing import Quote, Quotes, Workload
from bot.pricing.facts import Rates, Source
from bot.recommend import blocks as recommend_blocks
from bot.recommend import blocks_models as models_blocks
from bot.slack.message import Message, message, shared
from tests.kit.views_made import (
    DAY,
    a_drawing,
    a_generation,
    check,
    check_view,
    drawings,
    hostile,
    lefts,
    names,
    nodes,
    outside_quotes,
    people,
    pressed,
    quoted,
    said,
    trying,
)

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
)
asked = st.builds(Workload, st.integers(1, 10**9), names, names)
estimates = st.builds(Quotes, st.just(DAY), asked, st.lists(quote, max_size=4).map(tuple), hostile, notes, notes, notes)
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
model_lists = st.builds(ModelList, st.just(DAY), st.lists(statuses, min_size=1, max_size=5).map(tuple), notes)


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

    holds()


@SHORT_AND_LONG
def test_R26_R63_every_list_of_models_is_within_slacks_limits_and_inert(cases: int) -> None:
    @trying(cases)
    @given(model_lists)
    def holds(answer: ModelList) -> None:
        check(models_blocks.models(answer, "models"))
        check(models_blocks.models(replace(answer, models=answer.models[:1]), "models"))

    holds()


@SHORT_AND_LONG
def test_R26_R63_every_home_is_within_slacks_limits_and_inert(cases: int) -> None:
    @trying(cases)
    @given(st.integers(0, 10**12), lefts, st.lists(drawings(), max_size=3))
    def holds(spent: int, left: Left, last: list[Drawing]) -> None:
        check_view(blocks_home.home(spent, left, last, COMMANDS.usages))

    holds()


# Estimate


def a_quote(lane: str | None, model: str, each: str | None, total: str | None, **given_: object) -> Quote:
    prices = {"each_usd": each and Decimal(each), "total_usd": total and Decimal(total)}
    ranges = {"low_usd": prices["total_usd"], "high_usd": prices["total_usd"]}
    rest = {"basis": "tokens", "tokens": 1756, "ends_on": None, "source": None, "checked_on": DAY, "notes": ()}
    words = {"lane": lane, "model": model, "quality": "high", "size": "1024x1024", "count": 5000}
    return Quote(**{**words, **prices, **ranges, **rest, **given_})  # type: ignore[arg-type] # many fields, one table


def an_estimate(*quotes: Quote) -> Quotes:
    return Quotes(
        DAY, Workload(5000, "high", "square"), quotes, "gpt-image-2 is 4.0x.", ("Output only.",), ("A hint.",)
    )


BUDGET = a_quote("budget", "gpt-image-2.5-flare", "0.05268", "263.40")
LEGACY = a_quote(
    "legacy", "gpt-image-2", "0.211", "1055", low_usd=Decimal("1053.60"), basis="published", ratio=Decimal("4.005")
)
UNKNOWN = a_quote(None, "gpt-image-2.6-sunburst", None, None, basis=None, tokens=None, notes=("No price per image.",))


def _rows(shown: Message) -> list[list[str]]:
    (block,) = [block for block in shown.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in block["rows"]]


def test_an_estimate_is_a_small_table_then_the_sentence_that_decides() -> None:
    shown = estimate_blocks.quotes(an_estimate(BUDGET, LEGACY), SHARE)
    check(shown)
    assert _rows(shown) == [
        ["Lane", "Model", "Each", "Total"],
        ["budget", "gpt-image-2.5-flare", "$0.05268", "$263.40"],
        ["legacy", "gpt-image-2", "$0.211", "$1,055.00"],
    ]
    kinds = [block["type"] for block in shown.blocks]
    assert kinds == ["rich_text", "table", "rich_text", "context", "actions"]
    assert said(shown.blocks[2]) == "gpt-image-2 is 4.0x."
    assert "5,000 images, high, square, on 2026-11-22" in shown.text
    assert "legacy gpt-image-2 $1,055.00" in shown.text


def test_the_last_day_has_a_column_only_if_some_model_has_one() -> None:
    ending = replace(LEGACY, ends_on=date(2026, 12, 1))
    rows = _rows(estimate_blocks.quotes(an_estimate(BUDGET, ending), SHARE))
    assert [row[-1] for row in rows] == ["Last day", "none known", "2026-11-30"]


def test_an_unknown_price_is_called_unknown_and_says_why() -> None:
    shown = estimate_blocks.quotes(an_estimate(UNKNOWN), SHARE)
    check(shown)
    assert _rows(shown) == [["Model", "Each", "Total"], ["gpt-image-2.6-sunburst", "unknown", "unknown"]]
    assert "No price per image." in said(shown.blocks)
    assert "$0" not in said(shown.blocks) + shown.text


def test_share_and_details_carry_the_question_itself() -> None:
    shown = estimate_blocks.quotes(an_estimate(BUDGET), SHARE)
    assert pressed(shown.blocks) == {"answer.share": SHARE, "answer.details": SHARE}


@pytest.mark.parametrize(("length", "buttons"), [(2000, 2), (2001, 0)])
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
        "Basis: published price per image, 1,756 tokens an image",
        "4.0x the cheapest of these",
        "Keep rate 68.3% (your own 41 of 60): $0.309 per accepted image",
        "With retries about $1,543.90 in all (1.46 calls an image)",
        "+$791.60 against what you run today",
        "Shuts down 2026-12-01; last day 2026-11-30",
        "checked 2026-11-22",
    ):
        assert words in told
    links = [node["url"] for node in nodes(view["blocks"]) if node.get("type") == "link"]
    assert links == ["https://a.example/prices", "https://b.example/calculator"]


def test_details_leave_out_what_nobody_knows() -> None:
    told = said(estimate_blocks.details(an_estimate(UNKNOWN))["blocks"])
    for word in ("Basis", "Keep rate", "retries", "Source", "Between", "against", "None"):
        assert word not in told


# The others


def test_a_recommendation_names_lane_and_model_first_then_why_and_what_next() -> None:
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
    assert shown.text.startswith("Take budget: gpt-image-2.5-flare, on 2026-11-22. A new build starts on budget.")
    for words in (
        "Not the flagship.",
        "premium gpt-image-2.5-sunburst",
        "($0.01317 a medium square image)",
        "ends soon",
    ):
        assert words in said(shown.blocks)
    assert pressed(shown.blocks) == {"answer.share": "recommend new --on 2026-11-22"}


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


def test_models_show_status_last_day_and_successor_in_a_table() -> None:
    living = a_status(model="gpt-image-2", lane="legacy", status="active", shutdown=None, successors=())
    shown = models_blocks.models(ModelList(DAY, (living, a_status()), ("A note.",)), "models --on 2026-11-22")
    check(shown)
    assert _rows(shown) == [
        ["Model", "Status", "Last day", "Successor"],
        ["gpt-image-2", "active, legacy", "none known", "–"],
        ["gpt-image-1.5", "deprecated", "2026-11-30", "gpt-image-2.6-sunburst"],
    ]
    assert "gpt-image-1.5 deprecated, last day 2026-11-30" in shown.text
    assert "A note." in said(shown.blocks)


def test_one_model_is_shown_with_its_life_rates_and_sources() -> None:
    shown = models_blocks.models(ModelList(DAY, (a_status(),), ()), "models gpt-image-1.5 --on 2026-11-22")
    check(shown)
    for words in (
        "Released 2025-12-16",
        "Shuts down 2026-12-01; last day 2026-11-30, 9 days left",
        "text in $5.00, image in $8.00, image out $30.00, cached text in $1.25",
        "One square image: low $0.009",
    ):
        assert words in said(shown.blocks)
    assert "text out" not in said(shown.blocks)
    assert [node["url"] for node in nodes(shown.blocks) if node.get("type") == "link"] == [SOURCE.ref, SOURCE.ref]


def test_help_lists_every_command_and_one_command_with_its_examples() -> None:
    every = guide.help(COMMANDS.usages)
    check(every)
    assert all(row.usage in said(every.blocks) for row in COMMANDS.usages)
    one = guide.help([COMMANDS.row("estimate").usage])
    check(one)
    assert "/imagelane estimate 5000 high square" in said(one.blocks)


def test_home_shows_what_can_be_asked_the_spend_and_the_last_pictures() -> None:
    last = [a_drawing((a_generation(tally=Tally(1, 0)),), "a red kite\n" * 30)]
    view = blocks_home.home(34_000_000, LEFT, last, COMMANDS.usages)
    check_view(view)
    assert view["type"] == "home"
    told = outside_quotes(view["blocks"])
    assert "You have spent $0.034 in 2026-11. This workspace has $49.97 left of $50.00." in told
    assert "7f3k2q" in told
    assert "budget gpt-image-2.5-flare: $0.0132. Kept by 1." in told
    assert all(row.usage in told for row in COMMANDS.usages)
    (prompt,) = quoted(view["blocks"])
    assert len(prompt) <= 80
    assert prompt.endswith("…")


def test_home_holds_ten_pictures_at_most_and_says_how_to_begin_with_none() -> None:
    many = [a_drawing((a_generation(), a_generation(lane="premium")), "x") for _ in range(9)]
    assert len(quoted(blocks_home.home(0, LEFT, many, COMMANDS.usages)["blocks"])) == 10
    assert "None yet." in said(blocks_home.home(0, LEFT, [], COMMANDS.usages)["blocks"])


# Shared


def test_a_shared_answer_says_who_shared_it_and_can_not_be_shared_again() -> None:
    shown = shared(estimate_blocks.quotes(an_estimate(BUDGET), SHARE), "U012ABC")
    check(shown)
    assert said(shown.blocks[0]) == "Shared by \n."
    assert {"type": "user", "user_id": "U012ABC"} in list(nodes(shown.blocks[0]))
    assert pressed(shown.blocks) == {"answer.details": SHARE}


def test_an_answer_with_nothing_but_share_loses_its_row_of_buttons() -> None:
    answer = ModelList(DAY, (a_status(), a_status()), ())
    shown = shared(models_blocks.models(answer, "models"), "U012ABC")
    check(shown)
    assert all(block["type"] != "actions" for block in shown.blocks)


def test_R63_the_text_beside_a_shared_answer_mentions_nobody() -> None:
    assert shared(message("quotes", []), "U012ABC").text == "quotes"
