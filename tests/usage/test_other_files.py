"""Any other file by --map: what its cells may hold, what is read of them, and what is refused by name. All samples."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.entrypoints.cli import main
from bot.errors import BadFile
from bot.pricing import Usage
from bot.usage.records import Record
from tests.kit import cells
from tests.kit.rows_read import rows_of

MAP = {"id": "id", "occurred_at": "at", "model": ":gpt-image-2", "images": "n", "usd": "cost"}
AT = "2026-11-20T10:00:00Z"
HEADER = "id;at;n;cost\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def lines(folder: Path, text: str | bytes, zone: str | None = None, **mapping: str) -> list[Record | str]:
    """A record a line, or why it is none."""
    path = folder / "own.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return rows_of(path, zone, MAP | mapping).came


def read(folder: Path, text: str | bytes, zone: str | None = None, **mapping: str) -> list[Record]:
    came = lines(folder, text, zone, **mapping)
    assert all(isinstance(one, Record) for one in came), came
    return [one for one in came if isinstance(one, Record)]


def one(folder: Path, zone: str | None = None, at: str = AT, n: str = "1", cost: str = "0.05") -> Record | str:
    (came,) = lines(folder, f"{HEADER}a;{at};{n};{cost}\n", zone)
    return came


DECIMAL = "with a decimal comma: write it with a point"
EITHER = "whose comma may part decimals or thousands"
COSTS = [
    ("0.052", Decimal("0.052")),
    ("1.234", Decimal("1.234")),
    (" 0.052 ", Decimal("0.052")),
    ("0.021065999999999998", Decimal("0.021066")),
    ("5.2e-05", Decimal("0.000052")),
    ("1,053.60", Decimal("1053.6")),
    ("12,345.678", Decimal("12345.678")),
    # A comma in the place of a point: read as parting thousands, each would be a thousand times as dear.
    ("0,052", DECIMAL),
    ("0,05", DECIMAL),
    ("12,5", DECIMAL),
    ("1.234,56", DECIMAL),
    ("1,2345", DECIMAL),
    ("0,052000000000000001", DECIMAL),
    ("1,234", EITHER),
    ("999,999", EITHER),
    ("1,2,3", "must be an amount"),
    ("1 234.50", "must be an amount"),
    ("$0.05", "must be an amount"),
    ("-0.05", "must be an amount"),
]


def test_F2_a_decimal_comma_never_becomes_thousands(folder: Path) -> None:
    def come(cost: str, expected: Decimal | str) -> None:
        came = one(folder, cost=cost)
        if isinstance(expected, str):
            assert isinstance(came, str)
            assert came.startswith("usd ")
            assert expected in came
        else:
            assert isinstance(came, Record)
            assert came.usd == expected

    cells.hold(COSTS, come)


COUNTS = [
    ("39", 39),
    ("39.0", 39),
    ("39.000000", 39),
    ("1,000", 1000),
    ("12,000.0", 12000),
    ("1000.000", 1000),
    (" 5 ", 5),
    ("0", 0),
    ("null", None),
    ("1.000", "images is 1.000, which may be thousands: write it without the point"),
    ("39,0", "images must be a whole number from 0 to 999999"),
    ("39.5", "images must be a whole number from 0 to 999999"),
    ("0,039", "images must be a whole number from 0 to 999999"),
    ("5k", "images must be a whole number from 0 to 999999"),
    ("1_000", "images must be a whole number from 0 to 999999"),
    ("١", "images must be a whole number from 0 to 999999"),
    ("-1", "images must be a whole number from 0 to 999999"),
    ("1,000,000", "images may be 999999 at most"),
]


def test_whole_numbers_may_be_written_with_a_zero_or_thousands(folder: Path) -> None:
    def come(n: str, expected: int | str | None) -> None:
        came = one(folder, n=n)
        assert (came.images if isinstance(came, Record) else came) == expected

    cells.hold(COUNTS, come)


NO_MOMENT = "occurred_at must be a moment with its zone"
NO_EPOCH = "occurred_at is out of range: seconds since 1970 have 10 digits, and milliseconds 13"
MOMENTS = [
    ("1793577600", "2026-11-02T00:00:00+00:00"),
    ("1793577600.25", "2026-11-02T00:00:00.250000+00:00"),
    ("1793577600123", "2026-11-02T00:00:00.123000+00:00"),
    ("2026-11-20 09:00:00", "2026-11-20T08:00:00+00:00"),
    ("2026-11-20 09:00", "2026-11-20T08:00:00+00:00"),
    ("2026-11-20", "2026-11-19T23:00:00+00:00"),
    ("2026-11-20T09:00:00Z", "2026-11-20T09:00:00+00:00"),
    # Clocks in Berlin went back from 03:00 to 02:00 on that day: the first of two alike is meant.
    ("2026-10-25 02:30:00", "2026-10-25T00:30:00+00:00"),
    ("2026-10-25 03:00:00", "2026-10-25T02:00:00+00:00"),
    ("2026-03-29 02:30:00", "occurred_at is in the hour that clocks in Europe/Berlin left out"),
    ("2026-03-29 03:00:00", "2026-03-29T01:00:00+00:00"),
    ("1793577600123456", NO_EPOCH),
    ("17935776001", NO_EPOCH),
    ("1793577600,5", NO_MOMENT),
    ("20.11.2026", NO_MOMENT),
    ("11/20/2026", NO_MOMENT),
    ("999999999", "occurred_at must be from 2022 on"),
    ("9999999999999", "occurred_at must be from 2022 on"),
]


def test_moments_are_of_the_zone_that_is_said_or_seconds_and_milliseconds_since_1970(folder: Path) -> None:
    def come(at: str, expected: str) -> None:
        came = one(folder, "Europe/Berlin", at=at)
        assert came.occurred_at.isoformat() == expected if isinstance(came, Record) else came.startswith(expected)

    cells.hold(MOMENTS, come)


def test_a_bare_moment_without_a_zone_said_is_refused(folder: Path) -> None:
    came = one(folder, at="2026-11-20 09:00:00")
    assert isinstance(came, str)
    assert came.startswith(NO_MOMENT)


PLAIN = f"{HEADER}a;{AT};1,000;0.052\n"
WRITTEN = {
    "semicolons": PLAIN.encode(),
    "tabs": PLAIN.replace(";", "\t").encode(),
    "commas": PLAIN.replace("1,000", '"1,000"').replace(";", ",").encode(),
    "capitals": PLAIN.replace(HEADER, HEADER.upper()).encode(),
    "byte order mark": PLAIN.encode("utf-8-sig"),
    "utf-16": PLAIN.encode("utf-16"),
    "crlf": PLAIN.replace("\n", "\r\n").encode(),
    "quoted": PLAIN.replace("a;", '"a";').encode(),
    "semicolon in quotes": PLAIN.replace(";1,000", ';"1,000"').encode(),
    "json lines": f'{{"id": "a", "at": "{AT}", "n": 1000.0, "cost": 0.052}}\n'.encode(),
    "json capitals": f'{{"ID": "a", "At": "{AT}", "N": "1,000", "Cost": "0.052"}}\n'.encode(),
}


def test_the_same_row_comes_out_of_every_way_to_write_it(folder: Path) -> None:
    def come(_name: str, written: bytes) -> None:
        (record,) = read(folder, written)
        assert (record.id, record.images, record.usd) == ("a", 1000, Decimal("0.052"))

    cells.hold(WRITTEN.items(), come)


def test_a_newline_in_quotes_is_part_of_its_cell(folder: Path) -> None:
    text = f'id;at;n;cost;note\na;{AT};1;0.05;"two\nlines; and ""more"""\nb;{AT};1;0.05;\n'
    assert [record.id for record in read(folder, text)] == ["a", "b"]
    came = lines(folder, text, project="note")
    assert isinstance(came[0], str)
    assert came[0].startswith("project must be one line")


