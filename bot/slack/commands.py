"""`/imagelane ...`: the words become a typed command, and its answer is the ack itself."""

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.drawings import JUDGEABLE
from bot.slack import digests
from bot.slack.asker import asker
from bot.slack.benches import Benches
from bot.slack.budgets import Budgets
from bot.slack.parts import Parts
from bot.slack.questions import Questions
from bot.slack.telling import Place
from bot.slack.tries import Request, draw
from bot.slack.waiting import in_time
from bot.slack.words import command_words
from bot.views import refusal, sample
from bot.views.message import Message


class Commands:
    def __init__(
        self, parts: Parts, questions: Questions, budgets: Budgets, digested: digests.Digests, benches: Benches
    ) -> None:
        self._parts = parts
        self._questions = questions
        self._budgets = budgets
        self._digests = digested
        self._benches = benches

    def imagelane(self, args: Args) -> Message | None:
        who = asker(args)
        asked = grammar.parse(command_words(args.body.get("text") or ""), self._parts.vocabulary)
        to = Place(who.reply_url, who.channel_id, who.person_id)
        match asked:
            case grammar.Try():
                request = Request(
                    who.team_id, f"command:{who.trigger_id}", who.person_id, who.channel_id or "", None, who.reply_url
                )
                return refusal.sentence(draw(self._parts, request, asked))
            case grammar.Show():
                return show(self._parts, who.team_id, who.person_id, asked.id, who.trigger_id)
            case grammar.Spend():
                return in_time(self._parts, to, lambda: self._questions.spend(who.team_id, asked, to, who.trigger_id))
            case grammar.Budget():
                return in_time(
                    self._parts,
                    to,
                    lambda: self._budgets.answer(who.team_id, who.person_id, who.channel_id, asked),
                )
            case grammar.Digest():
                wanted = digests.Request(who.team_id, who.channel_id or "", who.person_id, who.trigger_id)
                return in_time(self._parts, to, lambda: self._digests.answer(wanted, asked))
            case grammar.Bench():
                if asked.act == "plan":
                    self._benches.open(who)
                    return None
                to = Place(who.reply_url, who.channel_id, who.person_id)
                return in_time(self._parts, to, lambda: self._benches.answer(who, asked))
            case _:
                return self._questions.answer(who.team_id, asked)


def show(parts: Parts, team_id: str, person_id: str, generation_id: str, request: str) -> Message:
    """What is known about a picture; the picture itself follows by direct message. Raises NotOpen, or Blind."""
    generation, drawing = parts.store.picture(team_id, generation_id)
    votes = parts.store.votes_of(team_id, generation_id)
    if generation.state in JUDGEABLE:
        parts.start("hand", f"{team_id}:{generation_id}:{request}", (team_id, generation_id, person_id))
    return sample.picture(generation, drawing, votes)
