"""One call by its own token counts: its cost, the rates it was reckoned by, and when that is a surprise."""

from datetime import date
from decimal import Decimal

import pytest

from bot import catalog, pricing
from bot.pricing import ImageSpec, Size, Usage, metering

TODAY = date(2026, 11, 22)
SQUARE = Size(1024, 1024)
FLARE = ImageSpec("gpt-image-2.5-flare", "medium", SQUARE)


def reckoned(spec: ImageSpec, usage: Usage, on: date = TODAY) -> metering.CallCost | None:
    return metering.call_cost(pricing.model_named(catalog.load(), spec.model), spec, usage, on)


def test_the_cost_is_that_of_all_tokens_and_the_rates_are_named_with_their_day_and_source() -> None:
    found = reckoned(FLARE, Usage(text_in=1000, image_in=0, image_out=439))
    assert found is not None
    assert found.usd == Decimal("0.01817")
    assert found.rates == (
        "standard since 2026-09-08: text in 5.00, image in 8.00, image out 30.00 USD per 1,000,000 tokens (oai_guide)"
    )
    assert found.surprise is None


@pytest.mark.parametrize(("tokens", "surprising"), [(417, True), (418, False), (460, False), (461, True)])
def test_only_a_picture_more_than_five_per_cent_off_the_table_is_a_surprise(tokens: int, surprising: bool) -> None:
    found = reckoned(FLARE, Usage(text_in=0, image_in=0, image_out=tokens))
    assert found is not None
    assert (found.surprise is not None) is surprising


@pytest.mark.parametrize(("tokens", "surprising"), [(272, False), (625, False), (700, True), (200, True)])
def test_where_the_list_and_the_tokens_disagree_anything_between_them_is_no_surprise(
    tokens: int, surprising: bool
) -> None:
    spec = ImageSpec("gpt-image-1-mini", "low", SQUARE)
    found = reckoned(spec, Usage(text_in=0, image_in=0, image_out=tokens), date(2026, 3, 27))
    assert found is not None
    assert (found.surprise is not None) is surprising


def test_a_picture_without_a_published_price_or_outside_the_table_is_no_surprise() -> None:
    for spec in (ImageSpec("gpt-image-2.6-flare", "medium", SQUARE), ImageSpec(FLARE.model, "medium", Size(1, 1))):
        found = reckoned(spec, Usage(text_in=0, image_in=0, image_out=5_000))
        assert found is not None
        assert (found.usd, found.surprise) == (Decimal("0.15"), None)


def test_without_rates_or_with_counts_that_contradict_each_other_nothing_is_reckoned() -> None:
    assert reckoned(FLARE, Usage(text_in=0, image_in=0, image_out=439), date(2026, 3, 27)) is None
    assert reckoned(FLARE, Usage(text_in=0, image_in=0, image_out=-1)) is None
