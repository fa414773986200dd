"""Rows of data/ turned into the values of `pricing.facts`, following the names from row to row."""

from collections.abc import Mapping
from typing import TypeVar

from bot.catalog.files import DataFile
from bot.catalog.shape import DrawsRow, LadderRow, LanesFile, ModelRow, PricesFile, RatesRow, Sourced
from bot.pricing import facts

Named = TypeVar("Named")


class Values:
    """Builds the values; a name that leads nowhere raises BadCatalog."""

    def __init__(self, file: DataFile[PricesFile]) -> None:
        self.file, self.rows = file, file.rows
        self.sources = {
            name: facts.Source(name, row.ref, row.as_of, row.checked) for name, row in self.rows.sources.items()
        }
        self.check_sources(file)
        self.formulas = {name: facts.Formula(row.base, self.source(row)) for name, row in self.rows.formulas.items()}
        self.tables = {
            name: facts.TokenTable(
                {(q, size): n for q in ("low", "medium", "high") for size, n in getattr(row, q).items()},
                self.source(row),
            )
            for name, row in self.rows.token_tables.items()
        }

    def check_sources(self, file: DataFile[PricesFile] | DataFile[LanesFile]) -> None:
        for key, row in file.sourced():
            for number, name in enumerate(row.sources):
                if name not in self.sources:
                    raise file.wrong(f"{key}.sources[{number}]", repr(name), "there is no such source in [sources]")

    def source(self, row: Sourced) -> facts.Source:
        """The one shown to people."""
        return self.sources[row.sources[0]]

    def model(self, number: int, row: ModelRow) -> facts.Model:
        key = f"models[{number}]"
        draws = self._named(f"{key}.draws", self.rows.draws, row.draws)
        return facts.Model(
            id=row.id,
            family=row.family,
            snapshots=tuple(row.snapshots),
            released=row.released.on,
            released_source=self.source(row.released),
            deprecation_announced=row.life.announced,
            shutdown=row.life.shutdown,
            life_source=self.source(row.life),
            successors=tuple(facts.Successors(tuple(s.models), s.since, self.source(s)) for s in row.successors),
            words=tuple(facts.Words(w.text, w.since, self.source(w)) for w in row.words),
            qualities=tuple(draws.qualities),
            shapes=draws.shapes,
            sizes=None if draws.sizes is None else tuple(draws.sizes),
            size_rules=self._size_rules(draws),
            rates=tuple(self._rates(rates) for rates in self.rows.rates if row.id in rates.models),
            ladders=tuple(self._ladder(ladder) for ladder in self.rows.ladders if row.id in ladder.models),
            tokens=self._tokens(key, row),
            notes=tuple(row.notes),
            ceiling=self._ceiling(key, row),
            readings=tuple(facts.Reading(r.quality, r.size, r.tokens, self.source(r)) for r in row.readings),
        )

    def bindings(self, file: LanesFile) -> tuple[facts.Binding, ...]:
        return tuple(
            facts.Binding(b.lane, b.model, b.since, self.source(b), b.challenger, b.reason) for b in file.bindings
        )

    def _named(self, key: str, table: Mapping[str, Named], name: str) -> Named:
        if name not in table:
            raise self.file.wrong(key, repr(name), f"there are only {', '.join(table)}")
        return table[name]

    def _size_rules(self, draws: DrawsRow) -> facts.SizeRules | None:
        if draws.size_rules is None:
            return None
        row = self._named("draws.*.size_rules", self.rows.size_rules, draws.size_rules)
        return facts.SizeRules(
            multiple_of=row.multiple_of,
            max_edge=row.max_edge,
            min_pixels=row.min_pixels,
            max_pixels=row.max_pixels,
            max_ratio=row.max_ratio,
            experimental_above_pixels=row.experimental_above_pixels,
            source=self.source(row),
        )

    def _tokens(self, key: str, row: ModelRow) -> facts.TokenTable | facts.Formula | None:
        if row.tokens is not None:
            return self._named(f"{key}.tokens", self.tables, row.tokens)
        return None if row.formula is None else self._named(f"{key}.formula", self.formulas, row.formula)

    def _ceiling(self, key: str, row: ModelRow) -> facts.Ceiling | None:
        if row.ceiling is None:
            return None
        formula = self._named(f"{key}.ceiling.formula", self.formulas, row.ceiling.formula)
        return facts.Ceiling(formula, row.ceiling.times, self.source(row.ceiling))

    def _rates(self, row: RatesRow) -> facts.Rates:
        return facts.Rates(
            tier=row.tier,
            text_in=row.text_in,
            image_in=row.image_in,
            image_out=row.image_out,
            text_in_cached=row.text_in_cached,
            image_in_cached=row.image_in_cached,
            text_out=row.text_out,
            since=row.since,
            until=row.until,
            source=self.source(row),
        )

    def _ladder(self, row: LadderRow) -> facts.Ladder:
        cells = {(quality, size): usd for quality, by_size in row.cells.items() for size, usd in by_size.items()}
        return facts.Ladder(cells, row.since, row.until, self.source(row))
