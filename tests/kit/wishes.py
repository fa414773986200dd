"""Sample wishes for tests of the store, and the short ways through a generation's states."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.ledger import settlement
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, Generation, Limits, Paid, Wish, Wished
from bot.pricing.spec import ImageSpec, Size
from tests.kit.clock import moment

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LEASE = NOW + timedelta(minutes=10)
CENT = 10_000_000
NEEDED = 34_000_000  # $0.034, the figure of R57
LIMITS = Limits("2026-11", limit_nanousd=1_000_000_000, per_minute=1000, per_hour=1000, queue=1000, week="2026-W47")
SPEC = ImageSpec("gpt-image-2.5-flare", "medium", Size(1024, 1024))
IMAGE = Wished("budget", SPEC, expected_nanousd=3 * CENT, reserved_nanousd=NEEDED)
PAID = Paid(2 * CENT, None, "medium", "1024x1024", "req_sample")

_numbers = count()


def wish(**changes: Any) -> Wish:
    """A new click each time, unless `request_key` says otherwise."""
    plain = Wish(
        team_id="T1",
        request_key=f"click-{next(_numbers)}",
        person_id="U1",
        channel_id="C1",
        thread_ts=None,
        reply_url="https://hooks.slack.com/commands/sample",
        source="slack",
        prompt="a red kite",
        images=(IMAGE,),
        demo=False,
    )
    return replace(plain, **changes)


def placed(store: Ledger, **changes: Any) -> Drawing:
    drawing, _ = store.admit(wish(**changes), LIMITS, moment(NOW))
    return store.write(settlement.placed, drawing.team_id, drawing.id, "1763800000.000100", NOW)


def called(store: Ledger, owner: str = "worker-1", **changes: Any) -> Generation:
    first = placed(store, **changes).generations[0]
    claimed = store.write(settlement.claim, first.team_id, first.id, owner, LEASE, NOW)
    assert claimed is not None
    return claimed


def paid(store: Ledger, **changes: Any) -> Generation:
    row = called(store, **changes)
    return store.settle(row.team_id, row.id, PAID, moment(NOW))


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all in the same instant, each in its own thread; their results, or the errors they raised."""
    gate = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        gate.wait(30)
        try:
            results[place] = work()
        except Exception as error:  # noqa: BLE001 - handed to the test, which expects some
            results[place] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
