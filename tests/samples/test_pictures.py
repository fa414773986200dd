"""The picture folder: whole or not there, and nothing outside it is read or written."""

import json
import os
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.image_files import BadName, ImageFiles
from tests.kit import cells

PNG = b"\x89PNG\r\n\x1a\n" + bytes(1000)
NOTE = {"cost_nanousd": 34_000_000, "usage": {"image_out": 1000}, "service_request_id": "req_1"}
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def pictures(tmp_path: Path) -> ImageFiles:
    return ImageFiles(tmp_path / "pictures")


def test_a_saved_picture_is_found_with_its_note(pictures: ImageFiles) -> None:
    path = pictures.save("T1", "G1", PNG, NOTE)
    assert pictures.find("T1", "G1") == path == pictures.folder / "T1" / "G1.png"
    assert (pictures.read("T1", "G1"), pictures.note("T1", "G1")) == (PNG, NOTE)


def test_one_workspace_does_not_find_the_picture_of_another(pictures: ImageFiles) -> None:
    pictures.save("T1", "G1", PNG, NOTE)
    assert (pictures.find("T2", "G1"), pictures.read("T2", "G1"), pictures.note("T2", "G1")) == (None, None, None)


def test_R40_a_note_without_its_whole_picture_is_no_picture(pictures: ImageFiles) -> None:
    pictures.save("T1", "G1", PNG, NOTE).unlink()
    assert (pictures.folder / "T1" / "G1.json").exists()
    assert pictures.note("T1", "G1") is None


def test_R40_a_broken_note_is_none(pictures: ImageFiles) -> None:
    path = pictures.save("T1", "G1", PNG, NOTE)

    def is_none(broken: str) -> None:
        path.with_suffix(".json").write_text(broken)
        assert pictures.note("T1", "G1") is None

    cells.hold(["", "{", "[1]", '"x"', '{"a": "' + "b" * 70_000 + '"}'], is_none)


def test_R45_when_a_write_fails_nothing_half_written_stays(pictures: ImageFiles) -> None:
    team = pictures.folder / "T1"
    (team / "G1.png").mkdir(parents=True)  # a folder in the way: the last rename fails
    with pytest.raises(OSError):
        pictures.save("T1", "G1", PNG, NOTE)
    assert sorted(path.name for path in team.iterdir()) == ["G1.json", "G1.png"]
    assert pictures.find("T1", "G1") is None


def test_R40_the_note_is_in_place_before_its_picture(pictures: ImageFiles) -> None:
    with watched() as events:
        pictures.save("T1", "G1", PNG, NOTE)
    renamed = [Path(to).name for event, (_, to, *_rest) in events if event == "os.rename"]
    assert renamed == ["G1.json", "G1.png"]


def test_R40_each_file_is_synced_before_it_gets_its_name_and_the_folder_after(pictures: ImageFiles) -> None:
    calls: list[str] = []

    def note(_frame: object, event: str, called: Any) -> None:
        if event == "c_call" and called in (os.fsync, os.replace):
            calls.append(called.__name__)

    pictures.save("T1", "G0", PNG, NOTE)
    sys.setprofile(note)
    try:
        pictures.save("T1", "G1", PNG, NOTE)
    finally:
        sys.setprofile(None)
    assert calls == ["fsync", "replace", "fsync"] * 2


def test_old_pictures_and_left_overs_are_pruned_and_fresh_ones_stay(pictures: ImageFiles) -> None:
    for name, age in [("old", timedelta(seconds=1)), ("edge", timedelta()), ("new", -timedelta(seconds=1))]:
        path = pictures.save("T1", name, PNG, NOTE)
        aged(path, NOW - age)
        aged(path.with_suffix(".json"), NOW - age)
    spare = pictures.folder / "T1" / f".crash.png.{'0' * 16}.tmp"
    foreign = pictures.folder / "T1" / "README.txt"
    for other in (spare, foreign):
        other.write_bytes(b"x")
        aged(other, NOW - timedelta(days=1))
    assert pictures.prune(NOW) == 1
    left = sorted(path.name for path in (pictures.folder / "T1").iterdir())
    assert left == ["README.txt", "edge.json", "edge.png", "new.json", "new.png"]


