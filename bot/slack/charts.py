"""Charts as PNG: a week's spend stacked by lane beside how often each lane was kept, any days' spend, and a verdict's
sides with their ranges.

Read at 360 px on a phone and on a dark page: large letters, its own light ground, colours that stay apart for every
kind of eye (Okabe and Ito). matplotlib is loaded only when one is drawn, and the same week gives the same bytes.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any

from bot.bench import blocks_verdict
from bot.bench.proof import Proof
from bot.digest.schedule import WEEKDAYS
from bot.digest.week import LaneKeep, Week
from bot.evidence import NONE_ACCEPTED, Side
from bot.slack import money
from bot.spend import blocks as spend_blocks
from bot.spend.measures import Spending

COLOURS = {"budget": "#0072B2", "premium": "#E69F00", "legacy": "#009E73"}
OTHERS = ("#CC79A7", "#56B4E9", "#D55E00")
INK, GROUND, GRID = "#1d1c1d", "#fbfaf8", "#dddad4"
INCHES, DPI = (7.2, 5.4), 125
LETTERS, SMALL_LETTERS = 16, 14  # points: at 360 px wide letters of them are 11 and 10 px high
MOST_DAY_LABELS = 8
CHEAPEST = 0.01  # dollars an axis has at least
_ALONE = Lock()  # matplotlib is not made for threads, and on a Monday at nine many digests are due


@dataclass(frozen=True)
class DrawnChart:
    """`bars` are the heights drawn, by lane and day; `rates` each lane's rate with its range, in per cent."""

    png: bytes
    bars: Mapping[str, tuple[float, ...]]
    rates: Mapping[str, tuple[float, float, float]]
    line: float | None


@dataclass(frozen=True)
class Proven:
    """By the name of a side: its rate with its range, in per cent, and the dollars of each accepted image with theirs.
    None: no rate where nothing was judged; no cost, and no upper end, where nothing was kept."""

    png: bytes
    rates: Mapping[str, tuple[float | None, float, float]]
    costs: Mapping[str, tuple[float | None, float, float | None]]


def week(told: Week) -> DrawnChart:
    with _ALONE:
        return _week(told)


def days(told: Spending) -> DrawnChart:
    """Of an answer by day: what is known of each day, and an average day of the days before as a line."""
    with _ALONE:
        return _days(told)


def proof(told: Proof) -> Proven:
    """Of each side of a verdict how often it was kept and what an accepted image costs, both with their 95% ranges."""
    with _ALONE:
        return _proof(told)


def _days(told: Spending) -> DrawnChart:
    figure, days = _figure(), [date.fromisoformat(row.name or "") for row in told.rows]
    axes = figure.subplots()
    drawn = axes.bar(range(len(days)), [float(row.spend_usd or 0) for row in told.rows], 0.72, color=COLOURS["budget"])
    against = told.scope.against
    line = float(told.before_usd / against.count) if against is not None and told.before_usd else None
    if against is not None and line is not None:
        _average(axes, line, against.words())
        figure.legend(loc="outside lower left", frameon=False, fontsize=SMALL_LETTERS)
    step = -(-len(days) // MOST_DAY_LABELS)
    axes.set_xticks(range(0, len(days), step), [f"{day:%b} {day.day}" for day in days[::step]])
    bars = tuple(float(bar.get_height()) for bar in drawn)
    _dollars(axes, max([*bars, line or 0.0]))
    _dress(axes, "Spend a day", "y")
    return DrawnChart(_png(figure), {"all": bars}, {}, line)


def _figure() -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=INCHES, dpi=DPI, facecolor=GROUND, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _png(figure: Any) -> bytes:
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def _week(told: Week) -> DrawnChart:
    figure = _figure()
    left, right = figure.subplots(1, 2, width_ratios=(5, 3))
    bars, line = _spend(left, told)
    rates = _keep(right, told.keeps)
    if bars or line is not None:
        figure.legend(loc="outside lower left", ncols=2, frameon=False, fontsize=SMALL_LETTERS)
    return DrawnChart(_png(figure), bars, rates, line)


def _spend(axes: Any, told: Week) -> tuple[dict[str, tuple[float, ...]], float | None]:
    """What is drawn, read back from what stands on the axes."""
    chart = told.chart
    places, below = range(len(chart.days)), [0.0] * len(chart.days)
    bars = {}
    for lane, row in chart.spend.items():
        drawn = axes.bar(places, [float(usd) for usd in row], 0.72, below, color=_colour(lane), label=lane)
        bars[lane] = tuple(float(bar.get_height()) for bar in drawn)
        below = [low + high for low, high in zip(below, bars[lane], strict=True)]
    line = None if chart.average_usd is None else float(chart.average_usd)
    if line is not None:
        _average(axes, line, chart.before)
    axes.set_xticks(places, [WEEKDAYS[day.weekday()][:2] for day in chart.days])
    _dollars(axes, max([*below, line or 0.0]))
    _dress(axes, f"Spend a day, {told.week}", "y")
    return bars, line


def _average(axes: Any, usd: float, period: str) -> None:
    axes.axhline(usd, color=INK, linewidth=2, linestyle=(0, (4, 3)), label=f"{period}, average day")


def _dollars(axes: Any, most: float) -> None:
    axes.set_ylim(0, max(most, CHEAPEST) * 1.08)
    cents = axes.get_ylim()[1] < 5
    axes.yaxis.set_major_formatter(lambda usd, _: f"${usd:,.2f}" if cents else f"${usd:,.0f}")


def _keep(axes: Any, keeps: tuple[LaneKeep, ...]) -> dict[str, tuple[float, float, float]]:
    rates = {each.lane: (float(each.rate * 100), float(each.low * 100), float(each.high * 100)) for each in keeps}
    for place, each in enumerate(keeps):
        rate, low, high = rates[each.lane]
        _span(axes, place, rate, low, high, _colour(each.lane))
        said = f"{spend_blocks.percent(each.rate)}%"
        axes.text(rate, place - 0.16, said, ha="center", va="bottom", fontsize=LETTERS, color=INK)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 50, 100], ["0%", "50%", "100%"])
    axes.set_yticks(range(len(rates)), list(rates))
    axes.set_ylim(max(len(rates), 1) - 0.4, -0.6)
    if not rates:
        axes.text(50, 0.1, "nothing judged", ha="center", fontsize=SMALL_LETTERS, color=INK)
    _dress(axes, "Kept", "x")
    return rates


