"""What a team's own calls took for a picture, on both databases: the median, from three calls on."""

import json
import random
from dataclasses import asdict
from datetime import timedelta
from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from sqlalchemy import update

from bot.ledger.ledger import Ledger
from bot.ledger.metered import metered
from bot.ledger.tables import generations
from bot.pricing.prices import OwnTokens
from bot.pricing.spec import ImageSpec, Size
from bot.pricing.usage import Usage
from tests.kit.records import put, record
from tests.kit.wishes import NOW, paid

DAY = timedelta(days=1)
NEWEST = "gpt-image-2.6-sunburst"
SINCE = NOW - 90 * DAY
SPEC = ImageSpec(NEWEST, "medium", Size(1024, 1024))
NO_TOKENS = {"text_in": 0, "image_in": 0, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}


def call(image_out: int | None, **changes: Any) -> dict[str, Any]:
    tokens = {f"{kind}_tokens": count for kind, count in (NO_TOKENS | {"image_out": image_out}).items()}
    plain = {"model": NEWEST, "images": 1, "occurred_at": NOW - DAY, "partial_images": None}
    return record(**{**plain, **tokens, **changes})


def read(store: Ledger, team_id: str = "T1") -> tuple[OwnTokens, ...]:
    return store.read(metered, team_id, (NEWEST,), SINCE, NOW)


def test_from_three_calls_on_it_is_the_median(store: Ledger) -> None:
    put(store, call(900), call(1000, images=2))
    assert read(store) == ()
    put(store, call(700))
    assert read(store) == (OwnTokens(SPEC, 3, Fraction(700), Fraction(500), Fraction(900)),)
    put(store, call(2401, images=3))
    assert read(store) == (OwnTokens(SPEC, 4, Fraction(700 + Fraction(2401, 3)) / 2, Fraction(500), Fraction(900)),)


def test_only_calls_of_those_days_count(store: Ledger) -> None:
    put(store, *(call(800, occurred_at=at) for at in (SINCE, NOW - DAY, NOW)))
    put(store, *(call(100, occurred_at=at) for at in (SINCE - DAY, NOW + DAY, NOW + 2 * DAY)))
    (own,) = read(store)
    assert own == OwnTokens(SPEC, 3, Fraction(800), Fraction(800), Fraction(800))


def test_each_spec_stands_alone(store: Ledger) -> None:
    put(store, *(call(800) for _ in range(3)), *(call(100, quality="low") for _ in range(3)))
    put(store, *(call(500, width=1536) for _ in range(2)))
    assert [(one.spec.quality, one.median) for one in read(store)] == [
        ("low", Fraction(100)),
        ("medium", Fraction(800)),
    ]


LEFT_OUT: list[dict[str, Any]] = [
    {"kind": "edit"},
    {"partial_images": 1},
    {"quality": None},
    {"width": None, "height": None},
    {"occurred_at": SINCE - timedelta(seconds=1)},
    {"model": "gpt-image-2"},
    {"team_id": "T2"},
    {"ended_at": NOW, "ended_by": "sample", "reason": "void"},
    {"images": 0},
    {"image_out_tokens": None},
]


@pytest.mark.parametrize("changes", LEFT_OUT)
def test_what_is_no_plain_draw_is_left_out(store: Ledger, changes: dict[str, Any]) -> None:
    put(store, call(800), call(800))
    put(store, call(800, **changes))
    assert read(store) == ()
    put(store, call(800, occurred_at=SINCE))
    assert [one.calls for one in read(store)] == [3]


def test_its_own_pictures_are_calls_too_without_demos(store: Ledger) -> None:
    drawn = [paid(store).id for _ in range(3)]
    usage = {"model": NEWEST, "usage": json.dumps(asdict(Usage(image_out=640)))}
    with store.transaction() as connection:
        connection.execute(update(generations).where(generations.c.id.in_(drawn)).values(usage))
    assert [(one.calls, one.median) for one in read(store)] == [(3, Fraction(640))]
    with store.transaction() as connection:
        connection.execute(update(generations).where(generations.c.id == drawn[0]).values(demo=True))
    assert read(store) == ()


def test_any_counts_have_the_median_python_says(store: Ledger) -> None:
    chance = random.Random(18)
    calls = [(chance.randint(1, 9_000), chance.randint(1, 4)) for _ in range(101)]
    put(store, *(call(tokens, images=images) for tokens, images in calls))
    each = [Fraction(tokens, images) for tokens, images in calls]
    assert read(store) == (OwnTokens(SPEC, 101, median(each), min(each), max(each)),)
