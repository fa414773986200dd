"""The shapes of the image API: what a call asks for at each of its doors, and how pictures go back from there.

Types of openai 3.57 for Python; a completed event has no details of its output, and the image tool of a response tells
what it used apart from what the text model did.
"""

import base64
import functools
import io
import json
import re
import time
from typing import Any

from PIL import Image

from bot.playground.loopback import Answer, Request, as_json
from tests.kit.far_openai_prices import Tokens

Json = dict[str, Any]

GENERATIONS, EDITS, RESPONSES = "/v1/images/generations", "/v1/images/edits", "/v1/responses"
DOORS = (GENERATIONS, EDITS, RESPONSES)
EVENTS = {GENERATIONS: "image_generation", EDITS: "image_edit"}
NUMBERS = ("n", "partial_images")
SEEN = ("size", "quality", "background", "output_format")
TEXT_USAGE = {
    "input_tokens": 1820,
    "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
    "output_tokens": 210,
    "output_tokens_details": {"reasoning_tokens": 64},
    "total_tokens": 2030,
}


def wanted(request: Request) -> Json:
    """In the words of /v1/images/generations; `references` are the sides of the pictures that are edited."""
    if request.path == EDITS:
        return _form(request)
    body: Json = json.loads(request.body)
    return _tool(body) if request.path == RESPONSES else body


def _form(request: Request) -> Json:
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    body: Json = {"references": []}
    for part in request.body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.removesuffix(b"\r\n").partition(b"\r\n\r\n")
        name = re.findall(rb' name="([^"]*)"', head)[0].decode()
        if name in ("image", "image[]"):
            body["references"].append(Image.open(io.BytesIO(content)).size)
        else:
            body[name] = (
                int(content) if name in NUMBERS else content == b"true" if name == "stream" else str(content, "utf-8")
            )
    return body


def _tool(body: Json) -> Json:
    (tool,) = (one for one in body["tools"] if one["type"] == "image_generation")
    return {"prompt": body["input"], "n": 1, "author": body["model"], **tool}


def images(body: Json, took: Tokens) -> Json:
    """The answer of /v1/images/generations."""
    kind = str(body.get("output_format") or "png")
    encoded = base64.b64encode(picture(body["size"], body["model"], kind)).decode()
    return {
        "created": int(time.time()),
        "background": "opaque",
        "output_format": kind,
        "quality": body["quality"],
        "size": body["size"],
        "data": [{"b64_json": encoded}] * body["n"],
        "usage": {
            "input_tokens": took.text + took.references,
            "input_tokens_details": {"text_tokens": took.text, "image_tokens": took.references},
            "output_tokens": took.image,
            "output_tokens_details": {"image_tokens": took.image, "text_tokens": 0},
            "total_tokens": took.text + took.references + took.image,
        },
    }


def answer(door: str, body: Json, drawn: Json) -> Answer:
    """`drawn` as that door tells it."""
    if door == RESPONSES:
        return as_json(_response(body, drawn))
    if body.get("stream"):
        return Answer(200, _events(EVENTS[door], body, drawn), {"Content-Type": "text/event-stream"})
    return as_json(drawn, headers={"openai-processing-ms": "1"})


def _events(kind: str, body: Json, drawn: Json) -> bytes:
    seen = {name: drawn[name] for name in SEEN} | {"created_at": drawn["created"]} | drawn["data"][0]
    usage = {name: value for name, value in drawn["usage"].items() if name != "output_tokens_details"}
    events = [
        {"type": f"{kind}.partial_image", "partial_image_index": index, **seen}
        for index in range(body.get("partial_images") or 0)
    ]
    events.append({"type": f"{kind}.completed", "usage": usage, **seen})
    return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events).encode()


def _response(body: Json, drawn: Json) -> Json:
    call = {"id": "ig_sample", "type": "image_generation_call", "status": "completed"}
    call |= {name: drawn[name] for name in SEEN} | {"result": drawn["data"][0]["b64_json"]}
    return {
        "id": "resp_sample",
        "object": "response",
        "created_at": drawn["created"],
        "status": "completed",
        "model": body["author"],
        "output": [call],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": TEXT_USAGE,
        "tool_usage": {"image_gen": drawn["usage"], "web_search": {"num_requests": 0}},
    }


def colour_of(model: str) -> tuple[int, int, int]:
    shade = sum(model.encode()) % 200
    return (shade, 80, 255 - shade)


@functools.cache
def picture(size: str, model: str = "", kind: str = "png") -> bytes:
    """A plain picture of that size, in a colour of its model: real, and small."""
    width, height = (int(side) for side in size.split("x"))
    held = io.BytesIO()
    Image.new("RGB", (width, height), colour_of(model)).save(held, kind.upper(), compress_level=1)
    return held.getvalue()
