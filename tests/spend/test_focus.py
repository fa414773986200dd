"""FOCUS out: every row of it by our own check, and the sums of `spend` on both databases."""

import io
import json
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import catalog, periods
from bot.entrypoints.cli import main
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Paid, Uncertain
from bot.periods import NamedPeriod
from bot.pricing import Usage
from bot.spend import answer
from bot.spend.answer import Books
from bot.spend.command import Spend
from bot.spend.focus import FocusCount
from bot.spend.rows_focus import PAGE
from bot.usage import tokens
from bot.usage.importing import Import, WantedImport
from bot.usage.reading import Desk
from bot.usage.rows import Records
from bot.usage.rows_tokens import TokenRows
from tests.kit import benches_made, cells, focus, ledgers
from tests.kit.clock import moment
from tests.kit.records import put, record
from tests.kit.usage_made import Told, serving
from tests.kit.wishes import NOW, called, paid, placed

BERLIN = ZoneInfo("Europe/Berlin")
FLARE = "gpt-image-2.5-flare"
UNKNOWN: dict[str, Any] = {"amount_nanousd": None, "basis": "unknown"}


def books(store: Ledger, team_id: str = "T1", zone: ZoneInfo = BERLIN) -> Books:
    return Books.of(store, team_id, zone, catalog.load())


def exported(
    books: Books, period: periods.AnyPeriod = NamedPeriod.THIS_MONTH, now: datetime = NOW, people: bool = False
) -> tuple[list[dict[str, str]], FocusCount]:
    to = io.StringIO(newline="")
    count = books.write_focus(answer.span(books, period, now), to, people)
    lines = focus.rows(to.getvalue())
    assert len(lines) == count.rows
    return lines, count


def metered(text_in: int = 0, image_in: int = 0, image_out: int = 0, **changes: Any) -> dict[str, Any]:
    """A record of the rates of 2.5-flare: 5, 8 and 30 dollars for 1,000,000 tokens, which are 5,000, 8,000 and 30,000
    nano-dollars for one."""
    counts = dict.fromkeys(("text_in_cached_tokens", "image_in_cached_tokens", "text_out_tokens"), 0)
    counts |= {"text_in_tokens": text_in, "image_in_tokens": image_in, "image_out_tokens": image_out}
    amount = text_in * 5_000 + image_in * 8_000 + image_out * 30_000
    return record(images=1, basis="usage", amount_nanousd=amount, **counts, **changes)


def test_a_metered_call_is_a_row_a_meter_and_its_products_are_exact(store: Ledger) -> None:
    put(store, metered(12, 100, 439, kept=1, rejected=0, project="kites"))
    lines, _ = exported(books(store))
    cells.agree(
        [
            ("image-output", ("439", "0.00003", "0.01317", "1")),
            ("text-input", ("12", "0.000005", "0.00006", "")),
            ("image-input", ("100", "0.000008", "0.0008", "")),
        ],
        {
            line["SkuId"].removeprefix(f"{FLARE}/"): (
                *(line[name] for name in ("PricingQuantity", "ListUnitPrice", "ListCost", "x_Images")),
            )
            for line in lines
        }.get,
    )
    first = lines[0]
    assert (first["SkuPriceId"], first["SkuMeter"]) == (f"{FLARE}/image-output/standard", "image output tokens")
    assert (first["ChargePeriodStart"], first["ChargePeriodEnd"]) == ("2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z")
    assert (first["BillingPeriodStart"], first["BillingPeriodEnd"]) == ("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")
    assert (first["SubAccountId"], first["ServiceProviderName"], first["ServiceName"]) == (
        *("kites", "OpenAI", "OpenAI API"),
    )
    assert json.loads(first["SkuPriceDetails"]) == {"x_Model": FLARE, "x_Quality": "medium", "x_Size": "1024x1024"}
    assert {(line["x_Kept"], line["x_PriceBasis"]) for line in lines} == {("true", "metered")}


PRICED: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"images": 1, "amount_nanousd": 41_000_000, "basis": "published"}, ("Images", "1", "0.041", "0.041", "Standard")),
    ({"images": 4, "amount_nanousd": 52_680_000, "basis": "tokens"}, ("Images", "4", "0.01317", "0.05268", "Standard")),
    ({"images": 3, "amount_nanousd": 10_000_000}, ("Requests", "1", "0.01", "0.01", "Other")),
    ({"images": 0, "amount_nanousd": 10_000_000}, ("Requests", "1", "0.01", "0.01", "Other")),
    ({"images": None, "amount_nanousd": 1}, ("Requests", "1", "0.000000001", "0.000000001", "Other")),
    ({"images": 2, "amount_nanousd": 0}, ("Requests", "1", "0.00", "0.00", "Other")),
]


