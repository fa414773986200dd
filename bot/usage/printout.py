"""Imports and API tokens as a terminal tells of them."""

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.money import dollars
from bot.usage.maps import MapList, MapSaving
from bot.usage.records import Imported, Repriced, Voided
from bot.usage.tokens import ApiToken

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
    verb = "Would store" if answer.dry_run else "Stored"
    again = f", {answer.duplicates:,} were stored before" if answer.duplicates else ""
    refused = f", {answer.refused:,} refused" if answer.refused else ""
    replaced = f", {answer.replaced:,} of them in the place of others" if answer.replaced else ""
    stored = f"{verb} {answer.stored:,} of {answer.rows:,} records from {answer.file}"
    lines = [Text(f"{stored}{replaced}{again}{refused}.", "bold")]
    if answer.refused and not answer.stored:
        rest = answer.rows - answer.refused - answer.duplicates - sum(answer.skipped.values())
        hint = "mend the lines above, or take the rest with --skip-bad." if rest else "mend the lines above."
        lines.append(Text(f"All or nothing: {hint}" if rest else f"No line could be taken: {hint}"))
    if answer.tool:
        lines.append(Text(f"Read as {answer.tool}. {answer.note}".strip()))
    if answer.skipped:
        skipped = ", ".join(f"{count:,} {why}" for why, count in answer.skipped.items())
        lines.append(Text(f"Rows that tell of no pictures: {skipped}."))
    if answer.unknown:
        lines.append(Text(_unpriced(answer)))
    if answer.weeks_later:
        lines.append(Text(f"Sample data, moved by {answer.weeks_later} weeks: it ends with this week."))
    if answer.ignored:
        lines.append(Text(f"Columns not read: {', '.join(answer.ignored)}."))
    if answer.map_saving:
        lines.append(Text(_saving(answer.map_saving)))
    return Group(*lines)


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
    return f"{count:,} of {answer.rows:,} {have} no known price: {names}. Why: {answer.unknown[0].why}."


def _made(answer: MadeToken) -> RenderableType:
    return Group(
        Text(f"Token {answer.id} ({answer.name}). It is shown this once:", "bold"),
        Text(answer.token, no_wrap=True, overflow="ignore"),
        Text(f"Send it as `Authorization: Bearer ...` to /v1/usage; `imagelane token revoke {answer.id}` ends it."),
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
