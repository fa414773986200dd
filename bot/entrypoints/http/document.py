"""/openapi.json and /docs: what /v1/ takes and answers, open to everybody, with no figure of anybody in it."""

from functools import cache
from typing import Any, Literal

from fastapi import FastAPI
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import DecimalSchema
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.entrypoints.http import page
from bot.grammar.vocabulary import DIMENSIONS
from bot.spend.measures import Spending
from bot.usage.pipelines import MOST_RECORDS
from bot.usage.shape import GivenRecord, GivenReview, GivenVoid

REF = "#/components/schemas/"
PERIODS = "today, last week, last 30 days, 2026-W46, 2026-10, 2026-10-05..2026-10-11, all ... or this month."
EXAMPLE = {
    "id": "sample-1",
    "occurred_at": "2026-11-20T10:00:00Z",
    "model": "gpt-image-2.5-flare",
    "quality": "medium",
    "size": "1024x1024",
    "images": 4,
    "kept": 3,
    "rejected": 1,
    "project": "sample project",
}
# What the page may do in a browser: show itself, and nothing more.
HEADERS = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"}


def add_routes(web: FastAPI) -> None:
    async def openapi(_: Request) -> Response:
        return JSONResponse(document())

    async def docs(_: Request) -> Response:
        return HTMLResponse(page.of(document()), headers=HEADERS)

    web.add_route("/openapi.json", openapi, methods=["GET"])
    web.add_route("/docs", docs, methods=["GET"])


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "imagelane usage",
            "version": "1",
            "description": "Report what your pipeline drew, and later how it was judged. A repeat is harmless. "
            "Ask what a period came to.",
        },
        "security": [{"token": []}],
        "paths": {
            "/v1/usage": {"post": _take()},
            "/v1/usage/{id}/review": {"post": _review()},
            "/v1/usage/{id}/void": {"post": _void()},
            "/v1/spend": {"get": _spend()},
            "/v1/export": {"get": _export()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _shapes() | ANSWERS,
        },
    }


class _AsJson(GenerateJsonSchema):
    def decimal_schema(self, _: DecimalSchema) -> dict[str, Any]:
        return {"type": "string", "format": "decimal"}


def _shapes() -> dict[str, Any]:
    """Those the border itself checks by, and that of the typed answer."""
    adapters: list[tuple[type, Literal["validation", "serialization"], TypeAdapter[Any]]] = [
        (GivenRecord, "validation", TypeAdapter(GivenRecord)),
        (GivenReview, "validation", TypeAdapter(GivenReview)),
        (GivenVoid, "validation", TypeAdapter(GivenVoid)),
        (Spending, "serialization", TypeAdapter(Spending)),
    ]
    _, definitions = TypeAdapter.json_schemas(adapters, ref_template=REF + "{model}", schema_generator=_AsJson)
    shapes: dict[str, Any] = definitions["$defs"]
    return shapes


def _take() -> dict[str, Any]:
    record = {"$ref": REF + "GivenRecord"}
    batch = {"type": "array", "items": record, "minItems": 1, "maxItems": MOST_RECORDS}
    return {
        "operationId": "take",
        "summary": f"One record, or up to {MOST_RECORDS:,}: all of them are stored, or none.",
        "parameters": [
            {
                "name": "replace",
                "in": "query",
                "description": "true: in the place of records of their ids that say something else.",
                "schema": {"enum": ["true", "false"]},
            }
        ],
        "requestBody": _json({"anyOf": [record, batch]}, EXAMPLE),
        "responses": {
            "200": _answer("What became of each record and what it costs, in your order.", "Fates"),
            "403": NO_RIGHT,
            "409": _answer("A record of that source and id says something else.", "Refusal"),
            **REFUSALS,
        },
    }


def _void() -> dict[str, Any]:
    return {
        "operationId": "void",
        "summary": "Takes a record that was wrong out of every sum of its period. Its id may be reported again.",
        "parameters": [PATH],
        "requestBody": _json({"$ref": REF + "GivenVoid"}, {"source": "nightly"}) | {"required": False},
        "responses": {
            "200": _answer("What it cost.", "Voided"),
            "403": NO_RIGHT,
            "404": _answer("No such record in this workspace, or it was ended before.", "Refusal"),
            **REFUSALS,
        },
    }


