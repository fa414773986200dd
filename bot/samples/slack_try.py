"""`try` at this door, whichever way it was asked: admitted before the ack, drawn by a job, said in one sentence."""

from dataclasses import dataclass

from bot import money
from bot.ledger.pictures import Generation, Wish, Wished
from bot.samples import priced_images
from bot.samples.command import Try
from bot.slack import refusal
from bot.slack.message import Message
from bot.slack.parts import Parts
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


def answer(parts: Parts, request: SlackRequest, asked: Try) -> Message:
    """What is being drawn. Raises what `priced_images.wished` and `Ledger.admit` raise; then nothing was run."""
    who, images = request.who, _wished(parts, asked)
    wanted = PictureRequest(
        who.team_id, request.key, who.person_id, who.channel_id or "", request.thread_ts, who.reply_url
    )
    admit(parts, wanted, asked.prompt, images, None)
    return refusal.sentence(said(images, priced_images.left_out(asked), parts.demo))


def offer(parts: Parts, asked: Try) -> str:
    """What it is expected to cost. Raises what `priced_images.wished` raises."""
    images = _wished(parts, asked)
    expected = priced_images.expected_usd(priced_images.free(images) if parts.demo else images)
    return f"Draw it: {money.about(expected)}"


def draw_again(parts: Parts, request: PictureRequest, parent: Generation, prompt: str) -> None:
    image = priced_images.again(parent, prompt, parts.catalog, parts.now().date())
    admit(parts, request, prompt, (image,), parent.id)


def admit(
    parts: Parts, request: PictureRequest, prompt: str, images: tuple[Wished, ...], parent_id: str | None
) -> None:
    at = parts.moment()
    wish = Wish(
        team_id=request.team_id,
        request_key=request.key,
        person_id=request.person_id,
        channel_id=request.channel_id,
        thread_ts=request.thread_ts,
        reply_url=request.reply_url,
        source="slack",
        prompt=prompt,
        images=priced_images.free(images) if parts.demo else images,
        demo=parts.demo,
        parent_id=parent_id,
    )
    parts.store.admit(wish, parts.limits(at.now), at, parts.place)


def _wished(parts: Parts, asked: Try) -> tuple[Wished, ...]:
    return priced_images.wished(asked, parts.catalog, parts.now().date(), parts.horizon_days)


def said(images: tuple[Wished, ...], left_out: tuple[str, ...], demo: bool) -> str:
    what = " and ".join(f"{image.lane or ''} {image.spec}".strip() for image in images)
    cost = "$0.00, it is a demo" if demo else f"about {money.about(priced_images.expected_usd(images))}"
    taken = f" Not named, so taken: {', '.join(left_out)}." if left_out else ""
    return f"Drawing {what}. Expected cost: {cost}.{taken}"
