"""An estimate as values: what was asked, one quote a model, and what the whole says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.pricing.spec import ImageSpec


@dataclass(frozen=True)
class Workload:
    """`size` is square, portrait, landscape or WIDTHxHEIGHT; `choice` a lane or a model id, None for every lane.

    `keep` is the share of images kept, over 0 up to 1. `retries` is how often a rejected image is drawn again at most.
    """

    count: int
    quality: str
    size: str
    choice: str | None = None
    batch: bool = False
    keep: Decimal | None = None
    retries: int | None = None


@dataclass(frozen=True)
class KeepCount:
    """Votes on one spec, and whose they are: "your own", or "your bench 7f3k2q, sealed 2026-11-20,"."""

    spec: ImageSpec
    kept: int
    judged: int
    by: str = "your own"


@dataclass(frozen=True)
class Quote:
    """What `count` images of one model cost; money in US dollars, None where it is unknown.

    `low_usd` and `high_usd` are the totals by the lowest and the highest basis. `ends_on` is the shutdown day as known
    on the day asked about. `ratio` is to the cheapest of the answer. `calls_expected` is calls for one image: with
    `retries` at most that many more, without until one is kept; `expected_usd` is the total with those retries.
    """

    lane: str | None
    model: str
    quality: str
    size: str
    count: int
    each_usd: Decimal | None = None
    total_usd: Decimal | None = None
    low_usd: Decimal | None = None
    high_usd: Decimal | None = None
    basis: str | None = None
    tokens: int | None = None
    ends_on: date | None = None
    source: str | None = None
    checked_on: date | None = None
    notes: tuple[str, ...] = ()
    ratio: Decimal | None = None
    keep_rate: Decimal | None = None
    keep_basis: str | None = None
    per_accepted_usd: Decimal | None = None
    calls_expected: Decimal | None = None
    expected_usd: Decimal | None = None
    today_difference_usd: Decimal | None = None


@dataclass(frozen=True)
class Quotes:
    """One estimate. `deciding` is the sentence that decides; `defaults` says what was filled in for left-out words."""

    day: date
    asked: Workload
    quotes: tuple[Quote, ...]
    deciding: str
    assumptions: tuple[str, ...]
    hints: tuple[str, ...]
    defaults: tuple[str, ...] = ()
