"""HTTP as a hostile network sees it: raw sockets against the real server; what gets through is what was handed in."""

import http.client
import json
import logging
import re
import select
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import structlog

from bot.entrypoints import http as entrypoints_http
from bot.entrypoints.http.app import ACK_SECONDS
from bot.store.deadline import seconds_left
from tests.kit.standing import served
from tests.kit.waiting import until

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: str = '{"text": "heard"}'
    content_type: str = "application/json"


@dataclass
class Behind:
    """What the web was handed: it keeps every body, and is slow when `go` is not set."""

    address: str = ""
    bodies: list[bytes] = field(default_factory=list)
    names: list[object] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)

    def receive(self, _: Sequence[tuple[bytes, bytes]], body: bytes) -> Reply:
        self.names.append(structlog.contextvars.get_contextvars().get("request_id"))
        self.left.append(seconds_left())
        self.bodies.append(body)
        if body == b"slow=1":
            self.go.wait(30)
        return Reply()


@contextmanager
def standing(seconds: float) -> Iterator[Behind]:
    """`seconds`: how long a body may take."""
    made = Behind()
    with served(entrypoints_http.build(made.receive, lambda: made.problems, seconds=seconds)) as address:
        made.address = address
        yield made


@pytest.fixture(scope="module")
def one_for_all() -> Iterator[Behind]:
    with standing(seconds=20) as made:
        yield made


@pytest.fixture
def behind(one_for_all: Behind) -> Iterator[Behind]:
    """The one server, and nothing heard yet."""
    one_for_all.go.clear()
    yield one_for_all
    one_for_all.go.set()
    one_for_all.bodies.clear()
    one_for_all.names.clear()
    one_for_all.left.clear()
    one_for_all.problems.clear()


@pytest.fixture
def hasty() -> Iterator[Behind]:
    """A server that gives up a body after a second."""
    with standing(seconds=1) as made:
        yield made


def ask(
    behind: Behind, method: str = "POST", path: str = "/slack/events", body: bytes = b"text=x", content_type: str = FORM
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(behind.address).netloc, timeout=10)
    try:
        connection.request(method, path, body, {"Content-Type": content_type} if content_type else {})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def raw(behind: Behind, head: str, body: bytes = b"") -> bytes:
    """Bytes as they are onto the wire; what comes back until the other side hangs up."""
    place = urlsplit(behind.address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as wire:
        wire.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        return _all(wire)


def _all(wire: socket.socket) -> bytes:
    found = b""
    try:
        while piece := wire.recv(65536):
            found += piece
    except ConnectionResetError:  # it was closed while bytes of ours were still unread
        pass
    return found


HEAD = f"POST /slack/events HTTP/1.1\nHost: x\nContent-Type: {FORM}\n"


def test_a_body_goes_through_as_it_came_and_the_answer_comes_back(behind: Behind) -> None:
    status, headers, body = ask(behind, body=b"text=%C3%A9&x=+")
    assert (status, body, headers["content-type"]) == (200, b'{"text": "heard"}', "application/json")
    assert behind.bodies == [b"text=%C3%A9&x=+"]


@pytest.mark.parametrize(("size", "status"), [(1_000_000, 200), (1_000_001, 413)])
def test_R07_a_body_may_have_a_million_bytes_and_no_more(behind: Behind, size: int, status: int) -> None:
    assert ask(behind, body=b"x" * size)[0] == status
    assert len(behind.bodies) == (status == 200)


def test_R07_ten_megabytes_are_refused_and_the_sender_hears_it(behind: Behind) -> None:
    assert ask(behind, body=b"x" * 10_000_000)[0] == 413
    assert behind.bodies == []


def test_R07_a_huge_body_is_refused_before_it_is_sent(behind: Behind) -> None:
    answer = raw(behind, HEAD + "Content-Length: 10000000000")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'{"error":"invalid request"}' in answer.replace(b": ", b":")


def test_R07_a_body_without_a_declared_length_is_cut_off_too(hasty: Behind) -> None:
    chunk = b"fffff\r\n" + b"x" * 0xFFFFF + b"\r\n"
    assert raw(hasty, HEAD + "Transfer-Encoding: chunked", chunk * 2).startswith(b"HTTP/1.1 413 ")
    assert hasty.bodies == []


def test_R07_a_trickle_is_ended_and_others_are_answered_meanwhile(hasty: Behind) -> None:
    place = urlsplit(hasty.address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as wire:
        wire.sendall((HEAD + "Content-Length: 100").replace("\n", "\r\n").encode() + b"\r\n\r\n")
        stop = threading.Event()

        def trickle() -> None:
            while not stop.wait(0.1):
                try:
                    wire.sendall(b"x")
                except OSError:
                    return

        feeder = threading.Thread(target=trickle)
        feeder.start()
        status = ask(hasty)[0]
        ended, _, _ = select.select([wire], [], [], 0)
        answer = _all(wire)
        stop.set()
        feeder.join()
    assert (status, ended) == (200, [])
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert hasty.bodies == [b"text=x"]


def test_a_sender_who_hangs_up_in_the_middle_harms_nobody(behind: Behind, caplog: pytest.LogCaptureFixture) -> None:
    place = urlsplit(behind.address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as wire:
        wire.sendall((HEAD + "Content-Length: 100").replace("\n", "\r\n").encode() + b"\r\n\r\nhalf")
    assert ask(behind)[0] == 200
    until(lambda: "the sender hung up" in caplog.text)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "multipart/form-data; boundary=x", "application/jsonx", f"{FORM}; charset=latin-1", "é"],
)
def test_R07_another_content_type_is_refused(behind: Behind, content_type: str) -> None:
    assert ask(behind, content_type=content_type)[0] == 415
    assert behind.bodies == []


def test_R07_two_content_types_are_refused(behind: Behind) -> None:
    head = HEAD + "Content-Type: application/json\nContent-Length: 1\nConnection: close"
    assert raw(behind, head, b"x").startswith(b"HTTP/1.1 415 ")


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON; charset=UTF-8", f'{FORM}; charset="utf-8"', f"{FORM};charset=utf8"],
)
def test_slacks_content_types_are_taken_however_they_are_written(behind: Behind, content_type: str) -> None:
    assert ask(behind, content_type=content_type)[0] == 200


