"""Asking for more than a budget holds: who is asked, until when, and how it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from zoneinfo import ZoneInfo

from bot import periods
from bot.errors import OverBudget, Shortfall
from bot.ledger.limits import Grants
from bot.money import CENT, cents, plain, usd

WAITING, APPROVED, DECLINED, REFUSED, EXPIRED = "waiting", "approved", "declined", "refused", "expired"
WAITS = timedelta(hours=24)
PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")  # a budget may also have been set from a terminal

NO_LONGER_NEEDED = "There was room again, so it was drawn without an answer."


@dataclass(frozen=True)
class AskedPerson:
    """`message_ts` None: their direct message does not stand yet."""

    person_id: str
    channel_id: str | None = None
    message_ts: str | None = None


@dataclass(frozen=True)
class BudgetRequest:
    """`words` is the command, None once it ended; `parent_id` the picture it draws again. `hold_nanousd` is the most it
    may cost, `shortfalls` what refused it.

    `answered_at` is when it ended, by whomever. `reason`: why it ended without the answer of a person.
    """

    team_id: str
    id: str
    request_key: str
    person_id: str
    channel_id: str
    thread_ts: str | None
    words: str | None
    hold_nanousd: int
    shortfalls: tuple[Shortfall, ...]
    asked_at: datetime
    until: datetime
    people: tuple[AskedPerson, ...]
    state: str = WAITING
    answered_by: str | None = None
    answered_at: datetime | None = None
    drawing_id: str | None = None
    reason: str | None = None
    told_at: datetime | None = None
    parent_id: str | None = None

    @property
    def usd(self) -> Decimal:
        return lacking_usd(self.shortfalls)

    @property
    def grants(self) -> Grants:
        """What an approval allows: that this one drawing is held, wherever those budgets stand by then."""
        return {(each.scope, each.scope_id, each.period): self.hold_nanousd for each in self.shortfalls}


@dataclass(frozen=True)
class WaitingRequest:
    """`usd` is what is short, up to the cent; `asked` are those of whom one answer is enough."""

    id: str
    person_id: str
    channel_id: str
    usd: Decimal
    asked: tuple[str, ...]
    asked_at: datetime
    until: datetime


@dataclass(frozen=True)
class WaitingRequests:
    """What waits for an answer, oldest first."""

    waiting: tuple[WaitingRequest, ...]
    zone: str
    as_of: datetime


def lacking_usd(shortfalls: Iterable[Shortfall]) -> Decimal:
    """What the budget that lacks most lacks, up to the cent: with that all of them hold it."""
    return plain(usd(max(each.short_nanousd for each in shortfalls)).quantize(CENT, ROUND_CEILING))


def tightest(shortfalls: Sequence[Shortfall]) -> Shortfall:
    return max(shortfalls, key=lambda each: each.short_nanousd)


def askable(
    shortfalls: Iterable[Shortfall], owners: Sequence[str], admins: Sequence[str], person_id: str
) -> tuple[str, ...]:
    """Of each budget who set it last, else its owners, else the admins. Nobody where one of those asks."""
    people: dict[str, None] = {}
    for each in shortfalls:
        by_slack = each.set_by is not None and PERSON.fullmatch(each.set_by)
        people |= dict.fromkeys([each.set_by] if by_slack and each.set_by else owners or admins)
    return () if person_id in people else tuple(people)


def lacking(error: OverBudget) -> str:
    """Why it can't be drawn though it was approved, in words for whoever reads it."""
    most = tightest(error.shortfalls)
    whose = {"workspace": "The workspace's", "channel": "The channel's", "person": "The person's"}
    name = whose.get(most.scope, "The project's")
    return f"{name} budget is {cents(lacking_usd([most]))} short this {most.per}. Nothing was charged."


def until(shortfalls: Iterable[Shortfall], asked_at: datetime, zone: ZoneInfo) -> datetime:
    """A day, or less where a period ends before: what was short then is not what is short now."""
    spans = {"week": periods.week, "month": periods.month}
    return min(asked_at + WAITS, *(spans[each.per](asked_at, zone).end for each in shortfalls))


def listed(waiting: Iterable[BudgetRequest], zone: ZoneInfo, now: datetime) -> WaitingRequests:
    lines = (
        WaitingRequest(
            one.id,
            one.person_id,
            one.channel_id,
            one.usd,
            tuple(each.person_id for each in one.people),
            one.asked_at,
            one.until,
        )
        for one in waiting
        if one.until > now
    )
    return WaitingRequests(tuple(lines), zone.key, now)
