"""/v1/: usage that pipelines report, what a period came to, what a lane means and what pictures would cost."""

import io
import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import IO, Any, TextIO

import anyio
from fastapi import FastAPI
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from bot.bench.own import Own
from bot.entrypoints.http import cached
from bot.entrypoints.http.bodies import JSON, Bodies, RefusedError
from bot.entrypoints.http.gate import Gate, TurnedAwayError
from bot.errors import (
    BadSpec,
    ForOnePerson,
    ImagelaneError,
    ModelRetired,
    NoLanes,
    NoPrice,
    NotUnderstood,
    StoreTrouble,
    UnknownModel,
)
from bot.estimate import http as estimate_http
from bot.printing import plain_json
from bot.recommend import http as recommend_http
from bot.recommend.programs import LaneDesk
from bot.spend import http
from bot.spend.answer import Books
from bot.spend.focus import FocusCount
from bot.usage.errors import BadRecord, NoRecord, OtherContent
from bot.usage.pipelines import Pipelines
from bot.usage.records import Correction
from bot.usage.tokens import READ, REPORT, ApiToken

AT_ONCE = 4  # of the threads that Slack's acks need too
CHUNK_BYTES = 65_536
STATUS = {
    **dict.fromkeys((BadRecord, NotUnderstood, UnknownModel, BadSpec, NoPrice, ModelRetired, NoLanes), 422),
    ForOnePerson: 403,
    OtherContent: 409,
    NoRecord: 404,
    StoreTrouble: 503,
}
SENTENCES = {
    400: "The request ended in the middle.",
    408: "The request came too slowly.",
    413: "That is more than {most_bytes} bytes: send fewer records at once.",
    503: "Too much is being sent at once: nothing was stored. Try again in a moment.",
    415: "Send JSON in UTF-8, with Content-Type: application/json.",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Api:
    """What /v1/ stands on. `books` are those of a team, `own` what it judged and proved; `holder` finds a token by its
    hash; `per_minute` is how often one token may come."""

    pipelines: Pipelines
    books: Callable[[str], Books]
    lanes: LaneDesk
    own: Callable[[str], Own]
    holder: Callable[[str], ApiToken | None]
    per_minute: int
    now: Callable[[], datetime]


class Anything(Convertor[str]):
    """Starlette's own `path` ends at a line end, so that such an address would meet no door and no token."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


def add_routes(web: FastAPI, api: Api, bodies: Bodies) -> None:
    register_url_convertor("anything", Anything())
    desk = _Desk(api, bodies)
    web.add_route("/v1/usage", desk.take, methods=["POST"])
    web.add_route("/v1/spend", desk.spend, methods=["GET"])
    web.add_route("/v1/export", desk.export, methods=["GET"])
    web.add_route("/v1/lanes", desk.lanes, methods=["GET"])
    web.add_route("/v1/estimate", desk.estimate, methods=["GET"])
    web.add_route("/v1/usage/{record_id:anything}/review", desk.review, methods=["POST"])
    web.add_route("/v1/usage/{record_id:anything}/void", desk.void, methods=["POST"])


class _Desk:
    def __init__(self, api: Api, bodies: Bodies) -> None:
        self._api, self._bodies = api, bodies
        self._threads, self._exporting = anyio.CapacityLimiter(AT_ONCE), anyio.CapacityLimiter(1)
        self._gate = Gate(self._holder, api.per_minute)

    async def _holder(self, digest: str) -> ApiToken | None:
        return await anyio.to_thread.run_sync(self._api.holder, digest, limiter=self._threads)

    async def take(self, request: Request) -> Response:
        def take(token: ApiToken, body: bytes) -> dict[str, Any]:
            now = self._api.now()
            correction = _correction(token, now) if _replaces(request) else None
            fates = self._api.pipelines.take(token.team_id, body, now, correction)
            return {"records": [fate.as_json() for fate in fates]}

        return await self._answer(request, REPORT, take)

    async def review(self, request: Request) -> Response:
        def review(token: ApiToken, body: bytes) -> dict[str, Any]:
            record_id = request.path_params["record_id"]
            return asdict(self._api.pipelines.review(token.team_id, record_id, body, self._api.now()))

        return await self._answer(request, REPORT, review)

    async def void(self, request: Request) -> Response:
        def void(token: ApiToken, body: bytes) -> dict[str, Any]:
            record_id, correction = request.path_params["record_id"], _correction(token, self._api.now())
            return plain_json.as_json(self._api.pipelines.void(token.team_id, record_id, body, correction))

        return await self._answer(request, REPORT, void)

    async def spend(self, request: Request) -> Response:
        def spend(token: ApiToken, _body: bytes) -> dict[str, Any]:
            return http.answer(self._api.books(token.team_id), request.query_params.multi_items(), self._api.now())

        return await self._answer(request, READ, spend)

    async def lanes(self, request: Request) -> Response:
        def lanes(_token: ApiToken, _body: bytes) -> Response:
            now = self._api.now()
            answer = recommend_http.lanes(self._api.lanes, request.query_params.multi_items(), now.date())
            return cached.answer(request, answer, now)

        return await self._answer(request, READ, lanes)

    async def estimate(self, request: Request) -> Response:
        def estimate(token: ApiToken, _body: bytes) -> dict[str, Any]:
            query, desk = request.query_params.multi_items(), self._api.lanes
            own = partial(self._api.own, token.team_id)
            return estimate_http.answer(desk.catalog, query, self._api.now().date(), own, desk.horizon_days)

        return await self._answer(request, READ, estimate)

    async def export(self, request: Request) -> Response:
        """One at a time: a year may take a minute, and whoever reports usage needs the other threads."""

        def export(token: ApiToken, _body: bytes) -> Response:
            books, query = self._api.books(token.team_id), request.query_params.multi_items()
            return _file(lambda to: http.export(books, query, self._api.now(), to))

        return await self._answer(request, READ, export, self._exporting)

    async def _answer(
        self,
        request: Request,
        right: str,
        act: Callable[[ApiToken, bytes], dict[str, Any] | Response],
        threads: anyio.CapacityLimiter | None = None,
    ) -> Response:
        """Token first, then the bounded body of a POST, then what it says: each refusal with its own status."""
        try:
            token = await self._gate.enter(request, right)
            whole = self._bodies.of(request, (JSON,)) if request.method == "POST" else nullcontext(b"")
            async with whole as body:
                answer = await anyio.to_thread.run_sync(act, token, body, limiter=threads or self._threads)
                return answer if isinstance(answer, Response) else JSONResponse(answer)
        except TurnedAwayError as turned:
            return _error(turned.status, turned.code, turned.sentence, turned.headers)
        except RefusedError as refused:
            sentence = SENTENCES[refused.status].format(most_bytes=f"{self._bodies.most_bytes:,}")
            wait = {"retry-after": "1"} if refused.status == 503 else {}
            return _error(refused.status, "refused", sentence, {"connection": "close", **wait})
        except ImagelaneError as error:
            wait = {"retry-after": "1"} if isinstance(error, StoreTrouble) else {}
            return _error(_status(error), error.code, error.sentence, wait, _where(error))


def _file(write: Callable[[TextIO], FocusCount]) -> Response:
    """By way of a file: it is whole, or refused in a sentence, before the first byte goes out, and a client that reads
    slowly holds no transaction."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with its last chunk
    try:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        count = write(text)
        text.detach().seek(0)
    except BaseException:
        file.close()
        raise
    headers = {
        "content-disposition": 'attachment; filename="imagelane-focus.csv"',
        "imagelane-rows": str(count.rows),
        "imagelane-calls-without-price": str(count.unpriced),
    }
    return StreamingResponse(_chunks(file), media_type="text/csv", headers=headers)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _correction(token: ApiToken, now: datetime) -> Correction:
    return Correction(f"token:{token.id}", now)


def _replaces(request: Request) -> bool:
    """Raises NotUnderstood for any other question."""
    query = request.query_params.multi_items()
    if query not in ([], [("replace", "true")], [("replace", "false")]):
        raise NotUnderstood("I read only replace=true here, which puts the records in the place of those of their ids.")
    return query == [("replace", "true")]


def _status(error: ImagelaneError) -> int:
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def _where(error: ImagelaneError) -> dict[str, Any]:
    match error:
        case BadRecord():
            return {"field": error.field, "index": error.index}
        case OtherContent():
            return {"source": error.source, "id": error.record_id, "field": error.field, "index": error.index}
        case _:
            return {}


def _error(
    status: int, code: str, sentence: str, headers: dict[str, str], where: dict[str, Any] | None = None
) -> Response:
    log.info("/v1/ refused with %d: %s", status, code)
    # As ASCII: a sentence may repeat an id with half a surrogate pair, which UTF-8 can't write.
    body = json.dumps({"error": {"code": code, "message": sentence, **(where or {})}})
    return Response(body, status, {"content-type": JSON, **headers})
