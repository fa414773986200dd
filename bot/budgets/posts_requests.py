"""Who is asked for more hears of it, and all whom it concerns hear how it ended.

A message that is owed stands as such in its row until it was said, so another process says it where one was killed. A
kill between a post and its note may say it twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.budgets import blocks_requests, lines, rights, rows_requests
from bot.budgets.requests import NO_LONGER_NEEDED, WAITING, AskedPerson, BudgetRequest
from bot.budgets.rows import BudgetRows
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.ledger.pictures import Limits
from bot.slack.failures import CantPost, PostFailed
from bot.slack.message import Message
from bot.slack.names import Names, calling
from bot.slack.post_once import NotPosted, Posted, never, post_once
from bot.slack.posts import Posts


@dataclass(frozen=True)
class RequestPosts:
    """`others` are asked where none of those who were may decide or can be reached: who set a budget may have left."""

    store: Ledger
    posts: Posts
    names: Names
    limits: Callable[[datetime], Limits]
    now: Callable[[], datetime]
    zone: ZoneInfo
    others: tuple[str, ...]

    def ask(self, team_id: str, request_id: str) -> None:
        """The job `budget.ask`. Whoever has the message already is not asked again."""
        request = self.store.read(rows_requests.request, team_id, request_id)
        if request.state != WAITING:
            return
        message = self._asks(request)
        reached = [one.message_ts is not None or self._ask(request, one, message) for one in request.people]
        if not any(reached):
            self._ask_others(request, message)
        stands = self.store.read(rows_requests.request, team_id, request_id)
        if stands.state != WAITING:  # somebody answered meanwhile, without the message that was on its way
            self._update(stands)

    def tell(self, team_id: str, request_id: str) -> None:
        """The job `budget.answered`: their messages say how it ended, and who asked hears it."""
        request = self.store.read(rows_requests.request, team_id, request_id)
        if request.state == WAITING or request.told_at is not None:
            return
        if not self._update(request):  # the sweep comes again, and who asked must not hear it each time
            return
        if request.reason == NO_LONGER_NEEDED:  # who asked has drawn it
            outcome: Posted | NotPosted = Posted(None)
        else:
            outcome = self._said(request.person_id, blocks_requests.outcome(request, calling(self.names)))
        if not (isinstance(outcome, NotPosted) and outcome.passing):
            self.store.write(rows_requests.note_told, team_id, request_id, self.now())

    def _asks(self, request: BudgetRequest) -> Message:
        now = self.now()
        scopes = [Scope(each.scope, each.scope_id) for each in request.shortfalls]
        standings = BudgetRows(self.store.engine).standings(request.team_id, self.limits(now), scopes)
        short = [lines.line(one) for one in standings if one.budget.scope in scopes]
        return blocks_requests.asks(request, short, calling(self.names), now, self.zone)

    def _ask_others(self, request: BudgetRequest, message: Message) -> None:
        there = {request.person_id, *(one.person_id for one in request.people)}
        people = [AskedPerson(person_id) for person_id in self.others if person_id not in there]
        self.store.write(rows_requests.ask_too, request.team_id, request.id, people)
        for one in people:
            self._ask(request, one, message)

    def _ask(self, request: BudgetRequest, one: AskedPerson, message: Message) -> bool:
        """False where they may decide no more, or Slack does not deliver to them; what passes the next sweep tries
        again."""
        try:
            if not rights.may_be_asked(self.posts, request.team_id, one.person_id):
                return False
            channel_id = self.posts.direct_channel(one.person_id)
        except CantPost:
            return False
        except PostFailed:
            return True
        outcome = post_once("a request", lambda _: self.posts.post(channel_id, message.text, message.blocks), never)
        if isinstance(outcome, Posted):
            noted = replace(one, channel_id=channel_id, message_ts=outcome.ts or "")
            self.store.write(rows_requests.note_asked, request.team_id, request.id, noted)
        return isinstance(outcome, Posted) or outcome.passing

    def _said(self, person_id: str, message: Message) -> Posted | NotPosted:
        def post(_again: bool) -> str:
            return self.posts.post(self.posts.direct_channel(person_id), message.text, message.blocks)

        return post_once("what came of a request", post, never)

    def _update(self, request: BudgetRequest) -> bool:
        ended = blocks_requests.ended(request, calling(self.names))
        outcomes = [self._updated(one, ended) for one in request.people]
        return all(outcomes)

    def _updated(self, one: AskedPerson, message: Message) -> bool:
        """False where Slack may take it later."""
        if not (one.channel_id and one.message_ts):
            return True

        def update(_again: bool) -> str:
            self.posts.update(one.channel_id or "", one.message_ts or "", message.text, message.blocks)
            return ""

        outcome = post_once("an answered request", update, lambda: True)  # an update is safe to repeat
        return not (isinstance(outcome, NotPosted) and outcome.passing)
