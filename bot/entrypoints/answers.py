"""The questions that ask for no books: one function for every door."""

from datetime import date

from bot import grammar
from bot.bench.own import Own
from bot.estimate.answer import estimate
from bot.lanes.bindings import HORIZON_DAYS
from bot.lanes.scene import Recommendation
from bot.lanes.statuses import ModelList
from bot.pricing import Quotes
from bot.pricing.facts import Catalog
from bot.recommend.answer import models, recommend

Answer = Quotes | Recommendation | ModelList | grammar.Guide


def answer(
    catalog: Catalog, command: grammar.Command, today: date, horizon_days: int = HORIZON_DAYS, mine: Own | None = None
) -> Answer:
    """Any question that asks for no books; `mine` is what the team's store knows, None where it was not asked."""
    match command:
        case grammar.Estimate():
            return estimate(catalog, command, today, mine or Own(), horizon_days)
        case grammar.Recommend():
            return recommend(catalog, command, today, mine or Own(), horizon_days)
        case grammar.Models():
            return models(catalog, command, today, horizon_days)
        case grammar.Help():
            return guide(command)
        case _:
            raise TypeError(f"{command} is no question")


def guide(command: grammar.Help) -> grammar.Guide:
    topic = command.topic
    return grammar.Guide(topic, (grammar.usage(topic),) if topic else grammar.USAGES)
