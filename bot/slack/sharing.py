"""The buttons under an answer. Each asks its question again, with the rights of who pressed it, and nobody else's."""

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.errors import ImagelaneError
from bot.slack.amounts import OUTSIDE, refuse_private, stays_inside
from bot.slack.asker import Asker, asker
from bot.slack.parts import Parts
from bot.slack.questions import Questions
from bot.slack.telling import Place, pressed_at, tell
from bot.views import refusal
from bot.views.message import shared


class Sharing:
    def __init__(self, parts: Parts, questions: Questions) -> None:
        self._parts = parts
        self._questions = questions

    def share(self, args: Args) -> None:
        """The same answer for the whole channel, saying who shared it."""
        who, to = asker(args), pressed_at(args)
        question = self._questions.parse(args.body["actions"][0].get("value"))
        refuse_private(question)
        if isinstance(question, grammar.Spend):  # may take longer than an ack
            self._parts.later(lambda: self._share_amounts(who, to, question))
            return
        said = shared(self._questions.answer(who.team_id, question), who.person_id)
        self._parts.later(lambda: tell(self._parts.posts, to, said, for_all=True))

    def _share_amounts(self, who: Asker, to: Place, question: grammar.Spend) -> None:
        try:
            inside = stays_inside(self._parts.posts, to.channel_id, question)
            said = self._questions.answer(who.team_id, question) if inside else refusal.sentence(OUTSIDE)
        except ImagelaneError as error:
            inside, said = False, refusal.sentence(error.sentence)
        tell(self._parts.posts, to, shared(said, who.person_id) if inside else said, for_all=inside)

    def details(self, args: Args) -> None:
        who = asker(args)
        view = self._questions.details(who.team_id, args.body["actions"][0].get("value"))
        self._parts.posts.open_view(who.trigger_id, view)
