"""Gathers what runs on a model that ends, and the plan to leave it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.digest.notice import EndingModel, EndNotice
from bot.digest.watch import AFTER, DueMark, TakenBack
from bot.errors import NoLanes
from bot.ledger.ledger import Ledger
from bot.ledger.model_calls import ModelCalls, model_calls
from bot.money import usd
from bot.periods import DAY, Period, midnight, span
from bot.pricing import plain
from bot.pricing.facts import Catalog
from bot.recommend import migration
from bot.recommend.answer_migration import WorkBooks
from bot.recommend.month import Sum, known_model
from bot.recommend.plans import MovePlan, Work


@dataclass(frozen=True)
class WatchBooks:
    """`zone` is the workspace's."""

    store: Ledger
    catalog: Catalog
    zone: ZoneInfo
    horizon_days: int

    def last_used(self, team_id: str, today: date) -> dict[str, datetime]:
        """Of every model that was called in the month until that day, by id."""
        moments: dict[str, datetime] = {}
        for one in self._calls(team_id, span(migration.month_of(today), self.zone)):
            moments[one.model] = max(one.last_at, moments.get(one.model, one.last_at))
        return moments

    def notice(self, team_id: str, due: DueMark, back: Sequence[TakenBack], now: datetime) -> EndNotice:
        """As of now: a post that comes late tells the days that are left then."""
        today = now.astimezone(self.zone).date()
        work = WorkBooks(self.store, team_id, self.zone, self.catalog, self.horizon_days).work(today, None)
        calls = self._calls(team_id, self._told(due, today))
        each = [(name, [one for one in calls if one.model == name]) for name in due.models]
        models = tuple(self._ending(name, mine, work, due.mark, today) for name, mine in each if mine)
        return EndNotice(today, due.ends_on, due.mark, models, tuple(back))

    def _told(self, due: DueMark, today: date) -> Period:
        """Which calls: those of the month, or those since it ended."""
        if due.mark == AFTER:
            return Period("", midnight(due.ends_on, self.zone), midnight(today + DAY, self.zone))
        return span(migration.month_of(today), self.zone)

    def _calls(self, team_id: str, period: Period) -> tuple[ModelCalls, ...]:
        """Also what was drawn on a dated snapshot, under its model's id."""
        calls = self.store.read(model_calls, team_id, period)
        models = [known_model(self.catalog, one.model) for one in calls]
        return tuple(replace(one, model=model.id) for one, model in zip(calls, models, strict=True) if model)

    def _ending(self, name: str, calls: Sequence[ModelCalls], work: Work, mark: int, today: date) -> EndingModel:
        plan, images = self._plan(name, work, today), sum(one.images for one in calls)
        is_planned = plan is not None and not plan.is_generic and mark != AFTER
        failed = sum(one.failed for one in calls)
        count = sum(one.calls for one in calls)
        return EndingModel(
            model=name,
            calls=count,
            failed=failed,
            images=images if images or failed == count else None,
            cost=plan.now.cost if plan is not None and is_planned else _cost(calls),
            last_used=max(one.last_at for one in calls).astimezone(self.zone).date(),
            projects=tuple(sorted({one.project for one in calls if one.project})),
            plan=plan,
        )

    def _plan(self, name: str, work: Work, today: date) -> MovePlan | None:
        try:
            return migration.plan(self.catalog, work, self.catalog.models[name], today, self.horizon_days)
        except NoLanes:
            return None


def _cost(calls: Sequence[ModelCalls]) -> Sum:
    spent = plain(usd(sum(one.spent_nanousd for one in calls)))
    is_known = not any(one.unknown for one in calls)
    return Sum(spent if is_known else None, spent, spent if is_known else None)