def test_json_lines_may_leave_out_what_they_have_nothing_for(folder: Path) -> None:
    text = f'{{"id": 7, "at": "{AT}", "n": 1}}\n{{"id": "b", "at": 1793577600, "n": 1, "cost": 0.05, "team": "shop"}}\n'
    first, second = read(folder, text, project="team")
    assert (first.id, first.project, second.usd, second.project) == ("7", None, Decimal("0.05"), "shop")
    with pytest.raises(BadFile, match="has no column 'Team'"):
        lines(folder, f'{{"id": "a", "at": "{AT}", "n": 1, "cost": 1}}\n', project="Team")


def test_a_number_of_json_is_no_text_that_could_be_thousands(folder: Path) -> None:
    (record,) = read(folder, f'{{"id": "a", "at": "{AT}", "n": 1.000, "cost": 1.234}}\n')
    assert (record.images, record.usd) == (1, Decimal("1.234"))


VALUES = [
    ('"high"', "high"),
    ("3", "3"),
    ("null", None),
    ("[1, 2]", "quality is a list and no value"),
    ('{"name": "high"}', "quality is an object and no value"),
    ("NaN", "quality is NaN, which is no number"),
]


def test_a_path_into_json_ends_at_one_value(folder: Path) -> None:
    def come(value: str, expected: str | None) -> None:
        as_csv = f'id;at;n;cost;what\na;{AT};1;0.05;"{{""spec"": {{""q"": {value.replace(chr(34), chr(34) * 2)}}}}}"\n'
        as_json = f'{{"id": "a", "at": "{AT}", "n": 1, "cost": 0.05, "what": {{"spec": {{"q": {value}}}}}}}\n'
        for text in (as_csv, as_json):
            (came,) = lines(folder, text, quality="what.spec.q")
            assert (came.quality if isinstance(came, Record) else came) == expected

    cells.hold(VALUES, come)


