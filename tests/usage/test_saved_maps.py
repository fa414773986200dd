"""--save-map keeps what --map said, for the same file next month. All values are samples."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.entrypoints.cli import main
from bot.errors import NotUnderstood
from bot.ledger.ledger import Ledger
from bot.usage import known_maps
from bot.usage.maps import SavedMap
from bot.usage.rows_maps import MapRows
from tests.kit import cells

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
COLUMNS = {"id": "run + no", "occurred_at": "Day", "model": ":gpt-image-2", "images": "n", "usd": "Cost (läden)"}
NIGHTLY = SavedMap("nightly", COLUMNS, "shop", "Europe/Berlin", NOW)
HEADER = "Day;run;no;n;Cost\n"
NOVEMBER = HEADER + "2026-11-20 00:30:00;a;1;2;0.12\n2026-11-20 00:31:00;a;2;1;0.06\n"
DECEMBER = HEADER + "2026-11-27 00:30:00;b;1;2;0.12\n"
MAP = "id=run + no,occurred_at=Day,model=:gpt-image-2,images=n,usd=Cost"


class Say(Protocol):
    def __call__(self, *words: str, status: int = 0) -> str: ...


@pytest.fixture
def say(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """`imagelane import` in a folder and books of its own; what it said, in one line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    Path("nov.csv").write_text(NOVEMBER, encoding="utf-8")
    Path("dec.csv").write_text(DECEMBER, encoding="utf-8")

    def came(*words: str, status: int = 0) -> str:
        assert main(("import", *words)) == status
        captured = capsys.readouterr()
        return " ".join((captured.out + captured.err).split())

    return came


@pytest.fixture
def saved(say: Say) -> Say:
    say("nov.csv", "--map", MAP, "--source", "shop", "--zone", "Europe/Berlin", "--save-map", "Nightly")
    return say


def imported(say: Say, *words: str) -> Any:
    return json.loads(say("--json", *words))


def test_what_was_saved_comes_back_whole_and_stands_once_a_name(store: Ledger) -> None:
    rows = MapRows(store.engine)
    other = replace(NIGHTLY, name="weekly", source=None, zone=None)
    assert [rows.save("T1", kept) for kept in (NIGHTLY, other)] == [None, None]
    later = replace(NIGHTLY, columns={"id": "Job"}, zone=None, saved_at=NOW + timedelta(days=30))
    assert rows.save("T1", later) == NOW
    assert rows.named("T1", "nightly") == later
    assert rows.listed("T1") == (later, other)
    assert (rows.named("T2", "nightly"), rows.listed("T2")) == (None, ())
    assert list(rows.listed("T1")[1].columns) == list(COLUMNS)


def test_of_two_saved_at_once_one_stands_in_the_place_of_the_other(store: Ledger) -> None:
    rows = MapRows(store.engine)
    moments = [NOW + timedelta(seconds=second) for second in range(4)]
    with ThreadPoolExecutor(4) as pool:
        before = list(pool.map(lambda at: rows.save("T1", replace(NIGHTLY, saved_at=at)), moments))
    assert before.count(None) == 1
    (last,) = {*moments}.difference(at for at in before if at)
    assert rows.named("T1", "nightly") == replace(NIGHTLY, saved_at=last)


def test_next_months_file_needs_the_name_alone(saved: Say) -> None:
    answer = imported(saved, "dec.csv", "--from", "NIGHTLY")
    assert (answer["stored"], answer["refused"], answer["tool"]) == (1, 0, "your map nightly")
    # The zone and the source that were said with it, too: with others these would be other records.
    again = imported(saved, "dec.csv", "--map", MAP, "--source", "shop", "--zone", "Europe/Berlin")
    assert (again["stored"], again["duplicates"]) == (0, 1)
    elsewhere = imported(saved, "dec.csv", "--from", "nightly", "--source", "studio", "--zone", "Asia/Tokyo")
    assert elsewhere["stored"] == 1


def test_a_saved_map_is_never_guessed(saved: Say) -> None:
    assert "I know no column 'Day'" in saved("dec.csv", status=2)


def test_the_answer_says_what_was_saved_and_in_whose_place(say: Say) -> None:
    words = ("nov.csv", "--map", MAP, "--zone", "UTC", "--save-map", "nightly")
    first = say(*words)
    assert "Saved the map nightly. Next time: imagelane import FILE --from nightly" in first
    assert "Saved the map nightly, in the place of the one of 20" in say(*words)


