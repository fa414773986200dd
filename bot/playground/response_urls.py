"""Late answers: what a bot posts to a response_url, and what it puts into the ack of a command."""

import json
from typing import Any

from bot.playground.desk import USES, DeskRefused, ReplyUrl, WorkspaceDesk
from bot.playground.loopback import Answer, as_json
from bot.playground.workspace import Json, PostedMessage


def take(desk: WorkspaceDesk, url: str, body: Json) -> Answer:
    """Five uses in 30 minutes; then 404 used_url or expired_url."""
    with desk.lock:
        ticket = desk.reply_urls.get(url)
        if ticket is None:
            return Answer(404, b"no_service")
        if desk.real() > ticket.ends_at:
            return as_json({"ok": False, "error": "expired_url"}, 404)
        if ticket.uses >= USES:
            return as_json({"ok": False, "error": "used_url"}, 404)
        ticket.uses += 1
    try:
        _follow(desk, ticket, body)
    except DeskRefused as refused:
        return as_json({"ok": False, "error": refused.error, **refused.more}, 400)
    return Answer(200, b"ok", {"Content-Type": "text/html"})


def _follow(desk: WorkspaceDesk, ticket: ReplyUrl, body: Json) -> None:
    if body.get("delete_original") and ticket.source:
        desk.workspace.delete(ticket.source)
    elif body.get("replace_original") and ticket.source:
        # An ephemeral message stays ephemeral whatever response_type says.
        desk.workspace.edit(ticket.source, *desk.content(body))
    else:
        shown = show(desk, ticket, body, "response_url")
        ticket.source = ticket.source or shown


def show(desk: WorkspaceDesk, ticket: ReplyUrl, body: Json, by: str) -> PostedMessage:
    """Ephemeral unless in_channel; works where the bot is no member."""
    only_for = None if body.get("response_type") == "in_channel" else ticket.user
    thread_ts = body.get("thread_ts")
    return desk.new_message(ticket.channel, desk.content(body), by, only_for=only_for, thread_ts=thread_ts)


def show_ack(desk: WorkspaceDesk, url: str, body: bytes, content_type: str) -> PostedMessage | None:
    """What the ack of a slash command shows: JSON or plain text; nothing when it is empty. Raises `Refused`."""
    if not body.strip():
        return None
    ticket = desk.reply_urls[url]
    said: Any = json.loads(body) if "json" in content_type else {"text": body.decode()}
    if not isinstance(said, dict) or not (said.get("text") or said.get("blocks")):
        return None
    ticket.source = show(desk, ticket, said, "ack")
    return ticket.source
