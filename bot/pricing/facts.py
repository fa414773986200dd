"""The dated facts prices rest on: models, their lives, rates and ladders, as values.

`bot.catalog` fills these from data/; nothing here opens a file. All money is Decimal US dollars, all days are dates.
A dated row is in force from `since` up to, but not including, `until` (None: still).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.pricing.spec import Size


@dataclass(frozen=True)
class Source:
    """Where a figure was read. `as_of` is the day the source speaks for, `checked_on` the day it was read."""

    id: str
    ref: str
    as_of: date
    checked_on: date


@dataclass(frozen=True)
class Successors:
    """What OpenAI named as the replacement, from `since` on."""

    models: tuple[str, ...]
    since: date
    source: Source


@dataclass(frozen=True)
class Words:
    """How OpenAI positions a model, from `since` on."""

    text: str
    since: date
    source: Source


@dataclass(frozen=True)
class Rates:
    """US dollars per 1,000,000 tokens; None where nobody published one."""

    tier: str  # "standard" or "batch"
    text_in: Decimal
    image_in: Decimal
    image_out: Decimal
    text_in_cached: Decimal | None
    image_in_cached: Decimal | None
    text_out: Decimal | None
    since: date
    until: date | None
    source: Source


@dataclass(frozen=True)
class Ladder:
    """Published US dollars for one image, by quality and size."""

    cells: Mapping[tuple[str, Size], Decimal]
    since: date
    until: date | None
    source: Source


@dataclass(frozen=True)
class TokenTable:
    """Output tokens of one image, printed for fixed sizes (models before gpt-image-2)."""

    cells: Mapping[tuple[str, Size], int]
    source: Source


@dataclass(frozen=True)
class Formula:
    """The official calculator's base by quality (gpt-image-2 and 2.5); see `tokens.by_formula`."""

    base: Mapping[str, int]
    source: Source


@dataclass(frozen=True)
class SizeRules:
    """Which WIDTHxHEIGHT a model takes when it is not limited to a list."""

    multiple_of: int
    max_edge: int
    min_pixels: int
    max_pixels: int
    max_ratio: int
    source: Source
    experimental_above_pixels: int | None = None


@dataclass(frozen=True)
class Ceiling:
    """The most one image can take in tokens where no figure is published: `times` as many as `formula` gives."""

    formula: Formula
    times: int
    source: Source


@dataclass(frozen=True)
class Reading:
    """Output tokens somebody metered for one image: told to people as a reading, never used as a price."""

    quality: str
    size: Size
    tokens: int
    source: Source


@dataclass(frozen=True)
class Transparent:
    """Whether a model draws transparent backgrounds, `yes` or `preview`; `since` None: from its first day."""

    state: str
    since: date | None


@dataclass(frozen=True)
class Model:
    """One image model and everything dated about it.

    `shapes` gives the size meant by the words square, portrait and landscape. `sizes` is the closed list of sizes,
    or None where `size_rules` decide. `deprecation_announced` and `shutdown` are None where no source names a day.
    """

    id: str
    family: str
    snapshots: tuple[str, ...]
    released: date
    released_source: Source
    deprecation_announced: date | None
    shutdown: date | None
    life_source: Source
    successors: tuple[Successors, ...]
    words: tuple[Words, ...]
    qualities: tuple[str, ...]
    shapes: Mapping[str, Size]
    sizes: tuple[Size, ...] | None
    size_rules: SizeRules | None
    rates: tuple[Rates, ...]
    ladders: tuple[Ladder, ...]
    tokens: TokenTable | Formula | None
    notes: tuple[str, ...] = ()
    ceiling: Ceiling | None = None
    readings: tuple[Reading, ...] = ()
    transparent: Transparent | None = None  # None: nobody says so


LANES = ("budget", "premium", "legacy")


@dataclass(frozen=True)
class Binding:
    """From `since` on, this lane means this model."""

    lane: str
    model: str
    since: date
    source: Source
    challenger: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Catalog:
    """All models by id, all lane bindings in order of their days, and the day the whole was last checked."""

    models: Mapping[str, Model]
    bindings: tuple[Binding, ...]
    checked_on: date
