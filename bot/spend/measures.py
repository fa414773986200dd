"""What a period cost and whether it was worth it: the measures, defined once for every door.

spend         every charge for the period's pictures and calls, rejects and retries included; a record counts in the
              period it occurred in, a picture of ours in the one it was drawn in, with all its charges
keep rate     kept of judged, by the votes as they stand; a tie is not kept, a picture nobody judged counts as neither
per accepted  of a closed cohort: what the judged pictures cost, and the calls that can never be judged (refused,
              uncertain, unusable, without a picture, left without a verdict by a bench that is over), by kept; unknown
              while nothing was kept. Pictures nobody judged yet are pending, beside it and in neither part; those of a
              source that reported no review in the period are left out. product.md 1 has it word by word
waste         the spend on what was rejected, retried, refused, uncertain or unusable, each of them once

What a provider bills is never part of these sums. Amounts are whole nano-dollars coming in, dollars going out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from bot.billing.reconcile import Bill
from bot.money import plain, rounded, usd
from bot.periods import Days
from bot.spend.sums import LOSSES, WITHOUT_PICTURE, Sums, add

GIVE_AWAY = ("lane", "model", "quality")  # dimensions that would tell whose image is whose
OPEN_BENCH = "open bench"  # where a bench's pictures stand in these until it is sealed
UTC_DAY = "utc day"  # the day a provider counts by: asked of the store, and by nobody else
MOVERS = 3
FOUR_DIGITS = Decimal("0.0001")
MEASURES = (
    "Spend holds every charge, rejects and retries included; keep rate is kept of judged, by the votes as they stand "
    "now; the cost per kept picture is what the judged pictures and the calls without one cost, by kept: pending ones "
    "are in neither part."
)


@dataclass(frozen=True)
class Only:
    """The part of the records that was asked about: those of a project or a channel, and of a lane, model or person.

    What an open bench drew is of no lane and no model. `snapshots` are the dated names that count as the model.
    """

    project: str | None = None
    channel_id: str | None = None
    lane: str | None = None
    model: str | None = None
    snapshots: tuple[str, ...] = ()
    person_id: str | None = None


@dataclass(frozen=True)
class Loss:
    """Money without a picture somebody keeps. `kind` is one of LOSSES, `count` pictures or calls."""

    kind: str
    count: int
    usd: Decimal


@dataclass(frozen=True)
class Figures:
    """One row of an answer. Money is "at least" where `unknown` records have no price, and None where none has one.

    `change_usd` and `change_rate` (0.25 is a quarter more) are against the period before, of the known prices.
    `per_accepted_usd` is of a closed cohort, "at least" where a judged image has no known price: `pending_images`, with
    `pending_usd`, are in neither part of it, nor are the images `without_review`, of sources that report none.
    """

    name: str | None
    spend_usd: Decimal | None
    change_usd: Decimal | None
    change_rate: Decimal | None
    records: int
    images: int
    kept: int
    judged: int
    unreviewed: int
    keep_rate: Decimal | None
    per_accepted_usd: Decimal | None
    waste_usd: Decimal
    unknown: int
    per_accepted_basis: str = "closed"
    per_accepted_at_least: bool = False
    pending_images: int = 0
    pending_usd: Decimal | None = Decimal(0)
    without_review: int = 0


@dataclass(frozen=True)
class SpendScope:
    """What was asked, made whole: `days` until the day it is asked for, `against` the days they are compared with.

    `so_far` is today where the days reach it: what is under way is no whole day, and compared with none. `today` is
    told where it is another day than `as_of`: what was "last week" then is not any more.
    """

    period: str
    days: Days
    start: datetime
    end: datetime
    zone: str
    against: Days | None
    by: str
    only: Only
    as_of: date
    so_far: date | None = None
    today: date | None = None

    def under_way(self, day: str | None) -> bool:
        """Of a row's name."""
        return self.by == "day" and self.so_far is not None and day is not None and day >= str(self.so_far)


@dataclass(frozen=True)
class Spending:
    """`before_usd` is the spend of the period before; `movers` are the rows whose spend changed most.

    `bill` is the provider's column for the same days, in no sum here; None where none was read, and for a part.
    """

    measures: str
    scope: SpendScope
    total: Figures
    before_usd: Decimal | None
    rows: tuple[Figures, ...]
    movers: tuple[Figures, ...]
    waste: tuple[Loss, ...]
    demo: int
    notes: tuple[str, ...]
    defaults: tuple[str, ...] = ()
    bill: Bill | None = None

    @property
    def private(self) -> bool:
        """Figures by or of a person are for the one who asked: never shared, never shown to all."""
        return self.scope.by == "person" or self.scope.only.person_id is not None


