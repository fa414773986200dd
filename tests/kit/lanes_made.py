"""The shipped catalogue, ends announced for the sake of a test, and a recommendation in one call."""

from dataclasses import replace
from datetime import date

from bot import catalog
from bot.lanes import advice
from bot.lanes.scene import Recommendation
from bot.pricing.facts import Catalog, Successors

FACTS = catalog.load()
ARTICLE, TODAY = date(2026, 3, 27), date(2026, 11, 22)
NEWEST = ("gpt-image-2.6-sunburst", "gpt-image-2.6-flare")


def ended(model_id: str, shutdown: date, announced: date, named: tuple[str, ...] = ()) -> Catalog:
    """Today's catalogue, with an end announced for a model that has none."""
    model = FACTS.models[model_id]
    heirs = (Successors(named, announced, model.life_source),) if named else ()
    dying = replace(model, shutdown=shutdown, deprecation_announced=announced, successors=heirs)
    return replace(FACTS, models={**FACTS.models, model_id: dying})


def advise(situation: str, on: date, model: str | None = None, facts: Catalog = FACTS) -> Recommendation:
    return advice.recommend(facts, situation, model, on)


def said(answer: Recommendation) -> str:
    return " ".join((*answer.reasons, answer.tradeoff, answer.next_step, *answer.warnings))
