"""A verdict as a chart: how often each side was kept, and what an accepted image costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot import money
from bot.bench import blocks_verdict
from bot.bench.proof import Proof
from bot.evidence import NONE_ACCEPTED, Side
from bot.slack.charts import ALONE, CHEAPEST, INCHES, as_png, colour_of, draw_span, dress, new_figure, write


@dataclass(frozen=True)
class Proven:
    """By the name of a side: its rate with its range, in per cent, and the dollars of each accepted image with theirs.
    None: no rate where nothing was judged; no cost, and no upper end, where nothing was kept."""

    png: bytes
    rates: Mapping[str, tuple[float | None, float, float]]
    costs: Mapping[str, tuple[float | None, float, float | None]]


def proof(verdict: Proof) -> Proven:
    """Of each side of a verdict how often it was kept and what an accepted image costs, both with their 95% ranges."""
    with ALONE:
        return _proof(verdict)


def _proof(verdict: Proof) -> Proven:
    sides = verdict.verdict.sides
    figure = new_figure()
    figure.set_size_inches(INCHES[0], 1.6 + 1.3 * len(sides))
    left, right = figure.subplots(1, 2, width_ratios=(4, 5))
    ends = [side.accepted_high_usd for side in sides if side.accepted_high_usd is not None]
    most = float(max(ends, default=0) or 2 * max(side.accepted_low_usd for side in sides)) or CHEAPEST
    rates, costs = {}, {}
    for place, side in enumerate(sides):
        entrant = verdict.named(side.lane)
        # Over both its ranges, from the left edge: beside them a phone has no room for it.
        write(left, place - 0.3, f"{entrant.name} ({entrant.role})" if entrant.role else entrant.name, weight="bold")
        rates[entrant.name] = _rate(left, place, side, colour_of(entrant.role or side.lane))
        costs[entrant.name] = _cost(right, place, side, colour_of(entrant.role or side.lane), most)
    left.set_xlim(0, 100)
    left.set_xticks([0, 50, 100], ["0%", "50%", "100%"])
    right.set_xlim(0, most * 1.06)
    half = Decimal(f"{most / 2:.2g}")
    right.set_xticks([0, float(half)], ["$0", money.about(half)])
    for axes, title in ((left, "Kept"), (right, "Each accepted costs")):
        axes.set_yticks([])
        axes.set_ylim(len(sides) - 0.7, -0.65)
        dress(axes, title, "x")
    return Proven(as_png(figure), rates, costs)


def _rate(axes: Any, place: int, side: Side, colour: str) -> tuple[float | None, float, float]:
    rate = None if side.rate is None else side.rate * 100
    draw_span(axes, place + 0.12, rate, side.low * 100, side.high * 100, colour)
    write(axes, place - 0.05, f"{side.kept} of {side.judged} ({blocks_verdict.rates(side)})")
    return rate, side.low * 100, side.high * 100


def _cost(axes: Any, place: int, side: Side, colour: str, most: float) -> tuple[float | None, float, float | None]:
    """A range without an upper end runs out of the picture, under an arrow."""
    usd, low, high = side.accepted_usd, side.accepted_low_usd, side.accepted_high_usd
    at, end = None if usd is None else float(usd), None if high is None else float(high)
    draw_span(axes, place + 0.12, at, min(float(low), most * 0.9), most if end is None else end, colour)
    if end is None:
        axes.plot(most, place + 0.12, ">", color=colour, markersize=13)
    costs = f"{money.about(usd)} ({blocks_verdict.costs(side)})"
    write(axes, place - 0.05, f"{NONE_ACCEPTED}, over {money.about(low)}" if usd is None else costs)
    return at, float(low), end
