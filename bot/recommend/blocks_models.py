"""Which models can be used: a table for all of them or what one costs; every rate, date and source in a window."""

from collections.abc import Iterator, Sequence

from bot import money
from bot.lanes.statuses import ModelList, ModelStatus
from bot.pricing.facts import Rates
from bot.recommend.command import Models, Recommend
from bot.recommend.lead_models import RIGHT, columns, in_words
from bot.slack import frame
from bot.slack.message import Block, Element, Message, View, bullets, prose, rich, section, sources, table, words
from bot.slack.windows import modal

KINDS = (
    ("text_in", "text in"),
    ("image_in", "image in"),
    ("image_out", "image out"),
    ("text_in_cached", "cached text in"),
    ("image_in_cached", "cached image in"),
    ("text_out", "text out"),
)


def models(answer: ModelList, share: str) -> Message:
    """`share` is the question in its canonical words with its day."""
    step = _next(answer.models[0], answer) if len(answer.models) == 1 else _pick(answer)
    return frame.framed(
        answer.lead or f"Image models on {answer.day}",
        *_table(answer),
        rest=f"{in_words(answer)} {answer.foot}".strip(),
        grey=answer.foot,
        steps=[*step, *frame.share(share), *frame.details(share)],
    )


def _table(answer: ModelList) -> list[Block]:
    shown = columns(answer)
    right = [n for n, name in enumerate(shown) if name in RIGHT]
    return [table([list(shown), *zip(*shown.values(), strict=True)], right)] if shown else []


def _pick(answer: ModelList) -> list[Element]:
    return frame.pick("Show…", ((each.model, Models(each.model, answer.day).words()) for each in answer.models))


def _next(model: ModelStatus, answer: ModelList) -> list[Element]:
    """On the day itself: what is drawn is drawn today."""
    if not answer.is_for_today:
        return []
    if model.shutdown:
        return frame.run("What instead?", Recommend("existing", model.model, on=answer.day).words())
    return frame.draw("Try it…", [model.model])


def details(answer: ModelList) -> View:
    """All that is known of one model, or the life of each."""
    one = len(answer.models) == 1
    blocks = [_one(answer.models[0], answer)] if one else [_life(each, answer) for each in answer.models]
    if answer.notes:
        blocks.append(rich(section(words("Good to know", bold=True)), bullets(*map(prose, answer.notes))))
    return modal("Model details" if one else "All models", blocks)


def _status(model: ModelStatus) -> str:
    return f"{model.status}, {model.lane}" if model.lane else model.status


def _life(model: ModelStatus, answer: ModelList) -> Block:
    facts: list[Sequence[Element | str]] = [(_end(model, answer),)] if model.shutdown else []
    if model.successors:
        facts.append((f"OpenAI names as its replacement: {', '.join(model.successors)}",))
    if model.ladder:
        facts.append((f"One square picture: {_steps(model)}",))
    facts = facts or [(f"Released on {answer.said(model.released)}",)]
    return rich(section(words(model.model, bold=True), f" {_status(model)}"), bullets(*facts))


def _one(model: ModelStatus, answer: ModelList) -> Block:
    return rich(section(words(model.model, bold=True), f" {_status(model)}"), bullets(*_facts(model, answer)))


def _facts(model: ModelStatus, answer: ModelList) -> Iterator[Sequence[Element | str]]:
    if model.words:
        yield (f"OpenAI says: {'; '.join(model.words)}",)
    yield (f"Released on {answer.said(model.released)}",)
    if model.deprecation_announced:
        yield (f"End announced on {answer.said(model.deprecation_announced)}",)
    if model.shutdown:
        yield (_end(model, answer),)
    if model.successors:
        yield (f"OpenAI names as its replacement: {', '.join(model.successors)}",)
    if model.snapshots:
        yield (f"Snapshots: {', '.join(model.snapshots)}",)
    yield ("Life dates from ", *sources(model.life_source))
    for rates in (model.rates, model.batch):
        if rates:
            checked = answer.said(rates.source.checked_on)
            yield (_rates(rates, answer), "; ", *sources(rates.source.ref), f", checked on {checked}")
    if model.ladder:
        yield (f"One square picture: {_steps(model)}",)
    yield from (prose(note) for note in model.notes)


def _end(model: ModelStatus, answer: ModelList) -> str:
    if model.shutdown is None or model.last_day is None:
        return "No end is announced"
    days = model.days_left
    left = "" if days is None else f", {days} {'day' if days == 1 else 'days'} left"
    does = "Was shut down" if model.is_gone else "Shuts down"
    return f"{does} on {answer.said(model.shutdown)}; last day {answer.said(model.last_day)}{left}"


def _steps(model: ModelStatus) -> str:
    return ", ".join(f"{step.quality} {money.each(step.usd)}" for step in model.ladder)


def _rates(rates: Rates, answer: ModelList) -> str:
    rates_by_name = ((name, getattr(rates, field)) for field, name in KINDS)
    listing = ", ".join(f"{name} {money.each(usd)}" for name, usd in rates_by_name if usd is not None)
    since = answer.said(rates.since)
    return f"{rates.tier.capitalize()} rates per million tokens since {since}: {listing}"
