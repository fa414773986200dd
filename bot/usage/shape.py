"""A usage record as it comes in, from HTTP or CSV: checked field by field, nothing guessed.

Nothing is ignored but what OpenAI may add to its own `usage`: it is parts of the counts that are read here.
"""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic import model_validator as whole
from pydantic_core import PydanticCustomError

from bot.errors import BadNumber
from bot.grammar import numbers
from bot.ledger.limits import PROJECT_LETTERS
from bot.ledger.pictures import OWN_SOURCES
from bot.pricing.sizes import PIXELS, parse_size
from bot.pricing.spec import Size
from bot.pricing.usage import Usage

FIRST_MOMENT = datetime(2022, 1, 1, tzinfo=UTC)  # before the first image model of the API
AHEAD = timedelta(days=1)  # a clock may be wrong, and zones may be mixed up, by that much
MOST_USD, NANO = Decimal("999999.999999999"), Decimal("0.000000001")
MOST_TOKENS = 10_000_000_000
MOST_IMAGES = 999_999
SOURCE = "api"

# One line without control characters, and without blanks around it.
LINE = (
    r"^[^\s\x00-\x1f\x7f-\x9f]"
    r"([^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\s\x00-\x1f\x7f-\x9f])?$"
)
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)

Line = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
Project = Annotated[str, Field(min_length=1, max_length=PROJECT_LETTERS, pattern=LINE)]
Word = Annotated[str, Field(min_length=1, max_length=40, pattern=LINE)]
Judged = Annotated[int, Field(ge=0, le=MOST_IMAGES)]
Tokens = Annotated[int, Field(ge=0, le=MOST_TOKENS)]


def refused(reason: str) -> PydanticCustomError:
    """`reason` follows the name of the field: "must be ..."."""
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


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


def _usd(value: object) -> Decimal:
    """Text by the strict parser; a JSON number to the nano-dollar, since one that was added up trails such digits."""
    if isinstance(value, str):
        try:
            return numbers.exact_usd(value)
        except BadNumber:
            raise refused("must be an amount like 12.50 or 0.04173, up to 999999.999999999") from None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refused("must be an amount like 12.50 or 0.04173")
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
    size = _read_size(value) if isinstance(value, str) and value == value.lower() else None
    if size is None:
        raise refused("must be WIDTHxHEIGHT such as 1024x1536, or auto")
    return size


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
    BeforeValidator(_usd),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 999_999},
                {"type": "string", "pattern": r"^[0-9]{1,6}(\.[0-9]{1,9})?$"},
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


class Given(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True)


class InputDetails(Given, extra="ignore"):
    text_tokens: Tokens = 0
    image_tokens: Tokens = 0


class OutputDetails(Given, extra="ignore"):
    text_tokens: Tokens = 0
    image_tokens: Tokens = 0


class GivenUsage(Given, extra="ignore"):
    """`usage` of the Images API as it came, for all images of the record together."""

    input_tokens: Tokens
    output_tokens: Annotated[int, Field(ge=1, le=MOST_TOKENS)]
    total_tokens: Tokens | None = None
    input_tokens_details: InputDetails | None = None
    output_tokens_details: OutputDetails | None = None

    @whole(mode="after")
    def _adds_up(self) -> Self:
        took, gave = self.input_tokens_details, self.output_tokens_details
        if took is not None and took.text_tokens + took.image_tokens > self.input_tokens:
            raise refused("has more input tokens in its details than in all")
        if gave is not None and gave.text_tokens + gave.image_tokens > self.output_tokens:
            raise refused("has more output tokens in its details than in all")
        if self.total_tokens is not None and self.total_tokens != self.input_tokens + self.output_tokens:
            raise refused("has a total that is not its input and output tokens")
        return self

    def counts(self) -> Usage:
        """Tokens that the details leave out are counted at the dearer kind's place: output as image, input as text."""
        image_in = self.input_tokens_details.image_tokens if self.input_tokens_details else 0
        text_out = self.output_tokens_details.text_tokens if self.output_tokens_details else 0
        return Usage(
            text_in=self.input_tokens - image_in,
            image_in=image_in,
            image_out=self.output_tokens - text_out,
            text_out=text_out,
        )


class GivenRecord(Given):
    """What one call, or several of one kind at one time, drew: its spec, how many images, and what it used or cost.

    `id` is yours and makes a repeat harmless; `kept` and `rejected` may follow later by a review.
    """

    id: Line
    occurred_at: Moment
    model: Line
    quality: Word
    size: Pixels = None
    images: Annotated[int, Field(ge=1, le=MOST_IMAGES)]
    usage: GivenUsage | None = None
    usd: Usd | None = None
    kept: Judged | None = None
    rejected: Judged | None = None
    project: Project | None = None
    person: Line | None = None
    source: Annotated[Line, AfterValidator(_theirs)] = SOURCE

    @whole(mode="after")
    def _agrees(self) -> Self:
        if self.usage is not None and self.usd is not None:
            raise refused("usd|can't be given beside usage: one of them says what it cost")
        if (self.kept or 0) + (self.rejected or 0) > self.images:
            raise refused("kept|and rejected are more than its images")
        return self


class GivenReview(Given):
    """How many of a record's images were kept and how many rejected, as it stands now."""

    kept: Judged
    rejected: Judged
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
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "may be {le} at most",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}
