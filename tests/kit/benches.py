"""Sealed benches, made from the counts that decide them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.evidence import Image, ReviewerVote

PRICES = {"mini": Decimal("0.011"), "1.5": Decimal("0.034"), "gpt-image-1": Decimal("0.042")}


def bench(
    both: int, new_only: int, old_only: int, neither: int, new: str = "1.5", old: str = "mini", confidence: int = 4
) -> list[Image]:
    """Two lanes at the article's medium prices; one reviewer."""
    split = [(True, True)] * both + [(True, False)] * new_only + [(False, True)] * old_only + [(False, False)] * neither
    return [
        Image(f"prompt {number}", lane, PRICES[lane], (ReviewerVote("ann", kept, confidence),))
        for number, keeps in enumerate(split)
        for lane, kept in zip((new, old), keeps, strict=True)
    ]


def lanes(kept: Mapping[str, Sequence[bool]]) -> list[Image]:
    """Any number of lanes, prompt by prompt."""
    return [
        Image(f"prompt {number}", lane, PRICES[lane], (ReviewerVote("ann", keep, 4),))
        for lane, keeps in kept.items()
        for number, keep in enumerate(keeps)
    ]


def voted(image: Image, *votes: tuple[str, bool, int]) -> Image:
    return replace(image, votes=tuple(ReviewerVote(*vote) for vote in votes))
