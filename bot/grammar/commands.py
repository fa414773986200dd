"""What was asked, as frozen values: one class a command. None means left out: the answer fills it in and says so.

`words()` gives the canonical words of a command: buttons carry them, and reading them gives the same value again.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from bot.grammar.numbers import rate_words
from bot.grammar.quotes import opens, quote
from bot.grammar.words import WHITE
from bot.ledger.limits import WORKSPACE, Scope
from bot.periods import WEEKDAYS, Asked, Days
from bot.periods import words as period_words


@dataclass(frozen=True)
class Help:
    topic: str | None = None

    def words(self) -> str:
        return _joined("help", self.topic)


@dataclass(frozen=True)
class Estimate:
    """`size` is a shape or like 1024x1536, `choice` a lane or a model, `keep` a rate above 0 and at most 1.

    `keep_own` asks for the rate the store knows; `keep` is None then. `kind` is a kind of work a bench was about.
    """

    count: int
    quality: str | None = None
    size: str | None = None
    choice: str | None = None
    batch: bool = False
    keep: Decimal | None = None
    keep_own: bool = False
    retries: int | None = None
    kind: str | None = None
    on: date | None = None

    def words(self) -> str:
        keep = "own" if self.keep_own else None if self.keep is None else rate_words(self.keep)
        return _joined(
            "estimate",
            str(self.count),
            self.quality,
            self.size,
            self.choice,
            "--batch" if self.batch else None,
            _option("keep", keep),
            _option("retries", self.retries),
            _option("for", None if self.kind is None else _name(self.kind)),
            _option("on", self.on),
        )


@dataclass(frozen=True)
class Recommend:
    """`model` goes with the situation `existing`, and only with it. `kind` is a kind of work a bench was about."""

    situation: str | None = None
    model: str | None = None
    kind: str | None = None
    on: date | None = None

    def words(self) -> str:
        kind = None if self.kind is None else _name(self.kind)
        return _joined("recommend", self.situation, self.model, _option("for", kind), _option("on", self.on))


@dataclass(frozen=True)
class Models:
    model: str | None = None
    on: date | None = None

    def words(self) -> str:
        return _joined("models", self.model, _option("on", self.on))


@dataclass(frozen=True)
class Try:
    """`choices` are lanes and models, at most three and each once; the prompt is as typed."""

    prompt: str
    choices: tuple[str, ...] = ()
    quality: str | None = None
    size: str | None = None

    def words(self) -> str:
        return _joined("try", quote(self.prompt), *self.choices, self.quality, self.size)


@dataclass(frozen=True)
class Show:
    id: str

    def words(self) -> str:
        return _joined("show", self.id)


@dataclass(frozen=True)
class Spend:
    """`by` is a dimension of `spend`; at most one of `project` and `channel_id` is named."""

    period: Asked | None = None
    by: str | None = None
    project: str | None = None
    channel_id: str | None = None
    on: date | None = None

    def words(self) -> str:
        return _joined(
            "spend",
            None if self.period is None else period_words(self.period),
            None if self.by is None else f"by {self.by}",
            None if self.project is None else f"in project {_name(self.project)}",
            None if self.channel_id is None else f"in #{self.channel_id}",
            _option("on", self.on),
        )


@dataclass(frozen=True)
class BudgetCommand:
    """`act` is show, set or off; `usd` and `per` (week or month) go with set, and only with it."""

    act: str = "show"
    usd: Decimal | None = None
    per: str | None = None
    scope: Scope = WORKSPACE

    def words(self) -> str:
        amount = None if self.usd is None else f"{self.usd.normalize():f} per {self.per}"
        return _joined("budget", self.act, amount, None if self.act == "show" else f"for {_whom(self.scope)}")


@dataclass(frozen=True)
class BenchCommand:
    """`act` is plan where nothing was said. `lanes` are lanes and models, each with a quality of its own or None for
    `quality`. `prompts` names a set or a file. Everything but `act` and `id` goes with run and rerun, save `file`,
    which goes with export."""

    act: str
    id: str | None = None
    prompts: str | None = None
    lanes: tuple[tuple[str, str | None], ...] = ()
    quality: str | None = None
    size: str | None = None
    reviewers: int | None = None
    cap: Decimal | None = None
    tag: str | None = None
    reject_seconds: Decimal | None = None
    reject_usd_per_hour: Decimal | None = None
    yes: bool = False
    file: str | None = None

    def words(self) -> str:
        lanes = ",".join(f"{choice}:{quality}" if quality else choice for choice, quality in self.lanes)
        return _joined(
            "bench",
            self.act,
            self.id,
            None if self.file is None else _name(self.file),
            _option("prompts", None if self.prompts is None else _name(self.prompts)),
            _option("lanes", lanes or None),
            _option("quality", self.quality),
            _option("size", self.size),
            _option("reviewers", self.reviewers),
            _option("cap", _plain(self.cap)),
            _option("tag", None if self.tag is None else _name(self.tag)),
            _option("reject-seconds", _plain(self.reject_seconds)),
            _option("reject-usd-per-hour", _plain(self.reject_usd_per_hour)),
            "--yes" if self.yes else None,
        )


@dataclass(frozen=True)
class Digest:
    """`act` is preview, post, on or off. With `on`: `weekday` 0 is Monday, `at` the time on the clocks of `zone`."""

    act: str | None = None
    week: Days | None = None
    weekday: int | None = None
    at: time | None = None
    zone: str | None = None
    channel_id: str | None = None
    on: date | None = None

    def words(self) -> str:
        return _joined(
            "digest",
            self.act,
            None if self.weekday is None else WEEKDAYS[self.weekday],
            None if self.at is None else f"{self.at:%H:%M}",
            self.zone,
            None if self.channel_id is None else f"in #{self.channel_id}",
            _option("week", None if self.week is None else self.week.words()),
            _option("on", self.on),
        )


Command = Help | Estimate | Recommend | Models | Try | Show | Spend | BudgetCommand | Digest | BenchCommand


def _whom(scope: Scope) -> str:
    said = {"channel": f"#{scope.id}", "person": f"@{scope.id}", "project": f"project {_name(scope.id)}"}
    return said.get(scope.kind, scope.kind)


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount.normalize():f}"


def _name(name: str) -> str:
    return quote(name) if opens(name) or any(letter in WHITE for letter in name) else name


def _option(name: str, value: object) -> str | None:
    return None if value is None else f"--{name} {value}"


def _joined(*words: str | None) -> str:
    return " ".join(word for word in words if word is not None)


DIMENSIONS = ("lane", "model", "quality", "source", "person", "project", "day")
