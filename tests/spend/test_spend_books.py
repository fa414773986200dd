"""`spend` over real books: random ledgers added up a second way, the edges of a period, and two teams."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import catalog, periods
from bot.bench import rows_read, rows_votes
from bot.billing.rows import BillBooks
from bot.errors import NotUnderstood
from bot.grammar.vocabulary import DIMENSIONS
from bot.ledger import votes
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState, Uncertain
from bot.money import usd
from bot.periods import Days, LastDays, NamedPeriod
from bot.printing import plain_json
from bot.spend import answer as spend_answer
from bot.spend.command import Spend
from bot.spend.measures import UTC_DAY, Figures, Loss, Only, Spending
from bot.spend.rows import SpendRows
from bot.store.troubles import TooMuchMoney
from tests.kit import benches_made, cells, ledgers
from tests.kit.clock import moment
from tests.kit.ledgers import Picture
from tests.kit.records import put, record
from tests.kit.usage_made import serving, token_of
from tests.kit.wishes import CENT, LIMITS, NOW, PAID, called, paid, wish

UTC = ZoneInfo("UTC")


def books(store: Ledger, team_id: str = "T1", zone: ZoneInfo = UTC) -> spend_answer.Books:
    return spend_answer.Books.of(store, team_id, zone, catalog.load())


def spend(store: Ledger, command: Spend, team_id: str = "T1", zone: ZoneInfo = UTC) -> Spending:
    return spend_answer.spend(books(store, team_id, zone), command, NOW)


# The same sums, a second way: record by record, by the day a local clock shows


@dataclass(frozen=True)
class Line:
    """One record as the second way sees it."""

    day: date
    names: dict[str, str | None]
    project: str | None
    channel: str | None
    images: int
    kept: int
    rejected: int
    spent: int
    wasted: int
    unknown: bool
    demo: bool
    judged: int  # nano-dollars of what was judged, of what may yet be, and of what can never be
    pending: int
    never: int
    waiting: int  # pictures that may yet be judged
    source: str | None = None  # of a record
    reviewed: bool = False
    judged_unknown: bool = False
    waiting_unknown: bool = False


def of_picture(picture: Picture, zone: ZoneInfo) -> Line:
    booked = sum(picture.booked)
    lost = picture.pictured and picture.verdict == "reject"
    wasted = lost or picture.state in (PictureState.BLOCKED, PictureState.UNCERTAIN, PictureState.UNUSABLE)
    day = picture.at.astimezone(zone).date()
    names = {
        "lane": picture.lane,
        "model": picture.model,
        "quality": "medium",
        "source": picture.source,
        "kind": "draw",
    }
    return Line(
        day,
        {**names, "person": picture.person, "project": picture.project, "day": str(day)},
        picture.project,
        picture.channel,
        int(picture.pictured),
        int(picture.pictured and picture.verdict == "keep"),
        int(lost),
        booked,
        booked if wasted else 0,
        unknown=False,
        demo=picture.demo,
        judged=booked if picture.pictured and picture.verdict else 0,
        pending=booked if picture.pictured and not picture.verdict else 0,
        never=booked if picture.state in (PictureState.BLOCKED, PictureState.UNCERTAIN, PictureState.UNUSABLE) else 0,
        waiting=int(picture.pictured and not picture.verdict),
    )


def of_record(row: dict[str, Any], zone: ZoneInfo) -> Line:
    day = row["occurred_at"].astimezone(zone).date()
    amount, rejected, images = row["amount_nanousd"], row["rejected"] or 0, row["images"] or 0
    votes = (row["kept"] or 0) + rejected
    judged = int(Fraction((amount or 0) * votes, images)) if images else 0
    names = {"quality": "medium", **{name: row[name] for name in ("lane", "model", "source", "kind")}}
    return Line(
        day,
        {**names, "person": row["person_id"], "project": row["project"], "day": str(day)},
        row["project"],
        None,
        images,
        row["kept"] or 0,
        rejected,
        amount or 0,
        (amount or 0) // images * rejected if images else (amount or 0) if row["images"] == 0 else 0,
        unknown=amount is None,
        demo=False,
        judged=judged,
        pending=(amount or 0) - judged if images else 0,
        never=(amount or 0) if row["images"] == 0 else 0,
        waiting=images - votes,
        source=row["source"],
        reviewed=row["kept"] is not None or row["rejected"] is not None,
        judged_unknown=amount is None and (votes > 0 or row["images"] == 0),
        waiting_unknown=amount is None and images > votes,
    )


def within(lines: Sequence[Line], days: Days) -> list[Line]:
    return [line for line in lines if days.first <= line.day <= days.last]


def agree_on_cohort(row: Figures, lines: Sequence[Line], period: Sequence[Line]) -> None:
    """`period`: everything there is of it, whatever part was asked for."""
    reviewing = {None, *(line.source for line in period if line.reviewed)}
    waiting = [line for line in lines if line.source in reviewing]
    cost, kept = sum(line.judged + line.never for line in lines), sum(line.kept for line in lines)
    is_unknown = any(line.judged_unknown for line in lines)
    if kept and not (is_unknown and not cost):
        assert row.per_accepted_usd is not None
        assert abs(row.per_accepted_usd * kept - usd(cost)) < Decimal("1e-7")
    else:
        assert row.per_accepted_usd is None
    pending = sum(line.pending for line in waiting)
    assert (row.per_accepted_basis, row.per_accepted_at_least) == ("closed", is_unknown)
    assert row.pending_images == sum(line.waiting for line in waiting)
    unknown = any(line.waiting_unknown for line in waiting)
    assert row.pending_usd == (None if unknown and not pending else usd(pending))
    assert row.without_review == sum(line.waiting for line in lines) - row.pending_images


def agree(row: Figures, lines: Sequence[Line], earlier: Sequence[Line] | None) -> None:
    spent, unknown = sum(line.spent for line in lines), sum(line.unknown for line in lines)
    kept, judged = sum(line.kept for line in lines), sum(line.kept + line.rejected for line in lines)
    assert row.spend_usd == (None if unknown and not spent else usd(spent))
    assert (row.records, row.images, row.unknown) == (len(lines), sum(line.images for line in lines), unknown)
    assert (row.kept, row.judged, row.unreviewed) == (kept, judged, row.images - judged)
    assert row.waste_usd == usd(sum(line.wasted for line in lines))
    if row.change_usd is not None and earlier is not None:
        assert row.change_usd == usd(spent - sum(line.spent for line in earlier))


WEEKS = [
    ("Europe/Berlin", "2026-10-19"),
    ("America/New_York", "2027-03-08"),
    ("America/St_Johns", "2026-10-26"),
    ("Australia/Lord_Howe", "2027-03-29"),
    ("Africa/Cairo", "2027-04-26"),
    ("Africa/Casablanca", "2027-02-01"),
    ("Asia/Kathmandu", "2026-11-16"),
]


PARTS: list[dict[str, Any]] = [
    {},
    {"project": "kites"},
    {"channel_id": "C1"},
    {"lane": "premium"},
    {"model": "gpt-image-2-2026-04-21"},
    {"person_id": "U1"},
    {"project": "kites", "lane": "budget"},
    {"channel_id": "C1", "model": "gpt-image-2"},
]


def of_part(line: Line, part: dict[str, Any]) -> bool:
    names = {"project": line.project, "channel_id": line.channel, "person_id": line.names["person"], **line.names}
    return all(part[key] == names[key] for key in part if key != "model") and (
        "model" not in part or names["model"] in ("gpt-image-2", "gpt-image-2-2026-04-21")
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    week=st.sampled_from(WEEKS),
    by=st.sampled_from(DIMENSIONS),
    part=st.sampled_from(PARTS),
    last=st.integers(0, 6),
    data=st.data(),
)
def test_spend_on_any_ledger_is_what_its_records_add_up_to(
    store: Ledger, week: tuple[str, str], by: str, part: dict[str, Any], last: int, data: st.DataObject
) -> None:
    zone, monday = ZoneInfo(week[0]), date.fromisoformat(week[1])
    start = periods.midnight(monday - 8 * periods.DAY, zone)
    ledger = data.draw(ledgers.ledgers(start, hours=17 * 24))
    team_id = f"T{uuid.uuid4().hex}"  # charges can't be taken out again, so each ledger has a team of its own
    ledgers.put(store, team_id, ledger)
    command = replace(Spend(periods.week_of(monday), by, on=monday + last * periods.DAY), **part)
    answer = spend(store, command, team_id, zone)

    whole = [of_picture(one, zone) for one in ledger.pictures] + [of_record(one, zone) for one in ledger.standing]
    lines = [line for line in whole if of_part(line, part)]
    here, days = [line for line in lines if not line.demo], Days(monday, monday + last * periods.DAY)
    before = Days(monday - 7 * periods.DAY, monday + (last - 7) * periods.DAY)
    assert (answer.scope.days, answer.scope.against) == (days, before)
    assert answer.demo == len([line for line in within(lines, days) if line.demo])
    agree(answer.total, within(here, days), within(here, before))
    agree_on_cohort(answer.total, within(here, days), within(whole, days))
    for row in answer.rows:
        theirs = [line for line in within(here, days) if line.names[by] == row.name]
        if theirs or by == "day":
            agree_on_cohort(row, theirs, within(whole, days))
        eve = [line for line in here if row.name == str(line.day + periods.DAY)]
        agree(
            row, theirs, eve if by == "day" else [line for line in within(here, before) if line.names[by] == row.name]
        )
    assert sum((row.spend_usd or Decimal() for row in answer.rows), Decimal()) == (answer.total.spend_usd or 0)
    assert sum(loss.usd for loss in answer.waste) == answer.total.waste_usd


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(week=st.sampled_from(WEEKS), data=st.data())
def test_the_parts_of_any_ledger_add_up_to_the_whole(store: Ledger, week: tuple[str, str], data: st.DataObject) -> None:
    zone, monday = ZoneInfo(week[0]), date.fromisoformat(week[1])
    ledger = data.draw(ledgers.ledgers(periods.midnight(monday, zone), hours=168))
    team_id = f"T{uuid.uuid4().hex}"
    ledgers.put(store, team_id, ledger)
    whole = Spend(periods.week_of(monday), on=monday + 6 * periods.DAY)

    def parts_add_up(by: str, field: str, names: Sequence[str]) -> None:
        rows = spend(store, replace(whole, by=by), team_id, zone)
        unnamed = [row for row in rows.rows if row.name is None]
        asked: list[dict[str, Any]] = [{field: name} for name in names]
        parts = [spend(store, replace(whole, **part), team_id, zone).total for part in asked]
        for count in ("records", "images", "kept", "judged", "unreviewed", "unknown", "waste_usd"):
            assert sum(getattr(part, count) for part in (*parts, *unnamed)) == getattr(rows.total, count)
        assert sum(part.spend_usd or 0 for part in (*parts, *unnamed)) == (rows.total.spend_usd or 0)

    of = [
        ("lane", "lane", ["budget", "premium", "legacy"]),
        ("model", "model", ["GPT-Image-2", "azure/gpt-image-2.5-flare"]),
        ("person", "person_id", list(ledgers.PEOPLE)),
    ]
    cells.hold(of, parts_add_up)
    kinds = spend(store, replace(whole, by="kind"), team_id, zone)
    assert {row.name for row in kinds.rows} <= set(ledgers.KINDS)
    assert sum(row.records for row in kinds.rows) == kinds.total.records
    assert sum((row.spend_usd or Decimal() for row in kinds.rows), Decimal()) == (kinds.total.spend_usd or 0)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(week=st.sampled_from(WEEKS), part=st.sampled_from(["", "kites"]), last=st.integers(0, 6), data=st.data())
def test_R77_v1_spend_says_of_any_ledger_what_the_command_says_and_nothing_to_another_team(
    quick_store: Ledger, week: tuple[str, str], part: str, last: int, data: st.DataObject
) -> None:
    zone, monday = ZoneInfo(week[0]), date.fromisoformat(week[1])
    ledger = data.draw(ledgers.ledgers(periods.midnight(monday - 8 * periods.DAY, zone), hours=17 * 24))
    team_id, on = f"T{uuid.uuid4().hex}", monday + last * periods.DAY
    ledgers.put(quick_store, team_id, ledger)
    now = periods.midnight(on + periods.DAY, zone) - timedelta(microseconds=1)
    asked = Spend(period=periods.week_of(monday), project=part or None)
    with serving(quick_store, now=lambda: now, zone=zone, team_id=team_id) as api:
        for by in [name for name in DIMENSIONS if name != "person"]:
            ours = plain_json.as_json(spend_answer.spend(books(quick_store, team_id, zone), replace(asked, by=by), now))
            told = api.spend(period=periods.week_of(monday).words(), by=by, within=part).json
            assert told == ours
        other = api.spend(token_of(quick_store, f"{team_id}B"), period="all").json
    assert (other["total"]["records"], other["total"]["spend_usd"], other["demo"]) == (0, "0.00", 0)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(week=st.sampled_from(WEEKS), data=st.data())
def test_R55_the_spend_of_days_is_that_of_their_week(store: Ledger, week: tuple[str, str], data: st.DataObject) -> None:
    zone, monday = ZoneInfo(week[0]), date.fromisoformat(week[1])
    ledger = data.draw(ledgers.ledgers(periods.midnight(monday, zone), hours=168))
    team_id = f"T{uuid.uuid4().hex}"
    ledgers.put(store, team_id, ledger)
    on = monday + 30 * periods.DAY
    whole = spend(store, Spend(periods.week_of(monday), on=on), team_id, zone).total
    each = [spend(store, Spend(day, on=on), team_id, zone).total for day in periods.each_day(periods.week_of(monday))]
    assert sum(day.records for day in each) == whole.records
    assert sum((day.spend_usd or Decimal() for day in each), Decimal()) == (whole.spend_usd or 0)
    assert sum(day.kept for day in each) == whole.kept


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(week=st.sampled_from(WEEKS), data=st.data())
def test_R60_our_column_beside_the_bill_is_what_spend_says_of_each_utc_day(
    store: Ledger, week: tuple[str, str], data: st.DataObject
) -> None:
    days = periods.week_of(date.fromisoformat(week[1]))
    ledger = data.draw(ledgers.ledgers(periods.midnight(days.first, UTC), hours=168))
    team_id = f"T{uuid.uuid4().hex}"
    ledgers.put(store, team_id, ledger)
    BillBooks(store.engine).replace(team_id, [day.first for day in periods.each_day(days)], [], NOW)
    bill = spend_answer.bill(books(store, team_id, ZoneInfo(week[0])), days)
    assert bill is not None
    told = spend(store, Spend(days, "day", on=days.last), team_id).rows
    assert [(str(day.day), day.metered_usd) for day in bill.days] == [
        (row.name, row.spend_usd or Decimal("0.00")) for row in told
    ]
    assert bill.unknown == sum(row.unknown for row in told)


# The edges


TODAY = Spend(NamedPeriod.TODAY)


EDGES = [
    ("2026-11-21T23:59:59.999999", 0),
    ("2026-11-22T00:00", 1),
    ("2026-11-22T23:59:59.999999", 1),
    ("2026-11-23T00:00", 0),
]


def test_a_day_holds_its_first_moment_and_not_the_next_day_s(store: Ledger) -> None:
    def records_of_today(at: str) -> int:
        put(store, record(team_id=at, occurred_at=datetime.fromisoformat(at).replace(tzinfo=UTC)))
        return spend(store, TODAY, team_id=at).total.records

    cells.agree(EDGES, records_of_today)


def test_two_teams_never_see_each_other(store: Ledger) -> None:
    image = paid(store, team_id="T1")
    store.write(votes.vote, "T1", image.id, "U1", "keep", None, NOW)
    put(store, record(team_id="T1"))
    assert spend(store, TODAY, "T1").total.records == 2
    for command in (TODAY, Spend(NamedPeriod.ALL, "person"), Spend(by="day"), Spend(channel_id="C1")):
        seen = spend(store, command, "T2")
        assert (seen.total.records, seen.total.spend_usd, seen.demo) == (0, Decimal("0.00"), 0)
    assert SpendRows(store.engine).earliest("T2") is None


def test_a_picture_drawn_after_midnight_counts_in_the_day_it_was_drawn(store: Ledger) -> None:
    row = called(store)
    store.settle("T1", row.id, PAID, moment(NOW + timedelta(days=1)))
    assert spend(store, TODAY).total.records == 0
    assert spend(store, Spend(NamedPeriod.TODAY, on=date(2026, 11, 23))).total.images == 1


def test_the_money_of_a_late_correction_stays_with_its_picture(store: Ledger) -> None:
    row = called(store)
    store.settle("T1", row.id, Uncertain("no_answer"), moment(NOW))
    assert spend(store, TODAY).waste == (Loss("uncertain", 1, Decimal("0.034")),)
    store.settle("T1", row.id, PAID, moment(NOW + timedelta(hours=1)))
    answer = spend(store, TODAY)
    assert (answer.total.spend_usd, answer.waste) == (Decimal("0.02"), ())


def test_a_retried_picture_is_waste_of_its_own_kind(store: Ledger) -> None:
    first, second = paid(store), paid(store)
    store.write(votes.vote, "T1", second.id, "U1", "reject", None, NOW)
    store.admit(wish(parent_id=first.id), LIMITS, moment(NOW))
    assert spend(store, TODAY).waste == (Loss("rejected", 1, Decimal("0.02")), Loss("retried", 1, Decimal("0.02")))


def test_a_tie_is_not_kept(store: Ledger) -> None:
    image = paid(store)
    store.write(votes.vote, "T1", image.id, "U1", "keep", None, NOW)
    assert spend(store, TODAY).total.keep_rate == 1
    store.write(votes.vote, "T1", image.id, "U2", "reject", None, NOW)
    total = spend(store, TODAY).total
    assert (total.kept, total.judged, total.per_accepted_usd) == (0, 1, None)


def test_demo_pictures_are_left_out_and_counted(store: Ledger) -> None:
    paid(store, demo=True)
    paid(store)
    answer = spend(store, TODAY)
    assert (answer.demo, answer.total.records, answer.total.images) == (1, 1, 1)


def test_our_own_and_a_pipeline_s_records_stand_in_one_row_of_a_lane(store: Ledger) -> None:
    paid(store)
    put(store, record(kept=1, rejected=1), record(lane=None))
    rows = {row.name: row for row in spend(store, TODAY).rows}
    assert (rows["budget"].images, rows["budget"].spend_usd) == (5, Decimal("0.06"))
    assert rows[None].images == 4


def test_all_begins_with_the_first_record_and_has_no_period_before(store: Ledger) -> None:
    put(store, record(occurred_at=NOW - timedelta(days=900)), record())
    answer = spend(store, Spend(NamedPeriod.ALL))
    assert (answer.scope.days.first, answer.total.records, answer.scope.against) == (date(2024, 6, 5), 2, None)


def test_what_was_left_out_is_filled_in_and_said(quick_store: Ledger) -> None:
    answer = spend(quick_store, Spend())
    assert answer.scope.days == Days(date(2026, 11, 1), date(2026, 11, 22))
    assert answer.scope.against == Days(date(2026, 10, 1), date(2026, 10, 22))
    assert answer.defaults == ("No period named: this month.", "No dimension named: by lane.")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (Spend(periods.month_of(date(2026, 12, 1))), "2026-12 begins on 2026-12-01, after 2026-11-22."),
        (Spend(Days(date(2024, 1, 1), date(2026, 1, 1)), "day"), "By day I show up to 366 days"),
    ],
)
def test_what_can_not_be_shown_says_why(quick_store: Ledger, command: Spend, sentence: str) -> None:
    with pytest.raises(NotUnderstood, match=sentence):
        spend(quick_store, command)


def test_a_day_is_the_one_the_workspace_is_in(quick_store: Ledger) -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    late = spend_answer.spend(books(quick_store, zone=auckland), TODAY, NOW + timedelta(hours=5))
    assert late.scope.days.first == date(2026, 11, 23)


def test_large_amounts_add_up_without_overflow(store: Ledger) -> None:
    put(store, *(record(amount_nanousd=10**17, images=10**6, kept=0, rejected=10**6) for _ in range(9)))
    answer = spend(store, TODAY)
    assert answer.total.spend_usd == answer.total.waste_usd == 9 * 10**8


def test_days_without_records_are_rows_of_nothing(store: Ledger) -> None:
    put(store, record())
    command = Spend(LastDays(3), "day")
    assert [(row.name, row.images) for row in spend(store, command).rows] == [
        ("2026-11-20", 0),
        ("2026-11-21", 0),
        ("2026-11-22", 4),
    ]
    assert len(spend(store, Spend(LastDays(3), "day", channel_id="C1")).rows) == 3


def test_an_open_blind_test_is_of_no_lane_and_no_model_until_it_is_sealed(store: Ledger) -> None:
    parts = [Spend(lane="premium"), Spend(lane="budget", by="day"), Spend(model="gpt-image-2.5-sunburst", by="person")]
    bench = benches_made.drawn(store)
    paid(store)

    def told() -> list[tuple[int, Decimal | None]]:
        return [(one.total.records, one.total.spend_usd) for one in (spend(store, part) for part in parts)]

    assert told() == [(0, Decimal("0.00")), (1, Decimal("0.02")), (0, Decimal("0.00"))]
    assert {row.name: row.records for row in spend(store, Spend()).rows} == {"open bench": 12, "budget": 1}
    assert spend(store, Spend(person_id="U1")).total.records == 13  # whose it is, is no secret
    benches_made.judge(store, bench, "U2")
    assert told() == [(6, Decimal("0.12")), (7, Decimal("0.14")), (6, Decimal("0.12"))]


def test_F17_a_day_under_way_is_compared_with_no_whole_one(store: Ledger) -> None:
    yesterday = record(occurred_at=NOW - timedelta(days=1), amount_nanousd=242 * CENT)
    put(store, record(amount_nanousd=CENT), yesterday, record(occurred_at=NOW - timedelta(days=3)))
    answer = spend(store, Spend(LastDays(30), "day"))
    *_, before, today = answer.rows
    assert (before.name, before.change_usd) == ("2026-11-21", Decimal("2.42"))
    assert (today.name, today.spend_usd, today.change_usd, today.change_rate) == (
        "2026-11-22", Decimal("0.01"), None, None,
    )  # fmt: skip
    assert [row.name for row in answer.movers] == ["2026-11-21", "2026-11-19", "2026-11-20"]
    assert answer.scope.so_far == NOW.date()
    alone = spend(store, TODAY)
    assert (alone.scope.against, alone.total.change_usd, alone.movers) == (None, None, ())


def test_F17_a_day_that_is_over_by_now_is_a_whole_one_also_as_of_itself(store: Ledger) -> None:
    put(store, record(occurred_at=NOW - timedelta(days=1)))
    saturday = date(2026, 11, 21)
    for command in (Spend(LastDays(2), "day", on=saturday), Spend(NamedPeriod.TODAY, "day", on=saturday)):
        answer = spend(store, command)
        assert (answer.rows[-1].change_usd, answer.scope.so_far) == (Decimal("0.04"), None)
    late = spend_answer.spend(books(store), Spend(LastDays(2), "day", on=date(2026, 11, 22)), NOW + timedelta(hours=15))
    assert (late.rows[-1].change_usd, late.scope.so_far) == (Decimal("-0.04"), None)


def test_a_period_is_a_range_of_an_index_and_never_a_whole_table(quick_store: Ledger) -> None:
    sent: list[tuple[str, Any]] = []

    @sa.event.listens_for(quick_store.engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    def is_a_range(by: str | None, only: Only) -> None:
        sent.clear()
        SpendRows(quick_store.engine).sums("T1", (periods.span(Days(NOW.date(), NOW.date()), UTC),), by, only)
        asked = [(statement, parameters) for statement, parameters in sent if not statement.startswith("BEGIN")]
        with quick_store.looking.connect() as connection:
            plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asks}", given).all() for asks, given in asked]
        steps = [str(step[3]) for plan in plans for step in plan]
        assert not [step for step in steps if re.match(r"SCAN (?!anon|\(subquery|sources|reviewing)", step)]
        searched = [step for step in steps if "occurred_at>" in step or "drawn_at>" in step or "created_at>" in step]
        reported = only.channel_id is None
        assert len(searched) == 2 + 2 * reported  # of what pipelines report, also which of them report reviews

    parts = [Only(), Only(project="kites"), Only(channel_id="C1"), Only(lane="premium"), Only(person_id="U1")]
    parts.append(Only(model="gpt-image-2", snapshots=("gpt-image-2-2026-04-21",)))
    cells.hold(product([None, "lane", "person", "kind", UTC_DAY], parts), is_a_range)


def test_F16_pictures_of_an_open_bench_are_pending_and_what_it_leaves_unjudged_can_never_be(store: Ledger) -> None:
    bench = benches_made.drawn(store)
    count = len(store.read(rows_read.cells, "T1", bench.id))
    total = spend(store, TODAY).total
    assert (total.images, total.pending_images, total.per_accepted_usd) == (count, count, None)
    benches_made.judge(store, bench, "U2", places=4)
    assert spend(store, TODAY).total.pending_images == count  # nothing of it is told before it is sealed
    store.write_once(rows_votes.close, "T1", bench.id, "U1", NOW)
    total = spend(store, TODAY).total
    assert (total.pending_images, total.judged) == (0, 8)
    assert total.judged < total.images
    assert total.per_accepted_usd == (total.spend_usd or Decimal()) / total.kept


def test_F16_pictures_of_a_source_without_a_review_are_in_neither_part(store: Ledger) -> None:
    put(
        store,
        record(source="csv", project="kites"),
        record(source="nightly", kept=1, rejected=0, project="boats"),
        record(source="nightly", kept=None, rejected=None, project="kites"),
        record(source="nightly", kept=None, rejected=None, images=5, occurred_at=NOW - timedelta(days=1)),
        record(source="csv", kept=0, rejected=4, occurred_at=NOW - timedelta(days=1)),
    )
    images = record()["images"]
    total = spend(store, TODAY).total
    assert (total.without_review, total.pending_images, total.kept) == (images, 2 * images - 1, 1)
    kites = spend(store, replace(TODAY, project="kites")).total
    assert (kites.without_review, kites.pending_images) == (images, images)  # who reviews elsewhere reviews
    days = spend(store, Spend(LastDays(2), "day"))
    assert days.total.without_review == 0  # the days of one whole are one cohort


def test_R124_sums_beyond_all_bounds_are_a_sentence(store: Ledger) -> None:
    put(store, *(record(amount_nanousd=2**62) for _ in range(2)))
    with pytest.raises(TooMuchMoney, match="an amount among them is wrong"):
        spend(store, TODAY)
