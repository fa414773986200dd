"""Lanes for programs: answered by what was announced, and announced by any process that keeps the clock."""

from dataclasses import dataclass
from datetime import date

from bot.lanes.programs import ProgramLanes, announced, for_programs
from bot.ledger import lane_changes
from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog


@dataclass(frozen=True)
class LaneDesk:
    store: Ledger
    catalog: Catalog
    horizon_days: int

    def lanes(self, on: date, accepts_next: bool = False) -> ProgramLanes:
        """Raises NoLanes."""
        standing = self.store.read(lane_changes.standing)
        return for_programs(self.catalog, standing, on, self.horizon_days, accepts_next)

    def announce(self, today: date) -> None:
        """Looks first: mostly there is nothing to write."""
        standing = self.store.read(lane_changes.standing)
        if set(announced(self.catalog, standing, today, self.horizon_days)) != set(standing):
            self.store.write(lane_changes.announce, self.catalog, today, self.horizon_days)
