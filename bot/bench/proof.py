"""The verdict of a sealed bench, from its stored votes and those of earlier benches that asked the same.

The first lane named is the one that is used today: the others are held against it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.bench.more import MorePrompts
from bot.bench.outcome import Judged
from bot.bench.plan import Bench
from bot.evidence import LEAST_PROMPTS, USD_PER_HOUR, Image, ReviewerVote, Verdict, Word, verdict
from bot.money import plain, usd
from bot.pricing.spec import ImageSpec, Size
from bot.samples.priced_images import Entrant

DECISIONS = {  # what people read; JSON and code keep the values
    Word.SWITCH: "Switch to",
    Word.STAY: "Stay with",
    Word.KEEP_TESTING: "Not decided yet",
    Word.NO_CLEAR_DIFFERENCE: "No clear difference",
}
NO_CONFIDENCE = 3  # of a vote that was cast without one: neither sure nor unsure

Sealed = tuple[Bench, Sequence[Judged]]


@dataclass(frozen=True)
class NamedSide:
    """One side: `lane` is what the verdict calls it, `name` what people read, `role` the lane it stands for."""

    lane: str
    name: str
    role: str | None
    model: str
    quality: str
    size: Size

    @property
    def spec(self) -> ImageSpec:
        return ImageSpec(self.model, self.quality, self.size)


@dataclass(frozen=True)
class Traffic:
    """What the team drew on the spec of a side in its last 30 days, benches left out: real calls, which are shown
    beside a bench and never mixed with it. `kept` and `judged` as far as anybody said. `reported` of them were not
    drawn here."""

    lane: str
    images: int
    kept: int
    judged: int
    reported: int = 0


@dataclass(frozen=True)
class Offer:
    """The same prompts once more, the better side against premium; `sides` are lanes or models with a quality.
    `total_usd` is for both, None where one has no published price."""

    sides: tuple[tuple[str, str], ...]
    size: Size
    model: str
    prompts: int
    total_usd: Decimal | None

    @property
    def words(self) -> str:
        """As `bench rerun` reads them."""
        return ",".join(f"{choice}:{quality}" for choice, quality in self.sides)


@dataclass(frozen=True)
class Proof:
    """`benches` are those it rests on, this one last; `dropped` the prompts of this one that count for no side. Their
    calls are in no figure here: the ledger has them. `prompts` are all of this one. `sealed_on` is a day of UTC.
    `reject_seconds` at `usd_per_hour` is what a reject costs. `confident`: somebody said how sure they were. `more` are
    prompts that would go on with it. `usable` is what a channel may draw on from now on: the winner, or the best
    bet."""

    bench: str
    kind: str
    demo: bool
    sealed_on: date
    benches: tuple[str, ...]
    dropped: int
    reject_seconds: Decimal
    usd_per_hour: Decimal
    prompts: int
    sides: tuple[NamedSide, ...]
    verdict: Verdict
    confident: bool = True
    traffic: tuple[Traffic, ...] = ()
    offer: Offer | None = None
    more: MorePrompts | None = None
    usable: NamedSide | None = None

    def named(self, lane: str) -> NamedSide:
        return next(side for side in self.sides if side.lane == lane)


def prove(sealed: Sequence[Sealed]) -> Proof:
    """`sealed` are all benches of one question, the earliest first; the last is the one that is asked about.

    A prompt counts once: in the bench that had it first. Only a bench whose question was answered by then counts as a
    look, and one without a new prompt is none.
    """
    bench, images = sealed[-1]
    effort = bench.plan.effort
    by_prompt: dict[tuple[str, str], Image] = {}
    looks = 0
    for earlier, calls in sealed[:-1]:
        new = _add(by_prompt, earlier, calls)
        looks += new and len({prompt for prompt, _ in by_prompt}) >= LEAST_PROMPTS
    _add(by_prompt, bench, images)
    return Proof(
        bench=bench.id,
        kind=bench.plan.kind,
        demo=bench.demo,
        sealed_on=(bench.ended_at or bench.created_at).date(),
        benches=tuple(one.id for one, _ in sealed),
        dropped=len(bench.prompts) - len(bench.remaining),
        reject_seconds=effort.seconds,
        usd_per_hour=effort.usd_per_hour,
        prompts=len(bench.prompts),
        sides=_named(bench.plan.entrants),
        verdict=verdict(
            tuple(by_prompt.values()),
            str(bench.plan.entrants[0].spec),
            effort.usd,
            looks,
            effort.usd_per_hour or USD_PER_HOUR,
        ),
        confident=any(vote.confidence for _, calls in sealed for one in calls for vote in one.votes),
    )


def _add(by_prompt: dict[tuple[str, str], Image], bench: Bench, images: Sequence[Judged]) -> bool:
    """Whether it had a prompt that none before it had."""
    prompts = {prompt for prompt, _ in by_prompt}
    new = {one.place for one in images if one.counted and bench.prompts[one.place].text not in prompts}
    for one in images:
        if one.counted and one.place in new:
            image = _image(bench, one, images)
            by_prompt[image.prompt, image.lane] = image
    return bool(new)


def _image(bench: Bench, one: Judged, images: Iterable[Judged]) -> Image:
    """Both calls of an image that was drawn again are its price."""
    calls = [each for each in images if (each.place, each.entrant) == (one.place, one.entrant)]
    votes = tuple(
        ReviewerVote(vote.person_id, vote.verdict == "keep", vote.confidence or NO_CONFIDENCE) for vote in one.votes
    )
    cost = plain(usd(sum(call.charged_nanousd for call in calls)))
    return Image(bench.prompts[one.place].text, str(bench.plan.entrants[one.entrant].spec), cost, votes)


def _named(entrants: Sequence[Entrant]) -> tuple[NamedSide, ...]:
    """As short as tells them apart: the model, with its quality, with its size."""
    specs = [entrant.spec for entrant in entrants]
    tries = ([spec.model for spec in specs], [f"{spec.model} {spec.quality}" for spec in specs], [*map(str, specs)])
    names = next(names for names in tries if len({*names}) == len(names))
    return tuple(
        NamedSide(str(one.spec), name, one.lane, one.spec.model, one.spec.quality, one.spec.size)
        for one, name in zip(entrants, names, strict=True)
    )