def test_without_tokens_it_is_a_price_each_or_else_the_request_whole(store: Ledger) -> None:
    def written(changes: dict[str, Any]) -> tuple[str, ...]:
        team_id = f"T{uuid.uuid4().hex}"
        put(store, record(team_id=team_id, **changes))
        ((line,), _) = exported(books(store, team_id))
        return tuple(
            line[name] for name in ("PricingUnit", "PricingQuantity", "ListUnitPrice", "ListCost", "PricingCategory")
        )

    cells.agree(PRICED, written)


def test_a_bucket_of_openai_s_usage_is_charged_for_its_day_and_a_call_for_its_hour(store: Ledger) -> None:
    start = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    ids = (f"bucket/{start:%Y-%m-%d}/sample", "call")
    put(store, *(record(id=name, source="openai", occurred_at=start) for name in ids))
    lines, _ = exported(books(store))
    assert {line["ChargePeriodStart"] for line in lines} == {f"{start:%Y-%m-%dT%H:%M:%SZ}"}
    ends = [start + timedelta(days=1), start + timedelta(hours=1)]
    assert [line["ChargePeriodEnd"] for line in lines] == [f"{end:%Y-%m-%dT%H:%M:%SZ}" for end in ends]


def test_tokens_that_do_not_make_the_booked_amount_are_no_meters(store: Ledger) -> None:
    put(store, metered(12, 0, 439) | {"amount_nanousd": 20_000_000})
    ((line,), _) = exported(books(store))
    assert (line["SkuId"], line["ListCost"]) == (f"{FLARE}/images", "0.02")


def test_batch_and_partial_images_have_their_own_price(store: Ledger) -> None:
    put(store, metered(0, 0, 439, batch=True) | {"amount_nanousd": 439 * 15_000})
    put(store, record(images=2, amount_nanousd=2 * 13_170_000 + 300 * 30_000, basis="tokens", partial_images=3))
    lines, _ = exported(books(store))
    assert [(line["SkuPriceId"], line["PricingQuantity"], line["ListUnitPrice"]) for line in lines] == [
        (f"{FLARE}/image-output/batch", "439", "0.000015"),
        (f"{FLARE}/images/medium/1024x1024/standard", "2", "0.01317"),
        (f"{FLARE}/image-output/standard", "300", "0.00003"),
    ]


def test_what_has_no_known_price_is_left_out_and_counted_and_never_0(store: Ledger) -> None:
    put(store, record(), *(record(**UNKNOWN) for _ in range(3)))
    lines, count = exported(books(store))
    assert (len(lines), count, count.left_out()) == (1, FocusCount(1, 3), "3 calls without a price left out.")
    assert FocusCount(0, 1).left_out() == "1 call without a price left out."


def test_the_bot_s_own_calls_are_there_as_they_were_charged(store: Ledger) -> None:
    usage = Usage(text_in=12, image_out=439)
    row = called(store)
    rates = "standard since 2026-09-08"
    store.settle(row.team_id, row.id, Paid(13_230_000, usage, "medium", "1024x1024", "req_1", rates), moment(NOW))
    paid(store)
    lost = called(store)
    store.settle(lost.team_id, lost.id, Uncertain("no_answer"), moment(NOW))
    placed(store)  # held, and never spent
    called(store, demo=True)
    lines, count = exported(books(store))
    assert sorted((line["SkuMeter"], line["ListCost"], line["x_PriceBasis"], line["x_Images"]) for line in lines) == [
        ("image output tokens", "0.01317", "metered", "1"),
        ("images", "0.02", "assumed", "1"),
        ("requests", "0.034", "assumed", "0"),
        ("text input tokens", "0.00006", "metered", ""),
    ]
    assert count.unpriced == 0
    assert {line["Tags"] for line in lines} == {'{"lane": "budget", "channel": "C1"}'}


def test_who_asked_is_told_on_request_only(store: Ledger) -> None:
    paid(store, person_id="U7")
    put(store, record(person_id="U7"))
    assert all("U7" not in str(line) for line in exported(books(store))[0])
    lines, _ = exported(books(store), people=True)
    assert [json.loads(line["Tags"])["person"] for line in lines] == ["U7", "U7"]


