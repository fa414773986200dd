"""The sums of a plan against an independent re-pricing, record by record, over random ledgers on both databases."""

import json
import random
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from sqlalchemy import insert

from bot.ledger import mix_sums
from bot.ledger.ledger import Ledger
from bot.ledger.tables import charges, drawings, generations
from bot.periods import Period
from bot.pricing.facts import Model
from bot.recommend.migration import canonical, plan
from bot.recommend.month import MonthElsewhere, Sum, month_on
from bot.recommend.plans import Work
from bot.recommend.repricing import Target
from tests.kit.lanes_made import FACTS
from tests.kit.records import put, record
from tests.kit.wishes import NOW

DAY = timedelta(days=1)
ON = NOW.date()
MONTH = Period("month", NOW - 29 * DAY, NOW + DAY)
OLD, NEW, UNPUBLISHED = "gpt-image-1-mini", "gpt-image-2.5-flare", "gpt-image-2.6-sunburst"
WORDS, SHAPES = ("low", "medium", "high"), ((1024, 1024), (1024, 1536), (1536, 1024))

# The published table of gpt-image-1-mini's tokens, the calculator's base of 2.5, and 2.5's rates a token.
OLD_TOKENS = {
    "low": dict(zip(SHAPES, (272, 408, 400), strict=True)),
    "medium": dict(zip(SHAPES, (1056, 1584, 1568), strict=True)),
    "high": dict(zip(SHAPES, (4160, 6240, 6208), strict=True)),
}
BASE = {"low": 16, "medium": 24, "high": 48}
RATES = {"text_in": 5, "image_in": 8, "image_out": 30, "text_out": 30}
CACHED = {"text_in": Fraction(5, 4), "image_in": Fraction(2)}
MOST_TIMES = 5  # what the dearest reading of 2.6 stays under, in 2.5's tokens
EXACT = Decimal("0.000000002")  # a sum is rounded once, to the nano-dollar


@dataclass(frozen=True)
class Line:
    """One record or picture of a random ledger; without tokens `tokens` is empty."""

    word: str | None
    shape: tuple[int, int] | None
    images: int
    batch: bool
    nanousd: int | None
    tokens: dict[str, int]
    partials: int
    own: bool


def line(chance: random.Random, *, whole: bool) -> Line:
    """`whole`: nothing of it is left untold."""
    own, is_metered = chance.random() < 0.3, chance.random() < 0.5
    images = 1 if own else chance.randint(1, 9)
    text_in, image_in = chance.randint(0, 900), chance.choice([0, 0, 1500])
    tokens = {
        "text_in": text_in,
        "image_in": image_in,
        "image_out": chance.randint(1_000, 50_000),
        "text_out": chance.choice([0, 0, 7]),
        "text_in_cached": chance.randint(0, text_in),
        "image_in_cached": chance.randint(0, image_in),
    }
    untold = not whole and not own and chance.random() < 0.3
    return Line(
        word=None if untold and chance.random() < 0.5 else chance.choice(WORDS),
        shape=None if untold and chance.random() < 0.5 else chance.choice(SHAPES),
        images=images,
        batch=not own and chance.random() < 0.3,
        nanousd=None if untold and chance.random() < 0.3 else chance.randint(0, 10**10),
        tokens=tokens if is_metered else {},
        partials=chance.choice([0, 0, 3]) if not own else 0,
        own=own,
    )


def stored(store: Ledger, lines: list[Line], chance: random.Random) -> None:
    for number, one in enumerate(lines):
        at = MONTH.start + timedelta(seconds=chance.randint(0, 29 * 86_400))
        if one.own:
            _picture(store, f"own-{number}", one, at)
            continue
        width, height = one.shape or (None, None)
        tokens = {f"{kind}_tokens": count for kind, count in one.tokens.items()}
        spec = {"quality": one.word, "width": width, "height": height, "images": one.images, "batch": one.batch}
        cost = {"amount_nanousd": one.nanousd, "basis": "unknown" if one.nanousd is None else "usage"}
        model = chance.choice([OLD, OLD, f"{OLD}-2025-10-06"])
        put(store, record(model=model, occurred_at=at, partial_images=one.partials, **spec, **cost, **tokens))


def _picture(store: Ledger, name: str, one: Line, at: Any) -> None:
    key = {"team_id": "T1", "id": name}
    drawing = {"request_key": name, "person_id": "U1", "source": "slack", "prompt": "a red kite", "created_at": at}
    generation = {
        "drawing_id": name,
        "position": 0,
        "model": OLD,
        "quality": one.word,
        "state": "delivered",
        "state_at": at,
        "expected_nanousd": 0,
        "reserved_nanousd": 0,
        "period": "2026-11",
        "demo": False,
        "version": 1,
        "width": (one.shape or (0, 0))[0],
        "height": (one.shape or (0, 0))[1],
        "created_at": at,
        "drawn_at": at,
        "usage": json.dumps(one.tokens) if one.tokens else None,
    }
    charge = {"generation_id": name, "kind": "metered", "amount_nanousd": one.nanousd, "period": "2026-11", "at": at}
    with store.transaction() as connection:
        connection.execute(insert(drawings), [key | drawing])
        connection.execute(insert(generations), [key | generation])
        connection.execute(insert(charges), [key | charge])


