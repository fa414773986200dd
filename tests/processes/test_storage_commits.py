"""PostgreSQL that rolls a change back for others, or does not say whether it stands: done again, and paid for once."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import StoreBusy, StoreTrouble, StoreUnsure
from bot.ledger import holds, settlement
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import PictureState
from bot.ledger.tables import drawings
from bot.playground.people import TEAM
from tests.kit.at_work import AtWork, at_work
from tests.kit.clock import moment
from tests.kit.outages import Wire, at
from tests.kit.walks import ENDLESS, walked
from tests.kit.wishes import LIMITS, NOW, wish
from tests.processes.test_storage_order import drawn_again, whole

SQLSTATES = pytest.mark.parametrize("sqlstate", ["40001", "40P01"], ids=["serialization failure", "deadlock"])


@pytest.fixture
def wired_store(wire: Wire) -> Iterator[Ledger]:
    with closing(open_ledger(wire.url, busy_seconds=5)) as store:
        yield store


@pytest.fixture
def work(wired_store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(wired_store, tmp_path, seconds=60.0, slack_seconds=60) as work:
        work.studio = replace(work.studio, alive=lambda owner: owner == "worker-1")
        yield work


def rolled_back(store: Ledger, sqlstate: str, times: int) -> None:
    """The next transactions that store a drawing; a sequence counts them, since no roll-back takes it back."""
    with store.engine.begin() as connection:
        for statement in (
            "CREATE SEQUENCE rounds",
            "CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF nextval('rounds') <= {times} THEN RAISE EXCEPTION 'sample' USING ERRCODE = '{sqlstate}'; END IF;"
            " RETURN NEW; END $$",
            "CREATE TRIGGER in_the_way BEFORE INSERT ON drawings FOR EACH ROW EXECUTE FUNCTION in_the_way()",
        ):
            connection.exec_driver_sql(statement)


def stored(store: Ledger) -> int:
    with store.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(drawings)).scalar_one()


@SQLSTATES
def test_R48_a_change_that_was_rolled_back_for_others_is_done_again_five_times(
    wired_store: Ledger, sqlstate: str
) -> None:
    rolled_back(wired_store, sqlstate, 5)
    _, new = wired_store.admit(wish(), LIMITS, moment(NOW))
    assert (new, stored(wired_store)) == (True, 1)
    assert wired_store.read(holds.differences) == []


@SQLSTATES
def test_R48_after_five_times_it_is_told_as_busy(wired_store: Ledger, sqlstate: str) -> None:
    rolled_back(wired_store, sqlstate, 6)
    with pytest.raises(StoreBusy, match="nothing was run or charged"):
        wired_store.admit(wish(), LIMITS, moment(NOW))
    assert stored(wired_store) == 0


# A commit that nobody answers


KEPT = pytest.mark.parametrize("kept", [True, False], ids=["kept", "not kept"])
THEN = pytest.mark.parametrize("then_away", [True, False], ids=["then away", "then there"])


@walked(2)
@KEPT
@THEN
def test_R48_whichever_commit_of_a_pictures_way_is_not_answered_it_is_paid_for_once(
    work: AtWork, wire: Wire, kept: bool, then_away: bool, places: range
) -> None:
    for place in places:
        drawing, lost = work.placed(f"kite {place}"), wire.lost
        with at(work.store.engine, "commit", place, partial(wire.lose_commit, kept, then_away=then_away)):
            try:
                work.draw_now(TEAM, drawing.generations[0].id)
            except StoreTrouble:
                wire.back()
        wire.back()
        drawn_again(work, drawing)
        whole(work, drawing)
        if wire.lost == lost:
            return
    raise AssertionError(ENDLESS)


@KEPT
def test_R48_a_command_whose_commit_is_not_answered_is_looked_up_by_its_click(
    work: AtWork, wire: Wire, kept: bool
) -> None:
    with at(work.store.engine, "commit", 1, partial(wire.lose_commit, kept)):
        drawing = work.ask()
    assert wire.lost == 1
    assert stored(work.store) == 1
    while len(work.jobs) > 1:
        work.jobs.popleft()  # fell with its transaction: this list knows of none
    work.run()
    assert work.drawing(drawing).generations[0].state is PictureState.DELIVERED
    assert len(work.openai.posts) == 1


@KEPT
def test_R48_a_command_that_cannot_be_looked_up_is_not_called_undone(work: AtWork, wire: Wire, kept: bool) -> None:
    with (
        at(work.store.engine, "commit", 1, partial(wire.lose_commit, kept, then_away=True)),
        pytest.raises(StoreUnsure, match=r"^Storage went away before it said whether this was done"),
    ):
        work.ask()
    wire.back()
    assert stored(work.store) == kept


def test_R48_a_claim_that_was_kept_unanswered_twice_is_still_one_call(work: AtWork, wire: Wire) -> None:
    drawing = work.placed()
    (one,) = drawing.generations
    wire.lose_commit(True, True)
    with pytest.raises(StoreUnsure):
        work.studio.store.write(settlement.claim, TEAM, one.id, "worker-1", work.now, work.now, "key")
    work.studio.claims[(TEAM, one.id)] = "key"
    work.draw(one)
    whole(work, drawing)


def test_R48_a_claim_of_another_key_is_somebody_elses(work: AtWork) -> None:
    drawing = work.placed()
    (one,) = drawing.generations
    work.store.write(settlement.claim, TEAM, one.id, "worker-1", work.now, work.now, "key")
    assert work.store.write(settlement.claim, TEAM, one.id, "worker-1", work.now, work.now, "other") is None
    assert work.store.write(settlement.claim, TEAM, one.id, "worker-1", work.now, work.now, "key") is not None
    assert work.store.write(settlement.claim, TEAM, one.id, "worker-1", work.now, work.now) is None
