"""The wire to Slack: which addresses are Slack's, no redirects, no repeats, and what a broken connection means."""

import json
import logging
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, getproxies

from slack_sdk import WebClient

from bot.slack.failures import PostFailed, Unreachable, Unsure, WrongAddress

SLACK_HOSTS = ("slack.com", "files.slack.com", "hooks.slack.com")
NEVER_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
MOST_BYTES = 4 * 1024 * 1024


def is_slack(url: str, base_url: str) -> bool:
    """True for https on Slack's own hosts, and for the exact scheme, host and port of the configured base URL."""
    try:
        asked, base = urlsplit(url), urlsplit(base_url)
        if asked.username is not None or asked.password is not None or not _plain(url):
            return False
        place = (asked.scheme, asked.hostname, asked.port or _port(asked.scheme))
        ours = (base.scheme, base.hostname, base.port or _port(base.scheme))
    except ValueError:
        return False
    return place == ours or place in {("https", host, 443) for host in SLACK_HOSTS}


def _plain(url: str) -> bool:
    """Parsers differ on backslashes, blanks and control characters; Slack's addresses have none of them."""
    return url.isascii() and url.isprintable() and not set(url) & set("\\ ")


def _port(scheme: str) -> int | None:
    return {"https": 443, "http": 80}.get(scheme)


def _opener() -> OpenerDirector:
    """Gives back each answer as it is: no status raises, no redirect is followed (urllib sends the token along).

    Plain http is for this machine alone (settings), so it never goes through a proxy.
    """
    director = OpenerDirector()
    proxies = {scheme: proxy for scheme, proxy in getproxies().items() if scheme == "https"}
    for handler in (ProxyHandler(proxies), HTTPHandler(), HTTPSHandler()):
        director.add_handler(handler)
    return director


class Client(WebClient):
    """slack_sdk's client without repeats (it posts twice), redirects and logs (at DEBUG it writes whole messages)."""

    def __init__(self, token: str, base_url: str, seconds: int) -> None:
        silent = logging.Logger("slack_sdk", logging.CRITICAL + 1)
        super().__init__(token=token, base_url=base_url, timeout=seconds, retry_handlers=[], logger=silent)
        self._opener = _opener()

    def _perform_urllib_http_request_internal(self, _: str, req: Request) -> dict[str, Any]:
        """The one place where slack_sdk opens a connection; it has no setting for redirects."""
        answer = _exchange(self._opener, req, self.timeout)
        body = answer.body.decode("utf-8", "replace")
        told = {"retry-after": answer.retry_after, "date": answer.date, "x-oauth-scopes": answer.scopes}
        headers = {name: value for name, value in told.items() if value}
        # slack_sdk trips over a JSON list; anything but an object is no answer.
        return {"status": answer.status, "headers": headers, "body": body if body.lstrip().startswith("{") else ""}


@dataclass(frozen=True)
class SlackAnswer:
    status: int
    body: bytes
    retry_after: str | None
    date: str | None = None
    scopes: str | None = None

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def send(url: str, body: bytes, content_type: str, base_url: str, seconds: float) -> SlackAnswer:
    """POST to an address that came from outside, once, if it is Slack's. Raises WrongAddress, Unreachable or Unsure."""
    if not is_slack(url, base_url):
        raise WrongAddress
    request = Request(url, data=body, headers={"Content-Type": content_type}, method="POST")  # noqa: S310 - checked above
    try:
        return _exchange(_opener(), request, seconds)
    except (OSError, HTTPException) as broken:
        raise lost(broken) from None


def _exchange(through: OpenerDirector, request: Request, seconds: float) -> SlackAnswer:
    """The answer whatever its status; urllib's errors when there is none."""
    with through.open(request, timeout=seconds) as answer:
        headers = answer.headers
        told = (headers.get("Retry-After"), headers.get("Date"), headers.get("X-OAuth-Scopes"))
        return SlackAnswer(answer.status, answer.read(MOST_BYTES), *told)


def moment(date: str | None) -> datetime | None:
    """What a Date header says, in UTC and to the second; None for anything but the one form HTTP has."""
    try:
        return datetime.strptime(date or "", "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None


def lost(broken: Exception) -> PostFailed:
    """No answer: nothing was sent when no connection stood; otherwise nobody can tell."""
    reason = broken.reason if isinstance(broken, URLError) else None
    if isinstance(reason, NEVER_SENT):
        return Unreachable("unreachable")
    return Unsure("timeout" if isinstance(broken, TimeoutError) or isinstance(reason, TimeoutError) else "cut")
