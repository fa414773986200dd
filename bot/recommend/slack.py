"""`migrate` at this door: on the team's own books, so never remembered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog
from bot.recommend import blocks_migration
from bot.recommend.answer_migration import Migration, WorkBooks
from bot.recommend.command_migrate import Migrate
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import Message, View
from bot.slack.request import SlackRequest


@dataclass(frozen=True)
class MigrationAnswers:
    store: Ledger
    now: Callable[[], datetime]
    zone: ZoneInfo
    catalog: Catalog
    horizon_days: int

    def listeners(self) -> Listeners:
        return Listeners(answers={"migrate": CommandAnswer(self.answer, self.shared, details=self.details)})

    def answer(self, request: SlackRequest, command: Migrate) -> Message:
        """The blind test it offers is on the prompts that who asks kept."""
        return self._message(request.who.team_id, command, request.who.person_id)

    def shared(self, team_id: str, command: Migrate) -> Message:
        return self._message(team_id, command, None)

    def details(self, team_id: str, command: Migrate) -> View:
        return blocks_migration.details(self._migration(team_id, command, None))

    def _message(self, team_id: str, command: Migrate, person_id: str | None) -> Message:
        answer = self._migration(team_id, command, person_id)
        return blocks_migration.migration(answer, replace(command, on=answer.day))

    def _migration(self, team_id: str, command: Migrate, person_id: str | None) -> Migration:
        books = WorkBooks(self.store, team_id, self.zone, self.catalog, self.horizon_days)
        return books.answer(command, self.now(), person_id)
