"""The imagelane command: the JSON contract of scripts, exit statuses, and a picture drawn from a terminal."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot import catalog
from bot.entrypoints.cli import main
from bot.entrypoints.commands import COMMANDS
from bot.grammar.vocabulary import vocabulary
from bot.ledger import holds, questions, rows
from bot.ledger.ledger import open_ledger
from bot.samples.command import Try
from tests.kit import cells
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import ROOT


@pytest.fixture(autouse=True)
def a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env, no store and no key of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "DATABASE_URL", "IMAGELANE_PICTURES", "SLACK_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def a_store_in_place(a_place_of_its_own: None, sqlite_template: Path, tmp_path: Path) -> None:
    """For tests of many stores, where the first command would else make the file: half of its time."""
    (tmp_path / "var").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "var" / "imagelane.db")


def asked(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> Any:
    assert main([*words, "--json"]) == status
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("day", "totals"),
    [
        ("2026-03-27", {"budget": "180.00", "premium": "665.00", "legacy": "835.00"}),
        ("2026-11-22", {"budget": "263.40", "premium": "263.40", "legacy": "1055.00"}),
    ],
)
def test_estimate_gives_scripts_its_contract(
    capsys: pytest.CaptureFixture[str], day: str, totals: dict[str, str]
) -> None:
    answer = asked(capsys, "estimate", "5000", "high", "square", "--on", day)
    assert (answer["day"], answer["count"]) == (day, 5000)
    assert isinstance(answer["assumptions"], list)
    for quote in answer["quotes"]:
        assert {
            "lane", "model", "quality", "size", "each_usd", "total_usd", "low_usd", "high_usd",
            "basis", "ends_on", "source", "checked_on", "notes",
        } <= set(quote)  # fmt: skip
    assert {q["lane"]: Decimal(q["total_usd"]) for q in answer["quotes"]} == {k: Decimal(v) for k, v in totals.items()}
    assert all(isinstance(quote["total_usd"], str) for quote in answer["quotes"])


def test_a_model_that_is_gone_has_no_total_and_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    (quote,) = asked(capsys, "estimate", "10", "high", "square", "gpt-image-1", "--on", "2026-11-22")["quotes"]
    assert quote["total_usd"] is None
    assert "2026-10-23" in " ".join(quote["notes"])


def test_recommend_and_models_give_scripts_their_contract(capsys: pytest.CaptureFixture[str]) -> None:
    advice = asked(capsys, "recommend", "existing", "gpt-image-1-mini", "--on", "2026-11-22")
    assert {
        "day", "situation", "lane", "model", "reasons", "tradeoff", "next_step", "warnings", "alternatives"
    } <= set(advice)  # fmt: skip
    assert (advice["lane"], advice["model"]) == ("budget", "gpt-image-2.5-flare")
    listed = asked(capsys, "models", "--on", "2026-11-22")
    assert listed["day"] == "2026-11-22"
    for model in listed["models"]:
        assert {
            "model", "status", "released", "deprecation_announced", "shutdown", "successors", "rates", "source",
            "checked_on",
        } <= set(model)  # fmt: skip


def test_a_refusal_is_json_with_a_code_and_a_sentence_and_exit_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    table = [
        (["estimate", "5k"], "bad_number"),
        (["estmate", "5"], "not_understood"),
        (["models", "gpt-image-9"], "not_understood"),
        (["recommend", "new", "--on", "2026-03-26"], "no_lanes"),
        (["estimate", "5", "max", "gpt-image-2"], "bad_spec"),
        (["show", "k7m2q9xd4v"], "not_open"),
        (["try", ""], "bad_prompt"),
        (["try", "a kite", "--out"], "not_understood"),
        (["serve", "now"], "not_understood"),
        (["serve"], "bad_settings"),
    ]

    def check(words: list[str], code: str) -> None:
        error = asked(capsys, *words, status=2)["error"]
        assert error["code"] == code
        assert error["message"].strip()
        assert "\n" not in error["message"]

    cells.hold(table, check)


def test_json_has_the_sentence_and_the_mended_command(capsys: pytest.CaptureFixture[str]) -> None:
    error = asked(capsys, "price", "5k", "hgih", "1:1", "flare", status=2)["error"]
    assert error == {
        "code": "not_understood",
        "message": "I read `price` as a command: did you mean `estimate`?",
        "mended": "estimate 5000 high square gpt-image-2.5-flare",
    }
    assert "mended" not in asked(capsys, "estimate", "1e3", status=2)["error"]


def test_a_terminal_says_the_whole_mended_command_and_what_it_reads_as_a_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["estimate", "5k", "hgih"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    reason = "I read counts like 5000; I could not read '5k'."
    assert said.err == f"{reason} Did you mean `imagelane estimate 5000 high`?\n"


def test_without_json_a_refusal_is_one_sentence_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", "5000", "hgih"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "Did you mean `imagelane estimate 5000 high`?\n"


def test_F7_a_terminal_knows_which_models_live_on_the_day_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    table = [
        ("2026-11-30", "Did you mean `imagelane estimate 5 gpt-image-1-mini --on 2026-11-30`?"),
        ("2026-12-01", "was shut down on 2026-12-01"),
    ]

    def check(on: str, part: str) -> None:
        assert main(["estimate", "5", "gpt-image-1-mini-2025-10-07", "--on", on]) == 2
        assert part in capsys.readouterr().err

    cells.hold(table, check)
    assert main(["models", "gpt-image"]) == 2  # today, whatever day that is
    said = capsys.readouterr().err
    assert "did you mean" in said
    assert "`gpt-image-1`" not in said


@pytest.mark.parametrize("line", ["estimate 5000 high square --json", "estimate 5000 high square", "help", "--version"])
def test_B10_nobody_who_reads_on_is_no_fault(line: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    words = [sys.executable, "-m", "bot", *line.split()]
    try:
        done = subprocess.run(words, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_try_without_a_key_draws_a_demo_for_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (picture,) = asked(capsys, "try", "a red kite", "--out", "drawn")["pictures"]
    assert (picture["demo"], picture["cost_usd"], picture["state"]) == (True, "0", "delivered")
    assert (tmp_path / picture["file"]).read_bytes().startswith(b"\x89PNG")
    again = asked(capsys, "show", picture["id"])["pictures"][0]
    assert again["id"] == picture["id"]
    store = open_ledger("sqlite:///var/imagelane.db", busy_seconds=1)
    assert store.read(holds.differences) == []
    assert (
        store.read(
            questions.person_spend, "local", "terminal", store.read(rows.generation, "local", picture["id"]).created_at
        )
        == 0
    )
    store.close()


def test_B14_a_try_stays_in_the_picture_folder_unless_another_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMAGELANE_PICTURES", str(tmp_path / "kept"))
    before = set(tmp_path.iterdir())
    (picture,) = asked(capsys, "try", "a red kite")["pictures"]
    assert Path(picture["file"]).read_bytes().startswith(b"\x89PNG")
    assert Path(picture["file"]).is_relative_to(tmp_path / "kept")
    assert {path.name for path in set(tmp_path.iterdir()) - before} == {"kept", "var"}


def test_several_of_one_lane_are_one_drawing_here_too(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "try", "a red kite", "premium", "x3")
    assert answer["sentence"] == "Drawn: 3 by premium, medium, demos, $0.00."
    assert [picture["lane"] for picture in answer["pictures"]] == ["premium"] * 3
    assert len({picture["file"] for picture in answer["pictures"]}) == 3


def test_the_printout_leads_with_the_sentence_and_keeps_the_rest_for_details(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["try", "a red kite", "premium"]) == 0
    first, where, taken = capsys.readouterr().out.splitlines()
    assert first == "Drawn: premium, medium, a demo, $0.00."
    assert where.strip().endswith(".png")
    assert taken == "Not named, so taken: medium, square."
    found = re.search(r"(\w+)\.png", where)
    assert found
    assert main(["show", found[1], "--details"]) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0] == "Premium, medium, a demo, $0.00: not judged yet."
    assert f"{found[1]}  premium gpt-image-2.5-sunburst, medium" in told


@pytest.mark.parametrize(
    ("words", "options", "prompt"),
    [
        (["a", "red", "kite", "high"], ["a red kite", "high"], "a red kite high"),
        (["kite", "high", "x2"], ['"kite"', "high", "x2"], "kite high x2"),
        (["a", "dog's", "bed", "premium"], ["a dog's bed", "premium"], "a dog's bed premium"),
    ],
)
def test_last_words_that_may_be_options_are_asked_about_and_nothing_is_drawn(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], options: list[str], prompt: str
) -> None:
    assert main(["try", *words]) == 2
    said = capsys.readouterr().err
    assert "options, or part of the prompt? Nothing was drawn." in said
    assert not (tmp_path / "var").exists()
    with_options, whole = re.findall(r"imagelane (try .+?)(?:\. All of it|$)", said.strip())
    facts = vocabulary(catalog.load())
    assert shlex.split(with_options) == ["try", *options]
    read = COMMANDS.parse_words(shlex.split(with_options), facts)
    assert isinstance(read, Try)
    assert read == replace(read, perhaps=None)
    assert COMMANDS.parse_words(shlex.split(whole), facts) == Try(prompt)


def test_B6_a_terminal_knows_no_picture_of_an_id_nobody_knows(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "show", "zzz", status=2)["error"] == {
        "code": "not_open",
        "message": "I know no picture zzz here.",
    }


def test_a_try_with_a_key_costs_what_its_usage_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FarOpenAI() as openai:
        monkeypatch.setenv("OPENAI_API_KEY", openai.key)
        monkeypatch.setenv("OPENAI_BASE_URL", openai.base_url)
        (picture,) = asked(capsys, "try", "a red kite", "premium", "low", "--out", str(tmp_path))["pictures"]
        assert Decimal(picture["cost_usd"]) == openai.billed_usd()
        (post,) = openai.posts
    assert (post.model, post.quality, post.size) == ("gpt-image-2.5-sunburst", "low", "1024x1024")
    assert Path(picture["file"]).is_file()


def test_over_the_limit_nothing_is_drawn(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with FarOpenAI() as openai:
        monkeypatch.setenv("OPENAI_API_KEY", openai.key)
        monkeypatch.setenv("OPENAI_BASE_URL", openai.base_url)
        monkeypatch.setenv("IMAGELANE_MONTH_LIMIT_USD", "0.001")
        error = asked(capsys, "try", "a red kite", status=2)["error"]
        assert error["code"] == "over_budget"
        assert "Nothing was charged." in error["message"]
        assert openai.posts == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("IMAGELANE_MONTH_LIMIT_USD", "nan"),
        ("IMAGELANE_ZONE", "Mars/Olympus"),
        ("SLACK_API_URL", "x"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["serve"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(name)
    assert said.count("\n") == 1


def test_R46_a_configured_store_that_is_missing_is_not_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/elsewhere.db")
    assert asked(capsys, "try", "a red kite", status=3)["error"]["code"] == "store_unusable"
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_plain_estimate_needs_no_store(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked(capsys, "estimate", "100")
    assert list(tmp_path.iterdir()) == []


def test_spend_asks_the_store_and_gives_scripts_its_contract(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "spend", "2026-W46", "by", "model", "in", "project", "spring launch")
    assert {"measures", "scope", "total", "before_usd", "rows", "movers", "waste", "demo", "notes", "defaults"} <= set(
        answer
    )
    part = {"project": "spring launch", "channel_id": None, "lane": None, "model": None, "person_id": None}
    assert answer["scope"]["only"] == part | {"snapshots": []}
    assert answer["scope"]["so_far"] is None
    assert (answer["scope"]["days"], answer["scope"]["zone"]) == ({"first": "2026-11-09", "last": "2026-11-15"}, "UTC")
    assert (answer["total"]["spend_usd"], answer["total"]["keep_rate"], answer["rows"]) == ("0.00", None, [])


def test_a_budget_is_set_and_shown_by_who_runs_the_bot(capsys: pytest.CaptureFixture[str]) -> None:
    changed = asked(capsys, "budget", "set", "20", "per", "week", "for", "project", "red kites")
    assert (changed["old"], changed["new"]) == (None, "$20.00 per week")
    whole, kites = asked(capsys, "budget")["lines"]
    assert (whole["scope"], whole["version"], whole["limit_usd"]) == ("workspace", 0, "50.00")
    assert (kites["scope_id"], kites["limit_usd"], kites["changed_by"]) == ("red kites", "20.00", "terminal")
    assert main(["budget"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("2 budgets, all with more than a fifth left.")
    assert "$20.00  $20.00  week   ▱▱▱▱▱▱▱▱▱▱  project red kites" in told
    assert "Set by terminal" not in told
    assert main(["budget", "--details"]) == 0
    assert "Set by terminal" in capsys.readouterr().out
    assert main(["budget", "show", "for", "project", "none"]) == 0
    assert capsys.readouterr().out.startswith("Project none has no budget of its own.")


def test_spend_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spend", "2026-10", "--on", "2026-11-22"]) == 0
    assert capsys.readouterr().out.strip() == "Nothing is recorded in October."
    assert main(["spend", "2026-10", "--on", "2026-11-22", "--details"]) == 0
    told = capsys.readouterr().out
    assert "- Thu 1 Oct 2026 to Sat 31 Oct 2026, days of UTC." in told
    assert "- 0 records, as of Sun 22 Nov 2026." in told
