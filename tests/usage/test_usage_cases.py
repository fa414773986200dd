"""Records of real life, by their numbers in the list of cases: what each of them must cost, and what is refused."""

from typing import Any

import pytest

from bot.usage.errors import BadRecord
from tests.kit import cells
from tests.kit.usage_made import record

FLARE, TWO, FIFTEEN = "gpt-image-2.5-flare", "gpt-image-2", "gpt-image-1.5"
A_DAY = {"occurred_at": "2026-11-20T10:00:00Z"}

BATCH = {"input_tokens": 600, "output_tokens": 5268, "input_tokens_details": {"text_tokens": 600}}
CACHED = {
    "input_tokens": 12100,
    "input_tokens_details": {"text_tokens": 100, "image_tokens": 12000},
    "output_tokens": 196,
    "total_tokens": 12296,
    "cached_tokens_details": {"cached_text_tokens": 0, "cached_image_tokens": 11904},
}
TEXT_CACHED = {
    "input_tokens": 600,
    "input_tokens_details": {"text_tokens": 600, "image_tokens": 0},
    "output_tokens": 265,
    "cached_tokens": 600,
}


def priced(**changes: Any) -> tuple[int | None, str]:
    read = record(**{"quality": "high", "images": 1} | changes)
    return read.amount_nanousd, read.basis


@pytest.mark.parametrize(
    "words", [{"batch": True}, {"service_tier": "batch"}, {"batch": True, "service_tier": "default"}]
)
def test_F3_a_batch_record_costs_what_batch_costs(words: dict[str, Any]) -> None:
    assert priced(model=FLARE, quality="medium", images=12, usage=BATCH, **words) == (80_520_000, "usage")
    assert priced(model=FLARE, quality="medium", images=12, usage=BATCH, service_tier="default") == (
        161_040_000,
        "usage",
    )


def test_F3_without_usage_a_batch_record_takes_the_discount_of_the_list() -> None:
    assert priced(model=TWO, batch=True) == (105_500_000, "published")
    assert priced(model=FLARE, batch=True) == (26_340_000, "tokens")


def test_F3_a_tier_nobody_published_a_price_of_is_unknown_and_says_which() -> None:
    table: list[tuple[dict[str, Any], str]] = [
        ({"model": FLARE, "usage": BATCH, "service_tier": "priority"}, f"no priority rates of {FLARE} are known for"),
        ({"model": "gpt-image-2.6-flare", "usage": BATCH, "batch": True}, "no batch rates of gpt-image-2.6-flare are"),
    ]
    for changes, why in table:
        read = record(**changes)
        assert (read.amount_nanousd, read.basis) == (None, "unknown")
        assert str(read.unknown).startswith(why)


def test_F3_false_and_batch_at_once_is_refused() -> None:
    with pytest.raises(BadRecord, match="batch is false and service_tier is batch"):
        record(batch=False, service_tier="batch")


def test_F4_cached_tokens_cost_their_own_rate() -> None:
    assert priced(model=TWO, quality="low", usage=CACHED) == (30_956_000, "usage")
    old = {"occurred_at": "2026-03-27T10:00:00Z", "quality": "low", "model": FIFTEEN}
    assert priced(**old, usage=TEXT_CACHED) == (9_230_000, "usage")
    within = {"input_tokens_details": {"text_tokens": 600, "cached_tokens_details": {"text_tokens": 600}}}
    assert priced(**old, usage=TEXT_CACHED | {"cached_tokens": None} | within) == (9_230_000, "usage")


def test_F4_cached_tokens_that_can_not_be_are_refused() -> None:
    table = [
        ({"cached_tokens_details": {"cached_image_tokens": 12001}}, "more cached tokens of a kind"),
        ({"cached_tokens_details": None, "cached_tokens": 50}, "cached tokens without their kinds"),
        ({"cached_tokens": 5}, "cached tokens without their kinds"),
    ]

    def is_refused(change: dict[str, Any], why: str) -> None:
        with pytest.raises(BadRecord, match=why):
            record(model=TWO, usage=CACHED | change)

    cells.hold(table, is_refused)


@pytest.mark.parametrize(
    "name",
    [
        *("azure/gpt-image-2", "openai/gpt-image-2", "GPT-Image-2", "azure_ai/gpt-image-2", "azure/eu/gpt-image-2"),
        *(
            "litellm_proxy/azure/gpt-image-2",
            "openrouter/openai/gpt-image-2-2026-04-21",
            "azure/swedencentral/gpt-image-2",
        ),
    ],
)
def test_F5_the_usual_prefixes_and_capitals_change_no_name(name: str) -> None:
    read = record(model=name, quality="High")
    assert (read.model, read.quality, read.lane, read.amount_nanousd) == (TWO, "high", "legacy", 4 * 211_000_000)


