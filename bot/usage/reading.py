"""From what a stranger sent to a priced record, or the field that is wrong with it."""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.errors import BadRecord
from bot.pricing.facts import Catalog
from bot.usage.records import PriceList, Record
from bot.usage.shape import GivenRecord, GivenReview, Line, first_fault

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
        return self._priced(read)

    def _priced(self, read: GivenRecord) -> Record:
        on, size = read.occurred_at.date(), read.size
        usage = read.usage.counts() if read.usage else None
        listed = self._prices.listed(read.model, read.quality, size, on)
        priced = self._prices.priced(listed, read.images, on, usage, read.usd)
        return Record(
            read.source,
            read.id,
            read.occurred_at,
            listed.lane,
            listed.model,
            read.quality,
            size.width if size else None,
            size.height if size else None,
            read.images,
            read.kept,
            read.rejected,
            read.project,
            read.person,
            usage,
            priced.amount_nanousd,
            priced.basis,
            priced.rates,
        )


def review(given: object) -> GivenReview:
    """Raises BadRecord."""
    try:
        return GivenReview.model_validate(given)
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
