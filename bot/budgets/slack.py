"""`budget` at this door: shown to who asks, changed only by those who may, from words or from a window."""

import logging
import re

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.budgets import blocks as budget_blocks
from bot.budgets.answer import Purse
from bot.budgets.command import BudgetCommand
from bot.budgets.rows import BudgetRows
from bot.errors import BudgetChanged, ImagelaneError, NotAllowed, NotOpen, NotUnderstood
from bot.ledger.limits import PROJECT_LETTERS, Scope
from bot.slack.asker import asker
from bot.slack.listeners import Listeners
from bot.slack.message import Message, View, modal
from bot.slack.parts import Parts
from bot.slack.posts import PostFailed
from bot.slack.request import SlackRequest

ABOUT = re.compile(r"([0-9]{1,9}):(workspace|channel|person|project):(.*)")
VALUE = re.compile(r"(workspace|channel|person|project):(.{0,200})")
NOT_ASKED = "I could not ask Slack who may change budgets; nothing was changed. Try again in a moment."

log = logging.getLogger(__name__)


def answer(parts: Parts, request: SlackRequest, asked: BudgetCommand) -> Message:
    who = request.who
    return BudgetListeners(parts).answer(who.team_id, who.person_id, who.channel_id, asked)


def listeners(parts: Parts) -> Listeners:
    budgets = BudgetListeners(parts)
    return Listeners({"budget.edit": budgets.edit}, {"budget.edit": budgets.edit_sent})


class BudgetListeners:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def answer(self, team_id: str, person_id: str, channel_id: str | None, asked: BudgetCommand) -> Message:
        """Asks Slack who that is, so it may take longer than an ack waits."""
        purse = self._purse(team_id)
        if asked.act == "show":
            return budget_blocks.budgets(purse.here(person_id, channel_id), channel_id, self._may(team_id, person_id))
        seen = BudgetRows(self._parts.store.engine).version(team_id, asked.scope)
        refuse(self._parts, team_id, person_id)
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
        scope, store = Scope(found[1], found[2]), BudgetRows(self._parts.store.engine)
        seen = store.version(who.team_id, scope)
        project = store.project_of(who.team_id, scope.id) if scope.kind == "channel" else None
        line = self._purse(who.team_id).line(scope)
        view = budget_blocks.edit_modal(scope, line, project, f"{seen}:{scope.kind}:{scope.id}")
        self._parts.posts.open_view(who.trigger_id, view)

    def edit_sent(self, args: Args) -> View | None:
        who, view = asker(args), args.body["view"]
        found = ABOUT.fullmatch(view["private_metadata"])
        if found is None:
            raise NotOpen
        scope = Scope(found[2], found[3])
        refuse(self._parts, who.team_id, who.person_id)
        asked = _asked(view, scope)
        project = _project(view) if scope.kind == "channel" else None
        try:
            self._purse(who.team_id).change(asked, who.person_id, int(found[1]))
        except BudgetChanged as overtaken:
            return {"response_action": "update", "view": modal("Budget", budget_blocks.overtaken_blocks(overtaken))}
        if scope.kind == "channel":
            BudgetRows(self._parts.store.engine).tie(who.team_id, scope.id, project, who.person_id, self._parts.now())
        return None

    def _may(self, team_id: str, person_id: str) -> bool:
        try:
            refuse(self._parts, team_id, person_id)
        except ImagelaneError:
            return False
        return True

    def _purse(self, team_id: str) -> Purse:
        parts, now = self._parts, self._parts.now()
        return Purse(parts.store, team_id, parts.limits(now), now, parts.zone, parts.thresholds, parts.owners)


def refuse(parts: Parts, team_id: str, person_id: str) -> None:
    """Raises NotAllowed with the rule's name, also where Slack does not say who that is."""
    try:
        found = parts.posts.person(person_id)
    except PostFailed as failed:
        log.warning("who may change a budget can't be told: %s", failed.code)
        raise NotAllowed(NOT_ASKED) from None
    rules = (
        (found.team_id != team_id, "Only people of this workspace can change budgets"),
        (found.bot, "Bots can't change budgets"),
        (found.gone, "Deactivated people can't change budgets"),
        (found.guest, "Guests can't change budgets"),
        (bool(parts.owners) and person_id not in parts.owners, "Only the people in IMAGELANE_BUDGET_OWNERS can"),
        (not parts.owners and not found.admin, "Only admins of this workspace can change budgets"),
    )
    for broken, rule in rules:
        if broken:
            raise NotAllowed(f"{rule}; nothing was changed.")


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
