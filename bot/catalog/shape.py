"""The shape of the files in data/: what may stand in them, and how a price, a size and a source are written."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf

from bot.pricing.sizes import parse_size
from bot.pricing.spec import Size

DOLLARS = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)


def _money(value: object) -> Decimal:
    if not isinstance(value, str):
        raise ValueError('money is written as a string such as "5.00"')
    if not DOLLARS.fullmatch(value):
        raise ValueError("a price is dollars in plain digits, and never negative")
    if not Decimal(value):
        raise ValueError("a price nobody published is left out, never 0")
    return Decimal(value)


def _size(value: object) -> Size:
    if not isinstance(value, str) or (size := parse_size(value)) is None:
        raise ValueError("a size is written as WIDTHxHEIGHT")
    return size


Usd = Annotated[Decimal, BeforeValidator(_money)]
Pixels = Annotated[InstanceOf[Size], BeforeValidator(_size)]
Names = Annotated[list[str], Field(min_length=1)]
Whole = Annotated[int, Field(gt=0)]


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Sourced(Row):
    sources: Names


class SourceRow(Row):
    """`via` is the copy of the source that was read, `note` what is uncertain about its day."""

    ref: str
    as_of: date
    checked: date
    via: str = ""
    note: str = ""


class DrawsRow(Sourced):
    qualities: Names
    shapes: dict[str, Pixels]
    sizes: list[Pixels] | None = None
    size_rules: str | None = None


class SizeRulesRow(Sourced):
    multiple_of: Whole
    max_edge: Whole
    min_pixels: Whole
    max_pixels: Whole
    max_ratio: Whole
    experimental_above_pixels: Whole


class TokenTableRow(Sourced):
    low: dict[Pixels, Whole]
    medium: dict[Pixels, Whole]
    high: dict[Pixels, Whole]


class FormulaRow(Sourced):
    base: dict[str, Whole]


class ReleasedRow(Sourced):
    on: date


class LifeRow(Sourced):
    """Without the days: the sources that were asked and name no end."""

    announced: date | None = None
    shutdown: date | None = None


class WordsRow(Sourced):
    since: date
    text: str


class SuccessorsRow(Sourced):
    since: date
    models: Names


class CeilingRow(Sourced):
    formula: str
    times: Whole


class ReadingRow(Sourced):
    quality: str
    size: Pixels
    tokens: Whole


class ModelRow(Row):
    id: str
    family: str
    draws: str
    released: ReleasedRow
    life: LifeRow
    snapshots: list[str] = []
    tokens: str | None = None
    formula: str | None = None
    ceiling: CeilingRow | None = None
    words: list[WordsRow] = []
    successors: list[SuccessorsRow] = []
    readings: list[ReadingRow] = []
    notes: list[str] = []


class PriceRow(Sourced):
    """`seen` is the first and the last day the figure was read somewhere."""

    models: Names
    since: date
    until: date | None = None
    seen: Annotated[list[date], Field(min_length=2, max_length=2)]


class RatesRow(PriceRow):
    tier: Annotated[str, Field(pattern="^(standard|batch)$")]
    text_in: Usd
    image_in: Usd
    image_out: Usd
    text_in_cached: Usd | None = None
    image_in_cached: Usd | None = None
    text_out: Usd | None = None


class LadderRow(PriceRow):
    cells: dict[str, dict[Pixels, Usd]]


class BindingRow(Sourced):
    lane: str
    model: str
    since: date
    reason: str
    challenger: str | None = None


class PricesFile(Row):
    """catalog.toml."""

    checked: date
    sources: dict[str, SourceRow]
    draws: dict[str, DrawsRow]
    size_rules: dict[str, SizeRulesRow]
    token_tables: dict[str, TokenTableRow]
    formulas: dict[str, FormulaRow]
    models: list[ModelRow]
    rates: list[RatesRow]
    ladders: list[LadderRow]


class LanesFile(Row):
    """lanes.toml."""

    bindings: list[BindingRow]
