"""What a choice does to the price of one square picture: the same word elsewhere, the nearest price, the lever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.money import dollars
from bot.pricing.facts import Model
from bot.pricing.prices import price

# Two prices this close (the dearer at most a quarter above the cheaper) count as twins; our own choice.
TWIN = Decimal("1.25")


@dataclass(frozen=True)
class Step:
    """One rung of a model's ladder: what one square picture of that quality costs, in US dollars."""

    quality: str
    usd: Decimal


@dataclass(frozen=True)
class Effect:
    """One quality of the model in use, and its price neighbours on the `instead` model: US dollars, one square picture.

    `nearest` holds one step when there is a twin, else the steps just below and just above.
    """

    instead: str
    quality: str
    usd: Decimal
    same_word_usd: Decimal | None
    nearest: tuple[Step, ...]
    has_twin: bool

    @property
    def sentence(self) -> str:
        same = self.same_word_usd
        by_word = f"{dollars(same)} ({change(self.usd, same)}) at the same word" if same else "no such word there"
        return f"{self.quality} {dollars(self.usd)}: {by_word}; {self.by_cost}"

    @property
    def by_cost(self) -> str:
        if self.has_twin:
            twin = self.nearest[0]
            return f"nearest by cost is {twin.quality} {dollars(twin.usd)} ({change(self.usd, twin.usd)})"
        near = " and ".join(f"{step.quality} {dollars(step.usd)}" for step in self.nearest)
        return f"no twin by cost, {'it lies between' if len(self.nearest) > 1 else 'the nearest is'} {near}"


def change(old: Decimal, new: Decimal) -> str:
    """+20%, -35% or "the same"."""
    percent = round((new / old - 1) * 100)
    return f"{percent:+d}%" if percent else "the same"


def ladder(model: Model, on: date) -> tuple[Step, ...]:
    """One square picture in every quality with a price, cheapest first; of a model that is gone, as on its last day."""
    if model.shutdown is not None:
        on = min(on, model.shutdown - timedelta(days=1))
    size = model.shapes.get("square")
    if size is None:
        return ()
    priced = ((quality, price(model, quality, size, on).each) for quality in model.qualities)
    steps = (Step(quality, usd) for quality, usd in priced if usd is not None)
    return tuple(sorted(steps, key=lambda step: step.usd))


def medium(steps: Sequence[Step]) -> Decimal | None:
    return next((step.usd for step in steps if step.quality == "medium"), None)


def effects(old: Model, new: Model, on: date) -> tuple[Effect, ...]:
    """Empty where either has no known price."""
    there = ladder(new, on)
    return tuple(_effect(new.id, step, there) for step in ladder(old, on)) if there else ()


def _effect(instead: str, step: Step, there: Sequence[Step]) -> Effect:
    closest = min(there, key=lambda other: max(other.usd, step.usd) / min(other.usd, step.usd))
    has_twin = max(closest.usd, step.usd) <= TWIN * min(closest.usd, step.usd)
    below = [other for other in there if other.usd <= step.usd][-1:]
    above = [other for other in there if other.usd > step.usd][:1]
    same = next((other.usd for other in there if other.quality == step.quality), None)
    return Effect(instead, step.quality, step.usd, same, (closest,) if has_twin else tuple(below + above), has_twin)


def same_price(one: Sequence[Step], other: Sequence[Step]) -> bool:
    """Whether every word both know costs the same on both, and there is at least one."""
    there = {step.quality: step.usd for step in other}
    shared = [step for step in one if step.quality in there]
    return bool(shared) and all(there[step.quality] == step.usd for step in shared)
