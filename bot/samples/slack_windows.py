"""The windows to draw from: Retry under a picture, Draw under an answer. Each window draws once, however often it is
sent, and never at a higher price than it said."""

from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.errors import NotOpen
from bot.ledger.pictures import Drawing, Generation
from bot.samples import forms
from bot.samples.blocks_windows import draw_form
from bot.samples.command import Try, checked
from bot.samples.forms import Behind, DrawForm
from bot.samples.known import KnownPictures
from bot.samples.outcomes import UNDER_WAY
from bot.samples.priced_images import LANE, QUALITY, SIZE
from bot.samples.slack_try import PictureRequest, Tries
from bot.slack.after_ack import pressed_at
from bot.slack.asker import Asker, asker
from bot.slack.fields import chosen, listed, written
from bot.slack.message import View
from bot.slack.posts import Posts


@dataclass(frozen=True)
class DrawWindows:
    known: KnownPictures
    tries: Tries
    posts: Posts

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

    def retry_sent(self, args: Args) -> dict[str, Any] | None:
        who, view, behind = self._sent(args)
        parent, drawing = self.known.find(who, self.known.id(who, behind.parent_id), anywhere=True)
        if drawing.channel_id is None:
            raise NotOpen
        form = self._again(parent, drawing)
        request = _request(who, view, drawing.channel_id, drawing.thread_ts)
        return self._draw(request, _filled(form, view), behind)

    def wish_sent(self, args: Args) -> dict[str, Any] | None:
        who, view, behind = self._sent(args)
        channel_id = (listed(view, "to") if behind.anywhere else None) or behind.channel_id
        if channel_id is None:
            raise NotOpen
        asked = Try("", behind.choices, chosen(view, "quality"), chosen(view, "size"))
        form = forms.form(asked, self.tries.catalog, self.tries.today)
        request = _request(who, view, channel_id, behind.thread_ts)
        return self._draw(request, _filled(form, view), behind)

    def _again(self, generation: Generation, drawing: Drawing) -> DrawForm:
        return forms.retry(generation, drawing, self.tries.catalog, self.tries.today, self.tries.horizon_days)

    def _open(self, who: Asker, form: DrawForm, behind: Behind) -> None:
        self.posts.open_view(who.trigger_id, self._priced(form, behind))

    def _priced(self, form: DrawForm, behind: Behind, *, changed: bool = False) -> View:
        said = replace(behind, usd=str(self.tries.expected_usd(form.asked)))
        return draw_form(form, said, self.tries.price(form.asked), changed=changed)

    def _sent(self, args: Args) -> tuple[Asker, View, Behind]:
        who, view = asker(args), args.body["view"]
        try:
            return who, view, forms.behind(view["private_metadata"])
        except NotOpen:
            raise self.known.forged(who, view["private_metadata"]) from None

    def _draw(self, request: PictureRequest, form: DrawForm, behind: Behind) -> dict[str, Any] | None:
        checked(form.asked.prompt)
        if self.tries.expected_usd(form.asked) > behind.said_usd:
            return {"response_action": "update", "view": self._priced(form, behind, changed=True)}
        self.tries.draw(request, form.asked, behind.parent_id)
        return None


def _request(who: Asker, view: View, channel_id: str, thread_ts: str | None) -> PictureRequest:
    return PictureRequest(who.team_id, f"view:{view['id']}", who.person_id, channel_id, thread_ts)


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
