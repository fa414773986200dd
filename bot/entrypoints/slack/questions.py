"""Any command of the table at this door: who answers it, and who may see that.

What is answered from facts is remembered; the rest each feature answers in its own way.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, TypeVar

from cachetools import TTLCache, cached

from bot.bench import own as bench_own
from bot.bench import verdicts
from bot.clock import Clock
from bot.entrypoints.slack import blocks_mention
from bot.errors import NotOpen, NotUnderstood, StoreTrouble
from bot.grammar import Audience, BookAnswer, Command, CommandTable, FactAnswer, Vocabulary
from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog
from bot.pricing.prices import OwnTokens, unpublished
from bot.slack.listeners import CommandAnswer
from bot.slack.message import VALUE_LIMIT, Message, View
from bot.slack.request import SlackRequest
from bot.slack.text import width

Facts = FactAnswer[Any]
T = TypeVar("T")

RUN = "Run it"
REMEMBERED_SECONDS = 60
REMEMBERED_TEAMS = 1000
REMEMBERED_ANSWERS = 1000


class Questions:
    """`answers` by the command's name, for those that facts alone do not answer."""

    def __init__(
        self,
        commands: CommandTable,
        answers: Mapping[str, CommandAnswer],
        catalog: Catalog,
        vocabulary: Vocabulary,
        store: Ledger,
        clock: Clock,
        horizon_days: int,
    ) -> None:
        self._commands, self._answers = commands, answers
        self._catalog, self._vocabulary, self._horizon_days = catalog, vocabulary, horizon_days
        self._clock = clock
        self._own = remembered(lambda team_id: own(store, clock, team_id))
        self._metered = remembered(lambda team_id: metered(store, catalog, clock, team_id))
        self._unpublished = frozenset(unpublished(catalog))
        # The same question on the same day with the same facts has the same answer, and Share and Details ask it again.
        self._asked = lru_cache(REMEMBERED_ANSWERS)(self._ask)
        self._composed = lru_cache(REMEMBERED_ANSWERS)(self._compose)

    def parse(self, words: str) -> Command:
        """Raises NotUnderstood."""
        return self._commands.parse(words, self._vocabulary.on(self._clock.now().date()))

    def named(self, words: str) -> tuple[str, ...]:
        """The commands that stand anywhere in them."""
        return self._commands.named(words)

    def meant(self, error: NotUnderstood) -> Message:
        """The whole command it was meant to be, on a button. Raises `error` where there is none."""
        if error.mended is None or width(error.mended) > VALUE_LIMIT:
            raise error
        return blocks_mention.meant(error.mended, self.offer(self.parse(error.mended)), error.reason)

    def answer(self, request: SlackRequest, command: Command) -> Message | None:
        """None where a window opened instead. Raises ImagelaneError."""
        answer = self._commands.of(command).answer
        if isinstance(answer, FactAnswer):
            return self._composed(*self._known(request.who.team_id, answer, command))
        return self._answers[command.name].answer(request, command)

    def again(self, team_id: str, command: Command) -> Message:
        """The same answer, for Share; of what `carried` gave."""
        answer = self._commands.of(command).answer
        if isinstance(answer, FactAnswer):
            return self._composed(*self._known(team_id, answer, command))
        shared = self._answers[command.name].shared
        if shared is None:
            raise NotOpen
        return shared(team_id, command)

    def details(self, team_id: str, words: str) -> View:
        """For who presses, of any question: what it may show was decided when it was answered."""
        command = self._read(words)
        answer = self._commands.of(command).answer
        if isinstance(answer, BookAnswer):
            explain = self._answers[command.name].details
            if explain is None:
                raise NotOpen
            return explain(team_id, command)
        if answer.details is None:
            raise NotOpen
        view: View = answer.details(self._asked(*self._known(team_id, answer, command)))
        return view

    def carried(self, words: str) -> Command:
        """The question a button carries. Raises NotOpen for anything that is none to be shared."""
        command = self._read(words)
        answer = self._commands.of(command).answer
        if isinstance(answer, BookAnswer) and self._answers[command.name].shared is None:
            raise NotOpen
        return command

    def _read(self, words: object) -> Command:
        if not isinstance(words, str) or not words:
            raise NotOpen
        try:
            return self.parse(words)
        except NotUnderstood:
            raise NotOpen from None

    def slow(self, command: Command) -> bool:
        """Whether its answer may take longer than an ack."""
        answer = self._commands.of(command).answer
        return isinstance(answer, BookAnswer) and answer.slow(command)

    def only_asks(self, command: Command) -> bool:
        return self._commands.of(command).only_asks(command)

    def offer(self, command: Command) -> str:
        """What the button says that runs it. Raises ImagelaneError where it would."""
        offer = self._answers[command.name].offer if command.name in self._answers else None
        return RUN if offer is None else offer(command)

    def audience(self, team_id: str, command: Command) -> Audience:
        """List prices are for anybody; what the team's benches came to is not."""
        row = self._commands.of(command)
        told = row.audience(command)
        if told is not Audience.THREAD or not isinstance(row.answer, FactAnswer):
            return told
        mine = self._mine(team_id, row.answer, command)
        return Audience.INSIDE if mine.proofs or mine.metered else told

    def _known(self, team_id: str, answer: Facts, command: Command) -> tuple[Command, date, bench_own.Own]:
        """All that an answer depends on."""
        return command, self._clock.now().date(), self._mine(team_id, answer, command)

    def _mine(self, team_id: str, answer: Facts, command: Command) -> bench_own.Own:
        """What its calls took is asked for only where somebody names a model without a published price: adding up 90
        days takes longer than the rest."""
        if answer.own is None:
            return bench_own.NOTHING_OWN
        mine = self._own(team_id)
        if self._unpublished.isdisjoint(command.words().split()):
            return mine
        return replace(mine, metered=self._metered(team_id))

    def _ask(self, command: Command, today: date, mine: bench_own.Own) -> Any:
        answer = self._facts(command)
        known = {} if answer.own is None else {"mine": mine}
        return answer.value(self._catalog, command, today, horizon_days=self._horizon_days, **known)

    def _compose(self, command: Command, today: date, mine: bench_own.Own) -> Message:
        said: Message = self._facts(command).blocks(self._asked(command, today, mine), dated(command, today))
        return said

    def _facts(self, command: Command) -> Facts:
        answer = self._commands.of(command).answer
        assert isinstance(answer, FactAnswer)  # or nobody would remember it
        return answer


def dated(command: Any, today: date) -> str:
    """The question in its canonical words, tied to its day."""
    words: str = replace(command, on=command.on or today).words()
    return words


def remembered(ask: Callable[[str], T]) -> Callable[[str], T]:
    """Asked once a minute for each team, so that a burst of questions costs the store nothing."""
    return cached(TTLCache[str, T](REMEMBERED_TEAMS, REMEMBERED_SECONDS), lock=Lock())(ask)


def own(store: Ledger, clock: Clock, team_id: str) -> bench_own.Own:
    try:
        return verdicts.own(store, team_id, clock.now())
    except StoreTrouble:
        return bench_own.Own()  # the prices hold without it


def metered(store: Ledger, catalog: Catalog, clock: Clock, team_id: str) -> tuple[OwnTokens, ...]:
    try:
        return verdicts.own_tokens(store, catalog, team_id, clock.now())
    except StoreTrouble:
        return ()  # it is unknown without it
