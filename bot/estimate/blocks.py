"""An estimate: a table that fits a phone, the sentence that decides, and everything behind it in a window."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot import money
from bot.pricing import Quote, Quotes
from bot.slack.message import (
    Block,
    Element,
    Message,
    View,
    answer_buttons,
    bullets,
    last_day,
    message,
    modal,
    paragraph,
    prose,
    rich,
    section,
    small,
    sources,
    table,
    words,
)

BASES = {"published": "published price per image", "tokens": "output tokens times the rate of the day"}


def quotes(answer: Quotes, share: str) -> Message:
    """`share` is the question in its canonical words with its day: what Share and Details ask again."""
    blocks = [
        paragraph(words(heading(answer), bold=True)),
        _table(answer),
        paragraph(*prose(answer.deciding)),
        *_notes(answer),
        small(*answer.hints, *answer.defaults, *answer.assumptions),
        answer_buttons(share, details=True),
    ]
    return message(_text(answer), blocks)


def heading(answer: Quotes) -> str:
    """What was asked, as one would say it: 5,000 images, high, square, on 2026-11-22."""
    question = answer.asked
    images = "image" if question.count == 1 else "images"
    batch = ", batch" if question.batch else ""
    return f"{question.count:,} {images}, {question.quality}, {question.size}{batch}, on {answer.day}"


def _table(answer: Quotes) -> Block:
    lanes = any(quote.lane for quote in answer.quotes)
    ends = any(quote.ends_on for quote in answer.quotes)
    rows = [_cells("Lane", "Model", "Each", "Total", "Last day", lanes=lanes, ends=ends)]
    for quote in answer.quotes:
        each, total = money.each(quote.each_usd), money.total(quote.total_usd)
        last = str(last_day(quote.ends_on) or "none known")
        rows.append(_cells(quote.lane or "–", quote.model, each, total, last, lanes=lanes, ends=ends))
    return table(rows, right=range(1 + lanes, 3 + lanes))


def _cells(lane: str, model: str, each: str, total: str, last: str, *, lanes: bool, ends: bool) -> list[str]:
    return [*([lane] if lanes else []), model, each, total, *([last] if ends else [])]


def _notes(answer: Quotes) -> list[Block]:
    """Why a total is unknown is said at once, unless the deciding sentence says it; other notes wait behind Details."""
    notes = []
    for quote in answer.quotes:
        why = " ".join(note for note in quote.notes if note not in answer.deciding)
        if quote.total_usd is None and why:
            notes.append([words(f"{quote.model}: ", bold=True), *prose(why)])
    return [rich(bullets(*notes))] if notes else []


def _text(answer: Quotes) -> str:
    each = "; ".join(
        f"{quote.lane or ''} {quote.model} {money.total(quote.total_usd)}".strip() for quote in answer.quotes
    )
    return f"{heading(answer)}: {each}. {answer.deciding}"


def details(answer: Quotes) -> View:
    """Basis, source, ratio and what is known about keeps, for each quote."""
    blocks = [paragraph(words(heading(answer), bold=True))]
    for quote in answer.quotes:
        name = f"{quote.lane}: {quote.model}" if quote.lane else quote.model
        blocks.append(rich(section(words(name, bold=True)), bullets(*_facts(quote))))
    return modal("Estimate details", [*blocks, small(*answer.assumptions)])


def _facts(quote: Quote) -> Iterator[Sequence[Element | str]]:
    yield (f"{quote.quality}, {quote.size}: {money.each(quote.each_usd)} each, {money.total(quote.total_usd)} in all",)
    if quote.low_usd is not None and quote.low_usd != quote.high_usd:
        yield (f"Between {money.total(quote.low_usd)} and {money.total(quote.high_usd)}, by which basis is used",)
    if quote.basis:
        tokens = f", {quote.tokens:,} tokens an image" if quote.tokens else ""
        yield (f"Basis: {BASES.get(quote.basis, quote.basis)}{tokens}",)
    if quote.ratio is not None:
        yield ("The cheapest of these" if quote.ratio == 1 else f"{_times(quote.ratio)} the cheapest of these",)
    yield from _keeps(quote)
    if quote.today_difference_usd is not None:
        yield (f"{money.change(quote.today_difference_usd)} against what you run today",)
    if quote.ends_on:
        yield (f"Shuts down {quote.ends_on}; last day {last_day(quote.ends_on)}",)
    if quote.source:
        checked = f", checked {quote.checked_on}" if quote.checked_on else "."
        yield ("Source: ", *sources(quote.source), checked)
    yield from (prose(note) for note in quote.notes)


def _keeps(quote: Quote) -> Iterator[Sequence[Element | str]]:
    if quote.keep_rate is not None:
        rate = f"Keep rate {_percent(quote.keep_rate)}" + (f" ({quote.keep_basis})" if quote.keep_basis else "")
        accepted = f": {money.about(quote.per_accepted_usd)} per accepted image" if quote.per_accepted_usd else ""
        yield (rate + accepted,)
    if quote.expected_usd is not None:
        calls = f" ({_number(quote.calls_expected)} calls an image)" if quote.calls_expected is not None else ""
        yield (f"With retries about {money.about(quote.expected_usd)} in all{calls}",)


def _times(ratio: Decimal) -> str:
    return f"{ratio.quantize(Decimal('0.1'))}x"


def _percent(rate: Decimal) -> str:
    return f"{_number((rate * 100).quantize(Decimal('0.1')))}%"


def _number(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.01')).normalize():,f}"
