"""`imagelane playground` and `imagelane run` as processes: one at a time, on a free port, nothing lost by a kill.

The first through HTTP, the one after it through Socket Mode.
"""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import urllib.request
from pathlib import Path

import pytest

from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO
from tests.browser.browser import READY, Playground, playground
from tests.kit import forked
from tests.kit.processes import ROOT, Bot, free_port
from tests.kit.waiting import until

pytestmark = [pytest.mark.waits, pytest.mark.timeout(900)]  # a start takes seconds, on a busy machine a minute

STORE = "var/playground/var/imagelane.db"
DRAWN = "select id, state, demo from generations order by created_at"


def say(running: Playground, text: str) -> object:
    """What Slack has to say about it."""
    body = {"person": ANA, "channel": STUDIO, "text": text}
    request = urllib.request.Request(
        f"{running.url}/acts/say", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["says"]


def rows(folder: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{folder / STORE}?mode=ro", uri=True)
    try:
        return list(connection.execute(question))
    finally:
        connection.close()


def once_more(folder: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    around = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **settings}
    return forked.run(["playground"], around, folder, seconds=240)


def draw(running: Playground, folder: Path, count: int) -> None:
    """One more demo; `count` are in the store then. What it is told is not looked at: its ack may come too late."""
    until(lambda: say(running, "/imagelane help") is None, seconds=240)
    say(running, '/imagelane try "a jug"')
    until(lambda: rows(folder, "select state, demo from generations") == [("delivered", 1)] * count, seconds=240)


def test_a_playground_opens_once_on_a_free_port_costs_nothing_and_leaves_its_store_when_killed(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPENAI_API_KEY=sk-sample-key\nDATABASE_URL=sqlite:////nowhere/at/all.db\n")
    log = tmp_path / "var/playground/log"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with playground(tmp_path, "run", PORT=str(port), OPENAI_API_KEY="sk-sample-other") as running:
            assert running.said(re.compile("Port .*")).startswith(f"Port {port} is taken; the next free one is ")
            assert not running.url.endswith(f":{port}")
            second_says_where_the_first_is(running, tmp_path)
            draw(running, tmp_path, 1)  # it costs nothing: no setting around it reaches its bot
            before = rows(tmp_path, DRAWN)
            running.process.send_signal(signal.SIGKILL)
            running.process.wait(60)
    with playground(tmp_path, "playground", "--socket-mode") as again:
        again.said(READY)
        assert rows(tmp_path, DRAWN) == before
        # Its Slack begins anew, yet nothing it sends is taken for what the store has seen before.
        draw(again, tmp_path, 2)
        stopped = log.read_text().count('"stopped"')
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(60) == 0
    assert log.read_text().count('"stopped"') == stopped + 1


def second_says_where_the_first_is(running: Playground, folder: Path) -> None:
    second = once_more(folder)
    assert second.returncode == 2
    assert second.stderr.startswith(f"A playground runs already at {running.url} (process {running.process.pid})")


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
