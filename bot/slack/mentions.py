"""`@imagelane ...`: answered in its thread for all, by a job; what concerns one person is seen by that person only."""

import json
import logging
from dataclasses import astuple, dataclass

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.errors import ImagelaneError
from bot.posts import PostFailed
from bot.slack import digests
from bot.slack.amounts import private, stays_inside
from bot.slack.answering import BROKEN, trace
from bot.slack.asker import Asker, refuse_outsiders
from bot.slack.benches import Benches
from bot.slack.budgets import Budgets
from bot.slack.commands import show
from bot.slack.parts import Parts
from bot.slack.questions import Question, Questions
from bot.slack.telling import Place
from bot.slack.tries import Request, draw
from bot.slack.words import after_mention
from bot.views import refusal
from bot.views.message import Message

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mention:
    """`text` is JSON in ASCII: a database can't hold every character somebody sends."""

    team_id: str
    channel_id: str
    thread_ts: str
    person_id: str
    person_team_id: str
    event_id: str
    text: str


class Mentions:
    def __init__(
        self, parts: Parts, questions: Questions, budgets: Budgets, digested: digests.Digests, benches: Benches
    ) -> None:
        self._parts = parts
        self._questions = questions
        self._budgets = budgets
        self._digests = digested
        self._benches = benches

    def mentioned(self, args: Args) -> None:
        """Only stored here: the answer is a job, and a copy of the event is the same job."""
        event, team_id = args.body["event"], args.context.team_id or ""
        if event.get("bot_id") or event.get("subtype") or not event.get("user"):
            return
        event_id = args.body["event_id"]
        mention = Mention(
            team_id,
            event["channel"],
            event.get("thread_ts") or event["ts"],
            event["user"],
            event.get("user_team") or event.get("team") or "",
            event_id,
            json.dumps(event.get("text") or ""),
        )
        self._parts.start("answer", f"{team_id}:{event_id}", astuple(mention))

    def answer(self, *arguments: str) -> None:
        """The job `answer`, with what `mentioned` stored."""
        mention = Mention(*arguments)
        try:
            self._answer(mention)
        except ImagelaneError as error:
            self._tell(mention, refusal.sentence(error.sentence))
        except PostFailed as failed:
            log.warning("a mention could not be answered: %s", failed.code)
        except Exception as error:  # noqa: BLE001 - the person must hear of it, and the job engine must not repeat it
            log.error("the answer to a mention broke: %s", trace(error))
            self._tell(mention, refusal.sentence(BROKEN))

    def _answer(self, mention: Mention) -> None:
        refuse_outsiders(mention.team_id, mention.person_team_id)
        asked = grammar.parse(after_mention(json.loads(mention.text)), self._parts.vocabulary)
        match asked:
            case grammar.Try():
                draw(self._parts, _request(mention), asked)  # its placeholder, in the same thread, says the rest
            case grammar.Show():
                self._tell(mention, show(self._parts, mention.team_id, mention.person_id, asked.id, mention.event_id))
            case grammar.Budget():  # what a person may spend is for that person alone
                answer = self._budgets.answer(mention.team_id, mention.person_id, mention.channel_id, asked)
                self._tell(mention, answer)
            case grammar.Digest():
                wanted = digests.Request(mention.team_id, mention.channel_id, mention.person_id, mention.event_id)
                self._tell(mention, self._digests.answer(wanted, asked))
            case grammar.Bench():  # its verdict has amounts: for who asked
                who = Asker(mention.team_id, mention.person_id, mention.channel_id, None, "")
                self._tell(mention, self._benches.answer(who, asked))
            case _:
                said = self._said(mention, asked)
                if private(asked) or not stays_inside(self._parts.posts, mention.channel_id, asked):
                    self._tell(mention, said)
                else:
                    self._parts.posts.post(mention.channel_id, said.text, said.blocks, mention.thread_ts)

    def _said(self, mention: Mention, asked: Question) -> Message:
        if not isinstance(asked, grammar.Spend):
            return self._questions.answer(mention.team_id, asked)
        to = Place(None, mention.channel_id, mention.person_id, mention.thread_ts)
        return self._questions.spend(mention.team_id, asked, to, mention.event_id)

    def _tell(self, mention: Mention, said: Message) -> None:
        try:
            self._parts.posts.ephemeral(
                mention.channel_id, mention.person_id, said.text, said.blocks, mention.thread_ts
            )
        except PostFailed as failed:
            log.warning("nobody could be told: %s", failed.code)


def _request(mention: Mention) -> Request:
    return Request(
        mention.team_id,
        f"event:{mention.event_id}",
        mention.person_id,
        mention.channel_id,
        mention.thread_ts,
    )
