"""`imagelane models diff`: OpenAI's own list, as it was read last, beside our facts and beside an earlier one."""

from dataclasses import dataclass
from datetime import date

from bot.lanes.listed import KeptList, ListDifference, changes, differences
from bot.ledger import model_lists
from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog


@dataclass(frozen=True)
class ModelsDiff:
    """`listed_on` is the day the list is of, None where none was read; `since` that of the earlier list."""

    checked_on: date
    listed_on: date | None
    differences: tuple[ListDifference, ...]
    since: date | None = None
    changes: tuple[ListDifference, ...] = ()


def diff(store: Ledger, catalog: Catalog, today: date, since: date | None) -> ModelsDiff:
    """The earlier list is the newest by the day `since`, or the oldest that is kept."""
    lists = [one for one in store.read(model_lists.kept) if one.day <= today]
    if not lists:
        return ModelsDiff(catalog.checked_on, None, ())
    newest = lists[-1]
    rows = differences(catalog, lists, today)
    if since is None:
        return ModelsDiff(catalog.checked_on, newest.day, rows)
    earlier = _as_of(lists, since)
    return ModelsDiff(catalog.checked_on, newest.day, rows, earlier.day, changes(earlier.models, newest.models))


def _as_of(lists: list[KeptList], day: date) -> KeptList:
    return next((one for one in reversed(lists) if one.day <= day), lists[0])
