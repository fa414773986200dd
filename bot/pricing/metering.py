"""What one call cost by its own token counts, and whether that is what the price table said."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.errors import BadSpec, NoPrice
from bot.money import dollars, plain
from bot.pricing.dated import rates_on
from bot.pricing.facts import Model, Rates
from bot.pricing.prices import MILLION, price, usage_cost
from bot.pricing.spec import ImageSpec
from bot.pricing.usage import Usage

DRIFT = Decimal("0.05")


@dataclass(frozen=True)
class CallCost:
    """`rates` says by which dated row; `surprise` is a sentence when the picture alone is over 5 % off every figure."""

    usd: Decimal
    rates: str
    surprise: str | None


def call_cost(model: Model, spec: ImageSpec | None, usage: Usage, on: date) -> CallCost | None:
    """At the rates of that day; None where none are published for these token counts.

    Without a spec nothing is expected, so nothing surprises: the counts may be of several images.
    """
    rates = rates_on(model, on)
    if rates is None:
        return None
    try:
        usd = usage_cost(usage, rates)
    except NoPrice:
        return None
    picture = plain(usage.image_out * rates.image_out / MILLION)
    return CallCost(usd, rates_words(rates), None if spec is None else _surprise(model, spec, picture, on))


def rates_words(rates: Rates) -> str:
    figures = f"text in {rates.text_in}, image in {rates.image_in}, image out {rates.image_out}"
    return f"{rates.tier} since {rates.since}: {figures} USD per 1,000,000 tokens ({rates.source.id})"


def _surprise(model: Model, spec: ImageSpec, picture: Decimal, on: date) -> str | None:
    """The prompt's own tokens are left out: the table is of pictures alone. Unknown figures surprise nobody."""
    try:
        table = price(model, spec.quality, spec.size, on)
    except BadSpec:
        return None
    if table.low is None or table.high is None or table.low * (1 - DRIFT) <= picture <= table.high * (1 + DRIFT):
        return None
    return (
        f"{spec} was billed {dollars(picture)} by its own usage, not the {dollars(table.each or table.high)} expected: "
        "the price table may be out of date."
    )
