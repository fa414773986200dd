"""What the votes of a sealed bench came to: by entrant, and prompt by prompt between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.bench.plan import Bench
from bot.errors import BadPlan
from bot.ledger.pictures import PictureState, Tally, Vote
from bot.money import plain, rounded, usd
from bot.samples.priced_images import Entrant

MOST_CONFIDENCE = 5


@dataclass(frozen=True)
class Ballot:
    """What a reviewer says of one image. `verdict` is keep or reject, `confidence` 1 to 5, or None. Raises BadPlan."""

    generation_id: str
    verdict: str
    confidence: int | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.verdict not in ("keep", "reject"):
            raise BadPlan("An image is kept or rejected; nothing was changed.")
        if self.confidence is not None and not 1 <= self.confidence <= MOST_CONFIDENCE:
            raise BadPlan(f"Confidence goes from 1 to {MOST_CONFIDENCE}; nothing was changed.")


@dataclass(frozen=True)
class Judged:
    """One image (or call without one) of a sealed bench, with the votes that count. `dropped`: it does not."""

    place: int
    entrant: int
    attempt: int
    generation_id: str
    state: PictureState
    charged_nanousd: int
    votes: tuple[Vote, ...]
    dropped: str | None
    stands: bool  # the image that was judged, of two calls for it

    @property
    def counted(self) -> bool:
        return self.stands and self.dropped is None

    @property
    def kept(self) -> bool:
        """By the majority; a tie is not kept."""
        keeps = sum(vote.verdict == "keep" for vote in self.votes)
        return Tally(keeps, len(self.votes) - keeps).verdict == "kept"


@dataclass(frozen=True)
class OutcomeSide:
    """One entrant. `spent_usd` is all its calls cost, those for dropped prompts too; `per_accepted_usd` is the cost of
    the counted images by those kept, None while none was."""

    entrant: Entrant
    judged: int
    kept: int
    spent_usd: Decimal
    counted_usd: Decimal
    per_accepted_usd: Decimal | None
    mean_confidence: Decimal | None


@dataclass(frozen=True)
class Outcome:
    sides: tuple[OutcomeSide, ...]
    images: tuple[Judged, ...]


@dataclass(frozen=True)
class Pairs:
    """Prompts judged on both: both kept, only the new, only the old, neither (a, b, c, d of the method)."""

    both: int
    only_new: int
    only_old: int
    neither: int


def outcome(bench: Bench, images: Sequence[Judged]) -> Outcome:
    return Outcome(tuple(_side(entrant, n, images) for n, entrant in enumerate(bench.plan.entrants)), tuple(images))


def pairs(images: Sequence[Judged], old: int, new: int) -> Pairs:
    """`old` and `new` are entrants, from 0."""
    keeps = {(image.place, image.entrant): image.kept for image in images if image.counted}
    both = [
        (keeps[place, old], keeps[place, new]) for place, entrant in keeps if entrant == old and (place, new) in keeps
    ]
    return Pairs(*(both.count(each) for each in ((True, True), (False, True), (True, False), (False, False))))


def _side(entrant: Entrant, number: int, images: Sequence[Judged]) -> OutcomeSide:
    mine = [image for image in images if image.entrant == number]
    images_counted = [image for image in mine if image.counted]
    keeps = sum(image.kept for image in images_counted)
    # Both calls of an image drawn again are its price.
    places = {image.place for image in images_counted}
    cost = usd(sum(image.charged_nanousd for image in mine if image.place in places))
    sure = [vote.confidence for image in images_counted for vote in image.votes if vote.confidence is not None]
    return OutcomeSide(
        entrant=entrant,
        judged=len(images_counted),
        kept=keeps,
        spent_usd=plain(usd(sum(image.charged_nanousd for image in mine))),
        counted_usd=plain(cost),
        per_accepted_usd=rounded(cost / keeps) if keeps else None,
        mean_confidence=(Decimal(sum(sure)) / len(sure)).quantize(Decimal("0.01")) if sure else None,
    )
