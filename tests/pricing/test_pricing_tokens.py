"""The official calculator's formula: ties, symmetry, families."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import catalog
from bot.errors import BadSpec
from bot.pricing import Size, by_formula, check_quality, check_size, resolve_size, tokens_per_image
from bot.pricing.facts import Formula, Model
from bot.pricing.sizes import broken_rule, nearest
from bot.pricing.tokens import twin_quality
from tests.kit import cells

FACTS = catalog.load()
TWO, FLARE = FACTS.models["gpt-image-2"], FACTS.models["gpt-image-2.5-flare"]

edges = st.integers(1, 240).map(lambda step: 16 * step)
sizes = st.builds(Size, edges, edges)


def base(model: Model) -> dict[str, int]:
    assert isinstance(model.tokens, Formula)
    return dict(model.tokens.base)


def with_rows(base: int, rows: int, size: Size) -> int:
    return ceil(Fraction(base * rows * (2_000_000 + size.width * size.height), 4_000_000))


def half_up(base: int, size: Size) -> int:
    """The wrong reading: the short side rounded half up."""
    return with_rows(base, floor(Fraction(base * size.height, size.width) + Fraction(1, 2)), size)


def in_doubles(base: int, size: Size, tie: Callable[[float], int]) -> int:
    """The calculator as its script computes it, in binary floating point, for a landscape size."""
    side = base / (size.width / size.height)
    return with_rows(base, tie(side), size)


@cache
def landscapes() -> list[Size]:
    rules = TWO.size_rules
    assert rules is not None
    pairs = (Size(w, h) for w in range(16, 3841, 16) for h in range(16, w, 16))
    return [size for size in pairs if broken_rule(rules, size) is None]


def test_a_tie_on_the_short_side_goes_to_the_even_number() -> None:
    assert Fraction(16 * 800, 1024) == Fraction(25, 2)
    assert (by_formula(16, Size(1024, 800)), half_up(16, Size(1024, 800))) == (136, 147)


@cache
def near_ties() -> list[tuple[int, Size]]:
    """Only there can the ways of rounding differ."""
    bases = [*base(TWO).values(), *base(FLARE).values()]
    return [(b, s) for s in landscapes() for b in bases if abs((b * s.height / s.width) % 1 - 0.5) < 1e-9]


def test_half_up_would_be_wrong_in_295_cells_of_landscape_sizes() -> None:
    assert sum(by_formula(b, size) != half_up(b, size) for b, size in near_ties()) == 295


def test_in_the_floating_point_of_the_calculator_itself_it_is_291() -> None:
    up, even = (lambda side: floor(side + 0.5)), round
    assert sum(in_doubles(b, size, even) != in_doubles(b, size, up) for b, size in near_ties()) == 291


def test_exact_arithmetic_and_the_calculators_floating_point_part_in_five_ties_only() -> None:
    parted = {(b, str(size)) for b, size in near_ties() if by_formula(b, size) != in_doubles(b, size, round)}
    assert parted == {
        (48, "1536x944"),
        (48, "3072x1888"),
        (64, "2048x784"),
        (64, "2048x1584"),
        (64, "2048x1968"),
    }


@settings(deadline=None)
@given(sizes, st.sampled_from([16, 24, 48, 64, 96]))
def test_turning_a_picture_does_not_change_its_tokens(size: Size, base: int) -> None:
    assert by_formula(base, size) == by_formula(base, Size(size.height, size.width))


@settings(deadline=None)
@given(st.sampled_from(landscapes()))
def test_a_dearer_quality_never_takes_fewer_tokens(size: Size) -> None:
    counts = [tokens_per_image(FLARE, quality, size) or 0 for quality in FLARE.qualities]
    assert counts == sorted(counts)
    assert counts[0] > 0


@pytest.mark.parametrize(("word", "twin"), [("low", "low"), ("medium", "high"), ("high", "max")])
def test_a_quality_of_2_has_a_twin_on_2_5_with_the_same_tokens(word: str, twin: str) -> None:
    assert twin_quality(word, of=TWO, on=FLARE) == twin
    for size in TWO.shapes.values():
        assert tokens_per_image(TWO, word, size) == tokens_per_image(FLARE, twin, size)


def test_xhigh_has_no_twin_on_2_and_tables_have_none_at_all() -> None:
    assert twin_quality("xhigh", of=FLARE, on=TWO) is None
    assert twin_quality("high", of=FACTS.models["gpt-image-1"], on=TWO) is None
    assert twin_quality("high", of=TWO, on=FACTS.models["gpt-image-1"]) is None


def test_no_tokens_are_known_for_2_6_nor_for_auto() -> None:
    assert tokens_per_image(FACTS.models["gpt-image-2.6-flare"], "high", Size(1024, 1024)) is None
    assert tokens_per_image(FLARE, "auto", Size(1024, 1024)) is None


# -- sizes and qualities --


@pytest.mark.parametrize(
    ("model", "word", "size"),
    [
        ("gpt-image-1", "square", "1024x1024"),
        ("gpt-image-1", "portrait", "1024x1536"),
        ("gpt-image-2", "Landscape", "1536x1024"),
        ("dall-e-3", "portrait", "1024x1792"),
        ("gpt-image-2", "2048X1152", "2048x1152"),
        ("gpt-image-2.6-flare", "3840x2160", "3840x2160"),
    ],
)
def test_a_size_is_a_shape_or_pixels(model: str, word: str, size: str) -> None:
    assert str(resolve_size(FACTS.models[model], word)) == size


def test_a_size_that_is_not_drawn_is_refused_with_the_rule_and_the_nearest() -> None:
    table = [
        ("gpt-image-1", "2048x2048", "draws 1024x1024, 1024x1536 or 1536x1024", "1024x1536"),
        ("gpt-image-2", "1000x1000", "multiples of 16", "992x1008"),
        ("gpt-image-2", "3856x2160", "longer than 3840", "3840x2160"),
        ("gpt-image-2", "3200x1056", "at most 3 times", "3200x1072"),
        ("gpt-image-2", "800x800", "640,000 pixels, fewer than 655,360", "816x816"),
        ("gpt-image-2", "3840x2176", "8,355,840 pixels, more than 8,294,400", "3840x2160"),
        ("dall-e-2", "landscape", "draws square only", ""),
        ("gpt-image-2", "auto", "WIDTHxHEIGHT", ""),
        ("gpt-image-2", "١٠٢٤x1024", "WIDTHxHEIGHT", ""),
        ("gpt-image-2", "0x1024", "WIDTHxHEIGHT", ""),
    ]

    def check(model: str, word: str, says: str, offers: str) -> None:
        sentence = cells.refusal(BadSpec, resolve_size, FACTS.models[model], word)
        assert says in sentence
        assert offers in sentence

    cells.hold(table, check)


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        (Size(1024, 640), Size(1008, 640)),  # 655,360 pixels is the least
        (Size(3840, 2160), Size(3840, 2176)),  # 8,294,400 pixels is the most
        (Size(1536, 512), Size(1552, 512)),  # 3:1 is the widest
        (Size(3840, 1280), Size(3856, 1296)),  # 3840 is the longest edge
        (Size(1024, 1024), Size(1024, 1032)),  # multiples of 16
    ],
)
def test_each_size_rule_holds_on_both_sides_of_its_edge(inside: Size, outside: Size) -> None:
    check_size(TWO, inside)
    with pytest.raises(BadSpec):
        check_size(TWO, outside)


@settings(deadline=None)
@given(st.builds(Size, st.integers(1, 9999), st.integers(1, 9999)), st.sampled_from(sorted(FACTS.models)))
def test_the_nearest_size_is_always_one_the_model_draws(size: Size, name: str) -> None:
    check_size(FACTS.models[name], nearest(FACTS.models[name], size))


@settings(deadline=None)
@given(sizes)
def test_a_size_that_is_drawn_is_its_own_nearest(size: Size) -> None:
    if TWO.size_rules is not None and broken_rule(TWO.size_rules, size) is None:
        assert nearest(TWO, size) == size


def test_a_quality_the_model_lacks_is_refused_with_those_it_has() -> None:
    check_quality(FLARE, "xhigh")
    with pytest.raises(BadSpec, match="gpt-image-2 has no quality xhigh; it has low, medium or high"):
        check_quality(TWO, "xhigh")
