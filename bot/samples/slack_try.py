"""`try` at this door, whichever way it was asked: admitted before the ack, drawn by a job, said in one sentence."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot import money
from bot.clock import Clock
from bot.errors import BadSpec, ModelRetired, NoPrice, UnknownModel
from bot.ledger import lane_choices
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Limits, Wish, Wished
from bot.ledger.rows import Enqueue
from bot.pricing.facts import Catalog
from bot.samples import blocks_asking, priced_images
from bot.samples.command import Try
from bot.slack.message import Message
from bot.slack.request import SlackRequest


@dataclass(frozen=True)
class MeantTry:
    """`note` says what was filled in for the person."""

    asked: Try
    note: str


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

    def answer(self, request: SlackRequest, asked: Try, parent_id: str | None = None) -> Message:
        """What is being drawn, or what was meant. `parent_id`: the picture it is a retry of. Raises what
        `priced_images.wished` and `Ledger.admit` raise; then nothing was run."""
        meant = self._meant(request, asked)
        if asked.perhaps is not None:
            perhaps = self._meant(request, asked.perhaps)
            return blocks_asking.which(asked, asked.perhaps, self.price(perhaps.asked), self.price(meant.asked))
        images, moment = self._wished(meant.asked), self.clock.moment()
        wish = self._wish(request, asked.prompt, images, parent_id)
        self.store.admit(wish, self.limits(moment.now), moment, self.place)
        return blocks_asking.being_drawn(images, meant.note, self.demo)

    @property
    def today(self) -> date:
        return self.clock.now().date()

    def wish(self, request: SlackRequest, asked: Try, parent_id: str | None = None) -> Wish:
        """For who admits it in a transaction of their own. Raises what `priced_images.wished` raises."""
        return self._wish(request, asked.prompt, self._wished(self._meant(request, asked).asked), parent_id)

    def _meant(self, request: SlackRequest, asked: Try) -> MeantTry:
        """With the lane its channel chose after a blind test, where it names none and that can still be drawn on."""
        here = (request.who.team_id, request.who.channel_id or "")
        choice = None if asked.choices else self.store.read(lane_choices.chosen, *here)
        if choice is None:
            return MeantTry(asked, blocks_asking.taken(priced_images.left_out(asked)))
        filled = replace(asked, choices=(choice.choice,), quality=asked.quality or choice.quality)
        try:
            self._wished(filled)
        except (ModelRetired, BadSpec, NoPrice, UnknownModel) as error:
            words, ended = priced_images.left_out(asked), isinstance(error, ModelRetired)
            return MeantTry(asked, blocks_asking.not_taken(choice.choice, words, ended=ended))
        words = priced_images.left_out(asked, choice.choice, choice.quality)
        return MeantTry(filled, blocks_asking.taken(words, chosen=True))

    def offer(self, asked: Try) -> str:
        """What it is expected to cost. Raises what `priced_images.wished` raises."""
        return f"Draw it: {money.about(self.expected_usd(asked))}"

    def expected_usd(self, asked: Try) -> Decimal:
        """Raises what `priced_images.wished` raises."""
        return Decimal(0) if self.demo else priced_images.expected_usd(self._wished(asked))

    def price(self, asked: Try) -> str:
        """The same as people read it: one to three figures, a sum to the cent."""
        return blocks_asking.priced(self._wished(asked), self.demo)

    def _wish(self, request: SlackRequest, prompt: str, images: tuple[Wished, ...], parent_id: str | None) -> Wish:
        who = request.who
        return Wish(
            team_id=who.team_id,
            request_key=request.key,
            person_id=who.person_id,
            channel_id=who.channel_id or "",
            thread_ts=request.thread_ts,
            reply_url=who.reply_url,
            source="slack",
            prompt=prompt,
            images=priced_images.free(images) if self.demo else images,
            demo=self.demo,
            parent_id=parent_id,
        )

    def _wished(self, asked: Try) -> tuple[Wished, ...]:
        return priced_images.wished(asked, self.catalog, self.today, self.horizon_days)
