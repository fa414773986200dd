"""F2: the exports of other tools, read without a store: their sums by hand, what is skipped, and what is refused.

The files in exports/ are made up, after what public sources say of the columns.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import catalog, periods
from bot.errors import BadFile
from bot.ledger.ledger import Ledger
from bot.pricing import Size, Usage
from bot.spend.rows import SpendRows
from bot.usage import exports, files, tools
from bot.usage.buckets import BucketGroup, CountedPictures, MeteredTokens
from bot.usage.importing import Import, WantedImport
from bot.usage.printout import rendered
from bot.usage.reading import Desk
from bot.usage.records import BillLine, Imported, Record
from tests.entrypoints.test_printouts import printed
from tests.kit import exports_read
from tests.kit.exports_read import ExportRead
from tests.kit.usage_made import UTC_ZONE

SAMPLES = Path(__file__).parent / "exports"
DAY = "2026-11-01_2026-11-27.csv"
NOW = datetime(2026, 11, 29, tzinfo=UTC)
LITELLM = "request_id,call_type,spend,startTime,model,metadata,cache_hit,status\n"
# Columns of the field reference of Langfuse's export to blob storage, as of 2026-11-28.
LANGFUSE = "id,type,start_time,provided_model_name,model_parameters,total_cost,level,user_id,trace_name\n"
# Columns of the schema of cost and usage details of an enterprise agreement, version 2024-08-01.
AZURE = "Date,ResourceId,ResourceGroup,MeterId,MeterName,Quantity,CostInBillingCurrency,BillingCurrency,ChargeType\n"


def sample(name: str) -> ExportRead:
    return exports_read.read(SAMPLES / name, NOW)


def written(folder: Path, text: str, zone: str | None = None, tool: str | None = None) -> ExportRead:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return exports_read.read(path, NOW, tool, ZoneInfo(zone) if zone else None)


def usd_by_model(records: list[Record]) -> Mapping[str, Decimal | None]:
    return {record.model: record.usd for record in records}


GROUP = BucketGroup(date(2026, 11, 2), "gpt-image-2-2026-04-21", "proj_A", "user-A", "key_A")


def test_F2_openais_completions_are_tokens_of_a_day_and_count_no_pictures() -> None:
    read = sample(f"completions_usage_{DAY}")
    flare = replace(GROUP, model="gpt-image-2.5-flare-2026-09-08")
    assert read.buckets == [
        MeteredTokens(GROUP, (False, None), Usage(text_in=4567, image_in=194, image_out=42240)),
        MeteredTokens(flare, (True, None), Usage(text_in=600, image_out=5268)),
    ]
    assert read.skipped == {"empty bucket": 1, "text model": 1}
    assert (read.records, read.refused) == ([], [])


def test_F2_openais_images_are_pictures_of_a_day_without_tokens() -> None:
    read = sample(f"images_usage_{DAY}")
    square = Size(1024, 1024)
    assert read.buckets == [CountedPictures(GROUP, 39, square, "draw"), CountedPictures(GROUP, 1, square, "edit")]
    assert (read.skipped, read.refused) == ({"empty bucket": 1}, [])


def test_F2_openais_costs_are_lines_of_the_bill_and_no_records() -> None:
    read = sample(f"cost_{DAY}")
    empty, *lines = read.bill
    assert empty == BillLine(datetime(2026, 11, 1, tzinfo=UTC), "", "", Decimal(0))
    assert [line.usd for line in lines] == [Decimal("0.022835"), Decimal("0.001552"), Decimal("1.2672")]
    assert sum(line.usd for line in lines) == Decimal("1.291587")
    assert {(line.start, line.project) for line in lines} == {(datetime(2026, 11, 2, tzinfo=UTC), "proj_A")}
    assert lines[2].item == "gpt-image-2-2026-04-21, image output"
    assert (read.records, read.skipped, read.refused) == ([], {"empty bucket": 1}, [])


def test_F2_litellms_spend_is_taken_as_told_save_where_it_is_none() -> None:
    read = sample("litellm_spendlogs.csv")
    assert [(record.id, record.model, record.kind, record.images, record.usd) for record in read.records] == [
        ("img-001", "gpt-image-2.5-flare", "draw", 1, Decimal("0.05283")),
        ("img-002", "gpt-image-2", "edit", 1, Decimal("0.021066")),
        ("img-003", "gpt-image-2", "draw", 0, Decimal("0.000052")),
        ("img-004", "gpt-image-2", "draw", 1, None),
    ]
    assert (read.records[0].quality, read.records[0].width, read.records[0].project) == ("high", 1024, "team-shop")
    assert read.records[0].occurred_at == datetime(2026, 11, 20, 9, 0, 0, 123000, tzinfo=UTC)


def test_F2_litellms_daily_activity_and_helicones_requests() -> None:
    daily, requests = sample("litellm_ui.csv"), sample("helicone.csv")
    assert [(record.images, record.usd, record.project) for record in daily.records] == [
        (20000, Decimal("1053.6"), "team-shop")
    ]
    assert [(record.images, record.usd, record.person_id) for record in requests.records] == [
        (1, Decimal("0.052705"), "ana")
    ]


@pytest.mark.parametrize(
    ("cells", "usd"),
    [("0,,False,success", None), ("0.0,,False,success", None), ("0,,True,success", 0), ("0,,False,failure", 0)],
)
def test_a_spend_of_zero_is_a_price_of_cache_hits_and_failures_only(
    tmp_path: Path, cells: str, usd: int | None
) -> None:
    spend, rest = cells.split(",", 1)
    row = f"a,aimage_generation,{spend},2026-11-20 09:00:00,gpt-image-2,{rest}\n"
    assert [record.usd for record in written(tmp_path, LITELLM + row).records] == [usd]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("request_id,call_type,spend,startTime,model", "a,aimage_generation,0,2026-11-20 09:00:00,gpt-image-2"),
        ("request_id,call_type,spend,startTime,model,status", "a,image_edit,0,2026-11-20 09:00:00,gpt-image-2,success"),
        ("id,type,start_time,model,total_cost", "a,GENERATION,2026-11-20 09:00:00,gpt-image-2,0.0"),
    ],
)
def test_a_spend_of_zero_is_no_price_where_an_export_says_nothing_of_failures_and_caches(
    tmp_path: Path, header: str, row: str
) -> None:
    read = written(tmp_path, f"{header}\n{row}\n")
    assert [(record.images, record.usd) for record in read.records] == [(1, None)]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_columns_are_parted_by_comma_semicolon_or_tab(tmp_path: Path, between: str) -> None:
    row = "a,aimage_generation,0.05,2026-11-20 09:00:00,gpt-image-2,,False,success\n"
    read = written(tmp_path, (LITELLM + row).replace(",", between))
    assert usd_by_model(read.records) == {"gpt-image-2": Decimal("0.05")}


def langfuse_rows() -> list[dict[str, object]]:
    common = {"start_time": "2026-11-20 09:00:00.123456", "level": "DEFAULT", "user_id": "ana", "trace_name": "shop"}
    picture = {**common, "type": "GENERATION", "provided_model_name": "gpt-image-2"}
    return [
        {"id": "a", **picture, "model_parameters": {"quality": "high", "size": "1024x1536"}, "total_cost": 0.165},
        {"id": "b", **picture, "level": "ERROR", "total_cost": 0.00005},
        {"id": "c", **picture, "total_cost": 0},
        {"id": "d", **common, "type": "SPAN", "provided_model_name": None, "total_cost": None},
        {"id": "e", **picture, "provided_model_name": "gpt-4o-mini", "total_cost": 0.01},
    ]


def langfuse_csv() -> str:
    names = LANGFUSE.strip().split(",")
    cells = [[row.get(name) for name in names] for row in langfuse_rows()]
    return LANGFUSE + "".join(",".join(_cell(cell) for cell in row) + "\n" for row in cells)


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return '"' + json.dumps(value).replace('"', '""') + '"'
    return "" if value is None else str(value)


def langfuse_json_lines() -> str:
    return "".join(json.dumps(row) + "\n" for row in langfuse_rows())


@pytest.mark.parametrize("text", [langfuse_csv(), langfuse_json_lines()], ids=["csv", "json lines"])
def test_langfuses_generations_come_as_csv_and_as_json_lines(tmp_path: Path, text: str) -> None:
    read = written(tmp_path, text)
    assert [(record.id, record.images, record.usd) for record in read.records] == [
        ("a", 1, Decimal("0.165")),
        ("b", 0, Decimal("0.00005")),
        ("c", 1, None),
    ]
    first = read.records[0]
    assert (first.quality, first.width, first.height, first.project) == ("high", 1024, 1536, "shop")
    assert (read.skipped, read.refused) == ({"no generation": 1, "text model": 1}, [])


def azure(currency: str, more: str = "", cell: str = "") -> str:
    where = "/subscriptions/s/accounts/sample,pictures"
    return (
        AZURE.replace("\n", f"{more}\n")
        + f"11/20/2026,{where},m1,GPT Image 2 img Outp glbl Tokens,42.24,1.2672,{currency},Usage{cell}\n"
        + f"11/20/2026,{where},m2,gpt-4o-mini-0718-Inp-glbl Tokens,3,0.0003,{currency},Usage{cell}\n"
    )


def test_azures_meters_of_pictures_are_records_without_a_count(tmp_path: Path) -> None:
    read = written(tmp_path, azure("USD"))
    assert [(record.model, record.images, record.usd, record.project) for record in read.records] == [
        ("gpt-image-2", None, Decimal("1.2672"), "pictures")
    ]
    assert read.records[0].occurred_at == datetime(2026, 11, 20, tzinfo=UTC)
    assert read.skipped == {"other meter": 1}


def azure_rows(*rows: str) -> str:
    """Each the group, the resource, the meter and the cost of one day."""
    text = AZURE
    for group, where, meter, usd in (row.split(",") for row in rows):
        text += f"11/20/2026,{where},{group},{meter},GPT Image 2 img,1,{usd},USD,Usage\n"
    return text


PARTS = ("shop,/sub/r,m1,1.25", "shop,/sub/r,m1,0.5", "shop,/sub/r,m2,0.1", "Shop,/SUB/r,m1,0.25", "art,/sub/r2,m1,3")


@pytest.mark.parametrize("order", [PARTS, PARTS[::-1]])
def test_azures_rows_of_one_meter_resource_and_day_are_parts_of_one_record(
    quick_store: Ledger, tmp_path: Path, order: Sequence[str]
) -> None:
    read = written(tmp_path, azure_rows(*order))
    sums = sorted((record.usd, record.project) for record in read.records)
    assert (sums, read.refused) == ([(Decimal("0.1"), "shop"), (Decimal(2), "shop"), (Decimal(3), "art")], [])
    desk, export = Desk(catalog.load()), tmp_path / "export.csv"
    for stored, before in ((3, 0), (0, 3)):
        done = Import(quick_store, desk, "T1", WantedImport({}), NOW, lambda *_: None).run(export)
        assert (done.rows, done.added, done.stored, done.duplicates, done.refused) == (5, 2, stored, before, 0)
    assert "Added up: 2 rows are parts of another of the same day." in printed(rendered(done))


def test_azures_rows_of_two_groups_are_no_parts_of_each_other(quick_store: Ledger, tmp_path: Path) -> None:
    read, refused = written(tmp_path, azure_rows("shop,,m1,1", "art,,m1,2", "shop,,m1,4")), list[object]()
    assert [(record.usd, record.project) for record in read.records] == [(Decimal(5), "shop"), (Decimal(2), "art")]
    work = Import(quick_store, Desk(catalog.load()), "T1", WantedImport({}), NOW, lambda *line: refused.append(line))
    assert work.run(tmp_path / "export.csv").stored == 0
    assert refused == [(3, "'11/20/2026//m1/usage' from 'azure' stands in this file already with another usd")]


def test_a_part_without_a_cost_leaves_the_whole_without_one(tmp_path: Path) -> None:
    read = written(tmp_path, azure_rows("shop,/sub/r,m1,1", "shop,/sub/r,m1,"))
    assert [record.usd for record in read.records] == [None]


def test_amounts_of_another_currency_are_refused_by_name(tmp_path: Path) -> None:
    refusal = "is 'EUR': only amounts in USD are taken"
    assert written(tmp_path, azure("EUR")).refused == [(2, f"BillingCurrency {refusal}")]
    costs = (SAMPLES / f"cost_{DAY}").read_text().replace(",usd,", ",EUR,", 1)
    read = written(tmp_path, costs)
    assert (len(read.bill), read.refused) == (3, [(3, f"amount_currency {refusal}")])


def test_a_refused_cell_is_told_by_its_first_letters(tmp_path: Path) -> None:
    decimals = azure("USD").replace("1.2672", f'"0,{"1" * 100_000}"')
    for text in (azure("E" * 100_000), decimals):
        ((_, reason),) = written(tmp_path, text).refused
        assert len(reason) < 120


def test_ids_that_are_no_text_are_refused_or_read_however_long(tmp_path: Path) -> None:
    row = {"call_type": "image_edit", "spend": 0.05, "startTime": "2026-11-20", "model": "gpt-image-2"}
    rows = [{"request_id": f"\ud800{'a' * letters}", **row} for letters in (1, 300)]
    read = written(tmp_path, "".join(f"{json.dumps(one)}\n" for one in rows))
    assert (len(read.records), read.refused) == (1, [(1, "id is not valid text")])


def test_the_amount_in_usd_is_taken_where_it_stands_beside_another(tmp_path: Path) -> None:
    read = written(tmp_path, azure("EUR", ",costInUsd", ",1.4"))
    assert usd_by_model(read.records) == {"gpt-image-2": Decimal("1.4")}


@pytest.mark.parametrize(
    ("moment", "zone", "at"),
    [
        ("2026-11-20 09:00:00", None, datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ("2026-11-20 09:00:00", "Europe/Berlin", datetime(2026, 11, 20, 8, tzinfo=UTC)),
        ("2026-10-25 02:30:00", "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-11-20T09:00:00+02:00", "Europe/Berlin", datetime(2026, 11, 20, 7, tzinfo=UTC)),
        ("1793577600", "Europe/Berlin", datetime(2026, 11, 2, tzinfo=UTC)),
        ("1793577600.5", None, datetime(2026, 11, 2, 0, 0, 0, 500000, tzinfo=UTC)),
        ("2026-11-20", None, datetime(2026, 11, 20, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_of_the_exports_or_of_the_one_said(
    tmp_path: Path, moment: str, zone: str | None, at: datetime
) -> None:
    row = f"a,aimage_generation,0.05,{moment},gpt-image-2,,False,success\n"
    assert [record.occurred_at for record in written(tmp_path, LITELLM + row, zone).records] == [at]


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ("2026-03-29 02:30:00", "is in the hour that clocks in Europe/Berlin left out"),
        ("2026-11-31", "is a day or an hour that does not exist"),
        ("yesterday", "must be a moment with its zone"),
        ("9999999999", "must be from 2022 on"),
    ],
)
def test_a_moment_that_never_was_is_refused(tmp_path: Path, moment: str, reason: str) -> None:
    row = f"a,aimage_generation,0.05,{moment},gpt-image-2,,False,success\n"
    read = written(tmp_path, LITELLM + row, "Europe/Berlin")
    assert [(number, reason in why) for number, why in read.refused] == [(2, True)]


def test_every_export_is_told_by_its_header_and_by_no_other() -> None:
    for name, tool in tools.tools().items():
        header = [column.split("|")[0] for column in tool.header]
        guess = tools.guessed(header)
        assert guess is not None
        assert guess.name == name
        assert tool.page
    assert set(tools.tools()) == {
        *("openai-usage", "openai-images", "openai-costs", "litellm", "litellm-ui", "langfuse", "helicone", "azure")
    }


def test_a_file_that_is_not_what_it_is_said_to_be_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="has no column 'request_id', which LiteLLM's spend logs has"):
        written(tmp_path, azure("USD"), tool="litellm")
    with pytest.raises(BadFile, match="I know no export called 'grafana'"):
        written(tmp_path, azure("USD"), tool="grafana")


@pytest.mark.parametrize("line", ["nothing", "[1]", '{"id": "a"'])
def test_a_line_that_is_no_json_object_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    read = written(tmp_path, langfuse_json_lines() + line + "\n")
    assert read.refused == [(6, "is no JSON object")]


def test_any_file_is_read_by_constants_joined_columns_paths_and_tokens(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        'day;run;no;what;n;in;out\n1793577600;nightly;7;"{""spec"": {""size"": ""1024x1024""}}";1,000;100.0;1756000\n'
    )
    mapping = {
        "id": "run + no",
        "occurred_at": "day",
        "model": ":gpt-image-2.5-flare",
        "images": "n",
        "quality": ":high",
        "size": "what.spec.size",
        "usage.input_tokens": "in",
        "usage.output_tokens": "out",
    }
    with files.opened(path) as file:
        export = exports.understood(file, None, mapping, "shop")
        given = [export.rows.given(line.cells) for line in file.lines()]
    assert given == [
        {
            "source": "shop",
            "id": "nightly/7",
            "occurred_at": "2026-11-02T00:00:00+00:00",
            "model": "gpt-image-2.5-flare",
            "images": 1000,
            "quality": "high",
            "size": "1024x1024",
            "usage": {"input_tokens": 100, "output_tokens": 1756000},
        }
    ]
    assert export.ignored == ()


def imported(store: Ledger, path: Path, **wanted: Any) -> Imported:
    return Import(store, Desk(catalog.load()), "T1", WantedImport({}, **wanted), NOW, lambda *_: None).run(path)


def test_F2_an_export_is_stored_once_and_says_what_it_was_read_as(store: Ledger) -> None:
    path = SAMPLES / "litellm_spendlogs.csv"
    first, again = imported(store, path), imported(store, path)
    assert (first.stored, first.refused, again.stored, again.duplicates) == (4, 0, 0, 4)
    month = periods.span(periods.Days(date(2026, 11, 1), date(2026, 11, 30)), UTC_ZONE)
    assert SpendRows(store.engine).sums("T1", [month])[0].spent_nanousd == 52_830_000 + 21_066_000 + 52_000
    assert "Read as LiteLLM's spend logs. A call that succeeded counts as one picture." in printed(rendered(first))


def test_rows_that_are_skipped_are_neither_stored_nor_refused(quick_store: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "langfuse.jsonl"
    path.write_text(langfuse_json_lines())
    answer = imported(quick_store, path)
    assert (answer.rows, answer.stored, answer.refused) == (5, 3, 0)
    assert "Rows that tell of no pictures: 1 no generation, 1 text model." in printed(rendered(answer))


def test_a_source_that_is_said_stands_in_place_of_the_tools(quick_store: Ledger) -> None:
    imported(quick_store, SAMPLES / "helicone.csv", source="shop")
    assert imported(quick_store, SAMPLES / "helicone.csv").stored == 1
