"""The one web process. It reads a bounded body; what that means is for whom it is handed to."""

import hmac
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.entrypoints.http import document
from bot.entrypoints.http import v1 as usage_http
from bot.entrypoints.http.bodies import FORM, JSON, MOST_BYTES, MOST_SECONDS, Bodies, RefusedError
from bot.entrypoints.http.gate import bearer
from bot.store.deadline import within

ACK_SECONDS = 2.4  # from the whole request on: Slack waits for 3 s, and what can be refused in time is refused
METRICS = "text/plain; version=0.0.4; charset=utf-8"

log = logging.getLogger(__name__)


class DoorAnswer(Protocol):
    """What goes back: plain values, so that no door needs another door's classes."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> str: ...
    @property
    def content_type(self) -> str: ...


Headers = Sequence[tuple[bytes, bytes]]
Receiver = Callable[[Headers, bytes], DoorAnswer]


@dataclass(frozen=True)
class Rule:
    """Who may read /metrics: everybody who reaches the port, or who brings the token. Else it is not there."""

    everybody: bool = False
    token: str = field(default="", repr=False)

    def allows(self, request: Request) -> bool:
        # As bytes: compare_digest takes no text beyond ASCII, which anybody may send.
        same = hmac.compare_digest((bearer(request) or "").encode("latin-1"), self.token.encode())
        return self.everybody or (self.token != "" and same)


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
    api: usage_http.Api | None = None,
    degraded: Callable[[], Sequence[str]] = tuple,
    glance: Callable[[Headers], DoorAnswer | None] = lambda _headers: None,
) -> FastAPI:
    """`receive` answers /slack/events from raw headers and body; `ready` lists what keeps us from working, `degraded`
    what does not work as it should though all who ask are answered.

    `glance` answers there from the headers alone, where they say enough: then no byte of the body is kept.

    `metrics` is what /metrics says to those whom `rule` lets in. All of these but `glance` run on a thread, so a slow
    one stops no other request. `acked` is told the status and the seconds of each answer at /slack/events. `api` is
    what /v1/ stands on; without it there is no such address.
    """
    web = FastAPI(title="imagelane", docs_url=None, redoc_url=None, openapi_url=None)

    bodies = Bodies(seconds, most_bytes)

    async def slack_events(request: Request) -> Response:
        began, status = time.monotonic(), 500  # if nobody says otherwise
        try:
            answer = glance(request.headers.raw)
            if answer is None:
                async with bodies.of(request, (FORM, JSON)) as body:
                    with within(ACK_SECONDS):
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
        if problems := list(await run_in_threadpool(ready)):
            return JSONResponse({"status": "not ready", "problems": problems}, 503)
        problems = list(await run_in_threadpool(degraded))
        return JSONResponse({"status": "degraded" if problems else "ok", "problems": problems})

    # Plain routes: FastAPI's own would parse and validate a body that has not been bounded yet.
    web.add_route("/slack/events", slack_events, methods=["POST"])
    web.add_route("/healthz", healthz, methods=["GET"])
    web.add_route("/readyz", readyz, methods=["GET"])
    if metrics is not None and (rule.everybody or rule.token):
        web.add_route("/metrics", _metrics(metrics, rule), methods=["GET"])
    if api is not None:
        usage_http.add_routes(web, api, bodies)
        document.add_routes(web)
    web.add_middleware(RequestId)
    return web


def _metrics(metrics: Callable[[], bytes], rule: Rule) -> Callable[[Request], Awaitable[Response]]:
    async def scraped(request: Request) -> Response:
        if not rule.allows(request):
            log.warning("request refused with 401: /metrics without its token")
            return JSONResponse({"error": "invalid request"}, 401, {"www-authenticate": "Bearer"})
        return Response(await run_in_threadpool(metrics), headers={"content-type": METRICS})

    return scraped


class RequestId:
    """Gives each request an id: in every log line written on its behalf, and in the X-Request-Id of the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = secrets.token_hex(8)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", name.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=name):
            await self._app(scope, receive, send_with_id)


def _refuse(refused: RefusedError) -> Response:
    log.warning("request refused with %d: %s (%d bytes read)", refused.status, refused.reason, refused.size)
    # The rest of the body is not read: the connection is of no further use.
    return JSONResponse({"error": "invalid request"}, refused.status, {"connection": "close"})
