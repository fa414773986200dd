"""What a team's own calls say of the models of a recommendation whose price per picture nobody published."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.lanes.scene import Alternative, Recommendation
from bot.money import about
from bot.pricing import model_named
from bot.pricing.facts import Catalog, Model
from bot.pricing.prices import BY_YOU, OwnTokens, metered_price
from bot.recommend.repricing import STANDARD


def by_you(catalog: Catalog, answer: Recommendation, metered: Sequence[OwnTokens], on: date) -> Recommendation:
    """Told beside, never as a lane's own price."""
    if not metered:
        return answer
    sentence = _sentence(model_named(catalog, answer.model), metered, on)
    return replace(
        answer,
        reasons=(*answer.reasons, *([f"{answer.model}: {sentence}."] if sentence else [])),
        alternatives=tuple(_alternative(catalog, other, metered, on) for other in answer.alternatives),
    )


def _alternative(catalog: Catalog, other: Alternative, metered: Sequence[OwnTokens], on: date) -> Alternative:
    sentence = _sentence(model_named(catalog, other.model), metered, on)
    return replace(other, why=f"{other.why}; {sentence}") if sentence else other


def _sentence(model: Model, metered: Sequence[OwnTokens], on: date) -> str | None:
    """`metered by you: medium 1024x1024 $0.0413 ($0.0396 to $0.0461, 5 calls)`"""
    each = [_spec(model, one, on) for one in metered if one.spec.model == model.id]
    known = [words for words in each if words is not None]
    return f"{BY_YOU}: {', '.join(known)}" if known else None


def _spec(model: Model, own: OwnTokens, on: date) -> str | None:
    price = metered_price(model, own, on, STANDARD)
    if price is None:
        return None
    span = "" if price.low == price.high else f"{about(price.low)} to {about(price.high)}, "
    return f"{own.spec.quality} {own.spec.size} {about(price.each)} ({span}{own.calls:,} calls)"
