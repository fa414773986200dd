"""Parquet files by --map and as exports, where pyarrow is installed; and the sentence where it is not. All samples."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.entrypoints.cli import main
from bot.errors import BadFile
from bot.usage import files
from bot.usage.records import Record
from tests.kit import cells
from tests.kit.rows_read import rows_of

MAP = {"id": "id", "occurred_at": "at", "model": ":gpt-image-2", "images": "n", "usd": "cost"}
MOMENT = datetime(2026, 11, 20, 10, 0, 0, 123456)  # noqa: DTZ001 - one without a zone
Write = Callable[..., Path]


def test_without_pyarrow_a_sentence_says_how_to_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "usage.parquet"
    path.write_bytes(b"PAR1 and more, PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "bot.usage.parquet", raising=False)
    with (
        pytest.raises(BadFile, match=r"usage.parquet is a Parquet file: `pip install 'imagelane\[parquet\]'` reads"),
        files.opened(path),
    ):
        pass


@pytest.fixture
def arrow() -> Any:
    return pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'imagelane[parquet]'")


@pytest.fixture
def write(arrow: Any, tmp_path: Path) -> Write:
    """One column a keyword, pyarrow's arrays or plain lists."""

    def written(rows_of_a_group: int = 1000, **columns: Any) -> Path:
        import pyarrow.parquet

        path = tmp_path / "own.parquet"
        pyarrow.parquet.write_table(arrow.table(columns), path, row_group_size=rows_of_a_group)
        return path

    return written


def lines(path: Path, zone: str | None = None, mapping: dict[str, str] | None = None) -> list[Record | str]:
    """A record a row, or why it is none."""
    return rows_of(path, zone, MAP | (mapping or {})).came


def one(write: Write, field: str, column: Any, zone: str = "UTC", **mapping: str) -> Record | str:
    columns = {"id": ["a"], "at": [MOMENT], "n": [1], "cost": [0.05], field: column}
    (came,) = lines(write(**columns), zone, mapping)
    return came


def test_moments_of_every_unit_with_and_without_a_zone(arrow: Any, write: Write) -> None:
    bare, utc = datetime(2026, 11, 20, 9, 0, tzinfo=UTC), MOMENT.replace(tzinfo=UTC)
    nanoseconds = int(utc.timestamp()) * 10**9 + 123_456_789
    table = [
        (arrow.array([MOMENT], arrow.timestamp("us")), utc - timedelta(hours=1)),
        (arrow.array([MOMENT.replace(microsecond=0)], arrow.timestamp("s")), bare),
        (arrow.array([nanoseconds], arrow.timestamp("ns", "UTC")), utc),
        (arrow.array([utc], arrow.timestamp("us", "America/New_York")), utc),
        (arrow.array([utc], arrow.timestamp("ms", "+05:30")), utc.replace(microsecond=123000)),
        (arrow.array([date(2026, 11, 20)]), datetime(2026, 11, 19, 23, tzinfo=UTC)),
        (arrow.array(["2026-11-20 10:00:00"]), bare),
        (arrow.array([1793577600]), datetime(2026, 11, 2, tzinfo=UTC)),
        (arrow.array([1793577600123]), datetime(2026, 11, 2, 0, 0, 0, 123000, tzinfo=UTC)),
    ]

    def come(column: Any, at: datetime) -> None:
        came = one(write, "at", column, "Europe/Berlin")
        assert (came.occurred_at if isinstance(came, Record) else came) == at

    cells.hold(table, come)


def test_amounts_are_the_digits_that_were_written(arrow: Any, write: Write) -> None:
    table = [
        (arrow.array([Decimal("0.052705")], arrow.decimal128(38, 18)), Decimal("0.052705")),
        (arrow.array([Decimal("1.234")], arrow.decimal128(10, 3)), Decimal("1.234")),
        (arrow.array([Decimal(0)], arrow.decimal128(38, 18)), Decimal(0)),
        (arrow.array([0.021065999999999998]), Decimal("0.021066")),
        (arrow.array([5.2e-05]), Decimal("0.000052")),
        (arrow.array([0.052], arrow.float32()), Decimal("0.052")),
        (arrow.array([2], arrow.int64()), Decimal(2)),
        (arrow.array(["0.05"]).dictionary_encode(), Decimal("0.05")),
        (arrow.array([b"0.05"]), Decimal("0.05")),
        (arrow.array([float("nan")]), None),
        (arrow.array([None], arrow.float64()), None),
    ]

    def come(column: Any, usd: Decimal | None) -> None:
        came = one(write, "cost", column)
        assert (came.usd if isinstance(came, Record) else came) == usd

    cells.hold(table, come)


def test_counts_are_whole_in_whatever_type(arrow: Any, write: Write) -> None:
    table = [
        (arrow.array([39], arrow.uint8()), 39),
        (arrow.array([39.0]), 39),
        (arrow.array([Decimal("1.000")], arrow.decimal128(10, 3)), 1),
        (arrow.array(["1,000"]), 1000),
        (arrow.array([39.5]), "images must be a whole number from 0 to 999999"),
        (arrow.array([True]), "images must be a whole number from 0 to 999999"),
        (arrow.array([-1]), "images must be a whole number from 0 to 999999"),
    ]

    def come(column: Any, images: int | str) -> None:
        came = one(write, "n", column)
        assert (came.images if isinstance(came, Record) else came) == images

    cells.hold(table, come)


