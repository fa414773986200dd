"""What goes to each model, by the books: our own calls and what pipelines report, with those that brought nothing."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.ledger.ledger import Ledger
from bot.ledger.model_calls import ModelCalls, model_calls
from bot.ledger.pictures import Failed
from bot.periods import Days, Period, span
from bot.recommend.answer_migration import WorkBooks
from bot.recommend.command_migrate import Migrate
from bot.recommend.plans import MovePlan
from tests.kit.clock import moment
from tests.kit.lanes_made import FACTS
from tests.kit.records import put, record
from tests.kit.watches_made import END, MINI, days_before
from tests.kit.wishes import CENT, IMAGE, NOW, SPEC, called, paid, placed

MONTH = Period("", NOW - timedelta(days=30), NOW + timedelta(days=1))
ON_MINI = (replace(IMAGE, lane=None, spec=replace(SPEC, model=MINI)),)


def test_calls_are_counted_by_model_and_project_with_those_that_failed(store: Ledger) -> None:
    paid(store, images=ON_MINI)
    failed = called(store, images=ON_MINI)
    store.settle("T1", failed.id, Failed("model_not_found"), moment(NOW))
    placed(store, images=ON_MINI)  # not called yet
    put(
        store,
        record(model=MINI, project="shop", images=3, amount_nanousd=6 * CENT),
        record(model=MINI, project="shop", images=0, amount_nanousd=None, basis="unknown"),
        record(model=MINI, project="kites", images=None, amount_nanousd=CENT, occurred_at=NOW - timedelta(hours=2)),
        record(model="gpt-image-2"),
        record(model=MINI, occurred_at=NOW - timedelta(days=31)),
        record(model=MINI, team_id="T2"),
    )
    kites = ModelCalls(MINI, "kites", 1, 0, 0, CENT, 0, NOW - timedelta(hours=2))
    own = ModelCalls(MINI, None, 2, 1, 1, 2 * CENT, 0, NOW)
    shop = ModelCalls(MINI, "shop", 2, 1, 3, 6 * CENT, 1, NOW)
    assert store.read(model_calls, "T1", MONTH, (MINI,)) == (kites, shop, own)
    assert [one.model for one in store.read(model_calls, "T1", MONTH)] == [MINI, MINI, MINI, "gpt-image-2"]


def test_migrate_says_what_still_goes_to_a_model_that_ended(store: Ledger) -> None:
    put(
        store,
        record(model=MINI, occurred_at=days_before(1)),
        record(model=MINI, occurred_at=days_before(0), images=0, amount_nanousd=0),
        record(model=f"{MINI}-2025-10-06", occurred_at=days_before(-1), images=1, amount_nanousd=2 * CENT),
    )
    zone = ZoneInfo("UTC")
    books = WorkBooks(store, "T1", zone, FACTS)
    before, after = (books.answer(Migrate(MINI), days_before(days)) for days in (1, -1))
    assert isinstance(before, MovePlan)
    assert isinstance(after, MovePlan)
    assert before.since_end is None
    assert after.since_end is not None
    assert (after.since_end.calls, after.since_end.failed, str(after.since_end.spent_usd)) == (2, 1, "0.02")
    assert after.foot == "Your last 30 days: 5 pictures. 2 calls still went to it since: 1 failed, $0.02."
    assert span(Days(END, END), zone).start == days_before(0, 0)
