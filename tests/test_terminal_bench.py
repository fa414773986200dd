"""A blind comparison from a terminal: the quote first, drawn after a yes, judged, and only then told by lane."""

import csv
import json
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.benches import Ballot
from bot.playground.far_end import FarEnd
from bot.store import Store, open_store
from bot.terminal import main
from tests.far_openai import FarOpenAI
from tests.processes import Bot
from tests.test_terminal import a_place_of_its_own, asked

__all__ = ["a_place_of_its_own"]  # its fixture holds here, too

RUN = ("bench", "run", "--prompts", "product-shots", "--lanes", "budget,premium", "--quality", "low", "--yes")
GIVE_AWAY = ("flare", "sunburst", "gpt-image", "budget", "premium")


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Any:
    with FarOpenAI() as far:
        monkeypatch.setenv("OPENAI_API_KEY", far.key)
        monkeypatch.setenv("OPENAI_BASE_URL", far.base_url)
        yield far


def opened() -> Store:
    return open_store("sqlite:///var/imagelane.db", busy_seconds=5)


def judged(bench_id: str, reason: str | None = None) -> None:
    """Every image kept, as a reviewer does it in Slack."""
    store = opened()
    for prompt in store.benches.bench("local", bench_id).remaining:
        sheet = store.benches.sheet("local", bench_id, prompt.place, "U2")
        store.benches.vote(
            "local", bench_id, "U2", [Ballot(image, "keep", 4, reason) for _, image, _ in sheet], datetime.now(UTC)
        )
    store.close()


def written(folder: Path, *prompts: str) -> str:
    path = folder / "kites.txt"
    path.write_text("# ours\n" + "\n".join(prompts))
    return str(path)


def test_a_bench_is_drawn_judged_shown_exported_and_run_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, openai: FarOpenAI
) -> None:
    file = written(tmp_path, *(f"kite {n}" for n in range(4)), '=HYPERLINK("x")')
    bench = asked(capsys, *RUN[:3], file, *RUN[4:])
    assert (bench["state"], bench["kind"], bench["images"], bench["done"]) == ("reviewing", "kites", 10, 10)
    assert Decimal(bench["spent_usd"]) == openai.billed_usd()
    assert len(openai.posts) == 10
    for words in ([], ["out.csv"], ["out.png"]):
        assert asked(capsys, "bench", "export", bench["id"], *words, status=2)["error"]["code"] == "blind"
    assert [*Path().glob("out.*")] == []
    assert asked(capsys, "bench", "verdict", bench["id"], status=2)["error"]["code"] == "blind"
    judged(bench["id"], "=1+1")
    proof = asked(capsys, "bench", "verdict", bench["id"])
    assert (proof["verdict"]["word"], proof["verdict"]["prompts"], proof["verdict"]["look"]) == ("KEEP TESTING", 5, 0)
    assert [side["role"] for side in proof["sides"]] == ["budget", "premium"]
    assert sum(Decimal(side["spent_usd"]) for side in proof["verdict"]["sides"]) == openai.billed_usd()
    assert main(["bench", "verdict", bench["id"]]) == 0
    assert "gpt-image-2.5-flare (budget) kept 5 of 5" in " ".join(capsys.readouterr().out.split())
    shown = asked(capsys, "bench", "show", bench["id"])
    assert [(side["lane"], side["kept"], side["judged"]) for side in shown["sides"]] == [
        ("budget", 5, 5),
        ("premium", 5, 5),
    ]
    assert main(["bench", "export", bench["id"], "out.PNG"]) == 0
    assert "Wrote the contact sheet to out.PNG." in capsys.readouterr().err
    sheet = Path("out.PNG").read_bytes()
    assert sheet.startswith(b"\x89PNG")
    assert asked(capsys, "bench", "export", bench["id"], "out.PNG", status=2)["error"]["code"] == "bad_file"
    assert Path("out.PNG").read_bytes() == sheet
    assert main(["bench", "export", bench["id"], "out.csv"]) == 0
    rows = [*csv.DictReader(Path("out.csv").read_text().splitlines())]
    assert len(rows) == 10
    assert {row["prompt"] for row in rows if row["prompt_no"] == "5"} == {'\'=HYPERLINK("x")'}
    assert {(row["vote"], row["reason"], row["kept"], row["reviewer"]) for row in rows} == {
        ("keep", "'=1+1", "yes", "U2")
    }
    assert sum(Decimal(row["usd"]) for row in rows) == openai.billed_usd()
    capsys.readouterr()
    again = asked(capsys, "bench", "rerun", bench["id"], "--lanes", "budget:low,gpt-image-2:low", "--yes")
    assert (again["parent"], again["prompts"], again["done"]) == (bench["id"], 5, 10)
    assert [one["id"] for one in asked(capsys, "bench", "list")["benches"]] == [again["id"], bench["id"]]


