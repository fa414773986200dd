"""Judging a bench: one prompt at a time in a window, all its pictures at once, blind.

A window carries the bench and the place of its prompt. Which picture stands under which letter is worked out again from
the reviewer, so nothing that was sent can name another picture.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt.kwargs_injection.args import Args

from bot.bench import blocks_review, jobs, rows_pages, rows_votes
from bot.bench.blocks_review import REASON_LIMIT, name
from bot.bench.known import KnownBenches, after_vote
from bot.bench.outcome import Ballot
from bot.bench.plan import Bench
from bot.clock import Clock
from bot.errors import ImagelaneError, NotOpen
from bot.jobs import EnqueueJob, Start
from bot.ledger.bench_states import BenchState
from bot.samples import reasons
from bot.slack import refusal
from bot.slack.asker import Asker, asker
from bot.slack.fields import chosen, ticked, written
from bot.slack.listeners import Listeners
from bot.slack.message import Message, View
from bot.slack.posts import Posts
from bot.slack.text import clip

ABOUT = re.compile(r"([0-9a-z]{4,32}):([0-9]{1,2}):(open|mine)")
COMING = "The pictures are on their way to Slack. Press Review again in a moment."


@dataclass(frozen=True)
class AboutPrompt:
    """`mine`: the reviewer looks at what they judged before."""

    bench: Bench
    place: int
    mine: bool


@dataclass(frozen=True)
class Judging:
    benches: KnownBenches
    posts: Posts
    clock: Clock
    enqueue: EnqueueJob
    start: Start

    def listeners(self) -> Listeners:
        return Listeners(
            {
                "bench.review": self.review,
                "bench.skip": self.skip,
                "bench.again": self.again,
                "bench.on": self.on,
                "bench.sheet": self.sheet,
            },
            {"bench.vote": self.vote_sent},
        )

    def review(self, args: Args) -> Message | None:
        """The first prompt this person may judge."""
        who = asker(args)
        bench = self.benches.known(who, args.body["actions"][0].get("value"))
        self.benches.only_judges(bench, who.person_id)
        if not self._waits_at_home(args, who, bench):
            refuse_elsewhere(who, bench)
        window = self._next(who, bench.id, None, mine=False)
        if window is None:
            return refusal.sentence(COMING)
        self.posts.open_view(who.trigger_id, window)
        return None

    def _waits_at_home(self, args: Args, who: Asker, bench: Bench) -> bool:
        """Whether it stands on the Home it is pressed on."""
        if (args.body.get("view") or {}).get("type") != "home":
            return False
        pending = self.benches.store.read(rows_pages.pending, who.team_id, who.person_id)
        return bench.id in [one.bench_id for one in pending]

    def again(self, args: Args) -> None:
        """From the window that says that nothing is left."""
        who, value = asker(args), args.body["actions"][0].get("value")
        self._change(args, lambda: self._next(who, self.benches.known(who, value).id, None, mine=True))

    def on(self, args: Args) -> None:
        """From one's own sheet back to what is left."""
        who, value = asker(args), args.body["actions"][0].get("value")
        self._change(args, lambda: self._next(who, self.benches.known(who, value).id, None, mine=False))

    def sheet(self, args: Args) -> None:
        """What this person judged, drawn by a job. It comes only into the window that waits for it: what is typed into
        another one meanwhile is not lost."""
        who, view_id = asker(args), args.body["view"]["id"]
        try:
            bench_id = self.benches.known(who, args.body["actions"][0].get("value")).id
        except NotOpen as error:
            self.posts.update_view(view_id, blocks_review.sentence_modal(error.sentence))
            return
        view_hash = self.posts.update_view(view_id, blocks_review.coming_modal(bench_id))
        about = (who.team_id, bench_id, who.person_id, view_id, view_hash)
        self.start(jobs.show_sheet(":".join(about), *about))

    def skip(self, args: Args) -> None:
        who, value = asker(args), args.body["actions"][0].get("value")

        def following() -> View | None:
            about = self._about(who, value)
            return self._next(who, about.bench.id, about.place, mine=about.mine)

        self._change(args, following)

    def vote_sent(self, args: Args) -> View:
        """All pictures of the prompt or none; then the next one in the same window."""
        who, window = asker(args), args.body["view"]
        about = self._about(who, window["private_metadata"])
        bench_id, store = about.bench.id, self.benches.store
        pictures = store.read(rows_votes.sheet, who.team_id, bench_id, about.place, who.person_id)
        ballots = [_ballot(window, about.place, letter, picture) for letter, picture, _ in pictures]
        bench = store.write_once(
            rows_votes.vote, who.team_id, bench_id, who.person_id, ballots, self.clock.now(), after_vote(self.enqueue)
        )
        if bench.state is BenchState.SEALED:
            return _updated(blocks_review.sealed_modal(bench_id))
        following = self._next(who, bench_id, about.place, mine=about.mine)
        return _updated(following or blocks_review.sentence_modal(COMING))

    def _next(self, who: Asker, bench_id: str, after: int | None, *, mine: bool) -> View | None:
        """None while its pictures are not in Slack; then a job brings them. Raises NotOpen."""
        store = self.benches.store
        page = store.read(rows_pages.page, who.team_id, bench_id, who.person_id, after, mine=mine)
        if page is None:
            has_votes = (
                not mine and store.read(rows_pages.page, who.team_id, bench_id, who.person_id, mine=True) is not None
            )
            return blocks_review.over_modal(bench_id, judged=has_votes)
        if page.ready:
            return blocks_review.page_modal(page, mine=mine)
        self.start(jobs.bring(f"{who.team_id}:{bench_id}:{who.trigger_id}", who.team_id, bench_id))
        return None

    def _change(self, args: Args, following: Callable[[], View | None]) -> None:
        """A press inside a window has no other place to be answered in."""
        try:
            window = following() or blocks_review.sentence_modal(COMING)
        except ImagelaneError as error:
            window = blocks_review.sentence_modal(error.sentence)
        self.posts.update_view(args.body["view"]["id"], window)

    def _about(self, who: Asker, value: object) -> AboutPrompt:
        match = ABOUT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise self.benches.forged(who, value)
        return AboutPrompt(self.benches.known(who, match[1]), int(match[2]), match[3] == "mine")


def refuse_elsewhere(who: Asker, bench: Bench) -> None:
    """A bench is judged by those who are in its channel; who started it or is named may from anywhere."""
    if bench.channel_id not in (None, who.channel_id) and who.person_id not in (bench.by, *bench.plan.judges):
        raise NotOpen


def _ballot(window: View, place: int, letter: str, picture: str) -> Ballot:
    """Raises NotOpen for a window without those fields, such as one of an older version."""
    verdict, sure = (chosen(window, name(place, letter, what)) for what in ("verdict", "sure"))
    if verdict not in ("keep", "reject") or sure not in tuple("12345"):
        raise NotOpen
    why = clip(written(window, name(place, letter, "why")) or "", REASON_LIMIT).strip()
    return Ballot(picture, verdict, int(sure), reasons.joined(ticked(window, name(place, letter, "wrong")), why))


def _updated(window: View) -> View:
    return {"response_action": "update", "view": window}
