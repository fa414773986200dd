"""An estimate: the sentence that decides, a table that fits a phone, and everything behind it in a window."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from bot import money
from bot.estimate.columns import RIGHT, columns, in_words
from bot.pricing import Quote, Quotes
from bot.pricing.prices import BY_YOU
from bot.slack import frame
from bot.slack.message import (
    Block,
    Element,
    Message,
    View,
    bullets,
    paragraph,
    prose,
    rich,
    section,
    sources,
    table,
    words,
)
from bot.slack.windows import modal

BASES = {
    "published": "published price per picture",
    "tokens": "output tokens times the rate of the day",
    BY_YOU: "metered by you, times the rate of the day",
}


def quotes(answer: Quotes, share: str) -> Message:
    """`share` is the question in its canonical words with its day: what Share and Details ask again."""
    steps = [*_draw(answer), *_batch(answer, share), *frame.share(share), *frame.details(share)]
    rest = f"{in_words(answer)} {answer.foot}".strip()
    return frame.framed(answer.deciding, *_table(answer), rest=rest, grey=answer.foot, steps=steps)


def heading(answer: Quotes) -> str:
    """What was asked, as one would say it: 5,000 pictures, high, square, on 22 Nov."""
    question = answer.asked
    pictures = "picture" if question.count == 1 else "pictures"
    batch = ", batch" if question.batch else ""
    return f"{question.count:,} {pictures}, {question.quality}, {question.size}{batch}, on {answer.said(answer.day)}"


def _table(answer: Quotes) -> list[Block]:
    shown = columns(answer)
    right = [n for n, name in enumerate(shown) if name in RIGHT]
    return [table([list(shown), *zip(*shown.values(), strict=True)], right)] if shown else []


def _draw(answer: Quotes) -> list[Element]:
    """What can be drawn today; a model that is going only where nothing takes its place."""
    if not answer.is_for_today:
        return []
    living = [quote for quote in answer.rows if quote.drawable]
    lasting = [quote for quote in living if answer.instead is None or quote.ends_on is None] or living
    choices = list(dict.fromkeys(quote.lane or quote.model if answer.by_lane else quote.model for quote in lasting))
    label = "Draw one…" if len(choices) == 1 else "Draw one of each…"
    return frame.draw(label, choices, answer.asked.quality, answer.asked.size) if choices else []


def _batch(answer: Quotes, share: str) -> list[Element]:
    if answer.batch_usd is None:
        return []
    label = f"Batch: {money.cents(answer.batch_usd)}"
    return frame.run(label if len(label) <= frame.LABEL_LETTERS else "Batch price", f"{share} --batch")


def details(answer: Quotes) -> View:
    """Basis, source, ratio and what is known about keeps, for each quote; then what was assumed."""
    blocks = [paragraph(words(heading(answer), bold=True))]
    for quote in answer.rows:
        name = f"{quote.lane}: {quote.model}" if quote.lane else quote.model
        blocks.append(rich(section(words(name, bold=True)), bullets(*_facts(quote, answer))))
    behind = [prose(sentence) for sentence in (*answer.hints, *answer.defaults, *answer.assumptions)]
    if behind:
        blocks.append(rich(section(words("Good to know", bold=True)), bullets(*behind)))
    return modal("Estimate details", blocks)


def _facts(quote: Quote, answer: Quotes) -> Iterator[Sequence[Element | str]]:
    yield (f"{quote.quality}, {quote.size}: {money.each(quote.each_usd)} each, {money.total(quote.total_usd)} in all",)
    if quote.low_usd is not None and quote.low_usd != quote.high_usd:
        by = "by your cheapest and your dearest call" if quote.basis == BY_YOU else "by which basis is used"
        yield (f"Between {money.total(quote.low_usd)} and {money.total(quote.high_usd)}, {by}",)
    if quote.basis:
        tokens = f", {quote.tokens:,} tokens a picture" if quote.tokens else ""
        yield (f"Basis: {BASES.get(quote.basis, quote.basis)}{tokens}",)
    if quote.ratio is not None:
        yield (_against_cheapest(quote.ratio),)
    yield from _keeps(quote)
    if quote.today_difference_usd is not None:
        yield (f"{money.change(quote.today_difference_usd)} against what you run today",)
    if quote.ends_on:
        last = quote.ends_on - timedelta(days=1)
        yield (f"Shuts down on {answer.said(quote.ends_on)}; its last day is {answer.said(last)}",)
    if quote.source:
        checked = f", checked on {answer.said(quote.checked_on)}" if quote.checked_on else "."
        yield ("Source: ", *sources(quote.source), checked)
    yield from (prose(note) for note in quote.notes)


def _keeps(quote: Quote) -> Iterator[Sequence[Element | str]]:
    if quote.keep_rate is not None:
        rate = f"Keep rate {_percent(quote.keep_rate)}" + (f" ({quote.keep_basis})" if quote.keep_basis else "")
        per = f": {money.each(quote.per_accepted_usd)} per kept picture" if quote.per_accepted_usd else ""
        yield (rate + per,)
    if quote.expected_usd is not None:
        calls = f" ({_number(quote.calls_expected)} calls a picture)" if quote.calls_expected is not None else ""
        yield (f"With retries {money.total(quote.expected_usd)} in all{calls}",)


def _against_cheapest(ratio: Decimal) -> str:
    if ratio == 1:
        return "The cheapest of these"
    much = money.as_much(ratio)
    return f"{much.capitalize()} {'than' if much.endswith('more') else 'as'} the cheapest of these"


def _percent(rate: Decimal) -> str:
    return f"{_number((rate * 100).quantize(Decimal('0.1')))}%"


def _number(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.01')).normalize():,f}"