def test_pruning_without_a_folder_is_nothing(pictures: ImageFiles) -> None:
    assert pictures.prune(NOW) == 0
    assert not pictures.folder.exists()


BAD = [
    "../../etc/passwd",
    "..",
    ".",
    "",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "G1\x00",
    "\x00",
    "CON",
    "con",
    "NUL",
    "lpt1",
    "G1.png",
    ".hidden",
    "-rf",
    "a b",
    "G1\n",
    "é",
    "Ｇ1",
    "a" * 65,
]
GOOD = ["G1", "a" * 64, "local", "console", "T0SAMPLE1", "0191-ab_c", "3f2a9c"]


def test_R73_a_name_we_would_not_make_is_refused_before_any_file_is_touched(pictures: ImageFiles) -> None:
    pictures.save("T1", "G1", PNG, NOTE)

    def is_refused(name: str) -> None:
        with watched() as events:
            for team, picture in [("T1", name), (name, "G1")]:
                with pytest.raises(BadName):
                    pictures.save(team, picture, PNG, NOTE)
                found = (pictures.find(team, picture), pictures.read(team, picture), pictures.note(team, picture))
                assert found == (None, None, None)
        assert events == []

    cells.hold(BAD, is_refused)


def test_R73_names_as_we_make_them_are_taken(pictures: ImageFiles) -> None:
    def is_taken(name: str) -> None:
        pictures.save(name, name, PNG, NOTE)
        assert pictures.read(name, name) == PNG

    cells.hold(GOOD, is_taken)


def test_R73_every_file_opened_lies_in_the_folder(pictures: ImageFiles) -> None:
    with watched() as events:
        pictures.save("T1", "G1", PNG, NOTE)
        pictures.read("T1", "G1")
        pictures.note("T1", "G1")
    opened = [Path(os.fsdecode(args[0])) for event, args in events if event == "open" and not isinstance(args[0], int)]
    assert len(opened) >= 4
    assert all(path.is_relative_to(pictures.folder) for path in opened)


def test_R73_a_link_in_place_of_a_picture_or_a_note_is_not_followed(pictures: ImageFiles, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps({"canary": 1}))
    path = pictures.save("T1", "G1", PNG, NOTE)
    path.with_suffix(".json").unlink()
    path.with_suffix(".json").symlink_to(secret)
    assert pictures.note("T1", "G1") is None
    path.unlink()
    path.symlink_to(secret)
    assert (pictures.find("T1", "G1"), pictures.read("T1", "G1")) == (None, None)
    pictures.save("T1", "G1", PNG, NOTE)  # replaces the links, writes through none of them
    assert json.loads(secret.read_text()) == {"canary": 1}
    assert pictures.note("T1", "G1") == NOTE


def test_R73_a_link_in_place_of_a_workspace_is_not_followed(pictures: ImageFiles, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "G1.png").write_bytes(PNG)
    aged(elsewhere / "G1.png", NOW - timedelta(days=1))
    pictures.folder.mkdir()
    (pictures.folder / "T1").symlink_to(elsewhere)
    with pytest.raises(BadName):
        pictures.save("T1", "G2", PNG, NOTE)
    assert (pictures.find("T1", "G1"), pictures.prune(NOW)) == (None, 0)
    assert [path.name for path in elsewhere.iterdir()] == ["G1.png"]


def aged(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


WATCHING: dict[int, list[tuple[str, Any]]] = {}


def _hook(event: str, args: Any) -> None:
    events = WATCHING.get(threading.get_ident()) if WATCHING else None
    if events is not None and event in ("open", "os.rename", "os.mkdir", "os.remove", "os.listdir"):
        events.append((event, args))


class watched:  # noqa: N801 - read as a word
    """Every file this thread opens, renames, makes or removes meanwhile. An audit hook stays for good, so one."""

    hooked = False

    def __enter__(self) -> list[tuple[str, Any]]:
        if not watched.hooked:
            sys.addaudithook(_hook)
            watched.hooked = True
        return WATCHING.setdefault(threading.get_ident(), [])

    def __exit__(self, *_: object) -> None:
        WATCHING.pop(threading.get_ident())
