"""`imagelane migrate` in a terminal, on the sample data and a pipeline on the model that ends: as text and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.entrypoints.cli import main
from tests.entrypoints.test_terminal import a_place_of_its_own, a_store_in_place

__all__ = ["a_place_of_its_own", "a_store_in_place"]


ENDING = """source,id,occurred_at,model,quality,size,images,kept,rejected
sample-shop,shop-1,2026-11-12T10:00:00Z,gpt-image-1-mini,medium,1024x1024,30,21,9
sample-shop,shop-2,2026-11-20T10:00:00Z,gpt-image-1-mini,low,1536x1024,10,,
"""


@pytest.fixture(autouse=True)
def sample(a_store_in_place: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--sample"]) == 0
    (tmp_path / "ending.csv").write_text(ENDING)
    assert main(["import", str(tmp_path / "ending.csv")]) == 0
    capsys.readouterr()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["migrate", *words]) == 0
    return " ".join(capsys.readouterr().out.split())


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(told(capsys, *words, "--json"))
    return answer


def test_the_day_before_the_end_it_plans_the_move(capsys: pytest.CaptureFixture[str]) -> None:
    short = told(capsys, "gpt-image-1-mini", "--on", "2026-11-30")
    assert short.startswith("gpt-image-1-mini ends on 1 Dec; on gpt-image-2.5-flare ")
    whole = told(capsys, "gpt-image-1-mini", "--on", "2026-11-30", "--details")
    assert whole.startswith(short)
    assert "What would prove it" in whole
    assert "Test again" in whole


def test_json_is_the_typed_answer_with_money_as_strings(capsys: pytest.CaptureFixture[str]) -> None:
    plan = asked(capsys, "gpt-image-1-mini", "--on", "2026-11-30")
    assert (plan["model"], plan["ends_on"], plan["until"]) == ("gpt-image-1-mini", "2026-12-01", "2026-11-30")
    assert isinstance(plan["now"]["cost"]["usd"], str)
    assert plan["there"][0]["model"] == "gpt-image-2.5-flare"
    assert plan["there"][-1]["cost"]["usd"] is None
    assert {"usd", "prompts", "sides"} <= set(plan["test"])
    month = asked(capsys, "--all", "--to", "budget", "--batch", "--on", "2026-11-30")
    assert (month["model"], month["there"][0]["batch"]) == (None, True)


def test_what_can_not_be_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for words, sentence in (
        (["--to", "legacy", "--quality", "xhigh"], "gpt-image-2 has no quality xhigh"),
        (["gpt-image-9"], "Did you mean `imagelane migrate gpt-image-2"),
        (["--quality", "--batch"], "`--quality` needs a quality"),
    ):
        assert main(["migrate", *words, "--on", "2026-11-30"]) == 2
        assert sentence in capsys.readouterr().err
