"""What can go wrong between us and Slack, by what the caller may do next. None holds a message or a token."""

import re

CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
REVOKED = {"token_revoked", "account_inactive", "invalid_auth", "token_expired", "app_uninstalled"}
NOT_READY = {"invalid_blocks", "invalid_blocks_format"}
LINK_GONE = {"expired_url", "used_url", "no_service"}
LIMITED = {"ratelimited", "rate_limited"}
BROKEN = {"internal_error", "fatal_error", "service_unavailable"}


class PostFailed(Exception):
    """`code` is Slack's error word (or ours for a broken wire), safe to log and store."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CantPost(PostFailed):
    """Slack said no: not_in_channel, channel_not_found, is_archived, message_not_found, missing_scope, ..."""


class NotReady(PostFailed):
    """invalid_blocks: a picture in them is not processed yet (Slack has no other word for that), or they are wrong."""


class Revoked(PostFailed):
    """Our token for this workspace is no longer good: stop its work, and do not try again."""


class RateLimited(PostFailed):
    """Slack said 429, more often than we were ready to wait; nothing was posted. `retry_after` in seconds, if given."""

    def __init__(self, code: str = "ratelimited", retry_after: float | None = None) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class Unreachable(PostFailed):
    """No connection: surely nothing was posted."""


class Unsure(PostFailed):
    """Time-out, connection dropped or 5xx after sending: it may have happened."""


class LinkExpired(PostFailed):
    """A response_url older than 30 minutes, or used five times: post some other way."""


class WrongAddress(PostFailed):
    """An address that is not Slack's: it was not followed."""

    def __init__(self) -> None:
        super().__init__("wrong_address")


def refusal(status: int, code: object, retry_after: str | None = None) -> PostFailed:
    """The failure for an answer that is no success: HTTP status, Slack's `error` word, and the Retry-After header."""
    word = code if isinstance(code, str) and CODE.fullmatch(code) else f"status_{status}"
    if status == 429 or word in LIMITED:
        return RateLimited(word, _seconds(retry_after))
    # A success without a readable answer was very likely carried out.
    if status >= 500 or word in BROKEN or word.startswith("status_2"):
        return Unsure(word)
    if word in REVOKED:
        return Revoked(word)
    if word in NOT_READY:
        return NotReady(word)
    return LinkExpired(word) if word in LINK_GONE else CantPost(word)


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and re.fullmatch(r"[0-9]{1,9}", retry_after) else None
