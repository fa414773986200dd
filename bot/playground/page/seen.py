"""What one person sees at one place of the local Slack. Looks only: nothing here changes or sends anything."""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from pydantic import BaseModel

from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, BOT_USER, CHI, STUDIO, Channel, SamplePerson
from bot.playground.workspace import File, Json, PostedMessage, View

ACTORS = (ANA, BEN, CHI)
MOST_EXCHANGES = 60
HIDDEN = ("token", "response_url", "trigger_id")


class Where(BaseModel, frozen=True):
    """What the page's address asks for."""

    person: str = ANA
    place: str = STUDIO
    thread: str = ""
    tab: str = "messages"
    wire: bool = False


@dataclass(frozen=True)
class ChatPlace:
    """A channel or direct message in the list; `latest` is the ts of its newest message by somebody else."""

    id: str
    name: str
    kind: str
    latest: str
    hint: str = ""


@dataclass(frozen=True)
class ChatLine:
    """One message as this person sees it. `thread` is the ts its replies hang on."""

    message: PostedMessage
    author: SamplePerson
    at: datetime
    private: bool
    files: tuple[File, ...]
    replies: int = 0

    @property
    def thread(self) -> str:
        return self.message.thread_ts or self.message.ts


@dataclass(frozen=True)
class Exchange:
    """One request between Slack and the bot. `outward`: the bot called Slack."""

    key: str
    outward: bool
    name: str
    status: str
    ms: int | None
    at: datetime
    asked: str
    answered: str


@dataclass(frozen=True)
class Seen:
    where: Where
    person: SamplePerson
    actors: tuple[SamplePerson, ...]
    places: tuple[ChatPlace, ...]
    place: Channel
    title: str
    with_bot: bool
    lines: tuple[ChatLine, ...]
    thread: tuple[ChatLine, ...]
    home: View | None
    modal: View | None
    fresh: bool
    clock: datetime
    moved: timedelta
    exchanges: tuple[Exchange, ...]
    names: dict[str, str]
    version: int


def seen(slack: FarEnd, where: Where) -> Seen:
    """Raises LookupError for a person nobody can act as, or a place that person is not in."""
    workspace = slack.workspace
    with workspace.changed:
        person, place = workspace.people[where.person], workspace.channels[where.place]
        if person.id not in ACTORS or person.id not in place.members:
            raise LookupError(where.place)
        mine = [each for each in workspace.channels.values() if person.id in each.members]
        lines = _lines(slack, person, place)
        return Seen(
            where=where,
            person=person,
            actors=tuple(workspace.people[each] for each in ACTORS),
            places=tuple(_place(slack, person, each) for each in mine),
            place=place,
            title=_called(slack, person, place),
            with_bot=place.kind == "dm" and BOT_USER in place.members,
            lines=tuple(line for line in lines if line.message.thread_ts in (None, line.message.ts)),
            thread=tuple(line for line in lines if where.thread and line.thread == where.thread),
            home=workspace.homes.get(person.id),
            modal=slack.modal(person.id),
            fresh=not slack.sent,
            clock=_local(workspace.now(), person),
            moved=timedelta(seconds=slack.offset_seconds),
            exchanges=tuple(_exchanges(slack, person)) if where.wire else (),
            names=_names(slack),
            version=workspace.version,
        )


def _names(slack: FarEnd) -> dict[str, str]:
    people = {each.id: each.real_name for each in slack.workspace.people.values()}
    return people | {each.id: each.name for each in slack.workspace.channels.values()}


def _local(at: float, person: SamplePerson) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(person.tz))


def _lines(slack: FarEnd, person: SamplePerson, place: Channel) -> list[ChatLine]:
    workspace = slack.workspace
    visible = sorted(workspace.messages(place.id, None) + workspace.ephemerals(person.id, place.id), key=lambda m: m.ts)
    return [_line(slack, person, message, visible) for message in visible]


def _line(slack: FarEnd, person: SamplePerson, message: PostedMessage, beside: Iterable[PostedMessage]) -> ChatLine:
    workspace = slack.workspace
    return ChatLine(
        message,
        workspace.people[message.author],
        _local(message.at, person),
        message.only_for is not None,
        tuple(workspace.files[each] for each in message.files if each in workspace.files),
        sum(each.thread_ts == message.ts != each.ts for each in beside),
    )


def _place(slack: FarEnd, person: SamplePerson, channel: Channel) -> ChatPlace:
    others = [m.ts for m in slack.workspace.messages(channel.id, None) if m.author != person.id]
    latest = max([*others, *(m.ts for m in slack.workspace.ephemerals(person.id, channel.id))], default="")
    kind = "app" if channel.kind == "dm" and BOT_USER in channel.members else channel.kind
    return ChatPlace(channel.id, _called(slack, person, channel), kind, latest, "" if kind == "dm" else _hint(channel))


def _called(slack: FarEnd, person: SamplePerson, channel: Channel) -> str:
    if channel.kind != "dm":
        return channel.name
    other = next(iter(channel.members - {person.id}), person.id)
    return slack.workspace.people[other].real_name


def _hint(channel: Channel) -> str:
    if channel.is_archived:
        return "archived"
    if channel.is_ext_shared:
        return "shared"
    return "" if BOT_USER in channel.members else "not invited"


# The wire: who asked whom for what


def _exchanges(slack: FarEnd, person: SamplePerson) -> list[Exchange]:
    """Both directions by time, newest first."""
    calls = [
        Exchange(
            f"call-{number}",
            True,
            call.method,
            str(call.status or "no answer"),
            None,
            _local(call.at, person),
            _shown(call.payload),
            _shown(call.answer),
        )
        for number, call in list(enumerate(slack.workspace.calls))[-MOST_EXCHANGES:]
    ]
    replies = [
        Exchange(
            f"sent-{number}",
            False,
            reply.sent.kind,
            str(reply.status or "no answer"),
            round(reply.seconds * 1000),
            _local(at, person),
            _shown(reply.sent.payload),
            _shown(reply.json or reply.body.decode(errors="replace")),
        )
        for number, (at, reply) in list(enumerate(slack.replies))[-MOST_EXCHANGES:]
    ]
    return sorted(calls + replies, key=lambda each: each.at, reverse=True)[:MOST_EXCHANGES]


def _shown(payload: Any) -> str:
    return json.dumps(_without_secrets(payload), indent=2, ensure_ascii=False)


def _without_secrets(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: "…" if key in HIDDEN else _without_secrets(value) for key, value in node.items()}
    return [_without_secrets(each) for each in node] if isinstance(node, list | tuple) else node


# Pictures


def picture_of(slack: FarEnd, block: Json) -> File | None:
    """The uploaded file an image block shows."""
    by = block.get("slack_file") or {}
    return slack.workspace.files.get(str(by.get("id", "")))


def pixels(file: File) -> tuple[int, int]:
    """Width and height, so that room is kept before the picture is there."""
    return _pixels(file.data or b"")


@lru_cache(64)
def _pixels(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except OSError:
        return 0, 0
