"""Any days' spend as a chart."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot import money
from bot.slack.charts import ALONE, Card, DrawnChart, bars, day_usd, heading
from bot.spend.measures import Spending

HEIGHT, TOP, BOTTOM = 190, 54, 152
ONE_COLOUR = "#C3CDD5"  # of no lane: by day all of them are one
EACH_LABELLED = 7


def days(spending: Spending) -> DrawnChart:
    """Of an answer by day: what is known of each day, and an average day of the days before as a line."""
    with ALONE:
        return _days(spending)


def _days(spending: Spending) -> DrawnChart:
    usd = [row.spend_usd or Decimal() for row in spending.rows]
    against = spending.scope.against
    average = spending.before_usd / against.count if against is not None and spending.before_usd else None
    card, line = Card(HEIGHT), None if average is None else float(average)
    beside = "" if average is None else f"days before: {money.cents(average)} a day"
    heading(card, 24, "Spend a day", beside, dashed=average is not None)
    labels = _labels([date.fromisoformat(row.name or "") for row in spending.rows], usd)
    drawn = bars(card, TOP, BOTTOM, {"all": (ONE_COLOUR, usd)}, labels, line)
    return DrawnChart(card.png(), drawn, {}, line)


def _labels(each: Sequence[date], usd: Sequence[Decimal]) -> list[tuple[str, str]]:
    """Every value and day of a week; of more days the highest value, and days as far apart as their names are wide."""
    if len(each) <= EACH_LABELLED:
        return [(day_usd(spent), f"{day:%a} {day.day}") for day, spent in zip(each, usd, strict=True)]
    step, most = -(-len(each) // EACH_LABELLED), max(usd)
    highest = usd.index(most) if most else None
    half = step // 2
    return [
        (day_usd(spent) if n == highest else "", f"{day.day} {day:%b}" if n % step == half else "")
        for n, (day, spent) in enumerate(zip(each, usd, strict=True))
    ]
