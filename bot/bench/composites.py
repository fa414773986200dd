"""The pictures of a prompt as its judges get them: each alone, and side by side under letters, one for each order.

All are drawn anew, so nothing but pixels is left of what a maker's file held; and those of a kind are of one size in
bytes, so a size tells of no lane. Pillow is loaded only when they are drawn.
"""

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.bench.contact_sheet import Thumb, thumb
from bot.bench.letters import LETTERS, key, orders
from bot.slack.charts import GROUND, INK

LONGEST = 4096  # of a picture alone: none is drawn larger
TILES = {2: 1024, 3: 768}  # pixels of a tile's longer side, by how many pictures there are
GAP_ONE_IN, BADGE_ONE_IN = 120, 13  # of the width of the whole
PADDING = b"paDd"  # ancillary, private, safe to copy: whoever shows a PNG passes it by
AFTER_END = 12  # bytes of the last chunk, IEND


@dataclass(frozen=True)
class PromptPictures:
    """PNGs: `alone` in the order of entrants, `together` by order (`letters.key`)."""

    alone: tuple[bytes, ...]
    together: Mapping[str, bytes]


def drawn(pngs: Sequence[bytes | None]) -> PromptPictures | None:
    """None where one is gone or can't be read."""
    whole = [thumb(png, LONGEST) for png in pngs]
    tiles = [thumb(png, TILES[len(pngs)]) for png in pngs]
    if any(picture is None for picture in (*whole, *tiles)):
        return None
    names = orders(len(tiles))
    together = padded([_png(_side_by_side([tiles[entrant] for entrant in each])) for each in names])
    alone = padded([_png(_bare(picture)) for picture in whole])
    return PromptPictures(tuple(alone), dict(zip(map(key, names), together, strict=True)))


def padded(pngs: Sequence[bytes]) -> list[bytes]:
    """The same pictures, all of one size in bytes: what each lacks is a chunk nobody reads."""
    most = max(map(len, pngs))
    return [_with_chunk(png, most - len(png)) for png in pngs]


def _with_chunk(png: bytes, length: int) -> bytes:
    body = PADDING + bytes(length)
    chunk = length.to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    return png[:-AFTER_END] + chunk + png[-AFTER_END:]


def _side_by_side(tiles: Sequence[Thumb]) -> Any:
    """In a row, or two over one. All orders are of the same size: a smaller picture stands in the middle of its box."""
    from PIL import Image

    wide, high = max(tile.width for tile in tiles), max(tile.height for tile in tiles)
    columns = 2 if len(tiles) == 2 or wide >= high else 3
    gap = max(columns * wide // GAP_ONE_IN, 2)
    rows = -(-len(tiles) // columns)
    whole = Image.new("RGB", (columns * (wide + gap) - gap, rows * (high + gap) - gap), GROUND)
    for place, tile in enumerate(tiles):
        row, column = divmod(place, columns)
        in_row = min(len(tiles) - row * columns, columns)
        left = (whole.width - (in_row * (wide + gap) - gap)) // 2 + column * (wide + gap)
        top = row * (high + gap)
        whole.paste(tile, (left + (wide - tile.width) // 2, top + (high - tile.height) // 2))
        _badge(whole, left, top, LETTERS[place])
    return whole


def _badge(whole: Any, left: int, top: int, letter: str) -> None:
    from PIL import ImageDraw, ImageFont

    side = max(whole.width // BADGE_ONE_IN, 8)
    edge = side // 6
    pen = ImageDraw.Draw(whole)
    box = (left + edge, top + edge, left + edge + side, top + edge + side)
    pen.rounded_rectangle(box, side // 5, fill=GROUND)
    font = ImageFont.load_default(side * 0.72)
    pen.text((left + edge + side / 2, top + edge + side / 2), letter, INK, font, "mm", stroke_width=side / 45)


def _bare(picture: Thumb) -> Any:
    """Pixels and nothing else: a profile of colours would name its maker, too."""
    from PIL import Image

    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _png(picture: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
