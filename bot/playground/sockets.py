"""Socket Mode: the websocket a bot opens, the envelopes sent through it and the acks that come back."""

import json
import socket
import threading
import time
import uuid
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from bot.playground.loopback import only_loopback
from bot.playground.people import APP
from bot.playground.signed import Reply, Sent
from bot.playground.workspace import Json


class Sockets:
    """Starts listening when the first address is asked for. `acks` holds every ack in order."""

    def __init__(self, host: str, seconds: float) -> None:
        self.host = only_loopback(host)
        self.seconds = seconds
        self.acks: list[Json] = []
        self._acked: dict[str, list[Json]] = {}  # by envelope_id
        self.turn = threading.Condition()
        self._open: list[ServerConnection] = []
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self._port = 0
        self._retired: list[ServerConnection] = []
        self._tickets: set[str] = set()
        self._next = 0

    def url(self) -> str:
        with self.turn:
            if self._server is None:
                self._server = serve(self._talk, self.host, 0, compression=None, close_timeout=1)
                self._port = self._server.socket.getsockname()[1]  # once stopped it has none, and bots still ask
                self._thread = threading.Thread(target=self._server.serve_forever, daemon=True, name="socket-mode")
                self._thread.start()
            ticket = uuid.uuid4().hex
            self._tickets.add(ticket)
            return f"ws://{self.host}:{self._port}/link/?ticket={ticket}&app_id={APP}"

    def connected(self) -> int:
        with self.turn:
            return len(self._open)

    def wait_connected(self, count: int = 1, seconds: float = 10.0) -> None:
        with self.turn:
            if not self.turn.wait_for(lambda: len(self._open) >= count, seconds):
                raise TimeoutError(f"{len(self._open)} of {count} connections after {seconds} s")

    def send(self, sent: Sent, retry: int = 0, reason: str = "") -> Reply:
        """Through one open connection, in turn; the reply is the ack, status 0 when none came in time."""
        started = time.monotonic()
        with self.turn:
            acked = self._acked.setdefault(sent.envelope_id, [])
            before = len(acked)
        if not self._pass_on(json.dumps(_envelope(sent, retry, reason))):
            return Reply(0, b"", {"error": "no connection"}, 0.0, sent)
        with self.turn:
            came = self.turn.wait_for(lambda: len(acked) > before, self.seconds)
            took = time.monotonic() - started
            if not came:
                return Reply(0, b"", {"error": "no ack"}, took, sent)
            payload = acked[-1].get("payload")
        body = b"" if not payload else payload.encode() if isinstance(payload, str) else json.dumps(payload).encode()
        kind = "text/plain" if isinstance(payload, str) else "application/json"
        return Reply(200, body, {"content-type": kind}, took, sent)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every client to come back on a new connection, as Slack does now and then.

        The old ones get no more envelopes and end when a new one stands.
        """
        for connection in self._now_open():
            self._forget(connection)
            with self.turn:
                self._retired.append(connection)
            connection.send(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "sample"}}))

    def cut(self) -> None:
        """Close every connection (1012, restart). slack_sdk comes back at its next check, every ping_interval."""
        for connection in self._now_open():
            self._forget(connection)
            connection.close(1012)

    def stop(self) -> None:
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()

    def _now_open(self) -> list[ServerConnection]:
        with self.turn:
            return list(self._open)

    def _pass_on(self, text: str) -> bool:
        for _ in range(10):
            with self.turn:
                if not self.turn.wait_for(lambda: self._open, self.seconds):
                    return False
                self._next += 1
                connection = self._open[self._next % len(self._open)]
            try:
                connection.send(text)
            except ConnectionClosed:
                self._forget(connection)
            else:
                return True
        return False

    def _forget(self, connection: ServerConnection) -> None:
        with self.turn:
            if connection in self._open:
                self._open.remove(connection)
            self.turn.notify_all()

    def _talk(self, connection: ServerConnection) -> None:
        if connection.request is None or not self._known(connection.request.path):
            connection.close(4401, "invalid ticket")
            return
        connection.send(json.dumps(_hello(self.connected() + 1)))
        with self.turn:
            self._open.append(connection)
            self.turn.notify_all()
        self._end_retired()
        try:
            for text in connection:
                self._heard(json.loads(text))
        except (ConnectionClosed, OSError):
            return
        finally:
            self._forget(connection)

    def _end_retired(self) -> None:
        with self.turn:
            retired, self._retired = self._retired, []
        for connection in retired:
            try:
                connection.socket.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was quicker
                continue

    def _known(self, path: str) -> bool:
        """A ticket opens one connection."""
        with self.turn:
            ticket = next((each for each in self._tickets if f"ticket={each}" in path), None)
            self._tickets.discard(ticket or "")
            return ticket is not None

    def _heard(self, message: Any) -> None:
        with self.turn:
            self.acks.append(message)
            self._acked.setdefault(str(message.get("envelope_id")), []).append(message)
            self.turn.notify_all()


def _envelope(sent: Sent, retry: int, reason: str) -> Json:
    body: Json = {"envelope_id": sent.envelope_id, "type": sent.kind, "payload": sent.payload}
    if sent.kind == "events_api":
        return {**body, "accepts_response_payload": False, "retry_attempt": retry, "retry_reason": reason}
    return {**body, "accepts_response_payload": True}


def _hello(connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": {"host": "sample", "build_number": 1, "approximate_connection_time": 18060},
        "connection_info": {"app_id": APP},
    }
