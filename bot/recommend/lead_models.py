"""What there is to know of all models, or of one, in a sentence; and the table, the same at every door."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.lanes.effect import medium
from bot.lanes.statuses import ModelList, ModelStatus
from bot.money import UNKNOWN, about
from bot.periods import ahead_words, day_words
from bot.pricing.dated import is_aged
from bot.pricing.facts import Catalog
from bot.pricing.lead import FOOT_LETTERS, LEAD_LETTERS, SOON_DAYS, fitting

RIGHT = ("Medium square", "Each")


def at_a_glance(answer: ModelList, catalog: Catalog, asked_on: date) -> ModelList:
    """With its lead and its foot."""
    dated = replace(answer, asked_on=asked_on)
    leads = _one(dated.models[0], asked_on, answer.day) if len(dated.models) == 1 else _all(dated, asked_on)
    return replace(dated, lead=fitting(LEAD_LETTERS, *leads), foot=_foot(dated, catalog, asked_on))


def columns(answer: ModelList) -> dict[str, list[str]]:
    """Those that can be used, all where none can; of a single one what a square picture costs, empty if unknown."""
    if len(answer.models) == 1:
        ladder = answer.models[0].ladder
        steps = {"Quality": [step.quality for step in ladder], "Each": [about(step.usd) for step in ladder]}
        return steps if ladder else {}
    shown = living(answer) or answer.models
    today = answer.asked_on or answer.day
    return {
        "Model": [model.model for model in shown],
        "Lane": [model.lane or "" for model in shown],
        "Medium square": [_medium(model) for model in shown],
        "Until": [day_words(model.last_day, today) if model.last_day else "" for model in shown],
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


def _all(answer: ModelList, asked_on: date) -> Iterator[str]:
    lanes = sum(1 for model in answer.models if model.lane)
    head = "No lane is set" if not lanes else "1 lane is set" if lanes == 1 else f"{lanes} lanes are set"
    ends = sorted(model.shutdown for model in answer.models if model.shutdown and not model.is_gone)
    if not ends:
        yield f"{head}; no model's end is announced."
        return
    names = [model.model for model in answer.models if model.shutdown == ends[0]]
    who = f"{names[0]} ends" if len(names) == 1 else f"{len(names)} models end"
    yield f"{head}; {who} on {day_words(ends[0], asked_on)}."


def _one(model: ModelStatus, asked_on: date, on: date) -> Iterator[str]:
    if model.shutdown is None:
        fills = f"fills {model.lane}" if model.lane else "fills no lane"
        price = medium(model.ladder)
        if price is not None:
            yield f"{model.model} {fills}: {about(price)} for a medium square picture."
        yield (
            f"{model.model} {fills}." if model.ladder else f"{model.model} {fills}; what a picture costs is {UNKNOWN}."
        )
        return
    end, days = day_words(model.shutdown, asked_on), (model.shutdown - on).days
    if model.is_gone:
        head = f"{model.model} was shut down on {end}"
    else:
        head = f"{model.model} shuts down {ahead_words(days) if days <= SOON_DAYS and on == asked_on else f'on {end}'}"
    if model.successors:
        yield f"{head}; OpenAI names {model.successors[0]} in its place."
        yield f"{head}; OpenAI names {model.successors[0]}."
    yield f"{head}."


def _foot(answer: ModelList, catalog: Catalog, asked_on: date) -> str:
    known = "" if answer.day == asked_on else f"As known on {day_words(answer.day, asked_on)}."
    if is_aged(catalog, answer.day):
        known = f"Prices were last checked on {day_words(catalog.checked_on, asked_on)}."
    if len(answer.models) == 1:
        model = answer.models[0]
        spec = "One square picture." if model.ladder else ""
        return fitting(
            FOOT_LETTERS, f"{spec} Released on {day_words(model.released, asked_on)}. {known}".strip(), known or spec
        )
    gone = len(answer.models) - len(living(answer))
    are = "is" if gone == 1 else "are"
    more = f"{gone} more {are} gone: Details has {'it' if gone == 1 else 'them'}." if gone and living(answer) else ""
    return f"{known} {more}".strip()
