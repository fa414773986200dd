"""Any days' spend as a chart."""

from datetime import date

from bot.slack.charts import (
    ALONE,
    COLOURS,
    SMALL_LETTERS,
    DrawnChart,
    as_png,
    average_line,
    dollar_axis,
    dress,
    new_figure,
)
from bot.spend.measures import Spending

MOST_DAY_LABELS = 8


def days(told: Spending) -> DrawnChart:
    """Of an answer by day: what is known of each day, and an average day of the days before as a line."""
    with ALONE:
        return _days(told)


def _days(told: Spending) -> DrawnChart:
    figure, days = new_figure(), [date.fromisoformat(row.name or "") for row in told.rows]
    axes = figure.subplots()
    drawn = axes.bar(range(len(days)), [float(row.spend_usd or 0) for row in told.rows], 0.72, color=COLOURS["budget"])
    against = told.scope.against
    line = float(told.before_usd / against.count) if against is not None and told.before_usd else None
    if against is not None and line is not None:
        average_line(axes, line, against.words())
        figure.legend(loc="outside lower left", frameon=False, fontsize=SMALL_LETTERS)
    step = -(-len(days) // MOST_DAY_LABELS)
    axes.set_xticks(range(0, len(days), step), [f"{day:%b} {day.day}" for day in days[::step]])
    bars = tuple(float(bar.get_height()) for bar in drawn)
    dollar_axis(axes, max([*bars, line or 0.0]))
    dress(axes, "Spend a day", "y")
    return DrawnChart(as_png(figure), {"all": bars}, {}, line)
