"""From a `try` as typed, or a bench as planned, to what is drawn: models, sizes, what each picture costs at most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot import pricing
from bot.errors import BadSpec, ModelRetired
from bot.lanes import bindings, life
from bot.lanes.bindings import HORIZON_DAYS
from bot.ledger.pictures import Wished
from bot.money import nanousd, usd
from bot.pricing.dated import model_named, successors_on
from bot.pricing.facts import LANES, Catalog, Model
from bot.pricing.spec import ImageSpec
from bot.samples.command import Try

LANE, QUALITY, SIZE = "budget", "medium", "square"  # what a `try` that names none gets; the answer says so


@dataclass(frozen=True)
class Entrant:
    """One side of the comparison; `lane` is None for a model named by itself."""

    lane: str | None
    spec: ImageSpec


def wished(asked: Try, catalog: Catalog, on: date, horizon_days: int = HORIZON_DAYS) -> tuple[Wished, ...]:
    """`count` pictures for each lane or model asked for, in that order.

    Raises UnknownModel, ModelRetired, BadSpec, NoLanes, or NoPrice where no safe amount can be reserved.
    """
    each = [(choice, asked.quality) for choice in asked.choices or (LANE,)]
    sides = entrants(each, asked.size, catalog, on, horizon_days)
    images = [priced_for(side, asked.prompt, catalog, on) for side in sides]
    return tuple(image for image in images for _ in range(asked.count))


def entrants(
    choices: Sequence[tuple[str, str | None]],
    size: str | None,
    catalog: Catalog,
    on: date,
    horizon_days: int = HORIZON_DAYS,
) -> tuple[Entrant, ...]:
    """What each lane or model, with its quality, comes to on that day. Raises like `wished`, save NoPrice."""
    filled = bindings.lane_models(catalog, on, horizon_days)
    return tuple(_entrant(choice, quality or QUALITY, size or SIZE, catalog, filled, on) for choice, quality in choices)


def _entrant(choice: str, quality: str, size: str, catalog: Catalog, filled: Mapping[str, str], on: date) -> Entrant:
    lane = choice if choice in LANES else None
    model = _in_lane(catalog, lane, filled, on) if lane else alive(catalog, choice, on)
    pricing.check_quality(model, quality)
    name = choice.lower() if choice.lower() in model.snapshots else model.id  # a pinned snapshot stays pinned
    return Entrant(lane, ImageSpec(name, quality, pricing.resolve_size(model, size)))


def priced_for(side: Entrant, prompt: str, catalog: Catalog, on: date) -> Wished:
    return priced(side.lane, alive(catalog, side.spec.model, on), side.spec, prompt, on)


def priced(lane: str | None, model: Model, spec: ImageSpec, prompt: str, on: date) -> Wished:
    """Where no price is published, the most it can cost is also what is expected."""
    most = pricing.upper_bound(model, spec, prompt, on)
    expected = pricing.list_price(model, spec, on)
    return Wished(lane, spec, nanousd(most if expected is None else expected), nanousd(most))


def free(images: tuple[Wished, ...]) -> tuple[Wished, ...]:
    """As the demo provider draws them: nothing is paid, so nothing is reserved."""
    return tuple(replace(image, expected_nanousd=0, reserved_nanousd=0) for image in images)


def expected_usd(images: tuple[Wished, ...]) -> Decimal:
    return sum((usd(image.expected_nanousd) for image in images), Decimal(0))


def left_out(asked: Try, lane: str = LANE, quality: str = QUALITY) -> tuple[str, ...]:
    """The words that were filled in for the person, as they would have typed them."""
    filled_in = ((bool(asked.choices), lane), (bool(asked.quality), quality), (bool(asked.size), SIZE))
    return tuple(word for is_typed, word in filled_in if not is_typed)


def alive(catalog: Catalog, name: str, on: date) -> Model:
    """The model, if a call to it gets an answer on that day. Raises UnknownModel or ModelRetired."""
    model = life.released_model(catalog, name, on)
    if not life.usable(catalog, model.id, on):
        raise ModelRetired(f"{model.id} was shut down on {model.shutdown}. {_instead(model, on)}Nothing was charged.")
    return model


def _instead(model: Model, on: date) -> str:
    successors = successors_on(model, on)
    if not successors or not successors.models:
        return ""
    return f"OpenAI names {' or '.join(successors.models)} as its replacement. "


def _in_lane(catalog: Catalog, lane: str, filled: Mapping[str, str], on: date) -> Model:
    if lane not in filled:
        raise BadSpec(f"No living model fills the {lane} lane on {on}: try budget or premium. Nothing was charged.")
    return model_named(catalog, filled[lane])
