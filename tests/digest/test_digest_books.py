"""A digest over random ledgers: the sums of `spend`, and those added up record by record by local clocks."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import catalog, periods
from bot.digest.answer import DigestWeeks
from bot.digest.week import NO_LANE
from bot.ledger import holds
from bot.ledger.ledger import Ledger
from bot.money import usd
from bot.spend.command import Spend
from tests.kit import ledgers
from tests.kit.wishes import LIMITS
from tests.spend.test_spend_books import WEEKS, Line, agree, of_picture, of_record, spend, within

FACTS = catalog.load()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(week=st.sampled_from(WEEKS), data=st.data())
def test_the_digest_of_any_ledger_is_what_its_records_add_up_to(
    store: Ledger, week: tuple[str, str], data: st.DataObject
) -> None:
    zone, monday = ZoneInfo(week[0]), date.fromisoformat(week[1])
    ledger = data.draw(ledgers.ledgers(periods.midnight(monday - 8 * periods.DAY, zone), hours=17 * 24))
    team_id = f"T{uuid.uuid4().hex}"
    ledgers.put(store, team_id, ledger)
    days, before = periods.week_of(monday), periods.week_of(monday - periods.WEEK)
    now = periods.midnight(monday + periods.WEEK, zone) + timedelta(hours=9)
    told = DigestWeeks(store, FACTS, lambda _: store.read(holds.left, team_id, LIMITS), zone, 30).week(
        team_id, days, now
    )

    lines = [of_picture(one, zone) for one in ledger.pictures] + [of_record(one, zone) for one in ledger.standing]
    here = [line for line in lines if not line.demo]
    agree(told.spending.total, within(here, days), within(here, before))
    asked = spend(store, Spend(days, "lane", on=monday + periods.WEEK), team_id, zone)
    assert (told.spending.total, told.spending.rows, told.spending.waste) == (asked.total, asked.rows, asked.waste)
    for place, day in enumerate(told.chart.days):
        for lane, row in told.chart.spend.items():
            theirs = [one for one in here if one.day == day and (one.names["lane"] or NO_LANE) == lane]
            assert row[place] == usd(sum(line.spent for line in theirs))
    drawn = sum((sum(row, Decimal()) for row in told.chart.spend.values()), Decimal())
    assert drawn == (told.spending.total.spend_usd or 0)
    for keep in told.keeps:
        theirs = [line for line in here if (line.names["lane"] or NO_LANE) == keep.lane]
        assert (keep.kept, keep.judged) == votes(within(theirs, days))
        assert (keep.kept_before, keep.judged_before) == votes(within(theirs, before))
    assert told.told_nanousd == sum(line.spent for line in within(here, days))


def votes(lines: Sequence[Line]) -> tuple[int, int]:
    return sum(line.kept for line in lines), sum(line.kept + line.rejected for line in lines)
