"""Estimates: the reference figures, what is told beside them, and what is refused."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import catalog
from bot.errors import BadNumber, BadSpec, NoBatch, UnknownModel
from bot.pricing import ImageSpec, KeepCount, Quote, Quotes, Size, Workload, compare
from bot.pricing.accepted import calls_per_image
from bot.pricing.facts import Catalog
from tests.kit import cells

FACTS = catalog.load()
ARTICLE_DAY, TODAY = date(2026, 3, 27), date(2026, 11, 22)
THEN = {"budget": "gpt-image-1-mini", "premium": "gpt-image-1.5", "legacy": "gpt-image-1"}
NOW = {"budget": "gpt-image-2.5-flare", "premium": "gpt-image-2.5-sunburst", "legacy": "gpt-image-2"}
SPRING = THEN | {"premium": "gpt-image-2"}
HIGH = Workload(5000, "high", "square")
SQUARE = Size(1024, 1024)


def now(asked: Workload, on: date = TODAY, filled: Mapping[str, str] = NOW) -> Quotes:
    return compare(FACTS, filled, asked, on)


def one(asked: Workload, choice: str, on: date = TODAY) -> Quote:
    (quote,) = now(replace(asked, choice=choice), on).quotes
    return quote


def kept(model: str, kept: int, judged: int) -> KeepCount:
    return KeepCount(ImageSpec(model, "high", SQUARE), kept, judged)


def figures(answer: Quotes) -> list[tuple[str | None, str, str, str, str]]:
    return [(q.lane, q.model, str(q.total_usd), str(q.low_usd), str(q.high_usd)) for q in answer.quotes]


# -- the reference --


def test_five_thousand_high_squares_on_the_day_of_the_article() -> None:
    assert figures(now(HIGH, ARTICLE_DAY, THEN)) == [
        ("budget", "gpt-image-1-mini", "180.00", "166.40", "180.00"),
        ("premium", "gpt-image-1.5", "665.00", "665.00", "665.60"),
        ("legacy", "gpt-image-1", "835.00", "832.00", "835.00"),
    ]


def test_five_thousand_high_squares_today() -> None:
    answer = now(HIGH)
    assert figures(answer) == [
        ("budget", "gpt-image-2.5-flare", "263.40", "263.40", "263.40"),
        ("premium", "gpt-image-2.5-sunburst", "263.40", "263.40", "263.40"),
        ("legacy", "gpt-image-2", "1055.00", "1053.60", "1055.00"),
    ]
    assert [(q.tokens, str(q.each_usd), q.basis) for q in answer.quotes[:2]] == [(1756, "0.05268", "tokens")] * 2
    assert answer.quotes[2].notes == ("$0.211 listed, $0.21072 by tokens.",)


def test_one_sentence_decides() -> None:
    table = [
        (HIGH, TODAY, NOW, "$263.40 on budget or premium; legacy would cost 4 times as much."),
        (
            HIGH,
            ARTICLE_DAY,
            THEN,
            "$180.00 on budget; premium would cost 3.7, legacy 4.6 times as much.",
        ),
        (replace(HIGH, quality="low"), TODAY, NOW, "$29.40 on budget or premium; legacy would cost 2% more."),
        (
            replace(HIGH, quality="max"),
            TODAY,
            NOW,
            "$1,053.60 on budget or premium; legacy has no known price.",
        ),
        (
            HIGH,
            TODAY,
            {"budget": NOW["budget"], "premium": NOW["premium"]},
            "$263.40 on budget or premium: both cost the same.",
        ),
        (
            HIGH,
            TODAY,
            NOW | {"premium": "gpt-image-2.6-sunburst"},
            "$263.40 on budget; legacy would cost 4 times as much.",
        ),
        (
            replace(HIGH, quality="xhigh"),
            ARTICLE_DAY,
            THEN,
            "What 5,000 pictures would cost on these lanes is unknown.",
        ),
        (
            replace(HIGH, choice="premium"),
            TODAY,
            NOW,
            "$263.40 for 5,000 pictures on premium (gpt-image-2.5-sunburst), $0.0527 each.",
        ),
        (
            replace(HIGH, count=1, choice="gpt-image-2"),
            TODAY,
            NOW,
            "$0.211 for 1 picture on gpt-image-2.",
        ),
    ]
    cells.agree(table, lambda asked, on, filled: now(asked, on, filled).deciding)


def test_ratios_are_to_the_cheapest_of_the_answer_and_only_between_several() -> None:
    assert [str(q.ratio) for q in now(HIGH, ARTICLE_DAY, THEN).quotes] == ["1.00", "3.69", "4.64"]
    assert one(HIGH, "budget").ratio is None


# -- who is asked --


def test_a_lane_a_model_and_a_snapshot_can_be_named() -> None:
    assert one(HIGH, "budget").model == "gpt-image-2.5-flare"
    assert one(HIGH, "gpt-image-2").lane == "legacy"
    assert one(HIGH, "gpt-image-1-mini").lane is None
    snapshot = one(HIGH, "gpt-image-2.5-flare-2026-09-08")
    assert (snapshot.model, snapshot.lane, str(snapshot.total_usd)) == (
        "gpt-image-2.5-flare-2026-09-08",
        "budget",
        "263.40",
    )


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownModel):
        one(HIGH, "gpt-image-9")


@pytest.mark.parametrize(("on", "usable"), [(date(2026, 9, 7), False), (date(2026, 9, 8), True)])
def test_a_model_is_priced_from_its_release(on: date, usable: bool) -> None:
    if usable:
        assert one(HIGH, "gpt-image-2.5-flare", on).total_usd is not None
    else:
        with pytest.raises(UnknownModel, match="was not out on 2026-09-07"):
            one(HIGH, "gpt-image-2.5-flare", on)


@pytest.mark.parametrize(("on", "usable"), [(date(2026, 11, 30), True), (date(2026, 12, 1), False)])
def test_a_model_is_priced_until_the_day_it_shuts_down(on: date, usable: bool) -> None:
    quote = one(HIGH, "gpt-image-1-mini", on)
    assert (quote.total_usd is not None) is usable
    assert quote.ends_on == date(2026, 12, 1)
    if not usable:
        assert quote.notes == (
            "gpt-image-1-mini was shut down on 2026-12-01.",
            "OpenAI names gpt-image-2.6-sunburst or gpt-image-2.6-flare in its place.",
        )


@pytest.mark.parametrize(("on", "ends"), [(date(2026, 4, 21), None), (date(2026, 4, 22), date(2026, 10, 23))])
def test_the_last_day_shows_from_its_announcement(on: date, ends: date | None) -> None:
    assert one(HIGH, "gpt-image-1", on).ends_on == ends


def test_with_several_lanes_one_that_cannot_draw_it_is_a_note_not_a_refusal() -> None:
    quote = now(replace(HIGH, quality="max")).quotes[2]
    assert (quote.total_usd, quote.size) == (None, "square")
    assert quote.notes == ("gpt-image-2 has no quality max; it has low, medium or high.",)
    with pytest.raises(BadSpec):
        one(replace(HIGH, quality="max"), "legacy")


def test_with_several_lanes_one_that_has_ended_is_a_note_and_the_rest_are_priced() -> None:
    answer = now(HIGH, date(2026, 10, 23), NOW | {"legacy": "gpt-image-1"})
    assert [q.total_usd is None for q in answer.quotes] == [False, False, True]
    assert "shut down on 2026-10-23" in answer.quotes[2].notes[0]


@pytest.mark.parametrize(
    "asked", [Workload(0, "high", "square"), replace(HIGH, keep=Decimal(0)), replace(HIGH, retries=-1)]
)
def test_numbers_that_cannot_be_are_refused(asked: Workload) -> None:
    with pytest.raises(BadNumber):
        now(asked)


# -- batch --


def test_batch_is_half_where_its_rates_are_known_on_that_day() -> None:
    asked = replace(HIGH, batch=True)
    assert [str(q.total_usd) for q in now(asked).quotes] == ["131.70", "131.70", "527.50"]
    assert now(asked).assumptions == (
        "Output only; prompt text adds about $0.00025 per 100 tokens.",
        "Batch prices: answers come within 24 hours.",
    )


def test_batch_is_refused_with_the_reason_for_one_and_noted_for_several() -> None:
    asked, before_flare = replace(HIGH, batch=True), date(2026, 10, 13)
    with pytest.raises(NoBatch, match="were published by 2026-10-13"):
        one(asked, "budget", before_flare)
    flare, sunburst, _ = now(asked, before_flare).quotes
    assert flare.total_usd is None
    assert "No batch rates" in flare.notes[0]
    assert str(sunburst.total_usd) == "131.70"
    with pytest.raises(NoBatch):
        one(asked, "gpt-image-2.6-flare")


# -- accepted images --


def test_cost_per_accepted_is_each_over_the_keep_rate() -> None:
    quote = one(replace(HIGH, keep=Decimal("0.6")), "budget")
    assert (str(quote.per_accepted_usd), quote.keep_rate, quote.keep_basis) == ("0.0878", Decimal("0.6"), "as given")
    assert quote.calls_expected == Decimal("1.6667")
    assert quote.expected_usd is None


def test_without_a_keep_rate_nothing_is_said_about_accepted_images() -> None:
    quote = one(HIGH, "budget")
    assert (quote.keep_rate, quote.per_accepted_usd, quote.calls_expected, quote.expected_usd) == (None,) * 4


def test_the_teams_own_votes_on_that_spec_go_before_a_given_rate() -> None:
    asked = replace(HIGH, keep=Decimal("0.9"))
    flare, sunburst, _ = compare(FACTS, NOW, asked, TODAY, [kept("gpt-image-2.5-flare", 41, 60)]).quotes
    assert (flare.keep_basis, str(flare.per_accepted_usd)) == ("your own 41 of 60", "0.077092683")
    assert "The keep rate is your own 41 of 60, not the 0.9 given." in flare.notes
    assert sunburst.keep_basis == "as given"


@pytest.mark.parametrize(
    "votes",
    [
        kept("gpt-image-2", 9, 10),
        KeepCount(ImageSpec("gpt-image-2.5-flare", "low", SQUARE), 9, 10),
        KeepCount(ImageSpec("gpt-image-2.5-flare", "high", Size(1536, 1024)), 9, 10),
        kept("gpt-image-2.5-flare", 0, 0),
    ],
)
def test_votes_on_another_spec_or_none_at_all_say_nothing(votes: KeepCount) -> None:
    assert compare(FACTS, {"budget": NOW["budget"]}, HIGH, TODAY, [votes]).quotes[0].keep_rate is None


def test_none_kept_has_no_cost_per_accepted_and_says_so() -> None:
    quote = compare(FACTS, NOW, HIGH, TODAY, [kept("gpt-image-2.5-flare", 0, 12)]).quotes[0]
    assert (quote.keep_rate, quote.per_accepted_usd) == (Decimal(0), None)
    assert "None was kept so far: cost per kept picture has no figure yet." in quote.notes


def test_retries_with_a_keep_rate_give_the_expected_total_and_the_share_kept() -> None:
    quote = one(Workload(1000, "high", "square", keep=Decimal("0.5"), retries=2), "budget")
    # 1 + 1/2 + 1/4 calls, and 7 of 8 images kept
    assert (quote.calls_expected, str(quote.expected_usd)) == (Decimal("1.75"), "92.19")
    assert str(quote.total_usd) == "52.68"
    assert str(quote.per_accepted_usd) == "0.10536"
    assert "About 875 of 1,000 pictures end up kept." in quote.notes


def test_retries_without_a_keep_rate_give_the_worst_case_and_say_so() -> None:
    quote = one(replace(HIGH, retries=2), "budget")
    assert (quote.calls_expected, str(quote.expected_usd)) == (Decimal(3), "790.20")
    assert "At worst, with every picture drawn 3 times: $790.20." in quote.notes


@settings(deadline=None)
@given(st.decimals("0.01", "1", places=2), st.integers(0, 40))
def test_expected_calls_lie_between_one_and_both_limits(keep: Decimal, retries: int) -> None:
    calls = calls_per_image(keep, retries)
    without_limit = calls_per_image(keep, None)
    assert calls is not None
    assert without_limit is not None
    assert 1 <= calls <= retries + 1
    assert calls <= without_limit


def test_where_lanes_are_kept_unequally_cost_per_accepted_decides() -> None:
    keeps = [kept(NOW["budget"], 41, 60), kept(NOW["premium"], 50, 60), kept(NOW["legacy"], 50, 51)]
    answer = compare(FACTS, NOW, HIGH, TODAY, keeps)
    assert answer.deciding == ("Premium costs least per kept picture: $0.0632; budget $0.0771, legacy $0.215.")


def test_votes_on_some_lanes_only_leave_the_price_to_decide() -> None:
    answer = compare(FACTS, NOW, HIGH, TODAY, [kept(NOW["premium"], 50, 60)])
    assert answer.deciding == "$263.40 on budget or premium; legacy would cost 4 times as much."


def test_the_difference_is_to_what_the_team_runs_today() -> None:
    running = ImageSpec("gpt-image-1-mini", "high", SQUARE)
    answer = compare(FACTS, NOW, HIGH, TODAY, today=running)
    assert [str(q.today_difference_usd) for q in answer.quotes] == ["83.40", "83.40", "875.00"]
    assert [q.today_difference_usd for q in now(HIGH).quotes] == [None] * 3


# -- assumptions and hints --


@pytest.mark.parametrize(
    ("on", "filled", "line"),
    [
        (TODAY, NOW, "Output only; prompt text adds about $0.0005 per 100 tokens."),
        (ARTICLE_DAY, THEN, "Output only; prompt text adds about $0.0002 to $0.0005 per 100 tokens."),
    ],
)
def test_the_assumptions_say_what_prompt_text_adds(on: date, filled: Mapping[str, str], line: str) -> None:
    assert now(HIGH, on, filled).assumptions == (line,)


ENDED = date(2026, 12, 1)  # the next day the catalogue names after it was checked
LASTING = replace(FACTS, models={name: m for name, m in FACTS.models.items() if m.shutdown != ENDED})


@pytest.mark.parametrize(
    ("facts", "on", "told"),
    [
        (FACTS, ENDED - timedelta(days=1), False),
        (FACTS, ENDED, True),
        (LASTING, ENDED, False),
        (LASTING, FACTS.checked_on + timedelta(days=30), False),
        (LASTING, FACTS.checked_on + timedelta(days=31), True),
    ],
)
def test_the_age_of_prices_is_told_after_a_month_or_once_a_day_in_them_has_come(
    facts: Catalog, on: date, told: bool
) -> None:
    answer = compare(facts, NOW, HIGH, on)
    assert any("last checked on 2026-11-28" in line for line in answer.assumptions) is told
    assert ("Prices were last checked on 28 Nov." in answer.foot) is told


@pytest.mark.parametrize(
    ("asked", "on", "filled", "hints"),
    [
        (
            HIGH,
            TODAY,
            NOW,
            (
                '"high" on 2 is "max" on 2.5: they take the same tokens.',
                "Landscape is 22% cheaper than square on 2 and 2.5.",
            ),
        ),
        (replace(HIGH, quality="low"), TODAY, NOW, ("Landscape is 19% cheaper than square on 2 and 2.5.",)),
        (replace(HIGH, quality="low", size="landscape"), TODAY, NOW, ()),
        (
            replace(HIGH, quality="max"),
            TODAY,
            NOW,
            (
                '"max" on 2.5 is "high" on 2: they take the same tokens.',
                "Landscape is 22% cheaper than square on 2.5.",
            ),
        ),
        (HIGH, ARTICLE_DAY, THEN, ("Premium pays only if budget keeps under 27% as often.",)),
        (
            HIGH,
            date(2026, 5, 1),
            SPRING,
            ("Premium pays only if budget keeps under 17% as often.", "Landscape is 22% cheaper than square on 2."),
        ),
        (
            replace(HIGH, choice="gpt-image-1-mini"),
            TODAY,
            NOW,
            ("gpt-image-1-mini shuts down on 2026-12-01, in 9 days: a longer job can't end there.",),
        ),
    ],
)
def test_hints_are_computed_and_at_most_two(
    asked: Workload, on: date, filled: Mapping[str, str], hints: tuple[str, ...]
) -> None:
    assert now(asked, on, filled).hints == hints


@pytest.mark.parametrize(("on", "told"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_an_end_is_a_hint_within_thirty_days(on: date, told: bool) -> None:
    assert any("shuts down" in hint for hint in now(replace(HIGH, choice="gpt-image-1-mini"), on).hints) is told


def test_the_break_even_says_when_premium_is_cheaper_per_accepted_image() -> None:
    mini, flagship, _ = now(HIGH, ARTICLE_DAY, THEN).quotes
    assert mini.each_usd is not None
    assert flagship.each_usd is not None
    for budget_keep, premium_wins in ((Decimal("0.26"), True), (Decimal("0.28"), False)):
        assert (flagship.each_usd / 1 < mini.each_usd / budget_keep) is premium_wins


# -- what always holds --

asked_anything = st.builds(
    Workload,
    st.integers(1, 10**7),
    st.sampled_from(["low", "medium", "high", "xhigh", "max"]),
    st.sampled_from(["square", "portrait", "landscape", "2048x2048"]),
)


@settings(deadline=None)
@given(asked_anything, st.integers(1, 1000))
def test_more_images_cost_exactly_as_much_more(asked: Workload, more: int) -> None:
    fewer, many = now(asked), now(replace(asked, count=asked.count + more))
    for one, other in zip(fewer.quotes, many.quotes, strict=True):
        if one.total_usd is None or one.each_usd is None:
            assert other.total_usd is None
        else:
            assert other.total_usd == one.total_usd + more * one.each_usd > one.total_usd


@settings(deadline=None)
@given(asked_anything)
def test_the_quoted_total_lies_in_its_range_and_has_a_source(asked: Workload) -> None:
    for quote in now(asked).quotes:
        if quote.total_usd is not None:
            assert quote.low_usd is not None
            assert quote.high_usd is not None
            assert quote.low_usd <= quote.total_usd <= quote.high_usd
            assert quote.source
            assert quote.checked_on
            assert "E" not in str(quote.total_usd)
        else:
            assert quote.notes


@settings(deadline=None)
@given(asked_anything)
def test_batch_is_exactly_half_of_every_total(asked: Workload) -> None:
    for one, half in zip(now(asked).quotes, now(replace(asked, batch=True)).quotes, strict=True):
        assert (half.total_usd or 0) * 2 == (one.total_usd or 0)
