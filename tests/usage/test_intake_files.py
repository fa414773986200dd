"""CSV in and out: any encoding a spreadsheet writes, every refused line with its number, and no formula."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import catalog
from bot.entrypoints.cli import main
from bot.errors import BadFile
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.usage_tables import usage_records
from bot.periods import week_of
from bot.usage import export
from bot.usage.export import write
from bot.usage.files import LINES_AHEAD
from bot.usage.importing import Import, WantedImport
from bot.usage.printout import rendered
from bot.usage.reading import Desk
from bot.usage.records import Imported
from tests.entrypoints.test_printouts import printed
from tests.kit import cells, sample_usage
from tests.kit.records import put
from tests.kit.records import record as stored_row
from tests.kit.usage_made import NOW, record

ROOT = Path(__file__).parents[2]
HEADER = "id,occurred_at,model,quality,size,images,kept,project\n"
ROWS = [
    f"sample-{number},2026-11-20T10:00:00Z,gpt-image-2,high,1024x1024,2,{number % 3},läden\n" for number in range(5)
]
BY = "terminal:sample"
PLAIN = HEADER + "".join(ROWS)


class Desktop:
    """Imports for team T1, and remembers every refused line."""

    def __init__(self, store: Ledger, folder: Path) -> None:
        self.store, self.path = store, folder / "usage.csv"
        self.refused: list[tuple[int, str]] = []

    def bring(self, written: str | bytes, **wanted: Any) -> Imported:
        self.path.write_bytes(written.encode() if isinstance(written, str) else written)
        return self.work(**wanted).run(self.path)

    def work(self, **wanted: Any) -> Import:
        self.refused = []
        told = replace(WantedImport({}), **wanted)
        return Import(self.store, Desk(catalog.load()), "T1", told, NOW, lambda *line: self.refused.append(line), by=BY)

    def stored(self) -> list[Any]:
        with self.store.engine.connect() as connection:
            return list(connection.execute(sa.select(usage_records).order_by(usage_records.c.id)))


@pytest.fixture
def desktop(store: Ledger, tmp_path: Path) -> Desktop:
    return Desktop(store, tmp_path)


@pytest.fixture
def light(quick_store: Ledger, tmp_path: Path) -> Desktop:
    """On SQLite alone: for what ends before the store."""
    return Desktop(quick_store, tmp_path)


class Run(Protocol):
    def __call__(self, *words: str, status: int = 0) -> str: ...


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in a folder and books of its own; what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)

    def said(*words: str, status: int = 0) -> str:
        assert main(words) == status
        captured = capsys.readouterr()
        return captured.out + captured.err

    return said


WRITTEN = {
    "utf-8": PLAIN.encode(),
    "bom": PLAIN.encode("utf-8-sig"),
    "utf-16 le": PLAIN.encode("utf-16"),
    "utf-16 be": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "crlf": PLAIN.replace("\n", "\r\n").encode(),
    "quoted": PLAIN.replace("läden", '"läden"').encode(),
    "no last line end": PLAIN.rstrip("\n").encode(),
    "blank lines": PLAIN.replace("\n", "\n\n").encode(),
    "header blanks": PLAIN.replace("id,", " ID ,").encode(),
}


def test_R72_the_right_rows_come_out_of_whatever_a_spreadsheet_writes(light: Desktop) -> None:
    def come_out(name: str, written: bytes) -> None:
        told = light.bring(written, source=name)
        assert (told.stored, told.refused, light.refused) == (5, 0, [])
        rows = [(row.id, row.kept, row.project) for row in light.stored() if row.source == name]
        assert rows[1] == ("sample-1", 1, "läden")

    cells.hold(WRITTEN.items(), come_out)


def test_a_row_of_a_file_that_names_no_source_is_from_csv(light: Desktop) -> None:
    light.bring(PLAIN)
    assert {row.source for row in light.stored()} == {"csv"}


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("usage.csv", PLAIN)
    return made.getvalue()


NO_FILES: list[tuple[str | bytes, str]] = [
    (b"", "has no header"),
    (b"\n\n", "has no header"),
    (zipped(), "is a zip file, perhaps a spreadsheet"),
    (b"\x1f\x8b\x08\x00", "is a gzip file"),
    (PLAIN.encode("utf-32"), "is UTF-32"),
    (PLAIN.encode("utf-16-le"), "is no text in UTF-8"),
    (PLAIN.encode("latin-1"), "it is not UTF-8"),
    (PLAIN.replace("images", "pictures", 1), "I know no column 'pictures'"),
    (PLAIN.replace("images,", "", 1), "has no column 'images'"),
    (PLAIN.replace("project", "images", 1), "has the column 'images' twice"),
    ("sample-0,2026-11-20T10:00:00Z,gpt-image-2,high,1024x1024,2\n", "I know no column 'sample-0'"),
    (PLAIN + '"' + "x" * 200_000 + '",2026', "has a cell of more than 131,072 characters"),
    (PLAIN + "x" * 2_000_000, "is longer than 1,000,000 characters"),
    (PLAIN + '"never closed,2026\n', "a quote is not closed"),
]


def test_R72_what_is_no_such_file_is_refused_in_one_sentence_and_nothing_is_stored(light: Desktop) -> None:
    def is_refused(written: str | bytes, said: str) -> None:
        with pytest.raises(BadFile, match=said):
            light.bring(written, skip_bad=True)
        assert light.stored() == []

    cells.hold(NO_FILES, is_refused)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_may_come_through_a_pipe(light: Desktop, tmp_path: Path, encoding: str) -> None:
    light.path = tmp_path / "piped.csv"
    os.mkfifo(light.path)
    with ThreadPoolExecutor() as writer:
        writer.submit(light.path.write_bytes, (HEADER + ROWS[0] * 3000).encode(encoding))
        done = light.work().run(light.path)
    assert (done.stored, done.duplicates, light.refused) == (1, 2999, [])


def test_a_parquet_file_through_a_pipe_is_refused(light: Desktop, tmp_path: Path) -> None:
    light.path = tmp_path / "piped.parquet"
    os.mkfifo(light.path)
    with ThreadPoolExecutor() as writer:
        writer.submit(light.path.write_bytes, b"PAR1")
        with pytest.raises(BadFile, match="Nothing was stored"):
            light.work().run(light.path)


def test_a_file_that_is_not_there_is_refused(light: Desktop, tmp_path: Path) -> None:
    light.path = tmp_path / "nowhere" / "usage.csv"
    with pytest.raises(FileNotFoundError):
        light.bring("")
    with pytest.raises(BadFile, match="can't be read"):
        Import(light.store, Desk(catalog.load()), "T1", WantedImport({}), NOW, lambda *_: None).run(light.path)


BAD = (
    HEADER
    + ROWS[0]
    + "sample-7,2026-11-20T10:00:00Z,gpt-image-2,high,1024x1024,-1,,\n"
    + "sample-8,2026-11-20,gpt-image-2,high,1024x1024,1,,\n"
    + "sample-9,2026-11-20T10:00:00Z,gpt-image-2\n"
    + "sample-10,2026-11-20T10:00:00Z,gpt-image-2,high,1024x1024,5k,,\n"
    + ",2026-11-20T10:00:00Z,gpt-image-2,high,1024x1024,1,,\n"
    + ROWS[1]
)
REASONS = [
    (3, "images must be a whole number from 0 to 999999"),
    (4, "occurred_at must be a moment with its zone, like 2026-11-22T09:30:00Z"),
    (5, "has 3 cells, but the header has 8"),
    (6, "images must be a whole number from 0 to 999999"),
    (7, "id is missing"),
]


def test_every_refused_line_is_told_with_its_number_and_nothing_is_stored(light: Desktop) -> None:
    told = light.bring(BAD)
    assert light.refused == REASONS
    assert (told.rows, told.stored, told.refused, light.stored()) == (7, 0, 5, [])


def test_with_skip_bad_the_rest_is_stored(light: Desktop) -> None:
    told = light.bring(BAD, skip_bad=True)
    assert (light.refused, told.stored) == (REASONS, 2)
    assert [row.id for row in light.stored()] == ["sample-0", "sample-1"]


def test_each_of_json_lines_has_what_it_has_and_nothing_unread(light: Desktop) -> None:
    plain = {"id": "1", "occurred_at": "2026-11-20T10:00:00Z", "model": "gpt-image-2", "images": 1, "usd": 0.04}
    alike = [plain | {"id": f"0-{number}"} for number in range(LINES_AHEAD)]
    lines = [plain, *alike, plain | {"id": "2", "images": None, "batch": True, "person": "ana"}, plain | {"cost": 1}]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    assert light.bring(text, skip_bad=True).stored == len(lines) - 1
    assert light.refused == [(len(lines), "cost is not a column I know")]
    last = [(row.images, row.batch, row.person_id) for row in light.stored()][-2:]
    assert last == [(1, False, None), (None, True, "ana")]


def test_R60_the_same_file_twice_adds_nothing(desktop: Desktop) -> None:
    desktop.bring(PLAIN)
    told = desktop.bring(PLAIN + ROWS[0].replace("sample-0", "sample-9"))
    assert (told.stored, told.duplicates, told.refused) == (1, 5, 0)
    assert len(desktop.stored()) == 6


@pytest.mark.parametrize(("skip_bad", "left"), [(False, 5), (True, 6)])
def test_a_line_that_says_something_else_than_the_store_is_a_refused_line(
    desktop: Desktop, skip_bad: bool, left: int
) -> None:
    desktop.bring(PLAIN)
    changed = HEADER + ROWS[3].replace("high", "low") + ROWS[4].replace("sample-4", "sample-9")
    told = desktop.bring(changed, skip_bad=skip_bad)
    assert desktop.refused == [(2, "'sample-3' from 'csv' is stored already with another quality")]
    assert (told.stored, len(desktop.stored())) == (left - 5, left)


def test_a_dry_run_says_what_would_be_and_changes_nothing(desktop: Desktop) -> None:
    desktop.bring(HEADER + ROWS[0])
    told = desktop.bring(PLAIN, dry_run=True)
    assert (told.dry_run, told.stored, told.duplicates, len(desktop.stored())) == (True, 4, 1, 1)


def test_columns_of_another_name_are_mapped_and_the_rest_is_left_out_and_said(light: Desktop) -> None:
    foreign = "Nr,When,images,Seed,model,quality\n1,2026-11-20T10:00:00Z,2,99,gpt-image-2,high\n"
    told = light.bring(foreign, mapping={"id": "nr", "occurred_at": "When"}, source="sample")
    assert (told.stored, told.ignored) == (1, ("Seed",))
    assert light.stored()[0].source == "sample"
    with pytest.raises(BadFile, match="has no column 'Project'"):
        light.bring(foreign, mapping={"id": "Nr", "occurred_at": "When", "project": "Project"})


def test_a_column_that_is_not_read_is_told_without_what_a_terminal_would_obey(light: Desktop) -> None:
    header = HEADER.replace("project", "\x1b]0;sample\x07Team")
    done = light.bring(header + ROWS[0], mapping={"id": "id"})
    assert any("Team" in name for name in done.ignored)
    assert not {"\x1b", "\x07"} & set(printed(rendered(done)))


def test_a_row_under_a_name_of_our_own_is_refused_with_its_line(light: Desktop) -> None:
    told = light.bring(
        "id,occurred_at,model,quality,images\n1,2026-11-20T10:00:00Z,gpt-image-2,high,2\n", source="slack"
    )
    assert (told.stored, told.refused) == (0, 1)
    assert light.refused == [
        (2, "source must be a name of your own: slack and terminal stand for what the bot drew itself")
    ]


def test_usage_stands_in_a_cell_as_the_json_it_came_in(light: Desktop) -> None:
    header = "id,occurred_at,model,quality,images,usage\n"
    cell = '"{""input_tokens"": 50, ""output_tokens"": 1756}"'
    start = ",2026-11-20T10:00:00Z,gpt-image-2.5-flare,high,1,"
    assert light.bring(f"{header}a{start}{cell}\n").stored == 1
    assert light.stored()[0].amount_nanousd == 52_930_000
    light.bring(f'{header}b{start}{{}}\nc{start}NaN\nd{start}"{{""a"": 1"\n')
    assert light.refused == [
        (2, "usage.output_tokens is missing"),
        (3, "usage is NaN, which is no number"),
        (4, "usage is not JSON in UTF-8"),
    ]


def test_R72_memory_stays_flat_however_long_the_file(sqlite_url: str, tmp_path: Path) -> None:
    """A tenth of the million rows of tests/speed/intake.py: what grew with the rows would show here, too."""
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write(HEADER)
        file.writelines(ROWS[0].replace("sample-0", f"sample-{number}") for number in range(100_000))
    # Not ru_maxrss: a process begins with the peak of the one that started it, here that of all tests before.
    script = (
        "import re, sys; from bot.entrypoints.cli import main; status = main(sys.argv[1:]); "
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "import", str(path)],
        cwd=ROOT, env={"DATABASE_URL": sqlite_url}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said, *_, megabytes = done.stdout.strip().splitlines()
    assert said == "Stored 100,000 of 100,000 records from long.csv."
    assert int(megabytes) < 200


# The sample


def test_the_sample_file_is_what_its_script_writes_and_says_that_it_is_a_sample() -> None:
    with catalog.SAMPLE_USAGE.open(newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == sample_usage.HEADER
    assert rows == [[str(cell) for cell in row] for row in sample_usage.rows()]
    for row in rows:
        told = dict(zip(header, row, strict=True))
        assert told["source"] == "sample"
        assert all(told[name].startswith("sample") for name in ("id", "project", "person"))


def test_the_sample_ends_with_the_week_it_is_said_to(light: Desktop) -> None:
    light.bring(catalog.SAMPLE_USAGE.read_bytes())
    last = max(row.occurred_at for row in light.stored()).date()
    assert week_of(last).last == catalog.SAMPLE_ENDS


def test_a_sample_that_is_moved_by_weeks_keeps_its_prices_and_is_new_for_each_move(light: Desktop) -> None:
    light.bring(PLAIN)
    assert light.bring(PLAIN, weeks_later=2).stored == 5
    assert light.bring(PLAIN, weeks_later=2).duplicates == 5
    plain, moved = light.stored()[:2]
    assert (plain.id, moved.id) == ("sample-0", "sample-0+2w")
    assert moved.occurred_at - plain.occurred_at == timedelta(weeks=2)
    assert moved.amount_nanousd == plain.amount_nanousd


def test_the_sample_fills_three_lanes_in_six_weeks_and_a_model_dies_in_the_middle(light: Desktop) -> None:
    desk = Desk(catalog.load())
    Import(light.store, desk, "T1", WantedImport({}), NOW, lambda *_: None).run(catalog.SAMPLE_USAGE)
    rows = light.stored()
    assert {row.lane for row in rows} == {"budget", "premium", "legacy", None}
    assert {f"{row.occurred_at:%G-W%V}" for row in rows} == {f"2026-W{week}" for week in range(41, 47)}
    last = max(row.occurred_at for row in rows if row.model == "gpt-image-1")
    assert datetime(2026, 10, 19, tzinfo=UTC) < last < datetime(2026, 10, 23, tzinfo=UTC)
    assert all(row.amount_nanousd for row in rows)


# The way out


def exported(records: list[Any]) -> list[list[str]]:
    to = io.StringIO(newline="")
    write(records, to)
    assert "\r\n" in to.getvalue()
    return list(csv.reader(io.StringIO(to.getvalue(), newline=""), strict=True))


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "\u00a0=1",
    "\tplain",
]


def _project(text: str | None) -> str:
    """As a spreadsheet would read it."""
    return exported([record()._replace(project=text)])[1][export.HEADER.index("project")]


def test_R71_what_a_spreadsheet_would_run_is_kept_as_text() -> None:
    cells.agree([(text, f"'{text}") for text in FORMULAS], _project)


def test_R71_any_other_text_stays_as_it_is() -> None:
    plain = ["a=1", "sample-1", "1-2", "läden", "'quoted'", 'a "b", c', "a\nb"]
    cells.agree([(None, ""), *((text, text) for text in plain)], _project)


def test_R71_numbers_stay_numbers() -> None:
    row = dict(zip(export.HEADER, exported([record(usd="0.04173", kept=0)])[1], strict=True))
    assert (row["usd"], row["images"], row["kept"], row["rejected"]) == ("0.04173", "4", "0", "")
    assert dict(zip(export.HEADER, exported([record(model="x")])[1], strict=True))["usd"] == ""


TEXT = st.text(st.characters(codec="utf-8"), max_size=20) | st.text("=+-@＝＋－＠\t\r\n\x00 'a,\"", max_size=6)


@settings(max_examples=300, deadline=None)
@given(source=TEXT, id=TEXT, project=TEXT, person=TEXT)
@example(source="=", id="\r\n", project=' "=', person="'")
def test_R71_whatever_the_text_it_reads_back_and_runs_nowhere(**texts: str) -> None:
    changed: dict[str, Any] = {("person_id" if name == "person" else name): text for name, text in texts.items()}
    row = dict(zip(export.HEADER, exported([record()._replace(**changed)])[1], strict=True))
    for name, text in texts.items():
        assert row[name] in (text, f"'{text}")
        assert row[name][:1] not in ("\t", "\r", "\n", "\x00")
        assert row[name].lstrip()[:1] not in tuple("=+-@＝＋－＠")


def test_the_terminal_makes_lists_and_ends_tokens_imports_and_exports(run: Run, tmp_path: Path) -> None:
    made = json.loads(run("token", "create", "nightly", "--json"))
    assert made["token"].startswith("imagelane_")
    listed = run("token", "list")
    assert made["id"] in listed
    assert made["token"] not in listed
    assert "no longer works" in run("token", "revoke", made["id"])
    assert "No token of that id is here" in run("token", "revoke", "nothing", status=2)
    stored = json.loads(run("import", "--sample", "--json"))
    assert stored["stored"] == stored["rows"] > 200
    assert "were stored before" in run("import", "--sample")
    assert "records to out.csv" in run("export", "out.csv")
    assert len((tmp_path / "out.csv").read_text().splitlines()) == stored["rows"] + 1
    assert "exists" in run("export", "out.csv", status=2)
    assert run("export").count("\n") == stored["rows"] + 1
    (tmp_path / "bad.csv").write_text(BAD)
    told = run("import", "bad.csv", status=1)
    assert "line 3: images must be a whole number" in told
    assert "All or nothing" in told
    assert "takes no --skip: did you mean --skip-bad or --skip-overlap?" in run("import", "bad.csv", "--skip", status=2)
    for words in (
        ["import"],
        ["import", "a", "b"],
        ["export", "a", "b"],
        ["token", "create"],
        ["import", "--map", "a"],
        ["import", "--playground", "bad.csv"],
        ["import", "--sample", "--playground"],
    ):
        run(*words, status=2)


def test_F5_an_import_and_its_dry_run_say_what_has_no_known_price(light: Desktop) -> None:
    text = PLAIN + ROWS[0].replace("sample-0", "sample-9").replace("gpt-image-2", "shop-image-prod")
    for dry_run in (True, False):
        done = light.bring(text, dry_run=dry_run)
        assert [(one.model, one.records) for one in done.unknown] == [("shop-image-prod", 1)]
        assert "1 of 6 has no known price: shop-image-prod." in printed(rendered(done))


def test_F9_amounts_in_a_cell_are_taken_to_the_nano_dollar(light: Desktop) -> None:
    start = "2026-11-20T10:00:00Z,gpt-image-2,high,1,"
    light.bring(f"id,occurred_at,model,quality,images,usd\na,{start}5.2e-05\nb,{start}0.021065999999999998\n")
    assert [row.amount_nanousd for row in light.stored()] == [52_000, 21_066_000]


def test_F12_one_column_may_fill_two_of_ours_and_bear_the_name_of_a_third(light: Desktop) -> None:
    file = "t,source,model,quality,images\n2026-11-20T10:00:00Z,kites,gpt-image-2,high,2\n"
    light.bring(file, mapping={"id": "t", "occurred_at": "t", "project": "source"})
    (row,) = light.stored()
    assert (row.id, row.project, row.source) == ("2026-11-20T10:00:00Z", "kites", "csv")


def test_F13_with_a_mapping_a_foreign_column_of_our_name_is_not_read(light: Desktop) -> None:
    file = "Nr,occurred_at,model,quality,images,source,project,usd\n1,2026-11-20T10:00:00Z,gpt-image-2,high,2,x,y,9\n"
    done = light.bring(file, mapping={"id": "Nr"}, source="sample")
    (row,) = light.stored()
    assert (row.source, row.project, row.basis) == ("sample", None, "unknown")
    assert done.ignored == ("source", "project", "usd")


def test_F14_the_hint_fits_what_became_of_the_file(light: Desktop) -> None:
    bad = HEADER + "sample-8,2026-11-20,gpt-image-2,high,1024x1024,1,,\n"
    for skip_bad in (False, True):
        hint = printed(rendered(light.bring(bad, skip_bad=skip_bad)))
        assert "No line could be taken: mend the lines above." in hint
        assert "--skip-bad" not in hint
    assert "or take the rest with --skip-bad" in printed(rendered(light.bring(bad + ROWS[0])))


def test_F14_an_id_that_stands_twice_in_a_new_file_is_told_as_that(light: Desktop) -> None:
    light.bring(HEADER + ROWS[0] + ROWS[0].replace("high", "low"))
    assert light.refused == [(3, "'sample-0' from 'csv' stands in this file already with another quality")]


def test_F14_the_sign_between_width_and_height_is_read_in_a_cell(light: Desktop) -> None:
    light.bring(HEADER + ROWS[0].replace("1024x1024", "1024\u00d71024"))
    assert (light.stored()[0].width, light.stored()[0].height) == (1024, 1024)


def test_F6_an_import_replaces_what_was_wrong(light: Desktop) -> None:
    light.bring(PLAIN)
    done = light.bring(PLAIN.replace("high", "low"), replace=True)
    assert (done.stored, done.replaced, done.duplicates, done.refused) == (5, 5, 0, 0)
    assert "Stored 5 of 5 records" in printed(rendered(done))
    standing = [row for row in light.stored() if row.ended_at is None]
    assert {row.quality for row in standing} == {"low"}
    assert {row.ended_by for row in light.stored()} == {None, "terminal:sample"}


def test_F6_a_terminal_voids_reprices_and_replaces(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "usage.csv").write_text(PLAIN)
    (tmp_path / "mended.csv").write_text(PLAIN.replace("high", "low"))
    run("import", "usage.csv")
    told = json.loads(run("import", "mended.csv", "--replace", "--json"))
    assert (told["stored"], told["replaced"]) == (5, 5)
    assert "counts for nothing any more; it had cost $0.012" in run("usage", "void", "sample-1", "--source", "csv")
    assert "No usage record of that source and id" in run("usage", "void", "sample-1", "--source", "csv", status=2)
    store = open_ledger(sqlite_url, busy_seconds=10)
    old = stored_row(id="old", team_id="local", model="azure/gpt-image-2", quality="high")
    put(store, old | {"amount_nanousd": None, "basis": "unknown", "lane": None})
    store.close()
    assert "1 of 1 records without a price have one now." in run("usage", "reprice")
    assert json.loads(run("usage", "reprice", "--json")) == {"looked_at": 0, "priced": 0}
    for words in (["usage"], ["usage", "void"], ["usage", "void", "a", "b"], ["usage", "reprice", "a"]):
        run(*words, status=2)


def test_a_cell_may_say_that_nobody_counted(light: Desktop) -> None:
    light.bring("id,occurred_at,model,images,usd\na,2026-11-20T10:00:00Z,gpt-image-2,null,0.5\n")
    (row,) = light.stored()
    assert (row.images, row.amount_nanousd, light.refused) == (None, 500_000_000, [])
