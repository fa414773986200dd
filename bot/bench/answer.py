"""Plans a bench for every door: typed wishes in, the planned bench with its quote out. A door reads and shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.bench import rows_calls, rows_read
from bot.bench.command import BenchCommand
from bot.bench.more import MorePrompts
from bot.bench.plan import KEPT_KIND, Bench, Effort, Grid, Plan, WantedBench, checked, grid, kept_wanted
from bot.bench.prompt_sets import OF_A_SET
from bot.bench.quote import BenchQuote, bench_quote
from bot.bench.unused import further, safer
from bot.errors import NotOpen
from bot.ledger import holds, questions
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Limits, Source, Wished
from bot.money import nanousd
from bot.pricing.facts import Catalog
from bot.samples.priced_images import entrants, free

PricedGrid = tuple[tuple[Wished, ...], ...]
Sides = tuple[tuple[str, str | None], ...]  # a lane or a model, and its quality


@dataclass(frozen=True)
class BenchWishes:
    """What a person asks for, as their door read it; None is what is usual, or what the bench `again` had: its sides,
    too, where `sides` is empty.

    `request_key` names the click. The prompts are those of `named` (a set, its first `most` or 20, or kept:20), or else
    `prompts`, whose kind of work is `kind`, or those of the bench `again`; `tag` is a name for it that goes before all
    others. `kept_by`: whose kept prompts, None for anybody's. Where `judges` are named, `reviewers` is how many they
    are.
    """

    team_id: str
    request_key: str
    person_id: str
    channel_id: str | None
    source: Source
    sides: Sides
    size: str | None
    prompts: tuple[str, ...] = ()
    kind: str = ""
    named: str | None = None
    most: int | None = None
    kept_by: str | None = None
    again: str | None = None
    tag: str | None = None
    reviewers: int | None = None
    judges: tuple[str, ...] = ()
    reject_seconds: Decimal | None = None
    reject_usd_per_hour: Decimal | None = None
    cap_usd: Decimal | None = None


def typed(
    command: BenchCommand, team_id: str, request_key: str, person_id: str, channel_id: str | None, source: Source
) -> BenchWishes:
    """What a command says of it, at any door: all but its prompts, which each door finds its own way."""
    return BenchWishes(
        team_id=team_id,
        request_key=request_key,
        person_id=person_id,
        channel_id=channel_id,
        source=source,
        sides=tuple((choice, own or command.quality) for choice, own in command.lanes),
        size=command.size,
        again=command.id,
        tag=command.tag,
        reviewers=command.reviewers,
        reject_seconds=command.reject_seconds,
        reject_usd_per_hour=command.reject_usd_per_hour,
        cap_usd=command.cap,
    )


@dataclass(frozen=True)
class BenchPlanner:
    """`demo`: pictures are drawn without the image service, at no cost."""

    store: Ledger
    catalog: Catalog
    prompt_sets: Mapping[str, tuple[str, ...]]
    horizon_days: int
    demo: bool
    limits: Callable[[datetime], Limits]
    now: Callable[[], datetime]

    def plan(self, wishes: BenchWishes) -> BenchQuote:
        """Planned once for each click, however often it is sent; nothing is reserved. Raises ImagelaneError."""
        now = self.now()
        plan = plan_of(wishes, self._basis(wishes, now.date()))
        who = wishes.team_id, wishes.request_key, wishes.person_id, wishes.channel_id, wishes.source
        request = WantedBench(*who, plan, self.demo, wishes.again)
        bench = self.store.write(rows_calls.plan, request, self.images(plan, now.date()), now)
        return self.quote(bench)

    def _basis(self, wishes: BenchWishes, on: date) -> Plan:
        sides = entrants(wishes.sides, wishes.size, self.catalog, on, self.horizon_days)
        if wishes.again is None:
            prompts, kind = self._prompts(wishes)
            return Plan(prompts, sides, kind)
        earlier = self.store.read(rows_read.bench, wishes.team_id, wishes.again).plan
        prompts = wishes.prompts or earlier.prompts
        return replace(earlier, entrants=sides or earlier.entrants, prompts=prompts)

    def _prompts(self, wishes: BenchWishes) -> tuple[tuple[str, ...], str]:
        """And their kind of work."""
        if wishes.named is None:
            return wishes.prompts, wishes.kind
        count = kept_wanted(wishes.named)
        if count is not None:
            return self.store.read(questions.kept_prompts, wishes.team_id, wishes.kept_by, count), KEPT_KIND
        if wishes.named not in self.prompt_sets:
            raise NotOpen
        return self.prompt_sets[wishes.named][: wishes.most or OF_A_SET], wishes.named

    def images(self, plan: Plan, on: date) -> Grid:
        """Its images as they would be drawn on that day. Raises ModelRetired, BadSpec or NoPrice."""
        return self._drawn(grid(plan, self.catalog, on))

    def _drawn(self, priced: PricedGrid) -> PricedGrid:
        return tuple(map(free, priced)) if self.demo else priced

    def quote(self, bench: Bench) -> BenchQuote:
        """At the prices of today, of a bench that was planned."""
        now = self.now()
        left_nanousd = self.store.read(holds.left, bench.team_id, self.limits(now)).left_nanousd
        looks = self.store.read(rows_read.looks, bench.team_id, bench.question, demo=bench.demo)
        priced = grid(bench.plan, self.catalog, now.date())
        said = bench_quote(bench, self._drawn(priced), priced, left_nanousd, looks)
        more = safer(self.store, self.catalog, self.prompt_sets, bench, said.prompts_needed, now.date())
        return replace(said, more=more)

    def further(self, bench: Bench) -> MorePrompts | None:
        """At the prices of today, of a bench that was judged."""
        return further(self.store, self.catalog, self.prompt_sets, bench, self.now().date())


def plan_of(wishes: BenchWishes, basis: Plan) -> Plan:
    """What was said goes before what it is based on, save the cap: that is of this bench alone. Raises BadPlan."""
    seconds, hourly = wishes.reject_seconds, wishes.reject_usd_per_hour
    usual = basis.effort
    return checked(
        replace(
            basis,
            kind=wishes.tag or basis.kind,
            reviewers=basis.reviewers if wishes.reviewers is None else wishes.reviewers,
            judges=basis.judges if wishes.reviewers is None else wishes.judges,
            effort=Effort(
                usual.seconds if seconds is None else seconds, usual.usd_per_hour if hourly is None else hourly
            ),
            cap_nanousd=None if wishes.cap_usd is None else nanousd(wishes.cap_usd),
        )
    )
