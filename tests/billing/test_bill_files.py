"""OpenAI's cost export by `imagelane import`: whole days of the provider's column, as of when the file was written.

All values are samples.
"""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot import periods
from bot.billing.reconcile import Billed
from bot.billing.rows import BillBooks
from bot.errors import BadFile
from bot.ledger import workspaces
from bot.ledger.ledger import Ledger
from bot.playground.people import TEAM
from bot.usage.errors import DayAgain
from bot.usage.printout import rendered
from tests.entrypoints.test_printouts import printed
from tests.kit import bills_made
from tests.kit.imported_files import NOW, SAMPLES, Desktop, Terminal
from tests.kit.slack_door import House
from tests.kit.usage_made import UTC_ZONE

COSTS = "cost_2026-11-01_2026-11-27.csv"
SUNDAY, MONDAY = date(2026, 11, 1), date(2026, 11, 2)
DAYS = periods.span(periods.Days(SUNDAY, date(2026, 11, 27)), UTC_ZONE)
# 4,567 text in at $5, 194 image in at $8, 42,240 image out at $30 a million
NANOUSD = 22_835_000 + 1_552_000 + 1_267_200_000
SETTLED = datetime(2026, 11, 10, tzinfo=UTC)
HEADER = (SAMPLES / COSTS).read_text().splitlines()[0]


@pytest.fixture
def desktop(store: Ledger, tmp_path: Path) -> Desktop:
    (tmp_path / "costs.csv").write_bytes((SAMPLES / COSTS).read_bytes())
    made = Desktop(store, tmp_path)
    made.changed("costs.csv", SETTLED)
    return made


def billed(desktop: Desktop) -> list[Billed]:
    known = BillBooks(desktop.store.engine).billed("T1", DAYS)
    return list(known.days) if known else []


def cost(day: date, usd: str, item: str = "gpt-image-2-2026-04-21, image output", user: str = "") -> str:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    end = start + timedelta(days=1)
    seconds = f"{start.timestamp():.0f},{end.timestamp():.0f},{start.isoformat()},{end.isoformat()}"
    return f'{seconds},{usd},usd,1.0,tokens,"{item}",{user},,proj_A,org-A,Sample,Sample,,\n'


def test_F2_a_cost_export_is_two_days_of_the_bill_and_no_spend(desktop: Desktop) -> None:
    done = desktop.bring("costs.csv")
    assert billed(desktop) == [Billed(SUNDAY, 0, 0, SETTLED), Billed(MONDAY, NANOUSD, 0, SETTLED)]
    assert [day.settled for day in billed(desktop)] == [True, True]
    assert desktop.spent() == (Decimal(0), 0)
    assert done.bill is not None
    assert (done.bill.days, done.bill.lines, done.bill.images_usd) == (2, 3, Decimal("1.291587"))
    text = " ".join(printed(rendered(done)).split())
    assert "the provider's bill of the UTC days 2026-11-01 to 2026-11-02 from costs.csv: 3 lines, $1.29 for" in text
    desktop.bring("costs.csv")
    assert [day.amount_nanousd for day in billed(desktop)] == [0, NANOUSD]


def test_F2_a_day_exported_before_it_had_settled_may_still_change(desktop: Desktop) -> None:
    desktop.bring(desktop.changed("costs.csv", datetime(2026, 11, 4, 12, tzinfo=UTC)))
    assert [day.settled for day in billed(desktop)] == [True, False]
    assert BillBooks(desktop.store.engine).unfinished("T1") == MONDAY


def test_F2_a_file_is_never_newer_than_now_and_tells_of_no_day_to_come(desktop: Desktop) -> None:
    desktop.bring(desktop.changed("costs.csv", NOW + timedelta(days=9)))
    assert {day.read_at for day in billed(desktop)} == {NOW}
    (desktop.folder / "early.csv").write_text(f"{HEADER}\n{cost(SUNDAY, '1')}{cost(MONDAY, '', '')}")
    desktop.bring(desktop.changed("early.csv", datetime(2026, 11, 1, 9, tzinfo=UTC)))
    done = desktop.bring("early.csv", dry_run=True).bill
    assert done is not None
    assert (done.last, done.later) == (SUNDAY, 1)


@pytest.mark.parametrize("written_at", [datetime(1980, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, 23, 59, tzinfo=UTC)])
def test_F2_a_file_that_bills_a_day_is_no_older_than_it(desktop: Desktop, written_at: datetime) -> None:
    """As an unpacker may have set its time."""
    done = desktop.bring(desktop.changed("costs.csv", written_at))
    assert done.bill is not None
    assert (done.bill.days, done.bill.images_usd) == (2, Decimal("1.291587"))
    assert [(day.amount_nanousd, day.settled) for day in billed(desktop)] == [(0, False), (NANOUSD, False)]


