"""Gathers a week from the books and lets the rules decide what its digest says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from bot import periods
from bot.bench import verdicts
from bot.bench.findings import finding
from bot.bench.prompt_sets import OF_A_SET
from bot.bench.proof import Proof
from bot.digest.endings import endings
from bot.digest.moves import Move, move, with_test
from bot.digest.rows import DigestRows
from bot.digest.schedule import closed_week
from bot.digest.week import Week, bar, chart, keeps, late
from bot.lanes.listed import differences
from bot.lanes.programs import coming
from bot.ledger import lane_changes, mixes, model_lists
from bot.ledger.ledger import Ledger
from bot.ledger.mix import MIX_WEEKS, Used
from bot.ledger.pictures import Left
from bot.periods import Days, Period
from bot.pricing.facts import Catalog
from bot.spend import answer
from bot.spend.command import Spend
from bot.spend.rows import SpendRows
from bot.spend.sums import Sums


@dataclass(frozen=True)
class DigestWeeks:
    """Asks the store for all a digest tells, by the same sums as `spend`.

    `left` is the workspace's budget now. `zone` is the workspace's: where a channel has a schedule, the weeks are cut
    in that one's zone.
    """

    store: Ledger
    catalog: Catalog
    left: Callable[[str], Left]
    zone: ZoneInfo
    horizon_days: int

    def week(
        self,
        team_id: str,
        week: Days | None,
        now: datetime,
        channel_id: str | None = None,
        on: date | None = None,
    ) -> Week:
        """The digest as that channel would get it now, or got at the end of the day `on`; of the last closed week
        where none is named. Raises NotUnderstood for one that has not begun."""
        zone = self.zone_of(team_id, channel_id)
        now = now if on is None else periods.midnight(on + periods.DAY, zone) - timedelta(seconds=1)
        week = week or closed_week(now, zone)
        sums = cache(partial(SpendRows(self.store.engine).sums, team_id))  # both weeks by lane are asked for twice
        books = replace(answer.Books.of(self.store, team_id, zone, self.catalog), sums=sums)
        told = answer.spend(books, Spend(week, "lane"), now)
        before = told.scope.against or periods.before(week, week)
        whole = periods.span(week, zone)
        lanes = sums((whole, periods.span(before, zone)), "lane", told.scope.only)
        days = [periods.span(day, zone) for day in periods.each_day(week)]
        drawn, today = self.store.read(mixes.used, team_id, _weeks_until(whole)), now.astimezone(zone).date()
        proven = [found for found in verdicts.newest(self.store, team_id) if found.sealed_on <= today]
        findings = tuple(finding(self.catalog, found, today, self.horizon_days) for found in proven)
        earlier = DigestRows(self.store.engine).told(team_id, channel_id, before.words()) if channel_id else None
        return Week(
            week=week.words(),
            days=week,
            zone=zone.key,
            as_of=now,
            spending=told,
            keeps=keeps(*_apart(lanes, whole.key)),
            chart=chart(week, SpendRows(self.store.engine).sums(team_id, days, "lane"), before, told.before_usd),
            budget=bar(self.left(team_id)),
            endings=endings(self.catalog, drawn, today),
            move=self._move(drawn, proven, today),
            proven=findings,
            lane_changes=coming(self.store.read(lane_changes.standing), today),
            listed=differences(self.catalog, self.store.read(model_lists.kept), today),
            late=late(before.words(), told.before_usd, earlier.told_nanousd) if earlier else None,
        )

    def _move(self, drawn: Sequence[Used], proven: Sequence[Proof], today: date) -> Move | None:
        best = move(self.catalog, drawn, today, self.horizon_days)
        prompts = OF_A_SET
        return None if best is None else with_test(best, self.catalog, prompts, proven, today)

    def zone_of(self, team_id: str, channel_id: str | None) -> ZoneInfo:
        schedule = DigestRows(self.store.engine).schedule(team_id, channel_id) if channel_id else None
        return ZoneInfo(schedule.zone) if schedule else self.zone


def _weeks_until(whole: Period) -> Period:
    """The four weeks that end with this one; the hour that clocks may have moved by matters to no mix."""
    return Period(f"until {whole.key}", whole.end - MIX_WEEKS * periods.WEEK, whole.end)


def _apart(parts: Sequence[Sums], key: str) -> tuple[list[Sums], list[Sums]]:
    return [part for part in parts if part.period == key], [part for part in parts if part.period != key]
