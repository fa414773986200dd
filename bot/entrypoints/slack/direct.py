"""The bot's own conversation with a person: one greeting, the first time somebody looks into it."""

import logging
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.clock import Clock
from bot.entrypoints.slack import blocks_direct, jobs
from bot.errors import NotAllowed
from bot.jobs import EnqueueJob
from bot.ledger import answered
from bot.ledger.answered import GREETING, MessageDelivery, Said
from bot.ledger.ledger import Ledger
from bot.ledger.slack_answers import Standing
from bot.slack.failures import PostFailed, Unsure
from bot.slack.guests import Guests
from bot.slack.message import Message
from bot.slack.posts import Posts

READS = "im:history"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DirectConversations:
    store: Ledger
    posts: Posts
    guests: Guests
    clock: Clock
    enqueue: EnqueueJob

    def opened(self, args: Args) -> None:
        event, team_id = args.body["event"], args.context.team_id or ""
        channel_id, person_id = event.get("channel"), event.get("user") or ""
        if event.get("tab") != "messages" or not channel_id:
            return

        def enqueue(connection: Any, delivery: MessageDelivery) -> None:
            if delivery is MessageDelivery.FIRST:
                self.enqueue(
                    connection, jobs.greet(f"{team_id}:{args.body['event_id']}", team_id, channel_id, person_id)
                )

        self.store.write(answered.take, Said(team_id, channel_id, GREETING, ""), self.clock.real(), enqueue)

    def greet(self, team_id: str, channel_id: str, person_id: str = "") -> None:
        """The job `direct.greet`. Without the scope to read there it says what to type. Where it surely was not said,
        the next look is greeted."""
        try:
            greeting = self._greeting(team_id, person_id)
            self.posts.post(channel_id, greeting.text, greeting.blocks)
        except PostFailed as failed:
            log.warning("nobody could be greeted in %s: %s", team_id, failed.code)
            if not isinstance(failed, Unsure):
                self.store.write(answered.forget, team_id, channel_id, GREETING)

    def _greeting(self, team_id: str, person_id: str) -> Message:
        """With nothing to press that would refuse this person. Raises PostFailed."""
        standing = self._standing(team_id, person_id)
        if standing is Standing.OUTSIDER:
            return blocks_direct.to_a_stranger()
        scopes = self.posts.greeting().scopes
        may_draw = self.guests.allowed or standing is Standing.MEMBER
        return blocks_direct.greeting(reads=scopes is None or READS in scopes, may_draw=may_draw)

    def _standing(self, team_id: str, person_id: str) -> Standing:
        """Of whom Slack says nothing the same holds as of a guest: nothing paid for is drawn for them."""
        try:
            return self.guests.standing(team_id, person_id) if person_id else Standing.MEMBER
        except NotAllowed:
            return Standing.GUEST