def spending(scope: SpendScope, now: Sequence[Sums], before: Sequence[Sums]) -> Spending:
    """By anything but day: `now` and `before` are the sums of the two periods, by name."""
    earlier = None if scope.against is None else {part.name: part for part in before}
    rows = _against(now, earlier)
    return _spending(scope, now, before, sorted(rows, key=_dearest_first))


def spending_by_day(scope: SpendScope, now: Sequence[Sums], before: Sequence[Sums], eve: Sums) -> Spending:
    """Each whole day against the one before it: `now` holds the sums of each day, first to last, `eve` what comes
    before."""
    rows = [
        figures(day.period, day, None if scope.under_way(day.period) else earlier)
        for earlier, day in pairwise((eve, *now))
    ]
    return _spending(scope, now, before, rows)


def figures(name: str | None, now: Sums, before: Sums | None) -> Figures:
    spend, votes = _spend(now), now.kept + now.rejected + now.retried
    earlier = None if before is None else _spend(before)
    change = None if spend is None or earlier is None else spend - earlier
    return Figures(
        name=name,
        spend_usd=spend,
        change_usd=None if change is None else plain(change),
        change_rate=(change / earlier).quantize(FOUR_DIGITS) if change is not None and earlier else None,
        records=now.records,
        images=now.images,
        kept=now.kept,
        judged=votes,
        unreviewed=now.images - votes,
        keep_rate=(Decimal(now.kept) / votes).quantize(FOUR_DIGITS) if votes else None,
        per_accepted_usd=per_accepted(now),
        waste_usd=plain(usd(sum(getattr(now, f"{kind}_nanousd") for kind in LOSSES))),
        unknown=now.unknown,
        per_accepted_at_least=now.judged_unknown > 0,
        pending_images=now.pending,
        pending_usd=_known_usd(now.pending_nanousd, now.pending_unknown),
        without_review=now.left_out,
    )


def per_accepted(sums: Sums) -> Decimal | None:
    """Of the closed cohort; None while nothing of it was kept, or none of its costs is known."""
    never = sum(getattr(sums, f"{kind}_nanousd") for kind in WITHOUT_PICTURE)
    cost = _known_usd(sums.judged_nanousd + never, sums.judged_unknown)
    return rounded(cost / sums.kept) if cost is not None and sums.kept else None


def losses(sums: Sums) -> tuple[Loss, ...]:
    """Only those there are, in the order of LOSSES."""
    return tuple(
        Loss(kind, getattr(sums, kind), plain(usd(getattr(sums, f"{kind}_nanousd"))))
        for kind in LOSSES
        if getattr(sums, kind)
    )


def movers(rows: Iterable[Figures]) -> tuple[Figures, ...]:
    changed = [row for row in rows if row.change_usd]
    return tuple(sorted(changed, key=lambda row: (-abs(row.change_usd or Decimal()), row.name or ""))[:MOVERS])


def _spending(scope: SpendScope, now: Sequence[Sums], before: Sequence[Sums], rows: Sequence[Figures]) -> Spending:
    whole, earlier = add(now), None if scope.against is None else add(before)
    return Spending(
        measures=MEASURES,
        scope=scope,
        total=figures(None, whole, earlier),
        before_usd=None if earlier is None else _spend(earlier),
        rows=tuple(rows),
        movers=movers(rows) if len(rows) > 1 else (),
        waste=losses(whole),
        demo=whole.demo,
        notes=_notes(whole, earlier),
    )


def _against(now: Sequence[Sums], before: Mapping[str | None, Sums] | None) -> list[Figures]:
    """What only the period before had is a row too: it fell to nothing."""
    present = {part.name: part for part in now if part.records}
    names = dict.fromkeys((*present, *(name for name, part in (before or {}).items() if part.records)))
    return [
        figures(name, present.get(name, Sums("")), None if before is None else before.get(name, Sums("")))
        for name in names
    ]


def _dearest_first(row: Figures) -> tuple[Decimal, bool, str]:
    return -(row.spend_usd or Decimal()), row.name is None, row.name or ""


def _spend(sums: Sums) -> Decimal | None:
    return _known_usd(sums.spent_nanousd, sums.unknown)


def _known_usd(nanousd: int, unknown: int) -> Decimal | None:
    """Unknown, and never $0, where the only amounts are those nobody knows."""
    return None if unknown and not nanousd else plain(usd(nanousd))


def _notes(now: Sums, before: Sums | None) -> tuple[str, ...]:
    notes = []
    if now.unknown:
        notes.append(f"{_count(now.unknown, 'record has', 'records have')} no known price: sums are at least this.")
    if before is not None and (now.unknown or before.unknown):
        notes.append("Changes compare known prices only.")
    if now.left_out:
        many = _count(now.left_out, "picture is", "pictures are")
        notes.append(f"{many} of sources that report no reviews: in no cost per kept picture.")
    if now.demo:
        notes.append(f"{_count(now.demo, 'demo picture is', 'demo pictures are')} left out.")
    return tuple(notes)


def _count(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
