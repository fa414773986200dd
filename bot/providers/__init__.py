"""The image API as the rest of the house sees it: one paid call, its picture, and what is known when it goes wrong.

`openai.py` is the real one, `demo.py` the free stand-in, `patience.py` the only rule by which a call is sent again.
The failures say what is known about the bill; they are no sentences for people, and never carry the service's own words
(they may hold part of the key or of the prompt).
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from pydantic import SecretStr

from bot.pricing.spec import ImageSpec
from bot.pricing.usage import Usage


@dataclass(frozen=True)
class Painting:
    """A valid PNG. `returned_size` is read from its header; `usage` is None when nothing usable was reported."""

    png: bytes
    usage: Usage | None
    returned_quality: str | None
    returned_size: str | None
    request_id: str | None


class Provider(Protocol):
    @property
    def demo(self) -> bool:
        """True when its pictures are free stand-ins that count nowhere."""

    def paint(self, spec: ImageSpec, prompt: str, person_hash: str) -> Painting:
        """One image. Raises PaintingFailed."""


class PaintingFailed(Exception):
    """`billed` is what is known about money: no, perhaps or yes. `code` is a short word, safe to log and store."""

    billed = "perhaps"

    def __init__(self, code: str, request_id: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.request_id = request_id


class NotSent(PaintingFailed):
    """No byte of the request left us (connection refused, name unknown): it may be sent again."""

    billed = "no"


class ProviderBusy(PaintingFailed):
    """429. `may_repeat` only for rate_limit_exceeded and slow_down; `retry_after` in seconds, if any was given."""

    billed = "no"

    def __init__(
        self, code: str, retry_after: float | None = None, *, may_repeat: bool = True, request_id: str | None = None
    ) -> None:
        super().__init__(code, request_id)
        self.retry_after = retry_after
        self.may_repeat = may_repeat


class NoMoney(PaintingFailed):
    """Quota, credit or spending limit of the account is used up: pauses paid work until it clears."""

    billed = "no"


class ProviderRefused(PaintingFailed):
    """The service rejects our key, or this model for our key (401, 403, 404, "does not exist"): pauses that model."""

    billed = "no"


class BadRequest(PaintingFailed):
    """Another 4xx: the request itself is wrong, and was not billed."""

    billed = "no"


class ImageBlocked(PaintingFailed):
    """Refused by the safety system. `stage` is input, output or unknown; only input is surely not billed."""

    def __init__(self, stage: str, request_id: str | None = None) -> None:
        super().__init__("moderation_blocked", request_id)
        self.stage = stage
        self.billed = "no" if stage == "input" else "perhaps"


class Unclear(PaintingFailed):
    """Sent, and no whole answer came (time-out, connection or body cut), or the service had a fault (408, 409, 5xx),
    which is its `status`: perhaps billed."""

    def __init__(self, code: str, request_id: str | None = None, status: int | None = None) -> None:
        super().__init__(code, request_id)
        self.status = status


class NoPicture(PaintingFailed):
    """A 200 without one valid image: billed. `reason` says what was wrong with it, in our words."""

    billed = "yes"

    def __init__(self, reason: str, usage: Usage | None = None, request_id: str | None = None) -> None:
        super().__init__(reason, request_id)
        self.reason = reason
        self.usage = usage


def person_hasher(key: SecretStr | None) -> Callable[[str, str], str]:
    """For `safety_identifier`: keyed, so that the hash names nobody to whoever reads it."""
    return partial(person_hash, key.get_secret_value().encode() if key else b"")


def person_hash(secret: bytes, team: str, person: str) -> str:
    """64 hex digits for `safety_identifier`: steady for one person of one workspace, and no name without the secret."""
    return hmac.new(secret, f"{team}\x00{person}".encode(), hashlib.sha256).hexdigest()
