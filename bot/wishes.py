"""From a `try` as typed to what is to be drawn: models, sizes, what each picture should cost and can cost at most."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot import lanes, pricing
from bot.drawings import Generation, Wished, nanousd, usd
from bot.errors import BadSpec, ModelRetired
from bot.grammar import Try
from bot.pricing.dated import model_named, successors_on
from bot.pricing.facts import Catalog, Model
from bot.pricing.spec import ImageSpec

LANE, QUALITY, SIZE = "budget", "medium", "square"  # what a `try` that names none gets; the answer says so


def wished(asked: Try, catalog: Catalog, on: date, horizon_days: int = lanes.HORIZON_DAYS) -> tuple[Wished, ...]:
    """One picture for each lane or model asked for, in that order.

    Raises UnknownModel, ModelRetired, BadSpec, NoLanes, or NoPrice where no safe amount can be reserved.
    """
    filled = lanes.filled(catalog, on, horizon_days)
    found = []
    for choice in asked.choices or (LANE,):
        lane = choice if choice in lanes.LANES else None
        model = _in_lane(catalog, lane, filled, on) if lane else alive(catalog, choice, on)
        quality = asked.quality or QUALITY
        pricing.check_quality(model, quality)
        name = choice.lower() if choice.lower() in model.snapshots else model.id  # a pinned snapshot stays pinned
        spec = ImageSpec(name, quality, pricing.resolve_size(model, asked.size or SIZE))
        found.append(priced(lane, model, spec, asked.prompt, on))
    return tuple(found)


def again(generation: Generation, prompt: str, catalog: Catalog, on: date) -> Wished:
    """The same picture once more, at today's price, perhaps with other words. Raises like `wished`."""
    model = alive(catalog, generation.spec.model, on)
    return priced(generation.lane, model, generation.spec, prompt, on)


def priced(lane: str | None, model: Model, spec: ImageSpec, prompt: str, on: date) -> Wished:
    """Where no price is published, the most it can cost is also what is expected."""
    most = pricing.upper_bound(model, spec, prompt, on)
    expected = pricing.expected(model, spec, on)
    return Wished(lane, spec, nanousd(most if expected is None else expected), nanousd(most))


def free(images: tuple[Wished, ...]) -> tuple[Wished, ...]:
    """As the demo painter draws them: nothing is paid, so nothing is reserved."""
    return tuple(replace(image, expected_nanousd=0, reserved_nanousd=0) for image in images)


def expected_usd(images: tuple[Wished, ...]) -> Decimal:
    return sum((usd(image.expected_nanousd) for image in images), Decimal(0))


def left_out(asked: Try) -> tuple[str, ...]:
    """The words that were filled in for the person, as they would have typed them."""
    filled_in = ((bool(asked.choices), LANE), (bool(asked.quality), QUALITY), (bool(asked.size), SIZE))
    return tuple(word for given, word in filled_in if not given)


def alive(catalog: Catalog, name: str, on: date) -> Model:
    """The model, if a call to it gets an answer on that day. Raises UnknownModel or ModelRetired."""
    model = lanes.known(catalog, name, on)
    if not lanes.usable(catalog, model.id, on):
        raise ModelRetired(f"{model.id} was shut down on {model.shutdown}. {_instead(model, on)}Nothing was charged.")
    return model


def _instead(model: Model, on: date) -> str:
    named = successors_on(model, on)
    return f"OpenAI names {' or '.join(named.models)} as its replacement. " if named and named.models else ""


def _in_lane(catalog: Catalog, lane: str, filled: Mapping[str, str], on: date) -> Model:
    if lane not in filled:
        raise BadSpec(f"No living model fills the {lane} lane on {on}: try budget or premium. Nothing was charged.")
    return model_named(catalog, filled[lane])