def _proof(told: Proof) -> Proven:
    found = told.verdict.sides
    figure = _figure()
    figure.set_size_inches(INCHES[0], 1.6 + 1.3 * len(found))
    left, right = figure.subplots(1, 2, width_ratios=(4, 5))
    ends = [side.accepted_high_usd for side in found if side.accepted_high_usd is not None]
    most = float(max(ends, default=0) or 2 * max(side.accepted_low_usd for side in found)) or CHEAPEST
    rates, costs = {}, {}
    for place, side in enumerate(found):
        named = told.named(side.lane)
        # Over both its ranges, from the left edge: beside them a phone has no room for it.
        _said(left, place - 0.3, f"{named.name} ({named.role})" if named.role else named.name, weight="bold")
        rates[named.name] = _rate(left, place, side, _colour(named.role or side.lane))
        costs[named.name] = _cost(right, place, side, _colour(named.role or side.lane), most)
    left.set_xlim(0, 100)
    left.set_xticks([0, 50, 100], ["0%", "50%", "100%"])
    right.set_xlim(0, most * 1.06)
    half = Decimal(f"{most / 2:.2g}")
    right.set_xticks([0, float(half)], ["$0", money.about(half)])
    for axes, title in ((left, "Kept"), (right, "Each accepted costs")):
        axes.set_yticks([])
        axes.set_ylim(len(found) - 0.7, -0.65)
        _dress(axes, title, "x")
    return Proven(_png(figure), rates, costs)


def _rate(axes: Any, place: int, side: Side, colour: str) -> tuple[float | None, float, float]:
    rate = None if side.rate is None else side.rate * 100
    _span(axes, place + 0.12, rate, side.low * 100, side.high * 100, colour)
    _said(axes, place - 0.05, f"{side.kept} of {side.judged} ({blocks_verdict.rates(side)})")
    return rate, side.low * 100, side.high * 100


def _cost(axes: Any, place: int, side: Side, colour: str, most: float) -> tuple[float | None, float, float | None]:
    """A range without an upper end runs out of the picture, under an arrow."""
    usd, low, high = side.accepted_usd, side.accepted_low_usd, side.accepted_high_usd
    at, end = None if usd is None else float(usd), None if high is None else float(high)
    _span(axes, place + 0.12, at, min(float(low), most * 0.9), most if end is None else end, colour)
    if end is None:
        axes.plot(most, place + 0.12, ">", color=colour, markersize=13)
    costs = f"{money.about(usd)} ({blocks_verdict.costs(side)})"
    _said(axes, place - 0.05, f"{NONE_ACCEPTED}, over {money.about(low)}" if usd is None else costs)
    return at, float(low), end


def _span(axes: Any, place: float, at: float | None, low: float, high: float, colour: str) -> None:
    axes.hlines(place, low, high, color=colour, linewidth=7, alpha=0.45)
    if at is not None:
        axes.plot(at, place, "o", color=colour, markersize=11, clip_on=False)


def _said(axes: Any, place: float, words: str, weight: str = "normal") -> None:
    """From the left edge. What people named is no formula, though it have dollars in it."""
    axes.text(0, place, words, fontsize=SMALL_LETTERS, color=INK, weight=weight, parse_math=False)


def _dress(axes: Any, title: str, grid: str) -> None:
    axes.set_title(title, fontsize=LETTERS, color=INK, loc="left", pad=12)
    axes.set_facecolor(GROUND)
    axes.tick_params(labelsize=SMALL_LETTERS, colors=INK, length=0)
    axes.grid(axis=grid, color=GRID)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def _colour(lane: str) -> str:
    return COLOURS.get(lane) or OTHERS[sum(lane.encode()) % len(OTHERS)]
