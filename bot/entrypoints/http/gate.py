"""Who may use /v1/, and how often: a bearer token of a workspace, known by its hash."""

import math
import time
from collections.abc import Awaitable, Callable

from cachetools import TTLCache
from starlette.requests import Request

from bot.usage.tokens import PREFIX, ApiToken, digest

MINUTE = 60.0
BAD_TRIES = 10  # a minute from one address; a guess among 2**256 is hopeless, this keeps the log readable
REMEMBERED = 10_000  # addresses or tokens at most, whoever comes

HOW = "Bring a token in the header `Authorization: Bearer ...`; `imagelane token create NAME` makes one."

NO_RIGHT = "Token {id} may {may} only; this needs one that may {right}: `imagelane token create NAME --{right}`."

Holder = Callable[[str], Awaitable[ApiToken | None]]


class TurnedAwayError(Exception):
    """Nobody looked at what the request says."""

    def __init__(self, status: int, code: str, sentence: str, headers: dict[str, str]) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence, self.headers = status, code, sentence, headers


class Counter:
    """How often each came in the minute that began with its first time."""

    def __init__(self, most: int, seconds: Callable[[], float]) -> None:
        self._most, self._seconds = most, seconds
        self._came: TTLCache[str, list[float]] = TTLCache(REMEMBERED, MINUTE, timer=seconds)

    def wait(self, who: str) -> int:
        """Counts one more time; whole seconds to wait when that is too many, else 0."""
        came = self._came.setdefault(who, [self._seconds(), 0])
        came[1] += 1
        return 0 if came[1] <= self._most else max(1, math.ceil(came[0] + MINUTE - self._seconds()))


class Gate:
    def __init__(self, holder: Holder, per_minute: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._holder = holder
        self._bad, self._good = Counter(BAD_TRIES, seconds), Counter(per_minute, seconds)

    async def enter(self, request: Request, right: str) -> ApiToken:
        """Whose token the request brings, if it has that right. Raises TurnedAwayError.

        A good token gets in whatever others try: behind a router all of them share one address.
        """
        secret = bearer(request)
        if PREFIX in request.url.query:
            secret = None  # it stands in logs by now, so it must not work from there
        token = await self._holder(digest(secret)) if secret else None
        if token is None:
            if secret and (wait := self._bad.wait(request.client.host if request.client else "")):
                raise _slow_down(wait, "Too many tokens that are not valid came from your address.")
            raise TurnedAwayError(401, "no_token", HOW, {"www-authenticate": "Bearer"})
        if wait := self._good.wait(f"{token.team_id}:{token.id}"):
            raise _slow_down(wait, f"Token {token.id} has used up its requests of this minute.")
        if right not in token.rights:
            raise TurnedAwayError(403, "no_right", NO_RIGHT.format(id=token.id, may=token.rights[0], right=right), {})
        return token


def bearer(request: Request) -> str | None:
    """The token of its one Authorization header, if that is of this kind."""
    headers = request.headers.getlist("authorization")
    scheme, _, token = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
    return token.strip() if scheme.lower() == "bearer" else None


def _slow_down(seconds: int, sentence: str) -> TurnedAwayError:
    advice = f"{sentence} Try again in {seconds} s."
    return TurnedAwayError(429, "slow_down", advice, {"retry-after": str(seconds)})
