"""`imagelane digest` in a terminal: the week as text, as JSON and as a picture."""

import json
from pathlib import Path

import pytest

from bot.entrypoints.cli import main
from tests.entrypoints.test_terminal import a_place_of_its_own, a_store_in_place

__all__ = ["a_place_of_its_own", "a_store_in_place"]


@pytest.fixture(autouse=True)
def sample(a_store_in_place: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--sample"]) == 0
    capsys.readouterr()


def test_the_week_of_the_sample_is_told_and_says_what_the_chart_shows(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    chart = tmp_path / "week.png"
    words = ["digest", "--week", "2026-W46", "--on", "2026-11-22"]
    assert main([*words, "--png", str(chart)]) == 0
    short = " ".join(capsys.readouterr().out.split())
    assert short.startswith("Last week: $7.96, down 22%. Kept ")
    assert "One thing to try: " in short
    assert "no provider bill is known" not in short
    assert main([*words, "--details"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(short)
    assert "Against Mon 2 Nov 2026 to Sun 8 Nov 2026: $10.15, change -$2.19 (-22%)." in told
    assert "calls there; the range puts both keep rates" in told
    assert "no provider bill is known" in told
    assert chart.read_bytes().startswith(b"\x89PNG")


def test_json_is_the_typed_answer_with_money_as_strings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--week", "2026-W46", "--on", "2026-11-22", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["week"], answer["spending"]["total"]["spend_usd"]) == ("2026-W46", "7.95526")
    assert answer["chart"]["days"][0] == "2026-11-09"
    assert set(answer["chart"]["spend"]) == {"budget", "premium", "legacy"}
    assert answer["move"]["old"]["model"] == "gpt-image-2"


def test_on_a_day_it_is_the_week_that_had_closed_by_then(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--on", "2026-11-09", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["week"], answer["as_of"]) == ("2026-W45", "2026-11-09T23:59:59+00:00")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["digest", "on", "mon", "09:00"], "`digest on` is said in Slack: it is about a channel there."),
        (["digest", "--week", "2026-W46", "--png", "no/such/folder/week.png"], "can't be written"),
        (["digest", "--png"], "--png needs a value after it."),
    ],
)
def test_what_a_terminal_can_not_do_says_why(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err
