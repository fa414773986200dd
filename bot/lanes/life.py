"""A model's life as known on a day: released, announced to end, shut down, and what OpenAI said of it by then."""

from datetime import date, timedelta

from bot.errors import UnknownModel
from bot.pricing.dated import announced_end, is_alive, is_released, model_named
from bot.pricing.facts import Catalog, Model

FIRST_WEEKS = timedelta(days=60)


def released_model(catalog: Catalog, name: str, on: date) -> Model:
    """The model of that id or dated snapshot. Raises UnknownModel, too when it came out later."""
    model = model_named(catalog, name)
    if not is_released(model, on):
        raise UnknownModel(f"{model.id} was not out on {on}: it was released on {model.released}.")
    return model


def last_day(model: Model, on: date) -> date | None:
    """The last day it answers, as known on that day: the one before its announced shutdown."""
    end = announced_end(model, on)
    return None if end is None else end - timedelta(days=1)


def usable(catalog: Catalog, model_id: str, on: date) -> bool:
    """Whether a call on that day gets an answer. An id the catalogue doesn't have is not usable."""
    try:
        return is_alive(model_named(catalog, model_id), on)
    except UnknownModel:
        return False


def lasts(model: Model, on: date, horizon_days: int) -> bool:
    """Alive on that day, and by what was announced then still alive when the horizon has passed."""
    end = announced_end(model, on)
    return is_alive(model, on) and (end is None or (end - on).days > horizon_days)


def status(model: Model, on: date) -> str:
    if not is_alive(model, on):
        return "shut down"
    return "active" if announced_end(model, on) is None else "deprecated"


def words_on(model: Model, on: date) -> tuple[str, ...]:
    """How OpenAI positioned it by that day, at most two quotes.

    The words of a model's first weeks add up; later ones replace them ("state of the art" becomes "previous").
    """
    quotes = sorted((w for w in model.words if w.since <= on), key=lambda w: w.since)
    adds_up = quotes and quotes[-1].since - model.released <= FIRST_WEEKS
    return tuple(words.text for words in quotes[-2 if adds_up else -1 :])


def end_announced_since(model: Model, on: date, today: date) -> str | None:
    """What was announced after the day asked about and is known by `today`, as half a sentence."""
    if model.shutdown is None or announced_end(model, on) or announced_end(model, today) is None:
        return None
    verb = "ended" if model.shutdown <= today else "ends"
    announced = f", announced {model.deprecation_announced}" if model.deprecation_announced else ""
    return f"{model.id} {verb} on {model.shutdown}{announced}"
