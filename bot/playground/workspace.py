"""What this Slack knows: people, channels, messages, files, views, and every call it got, in order."""

import itertools
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.playground.people import BOT_USER, Channel, SamplePerson, sample_channels, sample_people

T = TypeVar("T")
Json = dict[str, Any]


@dataclass(frozen=True)
class Edit:
    """What a message said before it was changed."""

    text: str
    blocks: tuple[Json, ...]


@dataclass(frozen=True)
class PostedMessage:
    """One message as it stands. `only_for` names the one person who sees an ephemeral; None means all in the channel.

    `by` tells how it came: chat.postMessage, chat.postEphemeral, ack, response_url, file or person. `at` is what the
    clock here showed then, in seconds since 1970; `ts` only ever rises.
    """

    channel: str
    ts: str
    author: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    only_for: str | None = None
    files: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    deleted: bool = False
    by: str = "person"
    at: float = 0.0

    @property
    def payload(self) -> Json:
        """The message as Slack puts it into payloads and answers."""
        body: Json = {"type": "message", "user": self.author, "ts": self.ts, "text": self.text}
        if self.author == BOT_USER:
            body["bot_id"] = "B0SAMPLEBOT"
        if self.blocks:
            body["blocks"] = list(self.blocks)
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.edits:
            body["edited"] = {"user": self.author, "ts": self.ts}
        return body

    def elements(self, action_id: str) -> list[tuple[Json, Json]]:
        """(block, element) of every interactive element with that action_id, in order."""
        return find_elements(self.blocks, action_id)


@dataclass(frozen=True)
class File:
    """An upload. `refusals` counts how often a slack_file block is still refused before the file is processed."""

    id: str
    name: str
    length: int
    alt_text: str = ""
    data: bytes | None = None
    complete: bool = False
    refusals: int = 0
    shared_in: tuple[str, ...] = ()

    @property
    def kind(self) -> str | None:
        """png, jpg or gif by the first bytes; None for what a slack_file block does not show (webp too)."""
        starts = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}
        return next((kind for start, kind in starts.items() if (self.data or b"").startswith(start)), None)


@dataclass(frozen=True)
class View:
    """A modal or a Home tab as it stands. `payload` is what the bot sent; `state` is open or closed; `chosen` is what
    a person picked outside its inputs, by block_id and action_id."""

    id: str
    user: str
    payload: Json
    hash: str
    root: str
    previous: str | None = None
    state: str = "open"
    edits: tuple[Json, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, Json] = field(default_factory=dict)

    def elements(self, action_id: str) -> list[tuple[Json, Json]]:
        return find_elements(self.payload.get("blocks") or (), action_id)


@dataclass(frozen=True)
class Call:
    """One request the bot made. `answer` is what it was told; None when it was left without an answer."""

    method: str
    payload: Json
    token: str
    status: int
    answer: Json | None
    worked: bool  # whether Slack did what was asked
    at: float


def find_elements(blocks: Any, action_id: str) -> list[tuple[Json, Json]]:
    """Those with that action_id, numbered or not: within a row each has a number of its own."""
    numbered = re.compile(rf"{re.escape(action_id)}(:\d)?")
    found: list[tuple[Json, Json]] = []
    for block in blocks:
        inside = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
        pressed = (each for each in inside if isinstance(each, dict) and each.get("action_id"))
        found.extend((block, each) for each in pressed if numbered.fullmatch(each["action_id"]))
    return found


