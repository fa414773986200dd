"""F2: Langfuse's and Azure's exports. The files are made up, in the columns of public documentation: sample data.

Langfuse: Export Field Reference, enriched observations (langfuse.com/docs/api-and-data-platform/features/
blob-storage-export-fields). Azure: cost and usage details, EA 2024-08-01 and MCA 2023-12-01-preview
(learn.microsoft.com/azure/cost-management-billing/dataset-schema). Both read on 2026-11-29.
"""

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot import catalog, periods
from bot.errors import BadFile
from bot.ledger.ledger import Ledger
from bot.spend.rows import SpendRows
from bot.usage.importing import Import, WantedImport
from bot.usage.reading import Desk
from bot.usage.records import Imported
from tests.kit.rows_read import rows_of
from tests.kit.usage_made import UTC_ZONE

SAMPLES = Path(__file__).parent / "exports"
NOW = datetime(2026, 11, 29, tzinfo=UTC)
NOVEMBER = periods.span(periods.Days(date(2026, 11, 1), date(2026, 11, 30)), UTC_ZONE)
LANGFUSE = ("langfuse_observations.csv", "langfuse_observations.jsonl")
AZURE = ("azure_ea.csv", "azure_mca.csv")
# What Langfuse reckoned; the failed call's cents are paid, and an amount of 0 of a model that it does not know is none.
LANGFUSE_USD = Decimal("0.165") + Decimal("0.05283") + Decimal("0.00005") + Decimal("0.04")
# 42,240 image tokens out at $30 a million, 194 image in at $8, 4,567 text in at $5; a day later 5,268 out.
AZURE_USD = Decimal("1.2672") + Decimal("0.001552") + Decimal("0.022835") + Decimal("0.15804")


def as_json_lines(name: str, folder: Path) -> Path:
    """The rows of a CSV sample, with text for values and without what is empty."""
    path = folder / "export.jsonl"
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        rows = [{column: cell for column, cell in row.items() if cell} for row in csv.DictReader(file)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def imported(store: Ledger, path: Path) -> Imported:
    return Import(store, Desk(catalog.load()), "T1", WantedImport({}), NOW, lambda *_: None).run(path)


@pytest.mark.parametrize("name", LANGFUSE)
def test_F2_langfuses_generations_of_pictures_at_what_it_reckoned(store: Ledger, name: str) -> None:
    answer = imported(store, SAMPLES / name)
    assert (answer.tool, answer.stored, answer.refused) == ("Langfuse's observations", 5, 0)
    assert answer.skipped == {"no generation": 2, "text model": 1}
    assert Decimal("0.25788") == LANGFUSE_USD
    assert SpendRows(store.engine).sums("T1", [NOVEMBER])[0].spent_nanousd == 257_880_000


@pytest.mark.parametrize("name", LANGFUSE)
def test_F2_each_observation_of_langfuse_tells_what_was_asked_for(name: str) -> None:
    records = rows_of(SAMPLES / name).records
    assert [(one.model, one.images, one.usd, one.quality, one.height) for one in records] == [
        ("gpt-image-2", 1, Decimal("0.165"), "high", 1536),
        ("gpt-image-2.5-flare", 1, Decimal("0.05283"), "medium", 1024),
        ("gpt-image-2", 0, Decimal("0.00005"), "high", None),
        ("gpt-image-2", 1, None, None, None),
        ("dall-e-3", 1, Decimal("0.04"), None, 1024),
    ]
    assert {(one.person_id, one.project) for one in records} == {("ana", "product-shots"), ("ben", "banners")}
    assert records[0].occurred_at == datetime(2026, 11, 20, 9, 1, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize("name", AZURE)
def test_F2_azures_meters_of_pictures_in_usd_without_a_count(store: Ledger, name: str) -> None:
    answer = imported(store, SAMPLES / name)
    assert (answer.tool, answer.stored, answer.refused) == ("Azure's cost and usage details", 4, 0)
    assert answer.skipped == {"other meter": 3}
    assert Decimal("1.449627") == AZURE_USD
    month = SpendRows(store.engine).sums("T1", [NOVEMBER])[0]
    assert (month.spent_nanousd, month.images) == (1_449_627_000, 0)


@pytest.mark.parametrize("name", AZURE)
def test_F2_azures_rows_are_the_same_as_json_lines(tmp_path: Path, name: str) -> None:
    as_csv, as_json = rows_of(SAMPLES / name), rows_of(as_json_lines(name, tmp_path))
    assert as_csv.records == as_json.records
    assert as_csv.skipped == as_json.skipped
    assert [(one.model, one.images, one.project, one.occurred_at.day) for one in as_csv.records] == [
        *[("gpt-image-2", None, "pictures", 20)] * 3,
        ("gpt-image-2", None, "pictures", 21),
    ]


def test_F2_azures_amounts_in_another_currency_are_refused_by_name(quick_store: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "azure.csv"
    path.write_text((SAMPLES / "azure_ea.csv").read_text().replace(",USD,", ",EUR,"))
    refusal = "BillingCurrencyCode is 'EUR': only amounts in USD are taken"
    assert rows_of(path).refused == dict.fromkeys((2, 3, 4, 5), refusal)
    assert imported(quick_store, path).stored == 0


@pytest.mark.parametrize("currency", ["EUR", ""])
def test_F2_azures_amounts_in_another_currency_or_none_are_refused_where_usd_is_empty(
    tmp_path: Path, currency: str
) -> None:
    path = tmp_path / "azure.csv"
    text = (SAMPLES / "azure_mca.csv").read_text().replace(",1.2672,1.2672,", ",1.2672,,")
    path.write_text(text.replace(",EUR,", f",{currency},"))
    assert rows_of(path).refused == {2: f"BillingCurrency is {currency!r}: only amounts in USD are taken"}


def test_langfuses_json_that_is_one_list_is_refused_with_what_to_export(quick_store: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "observations.json"
    path.write_text("[" + (SAMPLES / LANGFUSE[1]).read_text().strip().replace("\n", ",\n") + "]")
    with pytest.raises(BadFile, match="is one JSON list: export JSON lines or CSV"):
        imported(quick_store, path)