def test_what_a_path_leads_nowhere_in_is_left_out_and_no_json_is_refused(folder: Path) -> None:
    text = f"id;at;n;cost;what\na;{AT};1;0.05;\nb;{AT};1;0.05;7\nc;{AT};1;0.05;{{}}\nd;{AT};1;0.05;none\n"
    *others, last = lines(folder, text, quality="what.q")
    assert [one.quality for one in others if isinstance(one, Record)] == [None, None, None]
    assert last == "what is not JSON in UTF-8"


@pytest.mark.parametrize(("words", "quality"), [(":medium", "medium"), (": High ", "high"), (":", None)])
def test_a_constant_is_the_same_in_every_row(folder: Path, words: str, quality: str | None) -> None:
    assert [record.quality for record in read(folder, PLAIN + f"b;{AT};1;0.1\n", quality=words)] == [quality] * 2


def test_an_id_is_joined_of_columns_constants_and_paths_and_missing_where_all_are_empty(folder: Path) -> None:
    text = f"id;run;what;at;n;cost\na;b;{{}};{AT};1;0.1\na;;;{AT};1;0.1\n;;;{AT};1;0.1\n"
    first, second, third = lines(folder, text, id="id + run")
    assert [one.id for one in (first, second) if isinstance(one, Record)] == ["a/b", "a/"]
    assert third == "id is missing"
    shop = read(folder, f'id;what;at;n;cost\na;{{"no":7}};{AT};1;0.1\n', id="id + what.no + :shop")
    assert [one.id for one in shop] == ["a/7/shop"]
    (wrong,) = lines(folder, f'id;what;at;n;cost\na;{{"no":[7]}};{AT};1;0.1\n', id="id + what.no")
    assert wrong == "id + what.no is a list and no value"


TOKENS = {"usage.input_tokens": "in", "usage.output_tokens": "out"}
TOKEN_FILE = "id;at;n;in;image_in;text_in;cached;out\n"


@pytest.mark.parametrize(
    ("mapping", "row", "usage"),
    [
        (TOKENS, "4,567.0;;;;1756.0", Usage(text_in=4567, image_out=1756)),
        ({"usage.output_tokens": "out"}, ";;;;1,756", Usage(image_out=1756)),
        # Of an edit, and of a drawing in the same column.
        ({**TOKENS, "usage.input_tokens_details.image_tokens": "image_in"}, "300;194;;;1756", Usage(106, 194, 1756)),
        ({**TOKENS, "usage.input_tokens_details.image_tokens": "image_in"}, "106;0;;;1756", Usage(106, 0, 1756)),
        (
            {**TOKENS, "usage.cached_tokens_details.cached_text_tokens": "cached"},
            "106;;;100;1756",
            Usage(text_in=106, image_out=1756, text_in_cached=100),
        ),
    ],
)
def test_columns_of_tokens_are_the_usage(folder: Path, mapping: dict[str, str], row: str, usage: Usage) -> None:
    (record,) = read(folder, f"{TOKEN_FILE}a;{AT};1;{row}\n", **{**mapping, "usd": ":"})
    assert (record.usage, record.basis) == (usage, "usage")


def test_a_column_of_ours_is_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("import", "a.csv", "--map", "id=a,id=b")) == 2
    assert "--map names id twice: 'a' and 'b'." in " ".join(capsys.readouterr().err.split())


def test_what_the_header_lacks_is_refused_before_any_row(folder: Path) -> None:
    table: list[Any] = [
        ({"quality": "Grade"}, "has no column 'Grade'"),
        ({"id": "id + run"}, "has no column 'id + run'"),
        ({"size": "what.size"}, "has no column 'what.size'"),
    ]

    def refused(mapping: dict[str, str], sentence: str) -> None:
        with pytest.raises(BadFile, match=sentence.replace("+", r"\+")):
            lines(folder, PLAIN, **mapping)

    cells.hold(table, refused)
