"""Requests to the bot over HTTP, signed as Slack signs them, and the answer that came back."""

import hashlib
import hmac
import http.client
import json
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.playground.loopback import only_loopback
from bot.playground.workspace import Json, PostedMessage, View

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sent:
    """One request to the bot, kept so that the very same one can be sent again. `kind` as in Socket Mode."""

    kind: str  # slash_commands, interactive, events_api or raw
    payload: Json
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    envelope_id: str = ""


@dataclass(frozen=True)
class Reply:
    """How the bot answered. `status` is 0 when no answer came in time or the connection broke.

    shown     the message the ack of a command put before the person, if any
    problems  what Slack would have refused in the ack (its blocks, unknown fields of errors)
    view      after a submission: the view as it then stands (with `errors`), or the one pushed or put in its place
    """

    status: int
    body: bytes
    headers: Mapping[str, str]
    seconds: float
    sent: Sent
    shown: PostedMessage | None = None
    problems: tuple[str, ...] = ()
    view: View | None = None

    @property
    def text(self) -> str:
        """The plain text a person reads; the raw body when it is no JSON."""
        said = self.json
        return str(said.get("text", "")) if isinstance(said, dict) else self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def in_time(self) -> bool:
        return self.status == 200


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """v0 HMAC-SHA256 over v0:timestamp:body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Signed:
    """Sends to `bot_url` + `path`. `seconds` is how long Slack waits for an answer."""

    def __init__(self, secret: str, now: Callable[[], float], path: str, seconds: float) -> None:
        self.secret = secret
        self.seconds = seconds
        self._now = now
        self._path = path
        self._host, self._port = "", 0

    def aim(self, bot_url: str) -> None:
        parts = urlsplit(bot_url)
        self._host, self._port = only_loopback(parts.hostname), parts.port or 80

    def prepared(
        self, kind: str, payload: Json, timestamp: str | None = None, more: Mapping[str, str] | None = None
    ) -> Sent:
        """`timestamp` in whole seconds as text; now when left out."""
        body, content_type = _encoded(kind, payload)
        stamp = timestamp if timestamp is not None else str(int(self._now()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self.secret, stamp, body),
            **(more or {}),
        }
        return Sent(kind, payload, body, headers)

    def is_up(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while True:
            try:
                socket.create_connection((self._host, self._port), self.seconds).close()
            except OSError:
                if time.monotonic() >= until:
                    return False
                time.sleep(0.2)
            else:
                return True

    def send(self, sent: Sent) -> Reply:
        started = time.monotonic()
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self.seconds)
        try:
            connection.request("POST", self._path, sent.body, dict(sent.headers))
            answer = connection.getresponse()
            body, headers = answer.read(), {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, body, headers, time.monotonic() - started, sent)
        except (OSError, http.client.HTTPException) as error:
            return Reply(0, b"", {"error": repr(error)}, time.monotonic() - started, sent)
        finally:
            connection.close()


def _encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "slash_commands":
        return urlencode(payload).encode(), FORM
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), FORM
    return json.dumps(payload).encode(), "application/json"


def with_retry(sent: Sent, number: int, reason: str) -> Sent:
    """The same request with the headers of a repeated delivery."""
    more = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
    return replace(sent, headers={**sent.headers, **more})
