"""Who may knock: the shape and the signature of a request, checked before Bolt sees a byte of it.

Bolt's own check answers 500 to a malformed timestamp, 200 to an unsigned ssl_check, and logs what it rejects.
"""

import re
from collections.abc import Callable, Sequence

from slack_sdk.signature import Clock, SignatureVerifier

Headers = Sequence[tuple[bytes, bytes]]  # as they came: names in lower case, repeats kept

TIMESTAMP = re.compile(rb"[0-9]{10}")
MOST_SKEW_SECONDS = 300  # as Slack has it, and slack_sdk
SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")


class Guard:
    """One verifier for each secret: two while a secret is being rotated. `seconds` is the time now since 1970."""

    def __init__(self, secrets: Sequence[str], seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        clock = _Told(seconds)
        self._verifiers = [SignatureVerifier(secret, clock) for secret in secrets]

    def glance(self, headers: Headers) -> str | None:
        """Why its headers alone say that a request is not from Slack, in words for the log; None when they do not."""
        timestamp = only(headers, b"x-slack-request-timestamp")
        if timestamp is None or not TIMESTAMP.fullmatch(timestamp):
            return "timestamp missing, repeated or malformed"
        signature = only(headers, b"x-slack-signature")
        if signature is None or not SIGNATURE.fullmatch(signature):
            return "signature missing, repeated or malformed"
        if abs(self._seconds() - int(timestamp)) > MOST_SKEW_SECONDS:
            return "timestamp more than 5 minutes off"
        return None

    def objection(self, headers: Headers, body: bytes) -> str | None:
        """Why this request is not from Slack, in words for the log; None when it is."""
        wrong = self.glance(headers)
        if wrong is not None:
            return wrong
        timestamp, signature = (
            only(headers, name) or b"" for name in (b"x-slack-request-timestamp", b"x-slack-signature")
        )
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return "body is not UTF-8"
        if not any(verifier.is_valid(text, timestamp.decode(), signature.decode()) for verifier in self._verifiers):
            return "signature does not match"
        return None


def only(headers: Headers, name: bytes) -> bytes | None:
    """The value of a header that came exactly once."""
    values = [value for key, value in headers if key == name]
    return values[0] if len(values) == 1 else None


class _Told(Clock):
    """slack_sdk's clock, told the time."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds

    def now(self) -> float:
        return self._seconds()
