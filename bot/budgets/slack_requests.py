"""Asking for more at this door: offered under a refusal, asked by a press, answered by those who were asked."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.kwargs_injection.args import Args

from bot.budgets import blocks_requests, requests, rights, rows_requests
from bot.budgets.requests import APPROVED, DECLINED, REFUSED, WAITING, AskedPerson, BudgetRequest
from bot.clock import Clock
from bot.errors import Busy, CantStore, ImagelaneError, NotOpen, OverBudget, Paused, SlowDown, StoreTrouble
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Limits, Wish
from bot.ledger.rows import Enqueue, new_id
from bot.slack import refusal
from bot.slack.after_ack import Later, pressed_at, tell
from bot.slack.asker import Asker, asker
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import Message
from bot.slack.names import Names, calling
from bot.slack.posts import Posts
from bot.slack.refusal import Offering
from bot.slack.request import SlackRequest

PASSING = (Busy, CantStore, Paused, SlowDown)  # worth another try while it waits
ID = re.compile(r"[0-9a-z]{4,32}")
STILL = "It still waits for an answer: try again later."


@dataclass(frozen=True)
class TriedCommand:
    """The command that was refused, of another feature: read from its words, tried once more, or made into what is
    admitted and placed. The id of the picture that it draws again comes last."""

    read: Callable[[str], Any]
    answer: Callable[[SlackRequest, Any, str | None], Message | None]
    wish: Callable[[SlackRequest, Any, str | None], Wish]
    place: Enqueue


@dataclass(frozen=True)
class RequestListeners:
    """`owners` may change budgets, `admins` look after imagelane: they are asked where nobody set the budget.
    `tell` enqueues the job that says what is new of a request."""

    store: Ledger
    posts: Posts
    names: Names
    clock: Clock
    limits: Callable[[datetime], Limits]
    zone: ZoneInfo
    owners: tuple[str, ...]
    admins: tuple[str, ...]
    tried: TriedCommand
    tell: rows_requests.Tell
    later: Later

    def listeners(self) -> Listeners:
        return Listeners(
            {"budget.ask": self.ask, "budget.approve": self.approve, "budget.decline": self.decline},
        )

    def offered(self, answer: CommandAnswer) -> CommandAnswer:
        """The same; where budgets refuse and somebody can be asked for more, the refusal offers it."""

        def answered(request: SlackRequest, asked: Any) -> Message | None:
            try:
                return answer.answer(request, asked)
            except OverBudget as error:
                if not self._askable(error, request.who):
                    raise
                raise Offering(error.sentence, blocks_requests.refused(error, asked.words())) from None

        return replace(answer, answer=answered)

    def label(self, error: OverBudget, who: Asker) -> str | None:
        """What the button says that asks for more; None where nobody can be asked."""
        return blocks_requests.label(error) if self._askable(error, who) else None

    def waiting(self, team_id: str) -> Message:
        """What waits for an answer."""
        now = self.clock.now()
        waiting = requests.listed(self.store.read(rows_requests.waiting, team_id), self.zone, now)
        return blocks_requests.waiting(waiting, calling(self.names))

    # Asking

    def ask(self, args: Args) -> Message | None:
        """By the button under a refusal. One key for all presses: it is drawn once."""
        who, to, words = asker(args), pressed_at(args), args.body["actions"][0].get("value")
        message_ts = (args.body.get("container") or {}).get("message_ts")
        if not isinstance(words, str) or not isinstance(message_ts, str) or who.channel_id is None:
            raise NotOpen
        key = f"ask:{who.channel_id}:{message_ts}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"
        request = SlackRequest(who, key, to.thread_ts, to.replaces)
        return self.ask_or_draw(args, request, self.tried.read(words), None)

    def ask_or_draw(self, args: Args, request: SlackRequest, command: Any, parent_id: str | None) -> Message | None:
        """Tried once more first: if the money is there by now it is drawn. `parent_id`: the picture it draws again."""
        who = request.who
        waits = self.store.read(rows_requests.waiting_of, who.team_id, who.person_id, command.words())
        if waits:
            request = replace(request, key=waits.request_key)
        try:
            drawn = self.tried.answer(request, command, parent_id)
        except OverBudget as error:
            self._ask(args, request, command.words(), parent_id, error)
            return None
        if waits:
            self.store.write(rows_requests.drawn_without, waits.team_id, waits.id, self.clock.now(), self.tell)
        return drawn

    def _ask(self, args: Args, request: SlackRequest, words: str, parent_id: str | None, error: OverBudget) -> None:
        who, now = request.who, self.clock.now()
        people = self._askable(error, who)
        if not people:
            raise error
        new = BudgetRequest(
            team_id=who.team_id,
            id=new_id(),
            request_key=request.key,
            person_id=who.person_id,
            channel_id=who.channel_id or "",
            thread_ts=request.thread_ts,
            words=words,
            parent_id=parent_id,
            hold_nanousd=error.needed_nanousd,
            shortfalls=error.shortfalls,
            asked_at=now,
            until=requests.until(error.shortfalls, now, self.zone),
            people=tuple(map(AskedPerson, people)),
        )
        stands = self.store.write(rows_requests.ask, new, self.tell)
        before = stands.id != new.id
        self._say(args, lambda: blocks_requests.asked(stands, calling(self.names), now, self.zone, before=before))

    def _askable(self, error: OverBudget, who: Asker) -> tuple[str, ...]:
        return requests.askable(error.shortfalls, self.owners, self.admins, who.person_id)

    # Answering

    def approve(self, args: Args) -> None:
        """Admitted as if it were asked for now, under budgets raised for it alone."""
        who, stands = self._answered(args)
        if stands.state == WAITING:
            stands = self._approve(who, stands)
        self._say_unless_done(args, who, stands, (APPROVED, REFUSED))

    def decline(self, args: Args) -> None:
        who, stands = self._answered(args)
        if stands.state == WAITING:
            answered = (who.team_id, stands.id, who.person_id)
            stands = self.store.write(rows_requests.decline, answered, self.clock.now(), self.tell)
        self._say_unless_done(args, who, stands, (DECLINED,))

    def _approve(self, who: Asker, stands: BudgetRequest) -> BudgetRequest:
        """Raises what passes: then it waits still. What does not pass refuses it for good."""
        answered, at = (who.team_id, stands.id, who.person_id), self.clock.moment()
        asked_by = Asker(stands.team_id, stands.person_id, stands.channel_id, None, "")
        try:
            command = self.tried.read(stands.words or "")
            request = SlackRequest(asked_by, stands.request_key, stands.thread_ts)
            wish = self.tried.wish(request, command, stands.parent_id)
            return self.store.write(
                rows_requests.approve, answered, wish, self.limits(at.now), at, self.tried.place, self.tell
            )
        except StoreTrouble:
            raise
        except PASSING as error:
            raise ImagelaneError(f"{error.sentence} {STILL}") from None
        except ImagelaneError as error:
            reason = requests.lacking(error) if isinstance(error, OverBudget) else error.sentence
            return self.store.write(rows_requests.refuse, answered, reason, at.now, self.tell)

    def _answered(self, args: Args) -> tuple[Asker, BudgetRequest]:
        """Raises NotAllowed, and NotOpen for one that nobody asked here."""
        who, request_id = asker(args), args.body["actions"][0].get("value")
        if not isinstance(request_id, str) or not ID.fullmatch(request_id):
            raise NotOpen
        stands = self.store.read(rows_requests.request, who.team_id, request_id)
        asked = [one.person_id for one in stands.people]
        rights.refuse_to_answer(self.posts, self.owners, who.team_id, who.person_id, asked)
        return who, stands

    def _say_unless_done(self, args: Args, who: Asker, stands: BudgetRequest, own: tuple[str, ...]) -> None:
        """What this person did is said by a job, to all whom it concerns."""
        if (stands.state, stands.answered_by) not in [(state, who.person_id) for state in own]:
            self._say(args, lambda: blocks_requests.already(stands, calling(self.names)))

    def _say(self, args: Args, words: Callable[[], Message]) -> None:
        """After the ack: what people are called is asked of Slack."""
        to = pressed_at(args)
        self.later(lambda: tell(self.posts, to, refusal.said(refusal.attempt("what is said of a request", words))))
