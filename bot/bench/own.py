"""What a team's own votes and sealed benches say, for who asks what to take and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.pricing import ImageSpec, KeepCount

if TYPE_CHECKING:  # most questions are answered without a bench, and need not load what one is
    from bot.bench.proof import Proof
    from bot.ledger.pictures import Kept
    from bot.pricing.prices import OwnTokens


@dataclass(frozen=True)
class Own:
    """What the team judged lately, the spec it drew most, what its newest bench of each kind of work proved, and what
    its calls took where nobody published a price."""

    keeps: tuple[KeepCount, ...] = ()
    runs: ImageSpec | None = None
    proofs: tuple["Proof", ...] = ()
    metered: tuple["OwnTokens", ...] = ()

    def of(self, kind: str | None, on: date) -> "Proof | None":
        """The newest bench of that kind, if it was sealed by that day."""
        proofs = [proof for proof in self.proofs if kind and proof.kind.lower() == kind.lower()]
        return next((proof for proof in proofs if proof.sealed_on <= on), None)


NOTHING_OWN = Own()


def own(counts: Sequence["Kept"], proofs: Sequence["Proof"] = ()) -> Own:
    most = max(counts, key=lambda count: count.images, default=None)
    keeps = tuple(KeepCount(count.spec, count.kept, count.judged) for count in counts if count.judged)
    return Own(keeps, most.spec if most and most.images else None, tuple(proofs))


def no_bench(kind: str | None, proof: "Proof | None") -> tuple[str, ...]:
    if kind is None or proof is not None:
        return ()
    return (f"No bench of {kind} is sealed by that day, so nothing is proven for it: `bench` plans one.",)
