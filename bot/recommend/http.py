"""GET /v1/lanes: from a query string to the answer that `imagelane lanes` gives with --json."""

from datetime import date
from typing import Any

from bot.errors import NotUnderstood
from bot.grammar.fields import Query, named_fields
from bot.printing import plain_json
from bot.recommend.programs import LaneDesk


def lanes(desk: LaneDesk, query: Query, today: date) -> dict[str, Any]:
    """Raises NotUnderstood, NoLanes."""
    accept = named_fields(query, ("accept",)).get("accept", "")
    if accept not in ("", "next"):
        raise NotUnderstood("I read accept=next here, which takes announced changes before their day.")
    return plain_json.as_json(desk.lanes(today, accept == "next"))
