"""What must hold between the rows of data/: dated rows without gap or overlap, names that exist, days that fit."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.catalog.files import DataFile
from bot.catalog.shape import LadderRow, LanesFile, ModelRow, PriceRow, PricesFile, RatesRow
from bot.pricing.dated import is_alive
from bot.pricing.facts import Model

Numbered = tuple[str, PriceRow]


def check_models(file: DataFile[PricesFile]) -> None:
    """Ids and snapshots are unique, lives run forward, successors exist."""
    names = {row.id for row in file.rows.models}
    taken: set[str] = set()
    for number, row in enumerate(file.rows.models):
        key = f"models[{number}]"
        for name in (row.id, *row.snapshots):
            if name in taken:
                raise file.wrong(key, repr(name), "another model has that id or snapshot")
            taken.add(name)
        _check_life(file, key, row)
        for at, heirs in enumerate(row.successors):
            for heir in heirs.models:
                if heir not in names:
                    raise file.wrong(f"{key}.successors[{at}].models", repr(heir), "there is no such model")


def _check_life(file: DataFile[PricesFile], key: str, row: ModelRow) -> None:
    released, announced, shutdown = row.released.on, row.life.announced, row.life.shutdown
    if shutdown is not None and announced is None:
        raise file.wrong(f"{key}.life.announced", "missing", f"the shutdown of {row.id} needs the day it was announced")
    if announced is not None and announced < released:
        raise file.wrong(f"{key}.life.announced", announced, f"{row.id} was released on {released}")
    if announced is not None and shutdown is not None and shutdown < announced:
        raise file.wrong(f"{key}.life.shutdown", shutdown, f"it was announced on {announced}")


def check_prices(file: DataFile[PricesFile], models: Mapping[str, Model]) -> None:
    """Rates and ladders belong to models there are, from their release on, one row a day; cells are ones they draw."""
    for key, row in _all_prices(file):
        for name in row.models:
            if name not in models:
                raise file.wrong(f"{key}.models", repr(name), "there is no such model")
            if row.since < models[name].released:
                raise file.wrong(f"{key}.since", row.since, f"{name} was released on {models[name].released}")
        if row.until is not None and row.until <= row.since:
            raise file.wrong(f"{key}.until", row.until, f"the row begins on {row.since}")
    for name, model in models.items():
        for tier in ("standard", "batch"):
            _check_days(file, name, [(k, r) for k, r in _rates(file) if name in r.models and r.tier == tier])
        _check_days(file, name, [(k, r) for k, r in _ladders(file) if name in r.models])
        _check_cells(file, model)


def _rates(file: DataFile[PricesFile]) -> list[tuple[str, RatesRow]]:
    return [(f"rates[{number}]", row) for number, row in enumerate(file.rows.rates)]


def _ladders(file: DataFile[PricesFile]) -> list[tuple[str, LadderRow]]:
    return [(f"ladders[{number}]", row) for number, row in enumerate(file.rows.ladders)]


def _all_prices(file: DataFile[PricesFile]) -> Iterator[Numbered]:
    yield from _rates(file)
    yield from _ladders(file)


def _check_days(file: DataFile[PricesFile], model: str, rows: Sequence[Numbered]) -> None:
    for (first, one), (then, other) in pairwise(sorted(rows, key=lambda row: row[1].since)):
        if one.until != other.since:
            fault = "overlaps" if one.until is None or one.until > other.since else "leaves a gap after"
            until = "with no end" if one.until is None else f"until {one.until}"
            raise file.wrong(f"{then}.since", other.since, f"it {fault} {first}, in force for {model} {until}")


def _check_cells(file: DataFile[PricesFile], model: Model) -> None:
    for key, row in _ladders(file):
        for quality, by_size in row.cells.items() if model.id in row.models else ():
            if quality not in model.qualities:
                raise file.wrong(f"{key}.cells.{quality}", "a price", f"{model.id} has no such quality")
            for size in by_size:
                if model.sizes is not None and size not in model.sizes:
                    raise file.wrong(f"{key}.cells.{quality}.{size}", "a price", f"{model.id} has no such size")


def check_bindings(file: DataFile[LanesFile], models: Mapping[str, Model]) -> None:
    """Each lane's rows run forward, name models there are, and name them on days they live."""
    for number, row in enumerate(file.rows.bindings):
        key = f"bindings[{number}]"
        for field, name in (("model", row.model), ("challenger", row.challenger)):
            if name is not None and name not in models:
                raise file.wrong(f"{key}.{field}", repr(name), "there is no such model")
            if name is not None and not is_alive(models[name], row.since):
                raise file.wrong(f"{key}.{field}", repr(name), f"it is not alive on {row.since}")
        earlier = [other for other in file.rows.bindings[:number] if other.lane == row.lane]
        if earlier and row.since <= earlier[-1].since:
            raise file.wrong(f"{key}.since", row.since, f"{row.lane} already has a row from {earlier[-1].since}")
