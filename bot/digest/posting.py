"""The weekly digest: gather the week, decide what it says, post it once.

The row of a digest is claimed before it is posted. A process that died in between is followed once, by a post that
says so; only what surely was not posted is tried again by itself.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.digest import blocks as looks
from bot.digest.answer import DigestWeeks
from bot.digest.rows import MOST_REPEATS, DigestRows, Post, PostPlace
from bot.digest.schedule import Schedule, due, missed, slot, week_named
from bot.digest.week import Week
from bot.periods import Days
from bot.slack.failures import CantPost, PostFailed, Unsure
from bot.slack.names import Names
from bot.slack.post_once import NotPosted, Posted, post_once
from bot.slack.posts import Posts
from bot.slack.readers import Readers, Readership

FRESH = timedelta(minutes=10)
OUTSIDE = "people of another workspace read there, or I can't tell whether they do"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DigestPoster:
    """`owner` names this process, `alive` says whether another one still runs; `reached` is where tests kill it."""

    weeks: DigestWeeks
    digests: DigestRows
    posts: Posts
    readers: Readers
    owner: str
    alive: Callable[[str], bool]
    clock: Clock
    names: Names
    reached: Callable[[str], None] = lambda _: None

    def due(self) -> Iterator[tuple[PostPlace, bool]]:
        """What is due by people's clock, and what was interrupted; and whether it may have been tried before."""
        for schedule, week, again in self._waiting():
            fresh = not again and self.clock.now() - slot(schedule, week) < FRESH
            yield PostPlace(schedule.team_id, schedule.channel_id, week.words()), not fresh

    def lag(self) -> timedelta:
        """By how much the latest digest is late; nothing where none is."""
        return max(
            (self.clock.now() - slot(schedule, week) for schedule, week, _ in self._waiting()), default=timedelta()
        )

    def _waiting(self) -> Iterator[tuple[Schedule, Days, bool]]:
        """The week each schedule has to post now, and whether that was tried before."""
        newest_of = self.digests.newest()
        for schedule in self.digests.schedules():
            newest = newest_of.get((schedule.team_id, schedule.channel_id))
            found = due(schedule, self.clock.now(), newest.place.week if newest else None)
            if found is not None:
                yield schedule, found.week, False
            elif newest is not None and self._open(newest):
                yield schedule, week_named(newest.place.week), True

    def post(self, team_id: str, channel_id: str, week: str, request: str = "", asked_by: str = "") -> None:
        """The job `digest.post`: by its schedule, or once more because somebody asked (`request` names that)."""
        place = PostPlace(team_id, channel_id, week, request)
        schedule, earlier = self.digests.schedule(team_id, channel_id), self.digests.post(place)
        if (schedule is None and not request) or (earlier is not None and not self._open(earlier)):
            return
        told = replace(
            self.weeks.week(team_id, week_named(week), self.clock.now(), channel_id),
            asked_by=asked_by or None,
            again=earlier is not None and (earlier.state == "posting" or earlier.repeats > 0),
            missed=() if request else missed_weeks(self.digests, schedule, place),
        )
        person = asked_by or (schedule.set_by if schedule else "")
        readership = self.readers.of(team_id, channel_id)
        try:
            file_id = self.picture(told) if readership is Readership.OURS else None
        except PostFailed as failed:
            log.warning("a digest has to wait: %s", failed.code)
            readership = Readership.AWAY
        if not self._claimed(place, earlier):
            return
        if readership is Readership.AWAY:  # Slack may say later who reads there
            self.digests.failed(place)
            return
        self.reached("digest claimed")
        if readership is Readership.OTHERS:
            self._refuse(place, OUTSIDE, person)
        else:
            self._send(place, told, file_id, person)

    def show_chart(self, team_id: str, channel_id: str, week: str, person_id: str) -> None:
        """The job `digest.chart`: the picture of a preview, to who asked for one."""
        told = self.weeks.week(team_id, week_named(week), self.clock.now(), channel_id)
        try:
            file_id = self.picture(told)
            if file_id is not None:
                shown = looks.chart(told, file_id)
                self.posts.ephemeral_when_ready(channel_id, person_id, shown.text, shown.blocks)
        except PostFailed as failed:
            log.warning("the chart of a preview could not be shown: %s", failed.code)

    def picture(self, told: Week) -> str | None:
        """File id of its chart, which nobody sees until a message shows it; None where there is nothing to draw, or
        where Slack won't have it."""
        if told.quiet:
            return None
        from bot.digest import chart as digest_chart

        try:
            return self.posts.upload(
                digest_chart.week(told).png, f"{told.week}.png", f"Week {told.week}", looks.alt(told)
            )
        except (CantPost, Unsure) as failed:
            log.warning("a digest goes without its chart: %s", failed.code)
            return None

    def _open(self, post: Post) -> bool:
        """To be tried again: surely not posted, or its process died on the way."""
        dead = post.state == "posting" and post.owner != self.owner and not self.alive(post.owner)
        return post.state == "failed" or (dead and post.repeats < MOST_REPEATS)

    def _claimed(self, place: PostPlace, earlier: Post | None) -> bool:
        if earlier is not None and earlier.state == "posting":
            return self.digests.claim_after(earlier, self.owner, self.clock.real())
        return self.digests.claim(place, self.owner, self.clock.real())

    def _send(self, place: PostPlace, told: Week, file_id: str | None, person: str) -> None:
        def post(again: bool) -> str:
            return self._shown(place, replace(told, again=again), file_id)

        match post_once("a digest", post, lambda: self._claimed_again(place), again=told.again):
            case Posted(ts):
                self.reached("digest posted")
                self.digests.posted(place, ts, told.as_of, told.told_nanousd)
            case NotPosted(_, passing=True):
                self.digests.failed(place)
            case NotPosted(code):
                self._refuse(place, code.replace("_", " "), person)

    def _claimed_again(self, place: PostPlace) -> bool:
        claimed = self.digests.post(place)
        return claimed is not None and self.digests.claim_after(claimed, self.owner, self.clock.real())

    def _shown(self, place: PostPlace, told: Week, file_id: str | None) -> str:
        """With its chart, or without where Slack can't have it ready."""
        marks = (f"Asked for by {self.names.person(told.asked_by)}.",) if told.asked_by else ()
        full, plain = looks.digest(told, marks, file_id), looks.digest(told, marks)
        ts = self.posts.post_when_ready(place.channel_id, full.text, full.blocks) if file_id else None
        return ts or self.posts.post(place.channel_id, plain.text, plain.blocks)

    def _refuse(self, place: PostPlace, why: str, person: str) -> None:
        """For this week; whoever wanted it hears of it, since a digest that fails in silence is missed by nobody."""
        self.digests.refused(place)
        channel = self.names.channel(place.channel_id)
        said = looks.not_posted(place.week, channel, why, self.clock.now().date())
        try:
            self.posts.post(self.posts.direct_channel(person), said.text, said.blocks)
        except PostFailed as failed:
            log.warning("nobody could be told that a digest was refused: %s", failed.code)


def missed_weeks(digests: DigestRows, schedule: Schedule | None, place: PostPlace) -> tuple[str, ...]:
    """Those whose digest never came, before that one."""
    if schedule is None:
        return ()
    before = digests.came(place.team_id, place.channel_id, place.week)
    found = missed(schedule, week_named(place.week), before.place.week if before else None)
    return tuple(week.words() for week in found)
