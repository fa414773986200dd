"""/metrics: what should be done by now, and what the database refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot import wiring
from bot.clock import Clock
from bot.digest.rows import DigestRows, PostPlace
from bot.digest.schedule import Schedule, closed_week, slot
from bot.entrypoints.http import served
from bot.entrypoints.http.metrics import Overdue
from bot.errors import StoreBusy
from bot.ledger import workspaces as ledger_workspaces
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Uncertain
from bot.ledger.tables import workspaces
from bot.samples import jobs as samples_jobs
from bot.settings import Settings
from bot.store.engine import writing
from tests.entrypoints.test_metrics import ask, scrape
from tests.kit import wishes
from tests.kit.books import installed
from tests.kit.clock import moment, standing
from tests.kit.wishes import LEASE, NEEDED, NOW

MONDAY = Schedule("T1", "C1", 0, 9, 0, "UTC", "U1", NOW - timedelta(days=30))


@pytest.fixture
def house(database_url: str) -> Iterator[wiring.House]:
    built = wiring.build(Settings(_env_file=None), database_url)
    yield replace(built, clock=standing(NOW, LEASE))
    for end in (built.enqueuer.close, built.store.close, built.quick.close):
        end()


def late(house: wiring.House) -> Overdue:
    figures = served.figures(house)()
    assert figures is not None
    return figures.late


def test_where_nothing_waits_nothing_is_late(house: wiring.House) -> None:
    wishes.paid(house.store)
    assert late(house) == Overdue(job_seconds={"draw": 0.0, "quick": 0.0})


def test_a_job_that_nobody_takes_grows_older(house: wiring.House) -> None:
    house.enqueuer.enqueue_now(samples_jobs.place("T1:d1", "T1", "d1"))
    started = Clock().real()
    house.enqueuer.enqueue_now(samples_jobs.place("T1:d2", "T1", "d2"))
    later = replace(house, clock=standing(NOW, started + timedelta(hours=1)))
    ages = late(later).job_seconds
    assert ages["draw"] == 0
    assert ages["quick"] >= 3600  # the age of the first, not of the second


def test_a_call_is_late_once_its_lease_has_ended_and_not_before(house: wiring.House) -> None:
    wishes.called(house.store)
    assert late(house).holds == 1
    assert late(replace(house, clock=standing(NOW, LEASE - timedelta(seconds=1)))).holds == 0


def test_what_is_perhaps_billed_is_told_in_dollars_until_it_is_known(house: wiring.House) -> None:
    for team_id in ("T1", "T2"):
        row = wishes.called(house.store, team_id=team_id)
        house.store.settle(team_id, row.id, Uncertain("no_answer"), moment(NOW))
    wishes.paid(house.store)
    assert late(house).uncertain_usd == 2 * Decimal(NEEDED) / 10**9
    house.store.settle("T2", row.id, wishes.PAID, moment(NOW))
    assert late(house).uncertain_usd == Decimal(NEEDED) / 10**9


def post(store: Ledger, week: str) -> PostPlace:
    place = PostPlace("T1", "C1", week)
    assert DigestRows(store.engine).claim(place, "worker-1", NOW)
    return place


def failed(store: Ledger, place: PostPlace) -> None:
    DigestRows(store.engine).failed(place)


def posted(store: Ledger, place: PostPlace) -> None:
    DigestRows(store.engine).posted(place, "1.0", NOW, 0)


def refused(store: Ledger, place: PostPlace) -> None:
    DigestRows(store.engine).refused(place)


def nothing(store: Ledger, place: PostPlace) -> None:
    """It is still being posted, by a process that died."""


@pytest.mark.parametrize(("ended", "is_late"), [(failed, True), (posted, False), (refused, False), (nothing, True)])
def test_a_digest_is_late_from_its_time_until_it_is_posted_or_refused(
    house: wiring.House, ended: Callable[[Ledger, PostPlace], None], is_late: bool
) -> None:
    house.store.write(ledger_workspaces.remember, "T1", "Sample", "U0")
    DigestRows(house.store.engine).set(MONDAY)
    week = closed_week(NOW, ZoneInfo("UTC"))
    at = replace(house, clock=standing(slot(MONDAY, week) + timedelta(hours=3), LEASE))
    assert late(at).digest_seconds == 3 * 3600
    ended(house.store, post(house.store, week.words()))
    assert late(at).digest_seconds == (3 * 3600 if is_late else 0)


# Errors of the database


def counted(store: Ledger) -> list[str]:
    errors: list[str] = []
    store.on_error(lambda: errors.append("error"))
    return errors


def broken(store: Ledger) -> None:
    with writing(store.engine) as connection:
        connection.execute(sa.text("ALTER TABLE workspaces RENAME TO lost"))


def test_an_error_of_the_database_is_counted_and_a_row_that_was_there_already_is_none(store: Ledger) -> None:
    errors = counted(store)
    row = sa.insert(workspaces).values(team_id="T1", name="Sample")
    for _ in range(2):
        try:
            with writing(store.engine) as connection:
                connection.execute(row)
        except sa.exc.IntegrityError:
            assert errors == []
    broken(store)
    assert errors == []
    assert not store.reachable()
    assert errors == ["error"]


def test_waiting_for_a_row_that_somebody_holds_is_no_error_of_postgresql(postgres_url: str) -> None:
    one, other = open_ledger(postgres_url, 5), open_ledger(postgres_url, 0.2)
    errors, row = counted(other), sa.text("LOCK TABLE workspaces")
    try:
        with writing(one.engine) as connection:
            connection.execute(row)
            with pytest.raises(StoreBusy), writing(other.engine) as late_comer:
                late_comer.execute(row)
        assert errors == []
    finally:
        one.close()
        other.close()


def test_a_server_that_is_gone_is_an_error(tmp_path: Path) -> None:
    store = open_ledger(f"postgresql://sample@/x?host={tmp_path}", 0.2)
    errors = counted(store)
    assert not store.reachable()
    assert errors == ["error"]


def test_the_web_process_tells_how_many_errors_it_met(database_url: str, tmp_path: Path) -> None:
    with installed(database_url, tmp_path) as house:
        house.start("web")
        assert scrape(house.bot.url)["imagelane_store_errors_total"] == 0
        broken(house.store)
        assert ask(house.bot.url, "/readyz")[0] == 503
        assert scrape(house.bot.url)["imagelane_store_errors_total"] >= 1
