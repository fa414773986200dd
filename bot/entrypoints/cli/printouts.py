"""The answers as a terminal shows them, with Rich: readable at 80 columns, plain in a pipe."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.bench import printout, printout_verdict
from bot.bench.printout import BenchList, BenchShown
from bot.bench.proof import Proof
from bot.bench.quote import BenchQuote
from bot.billing.reconcile import BillRead
from bot.budgets import printout as budgets_printout
from bot.budgets.lines import Budgets, Changed
from bot.digest import printout as digest_printout
from bot.digest.week import Week
from bot.entrypoints.cli.printouts_health import Health, told
from bot.grammar import Guide
from bot.lanes import Alternative, ModelList, ModelStatus, Recommendation, Step
from bot.pricing import Quote, Quotes, dollars
from bot.pricing.facts import Rates
from bot.printing.shapes import Paragraph, section, table_of, title
from bot.samples.printout import PrintedPictures, drawn
from bot.spend.measures import Spending
from bot.spend.printout import bill_read, spent
from bot.usage.printout import MadeToken, RevokedToken, TokenList, imported, made, revoked, tokens
from bot.usage.records import Imported

BASES = {"published": "published price", "tokens": "by tokens"}


def console() -> Console:
    """Standard output: colours and width follow the terminal, a pipe gets plain text at 80 columns."""
    return Console(highlight=False, markup=False, emoji=False)


def show(answer: Any, on: Console) -> None:
    on.print(rendered(answer), crop=False)


def rendered(answer: Any) -> RenderableType:
    match answer:
        case Quotes():
            return _quotes(answer)
        case Recommendation():
            return _recommendation(answer)
        case ModelList(models=[model]):
            return _one_model(model, answer)
        case ModelList():
            return _models(answer)
        case Guide():
            return _guide(answer)
        case PrintedPictures():
            return drawn(answer)
        case Spending():
            return spent(answer)
        case Budgets():
            return budgets_printout.stood(answer)
        case Changed():
            return budgets_printout.changed(answer)
        case BenchQuote():
            return printout.quoted(answer)
        case Proof():
            return printout_verdict.proven(answer)
        case BenchShown():
            return printout.shown(answer)
        case BenchList():
            return printout.listed(answer)
        case Week():
            return digest_printout.told(answer)
        case Health():
            return told(answer)
        case Imported():
            return imported(answer)
        case BillRead():
            return bill_read(answer)
        case MadeToken():
            return made(answer)
        case TokenList():
            return tokens(answer)
        case RevokedToken():
            return revoked(answer)
        case _:
            raise TypeError(f"{type(answer).__name__} has no printout")


# ---- estimate ----


def _quotes(answer: Quotes) -> RenderableType:
    asked, quotes = answer.asked, answer.quotes
    images = f"{asked.count:,} {'image' if asked.count == 1 else 'images'}"
    return Group(
        title(f"{images}, {asked.quality}, {asked.size}{', batch' if asked.batch else ''}, {answer.day}"),
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
    known = quote.each_usd is not None
    spread = known and quote.low_usd is not None and quote.high_usd is not None and quote.low_usd != quote.high_usd
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
    found: dict[str, list[str]] = {}
    for quote in quotes:
        if quote.source:
            found.setdefault(f"{quote.source} (checked {quote.checked_on})", []).append(quote.model)
    return [f"{', '.join(models)}: {source}" for source, models in found.items()]


# ---- recommend ----


def _recommendation(answer: Recommendation) -> RenderableType:
    asked = f"existing {answer.existing}" if answer.existing else answer.situation
    until = f", until {answer.window_ends}" if answer.lane == "legacy" and answer.window_ends else ""
    effects = answer.price_effect
    instead = f"A square image on {effects[0].instead} instead of {answer.existing}" if effects else ""
    return Group(
        title(f"{asked}, {answer.day}"),
        Text(),
        Paragraph(f"{f'{answer.lane}: ' if answer.lane else ''}{answer.model}{until}", style="bold green"),
        *section("Why", answer.reasons),
        *section("Trade-off", (answer.tradeoff,)),
        *section("Next", (answer.next_step,)),
        *section(instead, (effect.sentence for effect in effects)),
        *section("Your own evidence", (found.sentence for found in answer.evidence)),
        *section("Re-test", answer.retest),
        *section("Alternatives", map(_alternative, answer.alternatives)),
        *section("Surface", (answer.surface,)),
        *section("Mind", (*answer.warnings, *answer.defaults)),
    )


def _alternative(other: Alternative) -> str:
    lane = f" ({other.lane})" if other.lane else ""
    each = f", {dollars(other.each_usd)} a medium square image" if other.each_usd is not None else ""
    return f"{other.model}{lane}{each}: {other.why}"


# ---- models ----


def _models(answer: ModelList) -> RenderableType:
    columns = {
        "Model": [model.model for model in answer.models],
        "Lane": [model.lane or "-" for model in answer.models],
        "Status": [_status(model) for model in answer.models],
        "Square image": [_span(model.ladder) for model in answer.models],
    }
    return Group(
        title(f"Models, {answer.day}"),
        Text(),
        table_of(columns, right=()),
        *section("Named by OpenAI as the replacement", _replacements(answer.models)),
        *section("Mind", ("`models MODEL` shows all prices of one, its dates and sources.", *answer.notes)),
    )


def _status(model: ModelStatus) -> str:
    if model.shutdown is None:
        return model.status
    return f"{'ends' if model.days_left else 'ended'} {model.shutdown}"


def _end(model: ModelStatus) -> str:
    days = f" ({model.days_left} {'day' if model.days_left == 1 else 'days'})" if model.days_left else ""
    return "no end announced" if model.shutdown is None else f"{_status(model)}{days}"


def _span(ladder: Sequence[Step]) -> str:
    if not ladder:
        return "not published"
    low, high = ladder[0], ladder[-1]
    return dollars(low.usd) if low == high else f"{dollars(low.usd)} to {dollars(high.usd)}"


def _replacements(models: Iterable[ModelStatus]) -> list[str]:
    """Models with the same replacement in one line."""
    named: dict[tuple[str, ...], list[str]] = {}
    for model in models:
        if model.successors:
            named.setdefault(model.successors, []).append(model.model)
    return [f"{', '.join(old)}: {', '.join(new)}" for new, old in named.items()]


def _one_model(model: ModelStatus, answer: ModelList) -> RenderableType:
    facts = [
        f"released {model.released}",
        f"deprecation announced {model.deprecation_announced}" if model.deprecation_announced else None,
        _end(model),
        f"fills the {model.lane} lane" if model.lane else None,
        f"OpenAI names as its replacement: {', '.join(model.successors)}" if model.successors else None,
        f"snapshots: {', '.join(model.snapshots)}" if model.snapshots else None,
        f"source of these dates: {model.life_source}",
    ]
    return Group(
        title(f"{model.model}, {model.status}, {answer.day}"),
        *section("Life", filter(None, facts)),
        *section("One square image", (f"{step.quality} {dollars(step.usd)}" for step in model.ladder)),
        *section("US dollars per 1,000,000 tokens", map(_rates, filter(None, (model.rates, model.batch)))),
        *section("OpenAI says", model.words),
        *section("Mind", (*model.notes, *answer.notes)),
    )


def _rates(rates: Rates) -> str:
    known = [
        ("text in", rates.text_in),
        ("cached text in", rates.text_in_cached),
        ("image in", rates.image_in),
        ("cached image in", rates.image_in_cached),
        ("image out", rates.image_out),
        ("text out", rates.text_out),
    ]
    listed = ", ".join(f"{name} {usd}" for name, usd in known if usd is not None)
    return f"{rates.tier}: {listed} (source: {rates.source.ref}, checked {rates.source.checked_on})"


# ---- help ----


def _guide(answer: Guide) -> RenderableType:
    parts: list[RenderableType] = []
    for usage in answer.usages:
        parts += [Paragraph(usage.usage, style="bold", hang="  "), Paragraph(usage.sentence, mark="  ")]
        examples = usage.examples if answer.topic else usage.examples[:1]
        parts += [Paragraph(f"imagelane {example}", mark="  ", style="cyan") for example in examples]
        parts.append(Text())
    return Group(*parts[:-1])


def _usd(usd: Decimal | None) -> str:
    return "unknown" if usd is None else dollars(usd)
