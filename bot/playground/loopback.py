"""An HTTP server for this machine only, one thread a connection, that can also break connections on purpose."""

import ipaddress
import json
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """One request as it came in. Header names are lower-case; `target` is the raw path with its query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    """What goes back. `cut_at` sends only that many bytes of the body and closes; `lost` closes without a byte."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_at: int | None = None
    lost: bool = False
    clock_skew_seconds: float = 0.0  # added to the Date header


LOST = Answer(lost=True)


def as_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    body = json.dumps(value).encode()
    return Answer(status, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})


def only_loopback(host: str | None) -> str:
    """The host back, or ValueError: nothing here ever listens on or speaks to another machine."""
    if host == "localhost":
        return host
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise ValueError(f"only this machine (127.0.0.1), not {host!r}")
    return str(host)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # whoever sent it died in the middle: nobody asked for anything
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.ask(Request(self.command, self.path, headers, body)))

    def _send(self, answer: Answer) -> None:
        if answer.lost or answer.cut_at is not None:
            self.close_connection = True
        if answer.lost:
            return
        lines = [f"HTTP/1.1 {answer.status} {_phrase(answer.status)}"]
        lines.append(f"Date: {formatdate(self.server.now() + answer.clock_skew_seconds, usegmt=True)}")
        lines.extend(f"{name}: {value}" for name, value in answer.headers.items())
        lines.append(f"Content-Length: {len(answer.body)}")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        self.wfile.write(head + answer.body[: answer.cut_at])

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing: every request is kept by whoever answers it."""


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"


class _Server(ThreadingHTTPServer):
    request_queue_size = 512  # hundreds of clients may knock in the same instant
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], answer: Callable[[Request], Answer], now: Callable[[], float]) -> None:
        self.turn = threading.Condition()
        self.open: set[socket.socket] = set()
        self.failures: list[Exception] = []
        self.answer = answer
        self.now = now
        super().__init__(address, _Handler)

    def ask(self, request: Request) -> Answer:
        try:
            return self.answer(request)
        except Exception as error:  # noqa: BLE001 - a fault of the fake itself: kept, and raised when it stops
            self.failures.append(error)
            return as_json({"ok": False, "error": f"far end broke: {error!r}"}, 500)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.turn:
            self.open.add(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.turn:
                self.open.discard(request)
                self.turn.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news; anything else was kept by `ask`."""


class Loopback:
    """`answer` is called for every request, in that connection's own thread. `stopping` is set when it must let go."""

    def __init__(
        self,
        answer: Callable[[Request], Answer],
        now: Callable[[], float],
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.host = only_loopback(host)
        self.stopping = threading.Event()
        self._server = _Server((self.host, port), answer, now)
        self.port: int = self._server.server_address[1]
        self.url = f"http://{self.host}:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name=f"loopback-{self.port}", daemon=True
        )

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        """End every connection and wait for its thread; afterwards raise what broke inside `answer`, if anything."""
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._hang_up()
        if self._server.failures:
            raise self._server.failures[0]

    def _hang_up(self) -> None:
        with self._server.turn:
            for each in self._server.open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:  # the client was quicker
                    continue
            self._server.turn.wait_for(lambda: not self._server.open, timeout=5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
