"""`try` at this door, whichever way it was asked: admitted before the ack, drawn by a job, said in one sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import money
from bot.clock import Clock
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Generation, Limits, Wish, Wished
from bot.ledger.rows import Enqueue
from bot.pricing.facts import Catalog
from bot.samples import priced_images
from bot.samples.command import Try
from bot.slack import refusal
from bot.slack.message import Message
from bot.slack.request import SlackRequest


@dataclass(frozen=True)
class PictureRequest:
    """One request for pictures. `key` names the click it came from: a copy of it is no second work."""

    team_id: str
    key: str
    person_id: str
    channel_id: str
    thread_ts: str | None = None
    reply_url: str | None = None


@dataclass(frozen=True)
class Tries:
    """`place` enqueues the job that posts a drawing, in the transaction it gets. `demo`: pictures are drawn without the
    image service, at no cost."""

    store: Ledger
    catalog: Catalog
    clock: Clock
    limits: Callable[[datetime], Limits]
    place: Enqueue
    demo: bool
    horizon_days: int

    def answer(self, request: SlackRequest, asked: Try) -> Message:
        """What is being drawn. Raises what `priced_images.wished` and `Ledger.admit` raise; then nothing was run."""
        images = self._wished(asked)
        self._admit(_pictures(request), asked.prompt, images, None)
        return refusal.sentence(said(images, priced_images.left_out(asked), self.demo))

    def wish(self, request: SlackRequest, asked: Try) -> Wish:
        """For who admits it in a transaction of their own. Raises what `priced_images.wished` raises."""
        return self._wish(_pictures(request), asked.prompt, self._wished(asked), None)

    def offer(self, asked: Try) -> str:
        """What it is expected to cost. Raises what `priced_images.wished` raises."""
        images = self._wished(asked)
        expected = priced_images.expected_usd(priced_images.free(images) if self.demo else images)
        return f"Draw it: {money.about(expected)}"

    def again(self, request: PictureRequest, parent: Generation, prompt: str) -> None:
        image = priced_images.again(parent, prompt, self.catalog, self.clock.now().date())
        self._admit(request, prompt, (image,), parent.id)

    def _admit(self, request: PictureRequest, prompt: str, images: tuple[Wished, ...], parent_id: str | None) -> None:
        moment = self.clock.moment()
        wish = self._wish(request, prompt, images, parent_id)
        self.store.admit(wish, self.limits(moment.now), moment, self.place)

    def _wish(self, request: PictureRequest, prompt: str, images: tuple[Wished, ...], parent_id: str | None) -> Wish:
        return Wish(
            team_id=request.team_id,
            request_key=request.key,
            person_id=request.person_id,
            channel_id=request.channel_id,
            thread_ts=request.thread_ts,
            reply_url=request.reply_url,
            source="slack",
            prompt=prompt,
            images=priced_images.free(images) if self.demo else images,
            demo=self.demo,
            parent_id=parent_id,
        )

    def _wished(self, asked: Try) -> tuple[Wished, ...]:
        return priced_images.wished(asked, self.catalog, self.clock.now().date(), self.horizon_days)


def _pictures(request: SlackRequest) -> PictureRequest:
    who = request.who
    return PictureRequest(
        who.team_id, request.key, who.person_id, who.channel_id or "", request.thread_ts, who.reply_url
    )


def said(images: tuple[Wished, ...], left_out: tuple[str, ...], demo: bool) -> str:
    what = " and ".join(f"{image.lane or ''} {image.spec}".strip() for image in images)
    cost = "$0.00, it is a demo" if demo else f"about {money.about(priced_images.expected_usd(images))}"
    taken = f" Not named, so taken: {', '.join(left_out)}." if left_out else ""
    return f"Drawing {what}. Expected cost: {cost}.{taken}"
