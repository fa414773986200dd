"""From what a stranger sent to a priced record, or the field that is wrong with it."""

from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.pricing import Size
from bot.pricing.facts import Catalog
from bot.usage.buckets import BucketGroup, BucketLine, CountedPictures, MeteredTokens
from bot.usage.errors import BadRecord
from bot.usage.prices import BilledCall, Listed, PriceList, tier_of
from bot.usage.records import BillLine, Record
from bot.usage.shape import NO_PICTURE, GivenRecord, first_fault
from bot.usage.shape_days import GivenBillLine, GivenBucketLine
from bot.usage.shape_usage import Given, Line

G = TypeVar("G", bound=Given)

LEAST_SHARE = 0.3  # of the tokens its pictures must have taken
LEAST_TOKENS = 196  # of any picture: low and square on gpt-image-2 and 2.5
MOST_PROMPT = 4  # times as many tokens as the pictures of it: more is what a conversation has
_LINE: TypeAdapter[str] = TypeAdapter(Line)


class Desk:
    """Reads records and prices them by the catalogue, each spec of a day looked up once."""

    def __init__(self, catalog: Catalog) -> None:
        self._prices = PriceList(catalog)

    def record(self, given: object, now: datetime, index: int | None = None) -> Record:
        """`given`: a dict of JSON values. Raises BadRecord, which names the field and the place in the list."""
        try:
            read = GivenRecord.model_validate(given, context={"now": now})
        except ValidationError as wrong:
            raise BadRecord(*_fault(wrong), index) from None
        return self._priced(read, index)

    def _priced(self, read: GivenRecord, index: int | None) -> Record:
        """Raises BadRecord for a usage that is not of its pictures."""
        batch, tier = read.tiers()
        call, size, svg = _call(read, tier_of(batch, tier)), read.size, read.svg_usage
        listed = self._prices.listed(call)
        if _too_little(listed, read):
            raise BadRecord("usage", NO_PICTURE, index)
        priced = self._prices.priced(call, listed)
        return Record(
            read.source,
            read.id,
            read.occurred_at,
            None,
            listed.lane,
            listed.model,
            read.kind,
            read.quality,
            size.width if size else None,
            size.height if size else None,
            read.images,
            read.kept,
            read.rejected,
            read.project,
            read.person,
            batch,
            tier,
            call.usage,
            priced.amount_nanousd,
            priced.basis,
            priced.rates,
            svg.model_dump_json() if svg else None,
            read.partial_images,
            listed.reseller,
            read.model.lower(),
            priced.unknown,
        )

    def reprice(self, record: Record) -> Record:
        """The same record at what is known by now."""
        size = None if record.width is None or record.height is None else Size(record.width, record.height)
        on, tier = record.occurred_at.date(), tier_of(record.batch, record.tier)
        spec = (record.model, record.quality, size, record.images, on, tier)
        call = BilledCall(*spec, record.usage, None, record.partial_images, record.svg_usage is not None)
        listed = self._prices.listed(call)
        priced = self._prices.priced(call, listed)
        return record._replace(
            lane=listed.lane,
            model=listed.model,
            amount_nanousd=priced.amount_nanousd,
            basis=priced.basis,
            rates=priced.rates,
            unknown=priced.unknown,
        )


def _call(read: GivenRecord, tier: str) -> BilledCall:
    usage = read.usage.counts(read.kind == "edit") if read.usage else None
    return BilledCall(
        read.model,
        read.quality,
        read.size,
        read.images,
        read.occurred_at.date(),
        tier,
        usage,
        read.usd,
        read.partial_images,
        read.svg_usage is not None,
    )


def _too_little(listed: Listed, read: GivenRecord) -> bool:
    """Whether the output tokens of a bare usage can't be of its pictures: what a text model used is far less."""
    usage = read.usage
    if usage is None or usage.tells_kinds or read.images == 0:
        return False
    if read.kind == "draw" and usage.input_tokens > MOST_PROMPT * usage.output_tokens:
        return True
    return usage.output_tokens < LEAST_SHARE * (listed.tokens or LEAST_TOKENS) * (read.images or 1)


def bucket_line(given: object, now: datetime) -> BucketLine:
    """`given`: a dict of JSON values. Raises BadRecord."""
    read = checked(GivenBucketLine, given, now)
    ids = (read.project or "", read.person or "", read.key or "")
    group = BucketGroup(read.occurred_at.date(), read.model.lower(), *ids)
    if read.images is not None or read.usage is None:
        return CountedPictures(group, read.images or 0, read.size, read.kind)
    return MeteredTokens(group, read.tier(), read.usage.counts())


def bill_line(given: object, now: datetime) -> BillLine:
    """`given`: a dict of JSON values. Raises BadRecord."""
    read = checked(GivenBillLine, given, now)
    return BillLine(read.occurred_at, read.project, read.item, read.usd)


def checked(shape: type[G], given: object, now: datetime | None = None) -> G:
    """`now` is for what has a moment. Raises BadRecord."""
    try:
        return shape.model_validate(given, context={"now": now})
    except ValidationError as wrong:
        raise BadRecord(*_fault(wrong)) from None


def could_be_id(text: str) -> bool:
    """False for what no record was ever stored under, and no database would be asked for."""
    try:
        _LINE.validate_python(text)
    except ValidationError:
        return False
    return True


def _fault(wrong: ValidationError) -> tuple[str, str]:
    errors: list[Any] = wrong.errors(include_url=False)
    return first_fault(errors)
