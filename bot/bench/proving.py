"""The verdict of a sealed bench: gathered from the store, decided by the arithmetic of evidence."""

from bot.benches import Proof, prove
from bot.store.bench import Benches


def proof(benches: Benches, team_id: str, bench_id: str) -> Proof:
    """Worked out again from the votes each time. Raises NotOpen, or Blind until it is sealed."""
    return prove(benches.evidence(team_id, bench_id))
