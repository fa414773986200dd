"""An estimate asked for in a window, from Home or by a shortcut: answered there, and shared from there."""

import logging
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.entrypoints.slack import blocks_estimate_window as view
from bot.entrypoints.slack import jobs
from bot.entrypoints.slack.questions import Questions
from bot.errors import NotOpen, NotUnderstood
from bot.grammar import SHAPES, Audience, Vocabulary
from bot.grammar.vocabulary import Kind
from bot.jobs import Start
from bot.slack.asker import asker
from bot.slack.failures import PostFailed
from bot.slack.fields import chosen, listed, ticked, written
from bot.slack.frame import shared
from bot.slack.message import View
from bot.slack.names import Names
from bot.slack.posts import Posts
from bot.slack.readers import Readers

NOT_THERE = "I can't post there. Invite me first with /invite @imagelane, or choose another channel."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EstimateWindow:
    questions: Questions
    vocabulary: Vocabulary
    posts: Posts
    readers: Readers
    names: Names
    start: Start

    def opened(self, args: Args) -> None:
        """By a button of Home's, or by the shortcut."""
        self.posts.open_view(asker(args).trigger_id, view.ask_modal(self.vocabulary.names(Kind.QUALITY), SHAPES))

    def sent(self, args: Args) -> dict[str, Any]:
        """Answered in the same window. Raises NotUnderstood, which stands under the count."""
        filled, team_id = args.body["view"], asker(args).team_id
        command = self.questions.parse(_words(filled))
        question = command.words()
        answer = view.answer_modal(
            self.questions.again(team_id, command), self.questions.details(team_id, question), question
        )
        return {"response_action": "update", "view": answer}

    def shared(self, args: Args) -> dict[str, Any]:
        filled, who = args.body["view"], asker(args)
        question, channel_id = filled.get("private_metadata") or "", listed(filled, "to")
        self.questions.carried(question)
        if channel_id is None:
            raise NotOpen
        key = f"{who.team_id}:{filled['id']}:{channel_id}"
        self.start(jobs.share_to(key, who.team_id, channel_id, who.person_id, question))
        return {"response_action": "update", "view": view.shared_modal()}

    def share_to(self, team_id: str, channel_id: str, person_id: str, question: str) -> None:
        """The job `answer.share_to`. What the team's benches came to is shown to nobody of another workspace."""
        command = self.questions.carried(question)
        inside = self.questions.audience(team_id, command) is not Audience.THREAD
        try:
            if inside and self.readers.others(team_id, channel_id, person_id):
                self._refuse(person_id)
                return
            shown = shared(self.questions.again(team_id, command), self.names.person(person_id))
            self.posts.post(channel_id, shown.text, shown.blocks)
        except PostFailed as failed:
            log.info("an estimate could not be shared: %s", failed.code)
            self._refuse(person_id)

    def _refuse(self, person_id: str) -> None:
        try:
            self.posts.post(self.posts.direct_channel(person_id), NOT_THERE, [])
        except PostFailed as failed:
            log.warning("nobody could be told: %s", failed.code)


def _words(filled: View) -> str:
    count = (written(filled, "count") or "").strip()
    if not count:
        raise NotUnderstood("How many pictures? A number such as 1000.")
    parts = ["estimate", count, chosen(filled, "quality") or "", chosen(filled, "size") or ""]
    return " ".join([*filter(None, parts), *(["--batch"] if view.BATCH in ticked(filled, "batch") else [])])
