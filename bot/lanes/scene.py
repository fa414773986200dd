"""What an answer is made from: the day, the lanes after the guard, and the sentences every situation shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.errors import NoLanes
from bot.lanes.bindings import Filling, ending, fillings
from bot.lanes.effect import Effect, Step, ladder, medium, same_price
from bot.lanes.finding import Finding
from bot.lanes.life import end_announced_since, lasts, words_on
from bot.money import as_much, dollars
from bot.pricing.dated import announced_end, is_aged
from bot.pricing.facts import Catalog, Model
from bot.pricing.quotes import Answered

WINDOW_DAYS = 30
SURFACE = (
    "Image API for one picture or one edit, Responses API for multi-step work: "
    "friction is sometimes the surface, not the model."
)


@dataclass(frozen=True)
class Alternative:
    """Another model worth a look. `each_usd` is one medium square picture, None where nobody published it."""

    model: str
    lane: str | None
    why: str
    each_usd: Decimal | None


@dataclass(frozen=True)
class BlindTest:
    """What would check it: two lanes or models, the one in use first, on so many prompts. `usd` is for both, one medium
    square picture a prompt; None where a price is unknown."""

    sides: tuple[str, str]
    prompts: int
    usd: Decimal | None


@dataclass(frozen=True)
class Recommendation(Answered):
    """`lane` is the role `model` is recommended in: legacy means continuity only, None that it fills none.

    `existing` is the model asked about, `window_ends` the last day of the window the answer sets (a migration or a
    check), `price_effect` what leaving `existing` does to the price, `ladder` the recommended model's square prices,
    `evidence` what the team's own sealed benches say. `lead` says what to do in one sentence, `foot` is the line under
    its table; `asked_on` is the day somebody asked.
    """

    day: date
    situation: str
    lane: str | None
    model: str
    reasons: tuple[str, ...]
    tradeoff: str
    next_step: str
    warnings: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    surface: str = SURFACE
    existing: str | None = None
    window_ends: date | None = None
    price_effect: tuple[Effect, ...] = ()
    retest: tuple[str, ...] = ()
    ladder: tuple[Step, ...] = ()
    evidence: tuple[Finding, ...] = ()
    defaults: tuple[str, ...] = ()
    lead: str = ""
    foot: str = ""
    blind_test: BlindTest | None = None
    asked_on: date | None = None


# A model worth offering (if there is one), the lane it stands for, and why.
Offer = tuple[Model | None, str | None, str]


@dataclass(frozen=True)
class Scene:
    catalog: Catalog
    on: date
    horizon_days: int
    lanes: Mapping[str, Filling]

    def model(self, lane: str) -> Model:
        """The model that fills the lane. Raises NoLanes, saying why nothing does."""
        if lane in self.lanes:
            return self.lanes[lane].model
        raise NoLanes(
            f"On {self.on} nothing can be recommended for {lane}: no model bound to it or named by OpenAI as its "
            f"replacement lives on for more than {self.horizon_days} days."
        )

    def has(self, lane: str) -> bool:
        return lane in self.lanes

    @property
    def window_ends(self) -> date:
        return self.on + timedelta(days=WINDOW_DAYS)

    def lane_of(self, model: Model) -> str | None:
        return next((lane for lane, filling in self.lanes.items() if filling.model.id == model.id), None)


def scene(catalog: Catalog, on: date, horizon_days: int) -> Scene:
    return Scene(catalog, on, horizon_days, fillings(catalog, on, horizon_days))


def challenger(at: Scene) -> Model | None:
    """The newer model named beside premium, if it is out on that day and lasts."""
    filling = at.lanes.get("premium")
    name = filling.binding.challenger if filling else None
    model = at.catalog.models.get(name) if name else None
    return model if model and lasts(model, at.on, at.horizon_days) else None


def positioning(model: Model, on: date) -> tuple[str, ...]:
    """OpenAI's words on it, as quoted by the source; empty when none are known by that day."""
    words = quotations(model, on)
    return (f"OpenAI on {model.id}: {' and '.join(words)}.",) if words else ()


