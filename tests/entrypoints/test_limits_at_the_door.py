"""K13: what is too much, too long or nobody's is refused in the right words, and quickly."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import catalog
from bot.budgets.rows import BudgetRows
from bot.entrypoints.cli import main
from bot.entrypoints.commands import COMMANDS
from bot.errors import BadFile, NotUnderstood
from bot.grammar.vocabulary import vocabulary
from bot.ledger import workspaces
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.limits import PROJECT_LETTERS
from bot.playground.people import ANA, STUDIO
from bot.usage import strict_json
from bot.usage.errors import BadRecord, NoToken
from bot.usage.files import MOST_COLUMNS
from bot.usage.importing import Import, WantedImport
from bot.usage.reading import Desk
from bot.usage.rows_tokens import TokenRows
from tests.kit.slack_door import House
from tests.kit.usage_made import NOW, record

WORDS = vocabulary(catalog.load())
NEEDED = "id,occurred_at,model,quality,images"


def imported(store: Ledger, path: Path, text: str, **wanted: Any) -> list[str]:
    """Why lines were refused."""
    path.write_text(text)
    refused: list[str] = []
    Import(store, Desk(catalog.load()), "T1", WantedImport({}, **wanted), NOW, lambda _, why: refused.append(why)).run(
        path
    )
    return refused


@pytest.mark.parametrize("columns", [MOST_COLUMNS + 1, 50_000])
def test_K13_R112_a_header_has_so_many_columns_at_most(sqlite_url: str, tmp_path: Path, columns: int) -> None:
    header = ",".join(f"column {number}" for number in range(columns))
    with (
        closing(open_ledger(sqlite_url, 1)) as store,
        pytest.raises(BadFile, match=rf"has {columns:,} columns") as refused,
    ):
        imported(store, tmp_path / "wide.csv", header + "\n")
    assert len(refused.value.sentence) < 200


def test_K13_R112_a_header_of_the_most_columns_is_read(sqlite_url: str, tmp_path: Path) -> None:
    header = ",".join([NEEDED, *(f"column {number}" for number in range(MOST_COLUMNS - 5))])
    with closing(open_ledger(sqlite_url, 1)) as store, pytest.raises(BadFile, match="I know no column 'column 0'"):
        imported(store, tmp_path / "wide.csv", header + "\n")


def test_K13_R112_many_names_in_one_object_are_compared_in_one_pass() -> None:
    names = [f'"n{number}": 1' for number in range(90_000)]
    read = strict_json.read(("{" + ", ".join([*names, '"n7": 2']) + "}").encode())
    assert [name for name, value in read.items() if isinstance(value, strict_json.RefusedJson)] == ["n7"]


def test_K13_R112_a_token_nobody_has_is_told_in_its_own_words(store: Ledger) -> None:
    with pytest.raises(NoToken, match="No token of that id is here; nothing was changed"):
        TokenRows(store.engine).revoke("T1", "nothing", NOW)


# Books are begun for nobody.


def test_K13_R112_only_a_workspace_that_was_installed_can_be_named(store: Ledger) -> None:
    store.write(workspaces.remember, "T1", "Sample", "UBOT")
    store.write(workspaces.stop, "T8", NOW)
    assert [store.workspace(named) for named in (None, "", "T1", "local")] == ["T1", "T1", "T1", "local"]
    for nobody in ("T8", "T9", "t1", "T1 "):
        with pytest.raises(NotUnderstood, match=r"not installed in a workspace .* There is T1\."):
            store.workspace(nobody)


@pytest.mark.parametrize(
    "words",
    [
        "token create nightly",
        "import --sample",
        "export",
        "try kite",
        "budget set 5 per week",
        "spend",
        "digest",
        "bench list",
        "show 0000000000",
    ],
)
def test_K13_R112_no_command_makes_books_for_nobody(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert main([*words.split(), "--workspace", "TNOBODY"]) == 2
    assert "imagelane is not installed in a workspace 'TNOBODY'. There is none yet." in capsys.readouterr().err


# One limit for the name of a project.

LONGEST, LONGER = "k" * PROJECT_LETTERS, "k" * (PROJECT_LETTERS + 1)
TOO_LONG = "A project's name has 200 characters at most; that one has 3,500."


@pytest.mark.parametrize(
    "words", ["spend in project {}", "budget set 5 per week for project {}", "budget off for project {}"]
)
def test_K13_R112_words_take_a_project_s_name_up_to_the_limit(words: str) -> None:
    COMMANDS.parse(words.format(LONGEST), WORDS)
    with pytest.raises(NotUnderstood, match=TOO_LONG):
        COMMANDS.parse(words.format("k" * 3500), WORDS)
    with pytest.raises(NotUnderstood):
        COMMANDS.parse(words.format(f'"{LONGER}"'), WORDS)


@pytest.mark.parametrize("name", [LONGEST, LONGER])
def test_K13_R112_records_and_files_take_a_project_s_name_up_to_the_limit(
    sqlite_url: str, tmp_path: Path, name: str
) -> None:
    fits = name == LONGEST
    line = f"1,2026-11-20T10:00:00Z,gpt-image-2,high,1,{name}"
    with closing(open_ledger(sqlite_url, 1)) as store:
        refused = imported(store, tmp_path / "a.csv", f"{NEEDED},project\n{line}\n")
    assert refused == ([] if fits else ["project may have 200 characters at most"])
    if fits:
        assert record(project=name).project == name
    else:
        with pytest.raises(BadRecord, match="project may have 200 characters at most"):
            record(project=name)


@pytest.mark.parametrize("name", [LONGEST, LONGER])
def test_K13_R112_a_channel_is_tied_to_a_project_up_to_the_limit(door: House, name: str) -> None:
    slack, door.owners = door.far_end, (ANA,)
    slack.press(slack.command("budget").shown, "budget.edit", f"channel:{STUDIO}")
    reply = slack.submit(slack.modal(ANA), {"project": name, "usd": "5"}, forged=True)
    tied = BudgetRows(door.store.engine).project_of("T0SAMPLE1", STUDIO)
    assert tied == (name if name == LONGEST else None)
    assert reply.status == 200


def test_K13_R112_a_command_with_an_endless_project_is_told_so(door: House) -> None:
    assert door.far_end.command(f"budget set 5 per week for project {'k' * 3500}").text == TOO_LONG
