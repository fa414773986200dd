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
from bot.entrypoints.http.document_shapes import (
    ANSWERS,
    ASKING,
    NO_RIGHT,
    PATH,
    REF,
    REFUSALS,
    TEXT,
    answered,
    json_body,
)
from bot.grammar.vocabulary import DIMENSIONS
from bot.lanes.programs import ProgramLanes
from bot.pricing import Quotes
from bot.spend.measures import Spending
from bot.usage.pipelines import MOST_RECORDS
from bot.usage.shape import GivenRecord, GivenReview, GivenVoid

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
            "title": "imagelane for programs",
            "version": "1",
            "description": "Ask which model a lane means and what pictures would cost. Report what your pipeline drew, "
            "and later how it was judged; a repeat is harmless. Ask what a period came to.",
        },
        "security": [{"token": []}],
        "paths": {
            "/v1/usage": {"post": _take()},
            "/v1/usage/{id}/review": {"post": _review()},
            "/v1/usage/{id}/void": {"post": _void()},
            "/v1/spend": {"get": _spend()},
            "/v1/export": {"get": _export()},
            "/v1/lanes": {"get": _lanes()},
            "/v1/estimate": {"get": _estimate()},
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
        (ProgramLanes, "serialization", TypeAdapter(ProgramLanes)),
        (Quotes, "serialization", TypeAdapter(Quotes)),
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
        "requestBody": json_body({"anyOf": [record, batch]}, EXAMPLE),
        "responses": {
            "200": answered("What became of each record and what it costs, in your order.", "Fates"),
            "403": NO_RIGHT,
            "409": answered("A record of that source and id says something else.", "Refusal"),
            **REFUSALS,
        },
    }


def _void() -> dict[str, Any]:
    return {
        "operationId": "void",
        "summary": "Takes a record that was wrong out of every sum of its period. Its id may be reported again.",
        "parameters": [PATH],
        "requestBody": json_body({"$ref": REF + "GivenVoid"}, {"source": "nightly"}) | {"required": False},
        "responses": {
            "200": answered("What it cost.", "Voided"),
            "403": NO_RIGHT,
            "404": answered("No such record in this workspace, or it was ended before.", "Refusal"),
            **REFUSALS,
        },
    }


def _review() -> dict[str, Any]:
    return {
        "operationId": "review",
        "summary": "How a record's images were judged, as it stands now. It counts for the day they were drawn.",
        "parameters": [PATH],
        "requestBody": json_body({"$ref": REF + "GivenReview"}, {"kept": 3, "rejected": 1}),
        "responses": {
            "200": answered("How they are judged by now.", "Reviewed"),
            "403": NO_RIGHT,
            "404": answered("No such record in this workspace.", "Refusal"),
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
            "200": answered("The sums, and the provider's bill beside them.", "Spending"),
            "401": REFUSALS["401"],
            "403": answered(
                "Figures by or of a person are never given to a token, nor any to one that may report only.", "Refusal"
            ),
            **ASKING,
        },
    }


def _lanes() -> dict[str, Any]:
    kept = {"etag": {"schema": TEXT}, "cache-control": {"schema": TEXT}}
    return {
        "operationId": "lanes",
        "summary": "Which model each lane means today, until when, what comes next and what a picture costs.",
        "parameters": [
            {
                "name": "accept",
                "in": "query",
                "description": "next: changes that are announced and not in force yet, too.",
                "schema": {"enum": ["next"]},
            },
            {"name": "If-None-Match", "in": "header", "description": "The etag you have.", "schema": TEXT},
        ],
        "responses": {
            "200": answered("By lane; one that nothing fills is left out.", "ProgramLanes") | {"headers": kept},
            "304": {"description": "You have it already.", "headers": kept},
            "401": REFUSALS["401"],
            "403": answered("A token that may report only.", "Refusal"),
            **ASKING,
        },
    }


def _estimate() -> dict[str, Any]:
    fields = {
        "count": ("How many pictures.", {"type": "integer", "minimum": 1, "maximum": 999_999}),
        "quality": ("medium where it is left out.", TEXT),
        "size": ("square, portrait, landscape or like 1024x1536; square where it is left out.", TEXT),
        "of": ("Up to three lanes or models, with commas between them; every lane where it is left out.", TEXT),
        "batch": ("By the batch rates.", {"enum": ["true", "false"]}),
        "keep": ("The share that is kept, like 0.55 or 55%, or own: as your votes say.", TEXT),
    }
    return {
        "operationId": "estimate",
        "summary": "What so many pictures cost, as `imagelane estimate --json` says it.",
        "parameters": [
            {"name": name, "in": "query", "required": name == "count", "description": says, "schema": schema}
            for name, (says, schema) in fields.items()
        ],
        "responses": {
            "200": answered("One quote a model; money is decimal text, null where nobody published it.", "Quotes"),
            "401": REFUSALS["401"],
            "403": answered("A token that may report only.", "Refusal"),
            **ASKING,
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
                "content": {"text/csv": {"schema": TEXT}},
            },
            "401": REFUSALS["401"],
            "403": answered("A token that may report only.", "Refusal"),
            **ASKING,
        },
    }
