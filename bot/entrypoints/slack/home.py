"""The App Home of one person, and the end of an installation."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_bolt.kwargs_injection.args import Args

from bot import periods
from bot.bench import rows_pages
from bot.budgets import lines
from bot.budgets.rows import BudgetRows
from bot.clock import Clock
from bot.entrypoints.commands import COMMANDS
from bot.entrypoints.slack import blocks_home, jobs
from bot.jobs import Start
from bot.ledger import holds, questions, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.ledger.pictures import Limits
from bot.slack.failures import PostFailed
from bot.slack.posts import Posts

PICTURES = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Home:
    store: Ledger
    posts: Posts
    clock: Clock
    limits: Callable[[datetime], Limits]
    zone: ZoneInfo
    start: Start

    def opened(self, args: Args) -> None:
        event, team_id = args.body["event"], args.context.team_id or ""
        if event.get("tab") == "home":
            self.start(jobs.publish(f"{team_id}:{args.body['event_id']}", team_id, event["user"]))

    def publish(self, team_id: str, person_id: str) -> None:
        """The job `home.publish`."""
        now = self.clock.now()
        limits = self.limits(now)
        left = self.store.read(holds.left, team_id, limits)
        since = (periods.week if left.period == limits.week else periods.month)(now, self.zone).start
        own = Scope("person", person_id)
        standings = BudgetRows(self.store.engine).standings(team_id, limits, [own])
        view = blocks_home.home(
            self.store.read(questions.person_spend, team_id, person_id, since),
            left,
            self.store.read(questions.last_pictures, team_id, person_id, PICTURES),
            COMMANDS.usages,
            [lines.line(one) for one in standings if one.budget.scope == own],
            self.store.read(rows_pages.pending, team_id, person_id),
        )
        try:
            self.posts.publish_home(person_id, view)
        except PostFailed as failed:
            log.warning("a Home could not be shown: %s", failed.code)

    def uninstalled(self, args: Args) -> None:
        self._stop(args)

    def revoked(self, args: Args) -> None:
        """Only the bot's own token ends the installation; people's tokens are none of ours."""
        if args.body["event"].get("tokens", {}).get("bot"):
            self._stop(args)

    def _stop(self, args: Args) -> None:
        team_id = args.context.team_id
        if team_id:
            self.store.write(workspaces.stop, team_id, self.clock.now())
            log.warning("imagelane was removed from workspace %s", team_id)
