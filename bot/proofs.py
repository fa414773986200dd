"""What sealed benches prove: gathered from the store, decided by the arithmetic of evidence."""

from bot.benches import Proof, prove
from bot.store.bench import Benches

MOST_KINDS = 5


def of(benches: Benches, team_id: str, bench_id: str) -> Proof:
    """Worked out again from the votes each time. Raises NotOpen, or Blind until it is sealed."""
    return prove(benches.evidence(team_id, bench_id))


def newest(benches: Benches, team_id: str) -> tuple[Proof, ...]:
    """Of the newest sealed bench of each kind of work, the newest kinds first. Demo pictures prove nothing."""
    return tuple(of(benches, team_id, one) for one in benches.newest_sealed(team_id, MOST_KINDS))
