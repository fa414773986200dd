"""A plan to leave a model, a plan for each that ends, and the same month elsewhere, as values."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.bench.proof import Proof
from bot.lanes.finding import Finding
from bot.lanes.scene import BlindTest
from bot.ledger.mix_parts import MixPart
from bot.pricing.facts import Model
from bot.pricing.prices import OwnTokens
from bot.pricing.quotes import Answered
from bot.recommend.month import MonthElsewhere, MonthNow

MONTH_DAYS = 30


@dataclass(frozen=True)
class CallsSinceEnd:
    """Calls that still went to a model that has ended: `failed` of them brought no picture, `unknown` have no known
    price, and the others cost `spent_usd`."""

    model: str
    calls: int
    failed: int
    spent_usd: Decimal
    unknown: int


@dataclass(frozen=True)
class Uncounted:
    """Records of the month that do not say how many pictures they brought, so they are in no other figure: `unknown` of
    them have no known price, and the others cost `spent_usd`."""

    records: int
    spent_usd: Decimal
    unknown: int


@dataclass(frozen=True)
class Work:
    """What a team drew in the month before a day, all of it; `kept_prompts` is how many of its last are there for a
    blind test, `metered` what its calls took where nobody published a price, `proofs` its sealed blind tests.
    `since_end`: what still goes to models that ended in the month. `uncounted`: parts that do not say how many pictures
    they brought, which nothing can price elsewhere.
    """

    parts: tuple[MixPart, ...]
    kept_prompts: int = 0
    metered: tuple[OwnTokens, ...] = ()
    proofs: tuple[Proof, ...] = ()
    since_end: tuple[CallsSinceEnd, ...] = ()
    uncounted: tuple[MixPart, ...] = ()

    def of(self, model: Model) -> "Work":
        """As much of it as was drawn on that model."""
        mine, uncounted = (
            tuple(part for part in parts if part.model == model.id) for parts in (self.parts, self.uncounted)
        )
        return replace(self, parts=mine, uncounted=uncounted)


@dataclass(frozen=True)
class MovePlan(Answered):
    """What leaving `model` comes to. `first` and `last` are the days of the month, `ends_on` its announced end.

    `is_generic`: no picture is known to be drawn on it, so `now` is 1,000 pictures nobody drew. `there` is every model
    that may take it over, the one to move to first; `until` the last day of the window. `test` would prove it, None
    once one did (`is_proven`); `own_prompts` are how many of the team's kept prompts it is drawn on, 0 for a set of
    ours. `tested` is what own blind tests said of the model and one of those. `last_used` is None where it is not,
    `since_end` where no call still goes to it, `uncounted` where every record says how many pictures it brought.
    """

    day: date
    model: str
    lane: str
    first: date
    last: date
    ends_on: date | None
    is_gone: bool
    is_generic: bool
    last_used: datetime | None
    now: MonthNow
    there: tuple[MonthElsewhere, ...]
    until: date
    test: BlindTest | None
    test_quality: str
    own_prompts: int
    retest: tuple[str, ...]
    notes: tuple[str, ...]
    tested: tuple[Finding, ...] = ()
    lead: str = ""
    foot: str = ""
    asked_on: date | None = None
    since_end: CallsSinceEnd | None = None
    is_proven: bool = False
    uncounted: Uncounted | None = None

    @property
    def to(self) -> MonthElsewhere | None:
        return self.there[0] if self.there else None


@dataclass(frozen=True)
class MoveList(Answered):
    """A plan for every model in use that ends, the soonest first; `choices` are what the month may be reckoned on."""

    day: date
    plans: tuple[MovePlan, ...]
    choices: tuple[str, ...]
    lead: str = ""
    foot: str = ""
    asked_on: date | None = None


@dataclass(frozen=True)
class BackTest(Answered):
    """The same month elsewhere: of `model`, or of all where it is None. `there` is the one that was named, or every
    model that may take new work. `per_kept_usd` is what a kept picture of the month cost. `choices` are models the
    month may be reckoned on, `qualities` the words of the one that was named."""

    day: date
    model: str | None
    first: date
    last: date
    now: MonthNow
    there: tuple[MonthElsewhere, ...]
    per_kept_usd: Decimal | None
    choices: tuple[str, ...]
    qualities: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    uncounted: Uncounted | None = None
    lead: str = ""
    foot: str = ""
    asked_on: date | None = None
