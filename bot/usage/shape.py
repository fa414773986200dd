"""A usage record as it comes in, from HTTP or CSV: checked field by field, nothing guessed.

Nothing is ignored but what OpenAI may add to its own `usage`: it is parts of the counts that are read here.
"""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic import model_validator as whole

from bot.ledger.limits import PROJECT_LETTERS
from bot.ledger.pictures import OWN_SOURCES
from bot.pricing.sizes import PIXELS, parse_size
from bot.pricing.spec import Size
from bot.usage.shape_usage import LINE, Given, GivenUsage, Line, SvgUsage, refused

FIRST_MOMENT = datetime(2022, 1, 1, tzinfo=UTC)  # before the first image model of the API
AHEAD = timedelta(days=1)  # a clock may be wrong, and zones may be mixed up, by that much
MOST_USD, NANO = Decimal("999999.999999999"), Decimal("0.000000001")
MOST_IMAGES = 999_999
SOURCE = "api"
BATCH_TIER = "batch"
PLAIN_TIERS = ("auto", "default", "standard")  # the words of an answer's service_tier that name no other price

# As programs print what they added up.
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,40})?([eE]-[0-9]{1,2})?", re.ASCII)
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)

Project = Annotated[str, Field(min_length=1, max_length=PROJECT_LETTERS, pattern=LINE)]
Word = Annotated[str, Field(min_length=1, max_length=40, pattern=LINE)]
Judged = Annotated[int, Field(ge=0, le=MOST_IMAGES)]


NO_PICTURE = (
    "has no image tokens in its output: that is what the text model used. What the pictures of a response took "
    "is in its tool_usage.image_gen"
)


def _moment(value: object, info: ValidationInfo) -> datetime:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise refused("must be a moment with its zone, like 2026-11-22T09:30:00Z")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise refused("is a day or an hour that does not exist") from None
    if not FIRST_MOMENT <= moment <= _now(info) + AHEAD:
        raise refused("must be from 2022 on and no more than a day ahead")
    return moment.astimezone(UTC)


def _now(info: ValidationInfo) -> datetime:
    """Validation of a record is always given the context {"now": aware UTC}."""
    now: datetime = (info.context or {})["now"]
    return now


def exact_usd(value: object) -> Decimal:
    """Text and JSON numbers alike, to the nano-dollar: what was added up in floating point trails more digits."""
    if isinstance(value, str) and AMOUNT.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refused("must be an amount like 12.50 or 0.04173, up to 999999.999999999")
    if not 0 <= value <= MOST_USD:
        raise refused("must be from 0 to 999999.999999999")
    exact = Decimal(value).quantize(NANO)
    if value and not exact:
        raise refused("is less than a nano-dollar")
    return exact


_read_size = lru_cache(1024)(parse_size)


def _size(value: object) -> Size | None:
    if value is None or value == "auto":
        return None
    size = _read_size(value.replace("\u00d7", "x")) if isinstance(value, str) and value == value.lower() else None
    if size is None:
        raise refused("must be WIDTHxHEIGHT such as 1024x1536, or auto")
    return size


def lower(word: str | None) -> str | None:
    return None if word is None else word.lower()


def _theirs(source: str) -> str:
    """What people would read as ours is refused however it is written: `spend by source` keeps the two apart."""
    if source.lower() in OWN_SOURCES:
        raise refused(f"must be a name of your own: {' and '.join(OWN_SOURCES)} stand for what the bot drew itself")
    return source


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-22T09:30:00Z"]}),
]
Usd = Annotated[
    Decimal,
    BeforeValidator(exact_usd),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 999_999},
                {"type": "string", "pattern": f"^{AMOUNT.pattern}$"},
            ]
        }
    ),
]
Pixels = Annotated[
    Size | None,
    BeforeValidator(_size),
    PlainSerializer(str),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": f"^({PIXELS.pattern}|auto)$"}, {"type": "null"}], "default": None}
    ),
]


def tiers_of(batch: bool | None, tier: str | None) -> tuple[bool, str | None]:
    """Whether by batch, and else the service tier where it may have another price than the standard one."""
    if batch or (batch is None and tier == BATCH_TIER):
        return True, None
    return False, None if tier in PLAIN_TIERS else tier


def check_tiers(batch: bool | None, tier: str | None) -> None:
    """Raises PydanticCustomError."""
    if batch is False and tier == BATCH_TIER:
        raise refused("batch|is false and service_tier is batch: one of them is wrong")
    if batch and tier not in (*PLAIN_TIERS, BATCH_TIER, None):
        raise refused(f"batch|is true and service_tier is {tier}: one of them is wrong")


class GivenRecord(Given):
    """What one call, or several of one kind at one time, drew: its spec, how many images, and what it used or cost.

    `id` is yours and makes a repeat harmless; `kept` and `rejected` may follow later by a review. `images` is 0 for a
    call that was billed and brought no picture, and null where nobody counted.
    """

    id: Line
    occurred_at: Moment
    model: Line
    kind: Literal["draw", "edit"] = "draw"
    quality: Annotated[Word | None, AfterValidator(lower)] = None
    size: Pixels = None
    images: Annotated[int, Field(ge=0, le=MOST_IMAGES)] | None
    usage: GivenUsage | None = None
    svg_usage: SvgUsage | None = None
    partial_images: Judged | None = None
    usd: Usd | None = None
    batch: bool | None = None
    service_tier: Annotated[Word | None, AfterValidator(lower)] = None
    kept: Judged | None = None
    rejected: Judged | None = None
    project: Project | None = None
    person: Line | None = None
    source: Annotated[Line, AfterValidator(_theirs)] = SOURCE

    def tiers(self) -> tuple[bool, str | None]:
        return tiers_of(self.batch, self.service_tier)

    @whole(mode="after")
    def _agrees(self) -> Self:
        if self.usage is not None and self.usd is not None:
            raise refused("usd|can't be given beside usage: one of them says what it cost")
        if self.usage is not None and self.images != 0:
            if not self.usage.output_tokens:
                raise refused("usage.output_tokens|must be 1 or more")
            if self.usage.of_text:
                raise refused(f"usage|{NO_PICTURE}")
        check_tiers(self.batch, self.service_tier)
        if (self.kept or 0) + (self.rejected or 0) > (self.images or 0):
            raise refused("kept|and rejected are more than its images")
        return self


class GivenReview(Given):
    """How many of a record's images were kept and how many rejected, as it stands now."""

    kept: Judged
    rejected: Judged
    source: Line = SOURCE


class GivenVoid(Given):
    """Which of the records of that id is meant."""

    source: Line = SOURCE


def first_fault(errors: list[Any]) -> tuple[str, str]:
    """Field and reason of the first of pydantic's errors, in our words."""
    from bot.usage.strict_json import RefusedJson

    fault = errors[0]
    name = ".".join(str(part) for part in fault["loc"])
    if isinstance(fault.get("input"), RefusedJson):
        return name, fault["input"].reason
    if fault["type"] == "refused":
        field, _, reason = fault["ctx"]["reason"].rpartition("|")
        return ".".join(part for part in (name, field) if part), reason
    sentence = SAID.get(fault["type"])
    return name or "record", sentence.format(**fault.get("ctx", {})) if sentence else "can't be read"


SAID = {
    "missing": "is missing",
    "extra_forbidden": "is not a field I know",
    "string_type": "must be text",
    "string_unicode": "is not valid text",
    "string_too_short": "must not be empty",
    "string_too_long": "may have {max_length} characters at most",
    "string_pattern_mismatch": "must be one line, without control characters and without blanks around it",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "may be {le} at most",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}
