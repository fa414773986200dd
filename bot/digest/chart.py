"""A week as a chart: what was spent a day by lane, and how often each lane was kept."""

from typing import Any

from bot.digest.week import LaneKeep, Week
from bot.periods import WEEKDAYS
from bot.slack.charts import (
    ALONE,
    INK,
    LETTERS,
    SMALL_LETTERS,
    DrawnChart,
    as_png,
    average_line,
    colour_of,
    dollar_axis,
    draw_span,
    dress,
    new_figure,
)
from bot.spend import blocks as spend_blocks


def week(told: Week) -> DrawnChart:
    with ALONE:
        return _week(told)


def _week(told: Week) -> DrawnChart:
    figure = new_figure()
    left, right = figure.subplots(1, 2, width_ratios=(5, 3))
    bars, line = _spend(left, told)
    rates = _keep(right, told.keeps)
    if bars or line is not None:
        figure.legend(loc="outside lower left", ncols=2, frameon=False, fontsize=SMALL_LETTERS)
    return DrawnChart(as_png(figure), bars, rates, line)


def _spend(axes: Any, told: Week) -> tuple[dict[str, tuple[float, ...]], float | None]:
    """What is drawn, read back from what stands on the axes."""
    chart = told.chart
    places, below = range(len(chart.days)), [0.0] * len(chart.days)
    bars = {}
    for lane, row in chart.spend.items():
        drawn = axes.bar(places, [float(usd) for usd in row], 0.72, below, color=colour_of(lane), label=lane)
        bars[lane] = tuple(float(bar.get_height()) for bar in drawn)
        below = [low + high for low, high in zip(below, bars[lane], strict=True)]
    line = None if chart.average_usd is None else float(chart.average_usd)
    if line is not None:
        average_line(axes, line, chart.before)
    axes.set_xticks(places, [WEEKDAYS[day.weekday()][:2] for day in chart.days])
    dollar_axis(axes, max([*below, line or 0.0]))
    dress(axes, f"Spend a day, {told.week}", "y")
    return bars, line


def _keep(axes: Any, keeps: tuple[LaneKeep, ...]) -> dict[str, tuple[float, float, float]]:
    rates = {each.lane: (float(each.rate * 100), float(each.low * 100), float(each.high * 100)) for each in keeps}
    for place, each in enumerate(keeps):
        rate, low, high = rates[each.lane]
        draw_span(axes, place, rate, low, high, colour_of(each.lane))
        said = f"{spend_blocks.percent(each.rate)}%"
        axes.text(rate, place - 0.16, said, ha="center", va="bottom", fontsize=LETTERS, color=INK)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 50, 100], ["0%", "50%", "100%"])
    axes.set_yticks(range(len(rates)), list(rates))
    axes.set_ylim(max(len(rates), 1) - 0.4, -0.6)
    if not rates:
        axes.text(50, 0.1, "nothing judged", ha="center", fontsize=SMALL_LETTERS, color=INK)
    dress(axes, "Kept", "x")
    return rates
