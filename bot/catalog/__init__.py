"""The files in data/, read and checked; the only opener of them."""

from datetime import date
from functools import cache
from pathlib import Path

from bot.catalog.checks import check_bindings, check_models, check_prices
from bot.catalog.files import DATA, read_table
from bot.catalog.values import Prices, bindings
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
    prices, lanes = Prices(read_table(folder / "catalog.toml")), read_table(folder / "lanes.toml")
    lane_rows = bindings(lanes, prices.sources)
    check_models(prices)
    models = {model.id: model for model in prices.models}
    check_prices(prices, models)
    check_bindings(lanes, lane_rows, models)
    return Catalog(models, lane_rows, prices.checked_on)
