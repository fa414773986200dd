"""HTTP: /slack/events, /healthz, /readyz, /metrics. Reads a bounded body; what it means is for whom it is handed to."""

import asyncio
import hmac
import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000
MOST_SECONDS = 5.0
DISCARDED = 16  # times the most we take: beyond that the line is cut, answer read or not
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
METRICS = "text/plain; version=0.0.4; charset=utf-8"
CHARSET = re.compile(r'charset="?utf-?8"?', re.IGNORECASE)

log = logging.getLogger(__name__)


class Answer(Protocol):
    """What goes back: plain values, so that no door needs another door's classes."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> str: ...
    @property
    def content_type(self) -> str: ...


Receiver = Callable[[Sequence[tuple[bytes, bytes]], bytes], Answer]


class RefusedError(Exception):
    """A request that is turned away before anybody looks at what it says."""

    def __init__(self, status: int, reason: str, size: int = 0) -> None:
        super().__init__(reason)
        self.status, self.reason, self.size = status, reason, size


@dataclass(frozen=True)
class Rule:
    """Who may read /metrics: everybody who reaches the port, or who brings the token. Else it is not there."""

    everybody: bool = False
    token: str = field(default="", repr=False)

    def allows(self, request: Request) -> bool:
        given = request.headers.getlist("authorization")
        scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        # As bytes: compare_digest takes no text beyond ASCII, which anybody may send.
        same = hmac.compare_digest(token.strip().encode("latin-1"), self.token.encode())
        return self.everybody or (self.token != "" and scheme.lower() == "bearer" and same)


NOBODY = Rule()


def build(
    receive: Receiver,
    ready: Callable[[], Sequence[str]],
    *,
    seconds: float = MOST_SECONDS,
    most_bytes: int = MOST_BYTES,
    metrics: Callable[[], bytes] | None = None,
    rule: Rule = NOBODY,
    acked: Callable[[int, float], None] = lambda _status, _seconds: None,
) -> FastAPI:
    """`receive` answers /slack/events from raw headers and body; `ready` lists what keeps us from working.

    `metrics` is what /metrics says to those whom `rule` lets in. All three run on a thread, so a slow one stops no
    other request. `acked` is told the status and the seconds of each answer at /slack/events.
    """
    web = FastAPI(title="imagelane", docs_url=None, redoc_url=None, openapi_url=None)

    async def slack_events(request: Request) -> Response:
        began, status = time.monotonic(), 500  # if nobody says otherwise
        try:
            body = await _body(request, seconds, most_bytes)
            answer = await run_in_threadpool(receive, request.headers.raw, body)
            status = answer.status
            return Response(answer.body, status, {"content-type": answer.content_type})
        except RefusedError as refused:
            status = refused.status
            return _refuse(refused)
        finally:
            acked(status, time.monotonic() - began)

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> Response:
        problems = list(await run_in_threadpool(ready))
        word, status = ("not ready", 503) if problems else ("ok", 200)
        return JSONResponse({"status": word, "problems": problems}, status)

    # Plain routes: FastAPI's own would parse and validate a body that has not been bounded yet.
    web.add_route("/slack/events", slack_events, methods=["POST"])
    web.add_route("/healthz", healthz, methods=["GET"])
    web.add_route("/readyz", readyz, methods=["GET"])
    if metrics is not None and (rule.everybody or rule.token):
        web.add_route("/metrics", _metrics(metrics, rule), methods=["GET"])
    web.add_middleware(Named)
    return web


def _metrics(metrics: Callable[[], bytes], rule: Rule) -> Callable[[Request], Awaitable[Response]]:
    async def scraped(request: Request) -> Response:
        if not rule.allows(request):
            log.warning("request refused with 401: /metrics without its token")
            return JSONResponse({"error": "invalid request"}, 401, {"www-authenticate": "Bearer"})
        return Response(await run_in_threadpool(metrics), headers={"content-type": METRICS})

    return scraped


class Named:
    """Gives each request an id: in every log line written on its behalf, and in the X-Request-Id of the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = secrets.token_hex(8)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", name.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=name):
            await self._app(scope, receive, named)


async def _body(request: Request, seconds: float, most_bytes: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > most_bytes * DISCARDED:
        raise RefusedError(413, "declared too large")
    read = await _read(request, seconds, most_bytes)
    _check_type(request, len(read))
    return read


async def _read(request: Request, seconds: float, most_bytes: int) -> bytes:
    """The whole body, while it stays small and comes quickly; `seconds` is for all of it, so a trickle ends too.

    What is too much is read and thrown away for a while: a sender in the middle of it would not see our answer.
    """
    read, size = bytearray(), 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= most_bytes:
                    read += chunk
                elif size > most_bytes * DISCARDED:
                    break
    except TimeoutError:
        if size <= most_bytes:
            raise RefusedError(408, "too slow", size) from None
    except ClientDisconnect:
        raise RefusedError(400, "the sender hung up", size) from None
    if size > most_bytes:
        raise RefusedError(413, "too large", size)
    return bytes(read)


def _check_type(request: Request, size: int) -> None:
    given = request.headers.getlist("content-type")
    kind, _, parameters = given[0].partition(";") if len(given) == 1 else ("", "", "")
    if kind.strip().lower() not in (FORM, JSON):
        raise RefusedError(415, "content type is neither a form nor JSON", size)
    if "charset" in parameters.lower() and not CHARSET.search(parameters):
        raise RefusedError(415, "charset is not UTF-8", size)


def _refuse(refused: RefusedError) -> Response:
    log.warning("request refused with %d: %s (%d bytes read)", refused.status, refused.reason, refused.size)
    # The rest of the body is not read: the connection is of no further use.
    return JSONResponse({"error": "invalid request"}, refused.status, {"connection": "close"})
