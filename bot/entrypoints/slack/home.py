"""The App Home of one person, and the end of an installation.

A Home is published only where it is another than the one published last, and the sheet on it drawn only where a picture
or a verdict is new.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from slack_bolt.kwargs_injection.args import Args

from bot import periods
from bot.bench import rows_pages
from bot.budgets import requests, rows_requests
from bot.budgets.lines import Budgets
from bot.budgets.requests import BudgetRequest
from bot.clock import Clock
from bot.digest.endings import endings
from bot.digest.rows import DigestRows
from bot.entrypoints.slack import blocks_home, home_sheet, jobs
from bot.entrypoints.slack.blocks_home import HomeDesk
from bot.entrypoints.slack.home_sheet import Shown
from bot.errors import NotAllowed
from bot.jobs import Start
from bot.ledger import home_pages, mixes, questions, workspaces
from bot.ledger.home_pages import HomePage
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.ledger.mix import MIX_WEEKS
from bot.ledger.slack_answers import Standing
from bot.periods import NamedPeriod, Period
from bot.pricing.dated import old_facts
from bot.pricing.facts import Catalog
from bot.slack.failures import PostFailed, Unsure
from bot.slack.guests import Guests
from bot.slack.message import View
from bot.slack.names import Names
from bot.slack.posts import Posts
from bot.spend import answer as spend_answer
from bot.spend.command import Spend

SLOT_SECONDS = 600  # so long a sheet that could not be brought to Slack is not tried again

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Home:
    """`budgets` are those that hold for a person, and whether that person may change them: Slack is asked. `read` gives
    the file of a picture, by team and id. `guests` says who may draw."""

    store: Ledger
    posts: Posts
    names: Names
    clock: Clock
    catalog: Catalog
    zone: ZoneInfo
    budgets: Callable[[str, str], tuple[Budgets, bool]]
    read: Callable[[str, str], bytes | None]
    guests: Guests
    start: Start

    def opened(self, args: Args) -> None:
        event, team_id = args.body["event"], args.context.team_id or ""
        if event.get("tab") != "home":
            return
        about = (team_id, event["user"], event.get("channel") or "", "" if event.get("view") else "none")
        self.start(jobs.publish(f"{team_id}:{args.body['event_id']}", *about))

    def publish(self, team_id: str, person_id: str, direct_id: str = "", shown: str = "") -> None:
        """The job `home.publish`. `shown` "none": Slack has no Home of this person yet."""
        try:
            standing = self.guests.standing(team_id, person_id)
        except (NotAllowed, PostFailed) as unknown:  # what stands there is right until Slack says who that is
            log.warning("a Home was left as it is: %s", unknown)
            return
        page = self.store.read(home_pages.last, team_id, person_id)
        if standing is Standing.OUTSIDER:
            self._publish_new(page, team_id, person_id, blocks_home.of_a_stranger(), shown)
            return
        last = home_sheet.last(self.store.read(questions.last_pictures, team_id, person_id, home_sheet.PICTURES))
        sheet_hash = home_sheet.hash_of(last)
        is_drawn = bool(last) and page.sheet_hash == sheet_hash
        desk = self._desk(team_id, person_id, last, page.sheet_file_id if is_drawn else None)
        may_draw = self.guests.allowed or standing is Standing.MEMBER
        self._publish_new(
            page, team_id, person_id, blocks_home.home(replace(desk, may_draw=may_draw), direct_id), shown
        )
        if last and not is_drawn:
            slot = int(self.clock.real().timestamp()) // SLOT_SECONDS
            key = f"{team_id}:{person_id}:{sheet_hash}:{slot}"
            self.start(jobs.draw_sheet(key, team_id, person_id, direct_id))

    def draw_sheet(self, team_id: str, person_id: str, direct_id: str) -> None:
        """The job `home.sheet`: draws it, and publishes the Home that shows it."""
        last = home_sheet.last(self.store.read(questions.last_pictures, team_id, person_id, home_sheet.PICTURES))
        if not last:
            return
        sheet = home_sheet.sheet(last, lambda picture_id: self.read(team_id, picture_id))
        try:
            file_id = self.posts.upload(sheet.png, "last-pictures.png", home_sheet.TITLE, " ".join(sheet.words))
        except PostFailed as failed:
            log.warning("a sheet of pictures could not be brought to Slack: %s", failed.code)
            return
        self.store.write(home_pages.sheet_drawn, team_id, person_id, home_sheet.hash_of(last), file_id)
        self.publish(team_id, person_id, direct_id)

    def _publish_new(self, page: HomePage, team_id: str, person_id: str, view: View, shown: str) -> None:
        page_hash = _hash(view)
        if page_hash == page.page_hash and not shown:
            return
        try:
            self.posts.publish_home_when_ready(person_id, view)
        except PostFailed as failed:
            log.warning("a Home could not be shown: %s", failed.code)
            if isinstance(failed, Unsure):  # nobody can tell which one stands there
                self.store.write(home_pages.published, team_id, person_id, None)
            return
        self.store.write(home_pages.published, team_id, person_id, page_hash)

    def _desk(self, team_id: str, person_id: str, last: Sequence[Shown], sheet_id: str | None) -> HomeDesk:
        now = self.clock.now()
        asked = Spend(NamedPeriod.THIS_WEEK, person_id=person_id)
        books = spend_answer.Books.of(self.store, team_id, self.zone, self.catalog)
        used = self.store.read(mixes.used, team_id, Period("", now - MIX_WEEKS * periods.WEEK, now))
        budgets, may_change = self.budgets(team_id, person_id)
        return HomeDesk(
            requests=requests.listed(self._asked_of(team_id, person_id), self.zone, now),
            pending=self.store.read(rows_pages.pending, team_id, person_id),
            endings=endings(self.catalog, used, now.astimezone(self.zone).date()),
            budgets=budgets,
            may_change=may_change,
            may_draw=False,
            week=spend_answer.spend(books, asked, now),
            week_asked=asked.words(),
            last=tuple(last),
            sheet_id=sheet_id,
            weekly=self._weekly(team_id),
            called=self._called,
            old_facts=old_facts(self.catalog, now.astimezone(self.zone).date()),
        )

    def _asked_of(self, team_id: str, person_id: str) -> list[BudgetRequest]:
        """What waits for an answer of this person."""
        waiting = self.store.read(rows_requests.waiting, team_id)
        return [one for one in waiting if person_id in [asked.person_id for asked in one.people]]

    def _weekly(self, team_id: str) -> str | None:
        found = [one for one in DigestRows(self.store.engine).schedules() if one.team_id == team_id]
        if not found:
            return None
        one = found[0]
        at = f"{periods.WEEKDAYS[one.weekday]}s {one.hour}:{one.minute:02}"
        return f"{at} in {self.names.channel(one.channel_id)}" + (f" and {len(found) - 1} more" if found[1:] else "")

    def _called(self, scope: Scope) -> str:
        return self.names.channel(scope.id) if scope.kind == "channel" else self.names.person(scope.id)

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


def _hash(view: View) -> str:
    return hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