def test_the_quote_is_shown_and_without_a_yes_nothing_is_spent(sqlite_url: str, tmp_path: Path) -> None:
    with FarEnd() as slack, FarOpenAI() as openai:
        bot = Bot(slack, openai, sqlite_url, tmp_path)
        words = [*RUN[:-1], "--cap", "5", "--reviewers", "3"]
        done = _typing(bot, words, "n\n")
        assert done.returncode == 0
        assert "40 images for $0.2352; $0." in done.stdout
        assert "is left of the budget." in done.stdout
        assert "A rejected image counts as $0.25 of people's time." in done.stdout
        assert "a guess of .55/.85 you need about" in done.stdout
        assert "Nothing was run or charged." in done.stderr
        assert openai.posts == []
        assert bot.run(*words, "--json").returncode == 2
        done = _typing(bot, words, "yes\n")
        assert (done.returncode, len(openai.posts)) == (0, 40)
        assert "Reviewing, 0 of 120 votes: 40 of 40 images" in done.stdout


def _typing(bot: Bot, words: list[str], typed: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env=bot.environment,
        cwd=bot.folder,
        input=typed,
        capture_output=True,
        text=True,
        timeout=90,
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--cap", "0.01"), "over_budget"),
        (("--reviewers", "2"), "bad_plan"),
        (("--size", "1x1"), "bad_number"),
    ],
)
def test_a_bench_that_cannot_be_is_refused_before_anything_is_stored(
    capsys: pytest.CaptureFixture[str], openai: FarOpenAI, words: tuple[str, ...], code: str
) -> None:
    assert asked(capsys, *RUN, *words, status=2)["error"]["code"] == code
    assert asked(capsys, "bench", "list")["benches"] == []
    assert openai.posts == []


def test_R61_over_the_budget_it_is_refused_whole(
    capsys: pytest.CaptureFixture[str], openai: FarOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMAGELANE_MONTH_LIMIT_USD", "0.12")
    error = asked(capsys, *RUN, status=2)["error"]
    assert error["code"] == "over_budget"
    assert "needed, $0.12 left" in error["message"]
    assert openai.posts == []


def test_until_it_is_sealed_no_answer_says_whose_an_image_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, openai: FarOpenAI
) -> None:
    bench = asked(capsys, *RUN)
    assert (bench["seed"], bench["sides"]) == (None, [])
    store = opened()
    images = [image for place in range(20) for _, image, _ in store.benches.sheet("local", bench["id"], place, "U2")]
    store.close()
    for image in images[:2]:
        assert asked(capsys, "show", image, status=2)["error"]["code"] == "blind"
    for by in ("lane", "model", "quality"):
        (row,) = asked(capsys, "spend", "by", by)["rows"]
        assert (row["name"], row["images"], row["kept"]) == ("open bench", 40, 0)
        assert Decimal(row["spend_usd"]) == openai.billed_usd()
    for by in ("source", "person", "project", "day"):
        assert not [word for word in GIVE_AWAY if word in json.dumps(asked(capsys, "spend", "by", by)["rows"])]
    estimate = asked(capsys, "estimate", "10", "low", "square", "--keep", "own")
    assert {quote["keep_rate"] for quote in estimate["quotes"]} == {None}
    names = [path.name for path in (tmp_path / "var" / "pictures").rglob("*")]
    assert not [name for name in names for word in GIVE_AWAY if word in name]
    judged(bench["id"])
    assert {row["name"] for row in asked(capsys, "spend", "by", "lane")["rows"]} == {"budget", "premium"}
    assert asked(capsys, "show", images[0])["pictures"][0]["state"] == "delivered"
