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


def days(spending: Spending) -> DrawnChart:
    """Of an answer by day: what is known of each day, and an average day of the days before as a line."""
    with ALONE:
        return _days(spending)


def _days(spending: Spending) -> DrawnChart:
    figure, days = new_figure(), [date.fromisoformat(row.name or "") for row in spending.rows]
    axes = figure.subplots()
    usd = [float(row.spend_usd or 0) for row in spending.rows]
    bars = axes.bar(range(len(days)), usd, 0.72, color=COLOURS["budget"])
    against = spending.scope.against
    line = float(spending.before_usd / against.count) if against is not None and spending.before_usd else None
    if against is not None and line is not None:
        average_line(axes, line, against.words())
        figure.legend(loc="outside lower left", frameon=False, fontsize=SMALL_LETTERS)
    step = -(-len(days) // MOST_DAY_LABELS)
    axes.set_xticks(range(0, len(days), step), [f"{day:%b} {day.day}" for day in days[::step]])
    heights = tuple(float(bar.get_height()) for bar in bars)
    dollar_axis(axes, max([*heights, line or 0.0]))
    dress(axes, "Spend a day", "y")
    return DrawnChart(as_png(figure), {"all": heights}, {}, line)
