"""`budget` at this door: shown to who asks, changed only by those who may, from words or from a window."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.budgets import blocks as budget_blocks
from bot.budgets import rights
from bot.budgets.answer import Purse
from bot.budgets.command import BudgetCommand
from bot.budgets.rows import BudgetRows
from bot.errors import BudgetChanged, ImagelaneError, NotOpen, NotUnderstood
from bot.ledger.ledger import Ledger
from bot.ledger.limits import PROJECT_LETTERS, Scope
from bot.ledger.pictures import Limits
from bot.slack.asker import asker
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import Message, View, modal
from bot.slack.posts import Posts
from bot.slack.request import SlackRequest

ABOUT = re.compile(r"([0-9]{1,9}):(workspace|channel|person|project):(.*)")
VALUE = re.compile(r"(workspace|channel|person|project):(.{0,200})")


@dataclass(frozen=True)
class BudgetListeners:
    """`owners` are the people who may change budgets; empty: the workspace's admins. `thresholds`: at how many per cent
    of a budget people are told. `requests` of a team are what waits for an answer."""

    store: Ledger
    posts: Posts
    now: Callable[[], datetime]
    limits: Callable[[datetime], Limits]
    zone: ZoneInfo
    thresholds: tuple[int, ...]
    owners: tuple[str, ...]
    requests: Callable[[str], Message]

    def listeners(self) -> Listeners:
        answers = {"budget": CommandAnswer(self.answer)}
        return Listeners({"budget.edit": self.edit}, {"budget.edit": self.edit_sent}, answers)

    def answer(self, request: SlackRequest, asked: BudgetCommand) -> Message:
        """Asks Slack who that is, so it may take longer than an ack waits."""
        team_id, person_id, channel_id = request.who.team_id, request.who.person_id, request.who.channel_id
        purse = self._purse(team_id)
        if asked.act == "requests":
            self._refuse(team_id, person_id)
            return self.requests(team_id)
        if asked.act == "show":
            return budget_blocks.budgets(purse.here(person_id, channel_id), channel_id, self._may(team_id, person_id))
        seen = BudgetRows(self.store.engine).version(team_id, asked.scope)
        self._refuse(team_id, person_id)
        try:
            return budget_blocks.changed(purse.change(asked, person_id, seen))
        except BudgetChanged as overtaken:
            return budget_blocks.overtaken(overtaken)

    def edit(self, args: Args) -> None:
        """Opens the window to anybody it was shown to; who sends it is asked then."""
        who = asker(args)
        found = VALUE.fullmatch(str(args.body["actions"][0].get("value")))
        if found is None:
            raise NotOpen
        scope, store = Scope(found[1], found[2]), BudgetRows(self.store.engine)
        seen = store.version(who.team_id, scope)
        project = store.project_of(who.team_id, scope.id) if scope.kind == "channel" else None
        line = self._purse(who.team_id).line(scope)
        view = budget_blocks.edit_modal(scope, line, project, f"{seen}:{scope.kind}:{scope.id}")
        self.posts.open_view(who.trigger_id, view)

    def edit_sent(self, args: Args) -> View | None:
        who, view = asker(args), args.body["view"]
        found = ABOUT.fullmatch(view["private_metadata"])
        if found is None:
            raise NotOpen
        scope = Scope(found[2], found[3])
        self._refuse(who.team_id, who.person_id)
        asked = _asked(view, scope)
        project = _project(view) if scope.kind == "channel" else None
        try:
            self._purse(who.team_id).change(asked, who.person_id, int(found[1]))
        except BudgetChanged as overtaken:
            return {"response_action": "update", "view": modal("Budget", budget_blocks.overtaken_blocks(overtaken))}
        if scope.kind == "channel":
            BudgetRows(self.store.engine).tie(who.team_id, scope.id, project, who.person_id, self.now())
        return None

    def _may(self, team_id: str, person_id: str) -> bool:
        try:
            self._refuse(team_id, person_id)
        except ImagelaneError:
            return False
        return True

    def _purse(self, team_id: str) -> Purse:
        now = self.now()
        return Purse(self.store, team_id, self.limits(now), now, self.zone, self.thresholds, self.owners)

    def _refuse(self, team_id: str, person_id: str) -> None:
        rights.refuse(self.posts, self.owners, team_id, person_id)


def _asked(view: View, scope: Scope) -> BudgetCommand:
    """Raises BadNumber."""
    values = view["state"]["values"]
    typed = (values["usd"]["usd"].get("value") or "").strip()
    if not typed:
        return BudgetCommand("off", scope=scope)
    per = (values["per"]["per"].get("selected_option") or {}).get("value")
    if per not in ("week", "month"):
        raise NotOpen
    return BudgetCommand("set", grammar.money(typed), per, scope)


def _project(view: View) -> str | None:
    """Raises NotUnderstood for a name nobody could type again."""
    typed = " ".join((view["state"]["values"]["project"]["project"].get("value") or "").split())
    if not typed.isprintable() or len(typed) > PROJECT_LETTERS:
        raise NotUnderstood("I could not read that as the name of a project; nothing was changed.")
    return typed or None
