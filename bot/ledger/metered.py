"""How many tokens a team's own calls took for a picture, by spec: of models whose price nobody published."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Float, Integer, Row, Select, cast, func, literal, select, union_all

from bot.ledger.mix_sums import tokens_in
from bot.ledger.pictures import JUDGEABLE
from bot.ledger.questions import take_time
from bot.ledger.sealed import veiled
from bot.ledger.tables import generations
from bot.ledger.usage_tables import counted, usage_records
from bot.pricing.prices import LEAST_CALLS, OwnTokens
from bot.pricing.spec import ImageSpec, Size

_SPEC = ("model", "quality", "width", "height")


def metered(
    connection: Connection, team_id: str, models: Sequence[str], since: datetime, until: datetime
) -> tuple[OwnTokens, ...]:
    """Draws from then to then, both within: no edits, no partial images, no demos, and nothing of an open blind test;
    from three calls of a spec on. Only the middle of each and its two ends leave the database."""
    if not models:
        return ()
    take_time(connection)
    drawn = _own(connection, team_id, models).where(generations.c.drawn_at.between(since, until))
    reported = _reported(team_id, models).where(usage_records.c.occurred_at.between(since, until))
    calls = union_all(drawn, reported).subquery().c
    spec = [calls[name] for name in _SPEC]
    ranked = select(
        *spec,
        calls.tokens,
        calls.images,
        func.row_number().over(partition_by=spec, order_by=cast(calls.tokens, Float) / calls.images).label("place"),
        func.count().over(partition_by=spec).label("calls"),
    ).subquery()
    row = ranked.c
    middle_and_ends = row.place.in_([1, (row.calls + 1) // 2, row.calls // 2 + 1, row.calls])
    order = (*(row[name] for name in _SPEC), row.place)
    return _by_spec(
        list(connection.execute(select(ranked).where(row.calls >= LEAST_CALLS, middle_and_ends).order_by(*order)))
    )


def _own(connection: Connection, team_id: str, models: Sequence[str]) -> Select[Any]:
    own, tokens = generations.c, tokens_in(connection)("image_out")
    return (
        select(*(own[name] for name in _SPEC), tokens.label("tokens"), literal(1, Integer).label("images"))
        .where(own.team_id == team_id, own.model.in_(models), ~own.demo, own.state.in_(JUDGEABLE))
        .where(tokens > 0, ~veiled())
    )


def _reported(team_id: str, models: Sequence[str]) -> Select[Any]:
    each = usage_records.c
    told = (each.quality.is_not(None), each.width.is_not(None), each.height.is_not(None), each.images > 0)
    whole = (each.kind == "draw", func.coalesce(each.partial_images, 0) == 0, each.image_out_tokens > 0)
    return select(
        *(each[name] for name in _SPEC), each.image_out_tokens.label("tokens"), each.images.label("images")
    ).where(each.team_id == team_id, each.model.in_(models), counted(), *told, *whole)


def _by_spec(rows: Sequence[Row[Any]]) -> tuple[OwnTokens, ...]:
    by_spec: dict[ImageSpec, dict[int, Row[Any]]] = {}
    for row in rows:
        spec = ImageSpec(row.model, row.quality, Size(row.width, row.height))
        by_spec.setdefault(spec, {})[row.place] = row
    return tuple(_one(spec, places) for spec, places in by_spec.items())


def _one(spec: ImageSpec, places: dict[int, Row[Any]]) -> OwnTokens:
    calls = max(places)
    each = {place: Fraction(row.tokens, row.images) for place, row in places.items()}
    median = (each[(calls + 1) // 2] + each[calls // 2 + 1]) / 2
    return OwnTokens(spec, calls, median, each[1], each[calls])
