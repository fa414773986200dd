"""Checks what came back: the answer's fields, its picture's bytes, its token counts. Never decodes a pixel.

Source of the shapes: the Images API as in the types of openai 3.54; usage details may be null.
"""

import base64
import binascii
import struct
import zlib
from contextlib import suppress
from datetime import date
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import from_json

from bot.pricing.spec import Size
from bot.pricing.usage import Usage
from bot.providers import NoPicture, Painting

# The API's own limits for a picture (2.x models): longest edge and area in pixels.
MOST_EDGE = 3840
MOST_PIXELS = 8_294_400
MAGIC = b"\x89PNG\r\n\x1a\n"
# Allowed bit depths by colour type, PNG specification table 11.1.
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
MOST_TOKENS = 100_000_000
WORD_LENGTH = 32


class _Details(BaseModel, strict=True):
    text_tokens: int = Field(default=0, ge=0, le=MOST_TOKENS)
    image_tokens: int = Field(default=0, ge=0, le=MOST_TOKENS)


class _Usage(BaseModel, strict=True):
    input_tokens: int = Field(ge=0, le=MOST_TOKENS)
    output_tokens: int = Field(ge=0, le=MOST_TOKENS)
    input_tokens_details: _Details | None = None
    output_tokens_details: _Details | None = None


def read(body: bytes, request_id: str | None) -> Painting:
    """The painting in the body of a 200; NoPicture (with the usage, if that could be read) when there is none."""
    answer = _json(body, request_id)
    usage = usage_of(answer.get("usage"))
    try:
        png, size = picture(_base64_text(answer.get("data")))
    except ValueError as wrong:
        raise NoPicture(str(wrong), usage, request_id) from None
    return Painting(png, usage, _word(answer.get("quality")), str(size), request_id)


def picture(base64_text: str) -> tuple[bytes, Size]:
    """PNG bytes, cut after their last chunk, and the declared size; ValueError says in our words what is wrong."""
    try:
        raw = base64.b64decode(base64_text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("the picture is not valid base64") from None
    if not raw:
        raise ValueError("the picture is empty")
    if not raw.startswith(MAGIC):
        raise ValueError("the picture is not a PNG")
    return raw[: _end(raw)], _header_size(raw)


def usage_of(reported: object) -> Usage | None:
    """Token counts, or None when they are missing, malformed or all zero: unknown is never free.

    Tokens that the details leave out are counted at the dearer kind's place: output as image, input as text.
    """
    try:
        usage = _Usage.model_validate(reported)
    except ValidationError:
        return None
    inputs = usage.input_tokens_details or _Details()
    outputs = usage.output_tokens_details or _Details()
    image_out = max(outputs.image_tokens, usage.output_tokens - outputs.text_tokens)
    if not image_out:
        return None
    text_in = max(inputs.text_tokens, usage.input_tokens - inputs.image_tokens)
    return Usage(text_in=text_in, image_in=inputs.image_tokens, image_out=image_out, text_out=outputs.text_tokens)


def shutdown_dates(body: bytes) -> dict[str, date | None]:
    """The `shutdown_date` of each model in GET /v1/models, without those where it is no day; NoPicture for no list.

    A row that has none names no day, in a list that names days at all.
    """
    rows = _json(body, None).get("data")
    if not isinstance(rows, list):
        raise NoPicture("the answer holds no list")
    ends: dict[str, date | None] = {}
    models = [row for row in rows if isinstance(row, dict)]
    if not any("shutdown_date" in row for row in models):
        return ends
    for row in models:
        with suppress(TypeError, ValueError, KeyError):  # not a model, or not a day
            end = row.get("shutdown_date")
            ends[str(row["id"])] = None if end is None else date.fromisoformat(end)
    return ends


def _json(body: bytes, request_id: str | None) -> dict[str, Any]:
    if not body:
        raise NoPicture("the answer is empty", None, request_id)
    try:
        answer = from_json(body)
    except ValueError:
        raise NoPicture("the answer is not JSON", None, request_id) from None
    if not isinstance(answer, dict):
        raise NoPicture("the answer is not an object", None, request_id)
    return answer


def _base64_text(items: object) -> str:
    """The one base64 text. A picture given by address is not fetched: no address from outside ever is."""
    if not isinstance(items, list) or not items:
        raise ValueError("the answer holds no picture")
    if len(items) != 1:
        raise ValueError("the answer holds more than one picture")
    text = items[0].get("b64_json") if isinstance(items[0], dict) else None
    if not isinstance(text, str):
        raise ValueError("the answer holds no picture")
    return text


def _header_size(raw: bytes) -> Size:
    """Size from the first chunk, IHDR."""
    width, height, depth, colour, compression, filtering, interlace = struct.unpack(">IIBBBBB", raw[16:29])
    if depth not in DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        raise ValueError("the picture's header is not valid")
    if not 0 < width <= MOST_EDGE or not 0 < height <= MOST_EDGE or width * height > MOST_PIXELS:
        raise ValueError("the picture declares an impossible size")
    return Size(width, height)


def _end(raw: bytes) -> int:
    """Where IEND ends. Walks the chunks by their lengths and checksums, which finds every cut and every flipped bit."""
    place, kinds = len(MAGIC), set[bytes]()
    while place + 12 <= len(raw):
        length = int.from_bytes(raw[place : place + 4], "big")
        after = place + 12 + length
        kind = raw[place + 4 : place + 8]
        if after > len(raw) or (not kinds and (kind, length) != (b"IHDR", 13)):
            break
        if zlib.crc32(raw[place + 4 : after - 4]) != int.from_bytes(raw[after - 4 : after], "big"):
            break
        kinds.add(kind)
        if kind == b"IEND":
            if b"IDAT" not in kinds:
                break
            return after
        place = after
    raise ValueError("the picture is cut off or damaged")


def _word(value: object) -> str | None:
    """A short plain word from outside, such as a quality; anything else is not kept."""
    is_word = isinstance(value, str) and value.isascii() and value.isalnum() and len(value) <= WORD_LENGTH
    return str(value) if is_word else None