def test_the_list_has_columns_source_zone_and_when(say: Say) -> None:
    assert say("--maps") == "No maps yet: imagelane import FILE --map OURS=THEIRS,... --save-map NAME"
    say("nov.csv", "--map", MAP, "--source", "shop", "--zone", "Europe/Berlin", "--save-map", "nightly")
    say("nov.csv", "--map", MAP, "--zone", "UTC", "--save-map", "weekly.2")
    list_ = say("--maps")
    assert "nightly, source shop, zone Europe/Berlin, saved 20" in list_
    assert "weekly.2, zone UTC, saved 20" in list_
    assert MAP in list_
    answer = json.loads(say("--json", "--maps"))
    assert [(one["name"], one["source"], one["columns"]["usd"]) for one in answer["maps"]] == [
        ("nightly", "shop", "Cost"),
        ("weekly.2", None, "Cost"),
    ]


def test_nothing_is_saved_where_nothing_was_stored(say: Say) -> None:
    Path("bad.csv").write_text(NOVEMBER + "2026-11-20;a;3;many;0.06\n")
    Path("none.csv").write_text(HEADER)
    Path("all_bad.csv").write_text(HEADER + "2026-11-20;a;3;many;0.06\n")
    keep = ("--map", MAP, "--zone", "UTC", "--save-map", "nightly")
    table = [
        (("nov.csv", *keep, "--dry-run"), 0),
        (("none.csv", *keep), 0),
        (("bad.csv", *keep), 1),
        (("all_bad.csv", *keep, "--skip-bad"), 1),
        (("nov.csv", "--map", f"{MAP},person=Who", *keep[2:]), 2),
    ]

    def refused(words: tuple[str, ...], status: int) -> None:
        came = say(*words, status=status)
        assert "the map nightly was not saved" in came or "has no column 'Who'" in came
        assert "No maps yet" in say("--maps")

    cells.hold(table, refused)
    assert "Saved the map nightly" in say("bad.csv", *keep, "--skip-bad", status=1)


def test_what_cannot_be_meant_is_refused_in_a_sentence_and_stores_nothing(saved: Say) -> None:
    Path("renamed.csv").write_text(DECEMBER.replace("Cost", "Price"))
    table = [
        ("dec.csv --from nightyl", "I know no export called 'nightyl'. I know azure, helicone,"),
        ("dec.csv --from nightyl", "Your maps: nightly."),
        ("dec.csv --from nightly --map id=no", "--from nightly says what the columns are: leave out --map."),
        ("renamed.csv --from nightly", "renamed.csv has no column 'Cost', which your map nightly reads as usd."),
        ("dec.csv --save-map weekly", "--save-map keeps what --map says: say both."),
        ("--sample --save-map weekly", "--save-map keeps what --map says: say both."),
        ("dec.csv --from nightly --save-map weekly", "--save-map keeps what --map says: say both."),
        ("--maps dec.csv", "`imagelane import --maps` lists the maps that are saved, and takes no file."),
        ("dec.csv --map id=no --save-map LiteLLM", "litellm is an export I know, LiteLLM's spend logs"),
        ("dec.csv --map id=no --save-map _", "The name of a map has 1 to 40 letters"),
    ]

    def refused(line: str, sentence: str) -> None:
        assert sentence in saved(*line.split(), status=2)

    cells.hold(table, refused)
    assert saved("--maps").count("saved 20") == 1
    assert imported(saved, "dec.csv", "--from", "nightly")["stored"] == 1


def test_where_no_map_is_saved_the_sentence_says_how(say: Say) -> None:
    assert "No map is saved yet: --map with --save-map NAME keeps one." in say("dec.csv", "--from", "mine", status=2)


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "-a", "läden", "a" * 41, "a\nb", "Azure", "open_ai_usage", "litellm.ui"]
)
def test_a_map_has_a_plain_name_that_is_no_tools(name: str) -> None:
    with pytest.raises(NotUnderstood):
        known_maps.checked_name(name)


@pytest.mark.parametrize("name", ["a", "7", "a" * 40, "nightly-runs_2.1", "litellm-mine", "csv"])
def test_other_names_are_fine(name: str) -> None:
    assert known_maps.checked_name(f" {name.upper()} ") == name
