"""What is alive on a day, what ends when, its replacement and its prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.lanes.bindings import HORIZON_DAYS, has_lanes, lane_models
from bot.lanes.effect import Step, ladder
from bot.lanes.life import released_model, status, words_on
from bot.lanes.scene import hindsight, unchecked
from bot.pricing.dated import announced_end, rates_on, successors_on
from bot.pricing.facts import Catalog, Model, Rates
from bot.pricing.quotes import Answered

GONE = "shut down"
STATUSES = ("active", "deprecated", GONE)


@dataclass(frozen=True)
class ModelStatus:
    """One model as known on the day. `ladder` is one square picture by quality; `source` is where its prices stand."""

    model: str
    snapshots: tuple[str, ...]
    lane: str | None
    status: str
    released: date
    deprecation_announced: date | None
    shutdown: date | None
    days_left: int | None
    successors: tuple[str, ...]
    rates: Rates | None
    batch: Rates | None
    qualities: tuple[str, ...]
    ladder: tuple[Step, ...]
    words: tuple[str, ...]
    source: str
    life_source: str
    checked_on: date
    notes: tuple[str, ...]

    @property
    def is_gone(self) -> bool:
        return self.status == GONE

    @property
    def last_day(self) -> date | None:
        """The day before it is shut down."""
        return self.shutdown - timedelta(days=1) if self.shutdown else None


@dataclass(frozen=True)
class ModelList(Answered):
    """`lead` says in one sentence what there is to know, `foot` is the line under the table; `asked_on` is the day
    somebody asked."""

    day: date
    models: tuple[ModelStatus, ...]
    notes: tuple[str, ...]
    lead: str = ""
    foot: str = ""
    asked_on: date | None = None


def statuses(catalog: Catalog, on: date, model_id: str | None = None, horizon_days: int = HORIZON_DAYS) -> ModelList:
    """All models out by that day, living ones first and newest first; or the one named. Raises UnknownModel."""
    models = [released_model(catalog, model_id, on)] if model_id else _out(catalog, on)
    lanes = {model: lane for lane, model in _lanes(catalog, on, horizon_days).items()}
    return ModelList(
        day=on,
        models=tuple(_status(model, on, lanes.get(model.id)) for model in models),
        notes=(*unchecked(catalog, on), *hindsight(catalog, on, models)),
    )


def _out(catalog: Catalog, on: date) -> Sequence[Model]:
    newest = sorted((m for m in catalog.models.values() if m.released <= on), key=lambda m: m.released, reverse=True)
    return sorted(newest, key=lambda model: STATUSES.index(status(model, on)))


def _lanes(catalog: Catalog, on: date, horizon_days: int) -> dict[str, str]:
    """Model facts are known before the first lane was bound."""
    return lane_models(catalog, on, horizon_days) if has_lanes(catalog, on) else {}


def _status(model: Model, on: date, lane: str | None) -> ModelStatus:
    end, replacement = announced_end(model, on), successors_on(model, on)
    announced = model.deprecation_announced
    rates = rates_on(model, on)
    source = rates.source if rates else model.life_source
    return ModelStatus(
        model=model.id,
        snapshots=model.snapshots,
        lane=lane,
        status=status(model, on),
        released=model.released,
        deprecation_announced=announced if announced and announced <= on else None,
        shutdown=end,
        days_left=(end - on).days if end and end > on else None,
        successors=replacement.models if replacement else (),
        rates=rates,
        batch=rates_on(model, on, "batch"),
        qualities=model.qualities,
        ladder=ladder(model, on),
        words=words_on(model, on),
        source=source.ref,
        life_source=model.life_source.ref,
        checked_on=source.checked_on,
        notes=_notes(model, on),
    )


def _notes(model: Model, on: date) -> tuple[str, ...]:
    unpriced = () if ladder(model, on) else ("price per picture not published",)
    unrated = () if rates_on(model, on) else ("no token rates known for this day",)
    return (*unpriced, *unrated, *model.notes)
