"""Bodies of requests, bounded in bytes and seconds before anybody looks at what they say."""

import asyncio
import re
from collections.abc import Sequence

from starlette.requests import ClientDisconnect, Request

MOST_BYTES = 1_000_000
MOST_SECONDS = 5.0
DISCARDED = 16  # times the most we take: beyond that the line is cut, answer read or not
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
CHARSET = re.compile(r'charset="?utf-?8"?', re.IGNORECASE)


class RefusedError(Exception):
    """A request that is turned away before anybody looks at what it says."""

    def __init__(self, status: int, reason: str, size: int = 0) -> None:
        super().__init__(reason)
        self.status, self.reason, self.size = status, reason, size


async def bounded(request: Request, kinds: Sequence[str], seconds: float, most_bytes: int) -> bytes:
    """A small body that comes quickly and is of one of these content types. Raises RefusedError."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > most_bytes * DISCARDED:
        raise RefusedError(413, "declared too large")
    read = await _read(request, seconds, most_bytes)
    _check_type(request, kinds, len(read))
    return read


async def _read(request: Request, seconds: float, most_bytes: int) -> bytes:
    """The whole body, while it stays small and comes quickly; `seconds` is for all of it, so a trickle ends too.

    What is too much is read and thrown away for a while: a sender in the middle of it would not see our answer.
    """
    read, size = bytearray(), 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= most_bytes:
                    read += chunk
                elif size > most_bytes * DISCARDED:
                    break
    except TimeoutError:
        if size <= most_bytes:
            raise RefusedError(408, "too slow", size) from None
    except ClientDisconnect:
        raise RefusedError(400, "the sender hung up", size) from None
    if size > most_bytes:
        raise RefusedError(413, "too large", size)
    return bytes(read)


def _check_type(request: Request, kinds: Sequence[str], size: int) -> None:
    given = request.headers.getlist("content-type")
    kind, _, parameters = given[0].partition(";") if len(given) == 1 else ("", "", "")
    if kind.strip().lower() not in kinds:
        raise RefusedError(415, "content type is none of those read here", size)
    if "charset" in parameters.lower() and not CHARSET.search(parameters):
        raise RefusedError(415, "charset is not UTF-8", size)
