"""A week as a chart: what was spent a day by lane, and how often each lane was kept."""

from zoneinfo import ZoneInfo

from bot import money
from bot.digest.sentences import ARROWS
from bot.digest.week import LaneKeep, Week
from bot.slack.charts import (
    ALONE,
    LUCK,
    PAD,
    PALE,
    ROW,
    SMALL_LETTERS,
    Card,
    DrawnChart,
    RangeRow,
    bars,
    colour_of,
    day_usd,
    heading,
    range_rows,
)
from bot.spend.sentences import percent

TOP, BOTTOM, KEPT = 54, 146, 187
MOST_ROWS = 5  # a card is never taller than wide


def week(told: Week) -> DrawnChart:
    with ALONE:
        return _week(told)


def _week(told: Week) -> DrawnChart:
    places = {lane: place for place, lane in enumerate(told.chart.spend)}  # as in the table, the dearest first
    every = sorted([*map(_row, told.keeps), *_unjudged(told)], key=lambda row: places.get(row.name, len(places)))
    rows, more = every[:MOST_ROWS], len(every[MOST_ROWS:])
    lines = len(rows) + (more > 0 or not rows)
    card = Card(KEPT + 14 + ROW * lines + 10)
    drawn, line = _spend(card, told)
    heading(card, KEPT, "Kept", LUCK if told.keeps else "")
    first = KEPT + 14 + ROW / 2
    range_rows(card, first, rows, 100)
    note = f"and {more} more in the table" if more else "" if rows else "nothing is judged yet"
    card.write(PAD, first + ROW * len(rows), note, size=SMALL_LETTERS, colour=PALE)
    rates = {each.lane: (float(each.rate * 100), float(each.low * 100), float(each.high * 100)) for each in told.keeps}
    return DrawnChart(card.png(), drawn, rates, line)


def _spend(card: Card, told: Week) -> tuple[dict[str, tuple[float, ...]], float | None]:
    chart, today = told.chart, told.as_of.astimezone(ZoneInfo(told.zone)).date()
    average = chart.average_usd
    beside = "" if average is None else f"week before: {money.cents(average)} a day"
    heading(card, 24, "Spend a day", beside, dashed=average is not None)
    labels = [
        ("" if day > today else day_usd(total), f"{day:%a} {day.day}")
        for day, total in zip(chart.days, chart.totals, strict=True)
    ]
    stacks = {lane: (colour_of(lane), row) for lane, row in chart.spend.items()}
    line = None if average is None else float(average)
    return bars(card, TOP, BOTTOM, stacks, labels, line), line


def _unjudged(told: Week) -> list[RangeRow]:
    """So that no colour of the bars is without its name."""
    judged = {each.lane for each in told.keeps}
    return [
        RangeRow(lane, colour_of(lane), None, None, None, "not judged")
        for lane in told.chart.spend
        if lane not in judged
    ]


def _row(each: LaneKeep) -> RangeRow:
    rate, low, high = (float(value * 100) for value in (each.rate, each.low, each.high))
    arrow = f" {ARROWS[each.change]}" if each.change else ""
    words = f"{each.kept:,} of {each.judged:,}, {percent(each.rate)}%{arrow}"
    return RangeRow(each.lane, colour_of(each.lane), rate, low, high, words)
