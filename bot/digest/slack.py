"""`digest`: shown to who asks, posted once more, set for a channel and ended there."""

from dataclasses import dataclass, replace
from datetime import time

from slack_bolt.kwargs_injection.args import Args

from bot.clock import Clock
from bot.digest import blocks as digest_blocks
from bot.digest import blocks_watch, jobs
from bot.digest.answer import DigestWeeks
from bot.digest.command import DIGEST, Digest
from bot.digest.posting import missed_weeks
from bot.digest.rows import DigestRows, PostPlace
from bot.digest.rows_watch import WatchRows
from bot.digest.schedule import Schedule, closed_week, next_day
from bot.digest.sentences import ends_told, planned
from bot.errors import ImagelaneError, NotOpen, NotUnderstood
from bot.grammar import CommandTable, Vocabulary
from bot.jobs import Start
from bot.slack import refusal
from bot.slack.after_ack import Later, pressed_at, tell
from bot.slack.asker import asker
from bot.slack.failures import PostFailed
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import DIRECT, Message, View
from bot.slack.names import Names
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from bot.slack.refusal import NotAnswered
from bot.slack.request import SlackRequest

MONDAY, NINE = 0, time(9)
OUTSIDE = (
    "People of another workspace read there, or I can't tell whether they do (invite me first: `/invite @imagelane`). "
    "Amounts are not posted there; nothing was changed."
)
TOO_LATE = "That took too long to open: press Details once more."

_OWN = CommandTable({"digest": lambda: DIGEST})


@dataclass(frozen=True)
class DigestListeners:
    weeks: DigestWeeks
    digests: DigestRows
    watches: WatchRows
    posts: Posts
    names: Names
    readers: Readers
    clock: Clock
    start: Start
    later: Later

    def listeners(self) -> Listeners:
        return Listeners({"digest.why": self.why}, answers={"digest": CommandAnswer(self.answer)})

    def answer(self, request: SlackRequest, asked: Digest) -> Message:
        """Seen by who asked. May take longer than an ack, and asks Slack. Raises ImagelaneError."""
        match asked.act:
            case "on":
                return self._on(request, asked)
            case "off":
                return self._off(request, asked)
            case "post":
                return self._post(request, asked)
            case "watch on":
                return self._watch_on(request, asked)
            case "watch off":
                self.watches.set(request.who.team_id, None, request.who.person_id, self.clock.now())
                return blocks_watch.switched_off()
            case _:
                return self._preview(request, asked)

    def why(self, args: Args) -> None:
        """The window behind Details, worked out again after the ack: a week may take longer than that."""
        who, to = asker(args), pressed_at(args)
        asked = self._carried(args.body["actions"][0].get("value"))

        def explain() -> View:
            return self._details(who.team_id, to.channel_id or "", asked)

        def open_it() -> None:
            outcome = refusal.attempt("the details of a digest", explain)
            if isinstance(outcome, NotAnswered):
                tell(self.posts, to, refusal.sentence(outcome.sentence), beside=True)
                return
            try:
                self.posts.open_view(who.trigger_id, outcome)
            except PostFailed:
                tell(self.posts, to, refusal.sentence(TOO_LATE), beside=True)

        self.later(open_it)

    def _details(self, team_id: str, channel_id: str, asked: Digest) -> View:
        now, schedule = self.clock.now(), self.digests.schedule(team_id, channel_id)
        week = self.weeks.week(team_id, asked.week, now, channel_id, asked.on)
        missed = missed_weeks(self.digests, schedule, PostPlace(team_id, channel_id, week.week))
        place = self.watches.places().get(team_id)
        ends = ends_told(None if place is None else self.names.channel(place.channel_id))
        comes = planned(schedule, next_day(schedule, now) if schedule else None)
        return digest_blocks.details(replace(week, missed=missed), comes, ends)

    def _carried(self, words: str) -> Digest:
        """Raises NotOpen for anything a button of ours does not carry."""
        try:
            asked = _OWN.parse(words, Vocabulary({}, ()))
        except NotUnderstood:
            raise NotOpen from None
        if not isinstance(asked, Digest) or asked.act != "preview":
            raise NotOpen
        return asked

    def _preview(self, request: SlackRequest, asked: Digest) -> Message:
        """The text at once; its chart follows, when Slack has it ready."""
        team_id, channel_id, now = request.who.team_id, request.who.channel_id or "", self.clock.now()
        week = self.weeks.week(team_id, asked.week, now, channel_id, asked.on)
        if not week.quiet:
            about = (team_id, channel_id, week.week, request.who.person_id)
            self.start(jobs.show_chart(f"{team_id}:{request.key}", *about))
        schedule = self.digests.schedule(team_id, channel_id)
        return digest_blocks.preview(week, next_day(schedule, now) if schedule else None)

    def _post(self, request: SlackRequest, asked: Digest) -> Message:
        team_id, channel_id, now = request.who.team_id, request.who.channel_id or "", self.clock.now()
        zone = self.weeks.zone_of(team_id, channel_id)
        week = asked.week or closed_week(now, zone)
        if week.first > now.astimezone(zone).date():
            raise NotUnderstood(f"{week.words()} begins on {week.first}: there is nothing to tell yet.")
        key = f"{team_id}:{channel_id}:{week.words()}:{request.key}"
        self.start(jobs.post(key, team_id, channel_id, week.words(), request.key, request.who.person_id))
        return digest_blocks.coming(week.words(), now.astimezone(zone).date())

    def _on(self, request: SlackRequest, asked: Digest) -> Message:
        team_id, now, zone = request.who.team_id, self.clock.now(), self.weeks.zone
        channel_id, at = asked.channel_id or request.who.channel_id or "", asked.at or NINE
        if self.readers.others(team_id, channel_id):
            raise ImagelaneError(OUTSIDE)
        schedule = Schedule(
            team_id=team_id,
            channel_id=channel_id,
            weekday=MONDAY if asked.weekday is None else asked.weekday,
            hour=at.hour,
            minute=at.minute,
            zone=asked.zone or zone.key,
            set_by=request.who.person_id,
            set_at=now,
        )
        self.digests.set(schedule)
        day, channel = next_day(schedule, now), self.names.channel(channel_id)
        return digest_blocks.switched_on(schedule, channel, day, _left_out(asked, channel_id))

    def _watch_on(self, request: SlackRequest, asked: Digest) -> Message:
        """Also where people of another workspace read: it holds no amounts there."""
        channel_id = asked.channel_id or request.who.channel_id or ""
        self.watches.set(request.who.team_id, channel_id, request.who.person_id, self.clock.now())
        return blocks_watch.switched_on(self.names.channel(channel_id), channel_id)

    def _off(self, request: SlackRequest, asked: Digest) -> Message:
        channel_id = asked.channel_id or request.who.channel_id or ""
        ended = self.digests.end(request.who.team_id, channel_id, request.who.person_id, self.clock.now())
        return digest_blocks.switched_off(self.names.channel(channel_id), ended)


def _left_out(asked: Digest, channel_id: str) -> tuple[str, ...]:
    said = (
        (asked.weekday is None, "Monday"),
        (asked.at is None, "09:00"),
        (asked.zone is None, "the workspace's time zone"),
        (asked.channel_id is None and not channel_id.startswith(DIRECT), "this channel"),
    )
    return tuple(taken for left_out, taken in said if left_out)
