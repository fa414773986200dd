"""Bodies of requests, bounded in bytes and seconds before anybody looks at what they say, each and all together."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.requests import ClientDisconnect, Request

MOST_BYTES = 1_000_000
MOST_SECONDS = 5.0
MOST_TOGETHER = 8 * MOST_BYTES  # one is decoded, checked and parsed from copies: some ten times itself
SMALL = 64 * 1024  # waits for nobody: Slack's are smaller as a rule, however many large ones others send
DISCARDED = 16  # times the most we take: beyond that the line is cut, answer read or not
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
CHARSET = re.compile(r'charset="?utf-?8"?', re.IGNORECASE)


class RefusedError(Exception):
    """A request that is turned away before anybody looks at what it says."""

    def __init__(self, status: int, reason: str, size: int = 0) -> None:
        super().__init__(reason)
        self.status, self.reason, self.size = status, reason, size


class Bodies:
    """Of one web process. `seconds` is for all of a body, so a trickle ends too."""

    def __init__(
        self, seconds: float = MOST_SECONDS, most_bytes: int = MOST_BYTES, together: int = MOST_TOGETHER
    ) -> None:
        self.seconds, self.most_bytes = seconds, most_bytes
        self._room, self._freed = together, asyncio.Condition()

    @asynccontextmanager
    async def of(self, request: Request, kinds: Sequence[str]) -> AsyncIterator[bytes]:
        """A small body that comes quickly and is of one of these content types. Raises RefusedError.

        Its bytes count until the caller is done with it.
        """
        length = _length(request)
        if length is not None and length > self.most_bytes * DISCARDED:
            raise RefusedError(413, "declared too large")
        share = _Held(self, min(length or self.most_bytes, self.most_bytes))
        try:
            body = await self._read(request, share)
            _check_type(request, kinds, len(body))
            yield body
        finally:
            await share.end()

    async def take(self, size: int) -> None:
        """Waits until there is room for so many bytes more."""
        async with self._freed:
            await self._freed.wait_for(lambda: self._room >= size)
            self._room -= size

    async def give(self, size: int) -> None:
        async with self._freed:
            self._room += size
            self._freed.notify_all()

    async def _read(self, request: Request, share: "_Held") -> bytes:
        """The whole body, while it stays small and comes quickly.

        What is too much is read and thrown away for a while: a sender in the middle of it would not see our answer.
        """
        body, size = bytearray(), 0
        try:
            async with asyncio.timeout(self.seconds):
                async for chunk in request.stream():
                    size += len(chunk)
                    if size <= self.most_bytes:
                        await share.at_least(size)
                        body += chunk
                    elif size > self.most_bytes * DISCARDED:
                        break
        except TimeoutError:
            if share.waiting:
                raise RefusedError(503, "too much is held at once", size) from None
            if size <= self.most_bytes:
                raise RefusedError(408, "too slow", size) from None
        except ClientDisconnect:
            raise RefusedError(400, "the sender hung up", size) from None
        if size > self.most_bytes:
            raise RefusedError(413, "too large", size)
        return bytes(body)


class _Held:
    """What one request holds: nothing that counts while it is small, and from there on all it may become, so that no
    two wait for each other."""

    def __init__(self, bodies: Bodies, whole: int) -> None:
        self._bodies, self._whole, self._size = bodies, whole, 0
        self.waiting = False

    async def at_least(self, size: int) -> None:
        if size <= SMALL or self._size:
            return
        self.waiting = True
        await self._bodies.take(self._whole)
        self.waiting, self._size = False, self._whole

    async def end(self) -> None:
        if self._size:
            await self._bodies.give(self._size)


def _length(request: Request) -> int | None:
    length = request.headers.get("content-length", "")
    return int(length[:20]) if length.isascii() and length.isdigit() else None


def _check_type(request: Request, kinds: Sequence[str], size: int) -> None:
    types = request.headers.getlist("content-type")
    kind, _, parameters = types[0].partition(";") if len(types) == 1 else ("", "", "")
    if kind.strip().lower() not in kinds:
        raise RefusedError(415, "content type is none of those read here", size)
    if "charset" in parameters.lower() and not CHARSET.search(parameters):
        raise RefusedError(415, "charset is not UTF-8", size)
