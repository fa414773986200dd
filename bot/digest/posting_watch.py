"""Tells a channel that models its team uses end: each mark is claimed before it is posted, and posted once.

A process that died in between is followed once, by a post that says so; only what surely was not posted is tried again
by itself.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.digest import blocks_watch, watch
from bot.digest.answer_watch import WatchBooks
from bot.digest.notice import EndNotice
from bot.digest.posting import DigestPoster
from bot.digest.rows import MOST_REPEATS
from bot.digest.rows_watch import WatchPlace, WatchPost, WatchRows
from bot.digest.watch import TAKEN_BACK, DueMark, ModelMark
from bot.ledger.rows import new_id
from bot.slack.failures import PostFailed
from bot.slack.post_once import NotPosted, Posted, post_once
from bot.slack.readers import Readership

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WatchPoster:
    """`digest`: by whose Slack, clock and owner it posts; `books` and `watches` are of the same store."""

    digest: DigestPoster
    books: WatchBooks
    watches: WatchRows

    @classmethod
    def beside(cls, digest: DigestPoster) -> "WatchPoster":
        weeks = digest.weeks
        books = WatchBooks(weeks.store, weeks.catalog, weeks.zone, weeks.horizon_days)
        return cls(digest, books, WatchRows(weeks.store.engine))

    def due(self) -> Iterator[str]:
        """The teams with something to tell, as far as dates and earlier posts say: not yet whether they use it."""
        waiting = {post.team_id for post in self.watches.unposted() if self._may_post(post)}
        for team_id in self.watches.places():
            marks = self.watches.marks(team_id)
            if team_id in waiting or watch.may_be_due(
                self.books.catalog, marks, self.digest.clock.now(), self.books.zone
            ):
                yield team_id

    def post(self, team_id: str) -> None:
        """The job `watch.post`: what was left unposted, then what is due."""
        place = self.watches.places().get(team_id)
        if place is None:
            return
        for post in [one for one in self.watches.unposted() if one.team_id == team_id and self._may_post(one)]:
            self._post_again(replace(post, channel_id=place.channel_id), place)
        marks, now, zone = self.watches.marks(team_id), self.digest.clock.now(), self.books.zone
        if not watch.may_be_due(self.books.catalog, marks, now, zone):
            return
        last_used = self.books.last_used(team_id, self._today())
        for due in watch.due(self.books.catalog, last_used, marks, now, zone):
            self._post_due(team_id, due, place)

    def _may_post(self, post: WatchPost) -> bool:
        """Surely not posted, or its process died on the way."""
        dead = post.state == "posting" and post.owner != self.digest.owner and not self.digest.alive(post.owner)
        return post.state == "failed" or (dead and post.repeats < MOST_REPEATS)

    def _post_due(self, team_id: str, due: DueMark, place: WatchPlace) -> None:
        back = watch.taken_back(self.books.catalog, self.watches.told(team_id), self._today())
        told = self.books.notice(team_id, due, back, self.digest.clock.now())
        readership = self.digest.readers.of(team_id, place.channel_id)
        post = self.watches.claim(team_id, new_id(), place, due, back, self.digest.owner, self.digest.clock.real())
        if post is not None:  # another process may have taken some of them
            mine = tuple(one for one in told.models if one.model in post.models)
            said = tuple(
                one for one in told.taken_back if ModelMark(one.model, one.told_on, TAKEN_BACK) in post.taken_back
            )
            self._post(post, replace(told, models=mine, taken_back=said), place, readership)

    def _post_again(self, post: WatchPost, place: WatchPlace) -> None:
        today, catalog, marks = self._today(), self.books.catalog, self.watches.marks(post.team_id)
        named = [ModelMark(model, post.ends_on, post.mark) for model in post.models]
        still = tuple(one.model for one in named if not watch.is_over(catalog, one, marks, today))
        back = [watch.as_of(catalog, mark, today) for mark in post.taken_back]
        told = self.books.notice(post.team_id, DueMark(post.ends_on, post.mark, still), back, self.digest.clock.now())
        readership = self.digest.readers.of(post.team_id, post.channel_id)
        if self.watches.claim_again(post, self.digest.owner, self.digest.clock.real()):
            again = post.state == "posting" or post.repeats > 0
            self._post(post, replace(told, again=again), place, readership)

    def _today(self) -> date:
        return self.digest.clock.now().astimezone(self.books.zone).date()

    def _post(self, post: WatchPost, told: EndNotice, place: WatchPlace, readership: Readership) -> None:
        if not told.models:
            self.watches.dropped(post)
        elif readership is Readership.AWAY:  # Slack may say later who reads there
            self.watches.failed(post)
        else:
            self.digest.reached("watch claimed")
            self._send(post, told, place, amounts=readership is Readership.OURS)

    def _send(self, post: WatchPost, told: EndNotice, place: WatchPlace, *, amounts: bool) -> None:
        def send(again: bool) -> str:
            shown = blocks_watch.notice(replace(told, again=again), amounts=amounts)
            return self.digest.posts.post(post.channel_id, shown.text, shown.blocks)

        match post_once("that a model ends", send, lambda: self._claimed_again(post), again=told.again):
            case Posted(ts):
                self.digest.reached("watch posted")
                self.watches.posted(post, ts)
            case NotPosted(_, passing=True):
                self.watches.failed(post)
            case NotPosted(code):
                self._refuse(post, told, place, code.replace("_", " "))

    def _claimed_again(self, post: WatchPost) -> bool:
        claimed = self.watches.post(post.team_id, post.id)
        return claimed is not None and self.watches.claim_again(claimed, self.digest.owner, self.digest.clock.real())

    def _refuse(self, post: WatchPost, told: EndNotice, place: WatchPlace, why: str) -> None:
        """Whoever wanted it hears of it, once: an end nobody was told of is missed by nobody until calls fail."""
        self.watches.refused(post)
        said = blocks_watch.not_posted(told, self.digest.names.channel(post.channel_id), why)
        try:
            self.digest.posts.post(self.digest.posts.direct_channel(place.person_id), said.text, said.blocks)
        except PostFailed as failed:
            log.warning("nobody could be told that an end was not posted: %s", failed.code)
