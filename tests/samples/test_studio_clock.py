"""Under a moved clock: people's time dates what they got, real time what is waited for."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import Paused, SlowDown
from bot.ledger import questions
from bot.ledger.admission import SAME_INSTANT
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.ledger.tables import charges, generations
from bot.store.engine import reading
from tests.kit import far_openai_trouble as trouble
from tests.kit.at_work import at_work
from tests.kit.clock import moment
from tests.kit.wishes import LEASE, LIMITS, NOW, PAID, called, wish

WEEK, SECOND = timedelta(weeks=1), timedelta(seconds=1)
SAMPLE = "Sample reason."


@pytest.mark.parametrize("moved", [WEEK, -WEEK])
def test_a_picture_is_dated_by_peoples_clock_and_its_states_by_real_time(
    store: Ledger, tmp_path: Path, moved: timedelta
) -> None:
    with at_work(store, tmp_path, moved=moved) as work:
        row = work.drawn().generations[0]
        assert (row.state, row.created_at, row.drawn_at) == (PictureState.DELIVERED, NOW + moved, NOW + moved)
    with reading(store.engine) as connection:
        assert connection.execute(sa.select(charges.c.at)).scalars().all() == [NOW + moved]
        assert connection.execute(sa.select(generations.c.state_at)).scalars().all() == [NOW]


@pytest.mark.parametrize("moved", [WEEK, -WEEK])
def test_a_drawing_waits_as_long_as_ever_before_it_counts_as_stuck(store: Ledger, moved: timedelta) -> None:
    store.admit(wish(), LIMITS, moment(NOW + moved, NOW))
    late = NOW + timedelta(minutes=15)
    assert store.read(questions.stuck, late - SECOND) == ()
    assert len(store.read(questions.stuck, late)) == 1


def test_a_paid_picture_is_handed_over_within_a_day_of_real_time(store: Ledger) -> None:
    row = called(store)
    store.settle(row.team_id, row.id, PAID, moment(NOW + WEEK, NOW))
    assert len(store.read(questions.stuck, NOW + timedelta(minutes=2))) == 1
    assert store.read(questions.stuck, NOW + timedelta(days=1)) == ()


@pytest.mark.parametrize("moved", [WEEK, -WEEK])
def test_a_lease_is_ten_minutes_of_real_time(quick_store: Ledger, tmp_path: Path, moved: timedelta) -> None:
    with at_work(quick_store, tmp_path, moved=moved) as work:
        drawing = work.placed()
        leases = []
        work.openai.rule = lambda _: leases.append(work.lease(drawing))
        work.run()
        assert leases == [LEASE]


@pytest.mark.parametrize("moved", [WEEK, -WEEK])
def test_a_pause_lasts_its_real_time(quick_store: Ledger, tmp_path: Path, moved: timedelta) -> None:
    with at_work(quick_store, tmp_path, moved=moved) as work:
        work.openai.next(trouble.out_of_money())
        work.drawn("a red kite")
        with pytest.raises(Paused):
            work.ask("a blue kite")
        work.pass_time(minutes=10)
        assert work.drawn("a green kite").generations[0].state is PictureState.DELIVERED


def test_what_a_moved_clock_dated_locks_nobody_out_once_it_stands_right_again(store: Ledger) -> None:
    hasty = replace(LIMITS, per_minute=1, per_hour=1)
    store.admit(wish(), hasty, moment(NOW + WEEK, NOW))
    with pytest.raises(SlowDown):
        store.admit(wish(), hasty, moment(NOW + WEEK, NOW))
    assert store.admit(wish(), hasty, moment(NOW))[1]


@pytest.mark.parametrize(("ahead", "counted"), [(SAME_INSTANT - SECOND, True), (SAME_INSTANT, False)])
def test_commands_dated_a_little_later_count_as_sent_in_the_same_instant(
    store: Ledger, ahead: timedelta, counted: bool
) -> None:
    hasty = replace(LIMITS, per_minute=1)
    store.admit(wish(), hasty, moment(NOW + ahead))
    if counted:
        with pytest.raises(SlowDown):
            store.admit(wish(), hasty, moment(NOW))
    else:
        assert store.admit(wish(), hasty, moment(NOW))[1]
