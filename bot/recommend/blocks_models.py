"""Which models are alive: a table for all of them, every rate and source for one."""

from collections.abc import Iterator, Sequence

from bot import money
from bot.lanes.statuses import ModelList, ModelStatus
from bot.pricing.facts import Rates
from bot.slack.message import (
    Element,
    Message,
    answer_buttons,
    bullets,
    last_day,
    message,
    paragraph,
    prose,
    rich,
    section,
    small,
    sources,
    table,
    words,
)

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
    body = [_one(answer.models[0])] if len(answer.models) == 1 else [_all(answer)]
    blocks = [
        paragraph(words(f"Image models on {answer.day}", bold=True)),
        *body,
        small(*answer.notes),
        answer_buttons(share),
    ]
    return message(_text(answer), blocks)


def _all(answer: ModelList) -> dict[str, object]:
    rows = [["Model", "Status", "Last day", "Successor"]]
    rows += [
        [each.model, _status(each), str(last_day(each.shutdown) or "none known"), ", ".join(each.successors) or "–"]
        for each in answer.models
    ]
    return table(rows)


def _status(model: ModelStatus) -> str:
    return f"{model.status}, {model.lane}" if model.lane else model.status


def _one(model: ModelStatus) -> dict[str, object]:
    return rich(section(words(model.model, bold=True), f" {_status(model)}"), bullets(*_facts(model)))


def _facts(model: ModelStatus) -> Iterator[Sequence[Element | str]]:
    if model.words:
        yield (f"OpenAI says: {'; '.join(model.words)}",)
    yield (f"Released {model.released}",)
    if model.deprecation_announced:
        yield (f"End announced {model.deprecation_announced}",)
    if model.shutdown:
        days_left = f", {model.days_left} days left" if model.days_left is not None else ""
        yield (f"Shuts down {model.shutdown}; last day {last_day(model.shutdown)}{days_left}",)
    if model.successors:
        yield (f"OpenAI names as its replacement: {', '.join(model.successors)}",)
    yield ("Life dates from ", *sources(model.life_source))
    for rates in (model.rates, model.batch):
        if rates:
            yield (_rates(rates), "; ", *sources(rates.source.ref), f", checked {rates.source.checked_on}")
    if model.ladder:
        steps = ", ".join(f"{step.quality} {money.each(step.usd)}" for step in model.ladder)
        yield (f"One square image: {steps}",)
    yield from (prose(note) for note in model.notes)


def _rates(rates: Rates) -> str:
    rates_by_name = ((name, getattr(rates, field)) for field, name in KINDS)
    listing = ", ".join(f"{name} {money.each(usd)}" for name, usd in rates_by_name if usd is not None)
    return f"{rates.tier.capitalize()} rates per million tokens since {rates.since}: {listing}"


def _text(answer: ModelList) -> str:
    listing = "; ".join(
        f"{each.model} {each.status}" + (f", last day {last_day(each.shutdown)}" if each.shutdown else "")
        for each in answer.models
    )
    return f"Image models on {answer.day}: {listing}. {' '.join(answer.notes)}".strip()
