"""FOCUS out: every row of it by our own check, and the sums of `spend` on both databases."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import catalog, periods
from bot.bench import rows_votes
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Paid, Uncertain
from bot.periods import NamedPeriod
from bot.pricing import Usage
from bot.spend import answer
from bot.spend.answer import Books
from bot.spend.command import Spend
from bot.spend.focus import FocusCount
from bot.spend.rows_focus import PAGE
from tests.kit import benches_made, cells, focus, ledgers
from tests.kit.clock import moment
from tests.kit.records import put, record
from tests.kit.usage_made import serving
from tests.kit.wishes import NOW, called, paid, placed

BERLIN = ZoneInfo("Europe/Berlin")
LATER = datetime(2026, 12, 2, tzinfo=UTC)
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
        team_id = f"T-{PRICED.index((changes, dict_of[id(changes)]))}"
        put(store, record(team_id=team_id, **changes))
        ((line,), _) = exported(books(store, team_id))
        return tuple(
            line[name] for name in ("PricingUnit", "PricingQuantity", "ListUnitPrice", "ListCost", "PricingCategory")
        )

    dict_of = {id(changes): wanted for changes, wanted in PRICED}
    cells.agree(PRICED, written)


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
        (f"{FLARE}/images/standard", "2", "0.01317"),
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
