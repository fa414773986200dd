"""A week's digest as a value: every door shows the same one, and the chart is drawn from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.digest.endings import Ending
from bot.digest.moves import Move
from bot.evidence import changed, wilson
from bot.lanes.finding import Finding
from bot.lanes.listed import ListDifference
from bot.lanes.programs import LaneChange
from bot.ledger.pictures import Left
from bot.money import usd
from bot.periods import Days, each_day
from bot.pricing import plain
from bot.spend.measures import Spending
from bot.spend.sums import Sums

FOUR_DIGITS = Decimal("0.0001")
NOT_RECONCILED = "Nothing is reconciled: no provider bill is known."
NO_LANE = "no lane"


@dataclass(frozen=True)
class LaneKeep:
    """How often a lane's images were kept; `low` to `high` is the 95% range (Wilson). `change` is up, down or None
    where no change is clear against the week before."""

    lane: str
    kept: int
    judged: int
    rate: Decimal
    low: Decimal
    high: Decimal
    kept_before: int
    judged_before: int
    change: str | None


@dataclass(frozen=True)
class LateFigures:
    """What came in for an earlier week after its digest had told `told_usd`; negative: it was corrected downwards."""

    week: str
    usd: Decimal
    told_usd: Decimal


@dataclass(frozen=True)
class WeekBar:
    """What is left of a budget. `left_usd` counts what is reserved as gone."""

    period: str
    spent_usd: Decimal
    limit_usd: Decimal
    left_usd: Decimal


@dataclass(frozen=True)
class Chart:
    """US dollars by day, one row a lane; `average_usd` is a day of the days `before`, None where it is unknown."""

    days: tuple[date, ...]
    spend: Mapping[str, tuple[Decimal, ...]]
    before: str
    average_usd: Decimal | None

    @property
    def totals(self) -> tuple[Decimal, ...]:
        """Of each day, all lanes together."""
        return tuple(sum((row[n] for row in self.spend.values()), Decimal()) for n in range(len(self.days)))


@dataclass(frozen=True)
class Week:
    """`proven` is what the newest sealed bench of each kind of work says by then, `lane_changes` what lanes will mean
    to programs, `listed` where OpenAI's own list of models says something else than our facts. `missed` are weeks whose
    digest never came; `again` says that this one may stand there already."""

    week: str
    days: Days
    zone: str
    as_of: datetime
    spending: Spending
    keeps: tuple[LaneKeep, ...]
    chart: Chart
    budget: WeekBar
    endings: tuple[Ending, ...]
    move: Move | None
    late: LateFigures | None
    proven: tuple[Finding, ...] = ()
    lane_changes: tuple[LaneChange, ...] = ()
    listed: tuple[ListDifference, ...] = ()
    missed: tuple[str, ...] = ()
    asked_by: str | None = None
    again: bool = False

    @property
    def quiet(self) -> bool:
        return not self.spending.total.records

    @property
    def reconciled(self) -> str:
        """How far the provider's bill of the same days goes with our books."""
        return self.spending.bill.sentence if self.spending.bill else NOT_RECONCILED

    @property
    def told_nanousd(self) -> int:
        """What the text tells as the total, for the next digest to compare with."""
        return int((self.spending.total.spend_usd or Decimal()) * 10**9)


def keeps(now: Sequence[Sums], before: Sequence[Sums]) -> tuple[LaneKeep, ...]:
    """One for each lane somebody judged, most judged first."""
    earlier = {part.name: part for part in before}
    found = [_keep(part, earlier.get(part.name, Sums(""))) for part in now if _judged(part)]
    return tuple(sorted(found, key=lambda keep: (-keep.judged, keep.lane)))


def late(week: str, now_usd: Decimal | None, told_nanousd: int | None) -> LateFigures | None:
    """None where nothing changed, or nothing was told."""
    if told_nanousd is None:
        return None
    told_usd, is_usd = usd(told_nanousd), now_usd or Decimal()
    return LateFigures(week, plain(is_usd - told_usd), plain(told_usd)) if is_usd != told_usd else None


def chart(days: Days, parts: Sequence[Sums], before: Days, before_usd: Decimal | None) -> Chart:
    """`parts` are the sums of each of the days by lane; lanes dearest first. `before_usd`: what was spent `before`."""
    each = [day.first for day in each_day(days)]
    found = {(part.period, part.name or NO_LANE): usd(part.spent_nanousd) for part in parts}
    lanes = {lane: tuple(found.get((str(day), lane), Decimal(0)) for day in each) for _, lane in found}
    drawn = {lane: row for lane, row in lanes.items() if any(row)}
    ordered = sorted(drawn, key=lambda lane: (-sum(drawn[lane]), lane))
    average = None if before_usd is None else before_usd / before.count
    return Chart(tuple(each), {lane: drawn[lane] for lane in ordered}, before.words(), average)


def bar(left: Left) -> WeekBar:
    return WeekBar(
        left.period,
        plain(usd(left.spent_nanousd)),
        plain(usd(left.limit_nanousd)),
        plain(usd(left.left_nanousd)),
    )


def _keep(now: Sums, before: Sums) -> LaneKeep:
    judged, judged_before = _judged(now), _judged(before)
    low, high = wilson(now.kept, judged)
    return LaneKeep(
        lane=now.name or NO_LANE,
        kept=now.kept,
        judged=judged,
        rate=(Decimal(now.kept) / judged).quantize(FOUR_DIGITS),
        low=Decimal(low).quantize(FOUR_DIGITS),
        high=Decimal(high).quantize(FOUR_DIGITS),
        kept_before=before.kept,
        judged_before=judged_before,
        change=changed(now.kept, judged, before.kept, judged_before),
    )


def _judged(part: Sums) -> int:
    return part.kept + part.rejected + part.retried
