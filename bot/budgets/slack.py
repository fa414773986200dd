"""`budget` at this door: shown to who asks, changed only by those who may, from words or from a window."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.budgets import blocks as budget_blocks
from bot.budgets import blocks_windows, rights
from bot.budgets import words as budget_words
from bot.budgets.answer import Purse
from bot.budgets.command import BudgetCommand
from bot.budgets.lines import BudgetLine, Budgets, Changed
from bot.budgets.rows import BudgetRows
from bot.budgets.words import Called
from bot.errors import BudgetChanged, ImagelaneError, NotAllowed, NotOpen, NotUnderstood, StoreTrouble
from bot.ledger.ledger import Ledger
from bot.ledger.limits import PER, PROJECT_LETTERS, WORKSPACE, Scope
from bot.ledger.opened_windows import OpenedFrom, OpenedWindows, Saved
from bot.ledger.pictures import Limits
from bot.slack import refusal
from bot.slack.after_ack import AnswerPlace, Later, pressed_at, tell
from bot.slack.asker import Asker, asker
from bot.slack.failures import PostFailed
from bot.slack.fields import chosen, listed, written
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import Message, View
from bot.slack.names import Names, calling
from bot.slack.posts import Posts
from bot.slack.request import SlackRequest

CHANNELS = ("C", "G")  # how ids of channels begin; a direct conversation has no budget to be set
KINDS = "workspace|channel|person|project"
ABOUT = re.compile(rf"([0-9]{{1,9}}):({KINDS}):(.*)")
VALUE = re.compile(rf"(?:(show|all|one):)?({KINDS}):(.{{0,200}})")
FOR_OWNERS = "All budgets are for those who may change them. `budget` shows what holds for you here."
NOT_YOURS = "A person's budget is for that person and for those who may change it."
WHICH = {"channel": "Which channel?", "person": "Which person?", "project": "Which project?"}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BudgetListeners:
    """`owners` are the people who may change budgets; empty: the workspace's admins. `thresholds`: at how many per cent
    of a budget people are told. `real` is Slack's time, which nobody moves. `requests` of a team are what waits for an
    answer."""

    store: Ledger
    posts: Posts
    names: Names
    now: Callable[[], datetime]
    real: Callable[[], datetime]
    limits: Callable[[datetime], Limits]
    zone: ZoneInfo
    thresholds: tuple[int, ...]
    owners: tuple[str, ...]
    demo: bool
    later: Later
    requests: Callable[[str], Message]

    def listeners(self) -> Listeners:
        return Listeners(
            {"budget.edit": self.edit, "budget.set": self.another, "budget.details": self.details},
            {"budget.edit": self.edit_sent, "budget.set": self.another_sent},
            {"budget": CommandAnswer(self.answer)},
        )

    def answer(self, request: SlackRequest, asked: BudgetCommand) -> Message:
        """Asks Slack who that is, so it may take longer than an ack waits."""
        team_id, person_id = request.who.team_id, request.who.person_id
        if asked.act == "requests":
            self._refuse(team_id, person_id)
            return self.requests(team_id)
        if not asked.changes:
            return self._shown(team_id, person_id, request.who.channel_id, asked)
        seen = BudgetRows(self.store.engine).version(team_id, asked.scope)
        self._refuse(team_id, person_id)
        try:
            changed = self._purse(team_id).change(asked, person_id, seen)
        except BudgetChanged as overtaken:
            return budget_blocks.overtaken(overtaken, self._called)
        return budget_blocks.changed(changed, self._called)

    def _shown(self, team_id: str, person_id: str, channel_id: str | None, asked: BudgetCommand) -> Message:
        """Raises NotAllowed where these budgets are not for this person."""
        may = self._may(team_id, person_id)
        answer = self._budgets(team_id, person_id, channel_id, asked, may)
        return budget_blocks.budgets(answer, asked, self._called, may)

    def _budgets(
        self, team_id: str, person_id: str, channel_id: str | None, asked: BudgetCommand, may: bool
    ) -> Budgets:
        purse = self._purse(team_id)
        if asked.act == "show":
            return purse.here(person_id, channel_id, others=may)
        if asked.act == "all" and not may:
            raise NotAllowed(FOR_OWNERS)
        if asked.act == "one" and asked.scope.kind == "person" and not may and asked.scope.id != person_id:
            raise NotAllowed(NOT_YOURS)
        return purse.all(channel_id) if asked.act == "all" else purse.one(asked.scope, channel_id)

    def of(self, team_id: str, person_id: str) -> tuple[Budgets, bool]:
        """What holds for a person wherever they ask, and whether they may change it. Asks Slack."""
        return self._purse(team_id).here(person_id, None), self._may(team_id, person_id)

    def details(self, args: Args) -> None:
        """With the rights of who presses, and of the channel it is pressed in."""
        who, asked = asker(args), _question(carried(args))
        may = self._may(who.team_id, who.person_id)
        answer = self._budgets(who.team_id, who.person_id, who.channel_id, asked, may)
        self.posts.open_view(who.trigger_id, budget_blocks.details(answer, self._called))

    def edit(self, args: Args) -> None:
        """Opens the window to anybody it was shown to; who sends it is asked then."""
        who, scope = asker(args), _question(carried(args)).scope
        store = BudgetRows(self.store.engine)
        seen = store.version(who.team_id, scope)
        project = store.project_of(who.team_id, scope.id) if scope.kind == "channel" else None
        line = self._purse(who.team_id).line(scope)
        view = blocks_windows.edit(scope, line, project, f"{seen}:{scope.kind}:{scope.id}")
        self._open(args, view)

    def another(self, args: Args) -> None:
        _question(carried(args))
        channel_id = asker(args).channel_id or ""
        self._open(args, blocks_windows.another(channel_id if channel_id[:1] in CHANNELS else None))

    def _open(self, args: Args, view: View) -> None:
        """A window whose answer can't be noted opens all the same; then a new one is told."""
        who, to = asker(args), pressed_at(args)
        view_id = self.posts.open_view(who.trigger_id, view)
        opened_from = OpenedFrom(who.person_id, to.channel_id, to.thread_ts, to.reply_url, to.replaces, carried(args))
        try:
            self._windows.note(who.team_id, view_id, opened_from, self.real())
        except StoreTrouble as trouble:
            log.warning("what a window was opened from could not be noted: %s", trouble.code)

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
            changed = self._purse(who.team_id).change(asked, who.person_id, int(found[1]))
        except BudgetChanged as overtaken:
            return {"response_action": "update", "view": budget_blocks.overtaken_window(overtaken)}
        if scope.kind == "channel":
            BudgetRows(self.store.engine).tie(who.team_id, scope.id, project, who.person_id, self.now())
        self._saved(who, view["id"], changed)
        return None

    def another_sent(self, args: Args) -> View | None:
        """Raises NotUnderstood where that has a budget, which would be replaced unseen; saved twice, it is one."""
        who, view = asker(args), args.body["view"]
        self._refuse(who.team_id, who.person_id)
        scope = _chosen_scope(view)
        asked, purse = _asked(view, scope), self._purse(who.team_id)
        seen, stands = BudgetRows(self.store.engine).version(who.team_id, scope), purse.line(scope)
        if stands is not None and stands.version and not _is(stands, asked):
            raise NotUnderstood(f"That has a budget: {budget_words.left(stands)}. Edit… changes it.")
        try:
            changed = purse.change(asked, who.person_id, seen)
        except BudgetChanged as overtaken:
            return {"response_action": "update", "view": budget_blocks.overtaken_window(overtaken)}
        self._saved(who, view["id"], changed)
        return None

    def _saved(self, who: Asker, view_id: str, changed: Changed) -> None:
        """Told, and the answer it was opened from brought up to date; of a window sent twice, once."""
        if changed.again:
            return
        try:
            saved = self._windows.save(who.team_id, view_id, self.real())
        except StoreTrouble as trouble:
            log.warning("what a window was opened from could not be read: %s", trouble.code)
            saved = Saved(True, None)
        if saved.first:
            self.later(lambda: self._tell(who, saved.opened_from, changed))

    def _tell(self, who: Asker, opened_from: OpenedFrom | None, changed: Changed) -> None:
        """Where nobody knows any more where it was opened, by direct message."""
        known = opened_from or OpenedFrom(who.person_id, None, None, None, False, "show:workspace:")
        channel_id, is_direct = known.channel_id, known.channel_id is None
        to = AnswerPlace(
            known.reply_url, channel_id or self._direct(who.person_id), who.person_id, known.thread_ts, known.alone
        )
        outcome = refusal.attempt(
            "an answer brought up to date",
            lambda: self._shown(who.team_id, who.person_id, channel_id, _question(known.question)),
        )
        tell(self.posts, to, refusal.said(outcome), for_all=is_direct)
        tell(self.posts, to, budget_blocks.changed(changed, self._called), for_all=is_direct, beside=True)

    def _direct(self, person_id: str) -> str | None:
        try:
            return self.posts.direct_channel(person_id)
        except PostFailed as failed:
            log.warning("nobody could be told that a budget was changed: %s", failed.code)
            return None

    @property
    def _windows(self) -> OpenedWindows:
        return OpenedWindows(self.store.engine)

    @property
    def _called(self) -> Called:
        return calling(self.names)

    def _may(self, team_id: str, person_id: str) -> bool:
        try:
            self._refuse(team_id, person_id)
        except ImagelaneError:
            return False
        return True

    def _purse(self, team_id: str) -> Purse:
        now = self.now()
        return Purse(self.store, team_id, self.limits(now), now, self.zone, self.thresholds, self.owners, self.demo)

    def _refuse(self, team_id: str, person_id: str) -> None:
        rights.refuse(self.posts, self.owners, team_id, person_id)


