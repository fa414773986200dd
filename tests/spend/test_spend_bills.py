"""`spend` with the provider's bill beside it: a second column by UTC days, whatever the zone, and in no sum."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.billing.rows import BillBooks
from bot.ledger.ledger import Ledger
from bot.periods import Days, NamedPeriod
from bot.spend.command import Spend
from tests.kit import cells
from tests.kit.bills_made import FRIDAY, SATURDAY, images, line
from tests.kit.records import put, record
from tests.kit.wishes import CENT, NOW, paid
from tests.spend.test_spend_books import spend

SUNDAY = date(2026, 11, 22)
LATER = datetime(2026, 11, 25, tzinfo=UTC)


def reported(store: Ledger, cents: int, at: str, **changes: object) -> None:
    occurred = datetime.fromisoformat(at).replace(tzinfo=UTC)
    put(store, record(**{"amount_nanousd": cents * CENT, "occurred_at": occurred, **changes}))


def test_R60_our_ledger_and_the_bill_are_two_columns_and_not_one_sum(store: Ledger) -> None:
    paid(store)
    reported(store, 30, "2026-11-20T12:00")
    before = spend(store, Spend(NamedPeriod.THIS_WEEK))
    assert before.bill is None
    BillBooks(store.engine).replace("T1", [FRIDAY, SATURDAY, SUNDAY], [line(37), images(4), line(2, SUNDAY)], LATER)
    answer = spend(store, Spend(NamedPeriod.THIS_WEEK))
    assert answer.bill is not None
    assert (answer.bill.first, answer.bill.last, answer.bill.images) == (FRIDAY, SUNDAY, 4)
    assert (answer.bill.billed_usd, answer.bill.metered_usd) == (Decimal("0.39"), Decimal("0.32"))
    assert answer.bill.beyond_usd == Decimal("0.07")
    assert (answer.total, answer.rows) == (before.total, before.rows)


ZONES = ["UTC", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu"]
BY_UTC_DAYS = "Provider bill: $0.06 for the UTC day 2026-11-20: 100% billed, nothing unexplained."


def test_R60_both_columns_are_cut_by_the_provider_s_days_in_every_zone(store: Ledger) -> None:
    for at, cents in (("2026-11-19T23:59:59", 1), ("2026-11-20T00:00", 2), ("2026-11-20T23:59:59", 4)):
        reported(store, cents, at)
    BillBooks(store.engine).replace("T1", [date(2026, 11, 19), FRIDAY], [line(6)], LATER)

    def told_in(zone: str) -> str | None:
        bill = spend(store, Spend(Days(FRIDAY, FRIDAY)), zone=ZoneInfo(zone)).bill
        return None if bill is None else bill.sentence

    cells.agree([(zone, BY_UTC_DAYS) for zone in ZONES], told_in)


def test_days_before_the_first_bill_are_not_held_against_it(store: Ledger) -> None:
    reported(store, 500, "2026-11-19T12:00")
    BillBooks(store.engine).replace("T1", [FRIDAY], [], LATER)
    bill = spend(store, Spend(NamedPeriod.THIS_MONTH)).bill
    assert bill is not None
    assert (bill.first, bill.metered_usd) == (FRIDAY, Decimal(0))
    assert spend(store, Spend(Days(date(2026, 11, 1), date(2026, 11, 19)))).bill is None


def test_R60_days_that_no_reading_told_are_in_neither_column(store: Ledger) -> None:
    """As between the history of a cost export and the days that are read by themselves."""
    wednesday, thursday = date(2026, 11, 18), date(2026, 11, 19)
    for number in range(18, 23):
        reported(store, 100, f"2026-11-{number}T00:00")
    for day in (wednesday, FRIDAY):
        BillBooks(store.engine).replace("T1", [day], [line(96, day)], datetime(2026, 11, 21, 9, tzinfo=UTC))
    bill = spend(store, Spend(Days(wednesday, FRIDAY))).bill
    assert bill is not None
    assert (bill.metered_usd, bill.billed_usd, bill.waiting) == (Decimal("2.00"), Decimal("1.92"), (FRIDAY,))
    assert bill.sentence.endswith("In neither: 1 day between, whose bill was never read.")
    assert spend(store, Spend(Days(thursday, thursday))).bill is None
    later = spend(store, Spend(Days(thursday, SUNDAY))).bill
    assert later is not None
    assert (later.first, later.waiting) == (FRIDAY, (FRIDAY, SATURDAY, SUNDAY))


def test_a_part_of_the_books_has_no_bill_of_its_own(store: Ledger) -> None:
    BillBooks(store.engine).replace("T1", [FRIDAY], [line(5)], LATER)
    assert spend(store, Spend(by="day")).bill is not None
    assert spend(store, Spend(project="kites")).bill is None
    assert spend(store, Spend(channel_id="C1")).bill is None
    assert spend(store, Spend(), "T2").bill is None


def test_what_nobody_billed_yet_is_still_metered_and_demo_pictures_are_neither(store: Ledger) -> None:
    paid(store)
    paid(store, demo=True)
    reported(store, 0, "2026-11-20T12:00", amount_nanousd=None, basis="unknown")
    BillBooks(store.engine).replace("T1", [FRIDAY, SATURDAY], [], NOW)
    bill = spend(store, Spend(NamedPeriod.THIS_WEEK)).bill
    assert bill is not None
    assert bill.sentence == (
        "Provider bill: $0.00 for the UTC days 2026-11-20 to 2026-11-22: 0% billed, 100% still metered, "
        "nothing unexplained. Not billed yet: 2026-11-22. 1 record without a known price can only be in the bill."
    )
