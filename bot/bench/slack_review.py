"""Judging a bench: one prompt at a time in a window, all its pictures at once, blind.

A button carries the bench and the place of its prompt, so a second press in a hurry votes on nothing else. Which
picture stands under which letter is worked out again from the reviewer, so nothing that was sent can name another
picture.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt.kwargs_injection.args import Args

from bot.bench import blocks_review, jobs, rows_pages, rows_votes
from bot.bench.blocks_review import KEEPS, SURE, LastVote, name
from bot.bench.known import KnownBenches, after_vote, is_elsewhere
from bot.bench.outcome import Ballot
from bot.bench.pages import Page
from bot.bench.plan import Bench
from bot.clock import Clock
from bot.errors import ImagelaneError, NotAllowed, NotOpen
from bot.jobs import EnqueueJob, Start
from bot.ledger.bench_states import BenchState
from bot.samples.reasons import REASONS
from bot.slack import refusal
from bot.slack.asker import Asker, asker
from bot.slack.fields import chosen
from bot.slack.listeners import Listeners
from bot.slack.message import Message, View
from bot.slack.posts import Posts

ABOUT = re.compile(r"([0-9a-z]{4,32}):([0-9]{1,2})")
WHY = re.compile(rf"([0-9a-z]{{4,32}}:[0-9]{{1,2}}):([A-C]):({'|'.join(value for value, _ in REASONS)})")
COMING = "The pictures are on their way to Slack. Press Review again in a moment."


@dataclass(frozen=True)
class AboutPrompt:
    bench: Bench
    place: int

    @property
    def id(self) -> str:
        return f"{self.bench.id}:{self.place}"


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
                "bench.on": self.on,
                "bench.sheet": self.sheet,
                **{f"review.{end}": self.judge for end in KEEPS},
                "review.sure": self.sure,
                "review.back": self.back,
                "review.skip": self.skip,
                "review.larger": self.larger,
                "review.why": self.why,
            },
            {"bench.vote": self.vote_sent},
        )

    def review(self, args: Args) -> Message | None:
        """The first prompt this person may judge."""
        who = asker(args)
        bench = self.benches.known(who, args.body["actions"][0].get("value"))
        self.benches.only_judges(bench, who.person_id)
        if is_elsewhere(who, bench) and not self._waits_at_home(args, who, bench):
            raise NotOpen
        window = self._next(who, bench)
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

    def on(self, args: Args) -> None:
        """From one's own sheet back to what is left."""
        who, value = asker(args), args.body["actions"][0].get("value")
        self._change(args, lambda: self._next(who, self.benches.known(who, value)))

    def sheet(self, args: Args) -> None:
        """What this person judged, drawn by a job. It comes only into the window that waits for it: what is typed into
        another one meanwhile is not lost."""
        who, view_id = asker(args), args.body["view"]["id"]
        try:
            bench_id = self.benches.known(who, args.body["actions"][0].get("value")).id
        except NotOpen as error:
            self._say(args, error)
            return
        view_hash = self.posts.update_view(view_id, blocks_review.coming_modal(bench_id))
        about = (who.team_id, bench_id, who.person_id, view_id, view_hash)
        self.start(jobs.show_sheet(":".join(about), *about))

    # In the window of a prompt

    def judge(self, args: Args) -> None:
        """One press: its letters are kept, the others are rejected. The next prompt comes in the same window."""
        who, about = self._pressed(args)
        if about is None:
            return
        sure = _sure(args.body["view"], about.place)
        letters = KEEPS[args.body["actions"][0]["action_id"].removeprefix("review.")]

        def following() -> View | None:
            sheet = self._sheet(who, about)
            verdicts = {letter: "keep" if letter in letters else "reject" for letter, _ in sheet}
            return self._voted(who, about, sheet, verdicts, sure)

        self._change(args, following, about.bench.id)

    def vote_sent(self, args: Args) -> View:
        """The same where each of three has its own; all of them or none."""
        who, window = asker(args), args.body["view"]
        about = self._about(who, window["private_metadata"])
        sheet = self._sheet(who, about)
        verdicts = {letter: _verdict(window, about.place, letter) for letter, _ in sheet}
        following = self._voted(who, about, sheet, verdicts, _sure(window, about.place))
        view = following or blocks_review.sentence_modal(COMING)
        return {"response_action": "update", "view": view}

    def sure(self, _args: Args) -> None:
        """Slack keeps it, and sends it with the vote."""

    def back(self, args: Args) -> None:
        def earlier(who: Asker, about: AboutPrompt) -> Page | None:
            store = self.benches.store
            return store.read(rows_pages.back, who.team_id, about.bench.id, who.person_id, about.place)

        self._turn(args, earlier)

    def skip(self, args: Args) -> None:
        def later(who: Asker, about: AboutPrompt) -> Page | None:
            store = self.benches.store
            return store.read(rows_pages.page, who.team_id, about.bench.id, who.person_id, about.place)

        self._turn(args, later)

    def larger(self, args: Args) -> None:
        """Beside its window, which stays as it is."""
        who = asker(args)
        try:
            page = self._page(who, self._about(who, args.body["actions"][0].get("value")))
        except ImagelaneError as error:
            self._say(args, error)
        else:
            self.posts.push_view(who.trigger_id, blocks_review.larger_modal(page))

    def why(self, args: Args) -> None:
        """The reason of a reject, chosen after it; the window stays as it is."""
        who = asker(args)
        try:
            self._reason(who, (args.body["actions"][0].get("selected_option") or {}).get("value"))
        except ImagelaneError as error:
            self._say(args, error)

    def _reason(self, who: Asker, value: object) -> None:
        """Raises NotOpen."""
        match = WHY.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise self.benches.forged(who, value)
        about = self._about(who, match[1])
        page = self._page(who, about)
        picture = next((one for one in page.pictures if one.letter == match[2]), None)
        if picture is None or picture.vote is None or picture.vote.verdict != "reject":
            raise NotOpen
        self._cast(who, about.bench.id, [Ballot(picture.generation_id, "reject", picture.vote.confidence, match[3])])

    def _page(self, who: Asker, about: AboutPrompt) -> Page:
        return self.benches.store.read(rows_pages.at, who.team_id, about.bench.id, who.person_id, about.place)

    def _turn(self, args: Args, to: Callable[[Asker, AboutPrompt], Page | None]) -> None:
        who, about = self._pressed(args)
        if about is None:
            return
        sure = _sure(args.body["view"], about.place)

        def following() -> View | None:
            self.benches.only_judges(about.bench, who.person_id)
            return self._window(who, about.bench, to(who, about), sure=sure)

        self._change(args, following, about.bench.id)

    def _pressed(self, args: Args) -> tuple[Asker, AboutPrompt | None]:
        """None where it was forged, or is not open: then the window says so."""
        who = asker(args)
        try:
            return who, self._about(who, args.body["actions"][0].get("value"))
        except ImagelaneError as error:
            self._say(args, error)
            return who, None

    def _say(self, args: Args, error: ImagelaneError) -> None:
        """A press inside a window has no other place to be answered in."""
        self.posts.update_view(args.body["view"]["id"], blocks_review.sentence_modal(error.sentence))

    def _sheet(self, who: Asker, about: AboutPrompt) -> list[tuple[str, str]]:
        """Letters and pictures, as this reviewer sees them. Raises NotOpen."""
        read = self.benches.store.read
        sheet = read(rows_votes.sheet, who.team_id, about.bench.id, about.place, who.person_id)
        return [(letter, picture) for letter, picture, _ in sheet]

    def _voted(
        self,
        who: Asker,
        about: AboutPrompt,
        sheet: list[tuple[str, str]],
        verdicts: dict[str, str],
        sure: str | None,
    ) -> View | None:
        """The window after it. Raises NotOpen or NotAllowed."""
        confidence = None if sure is None else int(sure)
        bench = self._cast(
            who, about.bench.id, [Ballot(picture, verdicts[letter], confidence) for letter, picture in sheet]
        )
        if bench.state is BenchState.SEALED:
            return blocks_review.sealed_modal(bench.id)
        last = LastVote(about.id, tuple(verdicts.items()))
        return self._next(who, bench, about.place, last, sure)

    def _cast(self, who: Asker, bench_id: str, ballots: list[Ballot]) -> Bench:
        key = (who.team_id, bench_id, who.person_id)
        return self.benches.store.write_once(rows_votes.vote, *key, ballots, self.clock.now(), after_vote(self.enqueue))

    def _next(
        self,
        who: Asker,
        bench: Bench,
        after: int | None = None,
        last: LastVote | None = None,
        sure: str | None = None,
    ) -> View | None:
        page = self.benches.store.read(rows_pages.page, who.team_id, bench.id, who.person_id, after)
        return self._window(who, bench, page, last, sure)

    def _window(
        self, who: Asker, bench: Bench, page: Page | None, last: LastVote | None = None, sure: str | None = None
    ) -> View | None:
        """None while its pictures are not in Slack; then a job brings them. Raises NotOpen."""
        if page is None:
            end = len(bench.prompts)
            mine = self.benches.store.read(rows_pages.back, who.team_id, bench.id, who.person_id, end)
            return blocks_review.over_modal(bench.id, None if mine is None else end, last)
        if page.file_id is not None and bench.judgeable:
            return blocks_review.page_modal(page, last, sure)
        self.start(jobs.bring(f"{who.team_id}:{bench.id}:{who.trigger_id}", who.team_id, bench.id))
        return None

    def _change(self, args: Args, following: Callable[[], View | None], bench_id: str | None = None) -> None:
        """`bench_id`: what may be gone on with where this came to nothing."""
        try:
            window = following() or blocks_review.sentence_modal(COMING)
        except NotAllowed as error:
            window = blocks_review.on_modal(bench_id or "", error.sentence, open_=bench_id is not None)
        except ImagelaneError as error:
            window = blocks_review.sentence_modal(error.sentence)
        self.posts.update_view(args.body["view"]["id"], window)

    def _about(self, who: Asker, value: object) -> AboutPrompt:
        match = ABOUT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise self.benches.forged(who, value)
        return AboutPrompt(self.benches.known(who, match[1]), int(match[2]))


def _verdict(window: View, place: int, letter: str) -> str:
    """Raises NotOpen for a window without that field, such as one of an older version."""
    verdict = chosen(window, name(place, letter, "verdict"))
    if verdict not in ("keep", "reject"):
        raise NotOpen
    return verdict


def _sure(window: View, place: int) -> str | None:
    """Confidence, as it was chosen in that window; None without."""
    sure = chosen(window, name(place, "", "sure"), "review.sure")
    return sure if sure in SURE else None
