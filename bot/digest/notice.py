"""What a post about models that end tells, as a value."""

from dataclasses import dataclass
from datetime import date

from bot.digest.watch import AFTER, TakenBack
from bot.recommend.month import Sum
from bot.recommend.plans import MovePlan


@dataclass(frozen=True)
class EndingModel:
    """One of them and what runs on it: in the last 30 days, or since it ended.

    `failed` of the `calls` brought no picture; `images` is None where nobody counted them. `plan` is what moving would
    come to, None where nothing lasts to move to.
    """

    model: str
    calls: int
    failed: int
    images: int | None
    cost: Sum
    last_used: date
    projects: tuple[str, ...]
    plan: MovePlan | None


@dataclass(frozen=True)
class EndNotice:
    """All that end on one day. `again`: it may stand there already."""

    today: date
    ends_on: date
    mark: int
    models: tuple[EndingModel, ...]
    taken_back: tuple[TakenBack, ...] = ()
    again: bool = False

    @property
    def days_left(self) -> int:
        return (self.ends_on - self.today).days

    @property
    def is_after(self) -> bool:
        return self.mark == AFTER
