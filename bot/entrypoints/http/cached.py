"""Answers that a program may keep for a while and ask for again by their tag."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.entrypoints.http.bodies import JSON

LONGEST_SECONDS = 3600


def answer(request: Request, values: Mapping[str, Any], now: datetime) -> Response:
    """Whole, or 304 for who has it already. Good for an hour, and never past the UTC day, since days are in it."""
    body = json.dumps(values).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": f"private, max-age={_seconds(now)}"}
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers={"content-type": JSON, **headers})


def _has(request: Request, tag: str) -> bool:
    """By the weak comparison: W/ in front means the same to who only reads."""
    tags = ",".join(request.headers.getlist("if-none-match")).split(",")
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in tags)


def _seconds(now: datetime) -> int:
    midnight = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), datetime.min.time(), UTC)
    return min(LONGEST_SECONDS, int((midnight - now).total_seconds()))
