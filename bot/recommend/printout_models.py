"""Which models can be used on a day, as a terminal tells it: all in a table, or what one costs; the rest on demand."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from bot.lanes.effect import Step
from bot.lanes.statuses import ModelList, ModelStatus
from bot.money import dollars
from bot.pricing.facts import Rates
from bot.printing.shapes import Paragraph, section, table_of
from bot.recommend.lead_models import RIGHT, columns


def rendered(answer: ModelList, details: bool = False) -> RenderableType:
    behind = _one_model(answer.models[0], answer) if len(answer.models) == 1 else _models(answer)
    return Group(*_glance(answer), *(behind if details else ()))


def _glance(answer: ModelList) -> Iterator[RenderableType]:
    yield Paragraph(answer.lead, style="bold green")
    shown = columns(answer)
    if shown:
        yield from (Text(), table_of(shown, right=RIGHT))
    if answer.foot:
        yield from (Text(), Paragraph(answer.foot))


def _models(answer: ModelList) -> Iterator[RenderableType]:
    lives = (f"{each.model}: {_status(each)}; a square picture {_span(each.ladder)}" for each in answer.models)
    yield from section(f"All, {answer.day}", lives)
    yield from section("Named by OpenAI as the replacement", _replacements(answer.models))
    yield from section(
        "Good to know", ("`models MODEL` shows all prices of one, its dates and sources.", *answer.notes)
    )


def _status(model: ModelStatus) -> str:
    if model.shutdown is None:
        return model.status
    return f"{'ends' if model.days_left else 'ended'} {model.shutdown}"


def _end(model: ModelStatus) -> str:
    days = f" ({model.days_left} {'day' if model.days_left == 1 else 'days'})" if model.days_left else ""
    return "no end announced" if model.shutdown is None else f"{_status(model)}{days}"


def _span(ladder: Sequence[Step]) -> str:
    if not ladder:
        return "not published"
    low, high = ladder[0], ladder[-1]
    return dollars(low.usd) if low == high else f"{dollars(low.usd)} to {dollars(high.usd)}"


def _replacements(models: Iterable[ModelStatus]) -> list[str]:
    """Models with the same replacement in one line."""
    models_of: dict[tuple[str, ...], list[str]] = {}
    for model in models:
        if model.successors:
            models_of.setdefault(model.successors, []).append(model.model)
    return [f"{', '.join(old)}: {', '.join(new)}" for new, old in models_of.items()]


def _one_model(model: ModelStatus, answer: ModelList) -> Iterator[RenderableType]:
    facts = [
        f"released {model.released}",
        f"deprecation announced {model.deprecation_announced}" if model.deprecation_announced else None,
        _end(model),
        f"fills the {model.lane} lane" if model.lane else None,
        f"OpenAI names as its replacement: {', '.join(model.successors)}" if model.successors else None,
        f"snapshots: {', '.join(model.snapshots)}" if model.snapshots else None,
        f"source of these dates: {model.life_source}",
    ]
    yield from section(f"Life, {model.status}, {answer.day}", filter(None, facts))
    yield from section("One square picture", (f"{step.quality} {dollars(step.usd)}" for step in model.ladder))
    yield from section("US dollars per 1,000,000 tokens", map(_rates, filter(None, (model.rates, model.batch))))
    yield from section("OpenAI says", model.words)
    yield from section("Good to know", (*model.notes, *answer.notes))


def _rates(rates: Rates) -> str:
    prices = {
        "text in": rates.text_in,
        "cached text in": rates.text_in_cached,
        "image in": rates.image_in,
        "cached image in": rates.image_in_cached,
        "image out": rates.image_out,
        "text out": rates.text_out,
    }
    listing = ", ".join(f"{name} {usd}" for name, usd in prices.items() if usd is not None)
    return f"{rates.tier}: {listing} (source: {rates.source.ref}, checked {rates.source.checked_on})"
