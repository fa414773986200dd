"""`digest`: shown to who asks, posted once more, set for a channel and ended there."""

import logging
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from slack_bolt.kwargs_injection.args import Args

from bot.digest import blocks as digest_blocks
from bot.digest import jobs
from bot.digest.answer import Gatherer
from bot.digest.command import DIGEST, Digest
from bot.digest.rows import DigestRows
from bot.digest.schedule import Schedule, closed_week, next_slot
from bot.errors import ImagelaneError, NotOpen, NotUnderstood
from bot.grammar import CommandTable
from bot.ledger.pictures import Left
from bot.slack import refusal
from bot.slack.ack import BROKEN, trace
from bot.slack.after_ack import pressed_at, tell
from bot.slack.asker import asker
from bot.slack.listeners import Listeners
from bot.slack.message import Message
from bot.slack.parts import Parts
from bot.slack.request import SlackRequest

MONDAY, NINE = 0, time(9)
OUTSIDE = (
    "People of another workspace read there, or I can't tell whether they do (invite me first: `/invite @imagelane`). "
    "Amounts are not posted there; nothing was changed."
)

log = logging.getLogger(__name__)
_OWN = CommandTable({"digest": lambda: DIGEST})


@dataclass(frozen=True)
class DigestRequest:
    """`key` names the click it came from: a copy of it posts nothing twice."""

    team_id: str
    channel_id: str
    person_id: str
    key: str


def answer(parts: Parts, request: SlackRequest, asked: Digest) -> Message:
    who = request.who
    wanted = DigestRequest(who.team_id, who.channel_id or "", who.person_id, request.key)
    return DigestListeners(parts).answer(wanted, asked)


def listeners(parts: Parts) -> Listeners:
    return Listeners({"digest.why": DigestListeners(parts).why})


class DigestListeners:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._gatherer = Gatherer(parts.store, parts.catalog, self._left, parts.zone, parts.horizon_days)

    def _left(self, team_id: str) -> Left:
        return self._parts.store.left(team_id, self._parts.limits(self._parts.now()))

    def answer(self, request: DigestRequest, asked: Digest) -> Message:
        """Seen by who asked. May take longer than an ack, and asks Slack. Raises ImagelaneError."""
        match asked.act:
            case "on":
                return self._on(request, asked)
            case "off":
                return self._off(request, asked)
            case "post":
                return self._post(request, asked)
            case _:
                return self._preview(request, asked)

    def why(self, args: Args) -> None:
        """The arithmetic of a recommendation, worked out again."""
        who, to = asker(args), pressed_at(args)
        asked = self._carried(args.body["actions"][0].get("value"))
        self._parts.later(lambda: tell(self._parts.posts, to, self._why(who.team_id, to.channel_id, asked)))

    def _why(self, team_id: str, channel_id: str | None, asked: Digest) -> Message:
        parts = self._parts
        try:
            return digest_blocks.why(self._gatherer.week(team_id, asked.week, parts.now(), channel_id, asked.on).move)
        except ImagelaneError as error:
            return refusal.sentence(error.sentence)
        except Exception as error:  # noqa: BLE001 - on a thread nobody else reads
            log.error("the arithmetic broke: %s", trace(error))
            return refusal.sentence(BROKEN)

    def _carried(self, words: str) -> Digest:
        """Raises NotOpen for anything a button of ours does not carry."""
        try:
            asked = _OWN.parse(words, self._parts.vocabulary)
        except NotUnderstood:
            raise NotOpen from None
        if not isinstance(asked, Digest) or asked.act != "preview":
            raise NotOpen
        return asked

    def _preview(self, request: DigestRequest, asked: Digest) -> Message:
        """The text at once; its chart follows, when Slack has it ready."""
        parts, team_id, channel_id = self._parts, request.team_id, request.channel_id
        week = self._gatherer.week(team_id, asked.week, parts.now(), channel_id, asked.on)
        if not week.quiet:
            about = (team_id, channel_id, week.week, request.person_id)
            parts.start(jobs.show_chart(f"{team_id}:{request.key}", *about))
        schedule = DigestRows(parts.store.engine).schedule(team_id, channel_id)
        return digest_blocks.preview(week, schedule, next_slot(schedule, parts.now()) if schedule else None)

    def _post(self, request: DigestRequest, asked: Digest) -> Message:
        parts, team_id, channel_id = self._parts, request.team_id, request.channel_id
        zone = self._gatherer.zone_of(team_id, channel_id)
        week = asked.week or closed_week(parts.now(), zone)
        if week.first > parts.now().astimezone(zone).date():
            raise NotUnderstood(f"{week.words()} begins on {week.first}: there is nothing to tell yet.")
        key = f"{team_id}:{channel_id}:{week.words()}:{request.key}"
        parts.start(jobs.post(key, team_id, channel_id, week.words(), request.key, request.person_id))
        return refusal.sentence(digest_blocks.coming(week.words()))

    def _on(self, request: DigestRequest, asked: Digest) -> Message:
        parts, now = self._parts, self._parts.now()
        channel_id, at = asked.channel_id or request.channel_id, asked.at or NINE
        if parts.readers.others(request.team_id, channel_id):
            raise ImagelaneError(OUTSIDE)
        schedule = Schedule(
            team_id=request.team_id,
            channel_id=channel_id,
            weekday=MONDAY if asked.weekday is None else asked.weekday,
            hour=at.hour,
            minute=at.minute,
            zone=asked.zone or parts.zone.key,
            set_by=request.person_id,
            set_at=now,
        )
        DigestRows(parts.store.engine).set(schedule)
        return digest_blocks.switched_on(schedule, next_slot(schedule, now), _left_out(asked, parts.zone))

    def _off(self, request: DigestRequest, asked: Digest) -> Message:
        channel_id = asked.channel_id or request.channel_id
        ended = DigestRows(self._parts.store.engine).end(
            request.team_id, channel_id, request.person_id, self._parts.now()
        )
        return digest_blocks.switched_off(channel_id, ended)


def _left_out(asked: Digest, zone: ZoneInfo) -> tuple[str, ...]:
    said = (
        (asked.weekday is None, "Monday"),
        (asked.at is None, "09:00"),
        (asked.zone is None, f"{zone.key}, the workspace's time zone"),
        (asked.channel_id is None, "this channel"),
    )
    return tuple(taken for left_out, taken in said if left_out)
