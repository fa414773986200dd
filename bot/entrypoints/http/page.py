"""The page at /docs: the OpenAPI document for people, whole in one answer, with no script and no other host."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1d1c1d}"
    "code,pre{background:#f6f6f6;border-radius:4px;padding:.1rem .3rem}pre{padding:.8rem;overflow:auto}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.3rem;text-align:left;"
    "vertical-align:top}h2{margin-top:2.5rem}"
)
LIMITS = {"minimum": "from", "maximum": "up to", "maxLength": "characters up to", "format": "", "pattern": "matching"}


def of(document: dict[str, Any]) -> str:
    info = document["info"]
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f"<title>{escape(info['title'])}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(info['title'])}</h1><p>{escape(info['description'])}</p>",
        "<p>Bring your workspace's token as <code>Authorization: Bearer ...</code>. ",
        'The same as a document for programs: <a href="/openapi.json">/openapi.json</a>.</p>',
    ]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parts += _operation(f"{method.upper()} {path}", operation)
    for name, shape in document["components"]["schemas"].items():
        parts += _shape(name, shape)
    return "".join([*parts, "</body></html>"])


def _operation(title: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"<h2><code>{escape(title)}</code></h2><p>{escape(operation['summary'])}</p>"
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]
        yield f"<p>Send: {_type(body['schema'])}</p><pre>{escape(json.dumps(body['example'], indent=2))}</pre>"
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "query":
            says = f"{escape(parameter['description'])} ({_type(parameter['schema'])})"
            yield f"<p><code>?{escape(parameter['name'])}=</code> {says}</p>"
    yield "<table><tr><th>Answer</th><th>Means</th><th>Holds</th></tr>"
    for status, answer in sorted(operation["responses"].items()):
        content = _content(answer.get("content", {}))
        yield f"<tr><td>{status}</td><td>{escape(answer['description'])}</td><td>{content}</td></tr>"
    yield "</table>"


def _content(content: dict[str, Any]) -> str:
    """Empty for an answer without a body."""
    for kind, body in content.items():
        return _type(body["schema"]) if kind == "application/json" else escape(kind)
    return ""


def _shape(name: str, shape: dict[str, Any]) -> Iterator[str]:
    required = shape.get("required", [])
    yield f'<h2 id="{escape(name)}">{escape(name)}</h2><p>{escape(shape.get("description", ""))}</p>'
    yield "<table><tr><th>Field</th><th>Is</th><th></th></tr>"
    for field, schema in shape.get("properties", {}).items():
        mark = "required" if field in required else ""
        yield f"<tr><td><code>{escape(field)}</code></td><td>{_type(schema)}</td><td>{mark}</td></tr>"
    yield "</table>"


def _type(schema: dict[str, Any]) -> str:
    """In a few words, with a link where it has a table of its own."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"a list of {_type(schema['items'])}"
    if "enum" in schema:
        return " or ".join(escape(json.dumps(one)) for one in schema["enum"])
    names = schema.get("type", "anything")
    words = [" or ".join(names) if isinstance(names, list) else names]
    words += [f"{word} {schema[key]}".strip() for key, word in LIMITS.items() if key in schema]
    return escape(", ".join(words))
