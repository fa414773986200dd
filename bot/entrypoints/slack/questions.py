"""The questions anybody may ask: answered from facts and the team's own record, writing nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from threading import Lock

from cachetools import TTLCache, cached

from bot import grammar
from bot.bench import own as bench_own
from bot.bench import verdicts
from bot.bench.rows import BenchRows
from bot.entrypoints import answers
from bot.entrypoints.slack.blocks_help import help as guide
from bot.errors import NotOpen, NotUnderstood, StoreTrouble
from bot.estimate import blocks as estimate_blocks
from bot.lanes import ModelList, Recommendation
from bot.pricing import Quotes
from bot.recommend import blocks as recommend_blocks
from bot.recommend import blocks_models as models_blocks
from bot.slack.after_ack import AnswerPlace
from bot.slack.message import Message, View
from bot.slack.parts import Parts
from bot.spend import answer as spend_answer
from bot.spend import blocks as spend_blocks
from bot.spend import jobs as spend_jobs

Timeless = grammar.Estimate | grammar.Recommend | grammar.Models | grammar.Help
Question = Timeless | grammar.Spend
RECENT = timedelta(days=30)
REMEMBERED_SECONDS = 60
REMEMBERED_TEAMS = 1000
REMEMBERED_ANSWERS = 1000


class Questions:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._own = remembered(lambda team_id: own(parts, team_id))
        # The same question on the same day with the same facts has the same answer, and Share and Details ask it again.
        self._asked = lru_cache(REMEMBERED_ANSWERS)(self._ask)
        self._composed = lru_cache(REMEMBERED_ANSWERS)(self._compose)

    def answer(self, team_id: str, question: Question) -> Message:
        if isinstance(question, grammar.Spend):
            return self._spent(team_id, question)
        return self._composed(*self._known(team_id, question))

    def spend(self, team_id: str, question: grammar.Spend, to: AnswerPlace, key: str) -> Message:
        """The words at once; by day a chart follows, for who asked. `key` names the click or event it came from."""
        said = self._spent(team_id, question)
        if question.by == "day" and to.channel_id:
            about = (team_id, to.channel_id, question.words(), to.person_id, to.thread_ts or "")
            self._parts.start(spend_jobs.show(f"{team_id}:{key}", *about))
        return said

    def details(self, team_id: str, words: str) -> View:
        question = self.parse(words)
        answer = None if isinstance(question, grammar.Spend) else self._asked(*self._known(team_id, question))
        if not isinstance(answer, Quotes):
            raise NotOpen
        return estimate_blocks.details(answer)

    def has_amounts(self, team_id: str, question: Question) -> bool:
        """Whether the answer tells what the team spent or paid; list prices are no amounts."""
        if isinstance(question, grammar.Estimate | grammar.Recommend):
            return bool(self._own(team_id).proofs)  # what its benches came to
        return isinstance(question, grammar.Spend)

    def _spent(self, team_id: str, question: grammar.Spend) -> Message:
        """Never remembered: a vote or a picture of this moment is in it."""
        store, now = self._parts.store, self._parts.now()
        told = spend_answer.spend(spend_answer.Books.of(store, team_id, self._parts.zone), question, now)
        return spend_blocks.spending(told, replace(question, on=told.scope.as_of).words())

    def parse(self, words: str) -> Question:
        """The question a button carries. Raises NotOpen for anything that is none."""
        try:
            question = grammar.parse(words, self._parts.vocabulary)
        except NotUnderstood:
            raise NotOpen from None
        if not isinstance(question, Question) or isinstance(question, grammar.Help):
            raise NotOpen
        return question

    def _known(self, team_id: str, question: Timeless) -> tuple[Timeless, date, bench_own.Own]:
        """All that an answer depends on."""
        mine = self._own(team_id) if isinstance(question, grammar.Estimate | grammar.Recommend) else bench_own.Own()
        return question, self._parts.now().date(), mine

    def _ask(self, question: Timeless, today: date, mine: bench_own.Own) -> answers.Answer:
        facts, days = self._parts.catalog, self._parts.horizon_days
        return answers.answer(facts, question, today, days, mine)

    def _compose(self, question: Timeless, today: date, mine: bench_own.Own) -> Message:
        answer = self._asked(question, today, mine)
        match answer:
            case Quotes():
                return estimate_blocks.quotes(answer, dated(question, today))
            case Recommendation():
                return recommend_blocks.recommendation(answer, dated(question, today))
            case ModelList():
                return models_blocks.models(answer, dated(question, today))
            case _:
                return guide(answer.usages)


def dated(question: Timeless, today: date) -> str:
    """The question in its canonical words, tied to its day."""
    if isinstance(question, grammar.Help):
        return question.words()
    return replace(question, on=question.on or today).words()


def remembered(ask: Callable[[str], bench_own.Own]) -> Callable[[str], bench_own.Own]:
    """Asked once a minute for each team, so that a burst of questions costs the store nothing."""
    return cached(TTLCache[str, bench_own.Own](REMEMBERED_TEAMS, REMEMBERED_SECONDS), lock=Lock())(ask)


def own(parts: Parts, team_id: str) -> bench_own.Own:
    try:
        counts = parts.store.keep_counts(team_id, parts.now() - RECENT)
        return bench_own.own(counts, verdicts.newest(BenchRows(parts.store.engine), team_id))
    except StoreTrouble:
        return bench_own.Own()  # the prices hold without it
