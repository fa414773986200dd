"""`@imagelane ...`, and what somebody writes to the bot in its own conversation: answered in its thread, by a job; in a
channel what concerns one person is seen by that person only.

A message is known by its channel and ts, and answered once: an edit of it, which Slack sends as an event of its own, is
only pointed out. A name behind other words may only ask.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.clock import Clock
from bot.entrypoints.slack import blocks_direct, jobs
from bot.entrypoints.slack import blocks_mention as view
from bot.entrypoints.slack.questions import Questions
from bot.errors import NotUnderstood
from bot.grammar import Audience, Command
from bot.jobs import EnqueueJob
from bot.ledger import answered, holds, workspaces
from bot.ledger.answered import MessageDelivery, Said
from bot.ledger.ledger import Ledger
from bot.slack import frame, refusal
from bot.slack.asker import Asker, refuse_outsiders
from bot.slack.failures import PostFailed
from bot.slack.message import DIRECT, Message
from bot.slack.names import Names
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from bot.slack.refusal import NotAnswered
from bot.slack.request import SlackRequest
from bot.slack.words import ABOUT_PEOPLE, NAMELESS, Addressed, addressed, named, said_directly
from bot.store import Connection

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 60  # answers in a direct conversation
OWN_NAME = "imagelane"
SLACKBOT = "USLACKBOT"
ENOUGH = "Those were 60 questions within an hour. I answer here again in an hour at the latest."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mention:
    """`text` is JSON in ASCII: a database can't hold every character somebody sends.

    `ts` and `bot_user_id` are empty in what an older version stored.
    """

    team_id: str
    channel_id: str
    thread_ts: str
    person_id: str
    person_team_id: str
    event_id: str
    text: str
    ts: str = ""
    bot_user_id: str = ""

    @property
    def direct(self) -> bool:
        """In the bot's own conversation with one person."""
        return self.channel_id.startswith(DIRECT)

    @property
    def request(self) -> SlackRequest:
        """Its key names this one message, however often it comes."""
        who = Asker(self.team_id, self.person_id, self.channel_id, None, "")
        key = f"mention:{self.channel_id}:{self.ts}" if self.ts else f"event:{self.event_id}"
        return SlackRequest(who, key, self.thread_ts)

    @property
    def stored(self) -> tuple[str, str, str, str, str, str, str, str, str]:
        where, who = (self.team_id, self.channel_id, self.thread_ts), (self.person_id, self.person_team_id)
        return (*where, *who, self.event_id, self.text, self.ts, self.bot_user_id)


