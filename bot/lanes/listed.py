"""OpenAI's own list of models beside our facts: what differs, which is told and never taken over."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.lanes.life import usable
from bot.pricing.dated import model_named
from bot.pricing.facts import Catalog

ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
MOST_NEW = 20  # of the ids that are told, whatever a list may hold

Listing = Mapping[str, date | None]  # a model's id, and the day it ends; None: no day is named


@dataclass(frozen=True)
class KeptList:
    """The image models of the list as it was read on that day."""

    day: date
    models: Listing


@dataclass(frozen=True)
class ListDifference:
    """`known` is the day our facts, or an earlier list, name as a model's end, `listed` the one of the list."""

    model: str
    what: Literal["date", "new", "gone"]
    known: date | None
    listed: date | None

    @property
    def sentence(self) -> str:
        """Beside our facts."""
        ours = f"our facts say {self.known}" if self.known else "our facts know no end"
        match self.what:
            case "new":
                return f"{self.model} is new in OpenAI's list and not in our facts."
            case "gone":
                return f"{self.model} is gone from OpenAI's list; {ours}."
        theirs = f"says {self.model} ends on {self.listed}" if self.listed else f"names no end of {self.model}"
        return f"OpenAI's list {theirs}; {ours}."

    @property
    def since(self) -> str:
        """Beside an earlier list."""
        match self.what:
            case "new":
                return f"{self.model} came" + (f", and ends on {self.listed}." if self.listed else ".")
            case "gone":
                return f"{self.model} went" + (f"; its end was to be {self.known}." if self.known else ".")
        return f"{self.model}: {self.known or 'no end'} before, {self.listed or 'no end'} now."


def of_images(listing: Listing) -> dict[str, date | None]:
    """Those that draw, as far as their names say so. A team's own tuned ones (`ft:...`) are none of OpenAI's, and what
    is no plain id is not kept: it comes from outside."""
    return {
        name: end
        for name, end in listing.items()
        if ID.fullmatch(name) and ("image" in name or name.startswith("dall-e"))
    }


def is_openais(catalog: Catalog, listing: Listing) -> bool:
    """A list with no image model of ours is somebody else's."""
    return any(name in listing for name in _ends(catalog))


def differences(catalog: Catalog, lists: Sequence[KeptList], on: date) -> tuple[ListDifference, ...]:
    """Of the newest list by that day. What a key may never see is not gone: only what an earlier list had."""
    kept = sorted((one for one in lists if one.day <= on), key=lambda one: one.day)
    if not kept:
        return ()
    newest, earlier = kept[-1].models, {name for one in kept for name in one.models}
    ends = _ends(catalog)
    new = [name for name in newest if name not in ends][:MOST_NEW]
    gone = [name for name in ends if name in earlier and name not in newest and usable(catalog, name, on)]
    return _plainest(
        catalog,
        [
            *dates_that_differ(catalog, newest),
            *(ListDifference(name, "gone", ends[name], None) for name in gone),
            *(ListDifference(name, "new", None, newest[name]) for name in new),
        ],
    )


def dates_that_differ(catalog: Catalog, listing: Listing) -> tuple[ListDifference, ...]:
    """By every id of ours that is listed, dated snapshots among them."""
    return tuple(
        ListDifference(name, "date", end, listing[name])
        for name, end in _ends(catalog).items()
        if name in listing and listing[name] != end
    )


def compared(catalog: Catalog, listing: Listing) -> int:
    """How many ids of ours are in it."""
    return sum(name in listing for name in _ends(catalog))


def changes(before: Listing, now: Listing) -> tuple[ListDifference, ...]:
    """From one list to a later one, by name."""
    return tuple(_changed(before, now))


def _changed(before: Listing, now: Listing) -> Iterator[ListDifference]:
    for name in sorted({*before, *now}):
        if name not in before:
            yield ListDifference(name, "new", None, now[name])
        elif name not in now:
            yield ListDifference(name, "gone", before[name], None)
        elif before[name] != now[name]:
            yield ListDifference(name, "date", before[name], now[name])


def _plainest(catalog: Catalog, rows: Sequence[ListDifference]) -> tuple[ListDifference, ...]:
    """Without a dated snapshot of which the same is said as of its model."""
    said = {(row.model, row.what, row.listed) for row in rows}
    ends = _ends(catalog)
    return tuple(
        row
        for row in rows
        if row.model not in ends
        or row.model == (model := model_named(catalog, row.model).id)
        or (model, row.what, row.listed) not in said
    )


def _ends(catalog: Catalog) -> dict[str, date | None]:
    return {name: model.shutdown for model in catalog.models.values() for name in (model.id, *model.snapshots)}
