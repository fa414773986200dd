"""What must hold between the rows of data/: dated rows without gap or overlap, names that exist, days that fit."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from bot.catalog.table import Table
from bot.catalog.values import Entry, Prices
from bot.pricing.dated import is_alive
from bot.pricing.facts import Binding, Ladder, Model, Rates

AnyEntry = Entry[Rates] | Entry[Ladder]
Numbered = tuple[str, AnyEntry]


def check_models(prices: Prices) -> None:
    """Ids and snapshots are unique, lives run forward, successors exist."""
    names = {model.id for model in prices.models}
    names_so_far: set[str] = set()
    for number, model in enumerate(prices.models):
        key = f"models[{number}]"
        for name in (model.id, *model.snapshots):
            if name in names_so_far:
                raise prices.file.wrong(key, repr(name), "another model has that id or snapshot")
            names_so_far.add(name)
        _check_life(prices.file, key, model)
        for at, heirs in enumerate(model.successors):
            for heir in heirs.models:
                if heir not in names:
                    raise prices.file.wrong(f"{key}.successors[{at}].models", repr(heir), "there is no such model")


def _check_life(file: Table, key: str, model: Model) -> None:
    released, announced, shutdown = model.released, model.deprecation_announced, model.shutdown
    if shutdown is not None and announced is None:
        why = f"the shutdown of {model.id} needs the day it was announced"
        raise file.wrong(f"{key}.life.announced", "missing", why)
    if announced is not None and announced < released:
        raise file.wrong(f"{key}.life.announced", announced, f"{model.id} was released on {released}")
    if announced is not None and shutdown is not None and shutdown < announced:
        raise file.wrong(f"{key}.life.shutdown", shutdown, f"it was announced on {announced}")


def check_prices(prices: Prices, models: Mapping[str, Model]) -> None:
    """Rates and ladders belong to models there are, from their release on, one row a day; cells are ones they draw."""
    rates = [(f"rates[{number}]", entry) for number, entry in enumerate(prices.rates)]
    ladders = [(f"ladders[{number}]", entry) for number, entry in enumerate(prices.ladders)]
    entries: list[Numbered] = [*rates, *ladders]
    for key, entry in entries:
        _check_days(prices.file, key, entry, models)
    for name, model in models.items():
        for tier in ("standard", "batch"):
            of_tier = [(key, entry) for key, entry in rates if name in entry.models and entry.row.tier == tier]
            _check_order(prices.file, name, of_tier)
        model_ladders = [(key, entry) for key, entry in ladders if name in entry.models]
        _check_order(prices.file, name, model_ladders)
        for key, ladder in model_ladders:
            _check_cells(prices.file, key, ladder, model)


def _check_days(file: Table, key: str, entry: AnyEntry, models: Mapping[str, Model]) -> None:
    row = entry.row
    for name in entry.models:
        if name not in models:
            raise file.wrong(f"{key}.models", repr(name), "there is no such model")
        if row.since < models[name].released:
            raise file.wrong(f"{key}.since", row.since, f"{name} was released on {models[name].released}")
    if row.until is not None and row.until <= row.since:
        raise file.wrong(f"{key}.until", row.until, f"the row begins on {row.since}")


def _check_order(file: Table, model: str, rows: Sequence[Numbered]) -> None:
    for (first, one), (then, other) in pairwise(sorted(rows, key=lambda numbered: numbered[1].row.since)):
        ends, begins = one.row.until, other.row.since
        if ends != begins:
            fault = "overlaps" if ends is None or ends > begins else "leaves a gap after"
            until = "with no end" if ends is None else f"until {ends}"
            raise file.wrong(f"{then}.since", begins, f"it {fault} {first}, in force for {model} {until}")


def _check_cells(file: Table, key: str, ladder: Entry[Ladder], model: Model) -> None:
    for quality, size in ladder.row.cells:
        if quality not in model.qualities:
            raise file.wrong(f"{key}.cells.{quality}", "a price", f"{model.id} has no such quality")
        if model.sizes is not None and size not in model.sizes:
            raise file.wrong(f"{key}.cells.{quality}.{size}", "a price", f"{model.id} has no such size")


def check_bindings(file: Table, bindings: Sequence[Binding], models: Mapping[str, Model]) -> None:
    """Each lane's rows run forward, name models there are, and name them on days they live."""
    since: dict[str, date] = {}
    for number, row in enumerate(bindings):
        key = f"bindings[{number}]"
        for field, name in (("model", row.model), ("challenger", row.challenger)):
            if name is not None and name not in models:
                raise file.wrong(f"{key}.{field}", repr(name), "there is no such model")
            if name is not None and not is_alive(models[name], row.since):
                raise file.wrong(f"{key}.{field}", repr(name), f"it is not alive on {row.since}")
        if row.lane in since and row.since <= since[row.lane]:
            raise file.wrong(f"{key}.since", row.since, f"{row.lane} already has a row from {since[row.lane]}")
        since[row.lane] = row.since
