"""The Slack door: every request of Slack comes in here."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.kwargs_injection.args import Args
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient

from bot.entrypoints.slack import shapes
from bot.entrypoints.slack.guard import Guard, Headers, only

REFUSED = '{"error": "invalid request"}'
PASSED_ON = ("content-type", "x-slack-retry-num", "x-slack-retry-reason")
BROKEN_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
ANY = re.compile("")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HttpReply:
    status: int
    body: str
    content_type: str = "application/json"


def receiver(app: App, guard: Guard) -> Callable[[Headers, bytes], HttpReply]:
    """Answers one HTTP request, from its raw headers and its body. Never raises."""

    def receive(headers: Headers, body: bytes) -> HttpReply:
        objection = guard.objection(headers, body)
        if objection is not None:
            log.warning("request refused with 401: %s (%d bytes)", objection, len(body))
            return HttpReply(401, REFUSED)
        request = _request(headers, body.decode())
        if request is None:
            log.warning("request refused with 400: it can't be read (%d bytes)", len(body))
            return HttpReply(400, REFUSED)
        wrong = shapes.fault(request.body)
        if wrong is not None:
            log.warning("request refused with 400: a field is missing or of another type (%d bytes)", len(body))
            return HttpReply(400, REFUSED)
        answer = app.dispatch(request)
        return HttpReply(answer.status, answer.body, answer.first_headers()["content-type"])

    return receive


def glance(guard: Guard) -> Callable[[Headers], HttpReply | None]:
    """The same answer from the headers alone, where they say enough: before anybody waits for a body."""

    def refused(headers: Headers) -> HttpReply | None:
        objection = guard.glance(headers)
        if objection is None:
            return None
        log.warning("request refused with 401: %s (0 bytes)", objection)
        return HttpReply(401, REFUSED)

    return refused


def _request(headers: Headers, body: str) -> BoltRequest | None:
    """None for a form or JSON that is broken, though signed."""
    known = {name: (only(headers, name.encode()) or b"").decode("latin-1") for name in PASSED_ON}
    try:
        if not known["content-type"].startswith("application/json"):
            _check_form(body)
        return BoltRequest(body=body, headers={name: value for name, value in known.items() if value})
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None


def _check_form(body: str) -> None:
    """Raises ValueError where parse_qsl, as Bolt calls it, would guess."""
    if BROKEN_PERCENT.search(body):
        raise ValueError("broken percent encoding")
    parse_qsl(body, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=100)


def bolt(base_url: str) -> App:
    """Nobody listens yet. It makes no call and gets no token: what is said to Slack goes through Posts."""
    quiet = logging.getLogger("bot.slack.bolt")
    # Below WARNING Bolt and slack_sdk write whole payloads; at it Bolt only says that the environment has a token, too.
    quiet.setLevel(logging.ERROR)
    return App(
        name="bot.slack.bolt",
        logger=quiet,
        client=WebClient(base_url=base_url, retry_handlers=[], logger=quiet),
        authorize=_authorize,
        process_before_response=True,
        request_verification_enabled=False,  # the guard has done it
        ssl_check_enabled=False,  # it would answer 200 to anybody
    )


def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def _unknown(args: Args) -> BoltResponse:
    """Something this version has no use for: Slack need not send it again."""
    kind = str(args.body.get("type") or args.body.get("command"))
    log.info("nothing to do for a request of type %s", re.sub(r"[^a-z_/]", "?", kind)[:40])
    return BoltResponse(status=200)


def ignore_the_rest(app: App) -> None:
    """After all listeners: Bolt asks them in the order they came in."""
    for anything_else in (app.command, app.action, app.view, app.view_closed, app.event, app.shortcut, app.options):
        anything_else(ANY)(_unknown)
