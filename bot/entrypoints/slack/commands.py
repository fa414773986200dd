"""`/imagelane ...`: the words become a typed command, and its answer is the ack itself.

So does the button that offers a whole command.
"""

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.bench.slack import BenchListeners
from bot.budgets.slack import BudgetListeners
from bot.digest import slack as digest_slack
from bot.entrypoints.slack.questions import Questions
from bot.errors import NotOpen
from bot.ledger.pictures import JUDGEABLE
from bot.samples import jobs as samples_jobs
from bot.samples.blocks_again import picture
from bot.samples.slack_try import PictureRequest, draw
from bot.slack import refusal
from bot.slack.after_ack import AnswerPlace, pressed_at
from bot.slack.asker import Asker, asker
from bot.slack.in_time import in_time
from bot.slack.message import Message
from bot.slack.parts import Parts
from bot.slack.words import command_words


class Commands:
    def __init__(
        self,
        parts: Parts,
        questions: Questions,
        budgets: BudgetListeners,
        digested: digest_slack.DigestListeners,
        benches: BenchListeners,
    ) -> None:
        self._parts = parts
        self._questions = questions
        self._budgets = budgets
        self._digests = digested
        self._benches = benches

    def imagelane(self, args: Args) -> Message | None:
        who = asker(args)
        to = AnswerPlace(who.reply_url, who.channel_id, who.person_id)
        return self._answer(who, command_words(args.body.get("text") or ""), to, f"command:{who.trigger_id}")

    def run(self, args: Args) -> Message | None:
        """The command a button carries, with the rights of who presses; pressed again it is the same request."""
        who, words = asker(args), args.body["actions"][0].get("value")
        message_ts = (args.body.get("container") or {}).get("message_ts")
        if not isinstance(words, str) or not isinstance(message_ts, str):
            raise NotOpen
        return self._answer(who, words, pressed_at(args), f"offer:{who.channel_id}:{message_ts}")

    def _answer(self, who: Asker, words: str, to: AnswerPlace, request: str) -> Message | None:
        """`request` names the click it came from. Raises ImagelaneError."""
        asked = grammar.parse(words, self._parts.vocabulary)
        match asked:
            case grammar.Try():
                place = who.channel_id or ""
                wanted = PictureRequest(who.team_id, request, who.person_id, place, to.thread_ts, who.reply_url)
                return refusal.sentence(draw(self._parts, wanted, asked))
            case grammar.Show():
                return show(self._parts, who.team_id, who.person_id, asked.id, request)
            case grammar.Spend():
                return in_time(self._parts, to, lambda: self._questions.spend(who.team_id, asked, to, request))
            case grammar.BudgetCommand():
                return in_time(
                    self._parts,
                    to,
                    lambda: self._budgets.answer(who.team_id, who.person_id, who.channel_id, asked),
                )
            case grammar.Digest():
                post = digest_slack.DigestRequest(who.team_id, who.channel_id or "", who.person_id, request)
                return in_time(self._parts, to, lambda: self._digests.answer(post, asked))
            case grammar.BenchCommand():
                if asked.act == "plan":
                    self._benches.open(who)
                    return None
                return in_time(self._parts, to, lambda: self._benches.answer(who, asked))
            case _:
                return self._questions.answer(who.team_id, asked)


def show(parts: Parts, team_id: str, person_id: str, generation_id: str, request: str) -> Message:
    """What is known about a picture; the picture itself follows by direct message. Raises NotOpen, or Blind."""
    generation, drawing = parts.store.picture(team_id, generation_id)
    votes = parts.store.votes_of(team_id, generation_id)
    if generation.state in JUDGEABLE:
        parts.start(samples_jobs.hand(f"{team_id}:{generation_id}:{request}", team_id, generation_id, person_id))
    return picture(generation, drawing, votes)