def carried(args: Args) -> str:
    """What a button, or a select, says of the answer it stands under."""
    action = args.body["actions"][0]
    return str((action.get("selected_option") or action).get("value"))


def _question(value: str) -> BudgetCommand:
    """Raises NotOpen."""
    found = VALUE.fullmatch(value)
    if found is None:
        raise NotOpen
    return BudgetCommand(found[1] or "show", scope=Scope(found[2], found[3]))


def _is(stands: BudgetLine, asked: BudgetCommand) -> bool:
    return (stands.limit_usd, stands.per) == (asked.usd, asked.per)


def _chosen_scope(view: View) -> Scope:
    """Raises NotUnderstood where it is not said of which channel, person or project."""
    kind = chosen(view, "kind")
    if kind == "workspace":
        return WORKSPACE
    if kind not in WHICH:
        raise NotOpen
    name = _project(view) if kind == "project" else listed(view, kind)
    if not name:
        raise NotUnderstood(WHICH[kind])
    return Scope(kind, name)


def _asked(view: View, scope: Scope) -> BudgetCommand:
    """An empty amount takes it away. Raises BadNumber."""
    typed, per = (written(view, "usd") or "").strip(), chosen(view, "per")
    if not typed:
        return BudgetCommand("off", scope=scope)
    if per not in PER:
        raise NotOpen
    return BudgetCommand("set", grammar.money(typed), per, scope)


def _project(view: View) -> str | None:
    """Raises NotUnderstood for a name nobody could type again."""
    typed = " ".join((written(view, "project") or "").split())
    if not typed.isprintable() or len(typed) > PROJECT_LETTERS:
        raise NotUnderstood("I could not read that as the name of a project; nothing was changed.")
    return typed or None
