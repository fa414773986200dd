"""What /v1/ answers, as the document of it says it: shapes, refusals and the pieces every operation is made of."""

from typing import Any

REF = "#/components/schemas/"


def json_body(schema: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}


def answered(says: str, name: str) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": {"$ref": REF + name}}}}


PATH = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
NO_RIGHT = answered("A token that may read only.", "Refusal")
REFUSALS = {
    status: answered(says, "Refusal")
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

ASKING = {
    "422": answered("The words are not understood; the sentence says what is read.", "Refusal"),
    **{status: REFUSALS[status] for status in ("429", "503")},
}


def _object(required: list[str], **properties: object) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


_money = {"type": ["string", "null"], "format": "decimal"}
TEXT, _count, _maybe = {"type": "string"}, {"type": "integer"}, {"type": ["integer", "null"]}
ANSWERS: dict[str, Any] = {
    "Fates": _object(["records"], records={"type": "array", "items": {"$ref": REF + "Fate"}}),
    "Fate": _object(
        ["source", "id", "result", "usd", "basis", "unknown"],
        source=TEXT,
        id=TEXT,
        result={"enum": ["stored", "duplicate", "replaced"]},
        usd=_money,
        basis={"enum": ["usage", "reported", "published", "tokens", "unknown"]},
        unknown={"type": ["string", "null"], "description": "Why there is no price."},
    ),
    "Voided": _object(["source", "id", "usd"], source=TEXT, id=TEXT, usd=_money),
    "Reviewed": _object(["source", "id", "kept", "rejected"], source=TEXT, id=TEXT, kept=_count, rejected=_count),
    "Refusal": _object(
        ["error"],
        error=_object(["code", "message"], code=TEXT, message=TEXT, field=TEXT, index=_maybe, source=TEXT, id=TEXT),
    ),
}
