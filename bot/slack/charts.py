"""Charts as PNG on a slate card of their own: a light page and a dark one bear it alike, and so does a phone.

All is measured in CSS pixels of a card 360 wide, drawn three times as large; letters are 11.5 and more. Values stand on
the marks and the coloured names of the rows are the legend. matplotlib is loaded only when one is drawn, and the same
figures give the same bytes.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock
from typing import Literal

from bot.slack.text import MORE

COLOURS = {"budget": "#3D9BE9", "premium": "#F2A93B", "legacy": "#2FB38A"}
OTHERS = ("#E58BC0", "#B79CF2", "#EF7C62", "#9AD1D4", "#D9D36B")
GROUND, INK, PALE, GRID = "#20262D", "#F1F4F6", "#AEB8C0", "#414A53"
WIDTH, SCALE, CORNER, PAD = 360, 3, 8, 16
TITLE, LETTERS, SMALL_LETTERS = 14.5, 12.5, 11.5
ROW = 25  # a row of `range_rows`
SHORTEST_LINE = 60  # that a band stands on
LUCK = "band: what luck allows"
ALONE = Lock()  # matplotlib is not made for threads, and on a Monday at nine many digests are due

Side = Literal["left", "center", "right"]


@dataclass(frozen=True)
class DrawnChart:
    """`bars` are the heights drawn, by lane and day; `rates` each lane's rate with its range, in per cent."""

    png: bytes
    bars: Mapping[str, tuple[float, ...]]
    rates: Mapping[str, tuple[float, float, float]]
    line: float | None


@dataclass(frozen=True)
class RangeRow:
    """A value with what luck allows, `low` to `high`, and the `words` beside it; nothing but the words where nothing is
    known."""

    name: str
    colour: str
    at: float | None
    low: float | None
    high: float | None
    words: str


class Card:
    """`height` in CSS pixels; y grows downwards."""

    def __init__(self, height: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        # At 72 dots an inch a point is a pixel, so letters and lines are told in CSS pixels too.
        figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72 * SCALE, facecolor="none")
        self._canvas = FigureCanvasAgg(figure)
        self._axes = figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.axis("off")
        self._drawn = 0
        self.box(0, 0, WIDTH, height, GROUND, corner=CORNER)

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, *, corner: float = 0, alpha: float = 1
    ) -> None:
        from matplotlib.patches import FancyBboxPatch

        style = f"round,pad=0,rounding_size={corner}" if corner else "square,pad=0"
        shape = FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=colour, linewidth=0, alpha=alpha)
        self._axes.add_patch(shape).set_zorder(self._next())

    def rule(self, left: float, right: float, y: float, colour: str, thick: float = 1, *, dashed: bool = False) -> None:
        style = (0, (4, 3)) if dashed else "solid"
        self._axes.hlines(y, left, right, color=colour, linewidth=thick, linestyle=style, zorder=self._next())

    def dot(self, x: float, y: float, colour: str) -> None:
        (drawn,) = self._axes.plot(x, y, "o", color=colour, markersize=10, zorder=self._next())
        drawn.set(markeredgecolor=INK, markeredgewidth=1.5)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = LETTERS,
        colour: str = INK,
        at: Side = "left",
        bold: bool = False,
    ) -> None:
        """Around the middle `y`. What people named is no formula, though it have dollars in it."""
        drawn = self._axes.text(x, y, text, fontsize=size, color=colour, parse_math=False, zorder=self._next())
        drawn.set(ha=at, va="center_baseline", weight="bold" if bold else "normal")

    def label(self, x: float, y: float, text: str, colour: str) -> None:
        """In small letters around `x`, never over an edge, and hiding the line it stands on."""
        half = self.wide(text, SMALL_LETTERS) / 2
        middle = min(max(x, CORNER + half), WIDTH - CORNER - half)
        if text:
            self.box(middle - half - 1, y - 7, 2 * half + 2, 14, GROUND)
        self.write(middle, y, text, size=SMALL_LETTERS, colour=colour, at="center")

    def wide(self, text: str, size: float = LETTERS) -> float:
        from matplotlib.font_manager import FontProperties
        from matplotlib.textpath import text_to_path

        width, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=size), False)
        return float(width)

    def fitting(self, text: str, room: float, size: float = LETTERS) -> str:
        """Cut with … where it is wider."""
        if self.wide(text, size) <= room:
            return text
        while text and self.wide(text + MORE, size) > room:
            text = text[:-1]
        return text.rstrip() + MORE

    def _next(self) -> int:
        """What is drawn later lies over what was drawn before, of whatever kind it is."""
        self._drawn += 1
        return self._drawn

    def png(self) -> bytes:
        held = io.BytesIO()
        self._canvas.figure.savefig(held, format="png", facecolor="none", metadata={"Software": None})
        return held.getvalue()