@pytest.mark.parametrize("dry_run", [True, False])
def test_F2_a_day_that_was_read_later_is_left_and_counted(desktop: Desktop, dry_run: bool) -> None:
    bills = BillBooks(desktop.store.engine)
    bills.replace("T1", [MONDAY], [bills_made.line(5, MONDAY)], SETTLED + timedelta(hours=1))
    done = desktop.bring("costs.csv", dry_run=dry_run)
    assert done.bill is not None
    assert (done.bill.days, done.bill.later) == (1, 1)
    assert "Told as $0: 1 empty bucket." in printed(rendered(done))
    assert "Left as they are, since they were read later: 1 day." in printed(rendered(done))
    assert billed(desktop)[-1].amount_nanousd == 5 * 10**7
    assert len(billed(desktop)) == (1 if dry_run else 2)


def test_F2_what_the_provider_counted_on_a_day_stays_beside_its_costs(desktop: Desktop) -> None:
    lines = [bills_made.line(5, MONDAY), bills_made.images(40, MONDAY)]
    BillBooks(desktop.store.engine).replace("T1", [MONDAY], lines, SETTLED - timedelta(hours=1))
    desktop.bring("costs.csv")
    assert [(day.amount_nanousd, day.images) for day in billed(desktop)] == [(0, 0), (NANOUSD, 40)]


def test_F2_parts_of_a_line_are_added_credits_taken_off_and_text_models_kept_apart(desktop: Desktop) -> None:
    rows = cost(MONDAY, "0.50", user="a") + cost(MONDAY, "0.46", user="b") + cost(MONDAY, "-0.10", "gpt-image-2 credit")
    (desktop.folder / "parts.csv").write_text(f"{HEADER}\n{rows}{cost(MONDAY, '3', 'gpt-4o-mini, input')}")
    done = desktop.bring("parts.csv")
    assert done.bill is not None
    assert (done.bill.images_usd, done.bill.others, done.bill.lines) == (Decimal("0.86"), 1, 3)
    assert "About no image model: 1 line." in printed(rendered(done))
    assert [day.amount_nanousd for day in billed(desktop)] == [860_000_000]


@pytest.mark.parametrize("change", [(",usd,", ",EUR,"), ("1.2672", "a lot")])
def test_F2_a_wrong_line_refuses_the_whole_bill(desktop: Desktop, change: tuple[str, str]) -> None:
    done = desktop.bring(desktop.written("wrong.csv", *change, of=COSTS))
    assert (done.stored, done.refused > 0, billed(desktop)) == (0, True, [])
    assert "All or nothing: mend the lines above." in printed(rendered(done))
    with pytest.raises(BadFile, match="leave out --skip-bad, since a day of a bill is taken whole"):
        desktop.bring("wrong.csv", skip_bad=True)


def test_F2_two_cost_exports_in_one_file_are_told_so(desktop: Desktop) -> None:
    (desktop.folder / "twice.csv").write_text(f"{HEADER}\n{cost(SUNDAY, '1')}{cost(MONDAY, '1')}{cost(SUNDAY, '1')}")
    with pytest.raises(DayAgain):
        desktop.bring("twice.csv")
    assert billed(desktop) == []


def test_F2_a_dry_run_of_a_bill_shows_its_lines_and_stores_nothing(desktop: Desktop) -> None:
    done = desktop.bring("costs.csv", dry_run=True)
    assert [(line.model, line.usd) for line in done.first] == [
        ("gpt-image-2-2026-04-21, text input", Decimal("0.022835")),
        ("gpt-image-2-2026-04-21, image input", Decimal("0.001552")),
        ("gpt-image-2-2026-04-21, image output", Decimal("1.2672")),
    ]
    assert billed(desktop) == []
    text = printed(rendered(done))
    assert "gpt-image-2-2026-04-21, image output" in text
    assert "Would take the provider's bill of the UTC days 2026-11-01 to 2026-11-02" in " ".join(text.split())


def test_F2_reconciliation_covers_an_october_that_came_in_by_two_files(either_door: House, tmp_path: Path) -> None:
    either_door.store.write(workspaces.remember, TEAM, "sample", None)
    terminal = Terminal(either_door.store.engine.url.render_as_string(hide_password=False), tmp_path)
    days = [date(2026, 10, 1) + timedelta(days=number) for number in range(31)]
    records = "".join(f"r-{day},{day}T12:00:00Z,gpt-image-2,40,1\n" for day in days)
    (tmp_path / "october.csv").write_text(f"id,occurred_at,model,images,usd\n{records}")
    costs = "".join(cost(day, "0.96") + cost(day, "7", "gpt-4o-mini, input") for day in days)
    (tmp_path / "costs.csv").write_text(f"{HEADER}\n{costs}")
    assert "Stored 31 of 31 records" in terminal.said("import", "october.csv")
    assert json.loads(terminal.said("import", "costs.csv", "--json"))["bill"]["images_usd"] == "29.76"
    sentence = (
        "Provider bill: $29.76 for the UTC days 2026-10-01 to 2026-10-31: 96% billed, $1.24 unexplained "
        "(metered, never billed)."
    )
    assert json.loads(terminal.said("spend", "2026-10", "--json"))["bill"]["sentence"] == sentence
    assert sentence in " ".join(terminal.said("spend", "2026-10", "--details").split())
    first = either_door.far_end.command("spend 2026-10")
    either_door.far_end.press(first.shown, "answer.details")
    assert sentence in json.dumps(either_door.window().payload)
