"""GET /v1/lanes and /v1/estimate as a program meets them, and `imagelane lanes`: one value at every door."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from bot import catalog
from bot.digest.answer import DigestWeeks
from bot.entrypoints.cli import main
from bot.estimate.answer import estimate
from bot.estimate.command import read
from bot.grammar.vocabulary import vocabulary
from bot.lanes.bindings import HORIZON_DAYS
from bot.lanes.programs import LaneChange, announced, coming
from bot.ledger import fact_tables, holds, lane_changes
from bot.ledger.ledger import Ledger, open_ledger
from bot.pricing.facts import Binding, Catalog
from bot.printing import plain_json
from bot.recommend.programs import LaneDesk
from bot.settings import Settings
from bot.usage import tokens
from bot.usage.rows_tokens import TokenRows
from tests.kit import cells
from tests.kit.lanes_made import FACTS
from tests.kit.usage_made import NOW, UTC_ZONE, Served, serving
from tests.kit.wishes import LIMITS, at_once

TODAY, DAY = NOW.date(), timedelta(days=1)
NEWER = "gpt-image-2.6-sunburst"


def with_row(since: date) -> Catalog:
    return replace(FACTS, bindings=(*FACTS.bindings, Binding("premium", NEWER, since, FACTS.bindings[0].source)))


@pytest.fixture
def api(sqlite_url: str) -> Iterator[Served]:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with serving(store) as served:
        yield served
    store.close()


# The books


def test_a_change_is_announced_once_and_counts_on_its_day_on_both_databases(store: Ledger) -> None:
    LaneDesk(store, FACTS, HORIZON_DAYS).announce(TODAY)
    first = store.read(lane_changes.standing)
    assert {row.lane for row in first} == {"budget", "premium", "legacy"}
    desk = LaneDesk(store, with_row(TODAY + DAY), HORIZON_DAYS)
    for ahead in (1, 2, 3, 20):
        desk.announce(TODAY + ahead * DAY)
    (change,) = set(store.read(lane_changes.standing)) - set(first)
    assert change == LaneChange("premium", TODAY + 15 * DAY, NEWER, TODAY + DAY, FACTS.checked_on)
    assert [desk.lanes(TODAY + ahead * DAY).lanes["premium"].model for ahead in (14, 15)] == [
        "gpt-image-2.5-sunburst",
        NEWER,
    ]


def test_what_no_longer_comes_leaves_the_books(store: Ledger) -> None:
    LaneDesk(store, FACTS, HORIZON_DAYS).announce(TODAY)
    LaneDesk(store, with_row(TODAY + DAY), HORIZON_DAYS).announce(TODAY + DAY)
    assert len(coming(store.read(lane_changes.standing), TODAY + DAY)) == 1
    LaneDesk(store, FACTS, HORIZON_DAYS).announce(TODAY + 2 * DAY)
    assert coming(store.read(lane_changes.standing), TODAY + 2 * DAY) == ()


def test_processes_that_announce_at_once_write_the_same(store: Ledger) -> None:
    for facts, day in ((FACTS, TODAY), (with_row(TODAY + DAY), TODAY + DAY), (FACTS, TODAY + 2 * DAY)):
        at_once([partial(store.write, lane_changes.announce, facts, day, HORIZON_DAYS)] * 4)
        standing = store.read(lane_changes.standing)
        assert set(standing) == set(announced(facts, standing, day, HORIZON_DAYS))
        assert len(standing) == (4 if day == TODAY + DAY else 3)


def test_a_sweep_with_nothing_to_announce_waits_for_no_lock(sqlite_url: str) -> None:
    quick = open_ledger(sqlite_url, busy_seconds=0.1)
    desk = LaneDesk(quick, FACTS, HORIZON_DAYS)
    desk.announce(TODAY)
    with quick.engine.connect() as other:
        other.execute(sa.select(1))  # BEGIN IMMEDIATE: it holds the lock
        desk.announce(TODAY + DAY)
    quick.close()


def test_a_process_that_did_not_announce_yet_answers_as_one_that_did(store: Ledger) -> None:
    LaneDesk(store, FACTS, HORIZON_DAYS).announce(TODAY)
    desk = LaneDesk(store, with_row(TODAY), HORIZON_DAYS)
    before = desk.lanes(TODAY + DAY)
    desk.announce(TODAY + DAY)
    assert desk.lanes(TODAY + DAY) == before
    assert before.lanes["premium"].next is not None


# Over HTTP


def test_a_program_hears_each_lane_with_its_model_its_days_and_its_prices(api: Served) -> None:
    told = api.get("/v1/lanes")
    assert told.status == 200
    assert told.json == plain_json.as_json(LaneDesk(api.store, catalog.load(), HORIZON_DAYS).lanes(TODAY))
    budget = told.json["lanes"]["budget"]
    assert (budget["model"], budget["snapshot"]) == ("gpt-image-2.5-flare", "gpt-image-2.5-flare-2026-09-08")
    assert budget["prices"][0] | {"source": ""} == {
        "quality": "low",
        "shape": "square",
        "size": "1024x1024",
        "usd": "0.00588",
        "batch_usd": "0.00294",
        "basis": "tokens",
        "source": "",
        "checked_on": "2026-11-22",
    }


def test_what_a_program_has_already_is_304_without_a_body(api: Served) -> None:
    told = api.get("/v1/lanes")
    tag = told.headers["etag"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = api.get("/v1/lanes", If_None_Match=sent)
        assert (again.status, again.text, again.headers["etag"]) == (304, "", tag)
        assert again.headers["cache-control"] == "private, max-age=3600"
    for sent in ('"other"', tag.strip('"'), ""):
        assert api.get("/v1/lanes", If_None_Match=sent).status == 200


def test_a_change_is_next_until_its_day_and_taken_at_once_by_who_accepts_it(api: Served) -> None:
    change = LaneChange("premium", TODAY + 5 * DAY, NEWER, TODAY - DAY, FACTS.checked_on + 300 * DAY)
    LaneDesk(api.store, FACTS, HORIZON_DAYS).announce(TODAY - DAY)
    tag = api.get("/v1/lanes").headers["etag"]
    with api.store.transaction() as connection:
        row = {"lane": change.lane, "model": change.model, "announced_on": str(change.announced_on)}
        connection.execute(
            fact_tables.lane_changes.insert().values(
                row | {"from_on": str(change.from_on), "checked_on": str(change.checked_on)}
            )
        )
    premium = api.get("/v1/lanes", If_None_Match=tag).json["lanes"]["premium"]
    assert premium["model"] == "gpt-image-2.5-sunburst"
    assert (premium["next"]["model"], premium["next"]["from_on"]) == (NEWER, "2026-11-27")
    taken = api.get("/v1/lanes?accept=next").json["lanes"]["premium"]
    assert (taken["model"], taken["since"], taken["next"]) == (NEWER, "2026-11-21", None)
    assert {one["usd"] for one in taken["prices"]} == {None}


def test_an_answer_is_never_good_past_its_day(sqlite_url: str) -> None:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with serving(store, now=lambda: datetime(2026, 11, 22, 23, 50, tzinfo=UTC)) as api:
        assert api.get("/v1/lanes").headers["cache-control"] == "private, max-age=600"
    store.close()


ESTIMATES = [
    ({"count": "5000"}, "estimate 5000"),
    ({"count": "5000", "quality": "high", "size": "square"}, "estimate 5000 high square"),
    ({"count": "200", "quality": "Medium", "size": "1536x1024", "of": "premium", "batch": "true"}, ""),
    ({"count": "100", "quality": "high", "of": "budget,Premium", "keep": "55%"}, ""),
    ({"count": "100", "of": "gpt-image-2.5-flare-2026-09-08", "batch": "false", "keep": "0.4"}, ""),
    ({"count": "100", "of": "gpt-image-2.6-sunburst"}, "estimate 100 gpt-image-2.6-sunburst"),
    ({"count": "100", "keep": "own"}, "estimate 100 --keep own"),
    ({"count": "1", "quality": "", "size": "", "of": "", "batch": "", "keep": ""}, "estimate 1"),
]


def test_an_estimate_is_what_the_command_says_with_json(api: Served) -> None:
    words = vocabulary(catalog.load(), TODAY)

    def hears_the_same(fields: dict[str, str], line: str) -> None:
        parts = {**fields, "of": fields.get("of", "").replace(",", " ")}
        typed = [part for name in ("count", "quality", "size", "of") for part in parts.get(name, "").split()]
        typed += ["--batch"] * (fields.get("batch") == "true")
        typed += [f"--keep={fields['keep']}"] if fields.get("keep") else []
        command = read(line.split()[1:] or typed, words)
        told = api.get(f"/v1/estimate?{urlencode(fields)}")
        assert (told.status, told.json) == (200, plain_json.as_json(estimate(catalog.load(), command, TODAY)))

    cells.hold(ESTIMATES, hears_the_same)


NOT_UNDERSTOOD = [
    ("estimate?", "not_understood", "How many pictures? For example count=5000."),
    ("estimate?count=many", "bad_number", "counts like 5000"),
    ("estimate?count=0", "bad_number", "counts from 1 to 999999"),
    ("estimate?count=5&quality=hihg", "not_understood", "did you mean `high`?"),
    ("estimate?count=5&quality=square", "not_understood", "Here `estimate` reads"),
    ("estimate?count=5&size=999x999&of=premium", "bad_spec", "999x999"),
    ("estimate?count=5&of=premuim", "not_understood", "did you mean `premium`?"),
    ("estimate?count=5&of=budget,premium,legacy,gpt-image-2", "not_understood", "three at most"),
    ("estimate?count=5&of=budget,", "not_understood", "Here `estimate` reads"),
    ("estimate?count=5&of=gpt-image-2.6-sunburst&batch=true", "no_batch", "batch"),
    ("estimate?count=5&batch=yes", "not_understood", "batch=true or batch=false"),
    ("estimate?count=5&keep=0", "bad_number", "keep rates above 0"),
    ("estimate?count=5&retries=1", "not_understood", "I read count, quality, size, of, batch and keep here"),
    ("estimate?count=5&count=6", "not_understood", "each of them once"),
    ("lanes?accept=all", "not_understood", "I read accept=next here"),
    ("lanes?on=2026-03-27", "not_understood", "I read only accept here, once."),
]


def test_what_is_not_understood_is_422_with_a_sentence(api: Served) -> None:
    def is_said(query: str, code: str, sentence: str) -> None:
        told = api.get(f"/v1/{query}")
        assert (told.status, told.error["code"]) == (422, code)
        assert sentence in told.error["message"]

    cells.hold(NOT_UNDERSTOOD, is_said)


def test_R80_neither_is_answered_without_the_right_to_read(api: Served) -> None:
    secret = tokens.fresh()
    TokenRows(api.store.engine).create("T1", "reports", tokens.digest(secret), NOW, (tokens.REPORT,))
    for path in ("/v1/lanes", "/v1/estimate?count=5"):
        assert api.ask("GET", path).status == 401
        told = api.ask("GET", path, headers={"Authorization": f"Bearer {secret}", "If-None-Match": "*"})
        assert (told.status, told.error["code"]) == (403, "no_right")


# In a terminal


@pytest.fixture
def terminal(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    store = open_ledger(sqlite_url, busy_seconds=10)
    yield store
    store.close()


def test_a_terminal_says_what_a_program_hears(terminal: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lanes", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    with serving(terminal, now=lambda: datetime.now(UTC)) as api:
        assert said == api.get("/v1/lanes").json
    assert main(["lanes"]) == 0
    table = capsys.readouterr().out
    assert table.splitlines()[0].split() == ["Lane", "Since", "Model"]
    assert "budget   2026-09-08  gpt-image-2.5-flare" in table
    assert "0.0132" not in table
    assert main(["lanes", "--details", "--next"]) == 0
    assert "medium square 1024x1024: $0.01317, $0.006585 in batch, tokens" in capsys.readouterr().out


# In the digest


def test_a_digest_says_what_lanes_will_mean_to_programs_before_they_do(store: Ledger) -> None:
    LaneDesk(store, FACTS, HORIZON_DAYS).announce(TODAY)
    LaneDesk(store, with_row(TODAY + DAY), HORIZON_DAYS).announce(TODAY + DAY)
    weeks = DigestWeeks(store, FACTS, lambda _: store.read(holds.left, "T1", LIMITS), UTC_ZONE, HORIZON_DAYS)

    def told(days: int) -> list[date]:
        return [row.from_on for row in weeks.week("T1", None, NOW + days * DAY).lane_changes]

    day = TODAY + 15 * DAY
    assert [told(days) for days in (0, 1, 8, 14, 15)] == [[], [day], [day], [day], []]
