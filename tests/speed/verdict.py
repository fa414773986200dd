"""How long a verdict takes: `python -m tests.speed.verdict [sqlite | postgresql]...`. Medians of 7.

A sealed bench of 40 prompts on 3 lanes with one reviewer. `three chances` are its three integrals alone (each pair of
lanes once), `verdict` the arithmetic from votes in memory, `from the store` with the reading of its rows, and `three
looks` the same where two benches of the question were sealed before. Target: a verdict under 100 ms.
"""

import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bot.bench import rows_votes, verdicts
from bot.bench.proof import prove
from bot.evidence import p_cheaper
from bot.ledger.ledger import Ledger, open_ledger
from tests.kit import databases
from tests.kit.benches_made import decided, plan
from tests.speed.spend import RUNS, fresh, measured

PROMPTS, LANES = 40, 3


def main(kinds: list[str]) -> None:
    print(f"{PROMPTS} prompts on {LANES} lanes; medians of {RUNS}, ms")
    with tempfile.TemporaryDirectory() as folder, databases.postgres_server() as server:
        for kind in kinds:
            with fresh(kind, Path(folder), server) as url:
                databases.make(databases.text_of(url))
                with closing(open_ledger(databases.text_of(url), busy_seconds=30)) as store:
                    show(kind, store)


def show(kind: str, store: Ledger) -> None:
    asked = [decided(store, plan(prompts=PROMPTS, lanes=LANES), keeps, hours) for hours in range(3)]
    first, last = asked[0].id, asked[-1].id
    evidence = store.read(rows_votes.evidence, "T1", first)
    chances = [(duel.both, duel.new_only, duel.old_only) for duel in prove(evidence).verdict.duels]
    found = measured(
        {
            "three chances": lambda: [p_cheaper(*each, 1.2) for each in (*chances, (9, 8, 2))],
            "verdict": lambda: prove(evidence),
            "from the store": lambda: verdicts.of(store, "T1", first),
            "three looks": lambda: verdicts.of(store, "T1", last),
        }
    )
    bare = found["three chances"]
    print(f"{kind:<12}", *(f"{name} {ms:.1f} ({ms / bare:.1f}x)" for name, ms in found.items()), sep="   ", flush=True)


def keeps(place: int, model: str) -> bool:
    """Other prompts of each lane."""
    return (place + len(model)) % 3 > 0


if __name__ == "__main__":
    main(sys.argv[1:] or ["sqlite", "postgresql"])