PROVIDERS = [
    ("gpt-image-2", ("OpenAI", "OpenAI API")),
    ("openai/gpt-image-2", ("OpenAI", "OpenAI API")),
    ("litellm_proxy/gpt-image-2", ("OpenAI", "OpenAI API")),
    ("azure/gpt-image-2", ("Microsoft", "Azure OpenAI")),
    ("litellm_proxy/Azure_AI/swedencentral/GPT-Image-2", ("Microsoft", "Azure OpenAI")),
    ("azure/shop-image-prod", ("Microsoft", "Azure OpenAI")),
    ("openrouter/openai/gpt-image-2", ("OpenRouter", "OpenRouter API")),
    ("openai/shop-image-prod", ("OpenAI", "OpenAI API")),
    ("sample-vendor/kite-1", ("sample-vendor", "sample-vendor API")),
]


def test_the_provider_is_who_sold_it_by_the_name_it_was_reported_by(store: Ledger) -> None:
    desk = Desk(catalog.load())

    def provider(name: str) -> tuple[str, str]:
        team_id = f"T{uuid.uuid4().hex}"
        told = {"id": "1", "occurred_at": "2026-11-22T09:00:00Z", "model": name, "images": 1, "usd": "0.04"}
        Records(store.engine).take(team_id, [desk.record(told, NOW)], NOW)
        ((line,), _) = exported(books(store, team_id))
        names = {line[name] for name in ("ServiceProviderName", "HostProviderName", "InvoiceIssuerName")}
        assert names == {line["ProviderName"]}
        return line["ProviderName"], line["ServiceName"]

    cells.agree(PROVIDERS, provider)


def test_what_azure_says_it_billed_is_of_microsoft(store: Ledger, tmp_path: Path) -> None:
    (tmp_path / "azure.csv").write_text(
        "Date,MeterId,MeterName,Quantity,costInUsd\n11/20/2026,m-1,gpt image 2 output Tokens,1,0.5\n"
    )
    desk = Desk(catalog.load())
    Import(store, desk, "T1", WantedImport({}), NOW, lambda *_: None).run(tmp_path / "azure.csv")
    ((line,), _) = exported(books(store))
    assert (line["ServiceProviderName"], line["SkuId"]) == ("Microsoft", "gpt-image-2/requests")


def test_a_model_nobody_knows_is_not_of_openai(store: Ledger) -> None:
    put(store, record(model="sample-vendor/kite-1"), record(model="kite-2"), record(model=FLARE))
    names = ("ProviderName", "ServiceProviderName", "HostProviderName", "PublisherName", "InvoiceIssuerName")
    lines, _ = exported(books(store))
    assert {line["ServiceName"] for line in lines} == {"sample-vendor API", "kite-2 API", "OpenAI API"}
    assert all(len({line[name] for name in names}) == 1 for line in lines)


def test_R71_text_of_a_pipeline_is_run_by_no_spreadsheet(store: Ledger) -> None:
    put(store, record(project="=1+1", model="@x/y"))
    ((line,), _) = exported(books(store))
    assert (line["SubAccountId"], line["ProviderName"], line["SkuId"][:3]) == ("'=1+1", "'@x", "'@x")


def test_a_long_period_is_read_page_by_page_each_call_once(store: Ledger) -> None:
    put(store, *(record(id=f"{number}", images=1, amount_nanousd=number + 1) for number in range(2 * PAGE + 1)))
    lines, _ = exported(books(store))
    count = 2 * PAGE + 1
    assert sorted(Decimal(line["ListCost"]) * 10**9 for line in lines) == list(range(1, count + 1))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), zone=st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"]))
def test_any_ledger_adds_up_to_what_spend_says(store: Ledger, data: st.DataObject, zone: str) -> None:
    monday = date(2026, 10, 26)  # its week has a month's end in it, and Berlin's and St John's clocks go back around it
    ledger = data.draw(ledgers.ledgers(periods.midnight(monday - periods.DAY, ZoneInfo(zone)), hours=9 * 24))
    team_id = f"T{uuid.uuid4().hex}"
    ledgers.put(store, team_id, ledger)
    these = books(store, team_id, ZoneInfo(zone))
    week = periods.week_of(monday)
    spending = answer.spend(these, Spend(week), NOW)
    lines, count = exported(these, week)
    assert focus.billed(lines) == (spending.total.spend_usd or 0)
    assert count.unpriced == spending.total.unknown
    assert sum(int(line["x_Images"] or 0) for line in lines) <= spending.total.images


