"""`/imagelane ...`: the words become a typed command, and its answer is the ack itself.

So does the button that offers a whole command.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.entrypoints.slack.questions import Questions
from bot.errors import NotOpen, NotUnderstood
from bot.grammar import Command
from bot.slack.after_ack import pressed_at
from bot.slack.asker import asker
from bot.slack.in_time import InTime
from bot.slack.message import Message
from bot.slack.request import SlackRequest
from bot.slack.words import command_words


@dataclass(frozen=True)
class Commands:
    questions: Questions
    in_time: InTime

    def imagelane(self, args: Args) -> Message | None:
        """Words that are not understood are offered as what they were meant to be, and not run."""
        who = asker(args)
        try:
            command = self.questions.parse(command_words(args.body.get("text") or ""))
        except NotUnderstood as error:
            return self.questions.meant(error)
        return self._answer(command, SlackRequest(who, f"command:{who.trigger_id}"))

    def run(self, args: Args) -> Message | None:
        """The command a button or a select carries, with the rights of who presses; pressed again it is the same
        request."""
        who, to, words = asker(args), pressed_at(args), _carried(args.body["actions"][0])
        message_ts = (args.body.get("container") or {}).get("message_ts")
        if words is None or not isinstance(message_ts, str):
            raise NotOpen
        key = f"offer:{who.channel_id}:{message_ts}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"
        return self._answer(self.questions.parse(words), SlackRequest(who, key, to.thread_ts, to.replaces))

    def _answer(self, command: Command, request: SlackRequest) -> Message | None:
        """Raises ImagelaneError."""
        if self.questions.slow(command):
            return self.in_time.answer(request.place, lambda: self.questions.answer(request, command))
        return self.questions.answer(request, command)


def _carried(action: dict[str, Any]) -> str | None:
    words = (action.get("selected_option") or action).get("value")
    return words if isinstance(words, str) else None
