"""`imagelane budget requests` in a terminal: what waits, in words and as JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.budgets import rows_requests
from bot.entrypoints.cli import main
from bot.errors import Shortfall
from bot.ledger.ledger import open_ledger
from bot.ledger.workspaces import LOCAL
from tests.budgets.test_requests import REQUEST
from tests.entrypoints.test_terminal import a_place_of_its_own

__all__ = ["a_place_of_its_own"]


def test_what_waits_for_more_is_told_to_who_runs_the_bot(
    a_place_of_its_own: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["budget", "requests"]) == 0
    assert capsys.readouterr().out == "Nobody waits for more.\n"
    store, now = open_ledger("sqlite:///var/imagelane.db", 10), datetime.now(UTC)
    short = Shortfall("channel", "C02ART77", "week", "2026-W47", 35_000_000)
    for number, hours in enumerate((-1, 2, 3)):
        until = now + timedelta(hours=hours)
        new = replace(
            REQUEST,
            team_id=LOCAL,
            id=f"waits{number}",
            words=f"try {number}",
            shortfalls=(short,),
            asked_at=now - timedelta(hours=9 - number),
            until=until,
        )
        store.write(rows_requests.ask, new, lambda _connection, _about: None)
    store.close()
    assert main(["budget", "requests", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["waiting"]
    assert [(one["id"], one["usd"], one["person_id"], one["asked"]) for one in told] == [
        ("waits1", "0.04", "U01ANA77", ["U02BEN77"]),
        ("waits2", "0.04", "U01ANA77", ["U02BEN77"]),
    ]
    assert main(["budget", "requests"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("2 requests for more wait, @U01ANA77's the longest.\n")
    assert printed.count("$0.04  in #C02ART77") == 2