def _review() -> dict[str, Any]:
    return {
        "operationId": "review",
        "summary": "How a record's images were judged, as it stands now. It counts for the day they were drawn.",
        "parameters": [PATH],
        "requestBody": _json({"$ref": REF + "GivenReview"}, {"kept": 3, "rejected": 1}),
        "responses": {
            "200": _answer("How they are judged by now.", "Reviewed"),
            "403": NO_RIGHT,
            "404": _answer("No such record in this workspace.", "Refusal"),
            **REFUSALS,
        },
    }


def _spend() -> dict[str, Any]:
    fields = {
        "period": (PERIODS, {}),
        "by": (
            "What each row is; lane where it is left out.",
            {"enum": [name for name in DIMENSIONS if name != "person"]},
        ),
        "in": ("Only this project, or only the channel of this id (#C0123456).", {}),
        "of": ("Only this lane, or only this model, by any name of it.", {}),
    }
    return {
        "operationId": "spend",
        "summary": "What a period cost, as `imagelane spend --json` says it. Money and rates are decimal text.",
        "parameters": [
            {"name": name, "in": "query", "description": says, "schema": {"type": "string", **shape}}
            for name, (says, shape) in fields.items()
        ],
        "responses": {
            "200": _answer("The sums, and the provider's bill beside them.", "Spending"),
            "401": REFUSALS["401"],
            "403": _answer(
                "Figures by or of a person are never given to a token, nor any to one that may report only.", "Refusal"
            ),
            "422": _answer("The words are not understood; the sentence says what is read.", "Refusal"),
            **{status: REFUSALS[status] for status in ("429", "503")},
        },
    }


def _export() -> dict[str, Any]:
    return {
        "operationId": "export",
        "summary": "A period call by call in FOCUS, the FinOps cost and usage form: CSV, without people.",
        "parameters": [
            {
                "name": "format",
                "in": "query",
                "required": True,
                "description": "The one there is.",
                "schema": {"enum": ["focus"]},
            },
            {"name": "period", "in": "query", "description": PERIODS, "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {
                "description": "One line a charge. Calls without a known price are left out; a header counts them.",
                "headers": {
                    "imagelane-rows": {"schema": {"type": "integer"}},
                    "imagelane-calls-without-price": {"schema": {"type": "integer"}},
                },
                "content": {"text/csv": {"schema": _text}},
            },
            "401": REFUSALS["401"],
            "403": _answer("A token that may report only.", "Refusal"),
            "422": _answer("The words are not understood; the sentence says what is read.", "Refusal"),
            **{status: REFUSALS[status] for status in ("429", "503")},
        },
    }


def _json(schema: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}


def _answer(says: str, name: str) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": {"$ref": REF + name}}}}


PATH = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
NO_RIGHT = _answer("A token that may read only.", "Refusal")
REFUSALS = {
    status: _answer(says, "Refusal")
    for status, says in {
        "400": "The request ended in the middle.",
        "401": "No token, or none that works.",
        "408": "It came too slowly.",
        "413": "Too many bytes.",
        "415": "Not JSON in UTF-8.",
        "422": "A field is wrong; it is named, with the record's place in the list. Nothing was stored.",
        "429": "Too often; Retry-After says for how many seconds to wait.",
        "503": "The database is busy; nothing was stored. Try again.",
    }.items()
}


def _object(required: list[str], **properties: object) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


_money = {"type": ["string", "null"], "format": "decimal"}
_text, _count, _maybe = {"type": "string"}, {"type": "integer"}, {"type": ["integer", "null"]}
ANSWERS: dict[str, Any] = {
    "Fates": _object(["records"], records={"type": "array", "items": {"$ref": REF + "Fate"}}),
    "Fate": _object(
        ["source", "id", "result", "usd", "basis", "unknown"],
        source=_text,
        id=_text,
        result={"enum": ["stored", "duplicate", "replaced"]},
        usd=_money,
        basis={"enum": ["usage", "reported", "published", "tokens", "unknown"]},
        unknown={"type": ["string", "null"], "description": "Why there is no price."},
    ),
    "Voided": _object(["source", "id", "usd"], source=_text, id=_text, usd=_money),
    "Reviewed": _object(["source", "id", "kept", "rejected"], source=_text, id=_text, kept=_count, rejected=_count),
    "Refusal": _object(
        ["error"],
        error=_object(
            ["code", "message"], code=_text, message=_text, field=_text, index=_maybe, source=_text, id=_text
        ),
    ),
}
