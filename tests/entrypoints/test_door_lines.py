"""K8: a Socket Mode line that is cut hard, so that nobody hears of it, is noticed within 10 s; a second one goes on."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlsplit

import pytest

from bot.entrypoints import slack as room
from bot.entrypoints.slack.lines import CONNECTIONS, PING_SECONDS
from bot.playground import faults
from tests.kit.slack_door import House, end_lines
from tests.kit.waiting import until

READ_SECONDS = 3  # of slack_sdk: as long it waits for its own read before it lets a dead line go
pytestmark = pytest.mark.waits


class Relay:
    """Between a client and a server of this machine. A cut connection stays open, and carries nothing any more."""

    def __init__(self, port: int) -> None:
        self._target, self._listening = port, socket.create_server(("127.0.0.1", 0))
        self._lock, self._alive, self._opened = threading.Lock(), list[threading.Event](), list[socket.socket]()
        self.port: int = self._listening.getsockname()[1]
        self.count = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, count: int) -> None:
        """The oldest that still carry."""
        with self._lock:
            for alive in [each for each in self._alive if each.is_set()][:count]:
                alive.clear()

    def close(self) -> None:
        with suppress(OSError):  # or whoever waits for the next one would wait on
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            for opened in self._opened:
                with suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)
                opened.close()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self._target))
            alive = threading.Event()
            alive.set()
            with self._lock:
                self._alive.append(alive)
                self._opened += [here, there]
                self.count += 1
            for source, target in ((here, there), (there, here)):
                threading.Thread(target=_carry, args=(source, target, alive), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket, alive: threading.Event) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            if alive.is_set():
                target.sendall(data)


@contextmanager
def relayed(door: House, ping_seconds: float) -> Iterator[Relay]:
    """The door of this house through Socket Mode, with a relay on the way."""
    far_end = door.far_end
    far_end.bot_url = None
    direct = far_end.desk.socket_url
    relay = Relay(urlsplit(direct()).port or 0)

    def through_relay() -> str:
        return direct().replace(f":{urlsplit(direct()).port}/", f":{relay.port}/")

    far_end.desk.socket_url = through_relay
    lines = room.Lines(door.door().app, far_end.app_token, far_end.base_url, ping_seconds)
    with closing(relay):
        lines.connect()
        until(lambda: far_end.sockets.connected() == CONNECTIONS)
        yield relay
        lines.close()  # while the relay stands: a connection that is being made is not left open


def test_K8_R107_a_line_that_is_cut_hard_is_noticed_and_replaced(door: House) -> None:
    with relayed(door, ping_seconds=0.2) as relay:
        assert door.far_end.command("models").status == 200
        relay.cut(CONNECTIONS)
        sockets = door.far_end.sockets  # which knows nothing of the cut: the dead ones count too
        until(lambda: sockets.connected() == 2 * CONNECTIONS, seconds=20)
        sockets.seconds = 1
        replies = [door.far_end.command("models").status for _ in range(2 * CONNECTIONS)]
        assert sorted(replies) == [0, 0, 200, 200]


def test_K8_R107_the_other_line_goes_on_meanwhile(door: House) -> None:
    with relayed(door, ping_seconds=30) as relay:
        relay.cut(1)
        door.far_end.sockets.seconds = 1
        replies = [door.far_end.command("models").status for _ in range(4)]
        assert sorted(replies) == [0, 0, 200, 200]  # Slack sends through either, and can't know


def test_K8_R107_a_dead_line_is_noticed_within_ten_seconds() -> None:
    """What slack_sdk waits for: five looks, of which the last finds more than four intervals, and its read."""
    assert 5 * PING_SECONDS + READ_SECONDS < 10
    assert CONNECTIONS >= 2


def test_K8_R107_while_slack_is_away_it_is_asked_ever_later_and_found_when_it_is_back(door: House) -> None:
    far_end = door.far_end
    with relayed(door, ping_seconds=0.1):
        far_end.fail("apps.connections.open", faults.refused("internal_error"), times=faults.FOREVER)
        before = len(far_end.calls_of("apps.connections.open"))
        far_end.sockets.cut()
        until(lambda: len(far_end.calls_of("apps.connections.open")) == before + 3 * CONNECTIONS, seconds=20)
        time.sleep(1)  # ten looks of each, in the four seconds until its next try
        assert len(far_end.calls_of("apps.connections.open")) == before + 3 * CONNECTIONS
        far_end.heal("apps.connections.open")
        far_end.sockets.wait_connected(CONNECTIONS, seconds=20)


def test_K8_R107_slack_out_of_reach_at_the_start_is_tried_again(door: House, caplog: pytest.LogCaptureFixture) -> None:
    far_end = door.far_end
    far_end.bot_url = None
    far_end.fail("apps.connections.open", faults.refused("internal_error"), times=1)
    app = door.door().app
    lines = room.Lines(app, far_end.app_token, far_end.base_url, again_seconds=0.1)
    lines.connect()
    until(lambda: far_end.sockets.connected() == CONNECTIONS, seconds=20)
    assert "Socket Mode could not be opened: SlackApiError" in caplog.text
    end_lines(lines, far_end)


def test_a_session_that_is_made_while_the_lines_end_is_closed_too(door: House) -> None:
    far_end = door.far_end
    far_end.bot_url = None
    app = door.door().app
    lines = room.Lines(app, far_end.app_token, far_end.base_url, ping_seconds=0.1)
    lines.connect()
    until(lambda: far_end.sockets.connected() == CONNECTIONS)
    asked = len(far_end.calls_of("apps.connections.open"))
    far_end.fail("apps.connections.open", faults.late(1.0), times=CONNECTIONS)
    far_end.sockets.cut()
    until(lambda: len(far_end.calls_of("apps.connections.open")) == asked + CONNECTIONS)
    lines.close()
    until(lambda: far_end.sockets.connected() == 0)
