"""The files in data/, read and checked; the only opener of them."""

from datetime import date
from functools import cache
from pathlib import Path

from bot.catalog.checks import check_bindings, check_models, check_prices
from bot.catalog.files import DATA, DataFile
from bot.catalog.shape import LanesFile, PricesFile
from bot.catalog.values import Values
from bot.pricing.facts import Catalog

__all__ = ["SAMPLE_USAGE", "load"]

SAMPLE_USAGE = DATA / "sample_usage.csv"
SAMPLE_ENDS = date(2026, 11, 15)  # a Sunday


def load(folder: Path | None = None) -> Catalog:
    """Prices, lives and lane bindings as values, of data/ (read once) or of a folder like it. Raises BadCatalog."""
    return _shipped() if folder is None else _load(folder)


@cache
def _shipped() -> Catalog:
    return _load(DATA)


def _load(folder: Path) -> Catalog:
    prices = DataFile(folder / "catalog.toml", PricesFile)
    lanes = DataFile(folder / "lanes.toml", LanesFile)
    values = Values(prices)
    values.check_sources(lanes)
    check_models(prices)
    models = {row.id: values.model(number, row) for number, row in enumerate(prices.rows.models)}
    check_prices(prices, models)
    check_bindings(lanes, models)
    return Catalog(models, values.bindings(lanes.rows), prices.rows.checked)
