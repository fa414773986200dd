"""An estimate, as a terminal tells it: the sentence that decides, the table, and everything behind it on demand."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.text import Text

from bot.estimate.columns import RIGHT, columns
from bot.money import as_much, dollars
from bot.pricing import Quote, Quotes
from bot.pricing.prices import BY_YOU
from bot.printing.shapes import Paragraph, section, table_of

BASES = {"published": "published price", "tokens": "by tokens", BY_YOU: BY_YOU}


def rendered(answer: Quotes, details: bool = False) -> RenderableType:
    return Group(*_glance(answer), *(_behind(answer) if details else ()))


def _glance(answer: Quotes) -> Iterator[RenderableType]:
    yield Paragraph(answer.deciding, style="bold green")
    shown = columns(answer)
    if shown:
        yield from (Text(), table_of(shown, right=RIGHT))
    if answer.foot:
        yield from (Text(), Paragraph(answer.foot))


def _behind(answer: Quotes) -> Iterator[RenderableType]:
    yield from section("Details", map(_detail, answer.rows))
    yield from section("Sources", _sources(answer.rows))
    yield from section("Assumptions", (*answer.defaults, *answer.assumptions))
    yield from section("Hints", answer.hints)


def _detail(quote: Quote) -> str:
    is_priced = quote.each_usd is not None
    spread = is_priced and quote.low_usd is not None and quote.high_usd is not None and quote.low_usd != quote.high_usd
    parts = [
        f"{quote.quality} {quote.size}, {_usd(quote.each_usd)} each, {_usd(quote.total_usd)} in all",
        BASES.get(quote.basis or "", "no published price"),
        f"{quote.tokens:,} tokens each" if quote.tokens else None,
        f"total {_usd(quote.low_usd)} to {_usd(quote.high_usd)}" if spread else None,
        as_much(quote.ratio) if quote.ratio is not None and quote.ratio > 1 else None,
        f"{quote.keep_rate:.0%} kept, {quote.keep_basis}" if quote.keep_rate is not None else None,
        f"{_usd(quote.per_accepted_usd)} per kept picture" if quote.per_accepted_usd is not None else None,
        f"{quote.calls_expected.normalize():f} calls a picture" if quote.calls_expected is not None else None,
        f"{_usd(quote.expected_usd)} with retries" if quote.expected_usd is not None else None,
        _against_today(quote.today_difference_usd),
        f"ends on {quote.ends_on}" if quote.ends_on else None,
    ]
    return f"{quote.model}: {'; '.join(part for part in parts if part)}." + "".join(f" {note}" for note in quote.notes)


def _against_today(difference: Decimal | None) -> str | None:
    if difference is None:
        return None
    if not difference:
        return "the same as what you run today"
    return f"{dollars(abs(difference))} {'more' if difference > 0 else 'less'} than what you run today"


def _sources(quotes: Sequence[Quote]) -> list[str]:
    """Each source once, with the models it speaks for."""
    models_of: dict[str, list[str]] = {}
    for quote in quotes:
        if quote.source:
            models_of.setdefault(f"{quote.source} (checked {quote.checked_on})", []).append(quote.model)
    return [f"{', '.join(models)}: {source}" for source, models in models_of.items()]


def _usd(usd: Decimal | None) -> str:
    return "unknown" if usd is None else dollars(usd)
