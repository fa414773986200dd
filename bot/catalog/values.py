"""The tables of data/ turned into the values of `pricing.facts`, following the names from row to row."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from bot.catalog.table import Table, day, size, state, text, tier, usd, whole
from bot.pricing import facts
from bot.pricing.spec import Size

Sources = Mapping[str, facts.Source]
Row = TypeVar("Row", facts.Rates, facts.Ladder)


class Draws(NamedTuple):
    """What models of a family draw."""

    qualities: tuple[str, ...]
    shapes: Mapping[str, Size]
    sizes: tuple[Size, ...] | None
    size_rules: facts.SizeRules | None
    transparent: facts.Transparent | None


class Entry(NamedTuple, Generic[Row]):
    """The models a row speaks for, beside it."""

    models: tuple[str, ...]
    row: Row


class Life(NamedTuple):
    """Without the days: the sources that were asked and name no end."""

    announced: date | None
    shutdown: date | None
    source: facts.Source


class Prices:
    """catalog.toml. Raises BadCatalog where its shape is wrong or a name leads nowhere."""

    def __init__(self, file: Table) -> None:
        self.file = file
        self.checked_on = file.one("checked", day)
        self.sources = file.tables("sources", _source)
        self.size_rules = file.tables("size_rules", self._size_rules)
        self.draws = file.tables("draws", self._draws)
        self.tables = file.tables("token_tables", self._token_table)
        self.formulas = file.tables("formulas", self._formula)
        self.rates = file.rows("rates", self._rates)
        self.ladders = file.rows("ladders", self._ladder)
        self.models = file.rows("models", self._model)
        file.close()

    def _size_rules(self, row: Table) -> facts.SizeRules:
        return facts.SizeRules(
            multiple_of=row.one("multiple_of", whole),
            max_edge=row.one("max_edge", whole),
            min_pixels=row.one("min_pixels", whole),
            max_pixels=row.one("max_pixels", whole),
            max_ratio=row.one("max_ratio", whole),
            experimental_above_pixels=row.one("experimental_above_pixels", whole),
            source=source(row, self.sources),
        )

    def _draws(self, row: Table) -> Draws:
        source(row, self.sources)
        return Draws(
            qualities=row.many("qualities", text),
            shapes=row.cells("shapes", text, size),
            sizes=row.many("sizes", size) if "sizes" in row.names() else None,
            size_rules=row.maybe_of("size_rules", self.size_rules),
            transparent=row.maybe_table("transparent", _transparent),
        )

    def _token_table(self, row: Table) -> facts.TokenTable:
        by_quality = {quality: row.cells(quality, size, whole) for quality in ("low", "medium", "high")}
        return facts.TokenTable(
            {(quality, pixels): tokens for quality, cells in by_quality.items() for pixels, tokens in cells.items()},
            source(row, self.sources),
        )

    def _formula(self, row: Table) -> facts.Formula:
        return facts.Formula(row.cells("base", text, whole), source(row, self.sources))

    def _rates(self, row: Table) -> Entry[facts.Rates]:
        row.many("seen", day, 2, 2)
        models = row.many("models", text)
        rates = facts.Rates(
            tier=row.one("tier", tier),
            text_in=row.one("text_in", usd),
            image_in=row.one("image_in", usd),
            image_out=row.one("image_out", usd),
            text_in_cached=row.maybe("text_in_cached", usd),
            image_in_cached=row.maybe("image_in_cached", usd),
            text_out=row.maybe("text_out", usd),
            since=row.one("since", day),
            until=row.maybe("until", day),
            source=source(row, self.sources),
        )
        return Entry(models, rates)

    def _ladder(self, row: Table) -> Entry[facts.Ladder]:
        row.many("seen", day, 2, 2)
        models = row.many("models", text)
        ladder = facts.Ladder(
            cells=row.table("cells", _cells),
            since=row.one("since", day),
            until=row.maybe("until", day),
            source=source(row, self.sources),
        )
        return Entry(models, ladder)

    def _model(self, row: Table) -> facts.Model:
        name = row.one("id", text)
        draws = row.of("draws", self.draws)
        released, released_source = row.table("released", self._released)
        life = row.table("life", self._life)
        table, formula = row.maybe_of("tokens", self.tables), row.maybe_of("formula", self.formulas)
        return facts.Model(
            id=name,
            family=row.one("family", text),
            snapshots=row.maybe_many("snapshots", text),
            released=released,
            released_source=released_source,
            deprecation_announced=life.announced,
            shutdown=life.shutdown,
            life_source=life.source,
            successors=row.maybe_rows("successors", self._successors),
            words=row.maybe_rows("words", self._words),
            qualities=draws.qualities,
            shapes=draws.shapes,
            sizes=draws.sizes,
            size_rules=draws.size_rules,
            transparent=draws.transparent,
            rates=tuple(entry.row for entry in self.rates if name in entry.models),
            ladders=tuple(entry.row for entry in self.ladders if name in entry.models),
            tokens=table or formula,
            notes=row.maybe_many("notes", text),
            ceiling=row.maybe_table("ceiling", self._ceiling),
            readings=row.maybe_rows("readings", self._reading),
        )

    def _released(self, row: Table) -> tuple[date, facts.Source]:
        return row.one("on", day), source(row, self.sources)

    def _life(self, row: Table) -> Life:
        return Life(row.maybe("announced", day), row.maybe("shutdown", day), source(row, self.sources))

    def _successors(self, row: Table) -> facts.Successors:
        return facts.Successors(row.many("models", text), row.one("since", day), source(row, self.sources))

    def _words(self, row: Table) -> facts.Words:
        return facts.Words(row.one("text", text), row.one("since", day), source(row, self.sources))

    def _ceiling(self, row: Table) -> facts.Ceiling:
        return facts.Ceiling(row.of("formula", self.formulas), row.one("times", whole), source(row, self.sources))

    def _reading(self, row: Table) -> facts.Reading:
        return facts.Reading(
            row.one("quality", text), row.one("size", size), row.one("tokens", whole), source(row, self.sources)
        )


def bindings(file: Table, sources: Sources) -> tuple[facts.Binding, ...]:
    """lanes.toml."""

    def binding(row: Table) -> facts.Binding:
        return facts.Binding(
            lane=row.one("lane", text),
            model=row.one("model", text),
            since=row.one("since", day),
            source=source(row, sources),
            challenger=row.maybe("challenger", text),
            reason=row.one("reason", text),
        )

    rows = file.rows("bindings", binding)
    file.close()
    return rows


def source(row: Table, sources: Sources) -> facts.Source:
    """The one shown to people, the first. Every one that is named must be there."""
    names = row.many("sources", text)
    for number, name in enumerate(names):
        if name not in sources:
            raise row.wrong(f"sources[{number}]", repr(name), "there is no such source in [sources]")
    return sources[names[0]]


def _cells(table: Table) -> dict[tuple[str, Size], Decimal]:
    by_quality = {quality: table.cells(quality, size, usd) for quality in table.names()}
    return {(quality, pixels): price for quality, cells in by_quality.items() for pixels, price in cells.items()}


def _transparent(row: Table) -> facts.Transparent:
    return facts.Transparent(row.one("state", state), row.maybe("since", day))


def _source(row: Table) -> facts.Source:
    """`via` is the copy that was read, `note` what is uncertain about its day: for who reads the file."""
    row.maybe("via", text)
    row.maybe("note", text)
    return facts.Source(row.name, row.one("ref", text), row.one("as_of", day), row.one("checked", day))
