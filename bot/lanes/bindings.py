"""Which model fills which lane on a day: the dated rows, and the guard that outranks them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.errors import NoLanes
from bot.lanes.effect import ladder
from bot.lanes.life import lasts
from bot.pricing.dated import announced_end, successors_on
from bot.pricing.facts import LANES, Binding, Catalog, Model

HORIZON_DAYS = 30


@dataclass(frozen=True)
class Filling:
    """The model that stands in a lane after the guard. `note` says why it is not the bound one."""

    lane: str
    model: Model
    binding: Binding
    note: str | None


def bindings_on(catalog: Catalog, on: date) -> dict[str, Binding]:
    """The rows in force, in the order of LANES. Raises NoLanes before the first of them."""
    latest = {row.lane: row for row in sorted(catalog.bindings, key=lambda row: row.since) if row.since <= on}
    rows = {lane: latest[lane] for lane in LANES if lane in latest}
    if not rows:
        first = min((row.since for row in catalog.bindings), default=None)
        since = f": the first were bound on {first}" if first else ""
        raise NoLanes(f"No lanes are known for {on}{since}.")
    return rows


def has_lanes(catalog: Catalog, on: date) -> bool:
    return any(row.since <= on for row in catalog.bindings)


def fillings(catalog: Catalog, on: date, horizon_days: int = HORIZON_DAYS) -> dict[str, Filling]:
    """The lanes after the guard; one that nothing living can fill is left out."""
    candidates = (_filling(catalog, row, on, horizon_days) for row in bindings_on(catalog, on).values())
    return {filling.lane: filling for filling in candidates if filling is not None}


def lane_models(catalog: Catalog, on: date, horizon_days: int = HORIZON_DAYS) -> dict[str, str]:
    """Lane -> model id after the guard, in the order of LANES."""
    return {lane: filling.model.id for lane, filling in fillings(catalog, on, horizon_days).items()}


def _filling(catalog: Catalog, row: Binding, on: date, horizon_days: int) -> Filling | None:
    model = catalog.models[row.model]
    if lasts(model, on, horizon_days):
        return Filling(row.lane, model, row, None)
    # Continuity with a model that is going can't be had from another one: legacy then stands empty.
    heir = None if row.lane == "legacy" else next(heirs(catalog, model, on, horizon_days), None)
    if heir is None:
        return None
    note = f"{row.lane} is bound to {model.id}, which {ending(model, on)}: {heir.id}, named by OpenAI, stands in."
    return Filling(row.lane, heir, row, note)


def heirs(catalog: Catalog, model: Model, on: date, horizon_days: int) -> Iterator[Model]:
    """OpenAI's named replacements that last, in its order, those with a known price first."""
    replacement = successors_on(model, on)
    models = [catalog.models[name] for name in (replacement.models if replacement else ()) if name in catalog.models]
    lasting = [heir for heir in models if lasts(heir, on, horizon_days)]
    yield from sorted(lasting, key=lambda heir: not ladder(heir, on))


def ending(model: Model, on: date) -> str:
    """ "ends on 2026-12-01 (9 days)" or "was shut down on 2026-10-23", as known on that day."""
    end = announced_end(model, on)
    if end is None:
        return "has no announced end"
    days = (end - on).days
    if days <= 0:
        return f"was shut down on {end}"
    return f"ends on {end} ({days} {'day' if days == 1 else 'days'})"


def lane_it_filled(catalog: Catalog, model: Model, on: date) -> str:
    """The lane a model stood for: its own last row other than legacy, else that of its family, else budget.

    A model known only as legacy or never bound counts as budget, where a new build starts.
    """
    for names in ((model.id,), tuple(m.id for m in catalog.models.values() if m.family == model.family)):
        rows = [b for b in catalog.bindings if b.model in names and b.since <= on]
        if rows:
            lasting = [b for b in rows if b.lane != "legacy"]
            return max(lasting, key=lambda b: b.since).lane if lasting else "budget"
    return "budget"
