"""A blind test from a terminal: the quote first, drawn after a yes, judged, and only then told by lane."""

import csv
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot import catalog, wiring
from bot.bench import plan as bench_plan
from bot.bench import rows_calls, rows_read, rows_votes
from bot.bench.outcome import Ballot
from bot.bench.plan import Plan, WantedBench
from bot.entrypoints.cli import main
from bot.ledger import holds
from bot.ledger.ledger import Ledger, open_ledger
from bot.playground.far_end import FarEnd
from bot.samples import priced_images
from bot.settings import Settings
from tests.entrypoints.test_terminal import a_place_of_its_own, a_store_in_place, asked
from tests.kit.clock import moment
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import Bot

__all__ = ["a_place_of_its_own", "a_store_in_place"]  # its fixtures hold here, too

pytestmark = pytest.mark.usefixtures("a_store_in_place")

RUN = ("bench", "run", "--prompts", "product-shots", "--lanes", "budget,premium", "--quality", "low", "--yes")
GIVE_AWAY = ("flare", "sunburst", "gpt-image", "budget", "premium")


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Any:
    with FarOpenAI() as far:
        monkeypatch.setenv("OPENAI_API_KEY", far.key)
        monkeypatch.setenv("OPENAI_BASE_URL", far.base_url)
        yield far


def opened() -> Ledger:
    return open_ledger("sqlite:///var/imagelane.db", busy_seconds=5)


def judged(bench_id: str, reason: str | None = None) -> None:
    """Every image kept, as a reviewer does it in Slack."""
    store = opened()
    for prompt in store.read(rows_read.bench, "local", bench_id).remaining:
        sheet = store.read(rows_votes.sheet, "local", bench_id, prompt.place, "U2")
        store.write_once(
            rows_votes.vote,
            "local",
            bench_id,
            "U2",
            [Ballot(image, "keep", 4, reason) for _, image, _ in sheet],
            datetime.now(UTC),
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
    for words in ([], ["out.csv"], ["out.png"], ["out.json"]):
        assert asked(capsys, "bench", "export", bench["id"], *words, status=2)["error"]["code"] == "blind"
    assert [*Path().glob("out.*")] == []
    assert asked(capsys, "bench", "verdict", bench["id"], status=2)["error"]["code"] == "blind"
    judged(bench["id"], "=1+1")
    proof = asked(capsys, "bench", "verdict", bench["id"])
    assert (proof["verdict"]["word"], proof["verdict"]["prompts"], proof["verdict"]["look"]) == ("KEEP TESTING", 5, 0)
    assert [side["role"] for side in proof["sides"]] == ["budget", "premium"]
    assert sum(Decimal(side["spent_usd"]) for side in proof["verdict"]["sides"]) == openai.billed_usd()
    assert main(["bench", "verdict", bench["id"]]) == 0
    printout = " ".join(capsys.readouterr().out.split())
    assert printout.startswith("Not decided yet: 5 of 5 pictures kept on budget, premium 5 of 5.")
    assert "gpt-image-2.5-flare" not in printout
    assert main(["bench", "verdict", bench["id"], "--details"]) == 0
    assert "budget: gpt-image-2.5-flare, low, 1024x1024 - Kept 5 of 5;" in " ".join(capsys.readouterr().out.split())
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
    assert main(["bench", "export", bench["id"], "out.json"]) == 0
    assert "Wrote the results in promptfoo's shape to out.json." in capsys.readouterr().err
    whole = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert (whole["evalId"], whole["results"]["stats"]["successes"]) == (f"imagelane-{bench['id']}", 10)
    again = asked(capsys, "bench", "rerun", bench["id"], "--lanes", "budget:low,gpt-image-2:low", "--yes")
    assert (again["parent"], again["prompts"], again["done"]) == (bench["id"], 5, 10)
    assert [one["id"] for one in asked(capsys, "bench", "list")["benches"]] == [again["id"], bench["id"]]


def test_promptfoos_files_are_drawn_from_and_what_is_left_out_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, openai: FarOpenAI
) -> None:
    file, template = tmp_path / "kinds of kite.csv", "A {{colour}} kite"
    file.write_text("colour,__expected\nred,a\nblue,a\ngreen,a\ngrey,a\nwhite,a\n")
    words = (*RUN[:2], "--prompts", str(file), *RUN[4:])
    assert asked(capsys, *RUN, "--template", template, status=2)["error"]["code"] == "not_understood"
    assert asked(capsys, *words, status=2)["error"]["code"] == "bad_file"
    assert main([*words, "--template", template, "--json"]) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out)["kind"], json.loads(out)["prompts"]) == ("kinds of kite", 5)
    assert "Left out of kinds of kite.csv: __expected." in err
    assert sorted({post.prompt for post in openai.posts})[:2] == ["A blue kite", "A green kite"]


