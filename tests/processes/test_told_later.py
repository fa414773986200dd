"""What Slack did not take is told later: how a call ended, and that nothing was drawn."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot import wiring
from bot.entrypoints.cli.processes import sweep
from bot.ledger import questions
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.ledger.tables import generations
from bot.playground import faults
from bot.playground.people import ANA, TEAM
from bot.settings import Settings
from bot.store.engine import writing
from tests.kit import far_openai_trouble as trouble
from tests.kit.at_work import AtWork, at_work

UNSURE = "Slack did not confirm my message, so I drew nothing. Nothing was charged. Try again in a moment."
NO_ANSWER = "No answer in time."


@pytest.fixture
def work(store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(store, tmp_path) as work:
        yield work


def test_where_no_word_reaches_its_person_nothing_is_given_back_unsaid(work: AtWork) -> None:
    work.slack.fail("*", faults.broken(503), faults.FOREVER)
    drawing = work.drawn()
    assert work.drawing(drawing).generations[0].state is PictureState.RESERVED
    work.slack.heal()
    work.slack.fail("chat.postMessage", faults.broken(503), faults.FOREVER)
    work.publisher.place(TEAM, drawing.id)
    assert work.drawing(drawing).generations[0].state is PictureState.FAILED
    assert [one.text for one in work.slack.ephemerals(ANA)] == [UNSURE]
    assert (work.openai.posts, work.booked()) == ([], (0, 0))


def test_who_can_never_be_told_holds_no_money(work: AtWork) -> None:
    work.slack.fail("*", faults.refused("user_disabled"), faults.FOREVER)
    work.drawn()
    assert work.booked() == (0, 0)


@pytest.mark.parametrize(
    ("minutes", "is_due"), [(1.9, False), (2, True), (59.9, True), (60, False)], ids=["just now", "due", "still", "old"]
)
def test_an_end_is_told_again_from_two_minutes_to_an_hour_after(work: AtWork, minutes: float, is_due: bool) -> None:
    work.openai.next(trouble.lost())
    drawing = work.drawn()
    work.drawn("a kite that is drawn")
    work.pass_time(minutes=minutes)
    assert work.store.read(questions.unseen, work.now) == ({(TEAM, drawing.id)} if is_due else set())


def test_the_sweep_hands_in_an_end_that_its_message_may_not_tell(
    work: AtWork, database_url: str, tmp_path: Path
) -> None:
    work.openai.next(trouble.lost())
    drawing = work.placed()
    work.slack.fail("chat.update", faults.broken(503), faults.FOREVER)
    work.run()
    assert NO_ANSWER not in work.said(drawing)
    work.slack.heal()
    work.now = datetime.now(UTC)
    with writing(work.store.engine) as connection:
        connection.execute(update(generations).values(state_at=work.now - timedelta(minutes=3)))
    house = wiring.build(Settings(imagelane_pictures=tmp_path / "pictures"), database_url)
    with closing(house.enqueuer), closing(house.store), closing(house.quick):
        sweep(wiring.duties(house, wiring.studio(house, "clock")))
        assert house.enqueuer.backlog() == {"quick": 1}
    work.publisher.show(TEAM, drawing.id)  # that job
    assert NO_ANSWER in work.said(drawing)