def test_a_path_goes_into_structs_maps_and_text_of_json(arrow: Any, write: Write) -> None:
    table = [
        (arrow.array([{"size": "1024x1536", "more": None}]), 1024),
        (arrow.array([[("size", "1024x1536")]], arrow.map_(arrow.string(), arrow.string())), 1024),
        (arrow.array(['{"size": "1024x1536"}']), 1024),
        (arrow.array([None], arrow.struct([("size", arrow.string())])), None),
        (arrow.array([{"size": {"width": 1024}}]), "size is an object and no value"),
        (arrow.array([{"size": ["1024x1536"]}]), "size is a list and no value"),
    ]

    def come(column: Any, width: int | str | None) -> None:
        came = one(write, "metadata", column, size="metadata.size")
        assert (came.width if isinstance(came, Record) else came) == width

    cells.hold(table, come)


def test_what_is_no_value_is_refused_by_its_field_and_only_where_it_is_read(arrow: Any, write: Write) -> None:
    table = [
        (arrow.array([["high"]]), "quality is a list and no value"),
        (arrow.array([{"name": "high"}]), "quality is an object and no value"),
        (arrow.array([timedelta(1)]), "quality is of the type duration[us], which I can't read"),
        (arrow.array([b"\xff"]), "quality is no text in UTF-8"),
        (arrow.array([float("inf")]), "quality is infinite"),
    ]

    def refused(column: Any, why: str) -> None:
        assert one(write, "what", column, quality="what") == why
        assert isinstance(one(write, "what", column), Record)

    cells.hold(table, refused)


def test_a_struct_may_be_the_usage_with_fields_that_hold_nothing(arrow: Any, write: Write) -> None:
    usage = {"input_tokens": 106, "output_tokens": 1756, "total_tokens": None, "input_tokens_details": None}
    kind = arrow.struct(
        [
            *((name, arrow.int64()) for name in list(usage)[:3]),
            ("input_tokens_details", arrow.struct([("image_tokens", arrow.int64())])),
        ]
    )
    columns = {"id": ["a"], "at": [MOMENT], "n": [1], "cost": ["0.05"], "used": arrow.array([usage], kind)}
    (came,) = lines(write(**columns), "UTC", {"usd": ":", "usage": "used"})
    assert isinstance(came, Record)
    assert (came.usd, came.basis) == (Decimal("0.05321"), "usage")


def test_rows_of_many_groups_come_in_order_with_their_numbers(write: Write) -> None:
    count = 5001
    columns = {"ID": [f"n{n}" for n in range(count)], "At": [MOMENT] * count, "N": [1] * count}
    read = rows_of(write(700, **columns, Cost=[0.05] * 4999 + [-1, 0.05]), "UTC", MAP)
    assert [one.id for one in read.records] == [f"n{n}" for n in range(count) if n != 4999]
    assert read.refused[5000] == "usd must be an amount like 12.50 or 0.04173, up to 999999.999999999"


def test_an_export_in_parquet_is_guessed_as_one_in_csv_is(
    arrow: Any, write: Write, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    row = {"request_id": "a", "call_type": "image_generation", "spend": 0.05283, "model": "gpt-image-2.5-flare"}
    failed = row | {"request_id": "b", "spend": 0.0, "status": "failure"}
    rows = [row | {"status": "success"}, failed, row | {"request_id": "c", "call_type": "completion", "status": ""}]
    columns = {name: [one[name] for one in rows] for name in failed}
    path = write(**columns, startTime=[MOMENT] * 3, metadata=[{"quality": "high"}] * 3)
    assert main(("import", str(path), "--json")) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["stored"], answer["skipped"], answer["tool"]) == (2, {"text model": 1}, "LiteLLM's spend logs")


def test_langfuses_observations_as_its_store_writes_parquet(arrow: Any, write: Write) -> None:
    """Parameters as text, costs as a map of decimals."""
    amounts = arrow.map_(arrow.string(), arrow.decimal128(38, 12))
    path = write(
        id=["a", "b"],
        type=["GENERATION", "SPAN"],
        start_time=arrow.array([MOMENT] * 2, arrow.timestamp("us")),
        provided_model_name=["gpt-image-2", ""],
        model_parameters=['{"quality":"high","size":"1024x1536"}', ""],
        cost_details=arrow.array([[("total", Decimal("0.165"))], []], amounts),
        level=["DEFAULT"] * 2,
        tags=[["sample"], []],
    )
    read = rows_of(path)
    assert (read.tool, read.skipped) == ("langfuse", {"no generation": 1})
    assert [(one.usd, one.quality, one.height) for one in read.records] == [(Decimal("0.165"), "high", 1536)]


@pytest.mark.parametrize("damage", [lambda whole: whole[:-20], lambda whole: b"PAR1" + whole[60:], lambda _: b"PAR1"])
def test_a_damaged_file_is_refused_whole(write: Write, damage: Callable[[bytes], bytes]) -> None:
    path = write(id=["a"], at=[MOMENT], n=[1], cost=[0.05])
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(BadFile, match=r"own.parquet is no whole Parquet file"):
        lines(path, "UTC")


def test_a_column_that_is_there_twice_is_refused(write: Write) -> None:
    with pytest.raises(BadFile, match="has the column 'id' twice"):
        lines(write(id=["a"], ID=["b"], at=[MOMENT], n=[1]))
