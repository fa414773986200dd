"""A bench in Slack: how far it is in one message, its pictures for the reviewers, and its verdict once sealed."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from bot.bench import blocks_review, blocks_verdict, rows_calls, rows_pages, rows_read, sheet_words, sheets
from bot.bench.blocks import not_begun, progress, superseded
from bot.bench.bringing import Bringing
from bot.bench.plan import Bench
from bot.bench.proof import Proof
from bot.errors import NotAllowed
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.samples.delivery import PASSING, Addressee, surely, tell
from bot.samples.unwritten import Unwritten
from bot.slack.failures import PostFailed, Revoked
from bot.slack.guests import Guests
from bot.slack.message import Message, View, picture
from bot.slack.names import Names
from bot.slack.post_once import NotPosted, post_once
from bot.slack.posts import Posts
from bot.slack.readers import Readers

TELLINGS = 10  # while it is drawn, besides the first and the last: Slack takes 50 updates a minute
ROUNDS = 5
OWN_FILE, OWN_TITLE = "sheet.png", "Your own sheet"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SlackTelling:
    """`read` gives a picture by team and id, `prove` what a sealed bench proves.

    `posted` and `uploads` are what Slack has and the store could not be told yet, by bench and by generation.
    """

    store: Ledger
    posts: Posts
    read: Callable[[str, str], bytes | None]
    prove: Callable[[str, str], Proof]
    readers: Readers
    guests: Guests
    names: Names
    posted: Unwritten[str] = field(default_factory=Unwritten)
    uploads: Unwritten[str] = field(default_factory=Unwritten)

    def begin(self, bench: Bench, reply_url: str | None = None, *, last: bool = False) -> bool:
        """A post whose answer was lost is sent again: a spare one says of itself that it was interrupted."""
        if bench.channel_id is None or bench.message_ts is not None:
            return True
        first = partial(self._first, bench, bench.channel_id)
        asked_by = Addressee(bench.by, bench.channel_id, reply_url)
        try:
            self._stand(*self.posted.once((bench.team_id, bench.id), first, partial(self._note_first, bench)))
        except NotAllowed as refused:
            tell(self.posts, asked_by, refused.sentence)
            return False
        except Revoked:
            with suppress(PostFailed):
                tell(self.posts, asked_by, not_begun(bench, "revoked"))
            raise
        except PostFailed as failed:
            passing = isinstance(failed, PASSING)
            if passing and not last:
                raise
            tell(self.posts, asked_by, not_begun(bench, "unsure" if passing else failed.code))
            return False
        return True

    def _first(self, bench: Bench, channel_id: str) -> str:
        if not bench.demo:
            self.guests.refuse(bench.team_id, bench.by)
        message = progress(bench, self.names.person, first=True)
        return surely(lambda: self.posts.post(channel_id, message.text, message.blocks))

    def _note_first(self, bench: Bench, ts: str) -> tuple[Bench, str]:
        return self.store.write(rows_calls.posted, bench.team_id, bench.id, ts), ts

    def _stand(self, bench: Bench, ts: str) -> None:
        """As things are by now; where another message was first, ours says so."""
        try:
            if bench.message_ts != ts and bench.channel_id is not None:
                spare = superseded()
                self.posts.update(bench.channel_id, ts, spare.text, spare.blocks)
            self._show(bench)
        except PostFailed as failed:
            log.warning("how far bench %s is could not be told: %s", bench.id, failed.code)

    def tell(self, bench: Bench) -> None:
        ends = bench.progress.done + bench.progress.failed
        if bench.state is BenchState.DRAWING and ends % max(1, bench.progress.images // TELLINGS):
            return
        self._show(bench)

    def bring(self, team_id: str, bench_id: str, place: int | None = None) -> bool:
        """Those of a prompt together: brought as they are drawn, their numbers in Slack would say whose they are."""
        return Bringing(self.store, self.posts, self.read, self.uploads).bring(team_id, bench_id, place)

    def bring_prompt(self, team_id: str, bench_id: str, place: int) -> None:
        """The job of a prompt whose pictures are all drawn. The last one of a bench brings Review."""
        self.bring(team_id, bench_id, place)
        if self.store.read(rows_read.bench, team_id, bench_id).judgeable:
            self.show(team_id, bench_id)

    def bring_all(self, team_id: str, bench_id: str) -> None:
        """The job of what a first try could not bring, or a terminal drew."""
        self.bring(team_id, bench_id)
        self.show(team_id, bench_id)

    def show(self, team_id: str, bench_id: str) -> None:
        """The job after a vote: the message as things stand."""
        try:
            self._show(self.store.read(rows_read.bench, team_id, bench_id))
        except PostFailed as failed:
            log.warning("how far bench %s is could not be told: %s", bench_id, failed.code)

    def show_own(self, team_id: str, bench_id: str, person_id: str, view_id: str, seen: str) -> None:
        """The job `sheet.show`: to a reviewer alone what that person judged, in the window that waits for it (by its
        hash `seen`), else in the bench's channel."""
        bench = self.store.read(rows_read.bench, team_id, bench_id)
        if bench.state not in (BenchState.REVIEWING, BenchState.SEALED):
            return
        sheet = sheets.own(self.store, partial(self.read, team_id), team_id, bench_id, person_id)
        show = partial(blocks_review.on_modal, bench_id, open_=bench.state is BenchState.REVIEWING)
        if sheet is None:
            self._in_window(view_id, seen, show(blocks_review.NOTHING_JUDGED))
            return
        try:
            block = picture(self.posts.upload(sheet.png, OWN_FILE, OWN_TITLE, OWN_TITLE), sheet_words.own_alt(sheet))
        except PostFailed as failed:
            log.warning("a reviewer's own sheet could not be brought to Slack: %s", failed.code)
            self._in_window(view_id, seen, show(blocks_review.NO_SHEET))
            return
        if not self._in_window(view_id, seen, show(blocks_review.OWN_SHEET, block)) and bench.channel_id:
            self._alone(bench.channel_id, person_id, sheet_words.own_message(block))

    def _in_window(self, view_id: str, seen: str | None, window: View) -> bool:
        try:
            return self.posts.update_view_when_ready(view_id, seen, window)
        except PostFailed as failed:
            log.info("a window waits for no sheet any more: %s", failed.code)
            return False

    def _alone(self, channel_id: str, person_id: str, message: Message) -> None:
        try:
            self.posts.ephemeral_when_ready(channel_id, person_id, message.text, message.blocks)
        except PostFailed as failed:
            log.warning("a reviewer's own sheet could not be shown: %s", failed.code)

    def show_pictures(self, team_id: str, bench_id: str, view_id: str) -> None:
        """The job `pictures.show`: the contact sheet of a sealed one, in the window that waits for it."""
        bench = self.store.read(rows_read.bench, team_id, bench_id)
        try:
            sheet = self._sheet(bench)
            window = blocks_verdict.pictures_modal(blocks_verdict.PICTURES, picture(sheet, sheet_words.alt(bench)))
        except PostFailed as failed:
            log.warning("the pictures of bench %s could not be brought to Slack: %s", bench_id, failed.code)
            window = blocks_verdict.pictures_modal(blocks_verdict.NO_PICTURES)
        self._in_window(view_id, None, window)

    def announce(self, team_id: str, bench_id: str) -> None:
        """The job of a bench that was sealed. After a crash the verdict is posted again, and says so; its sheet may
        then be missing, since it comes last."""
        self.show(team_id, bench_id)
        bench = self.store.read(rows_read.bench, team_id, bench_id)
        if bench.state is not BenchState.SEALED or bench.channel_id is None:
            return
        proof, outside = self.prove(team_id, bench_id), self.readers.others(team_id, bench.channel_id)
        # Drawn before it is claimed: a process that dies over the picture has surely posted nothing.
        file_id = None if outside else self._picture(proof)
        claim = partial(self.store.write, rows_pages.claim_verdict, team_id, bench_id)
        first = claim()
        if first is None:
            return
        post = partial(self._post, bench, proof, file_id, outside)
        came = post_once(f"the verdict of bench {bench_id}", post, lambda: claim() is not None, again=not first)
        if isinstance(came, NotPosted):
            self.store.write(rows_pages.verdict_posted, team_id, bench_id, None)
        elif came.ts is not None:
            self.store.write(rows_pages.verdict_posted, team_id, bench_id, came.ts)
            if not outside:
                self._attach(bench, bench.channel_id, came.ts)

    def _post(self, bench: Bench, proof: Proof, file_id: str | None, outside: bool, again: bool) -> str:
        """With its picture, or without where Slack can't have it ready; the message's ts."""
        channel_id, by = bench.channel_id or "", "" if outside else self.names.person(bench.by)
        plain = blocks_verdict.kept_inside(proof) if outside else blocks_verdict.verdict(proof, by, again=again)
        full = blocks_verdict.verdict(proof, by, again=again, file_id=file_id)
        ts = self.posts.post_when_ready(channel_id, full.text, full.blocks) if file_id else None
        return ts or self.posts.post(channel_id, plain.text, plain.blocks)

    def _picture(self, proof: Proof) -> str | None:
        """File id of the verdict's picture, which nobody sees before the post shows it."""
        from bot.bench import chart as verdict_chart

        try:
            png = verdict_chart.proof(proof).png
            return self.posts.upload(png, "kept.png", blocks_verdict.title(proof), blocks_verdict.alt(proof))
        except PostFailed as failed:
            log.warning("the verdict of bench %s goes without its picture: %s", proof.bench, failed.code)
            return None

    def _attach(self, bench: Bench, channel_id: str, ts: str) -> None:
        """The contact sheet, under its verdict."""
        try:
            self._sheet(bench, channel_id, ts)
        except PostFailed as failed:
            log.warning("the contact sheet of bench %s could not be posted: %s", bench.id, failed.code)

    def _sheet(self, bench: Bench, channel_id: str | None = None, ts: str | None = None) -> str:
        """File id of the contact sheet; seen by nobody before something shows it, unless a thread is given."""
        sheet = sheets.contact(self.store, partial(self.read, bench.team_id), bench.team_id, bench.id)
        title, alt = sheet_words.title(bench), sheet_words.alt(bench)
        return self.posts.upload(sheet.png, f"bench-{bench.id}.png", title, alt, channel_id, ts)

    def _show(self, bench: Bench) -> None:
        """Until what is shown is what stands, so that two jobs that overtake one another end right."""
        for _ in range(ROUNDS):
            if bench.channel_id is None or bench.message_ts is None:
                return
            message = progress(bench, self.names.person)
            self.posts.update(bench.channel_id, bench.message_ts, message.text, message.blocks)
            bench = self.store.read(rows_read.bench, bench.team_id, bench.id)
            if bench.state is BenchState.DRAWING or progress(bench, self.names.person) == message:
                return
