"""F2: history by `imagelane import`, as a terminal has it: each handed file, twice, at once, killed, in a playground.

The files are samples.
"""

import json
import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.clock import Clock
from bot.entrypoints.cli.playground import HOME
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE
from bot.ledger.usage_tables import usage_records
from bot.playground.far_end import FarEnd
from bot.playground.people import TEAM
from bot.settings import LOCAL_STORE
from bot.usage.rows import Records
from tests.budgets.test_thresholds import limit, watch
from tests.kit.digests_made import IN_W46, IN_W47, MONDAY, desk
from tests.kit.imported_files import SAMPLES, Desktop, Terminal
from tests.kit.waiting import until
from tests.kit.wishes import CENT

DAY = "2026-11-01_2026-11-27.csv"
PICTURES, TOKENS, COSTS = f"images_usage_{DAY}", f"completions_usage_{DAY}", f"cost_{DAY}"
# 4,567 text in at $5, 194 image in at $8, 42,240 image out at $30 a million; by batch 600 text in at $2.50 and 5,268
# image out at $15.
PLAIN = Decimal("0.022835") + Decimal("0.001552") + Decimal("1.2672")
PAIR = PLAIN + Decimal("0.0015") + Decimal("0.07902")


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Terminal:
    return Terminal(database_url, tmp_path)


CASES: dict[str, tuple[tuple[str, ...], Decimal | None, int, int]] = {
    "pictures": ((PICTURES,), None, 40, 1),
    "tokens": ((TOKENS,), Decimal("1.372107"), 0, 0),
    "pictures, tokens": ((PICTURES, TOKENS), Decimal("1.372107"), 40, 0),
    "tokens, pictures": ((TOKENS, PICTURES), Decimal("1.372107"), 40, 0),
    # as told: $0.05283, $0.021066 and a failure's $0.000052; a success that says $0 and no cache hit is unknown
    "litellm": (("litellm_spendlogs.csv",), Decimal("0.05283") + Decimal("0.021066") + Decimal("0.000052"), 3, 1),
    "litellm by day": (("litellm_ui.csv",), Decimal("1053.6"), 20_000, 0),
    "helicone": (("helicone.csv",), Decimal("0.052705"), 1, 0),
}


@pytest.mark.parametrize("case", CASES)
def test_F2_each_handed_file_comes_to_what_a_hand_reckons_and_twice_to_no_more(terminal: Terminal, case: str) -> None:
    names, usd, images, unknown = CASES[case]
    assert Decimal("1.372107") == PAIR
    for _ in range(2):
        for name in names:
            terminal.said("import", str(SAMPLES / name))
        assert terminal.spent() == (usd, images, unknown)


def test_F2_the_handed_bill_is_a_column_of_its_own(terminal: Terminal) -> None:
    terminal.said("import", str(SAMPLES / TOKENS))
    for _ in range(2):
        answer = json.loads(terminal.said("import", str(SAMPLES / COSTS), "--json"))
        assert (answer["stored"], answer["bill"]["images_usd"], answer["skipped"]) == (
            2,
            "1.291587",
            {"empty bucket": 1},
        )
    assert terminal.spent() == (PAIR, 0, 0)
    bill = json.loads(terminal.said("spend", "2026-11-01..2026-11-02", "--json"))["bill"]
    assert (bill["billed_usd"], bill["metered_usd"]) == ("1.291587", "1.372107")


def test_F2_a_dry_run_says_the_same_as_json_and_stores_nothing(terminal: Terminal) -> None:
    text = terminal.said("import", str(SAMPLES / "litellm_spendlogs.csv"), "--dry-run")
    assert "Would store 4 of 4 records" in text
    assert "In all 3 pictures for at least $0.073948." in text
    answer = json.loads(terminal.said("import", str(SAMPLES / "litellm_spendlogs.csv"), "--dry-run", "--json"))
    assert [(line["model"], line["images"], line["usd"]) for line in answer["first"]] == [
        ("gpt-image-2.5-flare", 1, "0.05283"),
        ("gpt-image-2", 1, "0.021066"),
        ("gpt-image-2", 0, "0.000052"),
        ("gpt-image-2", 1, None),
    ]
    assert (answer["images"], answer["usd"], answer["unknown"][0]["records"]) == (3, "0.073948", 1)
    assert terminal.spent() == (Decimal(0), 0, 0)


