"""A team's work by all that sets its price elsewhere, on both databases."""

import json
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import update

from bot.ledger import mix_sums
from bot.ledger.ledger import Ledger
from bot.ledger.mix_parts import MixPart
from bot.ledger.tables import drawings, generations
from bot.periods import Period
from bot.pricing.spec import Size
from bot.pricing.usage import Usage
from tests.kit.records import put, record
from tests.kit.wishes import CENT, NOW, paid

DAY = timedelta(days=1)
MONTH = Period("month", NOW - 30 * DAY, NOW + DAY)
TOKENS = {"text_in_tokens": 10, "image_in_tokens": 0, "image_out_tokens": 4_000, "text_out_tokens": 0}
TOKENS |= {"text_in_cached_tokens": 2, "image_in_cached_tokens": 0}


def parts(store: Ledger, team_id: str = "T1", period: Period = MONTH) -> tuple[MixPart, ...]:
    return store.read(mix_sums.parts, team_id, period)


def test_what_sets_the_price_stands_apart(store: Ledger) -> None:
    put(
        store,
        record(),
        record(),
        record(kind="edit"),
        record(batch=True),
        record(quality=None, width=None, height=None),
    )
    unpriced = {"amount_nanousd": None, "basis": "unknown"}
    put(
        store,
        record(**TOKENS, kept=3, rejected=1, partial_images=0),
        record(**TOKENS, **unpriced, partial_images=2),
    )
    rows = {(part.kind, part.batch, part.quality, part.is_metered): part for part in parts(store)}
    assert len(rows) == 5
    plain = rows["draw", False, "medium", False]
    assert (plain.records, plain.images, plain.reported, plain.usage) == (2, 8, 8, Usage())
    assert rows["draw", False, None, False].size is None
    metered = rows["draw", False, "medium", True]
    assert metered.usage == Usage(text_in=20, image_out=8_000, text_in_cached=4)
    assert (metered.kept, metered.judged, metered.partial_images) == (3, 4, 2)
    assert (metered.spent_nanousd, metered.unknown) == (4 * CENT, 1)


def test_what_a_service_tier_or_an_svg_costs_is_unbounded(store: Ledger) -> None:
    unpriced = {"amount_nanousd": None, "basis": "unknown"}
    for odd in ({}, {"tier": "priority"}, {"svg_usage": "{}"}, {"batch": True}):
        put(store, record(**unpriced, **odd))
    put(store, record(tier="priority"))
    plain, batch = sorted(parts(store), key=lambda part: part.batch)
    assert [(part.records, part.unknown, part.unbounded) for part in (plain, batch)] == [(4, 3, 2), (1, 1, 0)]


def test_its_own_pictures_bring_the_tokens_of_their_calls(store: Ledger) -> None:
    first, again = paid(store), paid(store)
    usage = Usage(text_in=11, image_out=1_756)
    with store.transaction() as connection:
        mine = generations.c.id.in_([first.id, again.id])
        connection.execute(update(generations).where(mine).values(usage=json.dumps(asdict(usage))))
        connection.execute(update(drawings).where(drawings.c.id == again.drawing_id).values(parent_id=first.id))
    (part,) = parts(store)
    assert (part.images, part.records, part.retries, part.reported) == (2, 2, 1, 0)
    assert (part.is_metered, part.usage) == (True, Usage(text_in=22, image_out=3_512))
    assert part.kind == "draw"
    assert part.size == Size(1024, 1024)


def test_a_picture_without_tokens_is_none_of_those_that_brought_them(store: Ledger) -> None:
    bare = paid(store)
    with store.transaction() as connection:
        connection.execute(update(generations).where(generations.c.id == bare.id).values(usage=None))
    (part,) = parts(store)
    assert (part.is_metered, part.usage) == (False, Usage())


def test_no_other_team_and_no_other_day_is_in_it(store: Ledger) -> None:
    put(store, record(team_id="T2"), record(occurred_at=MONTH.end), record(occurred_at=MONTH.start - DAY))
    put(store, record(images=0))
    assert parts(store) == ()
    put(store, record(occurred_at=MONTH.start))
    assert [part.images for part in parts(store)] == [4]


def test_what_does_not_say_how_many_pictures_came_stands_apart(store: Ledger) -> None:
    put(store, record(), record(images=None), record(images=None, amount_nanousd=None, basis="unknown"))
    uncounted, counted = sorted(parts(store), key=lambda part: part.images)
    assert (uncounted.images, uncounted.records, uncounted.unknown, uncounted.spent_nanousd) == (0, 2, 1, 4 * CENT)
    assert (counted.images, counted.records) == (4, 1)
