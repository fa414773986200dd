"""Imports and API tokens as a terminal tells of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.grammar.words import echo
from bot.money import UNKNOWN, about, dollars
from bot.printing.shapes import table_of
from bot.usage.maps import MapList, MapSaving
from bot.usage.records import BilledFile, Imported, Repriced, Voided
from bot.usage.tokens import ApiToken

SKIPPED = {"records": "Rows that tell of no pictures", "buckets": "Skipped", "bill": "Told as $0"}
MOST_NAMES = 5  # of models without a price, told at once


@dataclass(frozen=True)
class MadeToken:
    """The one time the token itself is seen."""

    id: str
    name: str
    token: str


@dataclass(frozen=True)
class TokenList:
    tokens: tuple[ApiToken, ...]


@dataclass(frozen=True)
class RevokedToken:
    id: str
    name: str


Answer = Imported | MadeToken | TokenList | RevokedToken | MapList | Voided | Repriced


def rendered(answer: Answer) -> RenderableType:
    match answer:
        case Imported():
            return _imported(answer)
        case MadeToken():
            return _made(answer)
        case TokenList():
            return _tokens(answer)
        case RevokedToken():
            return _revoked(answer)
        case MapList():
            return _maps(answer)
        case Voided():
            cost = "an unknown amount" if answer.usd is None else dollars(answer.usd)
            return Text(f"Record {answer.id} from {answer.source} counts for nothing any more; it had cost {cost}.")
        case Repriced():
            return Text(f"{answer.priced:,} of {answer.looked_at:,} records without a price have one now.")


def _imported(answer: Imported) -> RenderableType:
    headline = Text(_bill(answer, answer.bill) if answer.bill else _stored(answer), "bold")
    table: tuple[RenderableType, ...] = (_table(answer), Text()) if answer.first else ()
    return Group(headline, *table, *(Text(sentence) for sentence in _sentences(answer)))


def _stored(answer: Imported) -> str:
    verb = "Would store" if answer.dry_run else "Stored"
    what = f"{answer.stored:,} of {answer.rows:,} records"
    if answer.goes_to == "buckets":
        what = f"{_counted(answer.stored, 'daily bucket', 'daily buckets')} from {answer.rows:,} lines"
    again = f", {answer.duplicates:,} were stored before" if answer.duplicates else ""
    refused = f", {answer.refused:,} refused" if answer.refused else ""
    replaced = f", {answer.replaced:,} of them in the place of others" if answer.replaced else ""
    of = "of" if answer.goes_to == "buckets" else "from"
    return f"{verb} {what} {of} {answer.file}{replaced}{again}{refused}."


def _bill(answer: Imported, bill: BilledFile) -> str:
    verb = "Would take" if answer.dry_run else "Took"
    if bill.first is None:
        return f"{answer.file} tells of no day."
    days = f"{bill.first} to {bill.last}"
    lines = _counted(bill.lines, "line", "lines")
    what = f"{lines}, {about(bill.images_usd)} for image models"
    return f"{verb} the provider's bill of the UTC days {days} from {answer.file}: {what}."


def _sentences(answer: Imported) -> Iterator[str]:
    if answer.refused and not answer.stored:
        yield _hint(answer)
    if (answer.stored or answer.first) and not answer.bill:
        yield f"In all {_total(answer)}."
    if answer.bill:
        yield from _about_bill(answer.bill)
    if answer.skip_overlap and answer.overlaps:
        yield f"Left out, since it is here already: {_counted(len(answer.overlaps), 'day', 'days')} of a model."
    if answer.tool:
        yield f"Read as {answer.tool}. {answer.note}".strip()
    if answer.skipped:
        skipped = ", ".join(f"{count:,} {why}" for why, count in answer.skipped.items())
        yield f"{SKIPPED[answer.goes_to]}: {skipped}."
    if answer.beside and (answer.stored or answer.dry_run):
        yield _beside(answer)
    if answer.added:
        rows = "row is part" if answer.added == 1 else "rows are parts"
        yield f"Added up: {answer.added:,} {rows} of another of the same day."
    if answer.unknown:
        yield _unpriced(answer)
    if answer.weeks_later:
        yield f"Sample data, moved by {answer.weeks_later} weeks: it ends with this week."
    if answer.ignored:
        yield f"Columns not read: {', '.join(map(echo, answer.ignored))}."
    if answer.map_saving:
        yield _saving(answer.map_saving)


def _total(answer: Imported) -> str:
    """What is unknown makes it at least so much, and where nothing is known it is no amount."""
    pictures = _counted(answer.images, "picture", "pictures") if answer.images else ""
    if not answer.unknown:
        cost = dollars(answer.usd)
    else:
        cost = f"at least {dollars(answer.usd)}" if answer.usd else "an unknown amount"
    return f"{pictures} for {cost}" if pictures else cost


def _beside(answer: Imported) -> str:
    some, more = answer.beside[:MOST_NAMES], len(answer.beside) - MOST_NAMES
    days = ", ".join(some) + (f" and {more:,} more" if more > 0 else "")
    twice = "would count twice" if answer.dry_run else "count twice"
    return f"OpenAI's usage exports told of these here already: {days}. The same pictures {twice}."


def _hint(answer: Imported) -> str:
    overlaps = 0 if answer.skip_overlap else len(answer.overlaps)
    wrong = answer.refused - overlaps
    if not wrong:
        return "All or nothing: take what is not here yet with --skip-overlap."
    rest = answer.rows - wrong - answer.duplicates - answer.added - sum(answer.skipped.values())
    if answer.goes_to == "bill":
        return "All or nothing: mend the lines above."
    hint = "mend the lines above, or take the rest with --skip-bad." if rest else "mend the lines above."
    return f"All or nothing: {hint}" if rest else f"No line could be taken: {hint}"


def _about_bill(bill: BilledFile) -> Iterator[str]:
    if bill.later:
        yield f"Left as they are, since they were read later: {_counted(bill.later, 'day', 'days')}."
    if bill.others:
        yield f"About no image model: {_counted(bill.others, 'line', 'lines')}."


def _table(answer: Imported) -> Table:
    """How it begins, as it is stored: two lines each, since so much is told of it."""
    usd = [UNKNOWN if one.usd is None else dollars(one.usd) for one in answer.first]
    columns: dict[str, list[str]]
    if answer.goes_to == "bill":
        items = [f"{one.occurred_at:%Y-%m-%d}\n{one.model}" for one in answer.first]
        columns = {"Day (UTC)\nline item": items, "\nUSD": usd}
    else:
        columns = {
            "Time (UTC)\nmodel": [f"{one.occurred_at:%Y-%m-%d %H:%M}\n{one.model}" for one in answer.first],
            "Quality\nsize": [f"{one.quality or '-'}\n{one.size or '-'}" for one in answer.first],
            "\nPictures": ["-" if one.images is None else f"{one.images:,}" for one in answer.first],
            "USD\nbasis": [f"{cost}\n{one.basis}" for cost, one in zip(usd, answer.first, strict=True)],
        }
    columns["\nProject"] = [one.project or "-" for one in answer.first]
    return table_of(columns, ("\nPictures", "\nUSD", "USD\nbasis"))


def _saving(saving: MapSaving) -> str:
    if not saving.saved:
        return f"Nothing was stored, so the map {saving.name} was not saved."
    before = saving.instead_of
    instead = f", in the place of the one of {before:%Y-%m-%d %H:%M}" if before else ""
    return f"Saved the map {saving.name}{instead}. Next time: imagelane import FILE --from {saving.name}"


def _unpriced(answer: Imported) -> str:
    count = sum(one.records for one in answer.unknown)
    names = ", ".join(dict.fromkeys(one.model for one in answer.unknown[:MOST_NAMES]))
    have = "has" if count == 1 else "have"
    of = "" if answer.goes_to == "buckets" else f" of {answer.rows:,}"
    return f"{count:,}{of} {have} no known price: {names}. Why: {answer.unknown[0].why}."


def _made(answer: MadeToken) -> RenderableType:
    return Group(
        Text(f"Token {answer.id} ({answer.name}). It is shown this once:", "bold"),
        Text(answer.token, no_wrap=True, overflow="ignore"),
        Text(
            f"Send it as `Authorization: Bearer ...` with each request; `imagelane token revoke {answer.id}` ends it."
        ),
    )


def _tokens(answer: TokenList) -> RenderableType:
    if not answer.tokens:
        return Text("No tokens yet: imagelane token create NAME")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Id", "Name", "May", "Made", "Revoked"):
        table.add_column(column)
    for one in answer.tokens:
        revoked_at = f"{one.revoked_at:%Y-%m-%d %H:%M}" if one.revoked_at else "-"
        table.add_row(one.id, one.name, ", ".join(one.rights), f"{one.created_at:%Y-%m-%d %H:%M}", revoked_at)
    return table


def _maps(answer: MapList) -> RenderableType:
    """A map below the other: columns of somebody's file may be many."""
    if not answer.maps:
        return Text("No maps yet: imagelane import FILE --map OURS=THEIRS,... --save-map NAME")
    lines = []
    for one in answer.maps:
        about = (f"source {one.source}" if one.source else "", f"zone {one.zone}" if one.zone else "")
        lines.append(Text(", ".join((one.name, *filter(None, about), f"saved {one.saved_at:%Y-%m-%d %H:%M}")), "bold"))
        lines.append(Text("  " + ",".join(f"{ours}={theirs}" for ours, theirs in one.columns.items())))
    return Group(*lines)


def _revoked(answer: RevokedToken) -> RenderableType:
    return Text(f"Token {answer.id} ({answer.name}) no longer works.")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
