"""The same story told to both databases leaves the same rows."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.bench import rows_composites, rows_votes
from bot.billing.rows import BillBooks
from bot.budgets import rows_requests
from bot.budgets.requests import AskedPerson, BudgetRequest
from bot.budgets.rows import BudgetRows
from bot.digest.rows import DigestRows, PostPlace
from bot.digest.rows_watch import WatchRows
from bot.digest.schedule import Schedule
from bot.digest.watch import DueMark, TakenBack
from bot.errors import ImagelaneError, Shortfall
from bot.lanes.bindings import HORIZON_DAYS
from bot.ledger import (
    answered,
    holds,
    home_pages,
    lane_changes,
    lane_choices,
    model_lists,
    pauses,
    settlement,
    votes,
    workspaces,
)
from bot.ledger.answered import Said
from bot.ledger.lane_choices import LaneChoice
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.limits import WORKSPACE, Scope
from bot.ledger.opened_windows import OpenedFrom, OpenedWindows
from bot.ledger.pictures import Blocked, Failed, Outcome, Paid, Uncertain, Unusable
from bot.ledger.rows import new_id
from bot.ledger.slack_answers import About, SlackAnswers
from bot.ledger.tables import metadata
from bot.ledger.workers import Worker, Workers
from bot.pricing.usage import Usage
from bot.usage import rows_imports
from bot.usage.maps import SavedMap
from bot.usage.rows import Records
from bot.usage.rows_maps import MapRows
from bot.usage.rows_tokens import TokenRows
from tests.kit.benches_made import ballots, drawn, plan
from tests.kit.bills_made import images, line
from tests.kit.clock import moment
from tests.kit.lanes_made import FACTS
from tests.kit.usage_made import USAGE, record
from tests.kit.wishes import CENT, IMAGE, LIMITS, NOW, called, paid, placed, wish

ID = re.compile(r"\b[0-9a-hjkmnp-tv-z]{10}(?:[0-9a-hjkmnp-tv-z]{6}(?:[0-9a-f]{16})?)?\b")  # the longest is a seed
LATER = NOW + timedelta(minutes=1)


def story(store: Ledger) -> list[str]:
    """One of everything; what the refused were told."""
    shown = paid(store, request_key="1", prompt="ünïcödé, 'quotes' and 100 % <tags>", person_id="U2")
    store.write(settlement.uploaded, "T1", shown.id, "F1")
    store.write(settlement.delivered, "T1", shown.id, "F1", None, LATER)
    store.write(votes.vote, "T1", shown.id, "U1", "keep", None, LATER)
    store.write(votes.vote, "T1", shown.id, "U2", "reject", "hands", LATER)
    store.write(votes.vote, "T1", shown.id, "U2", "keep", None, LATER + timedelta(seconds=1))
    store.admit(wish(request_key="2", parent_id=shown.id, person_id="U3"), LIMITS, moment(LATER))
    outcomes: tuple[Outcome, ...] = (
        Blocked("moderation", "output"),
        Failed("busy"),
        Unusable("no picture", 2 * CENT, Usage(1, 0, 2), "req_1"),
        Uncertain("no_answer"),
    )
    for number, outcome in enumerate(outcomes):
        row = called(store, request_key=f"3-{number}")
        store.settle("T1", row.id, outcome, moment(LATER))
        store.settle(
            "T1", row.id, Paid(CENT, Usage(1, 0, 2), "low", "1024x1024", "req_2"), moment(LATER + timedelta(hours=1))
        )
    drawing = placed(store, request_key="4", images=(IMAGE, IMAGE))
    store.write(settlement.release, "T1", drawing.id, "cannot_post", LATER)
    store.write(pauses.pause, "*", LATER, "No money.", NOW)
    store.write(workspaces.remember, "T1", "Sample", "UBOT")
    store.write(workspaces.audit, "T1", "U1", "report", '"x"', LATER)
    Workers(store.engine).tell("sample", Worker("sample:1", None), LATER)
    SlackAnswers(store.engine).forget(About("T1", "channel", "C1"), LATER)
    Records(store.engine).take("T1", [record(usage=USAGE, project="ünïcödé"), record(id="sample-2", usd="0.1")], NOW)
    Records(store.engine).review("T1", "api", "sample-2", 1, 2, LATER)
    TokenRows(store.engine).create("T1", "sample", "0" * 64, NOW)
    rows_imports.begin(store.engine, "T1", "sample", NOW)
    for zone in ("Europe/Berlin", None):
        MapRows(store.engine).save("T1", SavedMap("sample", {"id": "Läufe"}, None, zone, NOW))
    store.write(answered.take, Said("T1", "C1", "1.1", '"models"'), NOW, lambda _connection, _delivery: None)
    windows, opened_from = OpenedWindows(store.engine), OpenedFrom("U1", "C1", None, "https://reply", True, "show")
    windows.note("T1", "V1", opened_from, NOW)
    windows.save("T1", "V1", LATER)
    store.write(home_pages.published, "T1", "U1", "hash")
    store.write(home_pages.sheet_drawn, "T1", "U1", "sheet", "F1")
    BudgetRows(store.engine).tie("T1", "C1", "kites", "U1", LATER)
    for scope in (Scope("project", "kites"), Scope("person", "U1"), WORKSPACE):
        BudgetRows(store.engine).change("T1", scope, (10 * CENT, "week"), 0, "U1", LATER, LIMITS)
    BudgetRows(store.engine).change("T1", Scope("person", "U1"), None, 1, "U2", LATER, LIMITS)
    BudgetRows(store.engine).tell("T1", LIMITS, (50, 80), LATER)
    bench = drawn(store, replace(plan(lanes=3), prompts=tuple("abcde")), demo=True, request_key="7")
    store.write(rows_composites.together, "T1", bench.id, 0, "012", "F2")
    store.write(lane_choices.choose, "T1", "C1", "U1", LaneChoice("premium", "low", bench.id), LATER)
    store.write_once(rows_votes.vote, "T1", bench.id, "U2", ballots(store, bench, 0, "U2"), LATER)
    store.write_once(rows_votes.close, "T1", bench.id, "U1", LATER)
    BillBooks(store.engine).begin("T1", NOW.date(), NOW, timedelta(hours=1), lambda _connection, _day: None)
    BillBooks(store.engine).replace("T1", [NOW.date()], [line(40, NOW.date()), images(3, NOW.date())], LATER)
    BillBooks(store.engine).failed("T1", NOW.date(), LATER, "No rights.")
    DigestRows(store.engine).set(Schedule("T1", "C1", 0, 9, 0, "Europe/Berlin", "U1", NOW))
    DigestRows(store.engine).claim(PostPlace("T1", "C1", "2026-W46"), "sample", NOW)
    DigestRows(store.engine).posted(PostPlace("T1", "C1", "2026-W46"), "1.0", LATER, 9 * CENT)
    watching(store)
    asking(store)
    store.write(lane_changes.announce, FACTS, NOW.date(), HORIZON_DAYS)
    for day, listing in ((NOW.date(), {"gpt-image-2": None}), (LATER.date() + timedelta(days=1), None)):
        store.write_once(model_lists.begin, day, NOW, timedelta(hours=1), lambda _connection: None)
        store.write(model_lists.failed, day, LATER, "timeout")
        store.write(model_lists.done, day, LATER, listing, ["gpt-image-9 is new."])
    return [refused(store, wish(request_key="5")), refused(store, wish(request_key="6", images=(IMAGE,) * 40))]


def watching(store: Ledger) -> None:
    """One end that was told, with another that was taken back."""
    watches, end = WatchRows(store.engine), NOW.date() + timedelta(days=7)
    watches.set("T1", "C1", "U1", NOW)
    due, back = DueMark(end, 7, ("gpt-image-1-mini", "gpt-image-1.5")), TakenBack("gpt-image-2", end, None)
    post = watches.claim("T1", "told", watches.places()["T1"], due, [back], "sample", NOW)
    assert post is not None
    watches.failed(post)
    assert watches.claim_again(replace(post, state="failed"), "sample", LATER)
    watches.posted(post, "1.0")


def asking(store: Ledger) -> None:
    """One request for more that was declined, and one that waits."""
    short = (Shortfall("workspace", "", "week", "2026-W47", CENT, "U1"),)
    plain = ("U2", "C1", None)
    for number in range(2):
        new = BudgetRequest(
            "T1", new_id(), f"8-{number}", *plain, f'try "{number}"', CENT, short, NOW, LATER, (AskedPerson("U1"),)
        )
        store.write(rows_requests.ask, new, lambda _connection, _about: None)
        if number:
            store.write(rows_requests.decline, ("T1", new.id, "U1"), NOW, lambda _connection, _about: None)


def refused(store: Ledger, asked: Any) -> str:
    try:
        store.admit(asked, LIMITS, moment(NOW))
    except ImagelaneError as error:
        return f"{error.code}: {error.sentence}"
    return "admitted"


def rows(store: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order of its text; random ids are replaced by a word."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted(map(named, connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def named(row: sa.Row[Any]) -> tuple[Any, ...]:
    return tuple(ID.sub("id", value) if isinstance(value, str) else value for value in row)


def test_R49_the_same_story_leaves_the_same_rows_and_words_on_both(sqlite_url: str, postgres_url: str) -> None:
    told, kept = [], []
    for url in (sqlite_url, postgres_url):
        store = open_ledger(url, busy_seconds=10)
        told.append(story(store))
        kept.append(rows(store))
        assert store.read(holds.differences) == []
        store.close()
    assert told[0] == told[1]
    assert kept[0] == kept[1]
    assert all(kept[0].values()), "a table the story never writes"