@pytest.mark.parametrize("name", ["nowhere.txt", ".", "/dev/zero"])
def test_a_file_that_cannot_be_read_is_refused_and_one_without_an_end_is_not_read_on(
    capsys: pytest.CaptureFixture[str], openai: FarOpenAI, name: str
) -> None:
    assert asked(capsys, *RUN[:3], name, *RUN[4:], status=2)["error"]["code"] == "bad_file"


def test_the_quote_is_shown_and_without_a_yes_nothing_is_spent(sqlite_url: str, tmp_path: Path) -> None:
    with FarEnd() as slack, FarOpenAI() as openai:
        bot = Bot(slack, openai, sqlite_url, tmp_path)
        words = [*RUN[:-1], "--cap", "5", "--reviewers", "3"]
        done = bot.run(*words, typed="n\n")
        assert done.returncode == 0
        assert done.stdout.startswith("40 pictures, $0.24, about 16 minutes of judging for each of 3.")
        assert "20 prompts show only big differences; " in done.stdout
        assert "is reserved, with 4 spare for calls that are lost; $50.00 is left." in done.stdout
        assert "Nothing was run or charged." in done.stderr
        assert openai.posts == []
        assert bot.run(*words, "--json").returncode == 2
        done = bot.run(*words, typed="yes\n")
        assert (done.returncode, len(openai.posts)) == (0, 40)
        assert "Reviewing, 0 of 120 votes: 40 of 40 pictures" in done.stdout


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
    assert "has $0.12 left this month" in error["message"]
    assert openai.posts == []


def test_until_it_is_sealed_no_answer_says_whose_an_image_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, openai: FarOpenAI
) -> None:
    bench = asked(capsys, *RUN)
    assert (bench["seed"], bench["sides"]) == (None, [])
    store = opened()
    images = [
        image for place in range(20) for _, image, _ in store.read(rows_votes.sheet, "local", bench["id"], place, "U2")
    ]
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


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return asked(capsys, *words, status=2)["error"]


def begun(capsys: pytest.CaptureFixture[str]) -> str:
    """One whose process died before its first call: its rows say that it is being drawn."""
    asked(capsys, "bench", "list")  # makes the store
    facts, now, store = catalog.load(), datetime.now(UTC), opened()
    sides = priced_images.entrants([("budget", "low"), ("premium", "low")], "square", facts, now.date())
    plan = Plan(tuple(f"kite {n}" for n in range(5)), sides, "kites")
    images = bench_plan.grid(plan, facts, now.date())
    bench = store.write(
        rows_calls.plan, WantedBench("local", "died", "terminal", None, "terminal", plan, False), images, now
    )
    store.write(rows_calls.start, "local", bench.id, images, wiring.limits(Settings(), now), moment(now))
    store.close()
    return bench.id


def test_one_that_was_interrupted_is_resumed_and_one_that_was_not_is_refused(
    capsys: pytest.CaptureFixture[str], openai: FarOpenAI
) -> None:
    died = begun(capsys)
    assert asked(capsys, "bench", "show", died)["state"] == "drawing"
    bench = asked(capsys, "bench", "resume", died)
    assert (bench["state"], bench["done"], len(openai.posts)) == ("reviewing", 10, 10)
    assert refused(capsys, "bench", "resume", died)["message"] == (
        f"Bench {died} is not being drawn; nothing was run or charged."
    )
    assert len(openai.posts) == 10