def heading(card: Card, y: float, title: str, beside: str = "", *, dashed: bool = False) -> None:
    """`beside` is said in grey at the other end, after the line it is about where that is `dashed`."""
    card.write(PAD, y, title, size=TITLE, bold=True)
    card.write(WIDTH - PAD, y, beside, size=SMALL_LETTERS, colour=PALE, at="right")
    if dashed:
        end = WIDTH - PAD - card.wide(beside, SMALL_LETTERS) - 6
        card.rule(end - 20, end, y + 1, PALE, dashed=True)


def bars(
    card: Card,
    top: float,
    bottom: float,
    stacks: Mapping[str, tuple[str, Sequence[Decimal]]],
    labels: Sequence[tuple[str, str]],
    line: float | None = None,
) -> dict[str, tuple[float, ...]]:
    """A stack a day: by name the colour and dollars of each day; (value, day) written over and under each. `line` is
    dashed across all. Gives the heights, in dollars."""
    count = len(labels)
    step = (WIDTH - 2 * PAD) / count
    heights = {name: tuple(float(usd) for usd in row) for name, (_, row) in stacks.items()}
    totals = [sum(row[place] for row in heights.values()) for place in range(count)]
    full, tops = max([*totals, line or 0.0]) or 1.0, []
    for place in range(count):
        x, y = PAD + place * step + step * 0.18, bottom
        for name, (colour, _) in stacks.items():
            tall = heights[name][place] / full * (bottom - top)
            card.box(x, y - tall, step * 0.64, max(tall - (1 if y < bottom else 0), 0), colour)
            y -= tall
        tops.append(y)
    card.rule(PAD, WIDTH - PAD, bottom, PALE)
    if line is not None:
        card.rule(PAD, WIDTH - PAD, bottom - line / full * (bottom - top), PALE, dashed=True)
    for place, (value, day) in enumerate(labels):
        middle, colour = PAD + (place + 0.5) * step, INK if totals[place] else PALE
        card.label(middle, tops[place] - 10, value, colour)
        card.label(middle, bottom + 12, day, PALE)
    return heights


def range_rows(card: Card, y: float, rows: Sequence[RangeRow], most: float) -> None:
    """One under the other: the name, its value on a line from 0 to `most` with what luck allows, and the words."""
    first = PAD + 18
    right = WIDTH - PAD - max((card.wide(row.words) for row in rows), default=0) - 14
    names = [card.fitting(row.name, right - SHORTEST_LINE - 10 - first) for row in rows]
    left = first + max(map(card.wide, names), default=0) + 10
    for name, row in zip(names, rows, strict=True):
        card.box(PAD, y - 6, 12, 12, row.colour, corner=2)
        card.write(first, y, name)
        card.rule(left, right, y, GRID, 1.6)
        _band(card, (left, right), y, row, most)
        card.write(WIDTH - PAD, y, row.words, at="right")
        y += ROW


def _band(card: Card, ends: tuple[float, float], y: float, row: RangeRow, most: float) -> None:
    left, right = ends
    at, low, high, colour = row.at, row.low, row.high, row.colour
    if low is None or high is None:
        return
    first, last = (left + min(value / most, 1) * (right - left) for value in (low, high))
    card.box(first, y - 5, max(last - first, 1), 10, colour, corner=min(3, (last - first) / 2), alpha=0.5)
    if at is not None:
        card.dot(left + at / most * (right - left), y, colour)


def day_usd(usd: Decimal) -> str:
    """Over a bar, where there is room for seven letters: $2.50, $123, $12.3k."""
    if usd >= 10_000:
        return f"${usd / 1000:,.1f}k" if usd < 100_000 else f"${usd / 1000:,.0f}k"
    if usd >= 100:
        return f"${usd:,.0f}"
    if 0 < usd < Decimal("0.005"):
        return "<$0.01"
    return f"${usd:.2f}" if usd else "$0"


def colour_of(lane: str) -> str:
    return COLOURS.get(lane) or OTHERS[sum(lane.encode()) % len(OTHERS)]
