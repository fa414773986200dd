"""What a recommendation comes to at a glance: its sentence, the line under its table, and the blind test it offers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.errors import BadSpec
from bot.lanes.bindings import Filling
from bot.lanes.effect import ladder, medium, same_price
from bot.lanes.finding import Finding
from bot.lanes.life import lasts
from bot.lanes.scene import BlindTest, Recommendation, Scene
from bot.money import as_much
from bot.pricing import list_price, model_named
from bot.pricing.dated import announced_end, is_aged, is_alive
from bot.pricing.facts import LANES, Model
from bot.pricing.foot import FOOT_LETTERS
from bot.pricing.lead import LEAD_LETTERS, fitting
from bot.pricing.spec import ImageSpec

NEW_BUILD = "No situation named: answered for a new build."
PROMPTS, QUALITY = 10, "medium"  # of the blind test that is offered


def at_a_glance(answer: Recommendation, at: Scene, kind: str | None, asked_on: date) -> Recommendation:
    """With its lead, its foot and, on the day itself, the blind test that would check it."""
    tested = next((each for each in answer.evidence if kind and each.kind.lower() == kind.lower()), None)
    proven = tested if tested is not None and tested.decides else None
    leading = None if _ends(answer, at) else proven  # what ends stands before any advice
    dated = replace(answer, asked_on=asked_on)
    return replace(
        dated,
        lead=fitting(LEAD_LETTERS, *_leads(dated, at, leading)),
        foot=_foot(dated, at, "" if leading else _tested(kind, tested, answer.evidence)),
        blind_test=_blind_test(dated, at) if proven is None and dated.is_for_today else None,
    )


def _ends(answer: Recommendation, at: Scene) -> bool:
    """Whether the model in use is gone or about to end."""
    return answer.existing is not None and not lasts(at.catalog.models[answer.existing], at.on, at.horizon_days)


def is_move(answer: Recommendation) -> bool:
    """Whether the model in use is to be left for another one."""
    return answer.existing is not None and answer.existing != answer.model


# The sentence


def _leads(answer: Recommendation, at: Scene, proven: Finding | None) -> Iterator[str]:
    """The fullest first."""
    if proven is not None:
        yield from _proven(answer, proven)
    elif is_move(answer):
        yield from _move(answer, at)
    elif answer.existing and answer.lane in ("budget", "premium"):
        yield f"Stay on {answer.model}: it is the {answer.lane} lane."
    elif answer.existing:
        until = f", until {answer.said(answer.window_ends)}" if answer.window_ends else ""
        yield f"Keep {answer.model} only for what runs on it{until}."
    else:
        yield from _take(answer, at)


def _proven(answer: Recommendation, proven: Finding) -> Iterator[str]:
    who, day = answer.lane or answer.model, answer.said(proven.sealed_on)
    yield f"Take {who} for {proven.kind}: your blind test of {proven.prompts} prompts on {day} decided it."
    yield f"Take {who} for {proven.kind}: your blind test of {day} decided it."
    yield f"Take {who}: your blind test of {day} decided it."


def _move(answer: Recommendation, at: Scene) -> Iterator[str]:
    old = at.catalog.models[answer.existing or ""]
    end = announced_end(old, at.on) or old.shutdown or at.on
    if is_alive(old, at.on) and answer.window_ends:
        by, why = f" by {answer.said(answer.window_ends)}", f"{old.id} shuts down {answer.ahead(end)}"
    else:
        by, why = " now", f"{old.id} was shut down on {answer.said(end)}"
    yield f"Move to {answer.model}{by}: {why}."
    yield f"Move to {answer.lane}{by}: {why}."


def _take(answer: Recommendation, at: Scene) -> Iterator[str]:
    beside = _beside(at)
    match answer.situation:
        case "quality":
            yield f"For better output test premium ({answer.model}){f': it {beside}' if beside else ''}."
            yield f"For better output test premium ({answer.model})."
        case "unsure":
            yield f"Start on budget ({answer.model}) and test premium{f': it {beside}' if beside else ''}."
            yield f"Start on budget ({answer.model}) and test premium."
        case _:
            yield f"Start on budget ({answer.model}){f'; premium {beside}' if beside else ''}."
            yield f"Start on budget ({answer.model})."


def _beside(at: Scene) -> str | None:
    """What premium costs beside budget."""
    if not (at.has("budget") and at.has("premium")):
        return None
    budget, premium = (ladder(at.model(lane), at.on) for lane in ("budget", "premium"))
    if same_price(budget, premium):
        return "costs the same"
    one, base = medium(premium), medium(budget)
    return f"would cost {as_much(one / base)}" if one and base and one > base else None


# The line under the table


def _foot(answer: Recommendation, at: Scene, unproven: str) -> str:
    left_out = "For a new build. " if NEW_BUILD in answer.defaults else ""
    spec = "One square picture." if answer.ladder else ""
    caution = next((each for each in _cautions(answer, at, unproven) if each), "")
    whole = f"{left_out}{spec} {caution}".strip()
    return fitting(FOOT_LETTERS, whole, f"{spec} {caution}".strip(), caution, spec)


def _cautions(answer: Recommendation, at: Scene, unproven: str) -> Iterator[str | None]:
    """The one that matters most first."""
    model = at.catalog.models[model_named(at.catalog, answer.model).id]
    if not answer.ladder:
        yield f"{answer.model} has no published price per picture."
    end = announced_end(model, at.on)
    if end is not None:
        yield f"{answer.model} shuts down on {answer.said(end)}."
    yield next((_stand_in(filling) for filling in at.lanes.values() if filling.note), None)
    if is_aged(at.catalog, at.on):
        yield f"Prices were last checked on {answer.said(at.catalog.checked_on)}."
    yield unproven
    if is_move(answer):
        yield "Quality words do not carry over: choose again by look."
    if not answer.is_for_today:
        yield f"As known on {answer.said(at.on)}."
    if answer.existing and answer.lane == "legacy" and at.has("budget"):
        yield f"New work starts on budget ({at.model('budget').id})."
    if _beside(at) == "costs the same":
        yield "The quality sets the price, not the lane."


def _stand_in(filling: Filling) -> str:
    return f"{filling.model.id} stands in for {filling.binding.model}."


def _tested(kind: str | None, tested: Finding | None, evidence: Sequence[Finding]) -> str:
    """What a blind test of that kind of work said; where none is named, of some."""
    if kind is None:
        tested = next(iter(evidence), None)
        return "" if tested is None else f"Your blind test of {tested.kind} {_outcome(tested)}."
    if tested is None:
        return f"There is no blind test of {kind} yet."
    return f"Your blind test of {tested.kind} {_outcome(tested)}."


def _outcome(tested: Finding) -> str:
    if tested.stale:
        return "is out of date"
    return f"chose {tested.winner}" if tested.winner else "has not decided"


# The blind test


def _blind_test(answer: Recommendation, at: Scene) -> BlindTest | None:
    """The model in use against what is recommended, a lane against the other one; None where one draws no more."""
    sides = _sides(answer)
    models = [at.model(side) if side in LANES else model_named(at.catalog, side) for side in sides if _known(side, at)]
    if len({model.id for model in models}) < 2 or not all(is_alive(model, at.on) for model in models):
        return None
    each = [_each(model, at.on) for model in models]
    known = [usd for usd in each if usd is not None]
    usd = PROMPTS * sum(known, Decimal(0)) if len(known) == len(each) else None
    return BlindTest(sides, PROMPTS, usd)


def _sides(answer: Recommendation) -> tuple[str, str]:
    """The one in use first."""
    if answer.existing is None:
        return "budget", "premium"
    if is_move(answer):
        return answer.existing, answer.lane or answer.model
    other = "premium" if answer.lane == "budget" else "budget"
    return (answer.lane if answer.lane in ("budget", "premium") else answer.model), other


def _known(side: str, at: Scene) -> bool:
    return side not in LANES or at.has(side)


def _each(model: Model, on: date) -> Decimal | None:
    try:
        return list_price(model, ImageSpec(model.id, QUALITY, model.shapes["square"]), on)
    except BadSpec:
        return None
