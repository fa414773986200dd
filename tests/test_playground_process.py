"""`imagelane playground` and `imagelane run` as processes: one at a time, on a free port, nothing lost by a kill."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO
from tests.browser import READY, Playground, playground
from tests.processes import ROOT, Bot, free_port
from tests.waiting import until

STORE = "var/playground/var/imagelane.db"


def act(running: Playground, name: str, **body: str) -> object:
    request = urllib.request.Request(
        f"{running.url}/acts/{name}", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["says"]


def rows(folder: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{folder / STORE}?mode=ro", uri=True)
    try:
        return list(connection.execute(question))
    finally:
        connection.close()


def once_more(folder: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", *(words or ("playground",))]
    around = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **settings}
    return subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, timeout=60, check=False)


def test_run_opens_one_without_tokens_a_second_says_what_to_do_and_a_taken_port_gives_way(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with playground(tmp_path, "run", PORT=str(port)) as running:
            assert running.said(re.compile("Port .*")).startswith(f"Port {port} is taken; the next free one is ")
            assert not running.url.endswith(f":{port}")
            second = once_more(tmp_path)
            assert second.returncode == 2
            assert second.stderr.startswith(
                f"A playground runs already at {running.url} (process {running.process.pid})"
            )
            assert act(running, "say", person=ANA, channel=STUDIO, text="/imagelane help") is None


def test_a_killed_playground_leaves_no_bot_behind_and_the_store_as_it_was(tmp_path: Path) -> None:
    drawn = "select id, state, demo from generations order by created_at"
    with playground(tmp_path) as running:
        running.said(READY)
        assert act(running, "say", person=ANA, channel=STUDIO, text='/imagelane try "a jug"') is None
        until(lambda: [row[1] for row in rows(tmp_path, drawn)] == ["delivered"], seconds=30)
        before = rows(tmp_path, drawn)
        running.process.send_signal(signal.SIGKILL)
        running.process.wait(10)
    with playground(tmp_path) as again:
        again.said(READY)
        assert rows(tmp_path, drawn) == before
        # Its Slack begins anew, yet nothing it sends is taken for what the store has seen before.
        assert act(again, "say", person=ANA, channel=STUDIO, text='/imagelane try "a jug"') is None
        until(lambda: [row[1] for row in rows(tmp_path, drawn)] == ["delivered"] * 2, seconds=30)


def test_no_setting_around_it_reaches_its_bot_so_it_can_cost_nothing_and_it_ends_in_order(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPENAI_API_KEY=sk-sample-key\nDATABASE_URL=sqlite:////nowhere/at/all.db\n")
    with playground(tmp_path, OPENAI_API_KEY="sk-sample-other") as running:
        running.said(READY)
        assert act(running, "say", person=ANA, channel=STUDIO, text='/imagelane try "a jug"') is None
        until(lambda: rows(tmp_path, "select demo from generations") == [(1,)], seconds=30)
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(20) == 0
    assert '"stopped"' in (tmp_path / "var/playground/log").read_text()


def test_it_talks_through_socket_mode_when_told_so(tmp_path: Path) -> None:
    with playground(tmp_path, "playground", "--socket-mode") as running:
        running.said(READY)
        assert act(running, "say", person=ANA, channel=STUDIO, text='/imagelane try "a jug"') is None
        until(lambda: rows(tmp_path, "select state from generations") == [("delivered",)], seconds=30)


def test_run_connects_to_the_real_workspace_when_its_tokens_are_set(tmp_path: Path, sqlite_url: str) -> None:
    with FarEnd() as slack:
        bot = Bot(slack, None, sqlite_url, tmp_path)
        (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN={bot.environment.pop('SLACK_BOT_TOKEN')}\n")
        with bot.running("run"):
            assert "Slack tokens are set: connecting to that workspace" in bot.log.read_text()
            assert slack.command("help").in_time


def test_no_free_port_and_a_wrong_one_are_one_line_and_exit_2(tmp_path: Path) -> None:
    wrong = once_more(tmp_path, PORT="none")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert wrong.stderr.startswith("PORT")


def test_a_bot_that_dies_is_told_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "var/playground/var").mkdir(parents=True)
    (tmp_path / STORE).write_text("this is no database")
    ended = once_more(tmp_path, PORT=str(free_port()))
    assert ended.returncode == 1
    assert "The bot ended by itself (exit 3)" in ended.stderr
