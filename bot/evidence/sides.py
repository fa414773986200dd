"""What reviewers said about each image, and what that makes of one lane."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.evidence.costs import cpa, cpa_interval
from bot.evidence.rates import wilson
from bot.money import rounded

SURE = 3


@dataclass(frozen=True)
class ReviewerVote:
    """`confidence` from 1 to 5."""

    reviewer: str
    kept: bool
    confidence: int


@dataclass(frozen=True)
class Image:
    """One paid call of a bench. Without votes it failed, was refused or waits for review: money spent, nothing judged.
    A prompt is told apart by any name that is its own, on every lane the same."""

    prompt: str
    lane: str
    usd: Decimal
    votes: tuple[ReviewerVote, ...] = ()

    @property
    def kept(self) -> bool | None:
        """By majority; a tie is not kept."""
        return 2 * sum(vote.kept for vote in self.votes) > len(self.votes) if self.votes else None


@dataclass(frozen=True)
class Side:
    """One lane. Keep rates and their 95% range (Wilson) are chances, `rate` and all that divides by it None where
    nothing was judged or kept: "none accepted yet". An upper end is None where there is none.

    `call_usd` is spent / judged, so that `accepted_usd` is spent / kept, straight from the ledger; to the nano-dollar.
    `effort_usd` has the rejects' effort in it. `calls`: for each accepted image, if a rejected prompt is as likely to
    be kept next time.
    """

    lane: str
    kept: int
    judged: int
    unjudged: int
    rate: float | None
    low: float
    high: float
    spent_usd: Decimal
    call_usd: Decimal
    accepted_usd: Decimal | None
    accepted_low_usd: Decimal
    accepted_high_usd: Decimal | None
    effort_usd: Decimal | None
    effort_low_usd: Decimal
    effort_high_usd: Decimal | None
    calls: float | None
    calls_low: float
    calls_high: float | None
    confidence: float | None


def side_of(lane: str, images: Sequence[Image], reject_usd: Decimal) -> Side:
    own = [image for image in images if image.lane == lane]
    kept, judged = sum(image.kept is True for image in own), sum(image.kept is not None for image in own)
    spent_usd = sum((image.usd for image in own), Decimal(0))
    call_usd = rounded(spent_usd / (judged or len(own) or 1))
    low, high = wilson(kept, judged)
    accepted, effort = cpa_interval(call_usd, kept, judged), cpa_interval(call_usd, kept, judged, reject_usd)
    confidences = [vote.confidence for image in own for vote in image.votes]
    return Side(
        lane=lane,
        kept=kept,
        judged=judged,
        unjudged=len(own) - judged,
        rate=kept / judged if judged else None,
        low=low,
        high=high,
        spent_usd=spent_usd,
        call_usd=call_usd,
        accepted_usd=rounded(spent_usd / kept) if kept else None,
        accepted_low_usd=rounded(accepted.low),
        accepted_high_usd=rounded(accepted.high) if kept else None,
        effort_usd=rounded(cpa(call_usd, kept / judged, reject_usd)) if kept else None,
        effort_low_usd=rounded(effort.low),
        effort_high_usd=rounded(effort.high) if kept else None,
        calls=judged / kept if kept else None,
        calls_low=1 / high,
        calls_high=1 / low if low else None,
        confidence=sum(confidences) / len(confidences) if confidences else None,
    )


def without_unsure(images: Sequence[Image]) -> list[Image]:
    """The same images without votes of confidence 1 and 2; some may be left with none."""
    return [replace(image, votes=tuple(vote for vote in image.votes if vote.confidence >= SURE)) for image in images]
