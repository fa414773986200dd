"""What every Web API method needs at hand: the workspace, the tokens, and tickets handed out (triggers, reply URLs)."""

import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground import block_checks
from bot.playground.people import BOT_USER, Channel
from bot.playground.workspace import Json, PostedMessage, Workspace

MOST_TEXT = 40_000  # characters; longer is msg_too_long
LATE_AFTER = 30 * 60  # seconds a response_url lives
USES = 5


class DeskRefused(Exception):
    """Slack says ok:false. `more` goes into the answer beside the error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


@dataclass
class Trigger:
    user: str
    ends_at: float
    used: bool = False


@dataclass
class ReplyUrl:
    """`source` is the message whose button was pressed, or what the command's ack showed."""

    channel: str
    user: str
    ends_at: float
    source: PostedMessage | None = None
    uses: int = 0


@dataclass
class WorkspaceDesk:
    """One a far end. `scopes=None` means every scope is granted; `refusals` is given to each new upload.

    Tickets live in `real` time: moving the workspace's clock ends none of them.
    """

    workspace: Workspace
    bot_token: str
    app_token: str
    scopes: frozenset[str] | None = None
    real: Callable[[], float] = time.time
    trigger_seconds: float = 3.0
    refusals: int = 0
    origin: str = ""
    clock_skew_seconds: float = 0.0
    socket_url: Callable[[], str] = lambda: ""
    revoked: set[str] = field(default_factory=set)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    reply_urls: dict[str, ReplyUrl] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def new_trigger(self, user: str) -> str:
        trigger_id = f"{self.workspace.number():010d}.{self.workspace.number():010d}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = Trigger(user, self.real() + self.trigger_seconds)
        return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """The user it was made for. A trigger is good once, for three seconds."""
        with self.lock:
            trigger = self.triggers.get(trigger_id)
            if trigger is None:
                raise DeskRefused("invalid_trigger_id")
            if trigger.used:
                raise DeskRefused("exchanged_trigger_id")
            if self.real() > trigger.ends_at:
                raise DeskRefused("expired_trigger_id")
            trigger.used = True
            return trigger.user

    def new_reply_url(self, kind: str, channel: str, user: str, source: PostedMessage | None = None) -> str:
        """`kind` is commands or actions, as in Slack's own addresses."""
        url = f"{self.origin}/{kind}/T0SAMPLE1/{self.workspace.number()}/{secrets.token_hex(12)}"
        self.reply_urls[url] = ReplyUrl(channel, user, self.real() + LATE_AFTER, source)
        return url

    def expire(self, ticket: str) -> None:
        """Let a trigger_id or a response_url be too old from now on."""
        past = self.real() - 1
        if ticket in self.triggers:
            self.triggers[ticket].ends_at = past
        else:
            self.reply_urls[ticket].ends_at = past

    def channel(self, channel_id: Any) -> Channel:
        """Where the bot may post, or the error Slack gives. A person's id means the direct message with them."""
        if channel_id in self.workspace.people:
            return self.workspace.open_dm(str(channel_id))[0]
        channel = self.workspace.channels.get(str(channel_id))
        if channel is None:
            raise DeskRefused("channel_not_found")
        if BOT_USER not in channel.members:
            raise DeskRefused("not_in_channel" if channel.kind == "public" else "channel_not_found")
        if channel.is_archived:
            raise DeskRefused("is_archived")
        return channel

    def content(self, args: Json, most_text: int = MOST_TEXT) -> tuple[str, tuple[Json, ...]]:
        """(text, blocks) of a message, judged."""
        text, blocks = args.get("text") or "", args.get("blocks") or []
        if not text and not blocks:
            raise DeskRefused("no_text")
        if len(text) > most_text:
            raise DeskRefused("msg_too_long")
        refuse_if(block_checks.message_problems(blocks, self.workspace.file_for_block))
        return str(text), self.named(blocks)

    def named(self, blocks: Any) -> tuple[Json, ...]:
        """Slack gives every block without a block_id one."""
        return tuple(
            each if each.get("block_id") else {**each, "block_id": f"b{self.workspace.number():05d}"} for each in blocks
        )

    def new_message(self, channel: str, content: tuple[str, tuple[Json, ...]], by: str, **more: Any) -> PostedMessage:
        text, blocks = content
        ts = self.workspace.new_ts()
        return self.workspace.post(PostedMessage(channel, ts, BOT_USER, text, blocks, by=by, **more))


def refuse_if(problems: list[str]) -> None:
    if problems:
        raise DeskRefused("invalid_blocks", errors=problems, response_metadata={"messages": problems})


def unpacked(value: Any) -> Any:
    """A JSON string of a form field (blocks, view, files) as what it holds; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise DeskRefused("invalid_arguments", response_metadata={"messages": ["[ERROR] must be valid JSON"]}) from None
