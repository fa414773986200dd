"""`spend`: what a period cost, asked of the books of one team."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Self, TextIO
from zoneinfo import ZoneInfo

from bot import periods
from bot.billing.reconcile import Bill, BilledDays, Metered, reconcile
from bot.billing.rows import BillBooks
from bot.errors import NotUnderstood
from bot.ledger.ledger import Ledger
from bot.pricing import model_named
from bot.pricing.facts import Catalog
from bot.spend.command import Spend
from bot.spend.focus import FocusCount, FocusSheet
from bot.spend.measures import UTC_DAY, Only, Spending, SpendScope, spending, spending_by_day
from bot.spend.rows import SpendRows
from bot.spend.rows_focus import FocusRows
from bot.spend.sums import Sums

PERIOD, BY = periods.NamedPeriod.THIS_MONTH, "lane"


MOST_DAYS = 366  # one statement a day


@dataclass(frozen=True)
class Books:
    """How the books of one team are asked: `sums` by a dimension or none, `earliest` for when they begin. `catalog`
    says which names are one model's.

    `billed` is the provider's column: what it billed for the days of a period, None where nobody ever read a bill.
    `write_focus` writes what a period holds call by call, with the people who asked or without.
    """

    sums: Callable[[Sequence[periods.Period], str | None, Only], Sequence[Sums]]
    earliest: Callable[[], datetime | None]
    zone: ZoneInfo
    catalog: Catalog
    write_focus: Callable[[periods.Period, TextIO, bool], FocusCount]
    billed: Callable[[periods.Period], BilledDays | None] = lambda _period: None

    @classmethod
    def of(cls, store: Ledger, team_id: str, zone: ZoneInfo, catalog: Catalog) -> Self:
        return cls(
            sums=partial(SpendRows(store.engine).sums, team_id),
            earliest=partial(SpendRows(store.engine).earliest, team_id),
            zone=zone,
            catalog=catalog,
            write_focus=partial(_write_focus, store, team_id, catalog),
            billed=partial(BillBooks(store.engine).billed, team_id),
        )


def spend(books: Books, command: Spend, now: datetime) -> Spending:
    """Raises NotUnderstood for a period that has not begun, and for too many days one by one; UnknownModel."""
    scope = _scope(books, command, now)
    spending = _spending(books, scope)
    provider = bill(books, scope.days) if scope.only == Only() else None
    return replace(spending, defaults=_defaults(command), bill=provider)


def span(books: Books, period: periods.AnyPeriod | None, now: datetime) -> periods.Period:
    """The moments that `spend` adds up for the same words. Raises NotUnderstood for a period that has not begun."""
    return periods.span(_scope(books, Spend(period=period), now).days, books.zone)


def _write_focus(
    store: Ledger, team_id: str, catalog: Catalog, period: periods.Period, to: TextIO, people: bool
) -> FocusCount:
    sheet = FocusSheet(team_id, catalog, people)
    return FocusRows(store.engine).calls(team_id, period, lambda calls: sheet.write(calls, to))


def bill(books: Books, days: periods.Days) -> Bill | None:
    """The provider's bill of these dates beside what we metered, both by UTC days whatever the workspace's zone: so
    the provider counts. None where no bill was read for any of them."""
    utc = ZoneInfo("UTC")
    provider = books.billed(periods.span(days, utc))
    known = provider.known(day.first for day in periods.each_day(days)) if provider else []
    if provider is None or not known:
        return None
    both = periods.Days(known[0], known[-1])
    sums = books.sums((periods.span(both, utc),), UTC_DAY, Only())
    metered = {date.fromisoformat(one.name): Metered(one.spent_nanousd, one.unknown) for one in sums if one.name}
    return reconcile(known, metered, provider)


def _spending(books: Books, scope: SpendScope) -> Spending:
    before = () if scope.against is None else (periods.span(scope.against, books.zone),)
    if scope.by == "day":
        return _by_day(books, scope, before)
    whole = periods.span(scope.days, books.zone)
    sums = books.sums((whole, *before), scope.by, scope.only)
    parts = [part for part in sums if part.period == whole.key]
    return spending(scope, parts, [part for part in sums if part not in parts])


def _by_day(books: Books, scope: SpendScope, before: Sequence[periods.Period]) -> Spending:
    if scope.days.count > MOST_DAYS:
        raise NotUnderstood(f"By day I show up to {MOST_DAYS} days, and {scope.days.words()} has {scope.days.count:,}.")
    eve = periods.span(periods.Days(scope.days.first - periods.DAY, scope.days.first - periods.DAY), books.zone)
    days = [periods.span(day, books.zone) for day in periods.each_day(scope.days)]
    sums = {part.period: part for part in books.sums(days, "day", scope.only)}
    earlier = {part.period: part for part in books.sums((eve, *before), None, scope.only)}
    return spending_by_day(
        scope,
        [sums.get(day.key, Sums(day.key)) for day in days],
        [earlier[part.key] for part in before if part.key in earlier],
        earlier.get(eve.key, Sums(eve.key)),
    )


def _scope(books: Books, command: Spend, now: datetime) -> SpendScope:
    today = now.astimezone(books.zone).date()
    on = command.on or today
    period = command.period or PERIOD
    since = books.earliest() if period is periods.NamedPeriod.ALL else None
    whole = periods.days(period, on, None if since is None else since.astimezone(books.zone).date())
    days = periods.until(whole, on)
    if days is None:
        raise NotUnderstood(f"{whole.words()} begins on {whole.first}, after {on}.")
    span = periods.span(days, books.zone)
    # Part of a day is like no whole one.
    alone = period is periods.NamedPeriod.ALL or days == periods.Days(today, today)
    return SpendScope(
        period=periods.words(period),
        days=days,
        start=span.start,
        end=span.end,
        zone=books.zone.key,
        against=None if alone else periods.before(whole, days),
        by=command.by or BY,
        only=_only(books, command),
        as_of=on,
        so_far=today if days.first <= today <= days.last else None,
        today=None if on == today else today,
    )


def _only(books: Books, command: Spend) -> Only:
    only = Only(command.project, command.channel_id, command.lane, person_id=command.person_id)
    if command.model is None:
        return only
    model = model_named(books.catalog, command.model)
    return replace(only, model=model.id, snapshots=model.snapshots)


def _defaults(command: Spend) -> tuple[str, ...]:
    choices = (
        (command.period is None, f"No period named: {PERIOD.value}."),
        (command.by is None, f"No dimension named: by {BY}."),
    )
    return tuple(sentence for left_out, sentence in choices if left_out)