@pytest.mark.parametrize("name", ["shop-image-prod", "azure/shop-image-prod", "gpt-image-2-mine", "other/gpt-image-2"])
def test_F5_what_stays_unknown_says_so(name: str) -> None:
    read = record(model=name)
    assert (read.model, read.amount_nanousd, read.unknown) == (name, None, f"I know no model called {name}")


def test_F7_the_older_dated_snapshots_are_their_models() -> None:
    low = {"quality": "low", "images": 1}
    usage = {"input_tokens": 9, "output_tokens": 272, "input_tokens_details": {"text_tokens": 9}}
    day = {"occurred_at": "2026-03-27T10:00:00Z"}
    one = record(model="gpt-image-1-2025-04-15", usage=usage, **low, **day)
    mini = record(model="gpt-image-1-mini-2025-10-06", usage=usage, **low, **day)
    assert (one.model, one.amount_nanousd) == ("gpt-image-1", 10_925_000)
    assert (mini.model, mini.amount_nanousd) == ("gpt-image-1-mini", 2_194_000)


def test_F8_the_image_tools_own_usage_is_taken() -> None:
    only_output = {"output_tokens": 7024, "output_tokens_details": {"image_tokens": 7024}}
    assert priced(model=TWO, usage=only_output) == (210_720_000, "usage")


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 64}},
        {"output_tokens_details": {"text_tokens": 210, "image_tokens": 0}},
        {"input_tokens_details": {"cached_tokens": 0}},
    ],
)
def test_F8_what_the_text_model_of_a_response_used_is_refused(details: dict[str, Any]) -> None:
    usage = {"input_tokens": 1820, "output_tokens": 210, "total_tokens": 2030} | details
    with pytest.raises(BadRecord, match=r"tool_usage\.image_gen") as refused:
        record(model=TWO, images=1, usage=usage)
    assert refused.value.field == "usage"


@pytest.mark.parametrize(
    ("written", "nanousd"),
    [("0.022835000000000000", 22_835_000), ("0.021065999999999998", 21_066_000), ("5.2e-05", 52_000)],
)
def test_F9_amounts_as_programs_print_them_are_taken_to_the_nano_dollar(written: str, nanousd: int) -> None:
    assert record(usd=written).amount_nanousd == nanousd


def test_F14_the_sign_between_width_and_height_is_read() -> None:
    read = record(size="1024\u00d71024")
    assert (read.width, read.height, read.basis) == (1024, 1024, "tokens")


def test_a_billed_call_without_a_picture_is_a_record_of_no_images() -> None:
    usage = {"input_tokens": 20, "output_tokens": 0, "input_tokens_details": {"text_tokens": 20}}
    read = record(images=0, usage=usage)
    assert (read.images, read.amount_nanousd, read.basis) == (0, 100_000, "usage")
    assert record(images=0).unknown == "neither usage nor usd says what the call cost"


def test_partial_images_and_svg_are_priced_or_said_to_be_unknown() -> None:
    assert priced(model=FLARE, partial_images=3) == (52_680_000 + 3 * 3_000_000, "tokens")
    svg = {"model": "gpt-sample-5", "input_tokens": 10, "output_tokens": 900}
    read = record(model="gpt-image-2.6-flare", usage=BATCH, svg_usage=svg)
    assert (read.amount_nanousd, read.unknown) == (None, "no price of the model is known that wrote the SVG")


@pytest.mark.parametrize(
    "changes",
    [
        {"quality": None, "size": None},
        {"size": "auto"},
        {"quality": "low"},
        {"model": "gpt-image-2.6-sunburst"},
    ],
)
def test_F8_a_conversation_s_usage_is_refused_where_no_table_says_what_a_picture_takes(changes: dict[str, Any]) -> None:
    with pytest.raises(BadRecord, match=r"tool_usage\.image_gen"):
        record(**{"model": TWO, "images": 1, "usage": {"input_tokens": 1820, "output_tokens": 210}} | changes)


def test_F3_batch_beside_another_tier_is_refused() -> None:
    with pytest.raises(BadRecord, match="batch is true and service_tier is priority"):
        record(batch=True, service_tier="priority")


def test_an_edit_s_input_without_details_is_counted_as_pictures() -> None:
    usage = {"input_tokens": 12100, "output_tokens": 7024}
    assert priced(model=TWO, kind="edit", usage=usage) == (12100 * 8000 + 7024 * 30000, "usage")


def test_F4_cached_tokens_of_all_there_is_have_their_kinds() -> None:
    usage = {"input_tokens": 10, "input_tokens_details": {"text_tokens": 5, "image_tokens": 5}, "output_tokens": 196}
    amount = 5 * 1250 + 5 * 2000 + 5_880_000
    assert priced(model=TWO, quality="low", usage=usage | {"cached_tokens": 10}) == (amount, "usage")