class Workspace:
    """Every method takes the lock; every change wakes the waiters and raises `version` (a page can follow it).

    `now` is what people here see, in seconds since 1970; it may be moved at any time.
    """

    def __init__(self, now: Callable[[], float], first_number: int = 1) -> None:
        self.now = now
        self.changed = threading.Condition(threading.RLock())
        self.version = 0
        self.people: dict[str, SamplePerson] = {each.id: each for each in sample_people()}
        self.channels: dict[str, Channel] = {each.id: each for each in sample_channels()}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.calls: list[Call] = []
        self._messages: dict[tuple[str, str], PostedMessage] = {}
        self._numbers = itertools.count(first_number)
        self._last_ts = 0

    def number(self) -> int:
        """Never the same twice in this workspace: the stuff of ids."""
        with self.changed:
            return next(self._numbers)

    def new_ts(self) -> str:
        """A message's ts: seconds with six digits, unique and rising even when the clock stands still or goes back."""
        with self.changed:
            self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def touch(self) -> None:
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def wait(self, found: Callable[[], T], seconds: float = 10.0, say: str = "") -> T:
        """The first truthy answer of `found`, asked again after every change; TimeoutError when none comes.

        `found` runs while every caller of this Slack waits, so it must only look, never call.
        """
        deadline = time.monotonic() + seconds
        with self.changed:
            while not (answer := found()):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(say or f"nothing of the kind in {seconds} s; calls: {self.methods()}")
                self.changed.wait(min(left, 0.5))  # a predicate may look at things outside this workspace
            return answer

    def methods(self) -> list[str]:
        with self.changed:
            return [call.method for call in self.calls]

    def record(self, call: Call) -> None:
        with self.changed:
            self.calls.append(call)
            self.touch()

    # people and channels

    def put(self, thing: SamplePerson | Channel | File | View) -> None:
        """Add it, or replace the one with its id."""
        with self.changed:
            if isinstance(thing, SamplePerson):
                self.people[thing.id] = thing
            elif isinstance(thing, Channel):
                self.channels[thing.id] = thing
            elif isinstance(thing, File):
                self.files[thing.id] = thing
            else:
                (self.homes if thing.payload.get("type") == "home" else self.views)[
                    thing.user if thing.payload.get("type") == "home" else thing.id
                ] = thing
            self.touch()

    def change_channel(self, channel: str, **changes: Any) -> None:
        """`is_archived=True`, `members=frozenset()`, `kind="private"` and so on."""
        with self.changed:
            self.put(replace(self.channels[channel], **changes))

    def open_dm(self, user: str) -> tuple[Channel, bool]:
        """The bot's direct message with that person, and whether it was there before."""
        pair = frozenset({user, BOT_USER})
        with self.changed:
            for channel in self.channels.values():
                if channel.kind == "dm" and channel.members == pair:
                    return channel, True
            made = Channel(f"D0SAMPLE{self.number():05d}", "", "dm", pair)
            self.put(made)
            return made, False

    def file_for_block(self, file_id: str) -> File | None:
        """The file as it stands for a slack_file block; asking uses up one refusal of a file still being processed."""
        with self.changed:
            file = self.files.get(file_id)
            if file and file.refusals > 0:
                self.files[file_id] = replace(file, refusals=file.refusals - 1)
            return file

    # messages

    def post(self, message: PostedMessage) -> PostedMessage:
        with self.changed:
            posted = message if message.at else replace(message, at=self.now())
            self._messages[message.channel, message.ts] = posted
            self.touch()
            return posted

    def message(self, channel: str, ts: str) -> PostedMessage | None:
        with self.changed:
            return self._messages.get((channel, ts))

    def edit(self, message: PostedMessage, text: str, blocks: tuple[Json, ...]) -> PostedMessage:
        with self.changed:
            now = self._messages[message.channel, message.ts]
            edits = (*now.edits, Edit(now.text, now.blocks))
            return self.post(replace(now, text=text, blocks=blocks, edits=edits))

    def delete(self, message: PostedMessage) -> None:
        with self.changed:
            self.post(replace(self._messages[message.channel, message.ts], deleted=True))

    def messages(self, channel: str | None = None, author: str | None = BOT_USER) -> list[PostedMessage]:
        """Messages all can see, in order, deleted ones left out. `author=None` for everybody's."""
        with self.changed:
            return [
                each
                for each in self._messages.values()
                if each.only_for is None
                and not each.deleted
                and channel in (None, each.channel)
                and author in (None, each.author)
            ]

    def ephemerals(self, user: str | None = None, channel: str | None = None) -> list[PostedMessage]:
        """What one person alone was shown, in order; one that was deleted or replaced away is left out."""
        with self.changed:
            return [
                each
                for each in self._messages.values()
                if each.only_for is not None
                and not each.deleted
                and user in (None, each.only_for)
                and channel in (None, each.channel)
            ]
