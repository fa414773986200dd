"""API tokens: a pipeline brings one, the store knows only its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

REPORT, READ = "report", "read"
RIGHTS = (REPORT, READ)
PREFIX = "imagelane_"  # so that whoever finds one in a log knows what it opens
RANDOM_BYTES = 32


@dataclass(frozen=True)
class ApiToken:
    """What is known of a token once it was shown. `revoked_at` None: it works. `rights`: to report usage, review and
    correct it, or to read figures, or both."""

    team_id: str
    id: str
    name: str
    created_at: datetime
    revoked_at: datetime | None
    rights: tuple[str, ...] = RIGHTS


def fresh() -> str:
    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def digest(token: str) -> str:
    """A plain SHA-256 is enough: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
