"""Jobs that wait for one team's locked row keep nobody else from an ack."""

import threading

import sqlalchemy as sa

from bot.ledger import settlement
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.tables import budget_periods
from tests.kit.clock import moment
from tests.kit.waiting import until
from tests.kit.wishes import LIMITS, NOW, called, wish

JOBS = 8
WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def waiting(store: Ledger) -> int:
    """In a transaction of its own each time: within one, PostgreSQL lists the connections of its first look."""
    with store.engine.connect() as looking:
        return int(looking.execute(WAITING).scalar_one())


def test_jobs_held_up_by_one_team_leave_the_acks_of_another_alone(postgres_url: str) -> None:
    for_jobs, for_acks = open_ledger(postgres_url, busy_seconds=30), open_ledger(postgres_url, busy_seconds=1)
    rows = [called(for_jobs) for _ in range(JOBS)]
    with for_acks.engine.connect() as outside:
        outside.execute(sa.select(budget_periods).with_for_update())
        held_up = [
            threading.Thread(target=for_jobs.write, args=(settlement.release, "T1", row.drawing_id, "x", NOW))
            for row in rows
        ]
        for thread in held_up:
            thread.start()
        until(lambda: waiting(for_acks) >= 4)
        _, fresh = for_acks.admit(wish(team_id="T2"), LIMITS, moment(NOW))
        outside.rollback()
    assert fresh
    for thread in held_up:
        thread.join(30)
    for_jobs.close()
    for_acks.close()
