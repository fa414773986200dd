"""Judging a bench: one prompt at a time in a window, all its pictures at once, blind.

A window carries the bench and the place of its prompt. Which picture stands under which letter is worked out again from
the reviewer, so nothing that was sent can name another picture.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt.kwargs_injection.args import Args

from bot.bench import blocks_windows, jobs, rows_pages, rows_votes
from bot.bench.blocks_windows import REASON_LIMIT, name
from bot.bench.outcome import Ballot
from bot.bench.plan import Bench
from bot.bench.slack import after_vote, forged, known
from bot.errors import ImagelaneError, NotOpen
from bot.ledger.bench_states import BenchState
from bot.samples import reasons
from bot.slack import refusal
from bot.slack.asker import Asker, asker
from bot.slack.fields import chosen, ticked, written
from bot.slack.listeners import Listeners
from bot.slack.message import Message, View
from bot.slack.parts import Parts
from bot.slack.text import clip

ABOUT = re.compile(r"([0-9a-z]{4,32}):([0-9]{1,2}):(open|mine)")
COMING = "The pictures are on their way to Slack. Press Review again in a moment."


def listeners(parts: Parts) -> Listeners:
    judging = Judging(parts)
    return Listeners(
        {
            "bench.review": judging.review,
            "bench.skip": judging.skip,
            "bench.again": judging.again,
            "bench.on": judging.on,
            "bench.sheet": judging.sheet,
        },
        {"bench.vote": judging.vote_sent},
    )


@dataclass(frozen=True)
class AboutPrompt:
    """`mine`: the reviewer looks at what they judged before."""

    bench: Bench
    place: int
    mine: bool


class Judging:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def review(self, args: Args) -> Message | None:
        """The first prompt this person may judge."""
        who, parts = asker(args), self._parts
        bench = known(parts, who, args.body["actions"][0].get("value"))
        refuse_elsewhere(who, bench)
        window = self._next(who, bench.id, None, mine=False)
        if window is None:
            return refusal.sentence(COMING)
        parts.posts.open_view(who.trigger_id, window)
        return None

    def again(self, args: Args) -> None:
        """From the window that says that nothing is left."""
        who, value = asker(args), args.body["actions"][0].get("value")
        self._change(args, lambda: self._next(who, known(self._parts, who, value).id, None, mine=True))

    def on(self, args: Args) -> None:
        """From one's own sheet back to what is left."""
        who, value = asker(args), args.body["actions"][0].get("value")
        self._change(args, lambda: self._next(who, known(self._parts, who, value).id, None, mine=False))

    def sheet(self, args: Args) -> None:
        """What this person judged, drawn by a job. It comes only into the window that waits for it: what is typed into
        another one meanwhile is not lost."""
        who, parts, view_id = asker(args), self._parts, args.body["view"]["id"]
        try:
            bench_id = known(parts, who, args.body["actions"][0].get("value")).id
        except NotOpen as error:
            parts.posts.update_view(view_id, blocks_windows.sentence_modal(error.sentence))
            return
        view_hash = parts.posts.update_view(view_id, blocks_windows.coming_modal(bench_id))
        about = (who.team_id, bench_id, who.person_id, view_id, view_hash)
        parts.start(jobs.show_sheet(":".join(about), *about))

    def skip(self, args: Args) -> None:
        who, value = asker(args), args.body["actions"][0].get("value")

        def following() -> View | None:
            about = self._about(who, value)
            return self._next(who, about.bench.id, about.place, mine=about.mine)

        self._change(args, following)

    def vote_sent(self, args: Args) -> View:
        """All pictures of the prompt or none; then the next one in the same window."""
        who, window = asker(args), args.body["view"]
        about, parts = self._about(who, window["private_metadata"]), self._parts
        bench_id, store = about.bench.id, parts.store
        images = store.read(rows_votes.sheet, who.team_id, bench_id, about.place, who.person_id)
        ballots = [_ballot(window, about.place, letter, picture) for letter, picture, _ in images]
        bench = store.write_once(
            rows_votes.vote, who.team_id, bench_id, who.person_id, ballots, parts.now(), after_vote(parts)
        )
        if bench.state is BenchState.SEALED:
            return _updated(blocks_windows.sealed_modal(bench_id))
        following = self._next(who, bench_id, about.place, mine=about.mine)
        return _updated(following or blocks_windows.sentence_modal(COMING))

    def _next(self, who: Asker, bench_id: str, after: int | None, *, mine: bool) -> View | None:
        """None while its pictures are not in Slack; then a job brings them. Raises NotOpen."""
        store, key = self._parts.store, (who.team_id, bench_id, who.person_id)
        page = store.read(rows_pages.page, *key, after, mine=mine)
        if page is None:
            has_votes = not mine and store.read(rows_pages.page, *key, mine=True) is not None
            return blocks_windows.over_modal(bench_id, judged=has_votes)
        if page.ready:
            return blocks_windows.page_modal(page, mine=mine)
        self._parts.start(jobs.bring(f"{who.team_id}:{bench_id}:{who.trigger_id}", who.team_id, bench_id))
        return None

    def _change(self, args: Args, following: Callable[[], View | None]) -> None:
        """A press inside a window has no other place to be answered in."""
        try:
            window = following() or blocks_windows.sentence_modal(COMING)
        except ImagelaneError as error:
            window = blocks_windows.sentence_modal(error.sentence)
        self._parts.posts.update_view(args.body["view"]["id"], window)

    def _about(self, who: Asker, value: object) -> AboutPrompt:
        match = ABOUT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise forged(self._parts, who, value)
        return AboutPrompt(known(self._parts, who, match[1]), int(match[2]), match[3] == "mine")


def refuse_elsewhere(who: Asker, bench: Bench) -> None:
    """A bench is judged by those who are in its channel; who started it may from anywhere."""
    if bench.channel_id not in (None, who.channel_id) and bench.by != who.person_id:
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
