"""The buttons under an answer. Each asks its question again, with the rights of who pressed it, and nobody else's.

With whom a channel is shared comes in here, too.
"""

from dataclasses import dataclass

from slack_bolt.kwargs_injection.args import Args

from bot.entrypoints.slack.questions import Questions
from bot.errors import ImagelaneError
from bot.grammar import Audience, Command
from bot.slack import refusal
from bot.slack.after_ack import AnswerPlace, Later, pressed_at, tell
from bot.slack.asker import Asker, asker
from bot.slack.frame import shared
from bot.slack.message import Message
from bot.slack.names import Names
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from bot.slack.refusal import NotAnswered

OUTSIDE = (
    "Not shown to all: people of another workspace read here, or I can't tell whether they do. "
    "Ask with `/imagelane spend`: only you see the answer."
)
BY_PERSON = "Figures by person are for the one who asked; they are not shared."


@dataclass(frozen=True)
class Sharing:
    questions: Questions
    posts: Posts
    readers: Readers
    names: Names
    later: Later

    def share(self, args: Args) -> None:
        """The same answer for the whole channel, saying who shared it."""
        who, to = asker(args), pressed_at(args)
        question = self.questions.carried(args.body["actions"][0].get("value"))
        audience = self.questions.audience(who.team_id, question)
        if audience is Audience.ASKER:  # a button can be forged: the one that would share these figures is never shown
            raise ImagelaneError(BY_PERSON)
        if audience is Audience.INSIDE:  # may take longer than an ack
            self.later(lambda: self._share_inside(who, to, question))
            return
        message = self.questions.again(who.team_id, question)
        self.later(lambda: self._tell_all(who, to, message))

    def _share_inside(self, who: Asker, to: AnswerPlace, question: Command) -> None:
        def ask() -> Message:
            if self.readers.others(who.team_id, to.channel_id, who.person_id):
                raise ImagelaneError(OUTSIDE)
            return self.questions.again(who.team_id, question)

        outcome = refusal.attempt("a shared answer", ask)
        if isinstance(outcome, NotAnswered):
            tell(self.posts, to, refusal.sentence(outcome.sentence), beside=True)
        else:
            self._tell_all(who, to, outcome)

    def _tell_all(self, who: Asker, to: AnswerPlace, message: Message) -> None:
        tell(self.posts, to, shared(message, self.names.person(who.person_id)), for_all=True)

    def details(self, args: Args) -> None:
        who = asker(args)
        view = self.questions.details(who.team_id, args.body["actions"][0].get("value"))
        self.posts.open_view(who.trigger_id, view)

    def changed(self, args: Args) -> None:
        """A channel is shared with another workspace, or no more: who reads it is asked again."""
        self.readers.forget(args.context.team_id or "", args.body["event"]["channel"])
