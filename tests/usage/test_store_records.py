"""What a usage record may not say, whoever writes it."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.ledger.ledger import Ledger
from tests.kit import cells
from tests.kit.records import put, record

UNPRICED = {"amount_nanousd": None, "basis": "unknown"}


REVIEWED = [{"kept": 0, "rejected": 0}, {"kept": 4}, {"rejected": 4}, {"kept": 1, "rejected": 3}]


def test_a_record_that_adds_up_is_taken(store: Ledger) -> None:
    def is_taken(changes: dict[str, Any]) -> None:
        put(store, record(**changes))

    cells.hold([{}, UNPRICED, {"images": 1}, {"images": 0}, {"images": None}, {"quality": None}, *REVIEWED], is_taken)


CONTRADICTIONS: list[dict[str, Any]] = [
    {"images": -1},
    {"images": 0, "kept": 1},
    {"images": None, "rejected": 1},
    {"kept": -1},
    {"rejected": -1},
    {"kept": 5},
    {"rejected": 5},
    {"kept": 2, "rejected": 3},
    {"basis": "guessed"},
    {"amount_nanousd": None},
    {"basis": "unknown"},
]


def test_a_record_that_contradicts_itself_is_refused(store: Ledger) -> None:
    def is_refused(changes: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError):
            put(store, record(**changes))

    cells.hold(CONTRADICTIONS, is_refused)


def test_R60_the_same_record_of_the_same_source_is_there_once(store: Ledger) -> None:
    put(store, record(id="1"), record(id="1", source="another-pipeline"), record(id="1", team_id="T2"))
    with pytest.raises(IntegrityError):
        put(store, record(id="1"))
