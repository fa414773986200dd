"""From what a stranger sent to a priced record, or the field that is wrong with it."""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.errors import BadRecord
from bot.pricing.facts import Catalog
from bot.usage.prices import PriceList, too_little
from bot.usage.records import Record
from bot.usage.shape import NO_PICTURE, GivenRecord, GivenReview, GivenVoid, Line, first_fault

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
        listed = self._prices.listed(read)
        if too_little(listed, read):
            raise BadRecord("usage", NO_PICTURE, index)
        priced, size, svg = self._prices.priced(listed, read), read.size, read.svg_usage
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
            read.batched,
            read.tier,
            read.usage.counts() if read.usage else None,
            priced.amount_nanousd,
            priced.basis,
            priced.rates,
            svg.model_dump_json() if svg else None,
            read.partial_images,
            read.model.lower(),
            priced.unknown,
        )


def review(given: object) -> GivenReview:
    """Raises BadRecord."""
    try:
        return GivenReview.model_validate(given)
    except ValidationError as wrong:
        raise BadRecord(*_fault(wrong)) from None


def void(given: object) -> GivenVoid:
    """Raises BadRecord."""
    try:
        return GivenVoid.model_validate(given)
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
