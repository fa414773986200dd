"""The last pictures of a person as one sheet: three in a row, each with its prompt and what became of it."""

import hashlib
from collections.abc import Callable, Sequence

from bot.bench.contact_sheet import ContactSheet, DrawnSheet, SheetRow, Tile, draw, thumb
from bot.ledger.pictures import Drawing, Generation

PICTURES, IN_A_ROW = 6, 3
SIDE = 280
TITLE = "Your last pictures"
PROMPT_LETTERS = 120

Shown = tuple[Drawing, Generation]
Read = Callable[[str], bytes | None]  # of the id of a generation


def last(drawings: Sequence[Drawing]) -> list[Shown]:
    """The newest that can be judged, newest first."""
    each = [(drawing, one) for drawing in drawings for one in drawing.generations if one.drawn_at is not None]
    return each[:PICTURES]


def verdict(one: Generation) -> str:
    return one.tally.verdict or "not judged"


def hash_of(shown: Sequence[Shown]) -> str:
    """New with every picture and every verdict."""
    return hashlib.sha256("\n".join(f"{one.id} {verdict(one)}" for _, one in shown).encode()).hexdigest()[:16]


def sheet(shown: Sequence[Shown], read: Read) -> DrawnSheet:
    tiles = [_tile(drawing, one, read) for drawing, one in shown]
    rows = [SheetRow("", tuple(tiles[first : first + IN_A_ROW])) for first in range(0, len(tiles), IN_A_ROW)]
    return draw(ContactSheet(TITLE, tuple(rows)))


def _tile(drawing: Drawing, one: Generation, read: Read) -> Tile:
    said = verdict(one)
    kept = None if said == "not judged" else said == "kept"
    return Tile(thumb(read(one.id), SIDE), (said, drawing.prompt[:PROMPT_LETTERS]), kept)
