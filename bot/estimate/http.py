"""GET /v1/estimate: from a query string to the answer that `estimate` gives with --json."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.bench.own import NOTHING_OWN, Own
from bot.estimate import answer as estimate_answer
from bot.estimate.command import from_fields
from bot.grammar.fields import Query, named_fields
from bot.grammar.vocabulary import vocabulary
from bot.pricing.facts import Catalog
from bot.printing import plain_json

FIELDS = ("count", "quality", "size", "of", "batch", "keep")


def answer(catalog: Catalog, query: Query, today: date, own: Callable[[], Own], horizon_days: int) -> dict[str, Any]:
    """`own` is asked where keep=own is. Raises NotUnderstood, and what an estimate raises."""
    fields = named_fields(query, FIELDS)
    command = from_fields(vocabulary(catalog, today), *(fields.get(name, "") for name in FIELDS))
    mine = own() if command.keep_own else NOTHING_OWN
    return plain_json.as_json(estimate_answer.estimate(catalog, command, today, mine, horizon_days))
