"""The buttons under an answer. Each asks its question again, with the rights of who pressed it, and nobody else's.

With whom a channel is shared comes in here, too.
"""

from slack_bolt.kwargs_injection.args import Args

from bot.entrypoints.slack.questions import Questions
from bot.errors import ImagelaneError
from bot.grammar import Audience, Command
from bot.slack import refusal
from bot.slack.after_ack import AnswerPlace, pressed_at, tell
from bot.slack.asker import Asker, asker
from bot.slack.message import shared
from bot.slack.parts import Parts

OUTSIDE = (
    "Not shown to all: people of another workspace read here, or I can't tell whether they do. "
    "Ask with `/imagelane spend`: only you see the answer."
)
BY_PERSON = "Figures by person are for the one who asked; they are not shared."


class Sharing:
    def __init__(self, parts: Parts, questions: Questions) -> None:
        self._parts = parts
        self._questions = questions

    def share(self, args: Args) -> None:
        """The same answer for the whole channel, saying who shared it."""
        who, to = asker(args), pressed_at(args)
        question = self._questions.carried(args.body["actions"][0].get("value"))
        audience = self._questions.audience(who.team_id, question)
        if audience is Audience.ASKER:  # a button can be forged: the one that would share these figures is never shown
            raise ImagelaneError(BY_PERSON)
        if audience is Audience.INSIDE:  # may take longer than an ack
            self._parts.later(lambda: self._share_inside(who, to, question))
            return
        said = shared(self._questions.again(who.team_id, question), who.person_id)
        self._parts.later(lambda: tell(self._parts.posts, to, said, for_all=True))

    def _share_inside(self, who: Asker, to: AnswerPlace, question: Command) -> None:
        try:
            inside = not self._parts.readers.others(who.team_id, to.channel_id, who.person_id)
            said = self._questions.again(who.team_id, question) if inside else refusal.sentence(OUTSIDE)
        except ImagelaneError as error:
            inside, said = False, refusal.sentence(error.sentence)
        tell(self._parts.posts, to, shared(said, who.person_id) if inside else said, for_all=inside)

    def details(self, args: Args) -> None:
        who = asker(args)
        view = self._questions.details(who.team_id, args.body["actions"][0].get("value"))
        self._parts.posts.open_view(who.trigger_id, view)

    def changed(self, args: Args) -> None:
        """A channel is shared with another workspace, or no more: who reads it is asked again."""
        self._parts.readers.forget(args.context.team_id or "", args.body["event"]["channel"])
