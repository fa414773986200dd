"""The chart that follows an answer by day: the same numbers, for the one who asked, and nothing where there is none."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot import catalog
from bot.entrypoints.cli import main
from bot.entrypoints.commands import COMMANDS
from bot.grammar import vocabulary
from bot.ledger import workspaces
from bot.ledger.ledger import open_ledger
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, STUDIO, TEAM
from bot.spend import answer as spend_answer
from bot.spend import chart as spend_chart
from bot.spend.command import Spend
from bot.spend.jobs import SpendCharts
from bot.spend.measures import Spending
from tests.kit.records import put, record
from tests.kit.slack_door import UTC_ZONE, House

VOCABULARY = vocabulary.vocabulary(catalog.load())


def spent(door: House) -> None:
    for days, usd in ((0, 3), (1, 1), (3, 2)):
        at = door.now - timedelta(days=days)
        put(door.store, record(id=f"sample-{days}", team_id=TEAM, occurred_at=at, amount_nanousd=usd * 10**9))


def charts(door: House) -> SpendCharts:
    return SpendCharts(catalog.load(), door.store, door.house().posts, UTC_ZONE, lambda: door.now)


def told(door: House, words: str) -> Spending:
    asked = COMMANDS.parse(words, VOCABULARY)
    assert isinstance(asked, Spend)
    return spend_answer.spend(spend_answer.Books.of(door.store, TEAM, UTC_ZONE, catalog.load()), asked, door.now)


def wanted(door: House) -> list[tuple[str, ...]]:
    return [job.arguments for job in door.jobs if job.kind == "series"]


def test_only_an_answer_by_day_is_followed_by_a_chart(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.command("spend last 4 days by lane", ANA)
    slack.command("spend last 4 days by week", ANA)
    assert wanted(door) == []
    slack.command("spend last 4 days by day", ANA)
    assert wanted(door) == [(TEAM, STUDIO, "spend last 4 days by day", ANA, "")]


def test_it_comes_to_who_asked_alone_and_says_in_words_what_it_shows(door: House, slack: FarEnd) -> None:
    spent(door)
    charts(door).show(TEAM, STUDIO, "spend last 4 days by day", ANA, "")
    (shown,) = slack.ephemerals(ANA)
    assert slack.messages() == []
    assert shown.text.startswith("Most on Sun 22 Nov so far: $3.00. Spend a day in the last 4 days so far: Thu 19 Nov")
    assert shown.text.endswith("$6.00 in all.")
    (upload,) = slack.calls_of("files.completeUploadExternal")
    assert "channel_id" not in upload.payload


def test_a_mention_is_answered_in_its_thread(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.mention("spend last 4 days by day", STUDIO, user=BEN)
    door.run("answer")
    ((team_id, channel_id, words, person_id, thread),) = wanted(door)
    assert (team_id, channel_id, words, person_id) == (TEAM, STUDIO, "spend last 4 days by day", BEN)
    charts(door).show(team_id, channel_id, words, person_id, thread)
    (shown,) = slack.ephemerals(BEN)
    assert shown.thread_ts == thread != ""


def test_the_bars_are_the_rows_of_the_answer_and_the_same_days_are_the_same_bytes(door: House) -> None:
    spent(door)
    answer = told(door, "spend last 4 days by day")
    drawn = spend_chart.days(answer)
    assert (
        drawn.bars == {"all": (2.0, 0.0, 1.0, 3.0)} == {"all": tuple(float(row.spend_usd or 0) for row in answer.rows)}
    )
    assert drawn.line is None
    assert spend_chart.days(told(door, "spend last 2 days by day")).line == 1.0
    assert spend_chart.days(answer).png == drawn.png


def test_where_nothing_was_spent_or_nothing_was_understood_no_chart_comes(door: House, slack: FarEnd) -> None:
    for words in ("spend last 4 days by day", "spend 2031-W01 by day"):
        charts(door).show(TEAM, STUDIO, words, ANA, "")
    assert slack.ephemerals(ANA) == []
    assert slack.calls_of("files.completeUploadExternal") == []


def test_a_chart_slack_will_not_have_is_let_go(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.fail("files.getUploadURLExternal", faults.refused("missing_scope"))
    charts(door).show(TEAM, STUDIO, "spend last 4 days by day", ANA, "")
    assert slack.ephemerals(ANA) == []


def test_in_a_terminal_it_is_written_to_a_file_and_only_by_day(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    with closing(open_ledger(sqlite_url, 1)) as store:
        store.write(workspaces.remember, TEAM, "Sample", None)
    file = tmp_path / "days.png"
    words = ["spend", "2026-W46", "by"]
    assert main([*words, "lane", "--png", str(file), "--workspace", TEAM]) == 2
    assert "A chart needs days" in capsys.readouterr().err
    assert main([*words, "day", "--png", str(file), "--workspace", TEAM]) == 0
    assert file.read_bytes().startswith(b"\x89PNG")
