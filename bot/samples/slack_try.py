"""`try` at this door, whichever way it was asked: admitted before the ack, drawn by a job, said in one sentence."""

from dataclasses import dataclass

from bot import grammar, money
from bot.ledger.pictures import Generation, Wish, Wished
from bot.samples import priced_images
from bot.slack.parts import Parts


@dataclass(frozen=True)
class PictureRequest:
    """One request for pictures. `key` names the click it came from: a copy of it is no second work."""

    team_id: str
    key: str
    person_id: str
    channel_id: str
    thread_ts: str | None = None
    reply_url: str | None = None


def draw(parts: Parts, request: PictureRequest, asked: grammar.Try) -> str:
    """What is being drawn, in a sentence. Raises what `wishes.wished` and `Store.admit` raise; then nothing was run."""
    images = _wished(parts, asked)
    admit(parts, request, asked.prompt, images, None)
    return said(images, priced_images.left_out(asked), parts.demo)


def price(parts: Parts, asked: grammar.Try) -> str:
    """What it is expected to cost, such as $0.0132. Raises what `wishes.wished` raises."""
    images = _wished(parts, asked)
    return money.about(priced_images.expected_usd(priced_images.free(images) if parts.demo else images))


def draw_again(parts: Parts, request: PictureRequest, parent: Generation, prompt: str) -> None:
    image = priced_images.again(parent, prompt, parts.catalog, parts.now().date())
    admit(parts, request, prompt, (image,), parent.id)


def admit(
    parts: Parts, request: PictureRequest, prompt: str, images: tuple[Wished, ...], parent_id: str | None
) -> None:
    now = parts.now()
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
    parts.store.admit(wish, parts.limits(now), now, parts.place, real=parts.real())


def _wished(parts: Parts, asked: grammar.Try) -> tuple[Wished, ...]:
    return priced_images.wished(asked, parts.catalog, parts.now().date(), parts.horizon_days)


def said(images: tuple[Wished, ...], left_out: tuple[str, ...], demo: bool) -> str:
    what = " and ".join(f"{image.lane or ''} {image.spec}".strip() for image in images)
    cost = "$0.00, it is a demo" if demo else f"about {money.about(priced_images.expected_usd(images))}"
    taken = f" Not named, so taken: {', '.join(left_out)}." if left_out else ""
    return f"Drawing {what}. Expected cost: {cost}.{taken}"