def test_F2_projects_are_chosen_by_a_list_and_of_other_files_not(terminal: Terminal) -> None:
    answer = json.loads(terminal.said("import", str(SAMPLES / TOKENS), "--project-id", "proj_X, proj_Y", "--json"))
    assert (answer["stored"], answer["skipped"]["of another project or key"]) == (0, 2)
    assert json.loads(terminal.said("import", str(SAMPLES / TOKENS), "--api-key-id", "key_A", "--json"))["stored"] == 2
    refusal = terminal.said("import", str(SAMPLES / "helicone.csv"), "--project-id", "proj_A", status=2)
    assert "leave out --project-id and --api-key-id, since they choose among the lines of OpenAI's usage" in refusal


def test_F2_any_file_goes_into_the_playground_of_this_folder(
    terminal: Terminal, sqlite_template: Path, tmp_path: Path
) -> None:
    assert "There is no playground here yet" in terminal.said("import", str(SAMPLES / TOKENS), "--playground", status=2)
    home = tmp_path / HOME
    (home / LOCAL_STORE).parent.mkdir(parents=True)
    shutil.copyfile(sqlite_template, home / LOCAL_STORE)
    for name in (TOKENS, PICTURES, COSTS, "litellm_ui.csv"):
        terminal.said("import", str(SAMPLES / name), "--playground")
    assert terminal.spent() == (Decimal(0), 0, 0)
    assert Terminal(f"sqlite:///{home / LOCAL_STORE}", tmp_path).spent() == (PAIR + Decimal("1053.6"), 40 + 20_000, 0)


def test_F2_two_imports_at_once_come_to_the_sums_of_one_after_the_other(terminal: Terminal) -> None:
    """One that finds the day taken says so, and is said again."""
    running = {name: terminal.begun("import", str(SAMPLES / name)) for name in (PICTURES, TOKENS)}
    for name, process in running.items():
        if process.wait(60) != 0:
            terminal.said("import", str(SAMPLES / name))
    assert terminal.spent() == (PAIR, 40, 0)


def test_F2_a_killed_import_leaves_nothing_and_is_begun_again(
    store: Ledger, terminal: Terminal, tmp_path: Path
) -> None:
    made, keys = Desktop(store, tmp_path), 300
    header, *rows = (
        (tmp_path / made.days("some.csv", range(1, 28), TOKENS, only="gpt-image-2-")).read_text().splitlines()
    )
    lines = [row.replace("key_A", f"key_{key}") for row in rows for key in range(keys)]
    (tmp_path / "long.csv").write_text("\n".join([header, *lines]) + "\n")
    process = terminal.begun("import", "long.csv")
    until(lambda: stored(store) > 0, 60)
    process.kill()
    assert process.wait(10) == -9
    assert made.spent() == (Decimal(0), 0)
    again = " ".join(terminal.said("import", "long.csv", status=3).split())
    assert "Another import is bringing some of the same records" in again
    assert "a killed one is forgotten after 10 minutes" in again
    Records(store.engine).undo_left_behind(Clock().real() + timedelta(hours=1))
    assert stored(store) == 0
    assert made.bring("long.csv").stored == 27 * keys
    assert made.spent() == (27 * keys * PLAIN, 0)


def stored(store: Ledger) -> int:
    with store.engine.connect() as connection:
        count: int = connection.execute(sa.select(sa.func.count()).select_from(usage_records)).scalar_one()
        return count


def test_F2_an_import_sets_off_no_budget_alert(store: Ledger, tmp_path: Path) -> None:
    alerts: list[str] = []
    with FarEnd() as slack:
        limit(store, WORKSPACE, CENT)
        made = Desktop(store, tmp_path, TEAM)
        for name in (TOKENS, PICTURES, COSTS, "litellm_ui.csv"):
            made.bring(name)
        watch(store, slack, alerts).look(TEAM)
        assert made.spent()[0] > 1000
        assert (alerts, slack.messages()) == ([], [])


def test_F2_imports_are_one_restated_line_of_the_digest_however_many_they_were(store: Ledger, tmp_path: Path) -> None:
    with desk(store) as digests:
        digests.spent(IN_W46, IN_W47)
        digests.schedule()
        digests.now = MONDAY - timedelta(weeks=1)
        digests.sweep()
        made = Desktop(store, tmp_path, TEAM)
        for of in (TOKENS, PICTURES):
            made.bring(made.days("some.csv", [9, 10], of))
        made.bring(made.written("more.csv", "42240.0", "84480.0", of=made.days("some.csv", [9, 10], TOKENS)))
        digests.now = MONDAY
        digests.sweep()
        first, second = digests.posted()
        assert "Restated" not in first.text
        assert second.text.count("Restated") == 1
        # $1 before, two days of $1.372107 and what the second file added to each, $1.2672
        assert f"9-15 Nov was $1.00, is ${1 + 2 * (PAIR + Decimal('1.2672')):.2f}." in second.text
