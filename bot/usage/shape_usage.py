"""The token counts a call reports, as they come in: of the Images API, of the image tool, and of an SVG."""

from typing import Annotated, Self

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
)
from pydantic import model_validator as whole
from pydantic_core import PydanticCustomError

from bot.pricing.usage import Usage

MOST_TOKENS = 10_000_000_000


# One line without control characters, and without blanks around it.
LINE = (
    r"^[^\s\x00-\x1f\x7f-\x9f]"
    r"([^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\s\x00-\x1f\x7f-\x9f])?$"
)


Line = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]


Tokens = Annotated[int, Field(ge=0, le=MOST_TOKENS)]


def refused(reason: str) -> PydanticCustomError:
    """`reason` follows the name of the field: "must be ..."."""
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


class Given(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True)


class CachedDetails(Given, extra="ignore"):
    """`cached_text_tokens` as the image tool says it, `text_tokens` as it stands within input_tokens_details."""

    cached_text_tokens: Tokens = Field(default=0, validation_alias=AliasChoices("cached_text_tokens", "text_tokens"))
    cached_image_tokens: Tokens = Field(default=0, validation_alias=AliasChoices("cached_image_tokens", "image_tokens"))


class InputDetails(Given, extra="ignore"):
    text_tokens: Tokens = 0
    image_tokens: Tokens = 0
    cached_tokens: Tokens = 0
    cached_tokens_details: CachedDetails | None = None


class OutputDetails(Given, extra="ignore"):
    text_tokens: Tokens = 0
    image_tokens: Tokens = 0


class GivenUsage(Given, extra="ignore"):
    """`usage` of the Images API, or `tool_usage.image_gen` of a response, as it came; for all images of the record
    together. Partial images are part of the output tokens."""

    input_tokens: Tokens = 0
    output_tokens: Tokens
    total_tokens: Tokens | None = None
    input_tokens_details: InputDetails | None = None
    output_tokens_details: OutputDetails | None = None
    cached_tokens: Tokens | None = None
    cached_tokens_details: CachedDetails | None = None

    @whole(mode="after")
    def _adds_up(self) -> Self:
        took, gave = self.input_tokens_details, self.output_tokens_details
        if took is not None and took.text_tokens + took.image_tokens > self.input_tokens:
            raise refused("has more input tokens in its details than in all")
        if gave is not None and gave.text_tokens + gave.image_tokens > self.output_tokens:
            raise refused("has more output tokens in its details than in all")
        if self.total_tokens is not None and self.total_tokens != self.input_tokens + self.output_tokens:
            raise refused("has a total that is not its input and output tokens")
        self._check_cached()
        return self

    def _check_cached(self) -> None:
        counts = self.counts()
        if counts.text_in_cached > counts.text_in or counts.image_in_cached > counts.image_in:
            raise refused("has more cached tokens of a kind than input tokens of it")
        told = max(self.cached_tokens or 0, self.input_tokens_details.cached_tokens if self.input_tokens_details else 0)
        if told != counts.text_in_cached + counts.image_in_cached and told:
            raise refused("has cached tokens without their kinds: say them in cached_tokens_details")

    @property
    def of_text(self) -> bool:
        """Whether its details say that no picture came of it."""
        gave, took = self.output_tokens_details, self.input_tokens_details
        if gave is not None:
            return not gave.image_tokens
        if took is None or not self.input_tokens or took.text_tokens + took.image_tokens:
            return False
        return "text_tokens" in took.model_fields_set or "image_tokens" not in took.model_fields_set

    @property
    def tells_kinds(self) -> bool:
        return self.input_tokens_details is not None or self.output_tokens_details is not None

    def counts(self, edit: bool = False) -> Usage:
        """Tokens that the details leave out are counted where they most likely belong: output as image, input as text,
        and the input of an `edit` as image, which is dearer."""
        took = self.input_tokens_details or InputDetails(image_tokens=self.input_tokens if edit else 0)
        image_in = took.image_tokens
        text_out = self.output_tokens_details.text_tokens if self.output_tokens_details else 0
        text_cached, image_cached = self._cached(took)
        return Usage(
            text_in=self.input_tokens - image_in,
            image_in=image_in,
            image_out=self.output_tokens - text_out,
            text_out=text_out,
            text_in_cached=text_cached,
            image_in_cached=image_cached,
        )

    def _cached(self, took: InputDetails) -> tuple[int, int]:
        """Text and image; a count without kinds is of the only kind there is."""
        kinds = self.cached_tokens_details or took.cached_tokens_details
        if kinds is not None:
            return kinds.cached_text_tokens, kinds.cached_image_tokens
        count = self.cached_tokens or took.cached_tokens
        if count == self.input_tokens:
            return count - took.image_tokens, took.image_tokens
        if not took.image_tokens:
            return count, 0
        return (0, count) if took.image_tokens == self.input_tokens else (0, 0)


class SvgUsage(Given, extra="ignore"):
    """What writing an SVG took: billed separately, by the tokens of the model that wrote it."""

    model: Line
    input_tokens: Tokens
    output_tokens: Tokens
