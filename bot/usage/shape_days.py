"""A line of a provider's export by UTC days as it comes in: what was used on one, or what was billed for it."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic import model_validator as whole

from bot.usage.shape import MOST_IMAGES, Moment, Pixels, Project, Word, check_tiers, exact_usd, lower, tiers_of
from bot.usage.shape_usage import Given, GivenUsage, Line, refused

DAY = timedelta(days=1)


def _whole_day(moment: datetime) -> datetime:
    if moment.time() != time():
        raise refused("must be the start of a UTC day: export by days")
    return moment


def _credited(value: object) -> Decimal:
    """What the provider gives back stands below zero."""
    if isinstance(value, str) and value.startswith("-"):
        return -exact_usd(value[1:])
    return exact_usd(value)


def _printable(text: str) -> str:
    """As a database can hold it: neither of them takes every character."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


Start = Annotated[Moment, AfterValidator(_whole_day)]
Name = Annotated[str, Field(max_length=200), AfterValidator(_printable)]


class GivenDay(Given):
    """From `occurred_at` to `until`, which is left out where a file has no such column."""

    source: Line
    occurred_at: Start
    until: Moment | None = None

    @whole(mode="after")
    def _is_one_day(self) -> Self:
        if self.until is not None and self.until - self.occurred_at != DAY:
            raise refused("until|must be a day after its start: export by days")
        return self


class GivenBucketLine(GivenDay):
    """Pictures of a day (`images`), or tokens of it (`usage`), by whatever ids the export is grouped by."""

    model: Line
    images: Annotated[int, Field(ge=0, le=MOST_IMAGES)] | None = None
    kind: Literal["draw", "edit"] = "draw"
    size: Pixels = None
    usage: GivenUsage | None = None
    batch: bool | None = None
    service_tier: Annotated[Word | None, AfterValidator(lower)] = None
    project: Project | None = None
    person: Line | None = None
    key: Line | None = None

    @whole(mode="after")
    def _agrees(self) -> Self:
        if self.images is None and self.usage is None:
            raise refused("images|is missing")
        check_tiers(self.batch, self.service_tier)
        return self

    def tier(self) -> tuple[bool, str | None]:
        return tiers_of(self.batch, self.service_tier)


class GivenBillLine(GivenDay):
    """What was billed for one item, in USD."""

    usd: Annotated[Decimal, BeforeValidator(_credited)]
    item: Name = ""
    project: Name = ""
