"""What sealed benches prove: gathered from the store, decided by the arithmetic of evidence."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.bench import offers
from bot.bench.proof import Proof, Traffic, prove
from bot.bench.rows import BenchRows
from bot.ledger import mixes
from bot.ledger.ledger import Ledger
from bot.ledger.mix import Used
from bot.periods import Period
from bot.pricing.facts import Catalog

MOST_KINDS = 5
RECENT = timedelta(days=30)


def of(benches: BenchRows, team_id: str, bench_id: str) -> Proof:
    """Worked out again from the votes each time. Raises NotOpen, or Blind until it is sealed."""
    return prove(benches.evidence(team_id, bench_id))


def newest(benches: BenchRows, team_id: str) -> tuple[Proof, ...]:
    """Of the newest sealed bench of each kind of work, the newest kinds first. Demo pictures prove nothing."""
    return tuple(of(benches, team_id, one) for one in benches.newest_sealed(team_id, MOST_KINDS))


def told(store: Ledger, catalog: Catalog, team_id: str, bench_id: str, now: datetime, horizon_days: int) -> Proof:
    """With what stands beside a verdict: the team's real calls of the last 30 days, and what to bench next."""
    found = of(BenchRows(store.engine), team_id, bench_id)
    used = store.read(mixes.used, team_id, Period("recent", now - RECENT, now))
    return replace(
        found,
        traffic=tuple(_traffic(found, used)),
        offer=offers.offer(catalog, found, now.date(), horizon_days),
    )


def _traffic(found: Proof, used: Iterable[Used]) -> Iterable[Traffic]:
    drawn = {(part.model, part.quality, part.size): part for part in used}
    for side in found.sides:
        part = drawn.get((side.model, side.quality, side.size))
        if part is not None:
            yield Traffic(side.lane, part.images, part.kept, part.judged)
