"""The windows to draw from: Retry under a picture, Draw under an answer. Each window draws once, however often it is
sent, and never at a higher price than it said. Where budgets refuse, it says so and asks for more."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.errors import NotOpen, OverBudget
from bot.ledger.pictures import Drawing, Generation
from bot.samples import forms
from bot.samples.blocks_windows import draw_form
from bot.samples.command import Try, checked
from bot.samples.forms import Behind, DrawForm
from bot.samples.known import KnownPictures
from bot.samples.outcomes import UNDER_WAY
from bot.samples.priced_images import LANE, QUALITY, SIZE
from bot.samples.slack_try import Tries
from bot.slack import refusal
from bot.slack.after_ack import pressed_at
from bot.slack.asker import Asker, asker
from bot.slack.fields import chosen, listed, written
from bot.slack.frame import stepped
from bot.slack.message import Message, View, button
from bot.slack.posts import Posts
from bot.slack.request import SlackRequest
from bot.slack.windows import topped


@dataclass(frozen=True)
class MoreMoney:
    """Asking for more than budgets hold, of another feature.

    label  what the button says that asks for it, such as Ask for $0.05; None where nobody can be asked
    ask    tries the command once more and asks for what is short; the retried picture's id comes last
    """

    label: Callable[[OverBudget, Asker], str | None]
    ask: Callable[[Args, SlackRequest, Try, str | None], Message | None]


@dataclass(frozen=True)
class SentForm:
    """What a window held as somebody sent it or pressed in it, and where it is to be drawn."""

    form: DrawForm
    behind: Behind
    request: SlackRequest

    @property
    def mark(self) -> str:
        """The same as long as the same is to be drawn at the same place."""
        what = f"{self.request.who.channel_id} {self.form.asked.words()}"
        return hashlib.sha256(what.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class DrawWindows:
    known: KnownPictures
    tries: Tries
    posts: Posts
    more: MoreMoney

    def retry(self, args: Args) -> None:
        who = asker(args)
        generation, drawing = self.known.find(who, self.known.id(who, args.body["actions"][0].get("value")))
        if generation.state in UNDER_WAY:
            raise NotOpen
        self._open(who, self._again(generation, drawing), Behind("0", generation.id))

    def wish(self, args: Args) -> None:
        who, to, value = asker(args), pressed_at(args), args.body["actions"][0].get("value")
        if who.channel_id is None:
            raise NotOpen
        try:
            form = forms.wish(value, self.tries.catalog, self.tries.today)
        except NotOpen:
            raise self.known.forged(who, value) from None
        anywhere = (args.body.get("view") or {}).get("type") == "home"
        self._open(who, form, Behind("0", None, form.asked.choices, who.channel_id, to.thread_ts, anywhere))

    def anywhere(self, args: Args) -> None:
        """By the global shortcut, which comes from no channel: the window asks where."""
        form = forms.form(Try("", (LANE,), QUALITY, SIZE), self.tries.catalog, self.tries.today)
        self._open(asker(args), form, Behind("0", None, form.asked.choices, anywhere=True))

    def sent(self, args: Args) -> dict[str, Any] | None:
        drawn = self._draw(self._sent(args))
        return None if isinstance(drawn, Message) else {"response_action": "update", "view": drawn}

    def ask(self, args: Args) -> Message | None:
        """What is short is asked for, once the fields hold what was refused; else they are sent anew."""
        sent = self._sent(args)
        if args.body["actions"][0].get("value") == sent.mark and not self._is_dearer(sent):
            return self.more.ask(args, sent.request, sent.form.asked, sent.behind.parent_id)
        drawn = self._draw(sent)
        if isinstance(drawn, Message):
            return drawn
        self.posts.update_view(args.body["view"]["id"], drawn)
        return None

    def _again(self, generation: Generation, drawing: Drawing) -> DrawForm:
        return forms.retry(generation, drawing, self.tries.catalog, self.tries.today, self.tries.horizon_days)

    def _open(self, who: Asker, form: DrawForm, behind: Behind) -> None:
        self.posts.open_view(who.trigger_id, self._priced(form, behind))

    def _priced(self, form: DrawForm, behind: Behind, *, changed: bool = False) -> View:
        said = replace(behind, usd=str(self.tries.expected_usd(form.asked)))
        return draw_form(form, said, self.tries.price(form.asked), changed=changed)

    def _sent(self, args: Args) -> SentForm:
        who, view = asker(args), args.body["view"]
        try:
            behind = forms.behind(view["private_metadata"])
        except NotOpen:
            raise self.known.forged(who, view["private_metadata"]) from None
        form, channel_id, thread_ts = self._asked(who, view, behind)
        if channel_id is None:
            raise NotOpen
        request = SlackRequest(replace(who, channel_id=channel_id), f"view:{view['id']}", thread_ts)
        held = replace(behind, channel_id=channel_id) if behind.anywhere else behind
        return SentForm(_filled(form, view), held, request)

    def _asked(self, who: Asker, view: View, behind: Behind) -> tuple[DrawForm, str | None, str | None]:
        """The form, and the channel and thread to draw it in."""
        if behind.parent_id is not None:
            parent, drawing = self.known.find(who, self.known.id(who, behind.parent_id), anywhere=True)
            return self._again(parent, drawing), drawing.channel_id, drawing.thread_ts
        asked = Try("", behind.choices, chosen(view, "quality"), chosen(view, "size"))
        channel_id = (listed(view, "to") if behind.anywhere else None) or behind.channel_id
        return forms.form(asked, self.tries.catalog, self.tries.today), channel_id, behind.thread_ts

    def _draw(self, sent: SentForm) -> Message | View:
        """What is being drawn, or the window once more: with its new price, or with what budgets said."""
        asked, behind = sent.form.asked, sent.behind
        checked(asked.prompt)
        if self._is_dearer(sent):
            return self._priced(sent.form, behind, changed=True)
        try:
            return self.tries.answer(sent.request, asked, behind.parent_id)
        except OverBudget as error:
            label = self.more.label(error, sent.request.who)
            steps = [button(label, "sample.ask", sent.mark)] if label else []
            return topped(self._priced(sent.form, behind), [*refusal.over_budget(error).blocks, stepped(steps)])

    def _is_dearer(self, sent: SentForm) -> bool:
        """Than the window said."""
        return self.tries.expected_usd(sent.form.asked) > sent.behind.said_usd


def _filled(form: DrawForm, view: View) -> DrawForm:
    """What the person filled in; a prompt too long for a field goes as it was."""
    edited, count, choice = written(view, "prompt"), chosen(view, "count"), chosen(view, "choice")
    asked = Try(
        form.asked.prompt if edited is None else edited,
        (choice,) if choice else form.asked.choices,
        chosen(view, "quality") or form.asked.quality,
        chosen(view, "size") or form.asked.size,
        int(count) if count in ("1", "2", "3", "4") else 1,
    )
    return replace(form, asked=asked)
