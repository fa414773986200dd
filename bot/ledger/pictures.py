"""A picture's way from a click to a verdict, as values: what was wished, the states, what each outcome books.

A drawing is one command and its one message in the channel; it holds one generation for each lane asked for.
A generation is one paid call and its one image. Amounts are whole nano-dollars (1 USD = 1,000,000,000).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, get_args

from bot.pricing.spec import ImageSpec
from bot.pricing.usage import Usage

Source = Literal["slack", "terminal"]  # where people ask us to draw
OWN_SOURCES: tuple[str, ...] = get_args(Source)  # no pipeline may report under one of them


class PictureState(StrEnum):
    """In order up to `delivered`; the last four are ends without a picture to judge."""

    RESERVED = "reserved"
    PLACED = "placed"
    CALLING = "calling"
    PAID = "paid"
    DELIVERED = "delivered"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    UNUSABLE = "unusable"


WAITING = (PictureState.RESERVED, PictureState.PLACED)
OPEN = (*WAITING, PictureState.CALLING)  # its reservation still stands
JUDGEABLE = (PictureState.PAID, PictureState.DELIVERED)


WITHDRAWN = "withdrawn"
LATER = "later"  # in place of where a picture went: nowhere yet


@dataclass(frozen=True)
class Wished:
    """One image asked for: its spec, what it should cost, and the most it can cost (what is reserved)."""

    lane: str | None
    spec: ImageSpec
    expected_nanousd: int
    reserved_nanousd: int


@dataclass(frozen=True)
class Wish:
    """One `try`. `request_key` names the click that asked (trigger, event or view): a copy of it is no second work.

    `parent_id` is the generation (the one picture) this is a retry of. `bench_id` and `bench_place` say which prompt
    of which blind test it is drawn for.
    """

    team_id: str
    request_key: str
    person_id: str
    channel_id: str | None
    thread_ts: str | None
    reply_url: str | None
    source: Source
    prompt: str
    images: tuple[Wished, ...]
    demo: bool
    parent_id: str | None = None
    bench_id: str | None = None
    bench_place: int | None = None


@dataclass(frozen=True)
class Limits:
    """What a wish is held against. `period` and `week` name the month and the week `now` lies in: 2026-11, 2026-W47.

    `limit_nanousd` is the workspace's for a month, until somebody sets it a budget. `raised_by` begins a sentence.
    `guests`: those draw like members.
    """

    period: str
    limit_nanousd: int
    per_minute: int
    per_hour: int
    queue: int
    week: str
    raised_by: str = "Workspace admins"
    guests: bool = False


@dataclass(frozen=True)
class Tally:
    """The votes on one image as they stand."""

    keep: int = 0
    reject: int = 0

    @property
    def verdict(self) -> str | None:
        """kept, rejected, or None without a vote. A tie is not kept."""
        if not self.keep and not self.reject:
            return None
        return "kept" if self.keep > self.reject else "rejected"


@dataclass(frozen=True)
class Vote:
    """One press of Keep or Reject; `verdict` is "keep", "reject", or "withdrawn" for one that took the last one back.
    `confidence` (1 to 5) is asked for in benches."""

    person_id: str
    verdict: str
    reason: str | None
    at: datetime
    confidence: int | None = None


@dataclass(frozen=True, kw_only=True)
class Generation:
    team_id: str
    id: str
    drawing_id: str
    position: int
    lane: str | None
    spec: ImageSpec
    state: PictureState
    expected_nanousd: int
    reserved_nanousd: int
    charged_nanousd: int = 0  # sum of its charges, 0 until settled
    demo: bool
    owner: str | None = None
    lease_until: datetime | None = None
    file_id: str | None = None
    usage: Usage | None = None
    returned_quality: str | None = None
    returned_size: str | None = None
    service_request_id: str | None = None
    reason: str | None = None  # why it ended without a picture, or where the picture went
    tally: Tally = Tally()
    cast: int = 0  # votes ever cast on it, those taken back too
    version: int = 1
    created_at: datetime
    drawn_at: datetime | None = None


@dataclass(frozen=True)
class Commission:
    """One call with what its drawing says of it: from which words, for whom, and for which prompt of which bench."""

    generation: Generation
    person_id: str
    prompt: str
    bench_id: str | None
    bench_place: int | None


@dataclass(frozen=True)
class Drawing:
    team_id: str
    id: str
    person_id: str
    channel_id: str | None
    thread_ts: str | None
    message_ts: str | None
    reply_url: str | None
    source: str
    prompt: str
    parent_id: str | None
    created_at: datetime
    generations: tuple[Generation, ...]
    bench_id: str | None = None
    bench_place: int | None = None

    @property
    def version(self) -> int:
        """Grows with every change of any of its generations."""
        return sum(generation.version for generation in self.generations)

    @property
    def shown(self) -> tuple[object, ...]:
        """What a person sees of it: as long as this stays the same, its message needs no update."""
        return tuple(
            (PictureState.PAID if g.state in JUDGEABLE else g.state, g.file_id, g.reason, g.cast, g.charged_nanousd)
            for g in self.generations
        )


# Outcomes: how one paid call ended, and so what is booked.


@dataclass(frozen=True)
class Paid:
    """A valid picture is on disk; `cost_nanousd` comes from `usage`."""

    cost_nanousd: int
    usage: Usage | None
    returned_quality: str | None
    returned_size: str | None
    service_request_id: str | None
    rates: str | None = None  # the dated rates the cost was reckoned by, in words; kept with the charge
    surprise: str | None = None  # a sentence where its usage is not what the price table says; kept nowhere


@dataclass(frozen=True)
class Note:
    """What the image service said beside a picture, kept in a file of its own: what it cost is reckoned from it."""

    usage: Usage | None
    returned_quality: str | None
    returned_size: str | None
    service_request_id: str | None


def noted(note: Mapping[str, Any]) -> Note:
    """From what `dataclasses.asdict` made of one. Older ones hold a cost, too."""
    usage = note["usage"]
    return Note(
        None if usage is None else Usage(**usage),
        note["returned_quality"],
        note["returned_size"],
        note["service_request_id"],
    )


@dataclass(frozen=True)
class Unusable:
    """Billed, but no valid picture came. Without usage the reserved amount is booked."""

    reason: str
    cost_nanousd: int | None
    usage: Usage | None
    service_request_id: str | None
    rates: str | None = None
    surprise: str | None = None


@dataclass(frozen=True)
class Blocked:
    """Refused by the safety system; at any stage but `input` it is perhaps billed, so the reservation is booked."""

    reason: str
    stage: str


@dataclass(frozen=True)
class Failed:
    """Surely not billed: the reservation is given back."""

    reason: str


@dataclass(frozen=True)
class Uncertain:
    """Perhaps billed: the reservation is booked, and nothing is sent again by itself."""

    reason: str


Outcome = Paid | Unusable | Blocked | Failed | Uncertain


@dataclass(frozen=True)
class Left:
    """A budget period: what was spent, what is reserved by work under way, and its limit."""

    period: str
    spent_nanousd: int
    reserved_nanousd: int
    limit_nanousd: int

    @property
    def left_nanousd(self) -> int:
        return self.limit_nanousd - self.spent_nanousd - self.reserved_nanousd


@dataclass(frozen=True)
class Pause:
    """The image service refused a model, or everything (scope "*"), until then; `reason` is a whole sentence."""

    scope: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class Kept:
    """Counts behind a keep rate and a cost per accepted, for one spec. Demo pictures are in none of them."""

    spec: ImageSpec
    images: int
    judged: int
    kept: int
    spent_nanousd: int
