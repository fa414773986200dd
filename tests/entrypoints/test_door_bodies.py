"""K6: nobody fills the memory with bodies, and what headers tell is answered before a body is read."""

import asyncio
import http.client
from pathlib import Path

import pytest
from starlette.requests import Request

from bot.entrypoints import slack as room
from bot.entrypoints.http.bodies import JSON, SMALL, Bodies, RefusedError
from bot.entrypoints.http.server import Crowd
from bot.playground.far_end import FarEnd
from tests.kit.door_serving import Said, serving, web_process
from tests.kit.waiting import until

pytestmark = pytest.mark.waits


def headers(timestamp: str = "", signature: str = "") -> dict[str, str]:
    given = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}
    return {"Content-Type": "application/x-www-form-urlencoded"} | {
        name: value for name, value in given.items() if value
    }


def status_of(port: int, sent: dict[str, str], body: bytes) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/slack/events", body, sent)
    status = connection.getresponse().status
    connection.close()
    return status


SHAPED = "v0=" + "0" * 64


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        ("", SHAPED),
        ("1764300000", ""),
        ("176430000", SHAPED),
        ("1764299600", SHAPED),
        ("1764300400", SHAPED),
        ("1764300000", "v0=0"),
    ],
)
def test_K6_R105_what_headers_tell_is_answered_before_the_body_is_read(
    timestamp: str, signature: str, caplog: pytest.LogCaptureFixture
) -> None:
    guard = room.Guard(["sample"], lambda: 1764300000.0)
    with serving(Crowd(10), glance=room.glance(guard)) as server:
        with server.connect() as connection:  # only the headers, and none of the body they announce
            lines = [f"{name}: {value}" for name, value in headers(timestamp, signature).items()]
            head = "\r\n".join(["POST /slack/events HTTP/1.1", "Host: here", "Content-Length: 1000000", *lines])
            connection.sendall(head.encode() + b"\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 401")
        assert (
            status_of(server.port, headers(timestamp, signature), b"x" * 2_000_000) == 401
        )  # and one who sends it all
        assert server.bodies == []


def test_K6_R105_what_may_be_signed_is_read(caplog: pytest.LogCaptureFixture) -> None:
    guard = room.Guard(["sample"], lambda: 1764300000.0)
    with serving(Crowd(10), glance=room.glance(guard)) as server:
        for timestamp in ("1764299700", "1764300000", "1764300300"):
            assert status_of(server.port, headers(timestamp, SHAPED), b"x") == 200
        assert server.bodies == [1, 1, 1]


def asking(size: int, chunk: int = 10_000, declared: bool = True) -> Request:
    """A request whose body comes in chunks."""
    left = [size]

    async def receive() -> dict[str, object]:
        await asyncio.sleep(0)
        part = min(chunk, left[0])
        left[0] -= part
        return {"type": "http.request", "body": b"x" * part, "more_body": left[0] > 0}

    length = [(b"content-length", str(size).encode())] if declared else []
    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", JSON.encode()), *length]}
    return Request(scope, receive)


@pytest.mark.parametrize("declared", [True, False])
def test_K6_R105_all_bodies_together_hold_so_many_bytes_at_most(declared: bool) -> None:
    """Ten of 100,000 bytes where 300,000 have room, or one that may become a million: all are read, none beside too
    many others."""
    bodies = Bodies(seconds=20, most_bytes=100_000, together=300_000)
    held: list[int] = []
    most: list[int] = []

    async def one() -> None:
        async with bodies.of(asking(100_000, declared=declared), (JSON,)) as read:
            held.append(len(read))
            most.append(sum(held))
            await asyncio.sleep(0.001)
            held.pop()

    async def all_of_them() -> None:
        await asyncio.gather(*(one() for _ in range(10)))

    asyncio.run(all_of_them())
    assert len(most) == 10
    assert max(most) <= 300_000


def test_K6_R105_small_bodies_wait_for_nobody_and_large_ones_not_for_ever() -> None:
    bodies = Bodies(seconds=0.05, most_bytes=100_000, together=100_000)

    async def beside_a_large_one() -> tuple[int, int]:
        async with bodies.of(asking(100_000), (JSON,)), bodies.of(asking(SMALL), (JSON,)) as small:
            with pytest.raises(RefusedError, match="too much is held at once") as refused:
                async with bodies.of(asking(SMALL + 1), (JSON,)):
                    pass
        async with bodies.of(asking(100_000), (JSON,)) as again:
            assert len(again) == 100_000
        return len(small), refused.value.status

    assert asyncio.run(beside_a_large_one()) == (SMALL, 503)


@pytest.mark.parametrize("forged", [False, True], ids=["unsigned", "well shaped"])
def test_K6_R105_hundreds_of_large_bodies_at_once_fit_in_memory(
    sqlite_url: str, tmp_path: Path, many_files: None, forged: bool
) -> None:
    with FarEnd() as slack, web_process(sqlite_url, tmp_path, slack) as (bot, pid):
        stamp = slack.signed.prepared("slash_commands", {}).headers["X-Slack-Request-Timestamp"]
        lines = [f"{name}: {value}" for name, value in headers(stamp, SHAPED).items()] if forged else []
        head = "\r\n".join(["POST /slack/events HTTP/1.1", "Host: here", "Content-Length: 1000000", *lines])
        sent = head.encode() + b"\r\n\r\n" + b"x" * 1_000_000
        asyncio.run(sent_by_many(bot.port, sent, 200 if forged else 500))
        assert slack.command("estimate 5000 high square").status == 200
        assert peak_megabytes(pid) < 300


async def sent_by_many(port: int, sent: bytes, count: int) -> None:
    """All at once, until each was answered or cut."""

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(sent)
            await reader.read(200)
        except ConnectionError:
            return
        finally:
            writer.close()

    await asyncio.gather(*(one() for _ in range(count)))


def peak_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def test_K6_R105_a_body_nobody_waits_for_does_not_hold_its_connection() -> None:
    with serving(Crowd(10, seconds=0.1), glance=lambda _: Said(401)) as server:
        with server.connect(b"POST /slack/events HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n") as connection:
            while connection.recv(1000):
                pass
        until(lambda: len(server.crowd) == 0)
