"""One image on a day: rates, ladders, tiers, unknown prices, metered cost, the most a call can cost."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import catalog
from bot.errors import BadSpec, NoPrice, UnknownModel
from bot.pricing import (
    ImageSpec,
    Size,
    Usage,
    announced_end,
    dollars,
    list_price,
    model_named,
    plain,
    price,
    rates_on,
    successors_on,
    upper_bound,
    usage_cost,
)
from bot.pricing.dated import is_alive
from bot.pricing.facts import Rates
from tests.kit import cells

FACTS = catalog.load()
TODAY = date(2026, 11, 22)
SQUARE = Size(1024, 1024)
RATED = sorted(name for name, model in FACTS.models.items() if model.rates)
DAY = timedelta(days=1)


def standard(name: str, tier: str = "standard") -> Rates:
    rates = rates_on(FACTS.models[name], TODAY, tier)
    assert rates is not None
    return rates


# -- days --


def test_a_model_lives_from_its_release_to_the_day_before_its_shutdown() -> None:
    def check(name: str) -> None:
        model = FACTS.models[name]
        assert not is_alive(model, model.released - DAY)
        assert is_alive(model, model.released)
        if model.shutdown is not None:
            assert is_alive(model, model.shutdown - DAY)
            assert not is_alive(model, model.shutdown)

    cells.hold(FACTS.models, check)


def test_an_end_is_known_from_its_announcement_and_not_before() -> None:
    def check(name: str) -> None:
        model = FACTS.models[name]
        announced = model.deprecation_announced
        assert announced is not None
        assert announced_end(model, announced - DAY) is None
        assert announced_end(model, announced) == model.shutdown

    cells.hold([name for name, model in FACTS.models.items() if model.deprecation_announced], check)


def test_a_model_has_no_rates_and_no_price_before_its_release() -> None:
    def check(name: str) -> None:
        model = FACTS.models[name]
        before = model.released - DAY
        assert rates_on(model, before) is None
        assert rates_on(model, model.released) is not None
        assert price(model, "high", SQUARE, before).each is None

    cells.hold(RATED, check)


def test_batch_rates_begin_on_their_own_day() -> None:
    table = [
        ("gpt-image-1", date(2026, 2, 10)),
        ("gpt-image-1-mini", date(2026, 2, 10)),
        ("gpt-image-1.5", date(2026, 2, 10)),
        ("chatgpt-image-latest", date(2026, 2, 10)),
        ("gpt-image-2", date(2026, 4, 21)),
        ("gpt-image-2.5-sunburst", date(2026, 9, 27)),
        ("gpt-image-2.5-flare", date(2026, 10, 14)),
    ]

    def check(name: str, first: date) -> None:
        assert rates_on(FACTS.models[name], first - DAY, "batch") is None
        assert rates_on(FACTS.models[name], first, "batch") is not None

    cells.hold(table, check)


@pytest.mark.parametrize("name", ["gpt-image-2.6-sunburst", "gpt-image-2.6-flare"])
def test_2_6_has_no_batch_rates(name: str) -> None:
    assert rates_on(FACTS.models[name], TODAY, "batch") is None


def test_batch_is_exactly_half_of_every_rate_and_every_price() -> None:
    def check(name: str) -> None:
        model, full, half = FACTS.models[name], standard(name), standard(name, "batch")
        for field in ("text_in", "image_in", "image_out", "text_in_cached", "image_in_cached", "text_out"):
            whole = getattr(full, field)
            assert getattr(half, field) == (None if whole is None else whole / 2)
        for quality in model.qualities:
            for size in model.shapes.values():
                one, batched = price(model, quality, size, TODAY), price(model, quality, size, TODAY, "batch")
                assert one.each is not None
                assert batched.each == one.each / 2

    cells.hold([name for name in RATED if rates_on(FACTS.models[name], TODAY, "batch")], check)


@pytest.mark.parametrize(
    ("on", "named"),
    [
        (date(2026, 6, 1), None),
        (date(2026, 6, 2), "gpt-image-2"),
        (date(2026, 10, 26), "gpt-image-2"),
        (date(2026, 10, 27), "gpt-image-2.5-sunburst"),
        (date(2026, 11, 4), "gpt-image-2.6-sunburst"),
    ],
)
def test_the_successor_of_mini_is_the_one_named_by_that_day(on: date, named: str | None) -> None:
    found = successors_on(FACTS.models["gpt-image-1-mini"], on)
    assert (found.models[0] if found else None) == named


def test_a_dated_snapshot_is_its_model_and_a_wrong_name_is_told() -> None:
    assert model_named(FACTS, "gpt-image-2.5-flare-2026-09-08") is FACTS.models["gpt-image-2.5-flare"]
    assert model_named(FACTS, "GPT-Image-2") is FACTS.models["gpt-image-2"]
    with pytest.raises(UnknownModel, match="gpt-image-3"):
        model_named(FACTS, "gpt-image-3")


# -- unknown is not zero --


def test_a_model_with_rates_but_no_ladder_has_no_price_and_says_why() -> None:
    found = price(FACTS.models["gpt-image-2.6-sunburst"], "high", Size(1536, 1024), TODAY)
    assert (found.each, found.low, found.high, found.basis, found.source) == (None, None, None, None, None)
    assert "publishes token rates for gpt-image-2.6-sunburst but no figure per picture" in found.notes[0]
    assert "1,353 tokens, $0.04059" in found.notes[1]
    assert "a reading, not a price" in found.notes[1]


@pytest.mark.parametrize(("on", "told"), [(date(2026, 11, 4), False), (date(2026, 11, 5), True)])
def test_a_reading_is_told_from_the_day_it_was_taken(on: date, told: bool) -> None:
    notes = price(FACTS.models["gpt-image-2.6-flare"], "low", SQUARE, on).notes
    assert any("664 tokens" in note for note in notes) is told


def test_a_quality_nobody_metered_gets_no_reading() -> None:
    assert len(price(FACTS.models["gpt-image-2.6-flare"], "medium", SQUARE, TODAY).notes) == 1


def test_chatgpt_image_latest_is_priced_by_tokens_as_no_ladder_of_it_is_published() -> None:
    found = price(FACTS.models["chatgpt-image-latest"], "high", SQUARE, TODAY)
    assert (found.each, found.basis, found.tokens) == (Decimal("0.13312"), "tokens", 4160)


def test_old_prices_stay_known_after_a_shutdown() -> None:
    assert list_price(FACTS.models["dall-e-3"], ImageSpec("dall-e-3", "hd", SQUARE), TODAY) == Decimal("0.08")


def test_a_price_names_its_source_and_the_day_it_was_checked() -> None:
    found = price(FACTS.models["gpt-image-2.5-flare"], "high", SQUARE, TODAY)
    assert found.source is not None
    assert found.source.ref.startswith("https://developers.openai.com/")
    assert found.token_source is not None
    assert found.checked_on == TODAY


def test_sizes_over_2560x1440_are_called_experimental() -> None:
    flare = FACTS.models["gpt-image-2.5-flare"]
    assert price(flare, "high", Size(2560, 1440), TODAY).notes == ()
    assert "experimental" in price(flare, "high", Size(2576, 1440), TODAY).notes[0]


def test_an_impossible_spec_is_refused_not_priced() -> None:
    with pytest.raises(BadSpec):
        price(FACTS.models["gpt-image-1"], "max", SQUARE, TODAY)
    with pytest.raises(BadSpec):
        price(FACTS.models["gpt-image-1"], "high", Size(2048, 2048), TODAY)


# -- metered --

counts = st.integers(0, 3_000_000)


@st.composite
def usages(draw: st.DrawFn) -> Usage:
    text_in, image_in = draw(counts), draw(counts)
    return Usage(
        text_in=text_in,
        image_in=image_in,
        image_out=draw(counts),
        text_out=draw(counts),
        text_in_cached=draw(st.integers(0, text_in)),
        image_in_cached=draw(st.integers(0, image_in)),
    )


def by_genai_prices(name: str, usage: Usage, on: date, tier: str) -> Decimal:
    """The outside reading. Some of its models keep the image output rate as their one output rate."""
    import genai_prices  # costs each process that only collects tests a quarter of a second

    known = genai_prices.Usage(
        input_tokens=usage.text_in + usage.image_in,
        input_image_tokens=usage.image_in,
        cache_read_tokens=usage.text_in_cached + usage.image_in_cached,
        cache_image_read_tokens=usage.image_in_cached,
        output_tokens=usage.text_out + usage.image_out,
        output_image_tokens=usage.image_out,
    )
    return genai_prices.calc_price(
        known,
        name,
        provider_id="openai",
        genai_request_timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
        price_context={"processing": "batch"} if tier == "batch" else None,
    ).total_price


KNOWN_OUTSIDE = [name for name in RATED if "2.6" not in name]


@settings(deadline=None)
@given(usage=usages())
def test_metered_cost_equals_genai_prices(usage: Usage) -> None:
    cells.agree(
        [(name, by_genai_prices(name, usage, TODAY, "standard")) for name in KNOWN_OUTSIDE],
        lambda name: usage_cost(usage, standard(name)),
    )


@settings(deadline=None)
@given(usage=usages())
def test_metered_batch_cost_equals_genai_prices_but_for_its_rounded_cached_rates(usage: Usage) -> None:
    # it keeps the pricing page's 0.63 and 0.13 where the exact halves are 0.625 and 0.125
    rounding = (usage.text_in_cached + usage.image_in_cached) * Decimal("0.005") / 1_000_000

    def check(name: str) -> None:
        ours = usage_cost(usage, standard(name, "batch"))
        assert ours <= by_genai_prices(name, usage, TODAY, "batch") <= ours + rounding

    cells.hold([name for name in KNOWN_OUTSIDE if name != "chatgpt-image-latest"], check)


def test_the_example_of_a_response_costs_what_its_tokens_say() -> None:
    assert usage_cost(Usage(text_in=12, image_out=158), standard("gpt-image-2.5-flare")) == Decimal("0.0048")


def test_three_partial_images_add_a_hundred_output_tokens_each() -> None:
    whole, partial = Usage(image_out=196), Usage(image_out=496)
    for name, usd in (("gpt-image-2.5-flare", "0.009"), ("gpt-image-1-mini", "0.0024"), ("gpt-image-1", "0.012")):
        assert usage_cost(partial, standard(name)) - usage_cost(whole, standard(name)) == Decimal(usd)


def test_text_output_without_a_rate_is_charged_as_image_output() -> None:
    assert usage_cost(Usage(text_out=1000), standard("gpt-image-2")) == Decimal("0.03")
    assert usage_cost(Usage(text_out=1000), standard("gpt-image-1.5")) == Decimal("0.01")


@pytest.mark.parametrize(
    "usage", [Usage(image_out=-1), Usage(text_in=5, text_in_cached=6), Usage(image_in=5, image_in_cached=6)]
)
def test_counts_that_cannot_be_have_no_price(usage: Usage) -> None:
    with pytest.raises(NoPrice, match="contradict"):
        usage_cost(usage, standard("gpt-image-2"))


def test_cached_tokens_without_a_rate_have_no_price() -> None:
    rates = replace(standard("gpt-image-2"), text_in_cached=None)
    assert usage_cost(Usage(text_in=10), rates) == Decimal("0.00005")
    with pytest.raises(NoPrice, match="cached"):
        usage_cost(Usage(text_in=10, text_in_cached=1), rates)


# -- the most a call can cost --


@settings(deadline=None)
@given(
    prompt=st.text(max_size=300),
    name=st.sampled_from([name for name in RATED if "2.6" not in name]),
    quality=st.sampled_from(["low", "medium", "high"]),
    shape=st.sampled_from(["square", "portrait", "landscape"]),
)
def test_no_call_of_that_prompt_costs_more_than_its_upper_bound(
    prompt: str, name: str, quality: str, shape: str
) -> None:
    model = FACTS.models[name]
    found = price(model, quality, model.shapes[shape], TODAY)
    most = upper_bound(model, ImageSpec(name, quality, model.shapes[shape]), prompt, TODAY)
    # no tokenizer makes more tokens than there are bytes
    billed = usage_cost(Usage(text_in=len(prompt.encode()), image_out=found.tokens or 0), standard(name))
    assert most >= billed
    assert most >= (found.each or 0)


@pytest.mark.parametrize("name", ["gpt-image-2.6-sunburst", "gpt-image-2.6-flare"])
def test_2_6_is_reserved_at_five_times_the_2_5_formula(name: str) -> None:
    spec = ImageSpec(name, "low", Size(1536, 1024))
    overhead = 100 * Decimal("0.000005")
    most = 5 * 158 * Decimal("0.00003") + overhead
    assert upper_bound(FACTS.models[name], spec, "", TODAY) == most
    assert upper_bound(FACTS.models[name], spec, "é", TODAY) == most + Decimal("0.00001")
    for reading in FACTS.models[name].readings:
        read = ImageSpec(name, reading.quality, reading.size)
        assert upper_bound(FACTS.models[name], read, "", TODAY) > reading.tokens * Decimal("0.00003")


def test_without_rates_nothing_can_be_reserved() -> None:
    with pytest.raises(NoPrice):
        upper_bound(FACTS.models["dall-e-3"], ImageSpec("dall-e-3", "hd", SQUARE), "a kite", TODAY)
    flare = FACTS.models["gpt-image-2.5-flare"]
    with pytest.raises(NoPrice):
        upper_bound(flare, ImageSpec(flare.id, "low", SQUARE), "a kite", flare.released - DAY)


# -- money --


@pytest.mark.parametrize(
    ("usd", "text", "words"),
    [
        ("263.40000", "263.40", "$263.40"),
        ("0.0526800", "0.05268", "$0.05268"),
        ("1E+3", "1000.00", "$1,000.00"),
        ("0", "0.00", "$0.00"),
        ("-3.1", "-3.10", "-$3.10"),
    ],
)
def test_money_shows_cents_and_no_exponent(usd: str, text: str, words: str) -> None:
    assert str(plain(Decimal(usd))) == text
    assert dollars(Decimal(usd)) == words


@settings(deadline=None)
@given(st.decimals("-1000000", "1000000", places=9))
def test_the_plain_form_is_the_same_amount(usd: Decimal) -> None:
    assert plain(usd) == usd
    assert "E" not in f"{plain(usd):f}"


def test_pricing_loads_nothing_heavy() -> None:
    heavy = ("pydantic", "slack_bolt", "slack_sdk", "sqlalchemy", "openai", "rich", "tomllib", "dbos", "asyncio")
    script = f"import sys, bot.pricing; print([name for name in {heavy!r} if name in sys.modules])"
    root = Path(__file__).parents[2]
    loaded = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
