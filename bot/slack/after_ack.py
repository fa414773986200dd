"""Says something to who pressed a button, after the ack: through its response_url, or without once that is used up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.slack.failures import PostFailed, Unsure
from bot.slack.message import Message, View
from bot.slack.posts import Posts
from bot.slack.windows import modal, topped

# Runs a task on a thread after the ack; lost when the process ends, so for words only.
Later = Callable[[Callable[[], None]], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AnswerPlace:
    """Where a press came from. Its `reply_url` works where the bot is no member, for 30 minutes and five times.

    `replaces`: the message is seen by this person alone, so the answer takes its place. `window`: the one it was
    pressed in, which shows the answer.
    """

    reply_url: str | None
    channel_id: str | None
    person_id: str
    thread_ts: str | None = None
    replaces: bool = False
    window: View | None = None


def pressed_at(args: Args) -> AnswerPlace:
    container = args.body.get("container") or {}
    context = args.context
    alone = container.get("is_ephemeral") is True
    channel_id = context.channel_id or of_home(args.body)
    view = args.body.get("view") or {}
    window = view if view.get("type") == "modal" else None
    thread_ts = container.get("thread_ts")
    return AnswerPlace(context.response_url, channel_id, context.user_id or "", thread_ts, alone, window)


def of_home(body: dict[str, Any]) -> str | None:
    """What is pressed on Home is done in our direct conversation, which the Home carries."""
    view = body.get("view") or {}
    return (view.get("private_metadata") or None) if view.get("type") == "home" else None


def tell(posts: Posts, to: AnswerPlace, message: Message, *, for_all: bool = False, beside: bool = False) -> None:
    """`beside`: it takes nobody's place, such as an error. Never raises: what can't be said is logged."""
    try:
        if to.window is not None:
            posts.update_view(to.window["id"], _in_window(to.window, message, beside))
        elif not _replied(posts, to, message, for_all, to.replaces and not (for_all or beside)):
            _posted(posts, to, message, for_all)
    except PostFailed as failed:
        log.warning("an answer could not be said: %s", failed.code)


def _in_window(window: View, message: Message, beside: bool) -> View:
    if beside:
        return topped(window, message.blocks)
    return modal((window.get("title") or {}).get("text") or "imagelane", message.blocks)


def _replied(posts: Posts, to: AnswerPlace, message: Message, for_all: bool, replace: bool) -> bool:
    if not to.reply_url:
        return False
    try:
        posts.respond(to.reply_url, message.text, message.blocks, in_channel=for_all, replace=replace)
    except Unsure:
        if for_all:  # it may stand there already: better once or not at all than twice
            raise
        return False
    except PostFailed as failed:
        log.info("response_url refused: %s", failed.code)
        return False
    return True


def _posted(posts: Posts, to: AnswerPlace, message: Message, for_all: bool) -> None:
    if to.channel_id is None:
        log.warning("an answer had no place to go")
    elif for_all:
        posts.post(to.channel_id, message.text, message.blocks, to.thread_ts)
    else:
        posts.ephemeral(to.channel_id, to.person_id, message.text, message.blocks, to.thread_ts)
