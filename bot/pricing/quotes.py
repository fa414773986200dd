"""An estimate as values: what was asked, one quote a model, and what the whole says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.periods import ahead_words, day_words
from bot.pricing.facts import LANES
from bot.pricing.spec import ImageSpec


@dataclass(frozen=True)
class Workload:
    """`size` is square, portrait, landscape or WIDTHxHEIGHT; `choice` a lane or a model id, None for every lane.

    `others` were named beside it. `keep` is the share of pictures kept, over 0 up to 1. `retries` is how often a
    rejected picture is drawn again at most.
    """

    count: int
    quality: str
    size: str
    choice: str | None = None
    batch: bool = False
    keep: Decimal | None = None
    retries: int | None = None
    others: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        return () if self.choice is None else (self.choice, *self.others)


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
    `drawable`: the model draws this on that day, whether or not its price is known.
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
    drawable: bool = False

    @property
    def spent_usd(self) -> Decimal | None:
        """What it comes to: with retries where some were asked for."""
        return self.total_usd if self.expected_usd is None else self.expected_usd


class Answered:
    """An answer for a day: `day` is the one it is for, `asked_on` the one somebody asked on."""

    day: date
    asked_on: date | None

    @property
    def is_for_today(self) -> bool:
        return self.day == self.asked_on

    def said(self, day: date) -> str:
        """`30 Nov`, with the year only where it is another one."""
        return day_words(day, self.asked_on or self.day)

    def ahead(self, day: date) -> str:
        """`in 3 days` where that is from today, else `on 30 Nov`."""
        return ahead_words((day - self.day).days) if self.is_for_today else f"on {self.said(day)}"


@dataclass(frozen=True)
class Quotes(Answered):
    """One estimate. `deciding` is the sentence that decides, `foot` the line under the table: what is priced, and the
    one caution. `defaults` says what was filled in for left-out words. `instead` is the same work elsewhere, where a
    model is gone or going; `batch_usd` what the cheapest comes to in batch. `asked_on` is the day somebody asked.
    """

    day: date
    asked: Workload
    quotes: tuple[Quote, ...]
    deciding: str
    assumptions: tuple[str, ...]
    hints: tuple[str, ...]
    defaults: tuple[str, ...] = ()
    foot: str = ""
    instead: Quote | None = None
    batch_usd: Decimal | None = None
    asked_on: date | None = None
    count: int = field(init=False)  # where scripts look for it

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", self.asked.count)

    @property
    def rows(self) -> tuple[Quote, ...]:
        return self.quotes if self.instead is None else (*self.quotes, self.instead)

    @property
    def by_lane(self) -> bool:
        """Whether lanes are what was asked about; else models."""
        return all(quote.lane for quote in self.rows) and all(name in LANES for name in self.asked.named)

    @property
    def is_per_kept(self) -> bool:
        """Whether all that have a price have a keep rate, too."""
        return is_per_kept(self.rows)


def is_per_kept(quotes: Sequence[Quote]) -> bool:
    rates = [quote.keep_rate for quote in quotes if quote.each_usd is not None]
    return bool(rates) and all(rate is not None for rate in rates)
