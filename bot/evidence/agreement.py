"""Whether reviewers see the same things. Reported, never a gate: with 20 images it is rough."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

SHARED_LEAST = 20
RAW_LEAST = 0.7

Ratings = Sequence[Hashable | None]  # one reviewer's, item by item; None where there is no vote


@dataclass(frozen=True)
class Agreement:
    """`shared`: images that two or more people judged. `raw`: the share of pairs of votes on one image that agree.
    `kappa` only for two reviewers. None where it cannot be told, as where every vote is the same."""

    reviewers: int
    shared: int
    raw: float | None
    alpha: float | None
    kappa: float | None

    @property
    def low(self) -> bool:
        """Worth a warning: people agree on less than 70%, on 20 or more images."""
        return self.raw is not None and self.raw < RAW_LEAST and self.shared >= SHARED_LEAST


def agreement(units: Sequence[Ratings]) -> Agreement:
    items = _items_with_pairs(units)
    pairs = [one == other for votes in items for one, other in combinations(votes, 2)]
    return Agreement(
        reviewers=len(units),
        shared=len(items),
        raw=sum(pairs) / len(pairs) if pairs else None,
        alpha=krippendorff_alpha(units),
        kappa=cohen_kappa(*units) if len(units) == 2 else None,
    )


def cohen_kappa(a: Ratings, b: Ratings) -> float | None:
    """Agreement of two reviewers beyond chance, on the images both judged (Cohen 1960)."""
    both = [(one, other) for one, other in zip(a, b, strict=True) if one is not None and other is not None]
    if not both:
        return None
    n = len(both)
    ones, others = Counter(one for one, _ in both), Counter(other for _, other in both)
    agreements = sum(one == other for one, other in both)
    by_chance = sum(ones[value] * others[value] for value in ones)
    return (n * agreements - by_chance) / (n * n - by_chance) if n * n != by_chance else None


def krippendorff_alpha(units: Sequence[Ratings], level: Literal["nominal"] = "nominal") -> float | None:  # noqa: ARG001 - what `units` are
    """Agreement of any number of reviewers beyond chance, votes may be missing (Krippendorff 2004, nominal data)."""
    items = _items_with_pairs(units)
    votes = Counter(vote for item in items for vote in item)
    n = votes.total()
    differ = sum((len(item) ** 2 - _squares(Counter(item))) / (len(item) - 1) for item in items)
    by_chance = n * n - _squares(votes)
    return 1 - (n - 1) * differ / by_chance if by_chance else None


def _items_with_pairs(units: Sequence[Ratings]) -> list[list[Hashable]]:
    """The votes of each item that two or more judged."""
    items = [[vote for vote in item if vote is not None] for item in zip(*units, strict=True)]
    return [item for item in items if len(item) > 1]


def _squares(votes: Counter[Hashable]) -> int:
    return sum(count**2 for count in votes.values())
