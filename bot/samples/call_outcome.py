"""What one paid call came to, for the books: its cost by its own token counts, and what each failure means."""

import logging
from dataclasses import dataclass

from bot import pricing, providers
from bot.errors import ImagelaneError
from bot.ledger.pictures import Blocked, Failed, Generation, Note, Outcome, Paid, Uncertain, Unusable
from bot.money import nanousd
from bot.pricing import Usage
from bot.pricing.facts import Catalog
from bot.pricing.metering import call_cost
from bot.samples.outcomes import FAULT

FAILED = {
    providers.NotSent: "unreachable",
    providers.ProviderBusy: "busy",
    providers.BadRequest: "bad_request",
    providers.NoMoney: "no_money",
    providers.ProviderRefused: "rejected",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Cost:
    """Of one picture; `rates` in words, `surprise` a sentence where its usage is not what the table says."""

    nanousd: int
    rates: str | None = None
    surprise: str | None = None


def cost_of(catalog: Catalog, call: Generation, usage: Usage | None) -> Cost:
    """By its own usage, at the rates of the day it was asked for; where that can't be, what was reserved."""
    day = call.created_at.date()
    try:
        model = pricing.model_named(catalog, call.spec.model)
        cost = None if usage is None else call_cost(model, call.spec, usage, day)
    except ImagelaneError as error:
        log.warning("picture %s is booked at what was reserved: %s", call.id, error.code)
        cost = None
    if cost is None:
        return Cost(call.reserved_nanousd)
    return Cost(nanousd(cost.usd), cost.rates, cost.surprise)


def paid(catalog: Catalog, call: Generation, note: Note) -> Paid:
    cost = cost_of(catalog, call, note.usage)
    returned = note.returned_quality, note.returned_size
    return Paid(cost.nanousd, note.usage, *returned, note.service_request_id, cost.rates, cost.surprise)


def failed(catalog: Catalog, call: Generation, failure: providers.PaintingFailed) -> Outcome:
    match failure:
        case providers.ImageBlocked():
            return Blocked("moderation", failure.stage)
        case providers.NoPicture():
            cost = cost_of(catalog, call, failure.usage)
            billed = cost.nanousd if failure.usage else None
            by = failure.usage, failure.request_id, cost.rates, cost.surprise
            return Unusable(failure.reason, billed, *by)
        case providers.Unclear(status=int(status)):
            return Uncertain(f"{FAULT}{status}")
        case _:
            why = FAILED.get(type(failure))
            return Uncertain("no_answer") if why is None else Failed(why)
