"""Which of a model's dated rows are in force, and what was public about it, on a day."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from bot.errors import UnknownModel
from bot.pricing.facts import Catalog, Ladder, Model, Rates, Successors

# What gateways put before a model's name: themselves, and Azure a region or kind of deployment.
PREFIXES = re.compile(r"^(?:(?:litellm_proxy|openrouter|openai)/|azure(?:_ai)?/(?:[a-z]+(?:-[a-z]+)*[0-9]?/)?)+")
RESELLERS = {"azure": "azure", "azure_ai": "azure", "openrouter": "openrouter"}  # who of them sends a bill

A_MONTH = timedelta(days=30)


class DatedRow(Protocol):
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


Row = TypeVar("Row", bound=DatedRow)


def in_force(rows: Sequence[Row], on: date) -> Row | None:
    for row in rows:
        if row.since <= on and (row.until is None or on < row.until):
            return row
    return None


def rates_on(model: Model, on: date, tier: str = "standard") -> Rates | None:
    return in_force([row for row in model.rates if row.tier == tier], on)


def ladder_on(model: Model, on: date) -> Ladder | None:
    return in_force(model.ladders, on)


def successors_on(model: Model, on: date) -> Successors | None:
    """The latest replacement OpenAI had named by that day."""
    rows = [row for row in model.successors if row.since <= on]
    return max(rows, key=lambda row: row.since, default=None)


def announced_end(model: Model, on: date) -> date | None:
    """The shutdown day as it was known on that day: before the announcement there was none."""
    day = model.deprecation_announced
    return model.shutdown if day is not None and day <= on else None


def transparency(model: Model, on: date) -> str | None:
    """`yes`, `preview`, or None where nobody had said by that day that it draws transparent backgrounds."""
    row = model.transparent
    return row.state if row is not None and (row.since is None or row.since <= on) else None


def is_released(model: Model, on: date) -> bool:
    return model.released <= on


def is_shut_down(model: Model, on: date) -> bool:
    """True from the shutdown day itself."""
    return model.shutdown is not None and model.shutdown <= on


def is_alive(model: Model, on: date) -> bool:
    """Released and not shut down on that day (real dates, announced or not)."""
    return is_released(model, on) and not is_shut_down(model, on)


def is_aged(catalog: Catalog, on: date) -> bool:
    """Whether on that day the catalogue was checked over a month ago, or a day in it has come since."""
    since = on - catalog.checked_on
    ends = [model.shutdown for model in catalog.models.values() if model.shutdown]
    starts = [row.since for row in catalog.bindings]
    return since > A_MONTH or any(catalog.checked_on < day <= on for day in (*ends, *starts))


def old_facts(catalog: Catalog, on: date) -> str:
    """How long ago they were checked, once that is over a month; empty before."""
    days = on - catalog.checked_on
    return f"The price facts were checked {days.days} days ago." if days > A_MONTH else ""


def model_named(catalog: Catalog, name: str) -> Model:
    """The model of that id, or the one a dated snapshot id belongs to, whatever its capitals and the prefixes that
    gateways put before it (`azure/eu/gpt-image-2`). Raises UnknownModel."""
    wanted = bare(name)
    for model in catalog.models.values():
        if wanted == model.id or wanted in model.snapshots:
            return model
    raise UnknownModel(f"I know no model called {name}. `models` lists the ones I know.")


def reseller(name: str) -> str | None:
    """Who sold a call of a model that was reported by this name (`azure/eu/gpt-image-2`), where the name says so."""
    prefix = PREFIXES.match(name.lower())
    words = prefix[0].split("/") if prefix else []
    return next((RESELLERS[word] for word in words if word in RESELLERS), None)


def bare(name: str) -> str:
    """In small letters, without what gateways put before it."""
    return PREFIXES.sub("", name.lower())