@pytest.mark.parametrize("act", ["stop", "cancel"])
def test_one_that_is_being_drawn_can_be_ended_and_only_once(
    capsys: pytest.CaptureFixture[str], openai: FarOpenAI, act: str
) -> None:
    died = begun(capsys)
    assert asked(capsys, "bench", act, died)["state"] == "cancelled"
    assert refused(capsys, "bench", act, died)["code"] == "not_open"
    assert refused(capsys, "bench", "resume", died)["code"] == "not_understood"
    assert {one["id"]: one["state"] for one in asked(capsys, "bench", "list")["benches"]}[died] == "cancelled"
    assert openai.posts == []
    store = opened()
    assert store.read(holds.differences) == []
    assert store.read(holds.left, "local", wiring.limits(Settings(), datetime.now(UTC))).reserved_nanousd == 0
    store.close()


def test_run_again_on_the_same_lanes_it_adds_no_prompt_and_on_others_it_asks_anew(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, openai: FarOpenAI
) -> None:
    bench = asked(capsys, *RUN[:3], written(tmp_path, *(f"kite {n}" for n in range(10))), *RUN[4:])
    judged(bench["id"])
    first = asked(capsys, "bench", "verdict", bench["id"])["verdict"]
    same = asked(capsys, "bench", "rerun", bench["id"], "--lanes", "budget:low,premium:low", "--yes")
    judged(same["id"])
    second = asked(capsys, "bench", "verdict", same["id"])
    assert second["benches"] == [bench["id"], same["id"]]
    assert (second["verdict"]["prompts"], second["verdict"]["look"]) == (first["prompts"], 2)
    assert [side["judged"] for side in second["verdict"]["sides"]] == [10, 10]
    other = asked(capsys, "bench", "rerun", bench["id"], "--lanes", "budget:low,legacy:low", "--yes")
    judged(other["id"])
    third = asked(capsys, "bench", "verdict", other["id"])
    assert (other["parent"], third["benches"], third["verdict"]["look"]) == (bench["id"], [other["id"]], 1)
    assert {post.prompt for post in openai.posts} == {f"kite {n}" for n in range(10)}


BAD = {
    "an unknown lane": ("--lanes", "budget,premum"),
    "one lane": ("--lanes", "budget"),
    "four lanes": ("--lanes", "budget,premium,legacy,budget:high"),
    "a cap below the quote": ("--cap", "0.001"),
    "4 prompts": ("--prompts", "4"),
    "41 prompts": ("--prompts", "41"),
    "a prompt twice": ("--prompts", "twice"),
    "a binary file": ("--prompts", "binary"),
    "a prompt of 40,000 letters": ("--prompts", "long"),
    "no file": ("--prompts", "nowhere"),
}
FILES = {
    "4": b"a\nb\nc\nd\n",
    "41": b"\n".join(b"kite %d" % n for n in range(41)),
    "twice": b"a\nb\nc\nd\na\n",
    "binary": b"\x89PNG\r\n\x1a\n\xff\xfe\x00",
    "long": b"a\nb\nc\nd\n" + b"x" * 40_000,
}


@pytest.mark.parametrize("what", BAD)
def test_a_run_that_cannot_be_is_one_sentence_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, openai: FarOpenAI, what: str
) -> None:
    for name, written_there in FILES.items():
        (tmp_path / name).write_bytes(written_there)
    given = dict(zip(RUN[2:-1:2], RUN[3:-1:2], strict=True)) | dict([BAD[what]])
    words = [word for pair in given.items() for word in pair]
    assert main([*RUN[:2], *words, "--yes"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert 20 < len(said.err) < 400
    assert said.err.rstrip().endswith((".", "?"))
    assert asked(capsys, "bench", "list")["benches"] == []
    assert openai.posts == []
