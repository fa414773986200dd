"""`migrate`: what leaving a model comes to on a team's own month, or the same month elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import periods
from bot.bench import verdicts
from bot.errors import NotUnderstood
from bot.lanes.bindings import HORIZON_DAYS
from bot.lanes.life import released_model
from bot.lanes.scene import Scene, scene
from bot.ledger import mix_sums, questions
from bot.ledger.ledger import Ledger
from bot.ledger.model_calls import model_calls
from bot.money import plain, usd
from bot.periods import Days
from bot.pricing import check_quality
from bot.pricing.facts import LANES, Catalog
from bot.recommend import lead_migration, migration
from bot.recommend.command_migrate import Migrate
from bot.recommend.plans import BackTest, CallsSinceEnd, MoveList, MovePlan, Work
from bot.recommend.repricing import Target

Migration = MovePlan | MoveList | BackTest


@dataclass(frozen=True)
class WorkBooks:
    """The work of one team. `person_id`: whose kept prompts a blind test would take; None: anybody's."""

    store: Ledger
    team_id: str
    zone: ZoneInfo
    catalog: Catalog
    horizon_days: int = HORIZON_DAYS

    def answer(self, command: Migrate, now: datetime, person_id: str | None = None) -> Migration:
        """Raises UnknownModel, BadSpec, NoLanes, NotUnderstood."""
        today = now.astimezone(self.zone).date()
        return migrate(self.catalog, self.work(command.on or today, person_id), command, today, self.horizon_days)

    def work(self, on: date, person_id: str | None) -> Work:
        month = periods.span(migration.month_of(on), self.zone)
        parts = self.store.read(mix_sums.parts, self.team_id, month)
        kept = self.store.read(questions.kept_prompts, self.team_id, person_id, migration.FEWEST_KEPT)
        tokens = verdicts.own_tokens(self.store, self.catalog, self.team_id, month.end)
        proofs = verdicts.newest(self.store, self.team_id)
        own = migration.canonical(self.catalog, parts)
        counted, uncounted = tuple(one for one in own if one.images), tuple(one for one in own if not one.images)
        return Work(counted, len(kept), tokens, proofs, tuple(self._since_end(on)), uncounted)

    def _since_end(self, on: date) -> Iterator[CallsSinceEnd]:
        for model, end in migration.ended_in(self.catalog, migration.month_of(on)):
            since = periods.span(Days(end, on), self.zone)
            calls = self.store.read(model_calls, self.team_id, since, (model.id, *model.snapshots))
            if calls:
                yield CallsSinceEnd(
                    model.id,
                    sum(one.calls for one in calls),
                    sum(one.failed for one in calls),
                    plain(usd(sum(one.spent_nanousd for one in calls))),
                    sum(one.unknown for one in calls),
                )


def migrate(catalog: Catalog, work: Work, command: Migrate, today: date, horizon_days: int = HORIZON_DAYS) -> Migration:
    """One plan where one model is meant or in question."""
    on = command.on or today
    model = None if command.model is None else released_model(catalog, command.model, on)
    if command.is_back_test:
        targets = _targets(scene(catalog, on, horizon_days), command)
        tested = migration.back_test(catalog, work, model, targets, on, horizon_days)
        return lead_migration.back_test(tested, today)
    if model is not None:
        return lead_migration.plan(migration.plan(catalog, work, model, on, horizon_days), today)
    ending = migration.ending_in_use(catalog, work, on)
    plans = [lead_migration.plan(migration.plan(catalog, work, one, on, horizon_days), today) for one in ending]
    if len(plans) == 1:
        return plans[0]
    at = scene(catalog, on, horizon_days)
    in_use = migration.choices(at) if work.parts else ()
    return lead_migration.plans(MoveList(on, tuple(plans), in_use), today)


def _targets(at: Scene, command: Migrate) -> Sequence[Target]:
    """What is named, or all that may take new work and have that quality."""
    batch = command.batch or None
    if command.to is not None:
        model = at.model(command.to) if command.to in LANES else released_model(at.catalog, command.to, at.on)
        if command.quality is not None:
            check_quality(model, command.quality)
        return (Target(model, command.quality, batch),)
    each = [Target(one.model, command.quality, batch) for one in migration.in_lane_order(at)]
    having = [one for one in each if command.quality is None or command.quality in one.model.qualities]
    if not having:
        raise NotUnderstood(f"No lane's model has a quality `{command.quality}`.")
    return having