def quotations(model: Model, on: date) -> list[str]:
    return [f'"{text.rstrip(".")}"' for text in words_on(model, on)]


def why_bound(at: Scene, lane: str) -> tuple[str, ...]:
    """The reason the row of the lane was written with; a stand-in has its note instead."""
    filling = at.lanes[lane]
    row = filling.binding
    return () if filling.note or not row.reason else (f"{lane.capitalize()} since {row.since}: {row.reason}",)


def comparison(at: Scene) -> tuple[str, ...]:
    """What premium costs beside budget, or that the word decides and not the lane."""
    if not (at.has("budget") and at.has("premium")):
        return ()
    if costs_the_same(at):
        each = medium(ladder(at.model("budget"), at.on))
        example = f" ({dollars(each)} each at medium)" if each else ""
        return (
            f"Budget and premium cost the same at the same quality word{example}: the lane does not set the price.",
        )
    dearer = ratio(at, at.model("premium"))
    return (f"Premium {at.model('premium').id} costs {dearer}.",) if dearer else ()


def costs_the_same(at: Scene) -> bool:
    """Whether budget and premium share their price at every quality word."""
    return same_price(ladder(at.model("budget"), at.on), ladder(at.model("premium"), at.on))


def ratio(at: Scene, model: Model) -> str | None:
    """ "3.1 times as much as budget for a medium square picture ($0.034 against $0.011)"."""
    one, base = medium(ladder(model, at.on)), medium(ladder(at.model("budget"), at.on))
    if one is None or base is None:
        return None
    much = as_much(one / base)
    joint = "than" if much.endswith("more") else "as"
    return f"{much} {joint} budget for a medium square picture ({dollars(one)} against {dollars(base)})"


def lever(model: Model, on: date) -> tuple[str, ...]:
    """What is left to turn: quality, from the cheapest word to the dearest."""
    steps = ladder(model, on)
    if len(steps) < 2:
        return ()
    low, high = steps[0], steps[-1]
    span = f"{dollars(low.usd)} {low.quality} to {dollars(high.usd)} {high.quality}"
    return (f"The lever is quality: a square picture is {span}.",)


def challenge(at: Scene) -> tuple[str, ...]:
    model = challenger(at)
    if model is None:
        return ()
    if ladder(model, at.on):
        return (f"{model.id} is the newer challenger of premium.",)
    return (f"{model.id} is the newer challenger of premium; its price per picture is not published.",)


def alternatives(at: Scene, recommended: Model, offers: Sequence[Offer]) -> tuple[Alternative, ...]:
    """Each once, without the one recommended. What is offered lasts: lanes, heirs and the challenger all do."""
    by_model: dict[str, Alternative] = {}
    for model, lane, why in offers:
        if model and model.id != recommended.id and model.id not in by_model:
            by_model[model.id] = Alternative(model.id, lane, why, medium(ladder(model, at.on)))
    return tuple(by_model.values())


def warnings(at: Scene, model: Model, existing: Model | None = None) -> tuple[str, ...]:
    """The guard's notes, the model's announced end, a day nobody checked, one note of what came out since."""
    notes = [filling.note for filling in at.lanes.values() if filling.note]
    if announced_end(model, at.on):
        notes.append(f"{model.id} {ending(model, at.on)}.")
    return (*notes, *unchecked(at.catalog, at.on), *hindsight(at.catalog, at.on, [m for m in (existing, model) if m]))


def unchecked(catalog: Catalog, on: date) -> tuple[str, ...]:
    if not is_aged(catalog, on):
        return ()
    return (f"The catalogue was last checked on {catalog.checked_on}: prices, lanes and ends may be others by {on}.",)


def hindsight(catalog: Catalog, on: date, models: Sequence[Model]) -> tuple[str, ...]:
    """At most one note for a past day, with ends announced since."""
    since = dict.fromkeys(news for m in models if (news := end_announced_since(m, on, catalog.checked_on)))
    return (f"Not known on {on}, known by {catalog.checked_on}: {'; '.join(since)}.",) if since else ()
