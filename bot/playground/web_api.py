"""Slack's HTTP side: every request of the bot is parsed, checked, answered or broken on purpose, and kept."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from bot.playground import chats, modals, response_urls, uploads
from bot.playground.clock import SharedClock
from bot.playground.desk import DeskRefused, WorkspaceDesk, unpacked
from bot.playground.faults import Fault, Faults
from bot.playground.loopback import LOST, Answer, Request, as_json
from bot.playground.workspace import Call, Json


@dataclass(frozen=True)
class Method:
    do: Callable[[WorkspaceDesk, Json], Json]
    scope: str | None = None


def connections_open(desk: WorkspaceDesk, _args: Json) -> Json:
    return {"url": desk.socket_url()}


METHODS = {
    "api.test": Method(chats.api_test),
    "apps.connections.open": Method(connections_open),
    "auth.test": Method(chats.auth_test),
    "chat.delete": Method(chats.delete, "chat:write"),
    "chat.postEphemeral": Method(chats.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(chats.post_message, "chat:write"),
    "chat.update": Method(chats.update, "chat:write"),
    "conversations.info": Method(chats.conversations_info, "channels:read"),
    "conversations.open": Method(chats.conversations_open, "im:write"),
    "files.completeUploadExternal": Method(uploads.complete, "files:write"),
    "files.getUploadURLExternal": Method(uploads.get_upload_url, "files:write"),
    "team.info": Method(chats.team_info, "team:read"),
    "users.info": Method(chats.users_info, "users:read"),
    "views.open": Method(modals.open_),
    "views.publish": Method(modals.publish),
    "views.push": Method(modals.push),
    "views.update": Method(modals.update),
}
SCOPES = {method.scope for method in METHODS.values() if method.scope} | {
    *("app_mentions:read", "commands", "groups:read", "im:history")
}
PACKED = ("blocks", "view", "attachments", "metadata")  # JSON strings when they come in a form


@dataclass(frozen=True)
class Attempt:
    """One request under way: what was asked, by whom, and the fault that waits for it."""

    name: str
    args: Json
    token: str
    fault: Fault | None


class WebApi:
    """`answer` is what the loopback server calls."""

    def __init__(
        self, desk: WorkspaceDesk, faults: Faults, clock: SharedClock, stopping: Callable[[], threading.Event]
    ) -> None:
        self.desk = desk
        self.clock = clock
        self.faults = faults
        self.released = threading.Event()
        self.control: Callable[[Request], Answer] | None = None  # answers /_control/ when it runs as its own process
        self._stopping = stopping

    def answer(self, request: Request) -> Answer:
        if request.path.startswith("/api/"):
            answer = self._method(request.path.removeprefix("/api/"), request)
        elif request.path.startswith("/upload/"):
            answer = self._other("upload", {"path": request.path}, lambda: uploads.take(self.desk, request))
        elif request.path.startswith(("/commands/", "/actions/")):
            body, url = json.loads(request.body or b"{}"), self.desk.origin + request.path
            answer = self._other("response_url", body, lambda: response_urls.take(self.desk, url, body))
        elif request.path.startswith("/files/"):
            answer = uploads.give(self.desk, request)
        elif request.path == "/clock":
            answer = self.clock.answer(request)
        elif request.path.startswith("/_control/") and self.control:
            answer = self.control(request)
        else:
            answer = Answer(404, b"not found")
        return replace(answer, clock_skew_seconds=self.desk.clock_skew_seconds)

    def _method(self, name: str, request: Request) -> Answer:
        attempt = Attempt(name, {}, "", self.faults.take(name))
        try:
            args = _arguments(request)
            attempt = replace(attempt, token=_token(request, args), args=args)
            method = self._allowed(name, attempt.token)
            if attempt.fault and not attempt.fault.worked:
                return self._broken(attempt, attempt.fault)
            said: Json = {"ok": True, **self._do(method, args, attempt.fault)}
        except DeskRefused as refused:
            said = {"ok": False, "error": refused.error, **refused.more}
        answer = as_json(said)
        granted = {"X-OAuth-Scopes": ",".join(sorted(SCOPES if self.desk.scopes is None else self.desk.scopes))}
        return self._bent(attempt, replace(answer, headers={**answer.headers, **granted}))

    def _do(self, method: Method, args: Json, fault: Fault | None) -> Json:
        if method.do is uploads.complete:
            return uploads.complete(self.desk, args, shared=not (fault and fault.unshared))
        return method.do(self.desk, args)

    def _allowed(self, name: str, token: str) -> Method:
        desk = self.desk
        if not token:
            raise DeskRefused("not_authed")
        if token in desk.revoked:
            raise DeskRefused("token_revoked")
        if token not in (desk.bot_token, desk.app_token):
            raise DeskRefused("invalid_auth")
        if name not in METHODS:
            raise DeskRefused("unknown_method", req_method=name)
        if (token == desk.app_token) != (name == "apps.connections.open"):
            raise DeskRefused("not_allowed_token_type")
        method = METHODS[name]
        if desk.scopes is not None and method.scope and method.scope not in desk.scopes:
            raise DeskRefused("missing_scope", needed=method.scope, provided=",".join(sorted(desk.scopes)))
        return method

    def _other(self, name: str, payload: Json, do: Callable[[], Answer]) -> Answer:
        """An upload or a response_url: no token, no ok:true."""
        attempt = Attempt(name, payload, "", self.faults.take(name))
        if attempt.fault and not attempt.fault.worked:
            return self._broken(attempt, attempt.fault)
        return self._bent(attempt, do())

    def _broken(self, attempt: Attempt, fault: Fault) -> Answer:
        """Nothing was done."""
        said = {"ok": False, "error": fault.error, **fault.more} if fault.error else None
        return self._given(attempt, as_json(said or {}, fault.status or 200, fault.headers), said, worked=False)

    def _bent(self, attempt: Attempt, answer: Answer) -> Answer:
        """What was asked is done, or was refused; the answer may still get lost, come late or be wrong."""
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        said = json.loads(answer.body) if is_json else None
        worked = answer.status == 200 and (said is None or bool(said.get("ok")))
        fault = attempt.fault
        if fault and fault.status:
            said = {"ok": False, "error": fault.error}
            answer = as_json(said, fault.status, fault.headers)
        return self._given(attempt, answer, said, worked)

    def _given(self, attempt: Attempt, answer: Answer, said: Json | None, worked: bool) -> Answer:
        fault = attempt.fault or Fault()
        silent = fault.lost or fault.hangs
        status, told = (0, None) if silent else (answer.status, said)
        now = self.desk.workspace.now()
        self.desk.workspace.record(Call(attempt.name, attempt.args, attempt.token, status, told, worked, now))
        if fault.seconds:
            self._stopping().wait(fault.seconds)
        if fault.hangs:
            self.released.wait()
        return LOST if silent else answer


def _arguments(request: Request) -> Json:
    """Form or JSON, by content type; the query counts too."""
    kind = request.headers.get("content-type", "")
    args: Json = dict(request.query)
    if "json" in kind:
        try:
            args.update(json.loads(request.body or b"{}"))
        except ValueError:
            raise DeskRefused("invalid_json") from None
    else:
        args.update(parse_qsl(request.body.decode(), keep_blank_values=True))
    return {name: unpacked(value) if name in PACKED else value for name, value in args.items()}


def _token(request: Request, args: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme == "Bearer" else str(args.pop("token", ""))
