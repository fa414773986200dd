"""A bench in Slack: how far it is in one message, its pictures for the reviewers, and its verdict once sealed."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.bench.proving import proof
from bot.bench.stripping import stripped
from bot.benches import Bench, State
from bot.posts import CantPost, PostFailed, Posts, Unreachable
from bot.store import Store
from bot.views import verdict
from bot.views.bench import progress
from bot.views.message import Message

TELLINGS = 10  # while it is drawn, besides the first and the last: Slack takes 50 updates a minute
ROUNDS = 5
FILE, TITLE = "picture.png", "Picture to be judged"  # the same for all: a name would say whose it is

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SlackTelling:
    """`read` gives a picture by team and id."""

    store: Store
    posts: Posts
    read: Callable[[str, str], bytes | None]

    def begin(self, bench: Bench) -> None:
        if bench.channel_id is None or bench.message_ts is not None:
            return
        message = progress(bench)
        ts = self.posts.post(bench.channel_id, message.text, message.blocks)
        self._show(self.store.benches.posted(bench.team_id, bench.id, ts))

    def tell(self, bench: Bench) -> None:
        ended = bench.progress.done + bench.progress.failed
        if bench.state is State.DRAWING and ended % max(1, bench.progress.images // TELLINGS):
            return
        self._show(bench)

    def bring(self, team_id: str, bench_id: str, place: int) -> None:
        """Those of a prompt together: brought as they are drawn, their numbers in Slack would say whose they are."""
        self._bring(team_id, self.store.benches.unbrought(team_id, bench_id, place))

    def _bring(self, team_id: str, generation_ids: Iterable[str]) -> None:
        for generation_id in generation_ids:
            file_id = self._upload(team_id, generation_id)
            if file_id is not None:
                self.store.benches.brought(team_id, generation_id, file_id)

    def _upload(self, team_id: str, generation_id: str) -> str | None:
        """The picture to Slack, seen by nobody before a window shows it; a spare copy hurts nobody."""
        png = self.read(team_id, generation_id)
        if png is None:
            log.warning("picture %s is gone: it can't be judged", generation_id)
            return None
        try:
            return self.posts.upload(stripped(png), FILE, TITLE, TITLE)
        except PostFailed as failed:
            log.warning("picture %s could not be brought to its reviewers: %s", generation_id, failed.code)
            return None

    def bring_all(self, team_id: str, bench_id: str) -> None:
        """The job of what a first try could not bring, or a terminal drew."""
        self._bring(team_id, self.store.benches.unbrought(team_id, bench_id))

    def show(self, team_id: str, bench_id: str) -> None:
        """The job after a vote: the message as things stand."""
        try:
            self._show(self.store.benches.bench(team_id, bench_id))
        except PostFailed as failed:
            log.warning("how far bench %s is could not be told: %s", bench_id, failed.code)

    def announce(self, team_id: str, bench_id: str) -> None:
        """The job of a bench that was sealed. After a crash the verdict is posted again, and says so."""
        self.show(team_id, bench_id)
        bench = self.store.benches.bench(team_id, bench_id)
        first = self.store.benches.claim_verdict(team_id, bench_id) if bench.channel_id else None
        if first is None or bench.channel_id is None:
            return
        message = self._verdict(bench, bench.channel_id, again=not first)
        try:
            ts = self.posts.post(bench.channel_id, message.text, message.blocks)
        except PostFailed as failed:
            log.warning("the verdict of bench %s could not be posted: %s", bench_id, failed.code)
            if isinstance(failed, CantPost | Unreachable):
                self.store.benches.verdict_posted(team_id, bench_id, None)
            return
        self.store.benches.verdict_posted(team_id, bench_id, ts)

    def _verdict(self, bench: Bench, channel_id: str, *, again: bool) -> Message:
        found = proof(self.store.benches, bench.team_id, bench.id)
        try:
            outside = self.posts.shared_outside(channel_id)
        except PostFailed as failed:
            log.info("whether a channel is shared outside can't be told: %s", failed.code)
            outside = True
        return verdict.kept_inside(found) if outside else verdict.verdict(found, again=again)

    def _show(self, bench: Bench) -> None:
        """Until what is shown is what stands, so that two jobs that overtake one another end right."""
        for _ in range(ROUNDS):
            if bench.channel_id is None or bench.message_ts is None:
                return
            message = progress(bench)
            self.posts.update(bench.channel_id, bench.message_ts, message.text, message.blocks)
            shown, bench = bench, self.store.benches.bench(bench.team_id, bench.id)
            if bench.state is State.DRAWING or progress(bench) == progress(shown):
                return