@dataclass(frozen=True)
class Mentions:
    questions: Questions
    posts: Posts
    readers: Readers
    store: Ledger
    names: Names
    clock: Clock
    enqueue: EnqueueJob

    def mentioned(self, args: Args) -> None:
        """Only stored here: the answer is a job, and nothing that comes later of the same message is another one."""
        if self._is_of_a_person(args):
            self._take(args.context.team_id or "", args.body)

    def written(self, args: Args) -> None:
        """A message in a conversation we may read: only the bot's own is answered. Joins, files, edits and what bots
        write never are."""
        event = args.body["event"]
        is_whole = all(event.get(name) for name in ("channel", "ts", "text"))
        if event.get("channel_type") == "im" and is_whole and self._is_of_a_person(args):
            self._take(args.context.team_id or "", args.body)

    def _is_of_a_person(self, args: Args) -> bool:
        """A reply that was sent to the channel, too, is as any other; what Slack itself says is nobody's."""
        event = args.body["event"]
        machine = any(event.get(name) for name in ("bot_id", "bot_profile", "hidden"))
        if machine or event.get("subtype") not in (None, "", "thread_broadcast"):
            return False
        return bool(event.get("user")) and event["user"] not in (SLACKBOT, _own_id(args.body))

    def _take(self, team_id: str, body: Any) -> None:
        event = body["event"]
        mention = Mention(
            team_id,
            event["channel"],
            event.get("thread_ts") or event["ts"],
            event["user"],
            event.get("user_team") or event.get("team") or "",
            body["event_id"],
            json.dumps(event.get("text") or ""),
            event["ts"],
            _own_id(body),
        )
        self.store.write(self._taken, mention)

    def _taken(self, connection: Connection, mention: Mention) -> None:
        """Of a conversation's messages one by one, or two at once would count each other too late."""
        team_id, real = mention.team_id, self.clock.real()
        said = Said(team_id, mention.channel_id, mention.ts, mention.text)
        heard = unheard = 0
        if mention.direct:
            holds.lock(connection, team_id)
            heard, unheard = answered.taken_since(connection, team_id, mention.channel_id, real - HOUR)

        def enqueue(_: Connection, delivery: MessageDelivery) -> None:
            if delivery is MessageDelivery.EDITED:
                key = f"{team_id}:{mention.channel_id}:{mention.ts}:{said.words_hash}"
                self.enqueue(connection, jobs.hint(key, *mention.stored))
            elif delivery is MessageDelivery.FIRST and heard < MOST_AN_HOUR:
                # By the event's id: so did an older version name what it took up.
                self.enqueue(connection, jobs.answer(f"{team_id}:{mention.event_id}", *mention.stored))
            elif delivery is MessageDelivery.FIRST and not unheard:
                key = f"{team_id}:{mention.event_id}"
                self.enqueue(connection, jobs.enough(key, team_id, mention.channel_id, mention.thread_ts))

        answered.take(connection, said, real, enqueue, heard=heard < MOST_AN_HOUR)

    def enough(self, team_id: str, channel_id: str, thread_ts: str) -> None:
        """The job `direct.enough`."""
        mention = Mention(team_id, channel_id, thread_ts, "", "", "", "")
        self._tell(mention, refusal.sentence(ENOUGH))

    def hint(self, *arguments: str) -> None:
        """The job `mention.hint`: how to ask for what an edit says."""
        mention = Mention(*arguments)
        self._tell(mention, view.edited(f"@imagelane {self._addressed(mention).words}".strip()))

    def answer(self, *arguments: str) -> None:
        """The job `mention.answer`, with what `mentioned` stored."""
        mention = Mention(*arguments)

        def answer() -> None:
            try:
                self._answer(mention)
            except PostFailed as failed:
                log.warning("a mention could not be answered: %s", failed.code)

        outcome = refusal.attempt("the answer to a mention", answer)
        if isinstance(outcome, NotAnswered):
            self._tell(mention, refusal.said(outcome))

    def _answer(self, mention: Mention) -> None:
        refuse_outsiders(mention.team_id, mention.person_team_id)
        addressed = self._addressed(mention)
        try:
            command, is_meant = self._command(addressed)
        except NotUnderstood as error:
            self._tell(mention, self._not_read(mention, addressed.words, error))
            return
        if not (is_meant or self.questions.only_asks(command)):
            # What pays or writes is not done because it was found among other words.
            self._tell(mention, view.offered(command.words(), self.questions.offer(command)))
            return
        said = self.questions.answer(mention.request, command)
        audience = self.questions.audience(mention.team_id, command)
        if said is None or audience is Audience.POSTED:
            return
        if mention.direct:
            said = frame.unshared(said)  # nobody else is there
        if audience is Audience.THREAD or (audience is Audience.INSIDE and not self._others_read(mention)):
            self.posts.post(mention.channel_id, said.text, said.blocks, mention.thread_ts)
        else:
            self._tell(mention, said)

    def _not_read(self, mention: Mention, words: str, error: NotUnderstood) -> Message:
        """What was meant, or in a direct conversation what comes nearest. Raises `error` where there is neither."""
        if mention.direct and error.mended is None:
            return blocks_direct.unread(error, words, self.questions.named(words))
        return self.questions.meant(error)

    def _command(self, addressed: Addressed) -> tuple[Command, bool]:
        """And whether it was certainly meant: not where only a part of the words is one. Raises NotUnderstood."""
        try:
            return self.questions.parse(addressed.words), addressed.opens
        except NotUnderstood as error:
            for part in addressed.parts:
                with suppress(NotUnderstood):
                    return self.questions.parse(part), False
            raise error

    def _addressed(self, mention: Mention) -> Addressed:
        """People in a prompt are the words somebody typed; where they can be asked about they keep their id."""
        own_id = mention.bot_user_id or self.store.read(workspaces.bot_user, mention.team_id) or ""
        read, text = said_directly if mention.direct else addressed, json.loads(mention.text)
        found = read(text, own_id)
        if ABOUT_PEOPLE.match(found.words) or not NAMELESS.search(text):
            return found
        return read(named(text, self._called(own_id)), own_id)

    def _called(self, own_id: str) -> Callable[[str], str]:
        return lambda person_id: OWN_NAME if person_id == own_id else self.names.person(person_id)

    def _others_read(self, mention: Mention) -> bool:
        return self.readers.others(mention.team_id, mention.channel_id, mention.person_id)

    def _tell(self, mention: Mention, said: Message) -> None:
        """That person alone: in a direct conversation nobody else reads."""
        where, thread_ts = mention.channel_id, mention.thread_ts
        try:
            if mention.direct:
                self.posts.post(where, said.text, said.blocks, thread_ts)
            else:
                self.posts.ephemeral(where, mention.person_id, said.text, said.blocks, thread_ts)
        except PostFailed as failed:
            log.warning("nobody could be told: %s", failed.code)


def _own_id(body: Any) -> str:
    """The bot's own id as the event tells it; empty where it does not."""
    given = body.get("authorizations")
    first = given[0] if isinstance(given, list) and given else None
    return str(first.get("user_id") or "") if isinstance(first, dict) else ""
