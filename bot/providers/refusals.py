"""Reads an answer that is not a 200: which failure it is, and so what is known about the bill.

Source of the table: facts of the Images API as of 2026-11-22 (types and codes of openai 3.54, threads, changelog).
Only the status and short code words are kept: the message may hold part of our key or of the prompt.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from bot.providers import BadRequest, ImageBlocked, NoMoney, PaintingFailed, ProviderBusy, ProviderRefused, Unclear

MONEY = {
    "insufficient_quota",
    "credit_balance_exhausted",
    "project_spend_limit_exceeded",
    "organization_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "billing_hard_limit_reached",
    "billing_not_active",
}
COME_BACK = {"rate_limit_exceeded", "slow_down"}
MODERATION = {"moderation_blocked", "content_policy_violation"}
GONE = {"model_not_found", "model_not_available"}
STAGES = {"input", "output"}
CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
SECONDS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")


def failure(status: int, body: bytes, headers: Mapping[str, str], request_id: str | None) -> PaintingFailed:
    """`headers` must be readable in any case of letters."""
    error = _error(body)
    codes = {code for code in (_code_word(error.get("code")), _code_word(error.get("type"))) if code}
    code = _code_word(error.get("code")) or _code_word(error.get("type")) or f"status_{status}"
    if status == 402 or (status in (400, 403, 429) and codes & MONEY):
        return NoMoney(code, request_id)
    if status == 429:
        return ProviderBusy(code, retry_after(headers), may_repeat=bool(codes & COME_BACK), request_id=request_id)
    if status in (408, 409) or status >= 500 or status < 300:
        return Unclear(code, request_id, status)
    if status == 400:
        return _bad_request(code, codes, error, request_id)
    if status in (401, 403, 404) or status < 400:
        return ProviderRefused(code, request_id)
    return BadRequest(code, request_id)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from `retry-after-ms` or `retry-after`; None when absent or no plain number."""
    milliseconds = headers.get("retry-after-ms", "")
    if SECONDS.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    seconds = headers.get("retry-after", "")
    return float(seconds) if SECONDS.fullmatch(seconds) else None


def _bad_request(code: str, codes: set[str], error: dict[str, Any], request_id: str | None) -> PaintingFailed:
    if codes & MODERATION:
        return ImageBlocked(_stage(error.get("moderation_details")), request_id)
    message = error.get("message")
    if codes & GONE or (isinstance(message, str) and "does not exist" in message and "model" in message.lower()):
        return ProviderRefused("model_not_found", request_id)
    return BadRequest(code, request_id)


def _stage(details: object) -> str:
    stage = details.get("moderation_stage") if isinstance(details, dict) else None
    return str(stage) if stage in STAGES else "unknown"


def _error(body: bytes) -> dict[str, Any]:
    """The inner `error` object, or an empty one for HTML, nothing or anything else."""
    try:
        whole = from_json(body)
    except ValueError:
        return {}
    error = whole.get("error") if isinstance(whole, dict) else None
    return error if isinstance(error, dict) else {}


def _code_word(value: object) -> str | None:
    return value if isinstance(value, str) and CODE.fullmatch(value) else None
