"""Windows to draw from: what their fields offer and hold at first, and what comes back with them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.errors import NotOpen
from bot.lanes import bindings, life
from bot.ledger.pictures import Drawing, Generation
from bot.pricing.dated import is_released, model_named
from bot.pricing.facts import LANES, Catalog, Model
from bot.samples.command import MOST_CHOICES, Try
from bot.samples.priced_images import LANE, QUALITY, SIZE

SHAPES = ("square", "portrait", "landscape")
MOST_VALUE = 2000


@dataclass(frozen=True)
class Behind:
    """What a window was opened about, which comes back with it. `usd`: the price it said.

    A retry has a `parent_id`, and is drawn where that one was; else `choices` are drawn in the channel, or `anywhere`
    the person chooses.
    """

    usd: str
    parent_id: str | None = None
    choices: tuple[str, ...] = ()
    channel_id: str | None = None
    thread_ts: str | None = None
    anywhere: bool = False

    def stored(self) -> str:
        return json.dumps(asdict(self))

    @property
    def said_usd(self) -> Decimal:
        return Decimal(self.usd)


@dataclass(frozen=True)
class DrawForm:
    """`asked` is what its fields hold. `choices` are (label, word) of the lanes and models to pick one from; without
    any those of `asked` stay."""

    asked: Try
    qualities: tuple[str, ...]
    sizes: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()


def behind(stored: str) -> Behind:
    """Raises NotOpen for what no window of ours holds."""
    try:
        read = json.loads(stored)
        made = Behind(**{**read, "choices": tuple(read["choices"])})
        Decimal(made.usd)
    except (ValueError, TypeError, KeyError, InvalidOperation):
        raise NotOpen from None
    return made


def retry(generation: Generation, drawing: Drawing, catalog: Catalog, on: date, horizon_days: int) -> DrawForm:
    """The same once more, where the model still answers."""
    filled, spec = bindings.lane_models(catalog, on, horizon_days), generation.spec
    choices = lanes_and_models(catalog, on, horizon_days)
    choice, model = spec.model, model_named(catalog, spec.model)
    if generation.lane and filled.get(generation.lane) == model.id:
        choice = generation.lane
    elif not life.usable(catalog, model.id, on):
        choice = generation.lane if generation.lane in filled else LANE
    if choice not in (word for _, word in choices):
        choices.append((choice, choice))
    size = next((shape for shape in SHAPES if model.shapes.get(shape) == spec.size), str(spec.size))
    return form(Try(drawing.prompt, (choice,), spec.quality, size), catalog, on, choices)


def lanes_and_models(catalog: Catalog, on: date, horizon_days: int) -> list[tuple[str, str]]:
    """All that draws on that day: what a select shows, and the word it stands for."""
    filled = bindings.lane_models(catalog, on, horizon_days)
    lanes = [(f"{lane} ({filled[lane]})", lane) for lane in LANES if lane in filled]
    return [*lanes, *((model.id, model.id) for model in _living(catalog, on))]


def wish(value: object, catalog: Catalog, on: date) -> DrawForm:
    """What the button of an answer asks to be drawn. Raises NotOpen for what no button of ours carries."""
    if not isinstance(value, str) or len(value) > MOST_VALUE:
        raise NotOpen
    try:
        read = json.loads(value)
        choices, quality, size = read["choices"], read.get("quality") or QUALITY, read.get("size") or SIZE
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotOpen from None
    if not isinstance(choices, list) or not all(isinstance(word, str) for word in (*choices, quality, size)):
        raise NotOpen
    if len(choices) > MOST_CHOICES or len(set(choices)) < len(choices):
        raise NotOpen
    return form(Try("", tuple(choices), quality, size), catalog, on)


def form(asked: Try, catalog: Catalog, on: date, choices: Sequence[tuple[str, str]] = ()) -> DrawForm:
    """With the qualities and sizes there are on that day."""
    words = (word for model in _living(catalog, on) for word in model.qualities)
    qualities = tuple(dict.fromkeys([*words, asked.quality or QUALITY]))
    return DrawForm(asked, qualities, tuple(dict.fromkeys([*SHAPES, asked.size or SIZE])), tuple(choices))


def _living(catalog: Catalog, on: date) -> list[Model]:
    return [model for model in catalog.models.values() if is_released(model, on) and life.usable(catalog, model.id, on)]
