"""`estimate`: what a number of pictures costs, on every lane or on those that are named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot import pricing
from bot.bench.own import NOTHING_OWN, Own, no_bench
from bot.errors import NoLanes
from bot.estimate.command import Estimate
from bot.lanes import bindings, life
from bot.lanes.bindings import HORIZON_DAYS, Filling
from bot.pricing import KeepCount, Quote, Quotes, Workload
from bot.pricing.facts import LANES, Catalog, Model

if TYPE_CHECKING:
    from bot.bench.proof import Proof

QUALITY, SIZE = "medium", "square"


def estimate(
    catalog: Catalog,
    command: Estimate,
    today: date,
    mine: Own = NOTHING_OWN,
    horizon_days: int = HORIZON_DAYS,
) -> Quotes:
    """Where a kind of work is named that a bench was sealed on, keep rates are what that bench counted."""
    on = command.on or today
    filled = _fillings(catalog, command, on, horizon_days)
    question = Workload(
        count=command.count,
        quality=command.quality or QUALITY,
        size=command.size or SIZE,
        choice=command.choice,
        batch=command.batch,
        keep=command.keep,
        retries=command.retries,
        others=command.others,
    )
    names = {lane: filling.model.id for lane, filling in filled.items()}
    proof = mine.of(command.kind, on)
    keeps = _blind_first(proof, mine.keeps) if proof else mine.keeps
    quotes = pricing.compare(
        catalog,
        names,
        question,
        on,
        keeps,
        mine.runs,
        asked_on=today,
        heir=_heir(catalog, names, on),
        metered=mine.metered,
    )
    return replace(
        quotes,
        quotes=tuple(_with_note(quote, filled) for quote in quotes.quotes),
        defaults=(
            *_defaults(command, mine.keeps),
            *([] if proof is None else [_evidence(catalog, proof, on, horizon_days)]),
            *no_bench(command.kind, proof),
        ),
    )


def _evidence(catalog: Catalog, proof: "Proof", on: date, horizon_days: int) -> str:
    from bot.bench import findings  # what a bench proves loads all of evidence: only where there is one

    return findings.finding(catalog, proof, on, horizon_days).sentence


def _blind_first(proof: "Proof", keeps: Sequence[KeepCount]) -> tuple[KeepCount, ...]:
    """What a bench counted, and the team's own votes on what it did not compare: the two are never mixed."""
    by = f"your bench {proof.bench}, sealed {proof.sealed_on}:"
    sides = [(proof.named(side.lane).spec, side) for side in proof.verdict.sides]
    blind = [KeepCount(spec, side.kept, side.judged, by) for spec, side in sides]
    return (*blind, *(each for each in keeps if each.spec not in [spec for spec, _ in sides]))


def _fillings(catalog: Catalog, command: Estimate, on: date, horizon_days: int) -> Mapping[str, Filling]:
    """Raises NoLanes, or UnknownModel. Models named by themselves have prices before the first lane was bound, too."""
    named = [] if command.choice is None else [command.choice, *command.others]
    for name in named:
        if name not in LANES:
            life.released_model(catalog, name, on)
    if named and not set(named) & set(LANES) and not bindings.has_lanes(catalog, on):
        return {}
    filled = bindings.fillings(catalog, on, horizon_days)
    for name in named:
        if name in LANES and name not in filled:
            raise NoLanes(f"On {on} no living model fills {name}.")
    return filled


def _heir(catalog: Catalog, names: Mapping[str, str], on: date) -> Callable[[Model], str | None]:
    """Who does a model's work from now on: the lane it stood for, else budget."""
    return lambda model: names.get(bindings.lane_it_filled(catalog, model, on)) or names.get("budget")


def _with_note(quote: Quote, filled: Mapping[str, Filling]) -> Quote:
    filling = filled.get(quote.lane or "")
    return replace(quote, notes=(*quote.notes, filling.note)) if filling and filling.note else quote


def _defaults(command: Estimate, keeps: Sequence[KeepCount]) -> tuple[str, ...]:
    choices = (
        (command.quality is None, f"No quality named: {QUALITY}."),
        (command.size is None, f"No size named: {SIZE}."),
        (command.choice is None, "No lane or model named: every lane."),
        (command.keep_own and not keeps, "You have judged no pictures yet, so there is no keep rate of your own."),
    )
    return tuple(sentence for left_out, sentence in choices if left_out)
