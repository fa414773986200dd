"""What is compared: prompts, entrants, reviewers, the price of a reject, and what it may cost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bot.errors import BadPlan, NotOpen, OverBudget
from bot.ledger.bench_states import BenchState
from bot.ledger.pictures import Source, Wished
from bot.money import plain, rounded, short_usd, usd
from bot.pricing.facts import Catalog
from bot.samples.priced_images import Entrant, priced_for

FEWEST_PROMPTS, MOST_PROMPTS = 5, 40
FEWEST_LANES, MOST_LANES = 2, 3
MOST_REVIEWERS = 5
LONGEST_KIND = 40
KEPT_KIND = "kept prompts"
SPARE_ONE_IN = 10  # images: so many calls more are reserved, for those whose answer is lost
HOUR = 3600
MINUTES_A_PICTURE = 0.4  # a look and a press


@dataclass(frozen=True)
class Effort:
    """What one rejected image costs in people's time."""

    seconds: Decimal = Decimal(30)
    usd_per_hour: Decimal = Decimal(30)

    @property
    def usd(self) -> Decimal:
        return rounded(self.seconds * self.usd_per_hour / HOUR)


@dataclass(frozen=True)
class Plan:
    """`kind` names the work: a set of prompts or a tag. Without `cap_nanousd` the quote is the cap. Where `judges`
    are named, they alone judge, each every prompt: `reviewers` is how many they are."""

    prompts: tuple[str, ...]
    entrants: tuple[Entrant, ...]
    kind: str
    reviewers: int = 1
    effort: Effort = Effort()
    cap_nanousd: int | None = None
    judges: tuple[str, ...] = ()  # ids of people


@dataclass(frozen=True)
class WantedBench:
    """A plan somebody asks for. `request_key` names the click: a copy of it is no second bench. `parent_id` is the
    bench whose prompts it takes."""

    team_id: str
    request_key: str
    person_id: str
    channel_id: str | None
    source: Source
    plan: Plan
    demo: bool
    parent_id: str | None = None


@dataclass(frozen=True)
class Prompt:
    """`place` counts from 0. `dropped` is why it was left out, for all entrants alike."""

    place: int
    text: str
    dropped: str | None = None


@dataclass(frozen=True)
class Progress:
    """In sums only: what stood beside an entrant would give it away. `judged` counts prompts, by the id of who judged
    them; `in_slack` those whose pictures are all there for their judges, in every order."""

    images: int = 0
    done: int = 0
    failed: int = 0
    spent_nanousd: int = 0
    votes: int = 0
    judged: tuple[tuple[str, int], ...] = ()
    in_slack: int = 0


@dataclass(frozen=True)
class Bench:
    """`seed` gives the order away, so no answer before sealing may hold it. `held_nanousd` is kept for calls drawn
    again. `by` is who started it."""

    team_id: str
    id: str
    plan: Plan
    state: BenchState
    by: str
    source: Source
    channel_id: str | None
    message_ts: str | None
    demo: bool
    parent_id: str | None
    question: str
    held_nanousd: int
    reason: str | None  # why it ended, where nobody can see it from the state
    created_at: datetime
    ended_at: datetime | None
    prompts: tuple[Prompt, ...]
    progress: Progress
    seed: str = field(repr=False)

    @property
    def remaining(self) -> tuple[Prompt, ...]:
        remaining = [prompt for prompt in self.prompts if prompt.dropped is None]
        return tuple(remaining)

    @property
    def votes_due(self) -> int:
        """Until all that is left is judged by as many as should."""
        return len(self.remaining) * len(self.plan.entrants) * self.plan.reviewers

    @property
    def judgeable(self) -> bool:
        """All that is judged can be seen by its judges."""
        remaining = len(self.remaining)
        return self.state is BenchState.REVIEWING and self.progress.in_slack >= remaining > 0

    def may_judge(self, person_id: str) -> bool:
        """Anybody, until somebody is named: then those alone."""
        return not self.plan.judges or person_id in self.plan.judges


_AS_IT_IS = {
    BenchState.PLANNED: "was not started; nothing was changed.",
    BenchState.DRAWING: "is still being drawn; nothing was changed.",
    BenchState.REVIEWING: "is drawn and being judged; nothing was changed.",
    BenchState.SEALED: "is sealed; nothing was changed. `bench verdict {id}` shows what it came to.",
    BenchState.CANCELLED: "was cancelled; nothing was changed.",
}


def not_open(bench: Bench) -> NotOpen:
    """Says why what was asked of it can't be done any more, or not yet."""
    return NotOpen(f"That blind test {_AS_IT_IS[bench.state].format(id=bench.id)}")


