"""What is alive on a day, as a terminal tells it: all models in a table, or one with all its facts."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from bot.lanes.effect import Step
from bot.lanes.statuses import ModelList, ModelStatus
from bot.money import dollars
from bot.pricing.facts import Rates
from bot.printing.shapes import section, table_of, title


def rendered(answer: ModelList, _details: bool = False) -> RenderableType:
    return _one_model(answer.models[0], answer) if len(answer.models) == 1 else _models(answer)


def _models(answer: ModelList) -> RenderableType:
    columns = {
        "Model": [model.model for model in answer.models],
        "Lane": [model.lane or "-" for model in answer.models],
        "Status": [_status(model) for model in answer.models],
        "Square image": [_span(model.ladder) for model in answer.models],
    }
    return Group(
        title(f"Models, {answer.day}"),
        Text(),
        table_of(columns, right=()),
        *section("Named by OpenAI as the replacement", _replacements(answer.models)),
        *section("Mind", ("`models MODEL` shows all prices of one, its dates and sources.", *answer.notes)),
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


def _one_model(model: ModelStatus, answer: ModelList) -> RenderableType:
    facts = [
        f"released {model.released}",
        f"deprecation announced {model.deprecation_announced}" if model.deprecation_announced else None,
        _end(model),
        f"fills the {model.lane} lane" if model.lane else None,
        f"OpenAI names as its replacement: {', '.join(model.successors)}" if model.successors else None,
        f"snapshots: {', '.join(model.snapshots)}" if model.snapshots else None,
        f"source of these dates: {model.life_source}",
    ]
    return Group(
        title(f"{model.model}, {model.status}, {answer.day}"),
        *section("Life", filter(None, facts)),
        *section("One square image", (f"{step.quality} {dollars(step.usd)}" for step in model.ladder)),
        *section("US dollars per 1,000,000 tokens", map(_rates, filter(None, (model.rates, model.batch)))),
        *section("OpenAI says", model.words),
        *section("Mind", (*model.notes, *answer.notes)),
    )


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
