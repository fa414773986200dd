"""Sample usage records, put straight into their table: what pipelines report, without the way in."""

from itertools import count
from typing import Any

from sqlalchemy import insert

from bot.ledger.ledger import Ledger
from bot.ledger.usage_tables import usage_records
from tests.kit.wishes import CENT, NOW

_numbers = count()


def record(**changes: Any) -> dict[str, Any]:
    """A row of its own each time, unless `id` says otherwise: four images at a cent each, nobody's verdict yet."""
    plain = {
        "team_id": "T1",
        "source": "sample-pipeline",
        "id": f"record-{next(_numbers)}",
        "revision": 1,
        "occurred_at": NOW,
        "received_at": NOW,
        "lane": "budget",
        "model": "gpt-image-2.5-flare",
        "kind": "draw",
        "quality": "medium",
        "width": 1024,
        "height": 1024,
        "images": 4,
        "kept": None,
        "rejected": None,
        "reviewed_at": None,
        "project": None,
        "person_id": None,
        "batch": False,
        "amount_nanousd": 4 * CENT,
        "basis": "reported",
        "rates": None,
        "ended_at": None,
        "ended_by": None,
        "reason": None,
    }
    return plain | changes


def put(store: Ledger, *records: dict[str, Any]) -> None:
    with store.transaction() as connection:
        connection.execute(insert(usage_records), list(records))
