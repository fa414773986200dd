"""Charts as PNG: a week's spend stacked by lane beside how often each lane was kept, any days' spend, and a verdict's
sides with their ranges.

Read at 360 px on a phone and on a dark page: large letters, its own light ground, colours that stay apart for every
kind of eye (Okabe and Ito). matplotlib is loaded only when one is drawn, and the same week gives the same bytes.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

COLOURS = {"budget": "#0072B2", "premium": "#E69F00", "legacy": "#009E73"}
OTHERS = ("#CC79A7", "#56B4E9", "#D55E00")
INK, GROUND, GRID = "#1d1c1d", "#fbfaf8", "#dddad4"
INCHES, DPI = (7.2, 5.4), 125
LETTERS, SMALL_LETTERS = 16, 14  # points: at 360 px wide letters of them are 11 and 10 px high
CHEAPEST = 0.01  # dollars an axis has at least
ALONE = Lock()  # matplotlib is not made for threads, and on a Monday at nine many digests are due


@dataclass(frozen=True)
class DrawnChart:
    """`bars` are the heights drawn, by lane and day; `rates` each lane's rate with its range, in per cent."""

    png: bytes
    bars: Mapping[str, tuple[float, ...]]
    rates: Mapping[str, tuple[float, float, float]]
    line: float | None


def new_figure() -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=INCHES, dpi=DPI, facecolor=GROUND, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def as_png(figure: Any) -> bytes:
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def average_line(axes: Any, usd: float, period: str) -> None:
    axes.axhline(usd, color=INK, linewidth=2, linestyle=(0, (4, 3)), label=f"{period}, average day")


def dollar_axis(axes: Any, most: float) -> None:
    axes.set_ylim(0, max(most, CHEAPEST) * 1.08)
    cents = axes.get_ylim()[1] < 5
    axes.yaxis.set_major_formatter(lambda usd, _: f"${usd:,.2f}" if cents else f"${usd:,.0f}")


def draw_span(axes: Any, place: float, at: float | None, low: float, high: float, colour: str) -> None:
    axes.hlines(place, low, high, color=colour, linewidth=7, alpha=0.45)
    if at is not None:
        axes.plot(at, place, "o", color=colour, markersize=11, clip_on=False)


def write(axes: Any, place: float, words: str, weight: str = "normal") -> None:
    """From the left edge. What people named is no formula, though it have dollars in it."""
    axes.text(0, place, words, fontsize=SMALL_LETTERS, color=INK, weight=weight, parse_math=False)


def dress(axes: Any, title: str, grid: str) -> None:
    axes.set_title(title, fontsize=LETTERS, color=INK, loc="left", pad=12)
    axes.set_facecolor(GROUND)
    axes.tick_params(labelsize=SMALL_LETTERS, colors=INK, length=0)
    axes.grid(axis=grid, color=GRID)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def colour_of(lane: str) -> str:
    return COLOURS.get(lane) or OTHERS[sum(lane.encode()) % len(OTHERS)]
