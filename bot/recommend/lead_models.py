"""What there is to know of all models, or of one, in a sentence; and the table, the same at every door."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.lanes.effect import medium
from bot.lanes.statuses import ModelList, ModelStatus
from bot.money import UNKNOWN, about
from bot.pricing.dated import is_aged
from bot.pricing.facts import Catalog
from bot.pricing.foot import FOOT_LETTERS
from bot.pricing.lead import LEAD_LETTERS, SOON_DAYS, fitting

RIGHT = ("Medium square", "Each")


def at_a_glance(answer: ModelList, catalog: Catalog, asked_on: date) -> ModelList:
    """With its lead and its foot."""
    dated = replace(answer, asked_on=asked_on)
    leads = _one(dated) if len(dated.models) == 1 else _all(dated)
    return replace(dated, lead=fitting(LEAD_LETTERS, *leads), foot=_foot(dated, catalog))


def columns(answer: ModelList) -> dict[str, list[str]]:
    """Those that can be used, lanes first, or all where none can; of a single one what a square picture costs."""
    if len(answer.models) == 1:
        ladder = answer.models[0].ladder
        steps = {"Quality": [step.quality for step in ladder], "Each": [about(step.usd) for step in ladder]}
        return steps if ladder else {}
    shown = sorted(living(answer) or answer.models, key=lambda model: not model.lane)
    return {
        "Model": [model.model for model in shown],
        "Lane": [model.lane or "" for model in shown],
        "Medium square": [_medium(model) for model in shown],
        "Until": [answer.said(model.last_day) if model.last_day else "" for model in shown],
    }


def in_words(answer: ModelList) -> str:
    """The rows as sentences, for who hears them."""
    rows = [*zip(*columns(answer).values(), strict=True)]
    if len(answer.models) == 1:
        return "One square picture: " + ", ".join(f"{quality} {each}" for quality, each in rows) + "." if rows else ""
    return " ".join(
        f"{model}{f', {lane}' if lane else ''}: {price}{f', until {until}' if until else ''}."
        for model, lane, price, until in rows
    )


def living(answer: ModelList) -> tuple[ModelStatus, ...]:
    return tuple(model for model in answer.models if not model.is_gone)


def _medium(model: ModelStatus) -> str:
    usd = medium(model.ladder)
    return about(usd) if usd is not None or not model.ladder else "no medium"


def _all(answer: ModelList) -> Iterator[str]:
    lanes = sum(1 for model in answer.models if model.lane)
    head = "No lane is set" if not lanes else "1 lane is set" if lanes == 1 else f"{lanes} lanes are set"
    ends = sorted(model.shutdown for model in answer.models if model.shutdown and not model.is_gone)
    if not ends:
        yield f"{head}; no model's end is announced."
        return
    names = [model.model for model in answer.models if model.shutdown == ends[0]]
    who = f"{names[0]} ends" if len(names) == 1 else f"{len(names)} models end"
    yield f"{head}; {who} on {answer.said(ends[0])}."


def _one(answer: ModelList) -> Iterator[str]:
    model = answer.models[0]
    if model.shutdown is None:
        fills = f"fills {model.lane}" if model.lane else "fills no lane"
        price = medium(model.ladder)
        if price is not None:
            yield f"{model.model} {fills}: {about(price)} for a medium square picture."
        yield (
            f"{model.model} {fills}." if model.ladder else f"{model.model} {fills}; what a picture costs is {UNKNOWN}."
        )
        return
    end, is_near = answer.said(model.shutdown), (model.shutdown - answer.day).days <= SOON_DAYS
    if model.is_gone:
        head = f"{model.model} was shut down on {end}"
    else:
        head = f"{model.model} shuts down {answer.ahead(model.shutdown) if is_near else f'on {end}'}"
    if model.successors:
        yield f"{head}; OpenAI names {model.successors[0]} in its place."
        yield f"{head}; OpenAI names {model.successors[0]}."
    yield f"{head}."


def _foot(answer: ModelList, catalog: Catalog) -> str:
    known = "" if answer.is_for_today else f"As known on {answer.said(answer.day)}."
    if is_aged(catalog, answer.day):
        known = f"Prices were last checked on {answer.said(catalog.checked_on)}."
    if len(answer.models) == 1:
        model = answer.models[0]
        spec = "One square picture." if model.ladder else ""
        return fitting(
            FOOT_LETTERS, f"{spec} Released on {answer.said(model.released)}. {known}".strip(), known or spec
        )
    gone = len(answer.models) - len(living(answer))
    are = "is" if gone == 1 else "are"
    more = f"{gone} more {are} gone: Details has {'it' if gone == 1 else 'them'}." if gone and living(answer) else ""
    return f"{known} {more}".strip()