def test_the_first_and_the_last_moment_of_a_period_are_those_of_spend(store: Ledger) -> None:
    first = periods.midnight(date(2026, 11, 1), BERLIN)
    moments = (first - timedelta(microseconds=1), first, NOW, NOW + timedelta(days=1))
    put(store, *(record(occurred_at=at, images=1, amount_nanousd=10**place) for place, at in enumerate(moments)))
    lines, _ = exported(books(store))
    assert [line["ListCost"] for line in lines] == ["0.00000001", "0.0000001"]
    assert lines[0]["BillingPeriodStart"] == "2026-10-01T00:00:00Z"  # by UTC, as a provider counts


def test_what_an_open_blind_test_drew_is_one_sum_a_day_until_it_is_sealed(store: Ledger) -> None:
    bench = benches_made.drawn(store)
    ((line,), _) = exported(books(store))
    assert (line["SkuId"], line["ListCost"], line["x_Images"]) == ("open-bench/open-bench", "0.24", "12")
    assert not any(name in str(line) for name in ("flare", "sunburst", "budget", "premium"))
    benches_made.judge(store, bench, "U2")
    lines, _ = exported(books(store))
    assert (len(lines), focus.billed(lines)) == (12, Decimal("0.24"))
    assert {line["x_Kept"] for line in lines} == {"true"}


def test_nobody_reads_the_charges_of_another_team(store: Ledger) -> None:
    paid(store)
    put(store, record())
    assert exported(books(store, "T2")) == ([], FocusCount(0, 0))


def test_a_program_gets_the_file_without_people_and_the_count_beside_it(store: Ledger) -> None:
    paid(store, person_id="U7")
    put(store, record(person_id="U7"), record(**UNKNOWN))
    with serving(store, zone=BERLIN) as api:

        def asked(query: str, method: str = "GET", token: str = "") -> Told:
            return api.ask(method, f"/v1/export?{query}", headers={"Authorization": f"Bearer {token or api.token}"})

        whole = asked("format=focus&period=this+week")
        assert (whole.status, whole.headers["content-type"]) == (200, "text/csv; charset=utf-8")
        assert (whole.headers["imagelane-rows"], whole.headers["imagelane-calls-without-price"]) == ("2", "1")
        assert len(focus.rows(whole.text)) == 2
        assert "U7" not in whole.text
        assert asked("format=focus").text == whole.text
        for query, part in (
            ("", "I write format=focus here, and no other."),
            ("format=csv", "I write format=focus here"),
            ("format=focus&people=true", "I read period and format here"),
            ("format=focus&period=last+wek", "did you mean `last week`?"),
            ("format=focus&period=2027-01", "2027-01 begins on 2027-01-01, after 2026-11-22."),
        ):
            refused = asked(query)
            assert refused.status == 422
            assert part in refused.error["message"]
        assert asked("format=focus", token="nobody").status == 401
        reporting = tokens.fresh()
        TokenRows(store.engine).create("T1", "sample", tokens.digest(reporting), NOW, (tokens.REPORT,))
        assert asked("format=focus", token=reporting).status == 403


def test_a_terminal_writes_it_to_a_file_or_the_screen(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)

    def said(*words: str, status: int = 0) -> tuple[str, str]:
        assert main(words) == status
        captured = capsys.readouterr()
        return captured.out, captured.err

    said("import", "--sample")
    store = open_ledger(sqlite_url, busy_seconds=10)
    put(store, record(team_id="local", occurred_at=datetime(2026, 10, 20, 12, tzinfo=UTC), **UNKNOWN))
    store.close()
    screen, beside = said("export", "--focus", "2026-10")
    assert beside == "1 call without a price left out.\n"
    spending = json.loads(said("spend", "2026-10", "--json")[0])
    assert focus.billed(focus.rows(screen)) == Decimal(spending["total"]["spend_usd"])
    assert '""person""' not in screen
    assert '""person""' in said("export", "--focus=2026-10", "--people")[0]
    _, beside = said("export", "october.csv", "--focus", "2026-10")
    assert f"Wrote {len(focus.rows(screen))} charges to october.csv." in beside
    quoted = said("export", "--focus", "last month")
    assert said("export", "--focus", "last", "month") == quoted
    said("export", "--focus", "last", "month", "last.csv")
    assert (tmp_path / "last.csv").read_bytes().decode() == quoted[0]
    assert "did you mean `last week`?" in said("export", "third.csv", "--focus", "last", "wek", status=2)[1]
    assert (tmp_path / "october.csv").read_bytes().decode() == screen
    assert "begins on 2099-01-01" in said("export", "new.csv", "--focus", "2099-01", status=2)[1]
    assert not (tmp_path / "new.csv").exists()
    assert "--people goes with --focus" in said("export", "--people", status=2)[1]
    assert said("export", "--focus")[0].startswith("BilledCost,")  # this month, so far
