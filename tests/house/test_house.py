"""Promises of the house: what is written twice agrees, and what must stay light does."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.entrypoints.commands import COMMANDS
from bot.settings import Settings
from tests.mutants.subjects import SUBJECTS
from tests.speed import start_up

ROOT = Path(__file__).parents[2]
MANIFEST = json.loads((ROOT / "deploy/slack-manifest.json").read_text())


def test_the_manifest_offers_exactly_the_commands_of_the_grammar() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["command"] == "/imagelane"
    assert command["should_escape"] is True
    assert command["usage_hint"].split(" | ") == [usage.name for usage in COMMANDS.usages]


def test_the_manifest_asks_for_the_scopes_that_are_used_and_reads_only_its_own_conversation() -> None:
    assert MANIFEST["oauth_config"]["scopes"] == {
        "bot": [
            "app_mentions:read",
            "channels:read",
            "chat:write",
            "commands",
            "files:write",
            "groups:read",
            "im:history",
            "im:write",
            "users:read",
        ],
        "bot_optional": ["im:history"],
    }
    assert MANIFEST["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "channel_shared",
        "channel_unshared",
        "message.im",
        "tokens_revoked",
    ]
    home = MANIFEST["features"]["app_home"]
    assert home["home_tab_enabled"] is True
    assert home["messages_tab_enabled"] is True


def test_env_example_lists_every_setting_and_nothing_else() -> None:
    """A default of ours stands behind a #; the password is for compose.yaml alone."""
    listed = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / "deploy/env.example").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted([*(name.upper() for name in Settings.model_fields), "POSTGRES_PASSWORD"])


@pytest.mark.parametrize(
    ("room", "kept_out"),
    [
        ("bot.pricing, bot.catalog", ["pydantic", "slack_sdk", "sqlalchemy", "openai", "dbos", "rich", "matplotlib"]),
        ("bot.entrypoints.slack", ["openai", "dbos", "matplotlib"]),
    ],
)
def test_a_room_stays_light_and_needs_no_token(room: str, kept_out: list[str]) -> None:
    script = f"import {room}, sys; print([name for name in {kept_out} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={}, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_prices_and_the_catalogue_stand_on_money_periods_and_errors_alone() -> None:
    script = "import bot.pricing, bot.catalog, sys; print(*[name for name in sys.modules if name.startswith('bot.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={}, cwd=ROOT)
    rooms = {name.split(".")[1] for name in done.stdout.split()}
    assert rooms >= {"pricing", "catalog"}
    assert rooms <= {"pricing", "catalog", "money", "periods", "errors"}


def test_a_plain_estimate_loads_at_most_50_modules_and_nothing_that_a_bench_proves() -> None:
    """A count is no timing; what a start takes, `python -m tests.speed.start_up` measures."""
    modules = start_up.loaded()
    assert "bot.estimate.answer" in modules
    assert len(modules) <= 50
    proving = ("bot.evidence", "bot.bench.", "bot.recommend", "bot.slack")
    assert {name for name in modules if name.startswith(proving)} <= {"bot.bench.own"}


def test_a_plain_estimate_in_the_terminal_loads_no_database_no_slack_and_no_openai() -> None:
    script = (
        "import sys; from bot.entrypoints.cli import main; main(['estimate', '5000', 'high', 'square']); "
        "unwanted = ('openai', 'slack_sdk', 'slack_bolt', 'sqlalchemy', 'dbos', 'matplotlib', 'pydantic'); "
        "print([name for name in unwanted if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_each_subject_of_the_mutants_has_its_code_and_its_tests() -> None:
    for subject in SUBJECTS:
        assert all(list(ROOT.glob(pattern)) for pattern in subject.code), subject.name
        assert subject.test_files(ROOT), subject.name


def test_the_procfile_starts_only_processes_that_exist() -> None:
    from bot.entrypoints.cli import PROCESSES

    for line in (ROOT / "Procfile").read_text().splitlines():
        name, command = line.split(": ")
        assert command == f"imagelane {name}"
        assert name in PROCESSES
