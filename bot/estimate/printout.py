"""An estimate, as a terminal tells it: the table, the sentence that decides, and everything behind it."""

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.money import dollars
from bot.pricing import Quote, Quotes
from bot.printing.shapes import Paragraph, section, table_of, title

BASES = {"published": "published price", "tokens": "by tokens"}


def rendered(answer: Quotes, _details: bool = False) -> RenderableType:
    question, quotes = answer.asked, answer.quotes
    images = f"{question.count:,} {'image' if question.count == 1 else 'images'}"
    return Group(
        title(f"{images}, {question.quality}, {question.size}{', batch' if question.batch else ''}, {answer.day}"),
        Text(),
        _quote_table(quotes),
        Text(),
        Paragraph(answer.deciding, style="bold green"),
        *section("Details", map(_detail, quotes)),
        *section("Sources", _sources(quotes)),
        *section("Assumptions", (*answer.defaults, *answer.assumptions)),
        *section("Hints", answer.hints),
    )


def _quote_table(quotes: Sequence[Quote]) -> Table:
    """The last two columns only where one of the quotes has something to put there."""
    columns = {
        "Lane": [quote.lane or "-" for quote in quotes],
        "Model": [quote.model for quote in quotes],
        "Each": [_usd(quote.each_usd) for quote in quotes],
        "Total": [_usd(quote.total_usd) for quote in quotes],
        "Ratio": [f"{quote.ratio:.1f}x" if quote.ratio is not None else "-" for quote in quotes],
    }
    if any(quote.per_accepted_usd is not None for quote in quotes):
        columns["Per kept"] = [_usd(quote.per_accepted_usd) for quote in quotes]
    if any(quote.ends_on for quote in quotes):
        columns["Ends"] = [str(quote.ends_on or "-") for quote in quotes]
    return table_of(columns, right=("Each", "Total", "Ratio", "Per kept"))


def _detail(quote: Quote) -> str:
    is_priced = quote.each_usd is not None
    spread = is_priced and quote.low_usd is not None and quote.high_usd is not None and quote.low_usd != quote.high_usd
    parts = [
        f"{quote.quality} {quote.size}",
        BASES.get(quote.basis or "", "no published price"),
        f"{quote.tokens:,} tokens each" if quote.tokens else None,
        f"total {_usd(quote.low_usd)} to {_usd(quote.high_usd)}" if spread else None,
        f"{quote.keep_rate:.0%} kept, {quote.keep_basis}" if quote.keep_rate is not None else None,
        f"{_usd(quote.per_accepted_usd)} per accepted image" if quote.per_accepted_usd is not None else None,
        f"{quote.calls_expected.normalize():f} calls an image" if quote.calls_expected is not None else None,
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
