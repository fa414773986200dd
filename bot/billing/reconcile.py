"""What the provider billed beside what we metered: two columns, held against each other day by day, never one sum."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Self

from bot.money import CENT, dollars, plain, usd

SETTLED = timedelta(days=3)  # after a day's start: costs come late and are restated, later than this hardly any more
NAMED = 3  # days a sentence lists; more are counted
FOUR_DIGITS = Decimal("0.0001")
COST, USAGE = "cost", "usage"
IMAGE_MODEL = re.compile(r"(?:chatgpt-image|gpt-image|dall-e)-[a-z0-9]+(?:[.-][a-z0-9]+)*", re.IGNORECASE)


@dataclass(frozen=True)
class Bucket:
    """One line of what the provider says of one UTC day: a cost with its amount, or a usage with its count.

    `item` is the line item of a cost, the model of a usage. `project` and `item` are "" where it names none.
    """

    kind: str
    project: str
    item: str
    start: datetime
    end: datetime
    amount_nanousd: int | None = None
    quantity: Decimal | None = None
    unit: str | None = None

    @property
    def key(self) -> tuple[str, str, str, datetime]:
        return self.kind, self.project, self.item, self.start

    def plus(self, other: "Bucket") -> "Bucket":
        """Lines that share a key are parts of it."""
        amounts = [part.amount_nanousd for part in (self, other) if part.amount_nanousd is not None]
        counts = [part.quantity for part in (self, other) if part.quantity is not None]
        amount, quantity = sum(amounts) if amounts else None, sum(counts, Decimal()) if counts else None
        return replace(self, amount_nanousd=amount, quantity=quantity)

    @property
    def model(self) -> str | None:
        """The image model it is about; None for everything else an organization buys.

        The provider spells its line items in more than one way, but always with the model's id in them.
        """
        match = IMAGE_MODEL.search(self.item)
        return match[0].lower() if match else None


@dataclass(frozen=True)
class BillRead:
    """What one reading brought: `lines` of all that an organization buys, and the part of image models in dollars."""

    first: date
    last: date
    lines: int
    images_usd: Decimal
    others: int

    @classmethod
    def of(cls, first: date, last: date, buckets: Sequence[Bucket]) -> Self:
        costs = [one for one in buckets if one.kind == COST]
        ours = [one.amount_nanousd or 0 for one in costs if one.model]
        return cls(first, last, len(costs), _usd(sum(ours)), len(costs) - len(ours))


@dataclass(frozen=True)
class Billed:
    """What image models were billed for one UTC day, and how many images the provider counted, as of `read_at`."""

    day: date
    amount_nanousd: int
    images: int
    read_at: datetime

    @property
    def settled(self) -> bool:
        """Nothing more will come: what is not billed by now never will be."""
        return self.read_at >= _start(self.day) + SETTLED


@dataclass(frozen=True)
class BilledDays:
    """The days of a period that were read. `since`: the first that ever was; before it nobody looked. `read_at`: when
    any was last."""

    since: date
    days: tuple[Billed, ...]
    read_at: datetime | None = None

    def known(self, days: Iterable[date]) -> list[date]:
        """Without those that had passed when the bill was last read, and are not in what was read: nobody looked."""
        read = {one.day for one in self.days}
        after = self.since if self.read_at is None else self.read_at.date()
        return [day for day in days if day in read or day >= max(after, self.since)]


@dataclass(frozen=True)
class Metered:
    """Our own column for one UTC day: charges of pictures, and records of pipelines; `unknown` ones have no price."""

    nanousd: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class DayOfBill:
    """`billed_usd` None: not read. Of the metered, `waiting_usd` is not billed yet and `missing_usd` never was;
    `beyond_usd` was billed and not metered."""

    day: date
    billed_usd: Decimal | None
    metered_usd: Decimal
    waiting_usd: Decimal
    missing_usd: Decimal
    beyond_usd: Decimal


@dataclass(frozen=True)
class Bill:
    """UTC days from `first` to `last`, both inside. Rates are shares of what was metered (0.25 is a quarter), None
    where nothing was. `images` is the provider's count."""

    first: date
    last: date
    billed_usd: Decimal
    metered_usd: Decimal
    waiting_usd: Decimal
    missing_usd: Decimal
    beyond_usd: Decimal
    billed_rate: Decimal | None
    waiting_rate: Decimal | None
    waiting: tuple[date, ...]
    images: int
    unknown: int
    sentence: str
    days: tuple[DayOfBill, ...]


