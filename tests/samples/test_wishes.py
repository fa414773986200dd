"""From a `try` as typed to what is drawn: the right models, and never reserved too little."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot import catalog
from bot.errors import BadSpec, ModelRetired, NoLanes, UnknownModel
from bot.money import usd
from bot.pricing import ImageSpec, Size
from bot.samples import forms, priced_images
from bot.samples.command import Try
from tests.kit.views_made import a_drawing, a_generation

CATALOG = catalog.load()
TODAY = date(2026, 11, 22)
SQUARE = Size(1024, 1024)


def test_what_was_left_out_is_budget_medium_square() -> None:
    (image,) = priced_images.wished(Try("a red kite"), CATALOG, TODAY)
    assert (image.lane, image.spec) == ("budget", ImageSpec("gpt-image-2.5-flare", "medium", SQUARE))
    assert priced_images.left_out(Try("a red kite")) == ("budget", "medium", "square")
    assert priced_images.left_out(Try("a red kite", ("premium",), "high", "square")) == ()


def test_lanes_and_models_are_drawn_in_the_order_they_were_named() -> None:
    images = priced_images.wished(
        Try("a red kite", ("premium", "gpt-image-2", "budget"), "high", "portrait"), CATALOG, TODAY
    )
    assert [(image.lane, image.spec.model) for image in images] == [
        ("premium", "gpt-image-2.5-sunburst"),
        (None, "gpt-image-2"),
        ("budget", "gpt-image-2.5-flare"),
    ]
    assert {image.spec.size for image in images} == {Size(1024, 1536)}


def test_a_pinned_snapshot_stays_pinned_at_the_price_of_its_model() -> None:
    snapshot = CATALOG.models["gpt-image-2.5-sunburst"].snapshots[0]
    pinned, plain = priced_images.wished(Try("a red kite", (snapshot, "gpt-image-2.5-sunburst")), CATALOG, TODAY)
    assert (pinned.spec.model, plain.spec.model) == (snapshot, "gpt-image-2.5-sunburst")
    assert pinned.reserved_nanousd == plain.reserved_nanousd


def test_a_lane_is_what_it_is_on_the_day() -> None:
    (image,) = priced_images.wished(Try("a red kite", ("premium",)), CATALOG, date(2026, 5, 1))
    assert image.spec.model == "gpt-image-2"


def test_reserved_is_the_dearer_basis_and_a_text_token_for_each_byte() -> None:
    (plain,) = priced_images.wished(Try("k", ("budget",), "high", "square"), CATALOG, TODAY)
    (longer,) = priced_images.wished(Try("k" + "é" * 500, ("budget",), "high", "square"), CATALOG, TODAY)
    assert usd(plain.expected_nanousd) == Decimal("0.05268")
    assert longer.reserved_nanousd - plain.reserved_nanousd == 1000 * 5000  # 1,000 bytes at $5 a million tokens
    assert plain.reserved_nanousd > plain.expected_nanousd


def test_a_model_without_a_published_price_is_expected_to_cost_the_most_it_can() -> None:
    (image,) = priced_images.wished(Try("a red kite", ("gpt-image-2.6-sunburst",)), CATALOG, TODAY)
    assert image.expected_nanousd == image.reserved_nanousd > 0


@pytest.mark.parametrize(("on", "drawn"), [(date(2026, 10, 22), True), (date(2026, 10, 23), False)])
def test_a_model_is_drawn_on_until_the_day_it_shuts_down(on: date, drawn: bool) -> None:
    asked = Try("a red kite", ("gpt-image-1",))
    if drawn:
        assert len(priced_images.wished(asked, CATALOG, on)) == 1
    else:
        with pytest.raises(
            ModelRetired, match=r"gpt-image-1 was shut down on 2026-10-23\. OpenAI names .* Nothing was"
        ):
            priced_images.wished(asked, CATALOG, on)


@pytest.mark.parametrize(
    ("asked", "on", "failure"),
    [
        (Try("k", ("gpt-image-9",)), TODAY, UnknownModel),
        (Try("k", ("gpt-image-2.5-flare",)), date(2026, 3, 27), UnknownModel),
        (Try("k", ("gpt-image-2",), "max"), TODAY, BadSpec),
        (Try("k", size="17x17"), TODAY, BadSpec),
        (Try("k"), date(2020, 1, 1), NoLanes),
    ],
)
def test_what_can_t_be_drawn_is_refused(asked: Try, on: date, failure: type[Exception]) -> None:
    with pytest.raises(failure):
        priced_images.wished(asked, CATALOG, on)


def test_a_lane_nothing_fills_is_refused() -> None:
    without = replace(CATALOG, bindings=tuple(row for row in CATALOG.bindings if row.lane != "legacy"))
    with pytest.raises(BadSpec, match="No living model fills the legacy lane"):
        priced_images.wished(Try("k", ("legacy",)), without, TODAY)


def retried(lane: str | None, model: str, **spec: str) -> forms.DrawForm:
    """The window of a retry of such a picture."""
    shown = a_generation(lane=lane, spec=ImageSpec(model, spec.get("quality", "high"), SQUARE))
    return forms.retry(shown, a_drawing((shown,), "a blue kite"), CATALOG, TODAY, 30)


@pytest.mark.parametrize(
    ("lane", "model", "choice"),
    [
        ("budget", "gpt-image-2.5-flare", "budget"),
        ("budget", "gpt-image-2", "gpt-image-2"),  # what filled the lane then
        (None, "gpt-image-2.5-flare", "gpt-image-2.5-flare"),
        ("budget", "gpt-image-1", "budget"),  # shut down
        (None, "gpt-image-1", "budget"),
        (None, "gpt-image-2.5-sunburst-2026-09-08", "gpt-image-2.5-sunburst-2026-09-08"),
    ],
)
def test_a_retry_begins_with_the_same_model_where_that_still_answers(lane: str | None, model: str, choice: str) -> None:
    form = retried(lane, model)
    assert form.asked == Try("a blue kite", (choice,), "high", "square")
    assert choice in [word for _, word in form.choices]
    assert len(priced_images.wished(form.asked, CATALOG, TODAY)) == 1


def test_so_many_of_each_are_drawn_side_by_side() -> None:
    images = priced_images.wished(Try("k", ("premium", "budget"), count=3), CATALOG, TODAY)
    assert [image.lane for image in images] == ["premium"] * 3 + ["budget"] * 3


def test_a_demo_costs_nothing() -> None:
    images = priced_images.free(priced_images.wished(Try("k", ("budget", "premium")), CATALOG, TODAY))
    assert [(image.expected_nanousd, image.reserved_nanousd) for image in images] == [(0, 0), (0, 0)]
    assert priced_images.expected_usd(images) == 0
