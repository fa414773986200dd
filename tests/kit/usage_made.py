"""Sample usage records, as pipelines send them and as they are stored; and /v1/ on a real server."""

import http.client
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from bot import catalog
from bot.bench import verdicts
from bot.entrypoints import http as entrypoints_http
from bot.entrypoints.slack import HttpReply
from bot.lanes.bindings import HORIZON_DAYS
from bot.ledger.ledger import Ledger
from bot.recommend.programs import LaneDesk
from bot.spend.answer import Books
from bot.usage import tokens
from bot.usage.pipelines import Pipelines
from bot.usage.reading import Desk
from bot.usage.records import Record
from bot.usage.rows_tokens import TokenRows
from tests.kit.standing import served

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
NOTHING = HttpReply(200, "", "text/plain")
USAGE = {
    "input_tokens": 50,
    "output_tokens": 1756,
    "total_tokens": 1806,
    "input_tokens_details": {"text_tokens": 50, "image_tokens": 0},
}


def given(**changes: Any) -> dict[str, Any]:
    """A record as JSON would give it; None takes a field out."""
    plain = {
        "id": "sample-1",
        "occurred_at": "2026-11-20T10:00:00Z",
        "model": "gpt-image-2.5-flare",
        "quality": "high",
        "size": "1024x1024",
        "images": 4,
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def record(**changes: Any) -> Record:
    return Desk(catalog.load()).record(given(**changes), NOW)


@dataclass(frozen=True)
class Told:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def error(self) -> Any:
        return self.json["error"]


@dataclass
class Served:
    """The web process with its /v1/, as a pipeline of one team, T1 if no other is named, reaches it."""

    address: str
    store: Ledger
    token: str

    def post(
        self,
        path: str = "/v1/usage",
        body: object = None,
        token: str | None = "",
        content_type: str = "application/json",
    ) -> Told:
        """`body`: bytes as they are, anything else as JSON. `token`: None for none, "" for the right one."""
        sent = body if isinstance(body, bytes) else json.dumps(given() if body is None else body).encode()
        headers = {"Content-Type": content_type} if content_type else {}
        if token is not None:
            headers["Authorization"] = f"Bearer {token or self.token}"
        return self.ask("POST", path, sent, headers)

    def spend(self, token: str = "", **fields: str) -> Told:
        """`within` is the field `in`, which Python keeps for itself."""
        named = {name.replace("within", "in"): value for name, value in fields.items()}
        return self.ask(
            "GET", f"/v1/spend?{urlencode(named)}", headers={"Authorization": f"Bearer {token or self.token}"}
        )

    def get(self, path: str, **headers: str) -> Told:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("GET", path, headers={"Authorization": f"Bearer {self.token}", **named})

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Told:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=20)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Told(answer.status, named, answer.read().decode())
        finally:
            connection.close()


def app(
    store: Ledger,
    per_minute: int = 1000,
    now: Callable[[], datetime] = lambda: NOW,
    zone: ZoneInfo = UTC_ZONE,
) -> FastAPI:
    facts = catalog.load()
    pipelines, books = Pipelines(store, Desk(facts)), partial(Books.of, store, zone=zone, catalog=facts)
    api = entrypoints_http.Api(
        pipelines=pipelines,
        books=books,
        lanes=LaneDesk(store, facts, HORIZON_DAYS),
        own=lambda team_id: verdicts.own(store, team_id, now()),
        holder=TokenRows(store.engine).holder,
        per_minute=per_minute,
        now=now,
    )
    return entrypoints_http.build(lambda _headers, _body: NOTHING, list, api=api)


def token_of(store: Ledger, team_id: str) -> str:
    token = tokens.fresh()
    TokenRows(store.engine).create(team_id, "sample", tokens.digest(token), NOW)
    return token


@contextmanager
def serving(
    store: Ledger,
    per_minute: int = 1000,
    now: Callable[[], datetime] = lambda: NOW,
    zone: ZoneInfo = UTC_ZONE,
    team_id: str = "T1",
) -> Iterator[Served]:
    token = token_of(store, team_id)
    with served(app(store, per_minute, now, zone)) as address:
        yield Served(address, store, token)
