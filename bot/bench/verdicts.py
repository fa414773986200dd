"""What sealed benches prove: gathered from the store, decided by the arithmetic of evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.bench import offers, rows_read, rows_votes
from bot.bench import own as bench_own
from bot.bench.more import MorePrompts
from bot.bench.proof import Proof, Traffic, prove
from bot.bench.unused import further
from bot.evidence import Word
from bot.ledger import lane_choices, mixes, questions
from bot.ledger.ledger import Ledger
from bot.ledger.metered import metered
from bot.ledger.mix import Used
from bot.periods import Period
from bot.pricing.facts import Catalog
from bot.pricing.prices import MEMORY_DAYS, OwnTokens, unpublished

MOST_KINDS = 5
RECENT = timedelta(days=30)


def of(store: Ledger, team_id: str, bench_id: str) -> Proof:
    """Worked out again from the votes each time. Raises NotOpen, or Blind until it is sealed."""
    return prove(store.read(rows_votes.evidence, team_id, bench_id))


def newest(store: Ledger, team_id: str) -> tuple[Proof, ...]:
    """Of the newest sealed bench of each kind of work, the newest kinds first. Demo pictures prove nothing."""
    return tuple(of(store, team_id, one) for one in store.read(rows_read.newest_sealed, team_id, MOST_KINDS))


def own(store: Ledger, team_id: str, now: datetime) -> bench_own.Own:
    """What the team judged and drew in the last 30 days, and what its benches proved."""
    return bench_own.own(store.read(questions.keep_counts, team_id, now - RECENT), newest(store, team_id))


def own_tokens(store: Ledger, catalog: Catalog, team_id: str, now: datetime) -> tuple[OwnTokens, ...]:
    """What its calls took where nobody published a price: 90 days are added up, which takes longer than the rest."""
    return store.read(metered, team_id, unpublished(catalog), now - timedelta(days=MEMORY_DAYS), now)


def all_own(store: Ledger, catalog: Catalog, team_id: str, now: datetime) -> bench_own.Own:
    return replace(own(store, team_id, now), metered=own_tokens(store, catalog, team_id, now))


@dataclass(frozen=True)
class VerdictContext:
    """What stands beside a verdict on a day: the team's real calls of the last 30 days, and what to do next."""

    store: Ledger
    catalog: Catalog
    prompt_sets: Mapping[str, tuple[str, ...]]
    horizon_days: int

    def of(self, team_id: str, bench_id: str, now: datetime) -> Proof:
        """Raises NotOpen, or Blind until it is sealed."""
        proof, day = of(self.store, team_id, bench_id), now.date()
        beside = self.store.read(lane_choices.beside, team_id, bench_id)
        mix = self.store.read(mixes.used, team_id, Period("recent", now - RECENT, now))
        return replace(
            proof,
            traffic=tuple(_traffic(proof, mix)),
            offer=offers.offer(self.catalog, proof, day, self.horizon_days),
            more=self._more(team_id, proof, day) if proof.verdict.word is Word.KEEP_TESTING else None,
            usable=offers.usable(self.catalog, proof, day, self.horizon_days, beside),
        )

    def _more(self, team_id: str, proof: Proof, day: date) -> MorePrompts | None:
        bench = self.store.read(rows_read.bench, team_id, proof.bench)
        return further(self.store, self.catalog, self.prompt_sets, bench, day)


def _traffic(proof: Proof, mix: Iterable[Used]) -> Iterable[Traffic]:
    by_spec = {(part.model, part.quality, part.size): part for part in mix}
    for side in proof.sides:
        part = by_spec.get((side.model, side.quality, side.size))
        if part is not None:
            yield Traffic(side.lane, part.images, part.kept, part.judged, part.reported)
