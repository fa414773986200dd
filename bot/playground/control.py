"""The far end as its own process: its arguments, and a small JSON door under /_control for whoever drives it."""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from bot.playground.far_end import FarEnd, fresh_numbers
from bot.playground.faults import Fault
from bot.playground.loopback import Answer, Request, as_json
from bot.playground.signed import Reply

HEED_SECONDS = 0.5
ACTS = ("command", "mention", "move_clock", "open_home", "say")


def main() -> None:
    """Print {"base_url", "clock_url", "control_url"} on one line, then serve until SIGTERM or SIGINT."""
    words = argparse.ArgumentParser(description="A local Slack for this machine alone.")
    words.add_argument("--port", type=int, default=0)
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--bot", help="the bot's address; without it, Socket Mode")
    chosen = words.parse_args()
    try:
        slack = FarEnd(chosen.bot, host=chosen.host, port=chosen.port, first_number=fresh_numbers())
    except ValueError as error:
        words.error(str(error))
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    slack.web_api.control = door(slack)
    with slack:
        control_url = f"{slack.desk.origin}/_control/"
        line = {"base_url": slack.base_url, "clock_url": slack.clock_url, "control_url": control_url}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        while not ended.wait(HEED_SECONDS):  # a signal given to another thread does not wake this one
            pass


def door(slack: FarEnd) -> Callable[[Request], Answer]:
    """GET state; POST faults {method, times, ...fields of Fault}; POST do {act, ...its arguments}.

    Only for a Host of this machine and JSON bodies, so that a page in a browser elsewhere cannot reach it.
    """

    def answer(request: Request) -> Answer:
        if request.headers.get("host") != slack.desk.origin.removeprefix("http://"):
            return as_json({"error": "wrong host"}, 403)
        if request.method == "GET" and request.path == "/_control/state":
            return as_json(state(slack))
        if request.method != "POST" or "json" not in request.headers.get("content-type", ""):
            return as_json({"error": "POST JSON"}, 415)
        wanted = json.loads(request.body)
        if request.path == "/_control/faults":
            method, times = wanted.pop("method"), wanted.pop("times", 1)
            slack.fail(method, Fault(**wanted), times)
            return as_json({"ok": True})
        if request.path == "/_control/do" and wanted.get("act") in ACTS:
            return as_json(_told(getattr(slack, wanted.pop("act"))(**wanted)))
        return as_json({"error": "unknown"}, 404)

    return answer


def state(slack: FarEnd) -> dict[str, Any]:
    """Everything that can be seen, as JSON; bytes of files by their length."""
    workspace = slack.workspace
    with workspace.changed:
        return {
            "version": workspace.version,
            "messages": [asdict(each) for each in workspace.messages(author=None)],
            "ephemerals": [asdict(each) for each in workspace.ephemerals()],
            "views": [asdict(each) for each in workspace.views.values()],
            "homes": {user: asdict(view) for user, view in workspace.homes.items()},
            "files": [{**asdict(each), "data": None, "kind": each.kind} for each in workspace.files.values()],
            "calls": [{**asdict(each), "token": ""} for each in workspace.calls],
        }


def _told(done: object) -> dict[str, Any]:
    if not isinstance(done, Reply):
        return {"done": True}
    return {"status": done.status, "text": done.body.decode(), "problems": done.problems, "seconds": done.seconds}
