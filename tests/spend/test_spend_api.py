"""GET /v1/spend as a program meets it: the answer of the command, its refusals, and whose figures it never says."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot import catalog
from bot.billing.rows import BillBooks
from bot.ledger.ledger import Ledger, open_ledger
from bot.periods import Days, NamedPeriod
from bot.printing import plain_json
from bot.spend import answer
from bot.spend.answer import Books
from bot.spend.command import Spend
from tests.kit import cells
from tests.kit.bills_made import FRIDAY, SATURDAY, line
from tests.kit.records import put, record
from tests.kit.usage_made import NOW, Served, serving, token_of
from tests.kit.wishes import paid

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def api(sqlite_url: str) -> Iterator[Served]:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with serving(store) as found:
        yield found
    store.close()


ASKED: list[tuple[dict[str, str], Spend]] = [
    ({}, Spend()),
    ({"period": "", "by": "", "within": ""}, Spend()),
    ({"period": "last week"}, Spend(NamedPeriod.LAST_WEEK)),
    ({"period": "LAST  week"}, Spend(NamedPeriod.LAST_WEEK)),
    ({"period": "2026-11-20 to 2026-11-21", "by": "day"}, Spend(Days(FRIDAY, SATURDAY), "day")),
    ({"period": "all", "by": "Model"}, Spend(NamedPeriod.ALL, "model")),
    ({"by": "source", "within": "kites by day"}, Spend(by="source", project="kites by day")),
    ({"within": "project"}, Spend(project="project")),
    ({"within": "#C0123456"}, Spend(channel_id="C0123456")),
    ({"of": "Budget", "by": "kind"}, Spend(by="kind", lane="budget")),
    ({"of": "azure/GPT-Image-2.5-Flare", "within": "project"}, Spend(project="project", model="gpt-image-2.5-flare")),
    ({"of": "gpt-image-2.5-flare-2026-09-08"}, Spend(model="gpt-image-2.5-flare")),
]


def test_a_program_asks_what_a_person_asks_and_hears_the_same(store: Ledger) -> None:
    paid(store)
    put(store, record(project="kites by day", kept=3, rejected=1), record(project="project"))
    BillBooks(store.engine).replace("T1", [FRIDAY, SATURDAY], [line(5)], NOW)
    with serving(store, zone=BERLIN) as api:

        def hears_the_same(fields: dict[str, str], command: Spend) -> None:
            told = api.spend(**fields)
            said = plain_json.as_json(answer.spend(Books.of(store, "T1", BERLIN, catalog.load()), command, NOW))
            assert (told.status, told.json) == (200, said)
            assert said["total"]["spend_usd"] is not None

        cells.hold(ASKED, hears_the_same)


def test_R60_the_provider_s_bill_stands_beside_the_sums_and_in_none_of_them(api: Served) -> None:
    put(api.store, record())
    before = api.spend(period="this week").json
    BillBooks(api.store.engine).replace("T1", [FRIDAY], [line(500)], NOW)
    after = api.spend(period="this week").json
    assert before["bill"] is None
    assert after["bill"]["billed_usd"] == "5.00"
    assert after == before | {"bill": after["bill"]}


NOT_UNDERSTOOD = [
    ("period=last+wek", "I read `last wek` as a period: did you mean `last week`?"),
    ("period=2026-W99", "There is no week `2026-W99`."),
    ("period=by+model", "`by` stands beside it."),
    ("period=last+week+by+model", "I could not read `by` after the period."),
    ("period=2026-12", "2026-12 begins on 2026-12-01, after 2026-11-22."),
    ("period=2024-01-01..2026-01-01&by=day", "By day I show up to 366 days"),
    ("by=modle", "I read `modle` as a dimension: did you mean `model`?"),
    ("by=lane+model", "dimension"),
    ("in=%23kites", "I could not find the channel `#kites`"),
    ("in=a%00b", "I could not read `ab` as the name of a project"),
    ("in=+", "In what? I read `in` a project's name or a #channel."),
    ("of=premuim", "I read `premuim` as a lane: did you mean `premium`?"),
    ("of=kites", "Of what? I read `of` a lane (budget, premium or legacy), a model"),
    ("of=premium+budget", "I read `premium budget` as a lane: did you mean `premium`?"),
    ("of=%40ana", "I could not find the person `@ana`"),
    ("period=of+premium", "`of` stands beside it."),
    ("until=2026-11-01", "I read period, by, in and of here, each of them once."),
    ("period=today&period=all", "I read period, by, in and of here, each of them once."),
]


def test_what_is_not_understood_is_422_with_the_sentence_of_the_command(api: Served) -> None:
    def is_said(query: str, sentence: str) -> None:
        told = api.ask("GET", f"/v1/spend?{query}", headers={"Authorization": f"Bearer {api.token}"})
        assert told.status == 422
        assert sentence in told.error["message"]

    cells.hold(NOT_UNDERSTOOD, is_said)


def test_figures_by_and_of_a_person_are_given_to_no_token(api: Served) -> None:
    put(api.store, record(person_id="U0SAMPLEANA"))
    for fields in ({"by": "person"}, {"by": "PERSON"}, {"of": "@U0SAMPLEANA"}, {"of": "@U0SAMPLEBEN", "by": "day"}):
        told = api.spend(**fields)
        assert (told.status, told.error["code"]) == (403, "for_one_person")
        assert "U0" not in told.text


def test_R77_a_token_of_team_b_hears_of_team_a_what_it_hears_of_nobody(store: Ledger) -> None:
    ours = [{}, {"period": "all", "by": "project"}, {"by": "day"}, {"within": "kites"}, {"within": "#C0123456"}]
    with serving(store, team_id="T2") as api:
        empty = [api.spend(**fields).text for fields in ours]
        paid(store)
        put(store, record(project="kites", person_id="U1", occurred_at=datetime(2025, 1, 1, tzinfo=UTC)))
        BillBooks(store.engine).replace("T1", [FRIDAY], [line(500)], NOW)
        assert [api.spend(**fields).text for fields in ours] == empty
        assert json.loads(api.spend(token_of(store, "T1")).text)["total"]["records"] == 1


def test_R80_without_a_token_nothing_is_asked_of_the_books(api: Served) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {api.token}"}):
        assert api.ask("GET", "/v1/spend?period=nonsense", headers=headers).status == 401
    assert (
        api.ask("GET", f"/v1/spend?token={api.token}", headers={"Authorization": f"Bearer {api.token}"}).status == 401
    )


def test_questions_and_reports_are_counted_together(sqlite_url: str) -> None:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with serving(store, per_minute=2) as api:
        assert [api.post().status, api.spend().status, api.spend().status] == [200, 200, 429]
    store.close()


def test_a_report_that_is_being_written_keeps_no_question_waiting(sqlite_url: str) -> None:
    quick = open_ledger(sqlite_url, busy_seconds=0.1)
    with serving(quick) as api, quick.engine.connect() as other:
        other.execute(sa.select(1))  # BEGIN IMMEDIATE: it holds the lock
        told = api.spend()
    assert told.status == 200
    quick.close()
