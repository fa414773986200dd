"""Everything that can go wrong at the far end of the image API, as values for `FarOpenAI.next` and its `rule`.

Each says whether it is billed; `billed=` overrides that, since for blocked outputs and 5xx nobody published the rule.
"""

import base64
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.loopback import Answer, as_json

Json = dict[str, Any]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body>Bad gateway</body></html>"


def _same(body: Json) -> Json:
    return body


@dataclass(frozen=True)
class Trouble:
    """`answer` replaces the whole answer; `bend` changes the body of a good one; the rest breaks the connection."""

    billed: bool
    answer: Answer | None = None
    bend: Callable[[Json], Json] = _same
    lost: bool = False
    hangs: bool = False
    half: bool = False
    seconds: float = 0.0
    times: int = 1  # the output tokens, against the table


def error(
    status: int, code: str | None, message: str = "Sample refusal.", *, billed: bool = False, **more: Any
) -> Trouble:
    """Any error. `type_`, `param`, `headers` and fields of the error object such as `moderation_details` may follow."""
    headers = more.pop("headers", None)
    inner = {
        "message": message,
        "type": more.pop("type_", "invalid_request_error"),
        "param": None,
        "code": code,
        **more,
    }
    return Trouble(billed, as_json({"error": inner}, status, headers))


def blocked(stage: str = "input", billed: bool | None = None) -> Trouble:
    """400 moderation_blocked; at stage output it is billed unless told otherwise."""
    return error(
        400,
        "moderation_blocked",
        "Your request was rejected by the safety system.",
        billed=stage != "input" if billed is None else billed,
        type_="image_generation_user_error",
        moderation_details={"moderation_stage": stage, "categories": ["violence"]},
    )


def key_rejected(part_of_key: str) -> Trouble:
    """401 whose text holds part of the key, as the real one does."""
    return error(
        401, "invalid_api_key", f"Incorrect API key provided: {part_of_key}. You can find your API key online."
    )


def forbidden() -> Trouble:
    return error(403, None, "Your organization must be verified to use the model.")


def model_not_found(model: str = "gpt-image-1") -> Trouble:
    return error(404, "model_not_found", f"The model '{model}' does not exist or you do not have access to it.")


def does_not_exist(model: str = "gpt-image-1") -> Trouble:
    """400, as a retired model was seen to answer."""
    return error(
        400, "invalid_value", f"The model '{model}' does not exist.", type_="image_generation_user_error", param="model"
    )


def rate_limited(retry_after: int | str | None = 1, code: str = "rate_limit_exceeded") -> Trouble:
    """429 images per minute; `retry_after=None` leaves the header out."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return error(429, code, "Rate limit reached.", type_="requests", headers=headers)


def slow_down(retry_after: int | str | None = 1) -> Trouble:
    return rate_limited(retry_after, "slow_down")


def out_of_money(code: str = "insufficient_quota") -> Trouble:
    """429; also credit_balance_exhausted, project_spend_limit_exceeded, organization_spend_limit_exceeded."""
    return error(429, code, "You exceeded your current quota.", type_="insufficient_quota")


def broken(status: int = 500, billed: bool = True) -> Trouble:
    code = "server_is_overloaded" if status == 503 else None
    return error(status, code, "The server had an error.", type_="server_error", billed=billed)


def lost(billed: bool = True) -> Trouble:
    """The connection closes without a byte."""
    return Trouble(billed, lost=True)


def hangs(billed: bool = True) -> Trouble:
    """No answer until the far end stops."""
    return Trouble(billed, hangs=True)


def late(seconds: float) -> Trouble:
    return Trouble(True, seconds=seconds)


def half_body() -> Trouble:
    """Half of a good answer, then the connection closes."""
    return Trouble(True, half=True)


def no_data() -> Trouble:
    return _changed(data=[])


def null_data() -> Trouble:
    return _changed(data=None)


def holds(picture: bytes | str) -> Trouble:
    """Other bytes in the place of the picture: SVG, HTML, b"", a cut PNG, another size; text goes in undecoded."""
    encoded = picture if isinstance(picture, str) else base64.b64encode(picture).decode()
    return _changed(data=[{"b64_json": encoded}])


def bad_base64() -> Trouble:
    return holds("!!!! this is no base64 !!!!")


def page(body: bytes = HTML, content_type: str = "text/html") -> Trouble:
    """200 with a page, or with nothing at all for b""."""
    return Trouble(True, Answer(200, body, {"Content-Type": content_type}))


def no_usage() -> Trouble:
    return _changed(usage=None)


def no_output_details() -> Trouble:
    return Trouble(True, bend=lambda body: {**body, "usage": {**body["usage"], "output_tokens_details": None}})


def more_usage(times: int) -> Trouble:
    """So many times the output tokens of the table, in `usage` and on the bill."""
    return Trouble(True, times=times)


def other_spec(**changes: str) -> Trouble:
    """The answer names another quality or size than was asked for."""
    return _changed(**changes)


def _changed(**changes: Any) -> Trouble:
    return Trouble(True, bend=lambda body: {**body, **changes})


def png_saying(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, held) for name, held in chunks)


def _chunk(name: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
