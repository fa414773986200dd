"""What one period and one name of a dimension add up to, and which of its pictures are in the cohort."""

from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Sums:
    """Records added up for one period and one name of a dimension; None where a record has no such name.

    `images` are pictures that came: kept, rejected, retried (rejected and drawn again) or unjudged. Refused, uncertain,
    unusable and pictureless are calls that brought none. `unknown` records have no known price. Demo pictures are only
    counted.

    judged_nanousd     the share of the judged pictures; `judged_unknown` records of them have no known price
    pending            pictures that may yet be judged, and their share
    never              pictures of a bench that is over and left them without a verdict
    left_out           pictures of a source that reported no review in the period: what was never reported to be judged
                       is not waited for
    """

    period: str
    name: str | None = None
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
    unknown: int = 0
    demo: int = 0


LOSSES = ("rejected", "retried", "refused", "uncertain", "unusable", "pictureless")


WITHOUT_PICTURE = ("refused", "uncertain", "unusable", "pictureless", "never")  # what can never be judged


COUNTED = tuple(field.name for field in fields(Sums)[2:])


def add(parts: Iterable[Sums], period: str = "", name: str | None = None) -> Sums:
    sums = list(parts)
    return Sums(period, name, **{count: sum(getattr(part, count) for part in sums) for count in COUNTED})
