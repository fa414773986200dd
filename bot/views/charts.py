"""Charts as PNG: a week's spend stacked by lane beside how often each lane was kept, and any days' spend.

Read at 360 px on a phone and on a dark page: large letters, its own light ground, colours that stay apart for every
kind of eye (Okabe and Ito). matplotlib is loaded only when one is drawn, and the same week gives the same bytes.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from bot.schedules import WEEKDAYS
from bot.spend import Spending
from bot.views import spend
from bot.weeks import Keep, Week

COLOURS = {"budget": "#0072B2", "premium": "#E69F00", "legacy": "#009E73"}
OTHERS = ("#CC79A7", "#56B4E9", "#D55E00")
INK, GROUND, GRID = "#1d1c1d", "#fbfaf8", "#dddad4"
INCHES, DPI = (7.2, 5.4), 125
LETTERS, SMALL_LETTERS = 16, 14  # points: at 360 px wide letters of them are 11 and 10 px high
MOST_DAY_LABELS = 8
_ALONE = Lock()  # matplotlib is not made for threads, and on a Monday at nine many digests are due


@dataclass(frozen=True)
class Drawn:
    """`bars` are the heights drawn, by lane and day; `rates` each lane's rate with its range, in per cent."""

    png: bytes
    bars: Mapping[str, tuple[float, ...]]
    rates: Mapping[str, tuple[float, float, float]]
    line: float | None


def week(told: Week) -> Drawn:
    with _ALONE:
        return _week(told)


def days(told: Spending) -> Drawn:
    """Of an answer by day: what is known of each day, and an average day of the days before as a line."""
    with _ALONE:
        return _days(told)


def _days(told: Spending) -> Drawn:
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
    return Drawn(_png(figure), {"all": bars}, {}, line)


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


def _week(told: Week) -> Drawn:
    figure = _figure()
    left, right = figure.subplots(1, 2, width_ratios=(5, 3))
    bars, line = _spend(left, told)
    rates = _keep(right, told.keeps)
    if bars or line is not None:
        figure.legend(loc="outside lower left", ncols=2, frameon=False, fontsize=SMALL_LETTERS)
    return Drawn(_png(figure), bars, rates, line)


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
    axes.set_ylim(0, max(most, 0.01) * 1.08)
    cents = axes.get_ylim()[1] < 5
    axes.yaxis.set_major_formatter(lambda usd, _: f"${usd:,.2f}" if cents else f"${usd:,.0f}")


def _keep(axes: Any, keeps: tuple[Keep, ...]) -> dict[str, tuple[float, float, float]]:
    rates = {each.lane: (float(each.rate * 100), float(each.low * 100), float(each.high * 100)) for each in keeps}
    for place, each in enumerate(keeps):
        rate, low, high = rates[each.lane]
        axes.hlines(place, low, high, color=_colour(each.lane), linewidth=7, alpha=0.45)
        axes.plot(rate, place, "o", color=_colour(each.lane), markersize=13)
        said = f"{spend.percent(each.rate)}%"
        axes.text(rate, place - 0.16, said, ha="center", va="bottom", fontsize=LETTERS, color=INK)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 50, 100], ["0%", "50%", "100%"])
    axes.set_yticks(range(len(rates)), list(rates))
    axes.set_ylim(max(len(rates), 1) - 0.4, -0.6)
    if not rates:
        axes.text(50, 0.1, "nothing judged", ha="center", fontsize=SMALL_LETTERS, color=INK)
    _dress(axes, "Kept", "x")
    return rates


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