def prompts_in(text: str) -> tuple[str, ...]:
    """One a line, without blank lines and those that begin with #."""
    lines = (line.strip() for line in text.lstrip("\ufeff").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def kept_wanted(name: str) -> int | None:
    """kept:20 asks for the prompts of the last 20 images that were kept. Raises BadPlan; None for any other name."""
    word, colon, count = name.partition(":")
    if word != "kept" or not colon:
        return None
    if not (count.isascii() and count.isdigit() and FEWEST_PROMPTS <= int(count) <= MOST_PROMPTS):
        raise BadPlan(f"I read kept:{FEWEST_PROMPTS} to kept:{MOST_PROMPTS}, so many of the last kept prompts.")
    return int(count)


WHO_JUDGES = f"1, 3 or {MOST_REVIEWERS} people judge, so that there is a majority"


def checked(plan: Plan) -> Plan:
    """The plan, unchanged. Raises BadPlan."""
    count, twice = len(plan.prompts), [one for one in plan.prompts if plan.prompts.count(one) > 1]
    specs = [entrant.spec for entrant in plan.entrants]
    same = next((spec for spec in specs if specs.count(spec) > 1), None)
    if not FEWEST_PROMPTS <= count <= MOST_PROMPTS:
        raise BadPlan(f"A bench takes {FEWEST_PROMPTS} to {MOST_PROMPTS} prompts; here are {count}.")
    if twice:
        raise BadPlan(f"The prompt {twice[0][:60]!r} stands there twice: a prompt counts once.")
    if not FEWEST_LANES <= len(plan.entrants) <= MOST_LANES:
        raise BadPlan(f"A bench compares {FEWEST_LANES} or {MOST_LANES} lanes or models; here are {len(specs)}.")
    if same is not None:
        raise BadPlan(f"Two entrants are {same}: there is nothing to compare. Give one another quality.")
    if plan.reviewers not in range(1, MOST_REVIEWERS + 1, 2):
        raise BadPlan(f"{WHO_JUDGES}; here are {plan.reviewers}.")
    if plan.judges and len(set(plan.judges)) != plan.reviewers:
        raise BadPlan(f"{WHO_JUDGES}, each named once.")
    if not 0 < len(plan.kind) <= LONGEST_KIND or not (plan.kind.isprintable() and plan.kind[0].isalnum()):
        raise BadPlan(f"A kind of work has a name of 1 to {LONGEST_KIND} characters that begins with a letter.")
    if plan.effort.seconds < 0 or plan.effort.usd_per_hour < 0:
        raise BadPlan("A reject costs no less than nothing.")
    return plan


def compared(plan: Plan) -> tuple[str, ...]:
    """What people call the sides: their lanes or models, with quality and size only where they would be alike."""
    names = [entrant.lane or entrant.spec.model for entrant in plan.entrants]
    for more in ("quality", "size"):
        if len({*names}) < len(names):
            names = [f"{name} {getattr(one.spec, more)}" for name, one in zip(names, plan.entrants, strict=True)]
    return tuple(names)


NOT_NAMED = "Only the people it names judge this blind test; nothing was changed."


def judging_minutes(pictures: int) -> int:
    """Of one person."""
    return max(1, round(pictures * MINUTES_A_PICTURE))


def question(plan: Plan) -> str:
    """The same for every bench that asks the same: by it the looks at one question are counted."""
    return " | ".join((plan.kind, *sorted(str(entrant.spec) for entrant in plan.entrants)))


@dataclass(frozen=True)
class Share:
    """What the images of one entrant should cost. `each_usd` is None where they differ: no price is published."""

    lane: str | None
    model: str
    quality: str
    size: str
    images: int
    each_usd: Decimal | None
    total_usd: Decimal


@dataclass(frozen=True)
class BenchCost:
    """`most_usd` is what is reserved: every call at its dearest, and `spare` calls to draw lost ones again."""

    prompts: int
    images: int
    shares: tuple[Share, ...]
    total_usd: Decimal
    spare: int
    most_usd: Decimal


Grid = Sequence[Sequence[Wished]]  # for each prompt its images, in the order of the entrants


def quote(plan: Plan, images: Grid) -> BenchCost:
    shares = tuple(_share(entrant, [row[n] for row in images]) for n, entrant in enumerate(plan.entrants))
    count = sum(len(row) for row in images)
    total = plain(sum((share.total_usd for share in shares), Decimal(0)))
    return BenchCost(len(images), count, shares, total, _spare_calls(images), plain(usd(reserved(images))))


def reserved(images: Grid) -> int:
    """Nano-dollars for the whole of it: every image, and the spare."""
    return sum(image.reserved_nanousd for row in images for image in row) + spare(images)


def spare(images: Grid) -> int:
    """Nano-dollars held for calls to be drawn again, each as dear as the dearest."""
    return _spare_calls(images) * max(image.reserved_nanousd for row in images for image in row)


def _spare_calls(images: Grid) -> int:
    return -(-sum(len(row) for row in images) // SPARE_ONE_IN)


def _share(entrant: Entrant, images: Sequence[Wished]) -> Share:
    expected = [image.expected_nanousd for image in images]
    each, spec = usd(expected[0]) if len({*expected}) == 1 else None, entrant.spec
    return Share(
        lane=entrant.lane,
        model=spec.model,
        quality=spec.quality,
        size=str(spec.size),
        images=len(images),
        each_usd=None if each is None else plain(each),
        total_usd=plain(usd(sum(expected))),
    )


def cap_refused(needed_nanousd: int, cap_nanousd: int) -> OverBudget:
    need, cap = short_usd(needed_nanousd, "ROUND_UP"), short_usd(cap_nanousd, "ROUND_DOWN")
    return OverBudget(f"The bench needs up to {need} and its cap is {cap}. Nothing was run or charged.")


def grid(plan: Plan, catalog: Catalog, on: date) -> tuple[tuple[Wished, ...], ...]:
    """Every image of a bench at the prices of that day, a row a prompt. Raises ModelRetired, BadSpec or NoPrice."""
    return tuple(tuple(priced_for(side, prompt, catalog, on) for side in plan.entrants) for prompt in plan.prompts)