def calculator(base: int, shape: tuple[int, int]) -> int:
    """Tokens of one picture of 2.5, as OpenAI's page reckons them."""
    width, height = shape
    long, short = max(shape), min(shape)
    rows = round(Fraction(base * short, long))
    return ceil(Fraction(base * rows * (2_000_000 + width * height), 4_000_000))


def on_flare(one: Line, word: str, shape: tuple[int, int], times: int = 1, *, has_batch: bool = True) -> Fraction:
    """One line there, at that word and shape."""
    tier = Fraction(1, 2) if one.batch and has_batch else 1
    each = Fraction(calculator(BASE[word], shape) * times * RATES["image_out"], 10**6)
    pictures = Fraction(one.images)
    if one.tokens:
        pictures = Fraction(max(0, one.tokens["image_out"] - 100 * one.partials), OLD_TOKENS[word][shape])
    return tier * (pictures * each + beside(one))


def beside(one: Line) -> Fraction:
    usd = Fraction(100 * one.partials * RATES["image_out"])
    for kind in ("text_in", "image_in") if one.tokens else ():
        cached = one.tokens[f"{kind}_cached"]
        usd += (one.tokens[kind] - cached) * RATES[kind] + cached * CACHED[kind]
    usd += one.tokens["text_out"] * RATES["text_out"] if one.tokens else 0
    return usd / 10**6


def bounds(one: Line, times: int = 1, *, has_batch: bool = True) -> tuple[Fraction, Fraction]:
    words, shapes = [one.word] if one.word else WORDS, [one.shape] if one.shape else SHAPES
    each = [on_flare(one, word, shape, times, has_batch=has_batch) for word in words for shape in shapes]
    return min(each), max(each)


def near(amount: Decimal | None, exact: Fraction) -> bool:
    return amount is not None and abs(amount - Decimal(exact.numerator) / Decimal(exact.denominator)) <= EXACT


def there(store: Ledger, model: str) -> MonthElsewhere:
    parts = canonical(FACTS, store.read(mix_sums.parts, "T1", MONTH))
    return month_on(FACTS, parts, Target(FACTS.models[model]), ON)


@pytest.mark.parametrize("seed", range(6))
def test_a_month_that_is_told_whole_comes_to_the_same(store: Ledger, seed: int) -> None:
    chance = random.Random(seed)
    lines = [line(chance, whole=True) for _ in range(60)]
    stored(store, lines, chance)
    month = there(store, NEW)
    assert near(month.cost.usd, sum((bounds(one)[0] for one in lines), Fraction(0)))
    assert month.by_tokens == sum(one.images for one in lines if one.tokens)
    assert month.by_spec == sum(one.images for one in lines if not one.tokens)


@pytest.mark.parametrize("seed", range(6, 12))
def test_what_is_not_told_lies_between_the_same_bounds(store: Ledger, seed: int) -> None:
    chance = random.Random(seed)
    lines = [line(chance, whole=False) for _ in range(60)]
    stored(store, lines, chance)
    cost = there(store, NEW).cost
    assert near(cost.low_usd, sum((bounds(one)[0] for one in lines), Fraction(0)))
    assert near(cost.high_usd, sum((bounds(one)[1] for one in lines), Fraction(0)))
    assert cost.usd is None or cost.low_usd == cost.high_usd


def test_where_no_price_is_published_it_is_the_most_it_can_be(store: Ledger) -> None:
    chance = random.Random(12)
    lines = [line(chance, whole=True) for _ in range(40)]
    stored(store, lines, chance)
    month = there(store, UNPUBLISHED)
    most = sum((bounds(one, MOST_TIMES, has_batch=False)[1] for one in lines), Fraction(0))
    assert month.cost == Sum(None, None, month.cost.high_usd)
    assert near(month.cost.high_usd, most)


def test_what_the_month_cost_is_what_was_booked(store: Ledger) -> None:
    chance = random.Random(13)
    lines = [line(chance, whole=True) for _ in range(40)]
    stored(store, lines, chance)
    parts = canonical(FACTS, store.read(mix_sums.parts, "T1", MONTH))
    old: Model = FACTS.models[OLD]
    answer = plan(FACTS, Work(parts), old, ON, 30)
    assert near(answer.now.cost.usd, Fraction(sum(one.nanousd or 0 for one in lines), 10**9))
    assert answer.now.images == sum(one.images for one in lines)
    assert answer.now.batch == sum(one.images for one in lines if one.batch)
