"""A verdict as a chart: how often each side was kept, and what a kept picture costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import money
from bot.bench.proof import Proof
from bot.evidence import Side
from bot.slack.charts import ALONE, LUCK, ROW, Card, RangeRow, colour_of, heading, range_rows

TOP, BETWEEN = 24, 22
CHEAPEST = 0.01  # dollars a scale has at least


@dataclass(frozen=True)
class Proven:
    """By the name of a side: its rate with its range, in per cent, and the dollars of each kept picture with theirs.
    None: no rate where nothing was judged; no cost, and no upper end, where nothing was kept."""

    png: bytes
    rates: Mapping[str, tuple[float | None, float, float]]
    costs: Mapping[str, tuple[float | None, float, float | None]]


def proof(verdict: Proof) -> Proven:
    """Of each side of a verdict how often it was kept and what a kept picture costs, both with their 95% ranges."""
    with ALONE:
        return _proof(verdict)


def _proof(verdict: Proof) -> Proven:
    sides = verdict.verdict.sides
    rates, costs = [_rate(verdict, side) for side in sides], [_cost(verdict, side) for side in sides]
    ends = [float(side.accepted_high_usd) for side in sides if side.accepted_high_usd is not None]
    most = max(ends, default=0) or 2 * float(max(side.accepted_low_usd for side in sides)) or CHEAPEST
    tall = ROW * len(sides)
    card, costly = Card(TOP + 2 * (14 + tall) + BETWEEN + 10), TOP + 14 + tall + BETWEEN
    for y, title, rows, full in ((TOP, "Kept", rates, 100.0), (costly, "Each kept picture costs", costs, most)):
        heading(card, y, title, LUCK if rows is rates else "")
        range_rows(card, y + 14 + ROW / 2, rows, full)
    names = [verdict.named(side.lane).name for side in sides]
    return Proven(
        card.png(),
        {name: (row.at, side.low * 100, side.high * 100) for name, row, side in zip(names, rates, sides, strict=True)},
        {
            name: (row.at, float(side.accepted_low_usd), row.high)
            for name, row, side in zip(names, costs, sides, strict=True)
        },
    )


def _rate(verdict: Proof, side: Side) -> RangeRow:
    rate = None if side.rate is None else side.rate * 100
    words = f"{side.kept} of {side.judged}"
    return RangeRow(*_called(verdict, side), rate, side.low * 100, side.high * 100, words)


def _cost(verdict: Proof, side: Side) -> RangeRow:
    at, high = (None if usd is None else float(usd) for usd in (side.accepted_usd, side.accepted_high_usd))
    words = f"over {money.about(side.accepted_low_usd)}" if at is None else money.about(side.accepted_usd)
    return RangeRow(*_called(verdict, side), at, float(side.accepted_low_usd), high, words)


def _called(verdict: Proof, side: Side) -> tuple[str, str]:
    """Its lane, with the quality where both are of one lane; and the colour."""
    entrant, roles = verdict.named(side.lane), [one.role for one in verdict.sides]
    if entrant.role is None:
        return entrant.name, colour_of(side.lane)
    alone = roles.count(entrant.role) == 1
    return entrant.role if alone else f"{entrant.role} {entrant.quality}", colour_of(entrant.role)
