"""A verdict as a chart: how often each side was kept, with what luck allows, the leader first."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.bench.proof import Proof
from bot.bench.verdict_words import called, ranked
from bot.evidence import Side
from bot.slack.charts import ALONE, LUCK, ROW, Card, RangeRow, colour_of, heading, range_rows

TOP, BELOW, CLOSING = 24, 16, 8  # CSS pixels: to the heading, from it to the rows, under them


@dataclass(frozen=True)
class DrawnVerdict:
    """By what a side is called its keep rate with its range, in per cent; no rate where nothing was judged."""

    png: bytes
    rates: Mapping[str, tuple[float | None, float, float]]


def proof(verdict: Proof) -> DrawnVerdict:
    with ALONE:
        rows = [_row(verdict, side) for side in ranked(verdict)]
        card = Card(TOP + BELOW + ROW * len(rows) + CLOSING)
        heading(card, TOP, "Kept", LUCK)
        range_rows(card, TOP + BELOW + ROW / 2, rows, 100.0)
        return DrawnVerdict(card.png(), {row.name: (row.at, row.low or 0, row.high or 0) for row in rows})


def _row(verdict: Proof, side: Side) -> RangeRow:
    rate, words = None if side.rate is None else side.rate * 100, f"{side.kept} of {side.judged}"
    colour = colour_of(verdict.named(side.lane).role or side.lane)
    return RangeRow(called(verdict, side.lane), colour, rate, side.low * 100, side.high * 100, words)