def test_slow_answers_keep_nobody_waiting(behind: Behind) -> None:
    slow = [threading.Thread(target=ask, args=(behind,), kwargs={"body": b"slow=1"}) for _ in range(10)]
    for thread in slow:
        thread.start()
    until(lambda: len(behind.bodies) == 10)
    assert ask(behind)[0] == 200
    assert [thread for thread in slow if not thread.is_alive()] == []
    behind.go.set()
    for thread in slow:
        thread.join()


def test_R11_what_answers_knows_how_long_slack_still_waits(behind: Behind) -> None:
    ask(behind, body=b"a=1")
    (left,) = behind.left
    assert 0 < left <= ACK_SECONDS < 3


def test_healthz_says_only_that_it_is_alive(behind: Behind) -> None:
    behind.problems.append("the database can't be reached")
    status, _, body = ask(behind, "GET", "/healthz", b"")
    assert (status, json.loads(body)) == (200, {"status": "ok"})


def test_readyz_says_what_keeps_it_from_working(behind: Behind) -> None:
    assert ask(behind, "GET", "/readyz", b"")[0] == 200
    behind.problems.append("the database can't be reached")
    status, _, body = ask(behind, "GET", "/readyz", b"")
    assert (status, json.loads(body)["problems"]) == (503, ["the database can't be reached"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/slack/events", 405),
        ("PUT", "/slack/events", 405),
        ("GET", "/", 404),
        ("GET", "/docs", 404),
        ("GET", "/openapi.json", 404),
        ("POST", "/slack/events/x", 404),
        ("GET", "/v1/usage", 404),
    ],
)
def test_R80_nothing_else_is_open(behind: Behind, method: str, path: str, status: int) -> None:
    assert ask(behind, method, path, b"")[0] == status
    assert behind.bodies == []


def test_every_answer_carries_the_id_its_log_lines_have(behind: Behind) -> None:
    names = [ask(behind)[1]["x-request-id"] for _ in range(2)]
    assert behind.names == names
    assert len(set(names)) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in names)


def test_R06_a_refused_request_leaves_one_line_without_a_word_of_it(
    behind: Behind, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot"):
        assert ask(behind, body=b"canary" * 200_000)[0] == 413
        assert b" 413 " in raw(behind, HEAD + "Content-Length: 99999999")
        assert ask(behind, body=b"canary", content_type="text/canary")[0] == 415
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.entrypoints.http.app"]
    assert lines == [
        "request refused with 413: too large (1200000 bytes read)",
        "request refused with 413: declared too large (0 bytes read)",
        "request refused with 415: content type is none of those read here (6 bytes read)",
    ]
    assert "canary" not in caplog.text
