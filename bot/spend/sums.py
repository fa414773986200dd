"""What one period and one name of a dimension add up to, and which of its pictures are in the cohort."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Sums:
    """Records added up for one period and one name of a dimension; None where a record has no such name.

    `images` are pictures that came: kept, rejected, retried (rejected and drawn again) or unjudged. Refused, uncertain,
    unusable and pictureless are calls that brought none. `unknown` records have no known price. Demo pictures are only
    counted. `source` is who reported them, None for what the bot drew itself and for sums over several.

    judged_nanousd     the share of the judged pictures; `judged_unknown` records of them have no known price
    pending            pictures that may yet be judged, and their share
    never              pictures of a bench that is over and left them without a verdict
    left_out           pictures of a source that reported no review in the period
    reviews            records that say how they were judged
    """

    period: str
    name: str | None = None
    source: str | None = None
    records: int = 0
    images: int = 0
    kept: int = 0
    rejected: int = 0
    retried: int = 0
    refused: int = 0
    uncertain: int = 0
    unusable: int = 0
    pictureless: int = 0
    spent_nanousd: int = 0
    rejected_nanousd: int = 0
    retried_nanousd: int = 0
    refused_nanousd: int = 0
    uncertain_nanousd: int = 0
    unusable_nanousd: int = 0
    pictureless_nanousd: int = 0
    judged_nanousd: int = 0
    judged_unknown: int = 0
    pending: int = 0
    pending_nanousd: int = 0
    pending_unknown: int = 0
    never: int = 0
    never_nanousd: int = 0
    left_out: int = 0
    reviews: int = 0
    unknown: int = 0
    demo: int = 0


LOSSES = ("rejected", "retried", "refused", "uncertain", "unusable", "pictureless")


WITHOUT_PICTURE = ("refused", "uncertain", "unusable", "pictureless", "never")  # what can never be judged


COUNTED = tuple(field.name for field in fields(Sums)[3:])


def add(parts: Iterable[Sums], period: str = "", name: str | None = None) -> Sums:
    sums = list(parts)
    return Sums(period, name, None, **{count: sum(getattr(part, count) for part in sums) for count in COUNTED})


def close(parts: Sequence[Sums]) -> list[Sums]:
    """What was never reported to be judged is not waited for: pictures of a source without one review among these
    sums are left out of the cohort, and only counted."""
    reviewing = {None, *(part.source for part in parts if part.reviews)}
    return [
        part
        if part.source in reviewing
        else replace(part, left_out=part.pending, pending=0, pending_nanousd=0, pending_unknown=0)
        for part in parts
    ]
