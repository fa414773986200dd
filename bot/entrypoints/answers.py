"""The questions that ask for no books: one function for every door."""

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from bot import grammar
from bot.bench.own import Own
from bot.lanes.bindings import HORIZON_DAYS
from bot.pricing import Quotes
from bot.pricing.facts import Catalog

if TYPE_CHECKING:
    from bot.lanes.scene import Recommendation
    from bot.lanes.statuses import ModelList

Answer: TypeAlias = "Quotes | Recommendation | ModelList | grammar.Guide"


def answer(
    catalog: Catalog, command: grammar.Command, today: date, horizon_days: int = HORIZON_DAYS, mine: Own | None = None
) -> Answer:
    """Any question that asks for no books; `mine` is what the team's store knows, None where it was not asked.

    A start from a terminal answers one question, so each loads its own answer here.
    """
    match command:
        case grammar.Estimate():
            from bot.estimate.answer import estimate

            return estimate(catalog, command, today, mine or Own(), horizon_days)
        case grammar.Recommend():
            from bot.recommend.answer import recommend

            return recommend(catalog, command, today, mine or Own(), horizon_days)
        case grammar.Models():
            from bot.recommend.answer import models

            return models(catalog, command, today, horizon_days)
        case grammar.Help():
            return guide(command)
        case _:
            raise TypeError(f"{command} is no question")


def guide(command: grammar.Help) -> grammar.Guide:
    topic = command.topic
    return grammar.Guide(topic, (grammar.usage(topic),) if topic else grammar.USAGES)
