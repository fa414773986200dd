"""K5: whoever connects and sends no request keeps nobody out."""

import http.client
import resource
import socket
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.entrypoints.http.server import ACCEPTED_AT_ONCE, Crowd, most_connections
from bot.playground.far_end import FarEnd
from tests.kit.door_serving import HALF, WHOLE, connected, serving, standing, ten_a_second, web_process
from tests.kit.waiting import until

pytestmark = pytest.mark.waits


def gone(connection: socket.socket) -> bool:
    """The other side has ended it."""
    try:
        return connection.recv(1000) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    "sent",
    [b"", HALF, WHOLE + HALF],
    ids=["nothing", "half a header", "half of a second request"],
)
def test_K5_R104_a_connection_that_sends_no_whole_request_is_ended(sent: bytes) -> None:
    with serving(Crowd(10, seconds=0.1)) as server, server.connect(sent) as connection:
        while not gone(connection):
            pass
        until(lambda: len(server.crowd) == 0)


def test_K5_R104_who_has_waited_longest_makes_room_for_the_newest(caplog: pytest.LogCaptureFixture) -> None:
    with serving(Crowd(20, seconds=60)) as server, ExitStack() as opened:
        standing = [opened.enter_context(server.connect(HALF)) for _ in range(40)]
        assert all(gone(connection) for connection in standing[:20])
        assert len(server.crowd) == 20
        for _ in range(3):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
            connection.request("GET", "/healthz")
            assert connection.getresponse().status == 200
            connection.close()
    told = [record.getMessage() for record in caplog.records if "cut" in record.getMessage()]
    assert told == ["connections cut that sent no whole request: 1"]  # at most once a minute


def test_K5_R104_a_request_that_is_being_answered_is_never_cut_for_another() -> None:
    go, form = threading.Event(), {"Content-Type": "application/x-www-form-urlencoded"}
    with serving(Crowd(5, seconds=60), go) as server, ExitStack() as opened:
        asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        asked.request("POST", "/slack/events", b"text=x", form)
        until(lambda: server.bodies)
        for _ in range(20):
            opened.enter_context(connected(server.port, HALF))
        until(lambda: len(server.crowd) == 5)
        go.set()
        assert asked.getresponse().status == 200
        asked.close()


def test_K5_R104_connections_and_a_burst_leave_files_for_everything_else() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, hard), hard))
        assert most_connections() + 2 * ACCEPTED_AT_ONCE <= 1024 - 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_K5_R104_commands_are_answered_beside_1200_half_open_connections(
    sqlite_url: str, tmp_path: Path, many_files: None
) -> None:
    with FarEnd() as slack, web_process(sqlite_url, tmp_path, slack) as (bot, _), ExitStack() as opened:
        before = bot.log.read_text().count("\n")
        for _ in range(1200):
            opened.enter_context(connected(bot.port, HALF))
        replies = [slack.command("estimate 5000 high square") for _ in range(10)]
        assert [reply.status for reply in replies] == [200] * 10
        assert bot.log.read_text().count("\n") - before <= 2


@pytest.mark.soak
def test_K5_R104_ten_commands_a_second_are_answered_while_1200_stand(
    sqlite_url: str, tmp_path: Path, many_files: None
) -> None:
    """For half a minute, in which those that are cut come again; how soon, `python -m tests.speed.crowd` measures."""
    seconds = 30
    with FarEnd() as slack, web_process(sqlite_url, tmp_path, slack) as (bot, _):
        before = bot.log.read_text().count("\n")
        with standing(bot.port, 1200):
            replies = ten_a_second(slack, seconds)
        assert {reply.status for reply in replies} == {200}
        assert bot.log.read_text().count("\n") - before <= seconds