def reconcile(days: Sequence[date], metered: Mapping[date, Metered], billed: BilledDays) -> Bill:
    """Each day by itself, then added up: a day billed too much makes no other day right. `days` is not empty, and in
    order; those it leaves out between were never read."""
    read = {one.day: one for one in billed.days}
    each = tuple(_day(day, metered.get(day, Metered()), read.get(day)) for day in days)
    ours, waiting = _sum(one.metered_usd for one in each), _sum(one.waiting_usd for one in each)
    missing, beyond = _sum(one.missing_usd for one in each), _sum(one.beyond_usd for one in each)
    total = _sum(one.billed_usd or Decimal() for one in each)
    late = tuple(one.day for one in each if one.waiting_usd)
    unread = (days[-1] - days[0]).days + 1 - len(days)
    unknown = sum(metered.get(day, Metered()).unknown for day in days)
    parts = (_shares(ours, waiting, missing), _unexplained(missing, beyond))
    sentences = [f"Provider bill: {_about(total)} for {_span(days[0], days[-1])}: {', '.join(filter(None, parts))}."]
    if late:
        sentences.append(f"Not billed yet: {_listed(late)}.")
    if unread:
        sentences.append(f"In neither: {unread} {'day' if unread == 1 else 'days'} between, whose bill was never read.")
    return Bill(
        first=days[0],
        last=days[-1],
        billed_usd=total,
        metered_usd=ours,
        waiting_usd=waiting,
        missing_usd=missing,
        beyond_usd=beyond,
        billed_rate=_rate(ours - waiting - missing, ours),
        waiting_rate=_rate(waiting, ours),
        waiting=late,
        images=sum(one.images for day in days if (one := read.get(day))),
        unknown=unknown,
        sentence=" ".join((*sentences, *_unpriced(unknown))),
        days=each,
    )


def _day(day: date, ours: Metered, theirs: Billed | None) -> DayOfBill:
    amount = theirs.amount_nanousd if theirs else 0
    short = ours.nanousd - min(ours.nanousd, max(amount, 0))  # a credit is no bill below nothing
    beyond = max(amount - ours.nanousd, 0)
    settled = theirs is not None and theirs.settled
    return DayOfBill(
        day=day,
        billed_usd=_usd(amount) if theirs else None,
        metered_usd=_usd(ours.nanousd),
        waiting_usd=_usd(0 if settled else short),
        missing_usd=_usd(short if settled else 0),
        beyond_usd=_usd(beyond),
    )


def _shares(ours: Decimal, waiting: Decimal, missing: Decimal) -> str:
    """Of what was metered."""
    if not ours:
        return "nothing metered"
    still = f", {_percent(waiting, ours)} still metered" if waiting else ""
    return f"{_percent(ours - waiting - missing, ours)} billed{still}"


def _unexplained(missing: Decimal, beyond: Decimal) -> str:
    if missing and beyond:
        return f"{_about(beyond)} billed and not metered, {_about(missing)} metered and never billed, both unexplained"
    if beyond:
        return f"{_about(beyond)} unexplained (billed, not metered)"
    return f"{_about(missing)} unexplained (metered, never billed)" if missing else "nothing unexplained"


def _unpriced(unknown: int) -> tuple[str, ...]:
    if not unknown:
        return ()
    return (f"{unknown:,} {'record' if unknown == 1 else 'records'} without a known price can only be in the bill.",)


def _percent(part: Decimal, whole: Decimal) -> str:
    """All of it only when it is all of it, and none only when it is none."""
    share = int((100 * part / whole).to_integral_value())
    if share >= 100 and part < whole:
        return "99%"
    return "under 1%" if share == 0 and part else f"{share}%"


def _rate(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part / whole).quantize(FOUR_DIGITS) if whole else None


def _about(amount: Decimal) -> str:
    """To the cent, which is what a bill is read in."""
    small = amount and abs(amount) < CENT
    return "under $0.01" if small and amount > 0 else dollars(amount.quantize(CENT))


def _span(first: date, last: date) -> str:
    return f"the UTC day {first}" if first == last else f"the UTC days {first} to {last}"


def _listed(days: Sequence[date]) -> str:
    return ", ".join(map(str, days)) if len(days) <= NAMED else f"{len(days)} days, the last {days[-1]}"


def _usd(nanousd: int) -> Decimal:
    return plain(usd(nanousd))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return plain(sum(amounts, Decimal()))


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
